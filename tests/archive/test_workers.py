"""Does one page that kills or holds its reader cost more than itself?"""

import os
import time

from firsthand.archive.captures import Capture
from firsthand.archive.extract import Outcome
from firsthand.archive.units import Unit
from firsthand.archive.workers import read_units
from firsthand.reading.warc import Captured
from firsthand.store import Ledger


def make_unit(number: int, *pages: bytes, known: bool = False) -> Unit:
    captures = tuple(
        Capture(turn=turn, reached=0, captured=Captured(place=turn, url="", retrieved="", kind="text/plain", data=page))
        for turn, page in enumerate(pages, start=1)
    )
    ledger = Ledger(number=number, path=f"{number}.warc", digest="", bytes=1)
    return Unit(ledger=ledger, size=1, captures=captures, known=known)


def read_or_die(unit: Unit) -> Outcome:
    """Read a unit whose pages say what becomes of the reader."""
    said = [capture.captured.data for capture in unit.captures if capture.captured]
    if b"die" in said:
        os._exit(7)
    if b"fail" in said:
        raise RecursionError
    if b"hang" in said:
        time.sleep(60)
    if b"wait" in said:
        time.sleep(0.3)
    return Outcome(rows=tuple(page.decode() for page in said))


def test_outcomes_come_in_the_order_of_the_units():
    units = [make_unit(0, b"wait"), *(make_unit(number, b"page") for number in range(1, 9))]
    assert [unit.ledger.number for unit, _ in read_units(iter(units), 2, read=read_or_die)] == list(range(9))


def test_a_page_that_kills_its_reader_is_a_problem_and_the_others_are_read():
    units = [make_unit(0, b"a"), make_unit(1, b"b", b"die", b"c"), make_unit(2, b"d"), make_unit(3, b"e")]
    outcomes = [outcome for _, outcome in read_units(iter(units), 2, read=read_or_die)]
    assert [row for outcome in outcomes for row in outcome.rows] == ["a", "b", "c", "d", "e"]
    ((number, turn, problem),) = [problem for outcome in outcomes for problem in outcome.problems]
    assert (number, turn, problem.where, problem.what) == (1, 2, "1.warc#2", "stopped the reader")


def test_a_page_that_holds_its_reader_too_long_is_a_problem_and_the_others_are_read():
    units = [make_unit(0, b"a"), make_unit(1, b"hang", b"b"), make_unit(2, b"c")]
    outcomes = [outcome for _, outcome in read_units(iter(units), 1, read=read_or_die, longest=4, alone=4)]
    assert [row for outcome in outcomes for row in outcome.rows] == ["a", "b", "c"]
    ((_, turn, problem),) = outcomes[1].problems
    assert turn == 1
    assert problem.what == "took more than 4 s to read"


def test_a_page_that_makes_its_reader_fail_is_a_problem_and_the_others_are_read():
    units = [make_unit(0, b"a", b"fail", b"b"), make_unit(1, b"c")]
    outcomes = [outcome for _, outcome in read_units(iter(units), 1, read=read_or_die)]
    assert [row for outcome in outcomes for row in outcome.rows] == ["a", "b", "c"]
    ((_, turn, problem),) = outcomes[0].problems
    assert turn == 2
    assert "RecursionError" in problem.what


def test_a_unit_already_in_the_archive_is_not_read_again():
    ((unit, outcome),) = read_units(iter([make_unit(0, b"die", known=True)]), 1, read=read_or_die)
    assert unit.known
    assert outcome == Outcome()


def test_only_so_many_units_are_taken_as_can_be_read_soon():
    taken = []

    def take():
        for number in range(40):
            taken.append(number)
            yield make_unit(number, b"page")

    outcomes = read_units(take(), 2, read=read_or_die)
    next(outcomes)
    assert len(taken) <= 6
    assert len(list(outcomes)) == 39
