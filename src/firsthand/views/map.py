"""Where is it said to have happened, and how precisely is that known?

A town is a dot, an area an area: a country is hatched, a part of it to its middle line, a region a circle of its size,
and one as wide as a continent a line alone. What may be meant is dashed. No line joins two places, because no report
says which way anybody went.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence, Set

from firsthand.model import Place, PlaceKind, record
from firsthand.views.labels import Box
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
    write_pieces,
)

KM_TO_DEGREE = 111.2
NEAREST = 1.0
"""Degrees of longitude a map shows at the least."""
BROAD = 900.0
"""Radius in km beyond which a region is a line alone: hatched, it would cover all that is told more precisely."""
LEAST_SPAN = 6.0
"""Degrees of latitude a map shows at the least, so that one town stands in a country one knows."""
GRID = (1, 2, 5, 10, 20, 30)
LENGTHS = (20, 50, 100, 200, 500, 1000, 2000, 5000)


@record
class Mark:
    """A place on the map: its `number` in the list beside, its label, and whether no other reading is left.

    `href` is where the list tells of it.
    """

    number: int
    label: str
    place: Place
    sure: bool = True
    href: str = ""


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
    reach = [min(one.radius_km, BROAD) / KM_TO_DEGREE + 1.5 for one in places]
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
    shrink = min(zoom, wide / NEAREST)
    wide, high = min(wide / shrink, 360.0), min(high / shrink, 170.0)
    across = max(-180.0 + wide / 2, min(180.0 - wide / 2, middle[0]))
    along = max(-85.0 + high / 2, min(85.0 - high / 2, middle[1]))
    return Window(west=across - wide / 2, south=along - high / 2, east=across + wide / 2, north=along + high / 2)


def shape_window(window: Window, ratio: float) -> Window:
    """Return the window widened to the shape of a map, about its middle."""
    return _shape(window, ratio)


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
    areas = sorted(marks, key=lambda mark: (mark.place.kind == PlaceKind.TOWN, -mark.place.radius_km))
    ground = draw("rect", x=0, y=0, width=size[0], height=size[1], class_="sea")
    grid, labels = list(sheet.draw_grid()), list(sheet.draw_labels(marks))
    whole = {mark.place.country for mark in marks if mark.place.kind == PlaceKind.COUNTRY}
    drawn = [
        ground,
        *sheet.draw_land(),
        *grid,
        *(sheet.draw_mark(mark) for mark in areas),
        *sheet.name_countries(whole),
        sheet.draw_scale_bar(),
        *labels,
    ]
    told = f"{count_things(len(marks), 'place')}, each with its number in the list; areas are drawn as areas."
    clip = draw("clipPath", draw("rect", x=0, y=0, width=size[0], height=size[1]), id=f"{sheet.name}-edge")
    inside = draw("g", *drawn, clip_path=f"url(#{sheet.name}-edge)")
    return frame(sheet.name, size, ("Where it is said to have happened", told), [draw("defs", clip), inside])


class _Sheet:
    """A window laid on paper: degrees become pixels."""

    def __init__(self, size: tuple[float, float], window: Window) -> None:
        self.width, self.height = size
        self.window = window
        self.name = f"map-{size[0]:.0f}"
        self.outlines = [one for one in load_outlines() if self._meets(one)]
        self.cuts = 0
        self.taken: list[Box] = [Box(self.width - self.width / 3.4, self.height - 40, self.width, self.height)]

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
        """Yield every country that is seen."""
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
        most = 8 if self.width >= 600 else 4
        step = next((one for one in GRID if (seen.east - seen.west) / one <= most), GRID[-1])
        for east in range(math.ceil(seen.west / step) * step, math.floor(seen.east) + 1, step):
            x, _ = self.place(east, seen.south)
            yield line(x, 0, x, self.height, "graticule")
            if x < self.width * 0.66:
                yield write(x + 3, self.height - 5, _show_degrees(east, "E", "W"), "degree")
        for north in range(math.ceil(seen.south / step) * step, math.floor(seen.north) + 1, step):
            _, y = self.place(seen.west, north)
            yield line(0, y, self.width, y, "graticule")
            if 14 < y < self.height - 20:
                self.taken.append(Box(0, y - 14, 34, y))
                yield write(4, y - 3, _show_degrees(north, "N", "S"), "degree")

    def draw_mark(self, mark: Mark) -> Svg:
        """Return a place as what is known of it: a point, or an area."""
        one, style = mark.place, "sure" if mark.sure else "unsure"
        x, y = self.place(one.longitude, one.latitude)
        if one.kind == PlaceKind.TOWN:
            shape = circle(x, y, 5, f"town {style}")
        elif one.kind == PlaceKind.REGION:
            far = self.measure(one.radius_km)
            shape = draw(
                "ellipse", cx=x, cy=y, rx=far, ry=far, class_=f"area {style}{' broad' * (one.radius_km > BROAD)}"
            )
        else:
            shape = self._draw_country(one, style)
        return group(shape, evidence=f"place-{mark.number}")

    def _draw_country(self, one: Place, style: str) -> Svg:
        found = next((each for each in self.outlines if each.code == one.country), None)
        if found is None:
            return group()
        outline = self._trace(found)
        if not any(one.side):
            return path(outline, f"area {style}")
        self.cuts += 1
        name = f"{self.name}-part-{self.cuts}"
        box = draw("clipPath", self._cut_half(found, one.side), id=name)
        return group(box, draw("path", d=outline, class_=f"area {style}", clip_path=f"url(#{name})"))

    def _cut_half(self, one: Outline, side: tuple[int, int]) -> Svg:
        """Return the box of the half, or quarter, of a country on a side of its middle."""
        north, east = side
        across, along = (one.west + one.east) / 2, (one.south + one.north) / 2
        left, top = self.place(across if east > 0 else one.west, one.north if north >= 0 else along)
        right, low = self.place(across if east < 0 else one.east, one.south if north <= 0 else along)
        return draw("rect", x=left - 2, y=top - 2, width=max(0.0, right - left + 4), height=max(0.0, low - top + 4))

    def draw_labels(self, marks: Sequence[Mark]) -> Iterator[Svg]:
        """Yield number and name of each place, where no other label is; those outside of the window are not there."""
        for mark in sorted(marks, key=lambda mark: (mark.place.kind != PlaceKind.TOWN, mark.number)):
            x, y = self._find_spot(mark.place)
            if not (0 <= x <= self.width and 0 <= y <= self.height):
                continue
            label = mark.label if mark.sure else f"{mark.label}?"
            wide = measure_text(f"{mark.number} {label}", bold=True)
            box = self._find_room(x, y, wide, mark.place.kind == PlaceKind.TOWN)
            self.taken.append(box)
            pieces = ((f"{mark.number}\u2002", "number-of"), (label, ""))
            words = write_pieces(box.left, box.top + 14, pieces, "strong halo" if mark.sure else "unsure halo")
            linked = draw("a", words, href=mark.href, class_="to-place") if mark.href else words
            yield group(linked, evidence=f"place-{mark.number}")

    def _find_spot(self, one: Place) -> tuple[float, float]:
        """Return the middle of a place, or, of an area, the nearest point of the window that is in its reach."""
        x, y = self.place(one.longitude, one.latitude)
        if one.kind == PlaceKind.TOWN:
            return x, y
        far = self.measure(one.radius_km) * 0.8
        near = (max(40.0, min(self.width - 40, x)), max(20.0, min(self.height - 30, y)))
        return near if math.hypot(near[0] - x, near[1] - y) < far else (x, y)

    def _find_room(self, x: float, y: float, wide: float, dot: bool) -> Box:
        """Return where a label stands: at its place, or the nearest row above or below that is free."""
        starts = (x + 10, x - wide - 10) if dot else (x - wide / 2,)
        rows = (0, 1, -1, 2, -2, 3, -3, 4, -4)
        boxes = [self._keep_in(start, y - 9 + row * 18, wide) for row in rows for start in starts]
        return next((box for box in boxes if not any(box.touches(other) for other in self.taken)), boxes[0])

    def _keep_in(self, left: float, top: float, wide: float) -> Box:
        left = max(4.0, min(self.width - wide - 6, left))
        top = max(2.0, min(self.height - 22, top))
        return Box(left, top, left + wide, top + 18)

    def name_countries(self, without: Set[str]) -> Iterator[Svg]:
        """Yield the names of countries, small, where they fit into what is seen of them and nothing else is written."""
        outlines = [one for one in self.outlines if one.code not in without]
        for one in sorted(outlines, key=lambda one: -_measure_ring(max(one.rings, key=_measure_ring))):
            ring = max(one.rings, key=_measure_ring)
            points = [self.place(east, north) for east, north in ring]
            left, right = max(0.0, min(x for x, _ in points)), min(self.width, max(x for x, _ in points))
            top, low = max(0.0, min(y for _, y in points)), min(self.height, max(y for _, y in points))
            wide = measure_text(one.name, 11)
            if right - left < wide + 10 or low - top < 26:
                continue
            middle = ((left + right) / 2, (top + low) / 2)
            box = Box(middle[0] - wide / 2, middle[1] - 7, middle[0] + wide / 2, middle[1] + 7)
            if not any(box.touches(other) for other in self.taken):
                self.taken.append(box)
                yield write(middle[0], middle[1] + 4, one.name, "country", "middle")

    def draw_scale_bar(self) -> Svg:
        """Return a bar of a round number of kilometres."""
        km = max((one for one in LENGTHS if self.measure(one) < self.width / 4), default=LENGTHS[0])
        right, y, wide = self.width - 16, self.height - 14, self.measure(km)
        bar = path(
            f"M{right - wide:.1f} {y - 4:.1f}v8M{right - wide:.1f} {y:.1f}H{right:.1f}M{right:.1f} {y - 4:.1f}v8",
            "whisker",
        )
        return group(bar, write(right, y - 8, f"{km:,}".replace(",", "\u202f") + "\u00a0km", "degree", "end"))


def _widen(one: Place) -> str:
    return " broad" if one.radius_km > BROAD else ""


def _measure_ring(ring: Sequence[tuple[float, float]]) -> float:
    """Return the area of the box around a ring, in square degrees."""
    across, along = [x for x, _ in ring], [y for _, y in ring]
    return (max(across) - min(across)) * (max(along) - min(along))


def _show_degrees(value: int, plus: str, minus: str) -> str:
    return f"{show_number(abs(value))}°{plus if value > 0 else minus if value < 0 else ''}"
