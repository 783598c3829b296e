import pytest

from firsthand.attribution.text.sentences import skip_dateline, split_paragraphs, split_sentences
from firsthand.attribution.text.tokens import read_tokens


def sentences(text: str) -> list[str]:
    return [text[s:e] for s, e in split_sentences(text, 0, len(text))]


def test_a_title_before_a_name_ends_no_sentence():
    assert sentences("Gen. Brock left. Adm. Sule stayed.") == ["Gen. Brock left.", "Adm. Sule stayed."]


def test_a_calibre_ends_no_sentence():
    assert len(sentences("They bought a .50 cal. ZPU gun in May. It was old.")) == 2


def test_money_and_approximations_end_no_sentence():
    assert len(sentences("It cost approx. $1.5 million. Nobody paid.")) == 2


def test_a_missing_blank_after_a_full_stop_still_ends_the_sentence():
    assert sentences("It cost a million.If so, who paid?") == ["It cost a million.", "If so, who paid?"]


def test_initials_of_a_country_end_no_sentence():
    assert len(sentences("The U.S. officials left. They flew home.")) == 2


def test_a_number_sign_before_a_figure_ends_no_sentence():
    assert len(sentences("School No. 4 was shut. No. It was open.")) == 3


def test_no_sentence_ends_inside_a_quotation():
    text = 'She said, "Go. Go now." He went.'
    assert [text[s:e] for s, e in split_sentences(text, 0, len(text), [(10, 23)])] == [
        'She said, "Go. Go now."',
        "He went.",
    ]


def test_wrapped_lines_are_one_paragraph_and_blank_lines_end_it():
    text = "The harbour master said on Monday that the two ferries\nwould stay in port.\n\nNobody was hurt."
    paragraphs = [text[s:e] for s, e in split_paragraphs(text, 0, len(text))]
    assert paragraphs == [text[: text.index("\n\n")], "Nobody was hurt."]


def test_long_lines_are_paragraphs_of_their_own():
    text = "word " * 60 + "end.\n" + "other " * 60 + "end."
    assert len(split_paragraphs(text, 0, len(text))) == 2


def test_a_dateline_is_no_part_of_the_sentence():
    text = "VARNEL, May 4 (Brill) - A ferry sank."
    assert text[skip_dateline(text, 0, len(text)) :] == "A ferry sank."


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("They fired a .50 cal. DSHK at the wall. Then it stopped.", 2),
        ("Lt. Col. Mara Oduya agreed. Gen. Holt did not.", 2),
        ("It cost approx. $1.5 million. It fell.", 2),
        ("He owed a million.If he paid, nobody saw it.", 2),
        ("Del. Mara Oduya of Varnel, Calif. said so.", 1),
        ("Bob Holt, R-Ky., left. He was tired.", 2),
        ("Fire 🔥! She ran 🙂. Then quiet.", 3),
        ("She was ill. Doctors came.", 2),
    ],
)
def test_points_of_short_words_end_no_sentence(text, count):
    assert len(split_sentences(text, 0, len(text))) == count


def test_a_signature_belongs_to_the_quotation_before_it():
    text = "“The dam must go.” — Mara Oduya"
    assert split_sentences(text, 0, len(text), [(0, 18)]) == ((0, len(text)),)


def words_of(text: str) -> list[str]:
    return [t.low for t in read_tokens(text, 0, len(text), (), False)]


def test_initials_and_short_places_keep_their_points():
    assert words_of("John F. Holt, D-Mo., of Flint, Mich., left.") == [
        *("john", "f.", "holt", ",", "d-mo.", ",", "of", "flint", ",", "mich.", ",", "left", "."),
    ]


@pytest.mark.parametrize("hidden", ["\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"])
def test_a_word_with_something_unseen_in_it_is_still_that_word(hidden):
    assert words_of(f"She sa{hidden}id{hidden} so.") == ["she", "said", "so", "."]


def test_an_accent_of_its_own_breaks_no_word():
    assert words_of("Zoe\u0308 left the cafe\u0301.") == ["zoe\u0308", "left", "the", "cafe\u0301", "."]
