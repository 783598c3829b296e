"""What was published when, and how likely was it on what had been published by then?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from firsthand.model import Assessment, Contribution, Period, Report
from firsthand.probability import WORDS, find_word, show_interval, show_percent
from firsthand.views.bases import NO_BASES, Bases, link_mark
from firsthand.views.notes import Notes, find_notes_of_report, find_numbers
from firsthand.views.plain import count_things, show_period
from firsthand.views.scales import (
    Scale,
    choose_days,
    count_days,
    find_middle,
    is_one_day,
    make_scale,
    stretch_days,
)
from firsthand.views.steps import is_echo
from firsthand.views.svg import (
    Svg,
    circle,
    frame,
    group,
    line,
    measure_text,
    path,
    rect,
    shorten_text,
    whisker,
    wrap_text,
    write,
    write_cites,
    write_pieces,
)  # fmt: skip
from firsthand.views.tables import Table
from firsthand.views.wording import find_asked, name_asked, show_day, show_likelihood

MOST_ROWS = 24
PLOT = (14.0, 214.0)
ROW = 26.0


class Moment(NamedTuple):
    """From this day on the chance is this, with this interval."""

    day: float
    chance: float
    low: float
    high: float


class Places(NamedTuple):
    """The two scales of the graphic and its left and right ends."""

    days: Scale
    chances: Scale
    left: float
    right: float
    width: float


def draw_timeline(assessment: Assessment, notes: Notes, width: float, bases: Bases = NO_BASES) -> Svg:
    """Return the step line of the chance with its band, and below it every report at its date.

    `width` is in pixels; under 600 labels are shorter. Reports that only echo share one row.
    """
    moments = gather_moments(assessment)
    listed, echoes = split_reports(assessment)
    wide = width >= 600
    left, right = (150.0, width - 150.0) if wide else (38.0, width - 4.0)
    days = _find_days(assessment, moments, (left, right))
    places = Places(days, _make_chances(moments), left, right, width)
    top = PLOT[1] + 62 if moments else 40.0
    marks = [*_draw_chance(assessment, moments, places)] if moments else []
    marks += _cite_steps(assessment, moments, places, notes) if moments else []
    if moments and wide:
        marks.append(link_mark(_write_last(moments[-1], places), f"hypothesis:{assessment.case.asks}", bases))
    marks += _draw_axis(places, PLOT[1] + 14 if moments else 4.0, assessment.as_of, wide)
    rows, bottom = _draw_reports(listed, notes, places, top)
    marks += rows
    if echoes:
        marks.append(_draw_echoes(echoes, len(listed) == MOST_ROWS, places, bottom))
        bottom += ROW
    if wide:
        marks += _write_margin(assessment, top, bool(moments))
    return frame(f"timeline-{width:.0f}", (width, bottom + 4), _describe(assessment, moments), marks)


def tabulate_timeline(assessment: Assessment) -> Table:
    """Return every report with its date, in order."""
    reports = sorted(assessment.trace.reports, key=_order_report)
    return Table(
        "Every report by date",
        ("Report", "Publisher", "Published"),
        tuple((report.title or report.path, report.publisher, show_period(report.published)) for report in reports),
    )


def tabulate_chances(assessment: Assessment) -> Table:
    """Return the chance after each step of the line."""
    return Table(
        "The chance as it stood",
        ("From", "Chance"),
        tuple(
            (show_day(point.when.date()), show_likelihood(point.probability, point.low, point.high))
            for point in assessment.timeline
        ),
    )


def is_cut(assessment: Assessment) -> bool:
    """Say whether the axis goes over to another scale somewhere."""
    return len(_find_days(assessment, gather_moments(assessment), (0.0, 1.0)).values) > 2


def gather_moments(assessment: Assessment) -> tuple[Moment, ...]:
    """Return the steps of the line, beginning with the prior and one per day of change."""
    points = sorted(assessment.timeline, key=lambda point: count_days(point.when))
    if not points:
        return ()
    asked = find_asked(assessment.case, assessment.posteriors)
    first = count_days(points[0].when)
    starts = [count_days(report.published.start) for report in assessment.trace.reports if report.published]
    lead = 0.06 * max(2.0, count_days(points[-1].when) - first)
    start = min([first - lead, *starts])
    moments = [Moment(start, asked.prior, asked.prior_low, asked.prior_high)]
    moments += [Moment(count_days(p.when), p.probability, p.low, p.high) for p in points]
    return tuple(moments)


def split_reports(assessment: Assessment) -> tuple[tuple[Report, ...], tuple[Report, ...]]:
    """Return the dated reports that are listed one by one, and those that only echo, each in order of time."""
    marks = {node.report: node.kind for node in assessment.trace.provenance.nodes if node.kind in {"echo", "report"}}
    dated = sorted((report for report in assessment.trace.reports if report.published), key=_order_report)
    echoes = [report for report in dated if marks.get(report.id) == "echo"]
    listed = [report for report in dated if marks.get(report.id) != "echo"]
    return tuple(listed[:MOST_ROWS]), tuple(echoes + listed[MOST_ROWS:])


def _order_report(report: Report) -> tuple[float, str, str]:
    return (find_middle(report.published) if report.published else 1e9, report.publisher, report.id)


def _find_days(assessment: Assessment, moments: Sequence[Moment], ends: tuple[float, float]) -> Scale:
    periods = [report.published for report in assessment.trace.reports if report.published]
    marks = [find_middle(period) for period in periods] + [moment.day for moment in moments[1:]]
    edges = [*marks, *(moment.day for moment in moments), _find_end(assessment, moments)]
    for period in periods:
        edges += [count_days(period.start), count_days(period.end)]
    return stretch_days(marks, (min(edges), max(edges)), ends)


def _find_end(assessment: Assessment, moments: Sequence[Moment]) -> float:
    """Return the right end of the axis: a little after the day of the assessment, so that the last step can be seen."""
    span = moments[-1].day - moments[1].day if len(moments) > 1 else 10.0
    return count_days(assessment.as_of) + 1 + max(0.3, 0.05 * span)


def _make_chances(moments: Sequence[Moment]) -> Scale:
    if not moments:
        return make_scale((0.0, 1.0), (PLOT[1], PLOT[0]))
    low, high = min(moment.low for moment in moments), max(moment.high for moment in moments)
    pad = max(0.02, 0.1 * (high - low))
    return make_scale((max(0.0, low - pad), min(1.0, high + pad)), (PLOT[1], PLOT[0]))


def _draw_chance(assessment: Assessment, moments: Sequence[Moment], places: Places) -> list[Svg]:
    marks = _draw_grid(places)
    ends = [*(moment.day for moment in moments[1:]), _find_end(assessment, moments)]
    steps = [(places.days.place(m.day), places.days.place(end), m) for m, end in zip(moments, ends, strict=True)]
    for x1, x2, moment in steps:
        y = places.chances.place(moment.high)
        marks.append(rect(x1, y, x2 - x1, places.chances.place(moment.low) - y, "spread"))
    marks += _draw_word_edges(places)
    shape = "M"
    for x1, x2, moment in steps:
        y = places.chances.place(moment.chance)
        shape += f"{'' if shape == 'M' else 'L'}{x1:.1f} {y:.1f}L{x2:.1f} {y:.1f}"
    marks.append(path(shape, "course"))
    return marks


def _write_last(last: Moment, places: Places) -> Svg:
    y = places.chances.place(last.chance)
    return group(
        write(places.right + 10, y + 2, show_percent(last.chance), "bold accent"),
        write(places.right + 10, y + 19, show_interval(last.low, last.high), "small ink2"),
    )


def _cite_steps(
    assessment: Assessment, moments: Sequence[Moment], places: Places, notes: Notes, most: int = 3
) -> list[Svg]:
    """Return at each step as many notes of the evidence that caused it as there is room for."""
    marks = []
    ends = [*(places.days.place(moment.day) for moment in moments[2:]), places.right]
    for before, moment, end in zip(moments, moments[1:], ends, strict=False):
        told = [item for item in assessment.contributions if _end_day(item, moments) == math.ceil(moment.day - 1e-6)]
        cites = find_numbers((quote for item in told for quote in item.quotes if not is_echo(item)), notes)[:most]
        x, up = places.days.place(moment.day), moment.chance >= before.chance
        while cites and x + 6 + measure_text("".join(f" {number}" for number in cites), 12) > end:
            cites = cites[:-1]
        y = places.chances.place(moment.chance) + (-4 if up else 16)
        marks += [write_pieces(x + 2, y, (), "halo", cites=write_cites(cites))] if cites else []
    return marks


def _end_day(item: Contribution, moments: Sequence[Moment]) -> int:
    """Return the day by whose end a piece of evidence had come; undated evidence counts at the last step."""
    return math.ceil((count_days(item.when.end) if item.when else moments[-1].day) - 1e-6)


def _draw_grid(places: Places) -> list[Svg]:
    low, high = places.chances.values
    step = next(size for size in (1, 2, 5, 10, 20, 25) if 100 * (high - low) / size <= 6)
    marks = []
    for percent in range(0, 101, step):
        if low <= percent / 100 <= high:
            y = places.chances.place(percent / 100)
            marks.append(line(places.left, y, places.right, y, "grid"))
            marks.append(write(places.left - 8, y + 4.5, f"{percent}\u00a0%", "small ink2", "end"))
    return marks


def _draw_word_edges(places: Places) -> list[Svg]:
    """Return the edges of the words, and each word once: just above its lower edge, or below its upper one."""
    marks, floor = [], None
    for edge, word in WORDS:
        top = places.chances.place(edge)
        inside = places.chances.holds(edge)
        if inside:
            marks.append(line(places.left, top, places.right, top, "edge"))
        bottom = places.chances.places[0] if floor is None else floor
        if bottom - top > 17 and (inside or floor is not None):
            y = bottom - 6 if floor is not None else top + 15
            marks.append(write(places.left + 6, y, word, "small italic ink2 halo"))
        if not inside and floor is not None:
            break
        floor = top if inside else floor
    return marks


def _draw_axis(places: Places, y: float, last: date, wide: bool) -> list[Svg]:
    marks = [line(places.left, y, places.right, y, "axis")]
    taken, year = -1e9, None
    for day in _choose_ticks(places.days, last, wide):
        x = places.days.place(float(day.toordinal()))
        words = show_day(day, day.year != year)
        half = measure_text(words, 12) / 2
        if x - half > taken + 10 and x + half < places.width:
            marks.append(line(x, y, x, y + 5, "axis"))
            marks.append(write(x, y + 20, words, "small ink2", "middle"))
            taken, year = x + half, day.year
    return marks + [_draw_break(x, y) for x in places.days.places[1:-1]]


def _choose_ticks(days: Scale, last: date, wide: bool) -> list[date]:
    """Return round days, in number by the room each evenly drawn stretch has."""
    most = 9 if wide else 5
    ticks: list[date] = []
    whole = days.places[-1] - days.places[0]
    for place in range(1, len(days.values)):
        share = (days.places[place] - days.places[place - 1]) / whole
        ticks += choose_days(days.values[place - 1], days.values[place], max(2, round(most * share)))
    return [day for day in ticks if day <= last]


def _draw_break(x: float, y: float) -> Svg:
    """Draw the place where the axis goes over to another scale."""
    cut = path(f"M{x - 5:.1f} {y + 5:.1f}l4 -10M{x + 1:.1f} {y + 5:.1f}l4 -10", "axis")
    return group(rect(x - 2, y - 2, 4, 4, "paper"), cut)


def _draw_reports(reports: Sequence[Report], notes: Notes, places: Places, top: float) -> tuple[list[Svg], float]:
    marks = []
    for report in reports:
        if report.published:
            marks.append(_draw_report(report, report.published, notes, places, top))
            top += ROW
    return marks, top


def _draw_report(report: Report, period: Period, notes: Notes, places: Places, y: float) -> Svg:
    x1, x2 = places.days.place(count_days(period.start)), places.days.place(count_days(period.end))
    if is_one_day(period):
        x1 = x2 = places.days.place(find_middle(period))
        mark = circle(x1, y, 4.5, "dot other")
    else:
        mark = whisker(x1, max(x2, x1 + 2), y, "range")
    cites = find_notes_of_report(report.id, notes)
    return group(mark, _write_report(report, cites, (x1, x2), places, y))


def _write_report(report: Report, cites: tuple[int, ...], ends: tuple[float, float], places: Places, y: float) -> Svg:
    title, publisher = report.title or report.path, report.publisher
    rest = measure_text(f" {publisher}") + (20 if cites else 6)
    right_room, left_room = places.width - ends[1] - 14, ends[0] - 14
    whole = measure_text(title) + rest
    rightwards = whole <= right_room or right_room >= left_room
    room = right_room if rightwards else left_room
    if room < rest + 60:
        publisher, rest = "", 20.0
    title = shorten_text(title, room - rest)
    pieces = ((title + " ", ""), (shorten_text(publisher, room), "ink2")) if publisher else ((title, ""),)
    x = ends[1] + 12 if rightwards else ends[0] - 12
    return write_pieces(x, y + 4.5, pieces, "halo", "start" if rightwards else "end", cites=write_cites(cites))


def _draw_echoes(reports: Sequence[Report], others: bool, places: Places, y: float) -> Svg:
    marks, taken = [], -1e9
    for report in reports:
        x = places.days.place(find_middle(report.published)) if report.published else places.left
        if x - taken >= 10:
            marks.append(rect(x - 3.5, y - 3.5, 7, 7, "echo"))
            taken = x
    words = f"{len(reports)} more, echoes among them" if others else count_things(len(reports), "echo", "echoes")
    first = places.days.place(find_middle(reports[0].published)) if reports[0].published else places.left
    fits = taken + 16 + measure_text(words) < places.width
    x, anchor = (taken + 16, "start") if fits else (first - 14, "end")
    return group(*marks, write(x, y + 4.5, words, "ink3 halo", anchor))


def _write_margin(assessment: Assessment, top: float, chance: bool) -> list[Svg]:
    marks = [
        write(0, top + 4.5, "Published", "bold"),
        write(0, top + 22, "bar = date known", "small ink2"),
        write(0, top + 37, "only to a range", "small ink2"),
    ]
    if chance:
        lines = wrap_text(f"Chance of {name_asked(assessment.case)}", 92, 3, 12)
        marks += [write(0, PLOT[0] + 14 + 16 * place, words, "small ink2") for place, words in enumerate(lines)]
    return marks


def _describe(assessment: Assessment, moments: Sequence[Moment]) -> tuple[str, str]:
    count = len(assessment.trace.reports)
    if not moments:
        return "When the reports were published", f"{count} reports by date."
    ways = f"{find_word(moments[0].chance)} ({show_percent(moments[0].chance)})"
    last = f"{find_word(moments[-1].chance)} ({show_percent(moments[-1].chance)})"
    return (
        "The chance as it stood, and when the reports were published",
        f"A step line from {ways} to {last}, above the dates of {count} reports.",
    )
