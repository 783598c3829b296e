"""Which days does a time in a report mean, seen from the day the report came out?

"Yesterday" and "on Tuesday" are days once it is known when the report was published; "last week" is a week and
"July 2010" a month: the stretch is as precise as the words. Nothing is resolved that the words leave open.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache

from firsthand.claims.terms import load_toml
from firsthand.model import Period

WIDEST_PUBLISHED = timedelta(days=2)
Stretch = tuple[date, date]


def resolve_time(facts: frozenset[tuple[str, str]], published: Period | None) -> Period | None:
    """Return the stretch of time that the facts of one "when" name, midnight to midnight; None where it is open.

    `published`: when the report came out; relative words need it to within two days.
    """
    told = dict(sorted(facts))
    known = published is not None and published.end - published.start <= WIDEST_PUBLISHED
    day = published.start.date() if published is not None and known else None
    found = _read_date(told, day) or (day and (_read_phrase(told, day) or _read_weekday(told, day)))
    if not found:
        return None
    return Period(start=datetime.combine(found[0], time()), end=datetime.combine(found[1], time()))


def _read_date(told: Mapping[str, str], day: date | None) -> Stretch | None:
    """Return the day, month or year that is named; a date without a year is the last one up to the report."""
    year = int(told.get("year", 0))
    month, number = int(told.get("month", 0)), int(told.get("day", 0))
    if not year and month and day:
        year = day.year if (month, number) <= (day.month, day.day) else day.year - 1
    if not date.min.year < year < date.max.year:
        return None
    if not month:
        return date(year, 1, 1), date(year + 1, 1, 1)
    if not number:
        return _stretch_month(year, month)
    try:
        return date(year, month, number), date(year, month, number) + timedelta(days=1)
    except ValueError:
        return None


def _stretch_month(year: int, month: int) -> Stretch:
    """Return a month; `month` may run over a year's ends."""
    first = year * 12 + month - 1
    return date(first // 12, first % 12 + 1, 1), date((first + 1) // 12, (first + 1) % 12 + 1, 1)


@cache
def load_relative() -> Mapping[str, tuple[str, int]]:
    """Return the phrases of `slots.toml` that are counted from the report's day, each with its unit and distance."""
    table = load_toml("slots.toml")["relative"]
    assert isinstance(table, dict)
    pairs = {str(phrase): str(meant).split() for phrase, meant in table.items()}
    return {phrase: (unit, int(distance)) for phrase, (unit, distance) in pairs.items()}


def _read_phrase(told: Mapping[str, str], day: date) -> Stretch | None:
    """Return what "yesterday", "last week" and their like mean on a day."""
    unit, distance = load_relative().get(told.get("phrase", ""), ("", 0))
    if unit == "day":
        return day + timedelta(days=distance), day + timedelta(days=distance + 1)
    if unit == "week":
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=distance)
        return monday, monday + timedelta(weeks=1)
    if unit == "month":
        return _stretch_month(day.year, day.month + distance)
    return (date(day.year + distance, 1, 1), date(day.year + distance + 1, 1, 1)) if unit == "year" else None


def _read_weekday(told: Mapping[str, str], day: date) -> Stretch | None:
    """Return the last such weekday up to the report's day."""
    if "weekday" not in told:
        return None
    found = day - timedelta(days=(day.isoweekday() - int(told["weekday"])) % 7)
    return found, found + timedelta(days=1)
