"""Is a dateline told from a sentence, in the ways that agencies write one?"""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.reading.datelines import find_dateline, has_labels

FERRY = "The ferry sank, the harbour master said."


def find(words: str, *, opens: bool = True, labelled: bool = False) -> str:
    return words[: find_dateline(words, opens=opens, labelled=labelled)]


@pytest.mark.parametrize(
    "dateline",
    [
        "ORRIN:",
        "ORRIN —",
        "ORRIN, March 4 -",
        "ORRIN, March 4:",
        "ORRIN, March 4, 2031 (Norda) -",
        "ORRIN, 4 March 2031 (Norda) —",
        "ORRIN, Monday, March 4 (Norda) --",
        "ORRIN, Monday (Norda) -",
        "ORRIN (Norda) –",
        "Orrin (Norda) -",
        "Orrin (dpa)",
        "Orrin (dpa/epd).",
        "Orrin/Skell (dpa) –",
        "Orrin, 4. März (dpa) -",
        "Orrin, den 4. März 2031 -",
        "Orrin, le 4 mars -",
        "Orrin, le 1er mars (Norda) –",
        "ORRIN, 4 mars 2031 (AFP) –",
        "(Orrin) –",
        "Orrin, 4 de marzo (EFE).-",
        "ORRIN.-",
        "NEW ORRIN, N.L. —",
        "SKELL, Norland —",
        "SAINT-ORRIN:",
        "PORT AU SKELL, Norland, March 4 (Reuters) -",
        "Mar. 4, 2031 (Norda) --",
        "(Reuters) -",
    ],
)
@pytest.mark.parametrize("sentence", [FERRY, "“Nobody was hurt,” she said.", "12 people were hurt."])
def test_a_dateline_ends_at_its_mark(dateline: str, sentence: str) -> None:
    assert find(f"{dateline} {sentence}") == dateline


@pytest.mark.parametrize("line", ["ORRIN, March 4", "Orrin, 4. März 2031", "Orrin, le 4 mars 2031 (Norda)"])
def test_a_line_of_place_and_day_alone_is_a_dateline(line: str) -> None:
    assert find(line) == line


@pytest.mark.parametrize(
    "words",
    [
        "UN - the body that built it - denied it.",
        "UPDATE: The ferry sank.",
        "EXCLUSIVE - The ferry sank.",
        "NATO: We did not do it.",
        "QUESTION: Who sank it?",
        "THE ferry sank - police said.",
        "The minister (Moller) - who is ill - said so.",
        "Orrin (then a village) had a market.",
        "On March 4 - a Monday - it sank.",
        "It sank off Orrin, March 4 - a Monday.",
        "Ida Moller - the harbour master - said so.",
    ],
)
def test_a_sentence_has_no_dateline(words: str) -> None:
    assert find(words) == ""


def test_a_name_before_a_colon_is_a_place_only_where_the_report_opens_and_nobody_else_is_so_named() -> None:
    line = "ORRIN: The ferry sank."
    assert find(line) == "ORRIN:"
    assert find(line, opens=False) == ""
    assert find(line, labelled=True) == ""
    assert has_labels("MOLLER: Who sank it?\n\nRASK: Nobody did.\n")
    assert not has_labels(f"ORRIN: {FERRY}\n\nIt was old: nobody knew how old.\n")


@given(st.text(alphabet="AB -,.'/()aé4:", max_size=300) | st.text(max_size=100))
def test_whatever_stands_there_ends_within_the_words(words: str) -> None:
    assert 0 <= find_dateline(words, opens=True, labelled=False) <= len(words)


@pytest.mark.parametrize("words", ["A-" * 100_000, "AB " * 100_000, "A" * 500_000, "Aa-Bb, " * 50_000, "(a " * 90_000])
def test_an_endless_line_is_looked_at_in_no_time(words: str) -> None:
    start = time.process_time()
    find_dateline(words, opens=True, labelled=False)
    assert time.process_time() - start < 1
