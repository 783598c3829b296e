"""How does a line run from one mark of the provenance to another?"""

from __future__ import annotations

import math

from firsthand.views.svg import Svg, group, path

Point = tuple[float, float]


def draw_head(at: Point, angle: float, style: str) -> Svg:
    """Return an open arrow head that ends at a point, flying in the direction `angle` (radians, 0 to the right)."""
    size = 8.0 if style in {"relay", "relay thin", "loop"} else 6.0
    wings = [(at[0] - size * math.cos(angle + turn), at[1] - size * math.sin(angle + turn)) for turn in (-0.5, 0.5)]
    shape = f"M{wings[0][0]:.1f} {wings[0][1]:.1f}L{at[0]:.1f} {at[1]:.1f}L{wings[1][0]:.1f} {wings[1][1]:.1f}"
    return path(shape, f"{style} head")


def find_bends(start: Point, end: Point) -> tuple[Point, Point, Point, Point]:
    """Return the four points of the curve between two marks.

    It leaves and arrives level, so that it keeps clear of the labels above and below; between marks of one lane it is
    an arc above, and back to an earlier mark a bow to the right.
    """
    (x1, y1), (x2, y2) = start, end
    if abs(y2 - y1) < 1:
        lift = min(60.0, 24 + abs(x2 - x1) * 0.12)
        return (x1, y1 - 9), (x1 + (x2 - x1) * 0.2, y1 - lift), (x2 - (x2 - x1) * 0.2, y1 - lift), (x2, y2 - 10)
    if x2 - x1 < -40:
        side = max(x1, x2) + min(90.0, 40 + abs(y2 - y1) * 0.2)
        return (x1 + 10, y1), (side, y1), (side, y2), (x2 + 12, y2)
    bend = max(64.0, (x2 - x1) * 0.5)
    return (x1 + 10, y1), (x1 + bend, y1), (x2 - bend, y2), (x2 - 11, y2)


def follow_curve(start: Point, end: Point, share: float) -> Point:
    """Return a point on the curve between two marks, `share` of the way along."""
    points = find_bends(start, end)
    weights = [(1 - share) ** 3, 3 * share * (1 - share) ** 2, 3 * share**2 * (1 - share), share**3]
    return (
        sum(weight * point[0] for weight, point in zip(weights, points, strict=True)),
        sum(weight * point[1] for weight, point in zip(weights, points, strict=True)),
    )


def draw_curve(start: Point, end: Point, style: str) -> Svg:
    """Return a curve with an open head."""
    a, b, c, d = find_bends(start, end)
    shape = f"M{a[0]:.1f} {a[1]:.1f}C{b[0]:.1f} {b[1]:.1f} {c[0]:.1f} {c[1]:.1f} {d[0]:.1f} {d[1]:.1f}"
    return group(path(shape, style), draw_head(d, math.atan2(d[1] - c[1], d[0] - c[0]), style))


def draw_double(start: Point, end: Point) -> Svg:
    """Return a double line without a head, bowed where the marks are far apart."""
    length = math.dist(start, end) or 1.0
    ux, uy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    bow = 0.0 if length < 40 else min(30.0, length * 0.25)
    marks = []
    for side in (-1.8, 1.8):
        x1, y1 = start[0] + 6 * ux - side * uy, start[1] + 6 * uy + side * ux
        x2, y2 = end[0] - 6 * ux - side * uy, end[1] - 6 * uy + side * ux
        xm, ym = (x1 + x2) / 2 + bow * uy, (y1 + y2) / 2 - bow * ux
        marks.append(path(f"M{x1:.1f} {y1:.1f}Q{xm:.1f} {ym:.1f} {x2:.1f} {y2:.1f}", "linked"))
    return group(*marks)


def draw_loop(start: Point, end: Point) -> Svg:
    """Return one arrow of a loop, bowed to its own left, so that the two of a pair stand apart."""
    length = math.dist(start, end) or 1.0
    ux, uy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    bow = min(46.0, max(18.0, length * 0.28))
    middle = ((start[0] + end[0]) / 2 + bow * uy, (start[1] + end[1]) / 2 - bow * ux)
    first, last = _step_towards(start, middle, 10.0), _step_towards(end, middle, 11.0)
    shape = f"M{first[0]:.1f} {first[1]:.1f}Q{middle[0]:.1f} {middle[1]:.1f} {last[0]:.1f} {last[1]:.1f}"
    return group(path(shape, "loop"), draw_head(last, math.atan2(last[1] - middle[1], last[0] - middle[0]), "loop"))


def _step_towards(start: Point, end: Point, distance: float) -> Point:
    length = math.dist(start, end) or 1.0
    return (start[0] + (end[0] - start[0]) * distance / length, start[1] + (end[1] - start[1]) * distance / length)
