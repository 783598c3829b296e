"""Do numbers and days stand where they should?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from firsthand.views.scales import choose_days, clip_decibans, count_days, make_scale, stretch_days

DAYS = st.lists(st.floats(min_value=1, max_value=800_000, allow_nan=False), min_size=1, max_size=30)


def test_a_straight_scale_keeps_its_ends_and_its_middle() -> None:
    scale = make_scale((0.0, 1.0), (100.0, 300.0))
    assert [scale.place(value) for value in (-1.0, 0.0, 0.5, 1.0, 2.0)] == [100.0, 100.0, 200.0, 300.0, 300.0]


@given(DAYS)
def test_a_stretched_scale_never_turns_back(days: list[float]) -> None:
    scale = stretch_days(days, (min(days), max(days)), (0.0, 1000.0))
    places = [scale.place(day) for day in sorted(days)]
    assert places == sorted(places)
    assert all(0.0 <= place <= 1000.0 for place in places)


def test_a_crowded_week_after_an_empty_year_gets_most_of_the_room() -> None:
    days = [0.0, 365.0, 366.0, 367.0, 368.0, 369.0, 370.0]
    scale = stretch_days(days, (0.0, 371.0), (0.0, 1000.0))
    assert scale.place(371.0) - scale.place(365.0) > 600


def test_evenly_spread_days_are_drawn_evenly() -> None:
    days = [float(day) for day in range(10)]
    scale = stretch_days(days, (0.0, 9.0), (0.0, 900.0))
    assert scale.place(3.0) == 300.0


@given(st.integers(1, 3_000_000), st.integers(0, 40_000), st.integers(2, 12))
def test_the_days_of_an_axis_are_few_and_lie_on_it(first: int, length: int, most: int) -> None:
    start = first % 700_000 + 1
    days = choose_days(float(start), float(start + length), most)
    assert len(days) <= max(2, most)
    assert all(start <= day.toordinal() <= start + length for day in days)
    assert list(days) == sorted(days)


def test_a_time_without_a_zone_is_universal_time() -> None:
    plain = datetime(2031, 5, 1, 12)
    assert count_days(plain) == count_days(plain.replace(tzinfo=UTC))
    assert count_days(datetime(2031, 5, 1, 14, tzinfo=timezone(timedelta(hours=2)))) == count_days(plain)
    assert count_days(date(2031, 5, 1)) + 0.5 == count_days(plain)


def test_certainty_can_be_drawn() -> None:
    assert (clip_decibans(0.0), clip_decibans(1.0)) == (-40.0, 40.0)
