"""How did a text spread: when did each report come, and which has it from which?"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from firsthand.model import Family, FamilyEdge, Report, ReportId
from firsthand.views.curves import draw_head
from firsthand.views.plain import count_things, show_period
from firsthand.views.scales import Scale, choose_days, count_days, find_middle, make_scale, stretch_days
from firsthand.views.svg import Svg, circle, frame, group, line, path, rect, shorten_text, write, write_pieces
from firsthand.views.tables import Table
from firsthand.views.wording import show_day

Reports = Mapping[ReportId, Report]

MOST_ROWS = 40
ROW, TOP = 26.0, 14.0
LABEL = 440.0
HIGH = 120.0


class Row(NamedTuple):
    """A report in the tree, the edge that joins it to one above it, and which row that is in."""

    report: Report
    edge: FamilyEdge | None
    above: int


def draw_course(family: Family, reports: Reports, width: float) -> Svg:
    """Return how many reports there were by which day, as a step line, with a mark for each below it."""
    dated = sorted(_place_in_time(one) for one in _list_reports(family, reports) if one.published)
    days = scale_days(family, reports, (34.0, width - (LABEL if width >= 600 else 24.0)))
    counts = make_scale((0.0, float(max(1, len(dated)))), (HIGH, 12.0))
    marks = [line(days.places[0], HIGH, days.places[-1], HIGH, "axis"), *_draw_days(days, HIGH, HIGH + 5, words=True)]
    for count in sorted({0, len(dated)}):
        marks.append(write(26, counts.place(count) + 4, str(count), "small ink2", "end"))
    shape = f"M{days.places[0]:.1f} {HIGH:.1f}"
    for number, day in enumerate(dated, 1):
        x, y = days.place(day), counts.place(number)
        shape += f"L{x:.1f} {counts.place(number - 1):.1f}L{x:.1f} {y:.1f}"
        marks.append(line(x, HIGH - 5, x, HIGH + 5, "tick"))
    marks.append(path(f"{shape}L{days.places[-1]:.1f} {counts.place(len(dated)):.1f}", "course"))
    if width >= 600:
        words = count_things(len(dated), "dated report")
        marks.append(write(days.places[-1] + 10, counts.place(len(dated)) + 4, words, "bold accent"))
    told = f"{count_things(len(dated), 'report')}, {show_span(family)}."
    return frame(f"course-{family.number}-{width:.0f}", (width, HIGH + 30), ("Reports so far", told), marks)


def draw_tree(family: Family, reports: Reports, width: float) -> Svg:
    """Return the tree: a row for each report, a line to the one it shares most with, and beside it how much of it.

    An arrow goes to who had it from whom; a double line says that this is not known.
    """
    rows, folded = plan_rows(family, reports)
    days = scale_days(family, reports, (34.0, width - LABEL))
    first = TOP + ROW * bool(family.credited)
    bottom = first + ROW * len(rows) + (ROW if folded else 0)
    marks = [*_draw_days(days, 0, bottom - ROW / 2), *_draw_credited(family, days, width)]
    places = _place_rows(rows, days, first)
    for row, (x, y) in zip(rows, places, strict=True):
        marks.append(line(x + 12, y, days.places[-1] + 8, y, "grid faint"))
        if row.edge is not None:
            marks.append(_draw_edge(row, places[row.above], (x, y)))
    for row, (x, y) in zip(rows, places, strict=True):
        marks += [_draw_mark(row, rows, (x, y)), _write_row(row, days.places[-1] + 14, y, width)]
    if folded:
        words = f"and {count_things(folded, 'more report')}: see the table below"
        marks.append(write(days.places[-1] + 14, bottom - ROW + 4, words, "small italic ink2"))
    edges = [row.edge for row in rows if row.edge]
    told = f"{count_things(len(rows), 'report')}; of {count_things(len(edges), 'line')} between them "
    told += f"{sum(edge.directed for edge in edges)} have a direction."
    return frame(f"tree-{family.number}", (width, bottom), ("Which shares with which", told), marks)


def plan_rows(family: Family, reports: Reports) -> tuple[tuple[Row, ...], int]:
    """Return the rows of the tree, a report always below the one that leads to it, and how many are not shown."""
    beside: dict[ReportId, list[FamilyEdge]] = {one: [] for one in family.reports}
    for edge in family.edges:
        beside[edge.child].append(edge)
        beside[edge.parent].append(edge)
    place = {one: number for number, one in enumerate(family.reports)}
    children = {edge.child for edge in family.edges}
    rows: list[Row] = []
    seen: set[ReportId] = set()
    for root in sorted(family.reports, key=lambda one: (one in children, place[one])):
        waiting: list[tuple[ReportId, FamilyEdge | None, int]] = [(root, None, -1)]
        while waiting:
            one, by, above = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            rows.append(Row(reports[one], by, above))
            nexts = [(_other_end(tie, one), tie) for tie in beside[one]]
            nexts.sort(key=lambda found: place[found[0]], reverse=True)
            waiting += [(other, tie, len(rows) - 1) for other, tie in nexts if other not in seen]
    return tuple(rows[:MOST_ROWS]), max(0, len(rows) - MOST_ROWS)


def tabulate_family(family: Family, reports: Reports) -> Table:
    """Return every report of a family: when, whose, from whom, how, and how much of either is shared."""
    named = {one: _name(reports[one]) for one in family.reports}
    edges: dict[ReportId, FamilyEdge] = {}
    for tie in family.edges:
        edges.setdefault(tie.child if tie.child not in edges else tie.parent, tie)
    rows = []
    for one in family.reports:
        edge = edges.get(one)
        told = ("", "", "", "")
        if edge is not None:
            way = "from" if edge.directed and edge.child == one else "to" if edge.directed else "with"
            told = (
                f"{way} {named[_other_end(edge, one)]}",
                str(edge.kind.value),
                show_shares(edge),
                edge.reason.sentence,
            )
        rows.append((named[one], show_moment(reports[one]), reports[one].title, *told))
    head = ("Publisher", "Published", "Title", "Shares text", "How", "How much", "Why")
    return Table("Every report of this family", head, tuple(rows))


def show_moment(report: Report) -> str:
    """Return when a report was published, with the time of day where it is known."""
    period = report.published
    if period is None or (period.end - period.start).total_seconds() >= 86_400:
        return show_period(period)
    return f"{show_period(period)}, {period.start:%H:%M}"


def show_span(family: Family) -> str:
    """Return from when to when a family reaches."""
    first, last = show_period(family.first), show_period(family.last)
    return first if first == last else f"{first} to {last}"


def show_shares(edge: FamilyEdge) -> str:
    """Return how much of either report is shared: "92 % of it, 88 % of the other"; in other words, how many words."""
    if not edge.child_share and not edge.parent_share:
        return f"retold, {count_things(sum(run.same for run in edge.runs), 'word')} in both"
    return f"{100 * edge.child_share:.0f}\u00a0% of it, {100 * edge.parent_share:.0f}\u00a0% of the other"


def scale_days(family: Family, reports: Reports, ends: tuple[float, float]) -> Scale:
    """Return the days of a family's reports, as places between two ends."""
    periods = [one.published for one in _list_reports(family, reports) if one.published]
    if not periods:
        return make_scale((0.0, 1.0), ends)
    marks = [_place_in_time(one) for one in _list_reports(family, reports) if one.published]
    first, last = min(marks), max(marks)
    pad = max(0.02, 0.03 * (last - first))
    return stretch_days(marks, (first - pad, last + pad), ends)


