"""When is it said to have happened, how precisely, and where do the accounts differ?

Above stands when each report came out; below, claim by claim, each time that is given: a day is a dot, a month a bar,
"before 8 April" has an open end, and dashed is what may be any of several days.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from firsthand.model import Period, record
from firsthand.views.plain import count_things
from firsthand.views.scales import Scale, choose_days, count_days, find_middle, is_one_day, stretch_days
from firsthand.views.svg import Svg, circle, draw, frame, group, line, measure_text, path, rect, shorten_text, write
from firsthand.views.wording import show_day

ROW, HEAD = 26.0, 30.0
STACK, STEP = 9, 11.0
"""Reports of one day drawn above one another, and the height of one."""
LANES = 6
WIDE_LABEL = 250.0
OPEN_START, OPEN_END = frozenset({"before", "until"}), frozenset({"since", "after"})


@record
class Bar:
    """One time as it is said: its words, the stretch, which end is open, and where the list tells of it.

    `loose`: any day of the stretch may be meant. `kind`: "said", or "expected" for when something should have appeared.
    """

    number: int
    label: str
    period: Period
    bound: str = ""
    loose: bool = False
    href: str = ""
    kind: str = "said"


@record
class Band:
    """The times of one claim. `differs`: no day is left on which all can be right."""

    title: str
    bars: tuple[Bar, ...]
    differs: bool = False


def draw_dates(published: Sequence[Period], bands: Sequence[Band], width: float) -> Svg:
    """Return the timeline, `width` pixels wide; under 600 the labels stand above their bars."""
    wide = width >= 600
    scale = find_scale(published, bands, (WIDE_LABEL if wide else 4.0, width - (84.0 if wide else 4.0)))
    stack, bottom = _draw_published(published, scale, wide)
    marks, y = list(stack), bottom + 20
    for band in bands:
        drawn, y = _draw_band(band, scale, y, (width, wide))
        marks += drawn
    axis = _draw_axis(scale, y, wide)
    times = sum(len(band.bars) for band in bands)
    told = f"{count_things(len(published), 'dated report')}; {count_things(times, 'time')} said."
    return frame(f"dates-{width:.0f}", (width, y + 6), ("When it is said to have happened", told), [*axis, *marks])


def find_scale(published: Sequence[Period], bands: Sequence[Band], places: tuple[float, float]) -> Scale:
    """Return a scale of days that holds everything, with more room where more is told."""
    periods = [*published, *(bar.period for band in bands for bar in band.bars)]
    if not periods:
        return Scale((0.0, 1.0), places)
    first, last = min(count_days(one.start) for one in periods), max(count_days(one.end) for one in periods)
    room = max(1.0, (last - first) * 0.02)
    return stretch_days([find_middle(one) for one in periods], (first - room, last + room), places)


def _draw_axis(scale: Scale, bottom: float, wide: bool) -> list[Svg]:
    """Return the days along the top with their grid lines; where the axis changes its scale stands "//"."""
    top = _find_top(wide)
    marks = [line(scale.places[0], top, scale.places[-1], top, "axis")]
    share = len(scale.values) - 1
    taken, year = -1e9, 0
    for low, high in zip(scale.values, scale.values[1:], strict=False):
        for day in choose_days(low, high, (7 if wide else 3) if share == 1 else (5 if wide else 2)):
            x = scale.place(day.toordinal())
            if x < taken + 62 or x > scale.places[-1] - 20:
                continue
            words = show_day(day, day.year != year)
            marks += [line(x, top, x, top + 5, "axis"), line(x, top + 5, x, bottom, "grid faint")]
            marks.append(write(max(x, measure_text(words, 12) / 2), 14, words, "small ink2", "middle"))
            taken, year = x, day.year
    marks += [write(x, top + 4, "//", "small bold halo", "middle") for x in scale.places[1:-1]]
    return marks


def _find_top(wide: bool) -> float:
    return 26.0 if wide else 46.0


def _draw_published(published: Sequence[Period], scale: Scale, wide: bool) -> tuple[list[Svg], float]:
    """Return the reports hanging from the axis: a square for a day, a capped bar for a stretch."""
    top = _find_top(wide)
    marks, low = _stack_days([one for one in published if is_one_day(one)], scale, top)
    bars, bottom = _lay_stretches([one for one in published if not is_one_day(one)], scale, low)
    count = count_things(len(published), "report")
    if wide:
        return [*marks, *bars, write(0, top + 19, "Published", "bold"), write(0, top + 36, count, "small ink2")], max(
            bottom, top + 44
        )
    return [*marks, *bars, write(4, top - 10, f"Published: {count}", "bold")], bottom


def _stack_days(days: Sequence[Period], scale: Scale, top: float) -> tuple[list[Svg], float]:
    """Return the reports whose day is known, those of one day under one another, and the lowest point of them."""
    columns: dict[int, int] = {}
    middles: dict[int, float] = {}
    marks = []
    for one in days:
        x = scale.place(find_middle(one))
        place = columns.get(round(x / 9), 0)
        columns[round(x / 9)] = place + 1
        middles.setdefault(round(x / 9), x)
        if place < STACK:
            marks.append(rect(x - 4, top + 10 + place * STEP, 8, 8, "report"))
    full = {column: count for column, count in columns.items() if count > STACK}
    marks += [
        write(middles[column], top + 20 + STACK * STEP, f"{count}", "small halo", "middle")
        for column, count in full.items()
    ]
    low = top + 14 + min(STACK, max(columns.values(), default=0)) * STEP + (14 if full else 0)
    return marks, low


def _lay_stretches(stretches: Sequence[Period], scale: Scale, low: float) -> tuple[list[Svg], float]:
    """Return the reports known only to a stretch, as many as there is room for, and the lowest point of them."""
    marks: list[Svg] = []
    lanes: list[float] = []
    rest = 0
    for one in sorted(stretches, key=lambda one: (one.start, one.end)):
        x1, x2 = scale.place(count_days(one.start)), scale.place(count_days(one.end))
        lane = next((number for number, end in enumerate(lanes) if end + 6 < x1), len(lanes))
        if lane >= LANES:
            rest += 1
            continue
        lanes[lane : lane + 1] = [x2]
        marks.append(_cap(x1, x2, low + lane * STEP, "span"))
    bottom = low + len(lanes) * STEP + (16 if rest else 0)
    if rest:
        marks.append(write(scale.places[0], bottom, f"and {rest} more whose day is not known", "small ink2 halo"))
    return marks, bottom


def _draw_band(band: Band, scale: Scale, y: float, room: tuple[float, bool]) -> tuple[list[Svg], float]:
    """Return the times of one claim under its sentence, and where the next may begin."""
    width, wide = room
    title = shorten_text(band.title, width - (110 if band.differs else 10), bold=True)
    marks = [line(0, y - 4, width, y - 4, "grid"), write(0, y + 15, title, "bold halo")]
    if band.differs:
        marks.append(write(width, y + 15, "≠ differs", "down-text bold", "end"))
    y += HEAD
    for bar in band.bars:
        step = ROW if wide else ROW + 14
        at = y + (9 if wide else 26)
        label = shorten_text(f"{bar.number} {bar.label}", scale.places[0] - 16 if wide else width - 8)
        words = write(0, at + 4.5 if wide else y + 11, label, "halo")
        shape = group(_draw_bar(bar, scale, at), evidence=f"date-{bar.number}")
        linked = draw("a", words, href=bar.href, class_="to-place") if bar.href else words
        marks += [shape, group(linked, evidence=f"date-{bar.number}")]
        y += step
    return marks, y + 12


def _draw_bar(bar: Bar, scale: Scale, y: float) -> Svg:
    """Return a time: a dot, a capped bar, or a bar with an arrow where its end is open."""
    style = "when loose" if bar.loose else "when expected" if bar.kind == "expected" else "when"
    first, last = _find_ends(bar)
    left, right = scale.places[0], scale.places[-1]
    if bar.bound in OPEN_START:
        x = scale.place(last)
        start = max(left, min(x - 40, scale.place(first) - 40))
        return group(path(f"M{start:.1f} {y:.1f}H{x:.1f}M{x:.1f} {y - 5:.1f}v10", style), _head(start, y, -1, style))
    if bar.bound in OPEN_END:
        x = scale.place(first)
        end = min(right, max(x + 40, scale.place(last) + 40))
        return group(path(f"M{end:.1f} {y:.1f}H{x:.1f}M{x:.1f} {y - 5:.1f}v10", style), _head(end, y, 1, style))
    if is_one_day(bar.period) and not bar.loose:
        return circle(scale.place(find_middle(bar.period)), y, 4.6, "dot other")
    x1, x2 = scale.place(first), scale.place(last)
    return _cap(x1, max(x2, x1 + 3), y, style)


def _find_ends(bar: Bar) -> tuple[float, float]:
    """Return first and last moment: before a day ends where it begins, until it where it ends."""
    first, last = count_days(bar.period.start), count_days(bar.period.end)
    if bar.bound == "before":
        return first, first
    return (last, last) if bar.bound == "after" else (first, last)


def _cap(x1: float, x2: float, y: float, style: str) -> Svg:
    return path(f"M{x1:.1f} {y - 4:.1f}v8M{x1:.1f} {y:.1f}H{x2:.1f}M{x2:.1f} {y - 4:.1f}v8", style)


def _head(x: float, y: float, way: int, style: str) -> Svg:
    return path(
        f"M{x - way * 6:.1f} {y - 4.5:.1f}L{x:.1f} {y:.1f}L{x - way * 6:.1f} {y + 4.5:.1f}", style.split(" ", 1)[0]
    )


def is_at_odds(bars: Iterable[Bar]) -> bool:
    """Tell whether no moment is left at which all that is said can be right; what is loose leaves room."""
    ends = [_bound_ends(bar) for bar in bars]
    return bool(ends) and max(first for first, _ in ends) >= min(last for _, last in ends)


def _bound_ends(bar: Bar) -> tuple[float, float]:
    first, last = _find_ends(bar)
    if bar.bound in OPEN_START:
        return 0.0, last
    return (first, float(date.max.toordinal())) if bar.bound in OPEN_END else (first, last)
