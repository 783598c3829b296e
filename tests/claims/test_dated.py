"""Is every time of a claim as wide as its words, and open where they leave it open?"""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from claims.piles import attribute, make_report
from firsthand.claims import date_claims
from firsthand.claims.dated import find_bound
from firsthand.model import Claim, ClaimId, Period


def date_words(content: str, published: Period | None = None):
    """Return the times of one content; its report is of Monday 3 March 2031."""
    report = make_report("Gazette", f"{content}, Ann Kole said.", day=2)
    report = replace(report, published=published) if published else report
    said = attribute(report, "kole", content)
    claim = Claim(id=ClaimId("c"), sentence="It happened.", attributions=(said.id,))
    return date_claims([claim], [said], [report])


def show(period: Period) -> tuple[str, str]:
    return period.start.date().isoformat(), period.end.date().isoformat()


@pytest.mark.parametrize(
    ("content", "start", "end", "bound"),
    [
        ("The ferry sank on 14 July 2030", "2030-07-14", "2030-07-15", ""),
        ("The ferry sank in July 2030", "2030-07-01", "2030-08-01", ""),
        ("The ferry sank before 8 April 2030", "2030-04-08", "2030-04-09", "before"),
        ("The ferry had rusted since 2019", "2019-01-01", "2020-01-01", "since"),
        ("The ferry sank after the 8 April 2030", "2030-04-08", "2030-04-09", "after"),
        ("Die Fähre lag bis zum 8. April 2030 im Hafen", "2030-04-08", "2030-04-09", "until"),
        ("Le bac était à quai avant le 8 avril 2030", "2030-04-08", "2030-04-09", "before"),
        ("The ferry sank yesterday", "2031-03-02", "2031-03-03", ""),
    ],
)
def test_a_time_is_as_wide_as_its_words(content, start, end, bound):
    found = date_words(content)
    assert len(found) == 1
    assert show(found[0].period) == (start, end)
    assert (found[0].bound, found[0].loose) == (bound, False)


def test_a_weekday_in_a_report_of_an_unknown_day_is_any_that_it_may_mean():
    week = Period(start=datetime(2031, 3, 1), end=datetime(2031, 3, 15))
    (found,) = date_words("The ferry sank on Friday", week)
    assert found.loose
    assert show(found.period) == ("2031-02-28", "2031-03-15")


def test_a_weekday_that_no_day_of_the_report_can_change_is_a_day():
    (found,) = date_words("The ferry sank on Friday", Period(start=datetime(2031, 3, 1), end=datetime(2031, 3, 6)))
    assert not found.loose
    assert show(found.period) == ("2031-02-28", "2031-03-01")


def test_a_report_known_to_a_year_tells_no_friday():
    year = Period(start=datetime(2031, 1, 1), end=datetime(2032, 1, 1))
    (found,) = date_words("The ferry sank on Friday", year)
    assert found.period is None


def test_words_that_name_no_day_stay_words():
    (found,) = date_words("The ferry sank before dawn")
    assert (found.words, found.period) == ("before dawn", None)


def test_a_bound_of_another_sentence_binds_nothing():
    text = "They left before. Friday came"
    assert find_bound(text, text.index("Friday")) == ""
    assert find_bound("by Friday", 3) == "until"
    assert find_bound("nearby Friday", 7) == ""


def test_a_time_without_a_place_in_the_text_is_still_told():
    report = make_report("Gazette", "The ferry sank on 14 July 2030, Ann Kole said.")
    said = attribute(report, "kole", "The ferry sank on 14 July 2030")
    bare = replace(said, content=replace(said.content, spans=()))
    claim = Claim(id=ClaimId("c"), sentence="It happened.", attributions=(bare.id,))
    (found,) = date_claims([claim], [bare], [report])
    assert (found.start, found.period.end - found.period.start) == (0, timedelta(days=1))