def _list_reports(family: Family, reports: Reports) -> list[Report]:
    return [reports[one] for one in family.reports]


def _place_in_time(report: Report) -> float:
    assert report.published is not None
    return find_middle(report.published)


def _other_end(edge: FamilyEdge, one: ReportId) -> ReportId:
    return edge.parent if edge.child == one else edge.child


def _name(report: Report) -> str:
    return report.publisher or report.title or report.path


def _place_rows(rows: Sequence[Row], days: Scale, top: float) -> list[tuple[float, float]]:
    """Return where each row's mark stands: at its day, but to the right of the one above it."""
    places: list[tuple[float, float]] = []
    for number, row in enumerate(rows):
        x = days.place(_place_in_time(row.report)) if row.report.published else days.places[0]
        if row.edge is not None:
            x = max(x, min(places[row.above][0] + 16, days.places[-1]))
        places.append((x, top + ROW * number))
    return places


def _draw_edge(row: Row, start: tuple[float, float], end: tuple[float, float]) -> Svg:
    edge = row.edge
    assert edge is not None
    (x1, y1), (x2, y2) = start, end
    down = f"M{x1:.1f} {y1 + 8:.1f}V{y2:.1f}"
    if not edge.directed:
        sides = (f"M{x1 - turn:.1f} {y1 + 8:.1f}V{y2 + turn:.1f}H{x2 - 7:.1f}" for turn in (1.5, -1.5))
        return path("".join(sides), "linked")
    if edge.child == row.report.id:
        return group(path(f"{down}H{x2 - 9:.1f}", "relay thin"), draw_head((x2 - 8, y2), 0.0, "relay thin"))
    return group(path(f"{down}H{x2 - 7:.1f}", "relay thin"), draw_head((x1, y1 + 8), -math.pi / 2, "relay thin"))


