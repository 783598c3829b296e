"""Whom does an echo name for the words it passes on?"""

import pytest

from attribution.pages import make_report, read, read_chain, read_one
from firsthand.attribution import find_attributions

ECHOES = [
    ("The Marrel agency, citing two guards, said that the vault was open.", ["Marrel agency", "two guards"]),
    ("The vault was open, according to the Marrel Herald, which quoted Bo Lind.", ["Marrel Herald", "Bo Lind"]),
    ("According to the Marrel Herald, quoting Bo Lind, the vault was open.", ["Marrel Herald", "Bo Lind"]),
    ("Radio Kell, which cited the Marrel agency, said that the vault was open.", ["Radio Kell", "Marrel agency"]),
    (
        "Gold was lost while the vault was open, according to Radio Brill, which has seen the order from Bo Lind.",
        ["Radio Brill", "Bo Lind"],
    ),
    ("A letter from Bo Lind to the board says that the vault was open.", ["Bo Lind"]),
    ("As first reported by the Marrel Herald, the vault was open.", ["Marrel Herald"]),
]


@pytest.mark.parametrize(("text", "chain"), ECHOES)
def test_an_echo_ends_with_whose_words_it_passes_on(text, chain):
    assert read_chain(text, "vault was open")[1:] == chain


def test_a_blog_that_quotes_somebody_is_his_relay():
    text = "The blog quotes an unnamed guard who says the vault was open."
    assert len(read_chain(text, "the vault was open")) == 3


@pytest.mark.parametrize("thing", ["the release of prisoners", "rising costs", "the posting of guards"])
def test_a_thing_that_is_cited_is_a_reason_and_no_source(thing):
    found = read_one(f"The mayor said that the march would go on, citing {thing}.")
    assert found.source_mention.text == "The mayor"


def test_that_is_from_somebody_names_whose_the_sentence_before_is():
    found = read("The weekly Brill reports that the pumps will stop. That is from people inside the board, they say.")
    assert (found[-1].source_mention.text, found[-1].content.text) == ("people inside the board", "the pumps will stop")
    assert len(found[-1].chain) == 3


def test_it_cited_somebody_names_whose_the_sentence_before_is():
    found = read("The pumps will stop, the Herald wrote on Monday. It cited a guard.")
    assert (found[-1].source_mention.text, found[-1].content.text) == ("a guard", "The pumps will stop")


def test_it_cited_nobody_leaves_the_words_with_the_outlet():
    found = read("The pumps will stop, the Herald wrote on Monday. It cited no source.")
    assert all(len(a.chain) == 2 for a in found)


def test_who_is_said_by_another_to_have_ordered_something_is_its_source():
    text = "That was Friday, when the Water Board was said by the Marrel agency to have ordered 300 pumps shut."
    assert read_chain(text, "300 pumps shut")[1:] == ["Marrel agency", "Water Board"]


def test_a_reporter_of_the_outlet_is_not_the_outlet():
    text = "About forty people stood at the gate, a Brill reporter at the scene counted."
    found = read_one(text, publisher="Brill News Agency")
    assert len(found.chain) == 2


def test_what_a_caller_passes_on_comes_through_him():
    text = (
        "HOST: Good day to you all out there.\nMR BEL: I was not in Marn on that day.\n"
        "HOST: And the company?\nMR BEL: The company told me that not one of its four hundred pumps had moved.\n"
        "HOST: Thank you for that."
    )
    assert len(read_chain(text, "not one of its four hundred pumps")) == 3


GERMAN = [
    ("Laut einem Bericht des Kuriers sagte der Wächter Bo Lind, der Tresor sei offen gewesen.", "Bo Lind"),
    ("Dem Kurier zufolge erklärte der Wächter Bo Lind, der Tresor sei offen gewesen.", "Bo Lind"),
    ("Das Unternehmen Hallberg erklärte dagegen, der Tresor sei offen gewesen.", "Hallberg"),
]


@pytest.mark.parametrize(("text", "originator"), GERMAN)
def test_a_german_echo_ends_with_the_speaker(text, originator):
    assert originator in read_chain(text, "der Tresor sei offen gewesen", language="de")[-1]


def test_what_the_police_say_through_an_agency_begins_after_the_agency():
    found = read_one("Según la policía, citada por la agencia Marrel, el cofre estaba abierto.", language="es")
    assert found.content.text == "el cofre estaba abierto"
    assert len(found.chain) == 3


def test_the_paragraph_after_it_goes_is_what_the_document_says():
    text = (
        "It is headed WATER BOARD, Circular 9, and it goes:\n\n"
        "From Monday 3 May water shall be restricted to forty litres a day. Staff are to say nothing to anybody.\n\n"
        "I found it on the bus."
    )
    found = read(text)
    assert {a.source_mention.text for a in found} == {"WATER BOARD"}
    assert len(found) == 2


def test_where_only_sure_things_count_a_saying_in_two_pieces_is_one():
    text = '"The dam will hold," Mara Oduya said. "We looked at it for nine hours. Nothing moved."'
    sure = find_attributions([make_report(text)], "precision")[0]
    assert [len(a.content.spans) for a in sure] == [2]
