import pytest

from attribution.pages import make_report, name_chain, read, read_chain
from firsthand.attribution import find_attributions
from firsthand.attribution.cues import load_pack
from firsthand.attribution.who.subjects import list_subjects


def name_last(text: str, publisher: str = "Varnel Courier") -> str:
    """Return who says what stands last in a text."""
    found, sources = find_attributions([make_report(text, publisher)])
    return name_chain(found[-1], sources)[-1]


MEANT = [
    ("Oduya, 58, keeps bees. She says the dam is cracked.", "Mara Oduya"),
    ("Lind walked to the bridge at noon. He said it would fall.", "Bo Lind"),
    ("Two clerks watched the gate. Mara Oduya had the keys. She said the gate was open.", "Mara Oduya"),
    ("The photograph hangs in the hall. Mara Oduya took it. She says the frame is false.", "Mara Oduya"),
    ("Mara Oduya has no plans to leave. In a statement she said the dam would hold.", "Mara Oduya"),
    ("Bo Lind runs the mill. “Nobody asked us,” he said.", "Bo Lind"),
]


@pytest.mark.parametrize(("text", "name"), MEANT)
def test_a_pronoun_means_whom_the_text_was_last_about(text, name):
    opening = "Mara Oduya, an engineer, said the dam was old. Bo Lind, a miller, said it was sound.\n\n"
    assert name_last(opening + text) == name


def test_a_contracted_pronoun_is_a_pronoun():
    assert name_last("Mara Oduya knows the dam. She'd told us that it would hold.") == "Mara Oduya"


def test_it_means_the_company_the_paragraph_is_about_and_not_the_paper():
    text = "Brillhaven denies the leak. It says that its pipes are sound."
    assert name_last(text) == "Brillhaven"


def test_a_given_name_tells_he_from_she():
    text = "Robert Lind met Susan Oduya at the dam. She said that it would hold."
    assert name_last(text) == "Susan Oduya"


def test_minister_is_of_either_sex_in_english():
    text = "The transport minister, Celo Abouya, spoke to the press. She said that the road was shut."
    assert name_last(text) == "Celo Abouya"


def test_the_company_is_the_one_named_last():
    text = "Brillhaven denies the leak. The company says that its pipes are sound."
    assert "Brillhaven" in name_last(text)


def test_one_of_two_drivers_is_known_as_a_driver():
    text = "Two drivers on the new road said that the lamp went green. One of them says that he saw a train."
    found, sources = find_attributions([make_report(text)])
    part = next(s for s in sources if s.id == found[-1].source)
    assert any("driver on the new road" in name for name in part.names)


def test_a_name_beside_the_source_is_the_sources_name():
    text = "The weekly Brill wrote of it, quoting the brother, Yasso, as saying that the road was shut."
    found, sources = find_attributions([make_report(text)])
    assert any(name_chain(a, sources)[-1] == "Yasso" for a in found)


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("The photograph hangs in the hall.", ["The photograph"]),
        ("But privately, the mayor agrees.", ["the mayor"]),
        ("On Monday, Ada Stroud left.", ["Ada Stroud"]),
        ("The board accepts it. She has left.", ["The board", "She"]),
    ],
)
def test_a_sentence_shows_whom_it_is_about(text, subjects):
    assert [s.words for s in list_subjects(text, 0, len(text), load_pack("en"))] == subjects


def test_he_may_be_a_colonel_known_by_his_surname():
    text = "Colonel Marr reads slowly, like a man who hates commas. He said that a shot was fired."
    assert read_chain(text, "a shot was fired")[1:] == ["Marr"]


def test_it_may_be_a_patrol():
    text = "Our patrol reports that a shot was fired. It reports further that nobody left the pier."
    found = read(text)
    assert found[0].source == found[1].source


def test_the_log_is_hers_who_wrote_in_her_log():
    text = (
        'Our observer Ada Morn recorded in her log at six: "Two men carry a box." The log notes that the lamps failed.'
    )
    assert read_chain(text, "the lamps failed")[1:] == ["Ada Morn"]


def test_who_reads_a_paper_is_not_the_paper():
    text = "The Mirror says four thousand. I read the board's paper. It also says that the pumps will stop."
    assert read_chain(text, "the pumps will stop")[1:] == ["Mirror"]


def test_you_is_nobody_met_before():
    text = "Bo Lind, a miller, came out. “Nobody asked us. If you want the flour, come in, it is warm,” he said."
    found, sources = find_attributions([make_report(text)])
    assert {name_chain(a, sources)[-1] for a in found if a.source_mention.text == "you"} == {"you"}


def test_who_is_asked_in_spanish_answers_without_a_pronoun():
    text = (
        "La ingeniera de la presa, Mara Oduya, dijo que el muro resiste. "
        "Preguntada por la grieta, respondió que la conocía desde marzo."
    )
    assert read_chain(text, "la conocía", language="es")[-1] == "Mara Oduya"


def test_a_german_noun_after_its_article_is_no_name():
    text = (
        "Vor der Mühle standen 60 Leute, meldet die Agentur Brill. "
        "Die Leiterin Mara Oduya sagte der Agentur, die Waage sei ausgefallen."
    )
    assert read_chain(text, "die Waage", language="de")[1:] == ["Brill", "Mara Oduya"]


def test_the_chief_inspector_is_no_employee_met_before():
    text = (
        "An employee of the mill, Mara Oduya, said that it was dark. The chief inspector said that the gate was open."
    )
    assert name_last(text) != "Mara Oduya"