def _draw_mark(row: Row, rows: Sequence[Row], place: tuple[float, float]) -> Svg:
    """Return a ring with a core for the first, a square for a report of words of its own, a hollow one for a copy."""
    x, y = place
    if row.edge is None:
        return group(circle(x, y, 8, "ring"), circle(x, y, 3.6, "dot other"))
    if row.edge.child_share >= 0.6:
        return rect(x - 4, y - 4, 8, 8, "echo")
    return rect(x - 5, y - 5, 10, 10, "report")


def _write_row(row: Row, x: float, y: float, width: float) -> Svg:
    name = shorten_text(_name(row.report), 150.0, bold=True)
    pieces = [(name, "bold"), (f"\u2002{show_moment(row.report)}", "small ink2")]
    if row.edge is not None:
        share = row.edge.child_share if row.edge.child == row.report.id else row.edge.parent_share
        pieces.append((f"\u2002{row.edge.kind.value}, {100 * share:.0f}\u00a0% of it", "small ink2"))
    return write_pieces(x, y + 4.5, pieces)


def _draw_credited(family: Family, days: Scale, width: float) -> list[Svg]:
    if not family.credited:
        return []
    names = shorten_text(", ".join(family.credited), width - days.places[-1] - 150, bold=True)
    x = days.places[-1] + 14
    return [
        circle(days.places[0], TOP, 8, "ring latent"),
        line(days.places[0] + 12, TOP, days.places[-1] + 8, TOP, "grid faint"),
        write_pieces(x, TOP + 4.5, [(names, "bold"), ("\u2002credited, no report here", "small ink2")]),
    ]


def _draw_days(days: Scale, top: float, bottom: float, *, words: bool = False) -> list[Svg]:
    """Return a line for each round day, and below it the day in words."""
    if days.values[-1] < 366:
        return []
    marks: list[Svg] = []
    taken, year = -1e9, 0
    for low, high in zip(days.values, days.values[1:], strict=False):
        most = int(max(2, (days.place(high) - days.place(low)) // 70))
        for day in choose_days(low, high, most):
            x = days.place(count_days(day))
            if low <= count_days(day) <= high and x - taken >= 58:
                marks.append(line(x, top, x, bottom, "axis" if words else "grid faint"))
                told = show_day(date(day.year, day.month, day.day), day.year != year)
                marks += [write(x, bottom + 15, told, "small ink2", "middle")] if words else []
                taken, year = x, day.year
    return marks
