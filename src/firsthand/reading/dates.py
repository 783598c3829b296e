"""When was it published, and how precisely do we know?

A period is as wide as the words are vague: "July 2010" is the whole month, "2 hours ago" is known only where it is
known when the page was fetched. A day that does not exist, or words that fit no date, raise BadDate.
Times without a zone are taken as universal time.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache

from firsthand.model import Period
from firsthand.reading.clock import find_clock, find_offset
from firsthand.reading.lists import load_pattern, load_table

DAY = timedelta(days=1)


class BadDate(ValueError):
    """The words name no stretch of time; the message is the rest of a sentence about them."""


@cache
def _pieces() -> tuple[str, str, str]:
    """Return the patterns of a day, a month by name, and the words between."""
    names = "|".join(sorted(load_table("dates.toml", "months"), key=lambda name: (-len(name), name)))
    return r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º)?", rf"(?P<name>{names})\b\.?", r"(?:\s+de|\s+of)?\s+"


@cache
def _yearless() -> tuple[re.Pattern[str], ...]:
    day, month, of = _pieces()
    return re.compile(day + of + month, re.IGNORECASE), re.compile(rf"\b{month}\s+{day}(?!\d)", re.IGNORECASE)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    day, month, of = _pieces()
    year = r"(?P<year>\d{4})"
    sources = (
        r"(?<!\d)(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?!\d)",
        rf"{day}{of}{month},?(?:\s+de|\s+del)?\s+{year}(?!\d)",
        rf"\b{month}\s+{day},?\s+{year}(?!\d)",
        r"(?<![\d.])(?P<day>\d{1,2})(?P<mark>[./-])\s?(?P<month>\d{1,2})(?P=mark)\s?(?P<year>\d{4}|\d{2})(?![\d.:])",
        rf"^\W*{month}(?:\s+de)?,?\s+{year}\W*$",
        r"^\W*(?P<year>\d{4})-(?P<month>\d{2})\W*$",
        r"^\W*(?P<year>\d{4})\W*$",
    )
    return tuple(re.compile(source, re.IGNORECASE) for source in sources)


# ISO 8601: two dates or moments with a stroke between; the last day is part of it.
INTERVAL = re.compile(r"(?P<first>\d{4}-\d\d[^/]{0,25})/(?P<last>\d{4}-\d\d[^/]{0,25})")
FROM_TO = re.compile(r"^(\d{4}-\d{2}(?:-\d{2})?)\s*/\s*(\d{4}-\d{2}(?:-\d{2})?)$")
AGO = re.compile(
    r"(?P<count>\d{1,5})\s*(?P<unit>m|min|mins|minutes?|h|hrs?|hours?|d|days?|weeks?)\s+ago\b", re.IGNORECASE
)
UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": DAY, "w": timedelta(weeks=1)}


def parse_period(words: str, seen: Period | None = None) -> Period:
    """Return the stretch of time that `words` name, in universal time.

    `seen`: when the page was fetched; "3 hours ago" is counted back from it. Raises BadDate.
    """
    shown = " ".join(words.split())
    ends = FROM_TO.match(shown)
    if ends:
        return _join_ends(ends[1], ends[2], shown)
    ago = AGO.search(shown)
    if ago:
        return _count_back(ago, seen, shown)
    between = INTERVAL.fullmatch(shown)
    if between:
        return _join(parse_period(between["first"]), parse_period(between["last"]), shown)
    for pattern in _patterns():
        match = pattern.search(shown)
        if match:
            return _read_match(match, shown)
    raise BadDate("names no day, month or year")


def _join(first: Period, last: Period, shown: str) -> Period:
    if first.start >= last.end:
        raise BadDate("ends before it begins")
    return Period(start=first.start, end=last.end, text=shown)


def is_date(words: str) -> bool:
    """Say whether `words` name a stretch of time."""
    try:
        parse_period(words)
    except BadDate:
        return False
    return True


def swap_day_and_month(words: str) -> Period | None:
    """Return the other reading of a date such as 03/04/2020, month first, or None where there is only one."""
    match = re.search(r"(?<!\d)(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)", words)
    if not match or match[1] == match[3] or not 1 <= int(match[1]) <= 12 or not 1 <= int(match[3]) <= 12:
        return None
    turned = f"{match[3]}{match[2]}{match[1]}{match[2]}{match[4]}"
    other = parse_period(words.replace(match[0], turned, 1))
    return Period(start=other.start, end=other.end, text=" ".join(words.split()))


def parse_without_year(words: str, years: range) -> tuple[Period, ...]:
    """Return what "6 March" would be in each of `years`; nothing where `words` name no day and month."""
    shown = " ".join(words.split())
    match = next((found for found in (pattern.search(shown) for pattern in _yearless()) if found), None)
    if not match:
        return ()
    periods = []
    for year in years:
        with suppress(BadDate):
            dated = f"{match['day']} {match['name']} {year} {shown[: match.start()]} {shown[match.end() :]}"
            period = parse_period(dated)
            periods.append(Period(start=period.start, end=period.end, text=shown))
    return tuple(periods)


def hints_at_date(words: str) -> bool:
    """Say whether `words` speak of a day or an hour without naming it: "Friday", "2 hours ago", "6 March"."""
    if AGO.search(words) or load_pattern("dates.toml", "relative").search(words):
        return True
    return any(pattern.search(words) for pattern in _yearless()) or find_weekday(words) is not None


def find_weekday(words: str) -> int | None:
    """Return the weekday that `words` name, Monday being 0."""
    days = load_table("dates.toml", "weekdays")
    return next((days[word] for word in re.findall(r"[^\W\d_]+", words.lower()) if word in days), None)


def _join_ends(first: str, last: str, shown: str) -> Period:
    """Return the stretch from one date to another, both included, as ISO 8601 writes it: 2011-03-20/2011-03-26."""
    start, end = parse_period(first).start, parse_period(last).end
    if end <= start:
        raise BadDate("ends before it begins")
    return Period(start=start, end=end, text=shown)


def _count_back(match: re.Match[str], seen: Period | None, shown: str) -> Period:
    if seen is None:
        raise BadDate("counts from a moment that is not given")
    unit = UNITS[match["unit"][0].lower()]
    count = int(match["count"])
    try:
        return Period(start=seen.start - unit * (count + 1), end=seen.end - unit * count, text=shown)
    except OverflowError as error:
        raise BadDate("is not a date that exists") from error


def _read_match(match: re.Match[str], shown: str) -> Period:
    found = match.groupdict()
    year = int(found["year"])
    if len(found["year"]) == 2:
        year += 2000 if year < 69 else 1900
    name = found.get("name")
    month = load_table("dates.toml", "months")[name.lower()] if name else int(found.get("month") or 0)
    day = int(found.get("day") or 0)
    if month > 12 >= day and found.get("mark") in ("/", "-"):
        day, month = month, day
    try:
        return _widen(year, month, day, shown[: match.start()] + " \n " + shown[match.end() :], shown)
    except (ValueError, OverflowError) as error:
        raise BadDate("is not a date that exists") from error


def _widen(year: int, month: int, day: int, rest: str, shown: str) -> Period:
    """Make the period of a year, a month or a day (0 where not given) with the time of day in `rest`."""
    if not month:
        return Period(start=datetime(year, 1, 1), end=datetime(year + 1, 1, 1), text=shown)
    if not day:
        turn = datetime(year + month // 12, month % 12 + 1, 1)
        return Period(start=datetime(year, month, 1), end=turn, text=shown)
    midnight = datetime(year, month, day)
    clock = find_clock(rest)
    if clock is None:
        return Period(start=midnight, end=midnight + DAY, text=shown)
    start = midnight + clock[0] - find_offset(rest)
    return Period(start=start, end=start + clock[1], text=shown)
