"""Where is a place of that name, how large is it, and may another be meant?"""

from __future__ import annotations

import json
import math
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from anyascii import anyascii

from firsthand.claims.places import is_place_noun, load_exonyms, split_compass
from firsthand.claims.vocabulary import list_words
from firsthand.model import Place, PlaceKind

NORTH, SOUTH = ("north", "nord", "norte"), ("south", "sud", "sur")
EAST, WEST = re.compile("east|ost|este?$"), re.compile("west|ouest|oeste")
ENDINGS = ("", "s", "e", "es", "en", "er", "em", "ne", "nes")
"""What French and German add to an adjective of a country."""


def find_readings(words: str) -> tuple[Place, ...]:
    """Return every place that the words of a claim may mean, countries and regions first, then towns by size.

    No place for a common noun, such as "desert"; more than one where the name alone does not tell.
    """
    side, name = _split_side(fold_name(words))
    found = [_find_part(one, side) for one in _load_countries().get(name, ())]
    if any(side):
        return tuple(found)
    found += [*_load_regions().get(name, ()), *_load_towns().get(name, ())]
    return tuple(found) or _find_country_of(fold_name(words))


def _split_side(name: str) -> tuple[tuple[int, int], str]:
    """Return the compass side that opens a name, such as "north-eastern" or "nord", and the rest; (0, 0) for none."""
    full = name.replace("-", " ")
    if _is_listed(full):
        return (0, 0), full
    north = east = 0
    words = full.split()
    while len(words) > 1 and words[0] in list_words("words", "articles") | list_words("words", "modifiers"):
        up, right = _read_side(words[0])
        north, east = north or up, east or right
        words = words[1:]
        while len(words) > 1 and words[0] in list_words("words", "of") | list_words("words", "articles"):
            words = words[1:]
    side, rest = split_compass(words[0]) if len(words) == 1 else ("", "")
    if rest and not _is_listed(words[0]):
        up, right = _read_side(side.removeprefix("@"))
        north, east, words = north or up, east or right, [rest]
    known = " ".join(words)
    return (north, east), known if _is_listed(known) else load_exonyms().get(known, known)


def _is_listed(name: str) -> bool:
    return name in _load_countries() or name in _load_regions() or name in _load_towns()


def _read_side(word: str) -> tuple[int, int]:
    """Return how far north and east a word of the compass points, in English, French, German or Spanish."""
    north = 1 if word.startswith(NORTH) else -1 if word.startswith(SOUTH) else 0
    west = WEST.search(word)
    return north, -1 if west else 1 if EAST.search(word) else 0


def _find_country_of(words: str) -> tuple[Place, ...]:
    """Return the country in which "Libyan depots" stand: an adjective of a country before a common noun of place."""
    *before, noun = words.replace("-", " ").split() or [""]
    if not before or not is_place_noun(noun):
        return ()
    adjective = " ".join(word for word in before if word not in list_words("words", "articles"))
    code = next((found for ending in ENDINGS if (found := _load_adjectives().get(_cut(adjective, ending)))), "")
    return tuple(one for one in _list_countries() if one.country == code)


def _cut(word: str, ending: str) -> str:
    return word.removesuffix(ending) if ending else word


def _find_part(country: Place, side: tuple[int, int]) -> Place:
    """Return a country, or the part of it on a side: its middle is moved half way there."""
    if not any(side):
        return country
    reach = country.radius_km / 2 / 111.2
    return Place(
        name=country.name,
        kind=PlaceKind.PART,
        latitude=country.latitude + side[0] * reach,
        longitude=country.longitude + side[1] * reach / max(0.2, math.cos(math.radians(country.latitude))),
        radius_km=country.radius_km / 2,
        country=country.country,
        side=side,
    )


def fold_name(words: str) -> str:
    """Return a name in plain small letters, without article, accents and dots."""
    plain = anyascii(words).lower().removeprefix("l'").replace("'", "").replace(".", " ")
    return " ".join(plain.removeprefix("the ").split())


@cache
def _load_countries() -> dict[str, tuple[Place, ...]]:
    table = tomllib.loads((files(__package__) / "countries.toml").read_text("utf-8"))
    found: dict[str, list[Place]] = {}
    for code, (name, north, east, radius) in table["countries"].items():
        place = Place(name=name, kind=PlaceKind.COUNTRY, latitude=north, longitude=east, radius_km=radius, country=code)
        for spelling in (name, *table["spellings"].get(code, "").split(", ")):
            found.setdefault(fold_name(spelling), []).append(place)
    return {name: tuple(places) for name, places in found.items() if name}


def _list_countries() -> tuple[Place, ...]:
    return tuple(dict.fromkeys(place for places in _load_countries().values() for place in places))


@cache
def _load_adjectives() -> dict[str, str]:
    table = tomllib.loads((files(__package__) / "adjectives.toml").read_text("utf-8"))["adjectives"]
    return {word: code for code, words in table.items() for word in words.split(", ")}


@cache
def _load_regions() -> dict[str, tuple[Place, ...]]:
    return {
        name: (
            Place(
                name=name.title(),
                kind=PlaceKind.REGION,
                latitude=north,
                longitude=east,
                radius_km=radius,
                country=country[0] if country else "",
            ),
        )
        for name, (north, east, radius, *country) in _read_regions()["regions"].items()
    }


@cache
def _load_towns() -> dict[str, tuple[Place, ...]]:
    table = json.loads((files(__package__) / "towns.json").read_text("utf-8"))["towns"]
    rows = [(name, code, north, east, people) for name, code, north, east, people in table]
    known = _read_regions()["also"]
    rows += [(also, *row[1:]) for row in rows for also in known.get(row[1], {}).get(row[0], ())]
    own = _read_regions()["towns"].items()
    rows += [(name.title(), code, north, east, 1) for name, (north, east, code) in own]
    found: dict[str, list[Place]] = {}
    for name, code, north, east, people in rows:
        place = Place(
            name=name,
            kind=PlaceKind.TOWN,
            latitude=north,
            longitude=east,
            radius_km=3.0 + math.sqrt(people) / 4,
            country=code,
            weight=people,
        )
        found.setdefault(fold_name(name), []).append(place)
    return {name: tuple(sorted(places, key=lambda one: -one.weight)) for name, places in found.items()}


@cache
def _read_regions() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "regions.toml").read_text("utf-8"))
