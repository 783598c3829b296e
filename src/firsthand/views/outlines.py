"""Which lines bound a country?"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from firsthand.model import record

UNITS = 100.0
"""Steps to a degree in the data file."""

Ring = tuple[tuple[float, float], ...]


@record
class Outline:
    """A country as rings of (longitude, latitude) in degrees; `west`, `south`, `east`, `north` hold all of them."""

    name: str
    code: str
    rings: tuple[Ring, ...]
    west: float
    south: float
    east: float
    north: float


@cache
def load_outlines() -> tuple[Outline, ...]:
    """Return every country: Natural Earth 1:50 million (public domain), simplified by training/geography."""
    table: dict[str, Any] = json.loads((files(__package__) / "outlines.json").read_text("utf-8"))
    arcs = [_read_arc(steps) for steps in table["arcs"]]
    return tuple(_join(one["name"], one["iso"], one["rings"], arcs) for one in table["countries"])


def _read_arc(steps: list[int]) -> list[tuple[float, float]]:
    x = y = 0
    points = []
    for at in range(0, len(steps), 2):
        x, y = x + steps[at], y + steps[at + 1]
        points.append((x / UNITS, y / UNITS))
    return points


def _join(name: str, code: str, rings: list[list[int]], arcs: list[list[tuple[float, float]]]) -> Outline:
    joined = tuple(
        tuple(point for arc in ring for point in (arcs[arc][:-1] if arc >= 0 else arcs[~arc][:0:-1])) for ring in rings
    )
    east_west = [point[0] for ring in joined for point in ring]
    north_south = [point[1] for ring in joined for point in ring]
    return Outline(
        name=name,
        code=code,
        rings=joined,
        west=min(east_west),
        south=min(north_south),
        east=max(east_west),
        north=max(north_south),
    )
