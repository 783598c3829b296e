"""Where is it said to have happened, and how precisely is that known?

A town is a dot, an area an area: a country is tinted, a part of it hatched to its middle line, a region a circle of
its size. What may be meant is dashed. No line joins two places, because no report says which way anybody went.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from firsthand.model import Place, PlaceKind, record
from firsthand.views.outlines import Outline, load_outlines
from firsthand.views.plain import count_things
from firsthand.views.svg import (
    Svg,
    circle,
    draw,
    frame,
    group,
    line,
    measure_text,
    path,
    quote_text,
    show_number,
    write,
)

KM_TO_DEGREE = 111.2
LEAST_SPAN = 6.0
"""Degrees of latitude a map shows at the least, so that one town stands in a country one knows."""
GRID = (1, 2, 5, 10, 20, 30)
LENGTHS = (20, 50, 100, 200, 500, 1000, 2000, 5000)


@record
class Mark:
    """A place on the map: its `number` in the list beside, its label, and whether no other reading is left."""

    number: int
    label: str
    place: Place
    sure: bool = True
    evidence: str = ""


@record
class Window:
    """The part of the world that is shown, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def shrink(self) -> float:
        """How much shorter a degree of longitude is than one of latitude, at the middle."""
        return max(0.15, math.cos(math.radians((self.south + self.north) / 2)))


def fit_window(places: Sequence[Place], ratio: float) -> Window:
    """Return the window that holds all places with room around; the whole world where there are none.

    `ratio` is width by height of the map.
    """
    if not places:
        return Window(west=-180.0, south=-58.0, east=180.0, north=78.0)
    reach = [min(one.radius_km, 900.0) / KM_TO_DEGREE + 1.0 for one in places]
    south = max(-85.0, min(one.latitude - far for one, far in zip(places, reach, strict=True)))
    north = min(85.0, max(one.latitude + far for one, far in zip(places, reach, strict=True)))
    shrink = max(0.15, math.cos(math.radians((south + north) / 2)))
    west = min(one.longitude - far / shrink for one, far in zip(places, reach, strict=True))
    east = max(one.longitude + far / shrink for one, far in zip(places, reach, strict=True))
    return _shape(Window(west=west, south=south, east=east, north=north), ratio)


def move_window(window: Window, right: float, up: float, zoom: float) -> Window:
    """Return the window moved by shares of its size, and `zoom` times as near."""
    wide, high = window.east - window.west, window.north - window.south
    middle = ((window.west + window.east) / 2 + right * wide, (window.south + window.north) / 2 + up * high)
    wide, high = min(360.0, max(0.5, wide / zoom)), min(170.0, max(0.3, high / zoom))
    across = max(-180.0 + min(wide, 359.0) / 2, min(180.0 - min(wide, 359.0) / 2, middle[0]))
    along = max(-85.0 + high / 2, min(85.0 - high / 2, middle[1]))
    return Window(west=across - wide / 2, south=along - high / 2, east=across + wide / 2, north=along + high / 2)


def _shape(window: Window, ratio: float) -> Window:
    """Return the window widened to the shape of the map, about its middle."""
    high = max(LEAST_SPAN, window.north - window.south)
    wide = max(high * ratio / window.shrink, window.east - window.west)
    high = max(high, wide * window.shrink / ratio)
    across, along = (window.west + window.east) / 2, (window.south + window.north) / 2
    return Window(west=across - wide / 2, south=along - high / 2, east=across + wide / 2, north=along + high / 2)


def draw_map(marks: Sequence[Mark], size: tuple[float, float], window: Window | None = None) -> Svg:
    """Return the map of some places; `size` is width and height in pixels."""
    seen = window or fit_window([mark.place for mark in marks], size[0] / size[1])
    sheet = _Sheet(size, seen)
    drawn = [
        draw("rect", x=0, y=0, width=size[0], height=size[1], class_="sea"),
        *sheet.draw_land(),
        *sheet.draw_grid(),
        *(sheet.draw_mark(mark) for mark in sorted(marks, key=lambda mark: -mark.place.radius_km)),
        *sheet.draw_labels(marks),
        sheet.draw_scale_bar(),
    ]
    told = f"{count_things(len(marks), 'place')}, each with its number in the list; areas are drawn as areas."
    return frame("map", size, ("Where it is said to have happened", told), drawn)


