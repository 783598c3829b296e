"""When were the reports of a pile published?

Most say so. Where a date has two readings (03/04/2020) or no year (6 March), the other reports tell, if exactly one
reading falls among their dates; that is noted. Otherwise nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from firsthand.model import Period, Problem, Report
from firsthand.reading.dates import BadDate, find_weekday, parse_period, parse_without_year, swap_day_and_month
from firsthand.reading.item import Draft, build_report

NEAR = timedelta(days=45)
DAY_FIRST = ("fr", "de", "es", "it", "pt", "nl")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def settle_dates(drafts: Sequence[Draft]) -> tuple[Report, ...]:
    """Build the reports of a pile, every date read as far as it and the pile allow, every doubt a Problem."""
    sure = [period for period in map(_read_surely, drafts) if period]
    return tuple(draft.report or _settle(draft, sure) for draft in drafts)


def _read_surely(draft: Draft) -> Period | None:
    """Return the date of a draft if its own words settle it."""
    words = draft.facts.published
    try:
        return parse_period(words) if words and swap_day_and_month(words) is None else None
    except BadDate:
        return None


def _settle(draft: Draft, sure: Sequence[Period]) -> Report:
    report = build_report(draft)
    retrieved, first = _read_date(draft, "Retrieved", draft.facts.retrieved, None)
    published, second = _read_date(draft, "Published", draft.facts.published, retrieved)
    words = draft.facts.published
    if published and swap_day_and_month(words):
        published, second = _choose_reading(draft, report.language, published, sure)
    elif published is None and words:
        in_year = [period for period in _try_years(words, sure) if _is_near(period, sure)]
        if len(in_year) == 1:
            published = in_year[0]
            what = f"Published '{published.text}' names no year; {published.start.year} fits the other reports"
            second = (_note(draft, what),)
    noted = first + second + _check_weekday(draft, published)
    return replace(report, published=published, retrieved=retrieved, problems=report.problems + noted)


def _read_date(draft: Draft, field: str, words: str, seen: Period | None) -> tuple[Period | None, tuple[Problem, ...]]:
    if not words.strip():
        return None, ()
    try:
        return parse_period(words, seen), ()
    except BadDate as error:
        return None, (_note(draft, f"{field} '{' '.join(words.split())}' {error}"),)


def _choose_reading(
    draft: Draft, language: str, first: Period, sure: Sequence[Period]
) -> tuple[Period, tuple[Problem, ...]]:
    """Choose between day first and month first; where nothing tells, the period covers both."""
    second = swap_day_and_month(draft.facts.published)
    if second is None or language in DAY_FIRST:
        return first, ()
    near = [reading for reading in (first, second) if _is_near(reading, sure)]
    if len(near) == 1:
        return near[0], ()
    wide = Period(start=min(first.start, second.start), end=max(first.end, second.end), text=first.text)
    return wide, (_note(draft, f"Published '{first.text}' may be {first.start:%Y-%m-%d} or {second.start:%Y-%m-%d}"),)


def _try_years(words: str, sure: Sequence[Period]) -> tuple[Period, ...]:
    if not sure:
        return ()
    first, last = min(period.start.year for period in sure), max(period.end.year for period in sure)
    return parse_without_year(words, range(max(first - 1, 1), min(last + 2, 9999)))


def _is_near(period: Period, sure: Sequence[Period]) -> bool:
    """Say whether a period lies within 45 days of one whose day is known."""
    known = [one for one in sure if one.end - one.start <= NEAR]
    return any(max(period.start - one.end, one.start - period.end) <= NEAR for one in known)


def _check_weekday(draft: Draft, period: Period | None) -> tuple[Problem, ...]:
    """Note a weekday that its date does not fall on: a sign of haste, or of forgery."""
    stated = find_weekday(draft.facts.published)
    if period is None or stated is None or period.end - period.start > timedelta(days=1):
        return ()
    # A zone may move the hour into the day before or after.
    if stated in {
        (period.start + timedelta(days=step)).weekday() for step in (-1, 0, 1) if step == 0 or _has_clock(period)
    }:
        return ()
    what = f"Published '{period.text}' is a {DAYS[period.start.weekday()]}, not a {DAYS[stated]}"
    return (_note(draft, what),)


def _has_clock(period: Period) -> bool:
    return period.end - period.start < timedelta(days=1)


def _note(draft: Draft, what: str) -> Problem:
    return Problem(where=draft.path, what=what, remedy="write the day, such as 2022-11-08, in the header or beside it")
