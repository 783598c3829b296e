"""Are words found however they are written, and is what a searcher types ever obeyed?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.errors import InputError
from firsthand.store.index import WordIndex, cut_snippets, write_query
from reports import make_report

TEXTS = (
    "Le convoi a quitté le Ténéré avant l'aube.",
    "Traders in the Tenere saw no convoy before dawn.",
    "The harbour was empty.",
    "Dawn broke before the convoy was seen, said one trader.",
)


@pytest.fixture
def index(tmp_path):
    with WordIndex(tmp_path, write=True) as opened:
        opened.add_reports(enumerate(map(make_report, TEXTS)))
        yield opened


@pytest.mark.parametrize("typed", ["tenere", "TÉNÉRÉ", "Ténéré", "tener*"])
def test_a_word_is_found_with_and_without_its_accents(index, typed):
    assert sorted(index.find_words(typed)) == [0, 1]


def test_all_the_words_must_be_there(index):
    assert index.find_words("convoy dawn harbour") == []
    assert sorted(index.find_words("dawn convoy")) == [1, 3]


def test_a_phrase_is_its_words_in_their_order(index):
    assert index.find_words('"before dawn"') == [1]
    assert index.find_words('"before the convoy" trader') == [3]


def test_a_phrase_may_begin_a_word(index):
    assert index.find_words('"no conv"*') == [1]


@pytest.mark.parametrize(
    "typed", ["title:harbour", "harbour OR convoy", "NOT harbour", "har^bour", "NEAR(harbour empty)"]
)
def test_the_syntax_of_the_engine_is_only_words(index, typed):
    assert index.find_words(typed) == []


@pytest.mark.parametrize("typed", ["", "  ", "*", '"', '""', "--", "()", "\0"])
def test_a_search_without_a_word_is_refused(index, typed):
    with pytest.raises(InputError, match="no word to search for"):
        index.find_words(typed)


@given(typed=st.text(max_size=60))
def test_whatever_is_typed_is_answered_or_refused_in_a_sentence(tmp_path_factory, typed):
    with WordIndex(tmp_path_factory.mktemp("words"), write=True) as index:
        index.add_reports([(0, make_report(typed))])
        try:
            found = index.find_words(typed)
        except InputError:
            return
        assert found in ([], [0])
        assert len(cut_snippets(typed, [(0, make_report("anything"))])) == 1


@given(typed=st.text(alphabet=st.characters(whitelist_categories=["Ll", "Nd"], max_codepoint=0x24F), min_size=1))
def test_a_word_finds_the_report_that_holds_it(tmp_path_factory, typed):
    with WordIndex(tmp_path_factory.mktemp("words"), write=True) as index:
        index.add_reports([(0, make_report(f"Nobody said {typed} before."))])
        assert index.find_words(typed) == [0]


def test_quotation_marks_never_leave_their_quotes():
    assert write_query('a"b" OR "c') == '"a" "b" "OR" "c"'


def test_the_words_found_are_marked():
    (hit,) = cut_snippets("tenere", [(7, make_report(TEXTS[0]))])
    assert hit.number == 7
    assert ("Ténéré", True) in hit.pieces
    assert "".join(text for text, _ in hit.pieces) == TEXTS[0]


def test_marks_in_a_report_mark_nothing():
    (hit,) = cut_snippets("harbour", [(0, make_report("\ue000The harbour\ue001 was empty."))])
    assert [text for text, found in hit.pieces if found] == ["harbour"]


def test_an_index_knows_how_far_it_reaches(index):
    assert index.count_reports() == len(TEXTS)
    with pytest.raises(RuntimeError):
        index.add_reports(fail_after(make_report("one more")))
    assert index.count_reports() == len(TEXTS)
    assert index.find_words("more") == []


def fail_after(report):
    yield len(TEXTS), report
    raise RuntimeError
