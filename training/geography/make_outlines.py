"""How do the outlines of countries become one small file in which neighbours share their borders?

    python training/geography/make_outlines.py ne_50m_admin_0_countries.geojson

reads Natural Earth's countries at 1:50 million (public domain, naturalearthdata.com) and writes
`src/firsthand/views/outlines.json`: arcs of hundredths of a degree, each the first point and then steps, and countries
as rings of arcs, `~n` an arc read backwards. An arc that two countries share is simplified once for both.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

TARGET = Path(__file__).parents[2] / "src/firsthand/views/outlines.json"
UNITS = 100
"""Steps to a degree."""
TOLERANCE = 5.0
"""How far, in steps, a simplified line may lie from the true one: a twentieth of a degree, five kilometres."""
SMALLEST = 12 * TOLERANCE
"""Area, in square steps, under which an island is left out, unless it is all there is of a country."""
SOURCE = "Natural Earth, admin 0 countries, 1:50 million, as in rnaturalearthdata 0.1.0; public domain; simplified"

Point = tuple[int, int]


def main(path: Path) -> None:
    raw = path.read_bytes()
    countries = json.loads(raw)["features"]
    rings = [(index, ring) for index, one in enumerate(countries) for ring in read_rings(one["geometry"])]
    arcs, placed = split_arcs(rings)
    told = {
        "source": SOURCE,
        "digest": hashlib.sha256(raw).hexdigest(),
        "arcs": [write_steps(simplify(arc)) for arc in arcs],
        "countries": [
            {"name": one["properties"]["name"], "iso": read_code(one["properties"]), "rings": placed[index]}
            for index, one in enumerate(countries)
            if placed[index]
        ],
    }
    TARGET.write_text(json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(told['countries'])} countries, {len(arcs)} arcs, {TARGET.stat().st_size:,} bytes")


def read_code(properties: dict) -> str:
    """Return the code of ISO 3166-1, "XK" for Kosovo as most use it, and none where there is none."""
    code = properties["iso_a2"]
    if properties["name"] == "Kosovo":
        return "XK"
    return code if len(code) == 2 and code.isalpha() else ""


def read_rings(geometry: dict) -> Iterator[list[Point]]:
    """Yield the rings of a polygon or several, rounded, without the point that closes them."""
    shapes = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for ring in (ring for shape in shapes for ring in shape):
        points: list[Point] = []
        for x, y in ring:
            point = (round(x * UNITS), round(y * UNITS))
            if not points or points[-1] != point:
                points.append(point)
        if len(points) > 1 and points[0] == points[-1]:
            points.pop()
        if len(points) > 2:
            yield points


def split_arcs(rings: Sequence[tuple[int, list[Point]]]) -> tuple[list[list[Point]], dict[int, list[list[int]]]]:
    """Return the arcs between points where borders meet, and the rings of each country as numbers of arcs."""
    neighbours: dict[Point, set[frozenset[Point]]] = defaultdict(set)
    largest: dict[int, float] = defaultdict(float)
    for country, ring in rings:
        largest[country] = max(largest[country], find_area(ring))
        for at, point in enumerate(ring):
            neighbours[point].add(frozenset((ring[at - 1], ring[(at + 1) % len(ring)])))
    meeting = {point for point, sides in neighbours.items() if len(sides) > 1}
    arcs: list[list[Point]] = []
    known: dict[tuple[Point, ...], int] = {}
    placed: dict[int, list[list[int]]] = defaultdict(list)
    for country, ring in rings:
        if find_area(ring) >= SMALLEST or find_area(ring) == largest[country]:
            placed[country].append([number_arc(piece, arcs, known) for piece in cut_ring(ring, meeting)])
    return arcs, placed


def cut_ring(ring: list[Point], meeting: set[Point]) -> Iterator[list[Point]]:
    """Yield the pieces of a ring between meeting points; an island in two halves."""
    cuts = [at for at, point in enumerate(ring) if point in meeting]
    if not cuts:
        first = ring.index(min(ring))
        cuts = sorted((first, max(range(len(ring)), key=lambda at: math.dist(ring[at], ring[first]))))
    turned = ring[cuts[0] :] + ring[: cuts[0] + 1]
    ends = [cut - cuts[0] for cut in cuts] + [len(ring)]
    for start, end in zip(ends, ends[1:], strict=False):
        yield turned[start : end + 1]


def number_arc(piece: list[Point], arcs: list[list[Point]], known: dict[tuple[Point, ...], int]) -> int:
    forward, backward = tuple(piece), tuple(reversed(piece))
    if backward in known:
        return ~known[backward]
    if forward not in known:
        known[forward] = len(arcs)
        arcs.append(piece)
    return known[forward]


def simplify(arc: list[Point]) -> list[Point]:
    """Return the arc without the points that lie near the line of the others (Douglas and Peucker 1973)."""
    kept = {0, len(arc) - 1}
    open_ = [(0, len(arc) - 1)]
    while open_:
        start, end = open_.pop()
        far = max(range(start + 1, end), key=lambda at: find_distance(arc[at], arc[start], arc[end]), default=None)
        if far is not None and find_distance(arc[far], arc[start], arc[end]) > TOLERANCE:
            kept.add(far)
            open_ += [(start, far), (far, end)]
    return [arc[at] for at in sorted(kept)]


def find_distance(point: Point, start: Point, end: Point) -> float:
    length = math.dist(start, end)
    if not length:
        return math.dist(point, start)
    across = (point[0] - start[0]) * (end[1] - start[1]) - (point[1] - start[1]) * (end[0] - start[0])
    return abs(across) / length


def find_area(ring: Sequence[Point]) -> float:
    return abs(sum(ring[at - 1][0] * ring[at][1] - ring[at][0] * ring[at - 1][1] for at in range(len(ring)))) / 2


def write_steps(arc: Sequence[Point]) -> list[int]:
    steps = list(arc[0])
    for before, after in zip(arc, arc[1:], strict=False):
        steps += [after[0] - before[0], after[1] - before[1]]
    return steps


if __name__ == "__main__":
    main(Path(sys.argv[1]))
