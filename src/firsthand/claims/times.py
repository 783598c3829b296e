"""When, does a content say, and did it happen before?

A date is as precise as its words: "July 2010" is a month and a year and no day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from firsthand.claims.numbers import find_numbers
from firsthand.claims.vocabulary import Detail, Token, list_phrases, list_words, map_words, match_phrase

YEAR = re.compile(r"(?:1[89]|20)\d\d")
DAY = re.compile(r"(?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er)?")
HOUR = re.compile(r"[0-2]?\d")
MINUTE = re.compile(r"[0-5]\d")
Fact = tuple[str, str]


def find_times(tokens: Sequence[Token]) -> tuple[Detail, ...]:
    """Return the dates, weekdays, clock times and phrases of time, each with the facts its words give."""
    found: list[Detail] = []
    at = 0
    while at < len(tokens):
        size, facts = read_time(tokens, at)
        if facts:
            found.append(Detail("when", tokens[at].start, tokens[at + size - 1].end, frozenset(facts)))
        at += max(1, size)
    return tuple(found)


def read_time(tokens: Sequence[Token], at: int) -> tuple[int, set[Fact]]:
    """Return how many words from `at` on give a time, and its facts; 0 and none where they do not."""
    for read in (read_phrase, read_day_first, read_month_first, read_weekday, read_clock, read_year):
        size, facts = read(tokens, at)
        if size:
            return size, facts
    return 0, set()


def read_phrase(tokens: Sequence[Token], at: int) -> tuple[int, set[Fact]]:
    """Read "last week", "before dawn" and their like."""
    size = match_phrase(tokens, at, list_phrases("time", "phrases"))
    return size, {("phrase", " ".join(token.folded for token in tokens[at : at + size]))}


def read_day_first(tokens: Sequence[Token], at: int) -> tuple[int, set[Fact]]:
    """Read "12 February 2019", "12. Februar", "le 1er mai"."""
    month = find_month(tokens, at + 1)
    if not month or not DAY.fullmatch(tokens[at].folded):
        return 0, set()
    return add_year(tokens, at, 2, {read_day(tokens[at]), month})


def read_month_first(tokens: Sequence[Token], at: int) -> tuple[int, set[Fact]]:
    """Read "February 12, 2019", "July 2010", "in July"; a month alone needs "in" before it, for May may be a verb."""
    month = find_month(tokens, at)
    if not month or not tokens[at].text[0].isupper():
        return 0, set()
    if at + 1 < len(tokens) and DAY.fullmatch(tokens[at + 1].folded) and not tokens[at + 1].gap.strip(" ."):
        return add_year(tokens, at, 2, {month, read_day(tokens[at + 1])})
    size, facts = add_year(tokens, at, 1, {month})
    alone = at > 0 and tokens[at - 1].folded in list_words("time", "before_month")
    return (size, facts) if size > 1 or alone else (0, set())


def read_weekday(tokens: Sequence[Token], at: int) -> tuple[int, set[Fact]]:
    """Read "Tuesday"."""
    day = map_words("time", "weekdays").get(tokens[at].folded)
    return (1, {("weekday", str(day))}) if day else (0, set())


def read_clock(tokens: Sequence[Token], at: int) -> tuple[int, set[Fact]]:
    """Read "at 17.14", "um 9:05", "um neun Uhr" and "twenty past six"."""
    if at + 1 >= len(tokens):
        return 0, set()
    hour, minute = tokens[at], tokens[at + 1]
    before = at > 0 and tokens[at - 1].folded in list_words("time", "before_clock")
    if before and minute.gap in {".", ":"} and HOUR.fullmatch(hour.folded) and MINUTE.fullmatch(minute.folded):
        return 2, {("clock", f"{int(hour.folded)}:{minute.folded}")}
    spoken = minute.folded in list_words("time", "past_hour") and at + 2 < len(tokens) and is_hour(tokens[at + 2])
    if spoken and (is_hour(hour) or hour.folded in list_words("time", "half_hours")):
        return 3, {("clock", " ".join(token.folded for token in tokens[at : at + 3]))}
    if before and is_hour(hour) and minute.folded in list_words("time", "after_hour"):
        size = len(tokens[at : at + (3 if minute.folded == "o" else 2)])
        return size, {("clock", f"{find_numbers(hour.text)[0].value:g}:00")}
    return 0, set()


def is_hour(token: Token) -> bool:
    """Say whether a word is a number that a clock shows."""
    numbers = find_numbers(token.text)
    return bool(numbers) and numbers[0].value <= 24


def read_year(tokens: Sequence[Token], at: int) -> tuple[int, set[Fact]]:
    """Read "in 2009"."""
    if at and tokens[at - 1].folded in list_words("time", "before_year") and YEAR.fullmatch(tokens[at].folded):
        return 1, {("year", tokens[at].folded)}
    return 0, set()


def find_month(tokens: Sequence[Token], at: int) -> Fact | None:
    """Return the month that the word at `at` names, or None."""
    number = map_words("time", "months").get(tokens[at].folded) if at < len(tokens) else None
    return ("month", str(number)) if number else None


def read_day(token: Token) -> Fact:
    """Return the day of the month."""
    return "day", re.sub(r"\D", "", token.folded)


def add_year(tokens: Sequence[Token], at: int, size: int, facts: set[Fact]) -> tuple[int, set[Fact]]:
    """Return a date with the year that follows it, where one does."""
    after = at + size
    if after < len(tokens) and YEAR.fullmatch(tokens[after].folded) and not tokens[after].gap.strip(" ,"):
        return size + 1, facts | {("year", tokens[after].folded)}
    return size, facts


def find_rounds(tokens: Sequence[Token]) -> tuple[Detail, ...]:
    """Return where a text says that it happened for the first time, or again."""
    found: list[Detail] = []
    at = 0
    while at < len(tokens):
        first = match_phrase(tokens, at, list_phrases("rounds", "first"))
        again = match_phrase(tokens, at, list_phrases("rounds", "again"))
        size = max(first, again)
        if size:
            facts = frozenset({("round", "first" if first > again else "again")})
            found.append(Detail("first or again", tokens[at].start, tokens[at + size - 1].end, facts))
        at += max(1, size)
    return tuple(found)
