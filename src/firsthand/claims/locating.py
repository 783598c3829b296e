"""Which places do the claims name, and what may each name mean?

A name with two readings stays open: what else is named puts the likelier one first, and nothing chooses it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from firsthand.claims.gazetteer import find_readings, fold_name
from firsthand.claims.places import SLOTS, is_place_noun
from firsthand.model import Claim, Located, Named, Place, PlaceKind

SAME_CLAIM = 3
"""How much more a country says about a name that stands in the same claim."""


def locate_places(claims: Sequence[Claim]) -> tuple[Located, ...]:
    """Return every place that claims name, those of the first claims first; spellings of one place together."""
    found: dict[str, list[Named]] = {}
    readings: dict[str, tuple[Place, ...]] = {}
    for one in _list_named(claims):
        told = find_readings(one.words)
        key = _join_spellings(one.words, told)
        readings.setdefault(key, told)
        found.setdefault(key, []).append(one)
    context = _count_countries(found, readings)
    return tuple(
        Located(
            key=key,
            words=_choose_words(named),
            readings=order_readings(readings[key], named, context),
            named=tuple(named),
        )
        for key, named in found.items()
    )


def order_readings(
    readings: Sequence[Place], named: Sequence[Named], context: Mapping[str, Mapping[str, int]]
) -> tuple[Place, ...]:
    """Return readings in whose country more is said to have happened first, then the larger ones.

    `context`: how often each country is named, by claim and, under "", in all.
    """
    claims = {one.claim for one in named}

    def score(place: Place) -> int:
        here = sum(context.get(claim, {}).get(place.country, 0) for claim in claims)
        return SAME_CLAIM * here + context.get("", {}).get(place.country, 0)

    return tuple(sorted(readings, key=lambda one: (-score(one), one.kind == PlaceKind.TOWN, -one.weight, one.country)))


def name_reading(reading: Place, readings: Sequence[Place]) -> str:
    """Return how a judgement calls one of several readings: its country's code, and its middle where two share that."""
    code = reading.country or "region"
    alone = sum((one.country or "region") == code for one in readings) == 1
    return code if alone else f"{code} {reading.latitude:.2f} {reading.longitude:.2f}"


def _list_named(claims: Sequence[Claim]) -> list[Named]:
    return [
        Named(claim=claim.id, part=slot.name, attribution=slot.attribution, words=words)
        for claim in claims
        for slot in claim.slots
        if slot.name in SLOTS
        for words in slot.value.split("; ")
        if words
    ]


def _join_spellings(words: str, readings: Sequence[Place]) -> str:
    """Return the key of a name: that of the place where only one is meant, else the name as it is spelt.

    "Libyan depots" are somewhere in Libya, and not Libya.
    """
    within = is_place_noun(fold_name(words).split()[-1]) if fold_name(words) else True
    if len(readings) != 1 or within:
        return _make_key(words)
    one = readings[0]
    side = "".join(_turn(part, letters) for part, letters in zip(one.side, ("sn", "we"), strict=True))
    return _make_key(f"{side} {one.name} {one.country if one.kind == PlaceKind.TOWN else ''}")


def _turn(part: int, letters: str) -> str:
    return letters[part > 0] if part else ""


def _make_key(words: str) -> str:
    return re.sub(r"[^\w]+", "-", fold_name(words)).strip("-") or "unnamed"


def _choose_words(named: Sequence[Named]) -> str:
    """Return the spelling that most use, the first of several."""
    return Counter(one.words for one in named).most_common(1)[0][0]


def _count_countries(
    found: Mapping[str, Sequence[Named]], readings: Mapping[str, Sequence[Place]]
) -> dict[str, dict[str, int]]:
    """Return how often each country is named beyond doubt, by claim and in all."""
    counted: dict[str, dict[str, int]] = {"": {}}
    for key, named in found.items():
        if len(readings[key]) != 1 or not readings[key][0].country:
            continue
        country = readings[key][0].country
        for one in named:
            for where in ("", one.claim):
                held = counted.setdefault(where, {})
                held[country] = held.get(country, 0) + 1
    return counted