class _Sheet:
    """A window laid on paper: degrees become pixels."""

    def __init__(self, size: tuple[float, float], window: Window) -> None:
        self.width, self.height = size
        self.window = window
        self.outlines = [one for one in load_outlines() if self._meets(one)]
        self.names = 0

    def _meets(self, one: Outline) -> bool:
        seen = self.window
        return one.west < seen.east and one.east > seen.west and one.south < seen.north and one.north > seen.south

    def place(self, east: float, north: float) -> tuple[float, float]:
        """Return where a point of the earth stands: an equirectangular projection, true at the window's middle."""
        seen = self.window
        return (
            (east - seen.west) / (seen.east - seen.west) * self.width,
            (seen.north - north) / (seen.north - seen.south) * self.height,
        )

    def measure(self, km: float) -> float:
        """Return how many pixels a length is, from south to north."""
        return km / KM_TO_DEGREE / (self.window.north - self.window.south) * self.height

    def draw_land(self) -> Iterator[Svg]:
        """Yield every country that is seen, named where there is room."""
        for one in self.outlines:
            yield draw("path", draw("title", quote_text(one.name)), d=self._trace(one), class_="land")

    def _trace(self, one: Outline) -> str:
        pieces = []
        for ring in one.rings:
            if len(ring) < 3 or not self._is_seen(ring):
                continue
            points = (self.place(east, north) for east, north in ring)
            pieces.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z")
        return "".join(pieces) or "M0 0"

    def _is_seen(self, ring: Iterable[tuple[float, float]]) -> bool:
        points = list(ring)
        seen = self.window
        return (
            min(x for x, _ in points) < seen.east
            and max(x for x, _ in points) > seen.west
            and min(y for _, y in points) < seen.north
            and max(y for _, y in points) > seen.south
        )

    def draw_grid(self) -> Iterator[Svg]:
        """Yield meridians and parallels, a handful of each, with their degrees."""
        seen = self.window
        step = next((one for one in GRID if (seen.east - seen.west) / one <= 8), GRID[-1])
        for east in range(math.ceil(seen.west / step) * step, math.floor(seen.east) + 1, step):
            x, _ = self.place(east, seen.south)
            yield line(x, 0, x, self.height, "graticule")
            yield write(x + 3, self.height - 5, _show_degrees(east, "E", "W"), "axis halo")
        for north in range(math.ceil(seen.south / step) * step, math.floor(seen.north) + 1, step):
            _, y = self.place(seen.west, north)
            yield line(0, y, self.width, y, "graticule")
            yield write(4, y - 3, _show_degrees(north, "N", "S"), "axis halo")

    def draw_mark(self, mark: Mark) -> Svg:
        """Return a place as what is known of it: a point, or an area."""
        one, style = mark.place, "sure" if mark.sure else "unsure"
        x, y = self.place(one.longitude, one.latitude)
        if one.kind == PlaceKind.TOWN:
            shape = circle(x, y, 5, f"town {style}")
        elif one.kind == PlaceKind.REGION:
            far = self.measure(one.radius_km)
            shape = draw("ellipse", cx=x, cy=y, rx=far, ry=far, class_=f"area {style}")
        else:
            shape = self._draw_country(one, style)
        return group(shape, evidence=mark.evidence)

    def _draw_country(self, one: Place, style: str) -> Svg:
        found = next((each for each in self.outlines if each.code == one.country), None)
        if found is None:
            return group()
        outline = self._trace(found)
        if not any(one.side):
            return path(outline, f"area {style}")
        self.names += 1
        name = f"part-{self.names}"
        box = draw("clipPath", self._cut_half(found, one.side), id=name)
        return group(box, draw("path", d=outline, class_=f"area {style}", clip_path=f"url(#{name})"))

    def _cut_half(self, one: Outline, side: tuple[int, int]) -> Svg:
        """Return the box of the half, or quarter, of a country on a side of its middle."""
        north, east = side
        across, along = (one.west + one.east) / 2, (one.south + one.north) / 2
        left, top = self.place(across if east > 0 else one.west, one.north if north >= 0 else along)
        right, low = self.place(across if east < 0 else one.east, one.south if north <= 0 else along)
        return draw("rect", x=left, y=top, width=max(0.0, right - left), height=max(0.0, low - top))

    def draw_labels(self, marks: Sequence[Mark]) -> Iterator[Svg]:
        """Yield number and name of each place; those of one spot stand under one another."""
        taken: list[tuple[float, float]] = []
        for mark in sorted(marks, key=lambda mark: mark.number):
            x, y = self.place(mark.place.longitude, mark.place.latitude)
            words = f"{mark.number} {mark.label}" if mark.sure else f"{mark.number} {mark.label}?"
            wide = measure_text(words, bold=True)
            if not (0 <= x <= self.width and 0 <= y <= self.height):
                continue
            x = min(x + 9, self.width - wide - 6) if mark.place.kind == PlaceKind.TOWN else max(4.0, x - wide / 2)
            y += 4
            while any(abs(y - other) < 16 and abs(x - across) < 120 for across, other in taken):
                y += 16
            taken.append((x, y))
            yield write(x, y, words, "strong halo" if mark.sure else "halo")

    def draw_scale_bar(self) -> Svg:
        """Return a bar of a round number of kilometres."""
        km = max((one for one in LENGTHS if self.measure(one) < self.width / 4), default=LENGTHS[0])
        right, y, wide = self.width - 16, self.height - 22, self.measure(km)
        bar = path(
            f"M{right - wide:.1f} {y - 4:.1f}v8M{right - wide:.1f} {y:.1f}H{right:.1f}M{right:.1f} {y - 4:.1f}v8",
            "whisker",
        )
        return group(bar, write(right, y - 8, f"{km:,}".replace(",", "\u202f") + "\u00a0km", "axis halo", "end"))


def _show_degrees(value: int, plus: str, minus: str) -> str:
    return f"{show_number(abs(value))}°{plus if value > 0 else minus if value < 0 else ''}"
