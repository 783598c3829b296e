import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.claims.folding import stem_word
from firsthand.claims.terms import find_terms, load_lexicon


def keys(text: str) -> list[str]:
    return [term.key for term in find_terms(text)]


@pytest.mark.parametrize("spelling", ["Qaddafi", "Gadhafi", "Kadhafi", "Kaddafi"])
def test_romanised_spellings_of_a_name_meet(spelling: str) -> None:
    assert stem_word(spelling) == stem_word("Gaddafi")


def test_another_name_does_not_meet_them() -> None:
    assert stem_word("Haftar") != stem_word("Gaddafi")


@pytest.mark.parametrize(
    "words", ["missile Rakete fusée misil", "killed getötet tué fallecido", "convoy Konvoi convoi"]
)
def test_words_of_one_meaning_are_one_term_in_four_languages(words: str) -> None:
    assert len(set(keys(words))) == 1


def test_a_phrase_is_one_term_at_its_whole_place() -> None:
    text = "Nine miners lost their lives"
    phrase = next(term for term in find_terms(text) if term.key == "@death")
    assert text[phrase.start : phrase.end] == "lost their lives"


def test_stop_words_and_saying_verbs_are_no_terms() -> None:
    assert keys("he told them that it was his, she said") == []


def test_no_word_of_the_lexicon_has_two_meanings_or_cannot_be_met() -> None:
    lexicon = load_lexicon()
    every = [*lexicon.words, *lexicon.prefixes]
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in every)


@given(st.text(max_size=200))
def test_terms_of_any_text_stand_inside_it(text: str) -> None:
    assert all(0 <= term.start < term.end <= len(text) for term in find_terms(text))
