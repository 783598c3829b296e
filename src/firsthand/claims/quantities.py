"""How many, does a content say, and of what?

A number is compared with another of the same unit: litres with gallons, lorries with convoys, persons with persons.
Persons are counted by what befell them where the clause says so: three dead and fourteen in hospital do not differ.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from firsthand.claims.folding import stem_word
from firsthand.claims.numbers import Number, find_numbers
from firsthand.claims.terms import find_meaning, load_stopwords
from firsthand.claims.vocabulary import CLAUSE_GAP, Detail, Token, is_verb, list_phrases, list_words, match_phrase

MEASURES = ("volume", "mass", "length", "time", "share")
WORDS_TO_UNIT = 3
WORDS_BEFORE = 3


@dataclass(frozen=True, slots=True)
class Counted:
    """A number, the tokens from `first` to `last` (excluded) that give it and its unit, the unit's word or ""."""

    number: Number
    first: int
    last: int
    unit: str


def find_quantities(text: str, tokens: Sequence[Token], taken: Sequence[Detail]) -> tuple[Detail, ...]:
    """Return the numbers of a text that are no part of a date, each with its unit and what befell those counted."""
    every = find_numbers(text)
    numbers = [
        n for n in every if not any(d.start < n.end and n.start < d.end for d in taken) and not is_label(tokens, n)
    ]
    counted = [read_counted(tokens, number, {n.start for n in every}) for number in numbers]
    found = []
    for at, item in enumerate(counted):
        if item.number.value == 1 and not tokens[item.first].text.isdecimal():
            continue
        until = counted[at + 1].first if at + 1 < len(counted) else len(tokens)
        since = counted[at - 1].last if at else 0
        start, end = tokens[item.first].start, tokens[item.last - 1].end
        found.append(Detail("how many", start, end, frozenset({describe_count(item, tokens, since, until)})))
    return tuple(found)


def read_counted(tokens: Sequence[Token], number: Number, stops: Collection[int]) -> Counted:
    """Return a number with the words that qualify it and the noun it counts."""
    inside = [at for at, token in enumerate(tokens) if token.start < number.end and number.start < token.end]
    first, last = inside[0], inside[-1] + 1
    for size in (3, 2, 1):
        if first >= size and match_phrase(tokens, first - size, list_phrases("quantity", "approximate")) == size:
            first -= size
            break
    unit_at = find_unit(tokens, last, stops)
    return Counted(number, first, unit_at + 1, tokens[unit_at].folded) if unit_at else Counted(number, first, last, "")


def is_label(tokens: Sequence[Token], number: Number) -> bool:
    """Say whether a number in digits names one thing and counts none: "Circular 7", "No. 4"."""
    at = next((at for at, token in enumerate(tokens) if token.start == number.start), 0)
    if not at or not tokens[at].text[0].isdecimal() or tokens[at].gap.strip(" ."):
        return False
    after = tokens[at + 1].folded if at + 1 < len(tokens) else ""
    return (
        tokens[at - 1].text[0].isupper()
        and at > 1
        and not is_unit(after)
        or tokens[at - 1].folded in list_words("quantity", "labels")
    )


def find_unit(tokens: Sequence[Token], at: int, stops: Collection[int]) -> int:
    """Return the index of the noun counted by the number that ends before `at`, or 0; no number stands between."""
    unit = 0
    for index in range(at, min(at + WORDS_TO_UNIT, len(tokens))):
        token = tokens[index]
        if "," in token.gap or CLAUSE_GAP.search(token.gap) or token.start in stops or is_verb(token.folded):
            break
        if token.folded in list_words("quantity", "skipped") and not unit:
            continue
        if is_unit(token.folded):
            return index
        if token.folded in load_stopwords():
            break
        unit = index if not unit or find_meaning(token.folded) else unit
    return unit


def is_unit(word: str) -> bool:
    """Say whether a word is a measure or a word for persons."""
    return is_person(word) or any(word in list_words("measures", family) for family in MEASURES)


def describe_count(item: Counted, tokens: Sequence[Token], since: int, until: int) -> tuple[str, str]:
    """Return the fact: the type says what is counted and what befell it, the value how many of which unit."""
    value = f"{item.number.value:g}"
    for family in MEASURES:
        if item.unit in list_words("measures", family):
            return family, f"{value} {stem_word(item.unit)}"
    events = find_events(tokens[max(since, item.first - WORDS_BEFORE) : until])
    if is_person(item.unit) or (events and not find_meaning(item.unit)):
        return f"persons {' '.join(events)}".strip(), value
    return (find_meaning(item.unit) or stem_word(item.unit)) if item.unit else "number", value


def is_person(word: str) -> bool:
    """Say whether a folded word counts persons."""
    meaning = (find_meaning(word) or "").removeprefix("@")
    return word in list_words("measures", "person") or meaning in list_words("words", "agents")


def find_events(tokens: Sequence[Token]) -> list[str]:
    """Return the first of the events that may befall persons named in a clause, in a list of none or one."""
    events = list_words("quantity", "events")
    meanings = (find_meaning(token.folded) for token in tokens)
    return [meaning for meaning in meanings if meaning and meaning.removeprefix("@") in events][:1]
