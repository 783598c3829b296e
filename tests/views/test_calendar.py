"""Does the calendar show where and when somebody looked?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from firsthand import model as m
from firsthand.views.calendar import draw_calendar, find_span, tabulate_calendar
from tests.views.sample import make_assessment


def make_days(first: int, last: int, month: int = 3) -> m.Period:
    return m.Period(start=datetime(2031, month, first), end=datetime(2031, month, last + 1))


def make_watched(*watched: m.Period, name: str = "Forum"):
    case = make_assessment().case
    channel = m.Channel(id="one", name=name, share=0.4, watched=watched)
    knob = m.Knob(id=m.KnobId("expectation.film.by_now"), low=0.5, value=0.5, high=0.5)
    one = m.Expectation(
        id=m.EvidenceId("film"),
        title="A film",
        posture=None,
        produced={},
        by_now=knob,
        coverage=knob,
        window=make_days(1, 10),
        channels=("one",),
    )
    return replace(case, channels=(channel,), expectations=(one,))


def test_a_day_is_filled_where_somebody_watched_and_open_where_nobody_did():
    drawn = draw_calendar(make_watched(make_days(3, 5)), 1216.0)
    assert drawn.count('class="day watched"') == 3
    assert drawn.count('class="day missed"') == 7


def test_a_watch_that_ends_at_midnight_ends_the_day_before():
    assert [day.day for day in find_span(make_watched(make_days(3, 5)))] == [1, 10]
    assert "3 Mar – 5 Mar 2031" in tabulate_calendar(make_watched(make_days(3, 5))).rows[0][2]


def test_a_channel_nobody_watched_says_never():
    assert tabulate_calendar(make_watched()).rows[0][2] == "never"


def test_over_many_months_days_run_together_into_bars():
    drawn = draw_calendar(make_watched(make_days(1, 20, 6), make_days(1, 20, 11)), 358.0)
    assert drawn.count('class="day watched"') == 2


def test_a_hostile_name_stays_text():
    assert "<img" not in draw_calendar(make_watched(name="<img src=x onerror=alert(1)>"), 1216.0)
