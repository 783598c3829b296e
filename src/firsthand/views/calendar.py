"""Where and when did somebody look?

A row for each channel, a cell for each day: filled where somebody watched, open where nobody did; above, the window in
which each expected thing would have appeared. Over more than two months the days run together into bars.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from firsthand.model import Case, Channel, Expectation, Period
from firsthand.views.scales import Scale, choose_days, count_days, make_scale
from firsthand.views.svg import Svg, frame, group, line, rect, shorten_text, write
from firsthand.views.tables import Table
from firsthand.views.wording import show_day, show_share

ROW, HEAD = 24.0, 40.0
CELLS = 62
"""Days up to which each has a cell of its own."""
MOST = 40


def draw_calendar(case: Case, width: float) -> Svg:
    """Return the calendar of all channels, `width` pixels wide; under 600 the labels stand above the rows."""
    windows = [one for one in case.expectations if one.window is not None]
    channels = case.channels[:MOST]
    first, last = find_span(case)
    wide = width >= 600
    left = 250.0 if wide else 0.0
    scale = make_scale((first.toordinal(), last.toordinal() + 1), (left, width - (60 if wide else 4)))
    step = ROW if wide else ROW + 16
    marked = _mark_days(first, last, 10 if wide else 4)
    marks, y = _draw_days(scale, marked), HEAD
    for one in windows:
        marks.append(_draw_window(one, scale, y, wide))
        y += step
    y += 10
    for channel in channels:
        marks.append(_draw_channel(channel, scale, (y, wide), _join_windows(channel, windows)))
        marks.append(write(width, y + (16 if wide else 12), show_share(channel.share), "small ink2", "end"))
        y += step
    if len(case.channels) > MOST:
        marks.append(write(0, y + 16, f"and {len(case.channels) - MOST} more channels", "small ink2"))
        y += step
    grid = [
        line(scale.place(day.toordinal()), HEAD - 8, scale.place(day.toordinal()), y, "grid faint") for day in marked
    ]
    seen = sum(bool(channel.watched) for channel in case.channels)
    words = f"{seen} of {len(case.channels)} channels were watched between {show_day(first)} and {show_day(last)}."
    return frame(f"calendar-{width:.0f}", (width, y + 6), ("Where and when somebody looked", words), [*grid, *marks])


def tabulate_calendar(case: Case) -> Table:
    """Return the same as a table."""
    return Table(
        "Where and when somebody looked",
        ("Channel", "Share of all such places", "Watched"),
        tuple(
            (one.name, show_share(one.share), "; ".join(_tell_days(each) for each in one.watched) or "never")
            for one in case.channels
        ),
    )


def find_span(case: Case) -> tuple[date, date]:
    """Return the first and the last day that a window or a watch touches; the day of the case where none does."""
    periods = [one.window for one in case.expectations if one.window is not None]
    periods += [each for one in case.channels for each in one.watched]
    days = [_find_days(one) for one in periods]
    if not days:
        return case.as_of, case.as_of
    return min(first for first, _ in days), max(last for _, last in days)


def _find_days(period: Period) -> tuple[date, date]:
    """Return the first and last day of a period; one that ends at midnight ends the day before."""
    end = max(period.start, period.end - timedelta(microseconds=1))
    return period.start.date(), end.date()


def _tell_days(period: Period) -> str:
    first, last = _find_days(period)
    return show_day(first) if first == last else f"{show_day(first, first.year != last.year)} – {show_day(last)}"


def _mark_days(first: date, last: date, most: int) -> Sequence[date]:
    return choose_days(first.toordinal(), last.toordinal(), most)


def _draw_days(scale: Scale, marked: Sequence[date]) -> list[Svg]:
    return [
        write(
            scale.place(day.toordinal()),
            16,
            show_day(day, place == 0 or day.year != marked[place - 1].year),
            "small ink2",
            "start",
        )
        for place, day in enumerate(marked)
        if scale.place(day.toordinal()) < scale.places[1] - 46
    ]


def _draw_window(one: Expectation, scale: Scale, y: float, wide: bool) -> Svg:
    assert one.window is not None
    first, last = _find_days(one.window)
    x1, x2 = scale.place(first.toordinal()), scale.place(last.toordinal() + 1)
    at = y + (ROW / 2 if wide else 26)
    title = shorten_text(one.title, scale.places[0] - 16 if wide else scale.places[1] - 50)
    bar = (
        line(x1, at, x2, at, "window"),
        line(x1, at - 5, x1, at + 5, "window"),
        line(x2, at - 5, x2, at + 5, "window"),
    )
    return group(write(0, at + 4.5 if wide else y + 12, title, "bold halo"), *bar, evidence=one.id)


def _draw_channel(channel: Channel, scale: Scale, where: tuple[float, bool], expected: Sequence[Period]) -> Svg:
    y, wide = where
    top = y + (4 if wide else 18)
    title = shorten_text(channel.name, scale.places[0] - 16 if wide else scale.places[1] - 50)
    label = write(0, y + (16 if wide else 12), title, "halo" if channel.watched else "ink2 halo")
    days = range(int(scale.values[0]), int(scale.values[1]))
    watched, wanted = _list_days(channel.watched), _list_days(expected)
    if len(days) > CELLS:
        return group(label, *_draw_bars(channel, scale, top, expected))
    size = scale.place(days[0] + 1) - scale.place(days[0])
    cells = [
        rect(scale.place(day) + 1, top, max(1.0, size - 2), 15, _choose_look(day in watched, day in wanted))
        for day in days
    ]
    return group(label, *cells)


def _draw_bars(channel: Channel, scale: Scale, top: float, expected: Sequence[Period]) -> list[Svg]:
    def bar(period: Period, style: str) -> Svg:
        first, last = _find_days(period)
        x = scale.place(count_days(first))
        return rect(x, top, max(1.5, scale.place(count_days(last) + 1) - x), 15, style)

    return [*(bar(one, "day missed") for one in expected), *(bar(one, "day watched") for one in channel.watched)]


def _choose_look(watched: bool, wanted: bool) -> str:
    return "day watched" if watched else "day missed" if wanted else "day"


def _list_days(periods: Iterable[Period]) -> set[int]:
    days: set[int] = set()
    for one in periods:
        first, last = _find_days(one)
        days.update(range(first.toordinal(), last.toordinal() + 1))
    return days


def _join_windows(channel: Channel, windows: Sequence[Expectation]) -> list[Period]:
    return [one.window for one in windows if one.window is not None and channel.id in one.channels]
