"""Where on the page does a number or a day stand?"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from firsthand.model import Period
from firsthand.probability import to_decibans

PERCENTS = (
    0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.01, 0.02, 0.05, 0.98, 0.99, 0.001, 0.999,
    0.15, 0.25, 0.35, 0.65, 0.75, 0.85,
)  # fmt: skip
FAR_DB = 40.0


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight or knotted line from numbers to places, monotone; ends are clamped."""

    values: tuple[float, ...]
    places: tuple[float, ...]

    def place(self, value: float) -> float:
        """Return where a number stands."""
        if value <= self.values[0]:
            return self.places[0]
        if value >= self.values[-1]:
            return self.places[-1]
        right = bisect_right(self.values, value)
        low, high = self.values[right - 1], self.values[right]
        share = (value - low) / (high - low)
        return self.places[right - 1] + share * (self.places[right] - self.places[right - 1])

    def holds(self, value: float) -> bool:
        """Say whether a number lies on the scale."""
        return self.values[0] <= value <= self.values[-1]


def make_scale(values: tuple[float, float], places: tuple[float, float]) -> Scale:
    """Return a straight scale; a range of no width is widened by one either way."""
    low, high = values
    return Scale((low, high), places) if high > low else Scale((low - 1.0, low + 1.0), places)


def clip_decibans(probability: float) -> float:
    """Return the log-odds of a probability in dB, kept within what can be drawn."""
    return max(-FAR_DB, min(FAR_DB, to_decibans(probability)))


def count_days(moment: datetime | date) -> float:
    """Return days since year 1, with the time of day as a fraction; naive times are UTC."""
    if not isinstance(moment, datetime):
        return float(moment.toordinal())
    plain = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    return plain.toordinal() + (plain - plain.replace(hour=0, minute=0, second=0, microsecond=0)) / timedelta(days=1)


def find_middle(period: Period) -> float:
    """Return the day in the middle of a period."""
    return (count_days(period.start) + count_days(period.end)) / 2


def is_one_day(period: Period) -> bool:
    """Say whether a period is known to the day or better."""
    return period.end - period.start <= timedelta(days=1)


def choose_days(first: float, last: float, most: int) -> tuple[date, ...]:
    """Return round days to mark on an axis: days, weeks, months or years, `most` of them at most."""
    start, end = date.fromordinal(max(1, math.ceil(first))), date.fromordinal(max(1, math.floor(last)))
    for step in (1, 2, 7, 14):
        days = [date.fromordinal(day) for day in range(start.toordinal(), end.toordinal() + 1, step)]
        if len(days) <= most:
            return tuple(days)
    for months in (1, 2, 3, 6, 12, 24, 60, 120, 600):
        days = list(_firsts_of_months(start, end, months))
        if len(days) <= most:
            return tuple(days)
    return (start, end)


def _firsts_of_months(start: date, end: date, months: int) -> Iterable[date]:
    for count in range(start.year * 12, end.year * 12 + 12, months):
        day = date(count // 12, count % 12 + 1, 1)
        if start <= day <= end:
            yield day


def stretch_days(marks: Iterable[float], ends: tuple[float, float], places: tuple[float, float]) -> Scale:
    """Return a scale for days in which a crowded stretch gets the room its share of the marks asks for.

    The days are cut once, where the share of marks passed and the share of time passed differ most, if they differ by
    more than a third; either side keeps at least a fifth of the room, and is drawn evenly.
    """
    first, last = ends
    if last <= first:
        return Scale((first - 3.0, first + 3.0), places)
    days = sorted(min(max(mark, first), last) for mark in marks)
    if len(set(days)) < 4:
        return Scale(ends, places)
    gaps = [
        (abs(passed / len(days) - (day - first) / (last - first)), day, side)
        for place, day in enumerate(days)
        for passed, side in ((place, -1), (place + 1, 1))
    ]
    most, day, side = max(gaps, default=(0.0, first, 1))
    if most <= 1 / 3 or not first < day < last:
        return Scale(ends, places)
    cut = max(first + 1e-6, math.floor(day) - 1.0) if side < 0 else min(last - 1e-6, math.floor(day) + 2.0)
    share = min(0.8, max(0.2, sum(mark <= cut for mark in days) / len(days)))
    if not first < cut < last:
        return Scale(ends, places)
    return Scale((first, cut, last), (places[0], places[0] + share * (places[1] - places[0]), places[1]))
