"""Where is a place of that name, how large is it, and may another be meant?"""

from __future__ import annotations

import json
import math
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from anyascii import anyascii

from firsthand.claims.places import load_exonyms
from firsthand.claims.vocabulary import list_words
from firsthand.model import Place, PlaceKind

EARTH_KM = 6371.0
COMPASS = {"north": (1, 0), "south": (-1, 0), "east": (0, 1), "west": (0, -1)}


def find_readings(words: str) -> tuple[Place, ...]:
    """Return every place that the words of a claim may mean, countries and regions first, then towns by size.

    No place for a common noun, such as "desert"; more than one where the name alone does not tell.
    """
    side, name = _split_side(_fold(words))
    found = [_find_part(one, side) for one in _load_countries().get(name, ())]
    found += [] if any(side) else list(_load_regions().get(name, ()))
    return (*found, *(() if any(side) else _load_towns().get(name, ())))


def measure_km(one: Place, other: Place) -> float:
    """Return the distance of the middles of two places, in kilometres along the sphere (haversine formula)."""
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(one.longitude - other.longitude)
    height = math.sin((a - b) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, height)))


def _split_side(name: str) -> tuple[tuple[int, int], str]:
    """Return the compass side that opens a name, such as "north-eastern", and the rest; (0, 0) where none does."""
    north = east = 0
    words = name.replace("-", " ").split()
    while len(words) > 1 and words[0] in list_words("words", "modifiers"):
        for part, (up, right) in COMPASS.items():
            if part in words[0]:
                north, east = north or up, east or right
        words = words[1:]
        if words[0] in list_words("words", "of") and len(words) > 1:
            words = words[1:]
    known = " ".join(words)
    full = name.replace("-", " ")
    if full in _load_countries() or full in _load_regions() or full in _load_towns():
        return (0, 0), full
    return (north, east), load_exonyms().get(known, known)


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


def _fold(words: str) -> str:
    return " ".join(anyascii(words).lower().replace("'", "").replace(".", " ").removeprefix("the ").split())


@cache
def _load_countries() -> dict[str, tuple[Place, ...]]:
    table = tomllib.loads((files(__package__) / "countries.toml").read_text("utf-8"))
    found: dict[str, list[Place]] = {}
    for code, (name, north, east, radius) in table["countries"].items():
        place = Place(name=name, kind=PlaceKind.COUNTRY, latitude=north, longitude=east, radius_km=radius, country=code)
        for spelling in (name, *table["spellings"].get(code, "").split(", ")):
            found.setdefault(_fold(spelling), []).append(place)
    return {name: tuple(places) for name, places in found.items() if name}


@cache
def _load_regions() -> dict[str, tuple[Place, ...]]:
    return {
        name: (Place(name=name.title(), kind=PlaceKind.REGION, latitude=north, longitude=east, radius_km=radius),)
        for name, (north, east, radius) in _read_regions()["regions"].items()
    }


@cache
def _load_towns() -> dict[str, tuple[Place, ...]]:
    table = json.loads((files(__package__) / "towns.json").read_text("utf-8"))["towns"]
    rows = [(name, code, north, east, people) for name, code, north, east, people in table]
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
        found.setdefault(_fold(name), []).append(place)
    return {name: tuple(sorted(places, key=lambda one: -one.weight)) for name, places in found.items()}


@cache
def _read_regions() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "regions.toml").read_text("utf-8"))
