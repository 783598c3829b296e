from datetime import datetime, timedelta

import pytest

from claims.piles import attribute, make_report
from firsthand.claims import gather_claims
from firsthand.claims.dating import resolve_time
from firsthand.claims.slots import find_details
from firsthand.model import Period

WEDNESDAY = datetime(2031, 3, 5)


def on(day: datetime, width: timedelta = timedelta(days=1)) -> Period:
    return Period(start=day, end=day + width)


CAME_OUT = on(WEDNESDAY)


def resolve(text: str, published: Period | None = CAME_OUT) -> tuple[str, str] | None:
    facts = next(detail.facts for detail in find_details(text) if detail.slot == "when")
    found = resolve_time(facts, published)
    return (found.start.date().isoformat(), found.end.date().isoformat()) if found else None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("the dam burst yesterday", "2031-03-04", "2031-03-05"),
        ("der Damm brach gestern", "2031-03-04", "2031-03-05"),
        ("the dam burst the day before yesterday", "2031-03-03", "2031-03-04"),
        ("der Damm brach vorgestern", "2031-03-03", "2031-03-04"),
        ("la digue a cédé l'an dernier", "2030-01-01", "2031-01-01"),
        ("la presa cedió el año pasado", "2030-01-01", "2031-01-01"),
        ("la digue a cédé hier", "2031-03-04", "2031-03-05"),
        ("the dam burst on Wednesday", "2031-03-05", "2031-03-06"),
        ("the dam burst on Thursday", "2031-02-27", "2031-02-28"),
        ("the dam burst last week", "2031-02-24", "2031-03-03"),
        ("the dam burst last month", "2031-02-01", "2031-03-01"),
        ("the dam burst last year", "2030-01-01", "2031-01-01"),
        ("the dam burst on 12 February", "2031-02-12", "2031-02-13"),
        ("the dam burst on 12 November", "2030-11-12", "2030-11-13"),
        ("the dam burst in July 2010", "2010-07-01", "2010-08-01"),
    ],
)
def test_a_time_is_as_wide_as_its_words(text: str, start: str, end: str) -> None:
    assert resolve(text) == (start, end)


def test_relative_words_need_the_day_of_the_report() -> None:
    assert resolve("the dam burst yesterday", None) is None
    assert resolve("the dam burst on Tuesday", on(WEDNESDAY, timedelta(days=30))) is None
    assert resolve("the dam burst in July 2010", None) == ("2010-07-01", "2010-08-01")


def test_a_day_that_no_month_has_is_left_open() -> None:
    assert resolve("the dam burst on 31 February 2030") is None


def test_one_day_in_two_wordings_does_not_differ_and_two_weeks_do() -> None:
    one = make_report("gazette", "The dam at Orm burst yesterday, the mayor said.", day=4)
    two = make_report("herald", "The dam at Orm burst on Tuesday, the guard said.", day=5)
    late = make_report("bulletin", "The dam at Orm burst on Tuesday, the vicar said.", day=12)
    said = [
        attribute(one, "mayor", "The dam at Orm burst yesterday"),
        attribute(two, "guard", "The dam at Orm burst on Tuesday"),
        attribute(late, "vicar", "The dam at Orm burst on Tuesday"),
    ]

    def judge(*which: int) -> str:
        (claim,) = gather_claims([one, two, late], [said[at] for at in which], ())
        return next(found.verdict for found in claim.discrepancies if found.slot == "when")

    assert judge(0, 1) == "more detail"
    assert judge(1, 2) == "differs"


def test_the_slot_says_which_day_is_meant() -> None:
    report = make_report("gazette", "The dam at Orm burst yesterday, the mayor said.", day=4)
    (claim,) = gather_claims([report], [attribute(report, "mayor", "The dam at Orm burst yesterday")], ())
    (when,) = [slot for slot in claim.slots if slot.name == "when"]
    assert when.value == "yesterday"
    assert when.period == on(datetime(2031, 3, 4))
