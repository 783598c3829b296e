"""Who had it from whom?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from firsthand.model import Assessment, ProvenanceEdge, ProvenanceNode
from firsthand.views.bases import NO_BASES, Bases, link_mark
from firsthand.views.curves import Point, draw_curve, draw_double, draw_head, draw_loop, follow_curve
from firsthand.views.labels import Box, find_box, stand_beside, write_label
from firsthand.views.lanes import ECHO_ROW, MOST_ECHO_ROWS, Plan, plan_lanes
from firsthand.views.notes import Notes, find_numbers
from firsthand.views.plain import count_things
from firsthand.views.scales import find_middle
from firsthand.views.sharing import key_edge
from firsthand.views.strands import ORIGINS, EchoRow, Strand, Weave, weave_strands
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
    write,
    write_cites,
)  # fmt: skip
from firsthand.views.tables import Table
from firsthand.views.wording import show_day, show_likelihood

STYLES = {"may derive": "maybe", "relays": "relay thin"}


def draw_provenance(assessment: Assessment, notes: Notes, width: float, bases: Bases = NO_BASES) -> Svg:
    """Return the tree: origins at the left of their lane, reports along it, echoes folded by publisher at the right.

    `width` is in pixels, 1000 or more; narrower pages show the same strands as lists (see `chains`).
    """
    provenance = assessment.trace.provenance
    weave = weave_strands(provenance)
    plan = plan_lanes(provenance, weave, width)
    drawing = _Drawing(weave, plan, notes, width)
    drawing.evidence, drawing.bases = _find_evidence(assessment), bases
    drawing.shares = _find_shares(assessment, bases)
    height = max(plan.height, drawing.bottom) + 6
    marks = [*drawing.draw_axis(height - 4), *drawing.draw_strands(), *drawing.draw_across(), *drawing.draw_labels()]
    counts = [sum(node.kind in kinds for node in provenance.nodes) for kinds in (ORIGINS, {"report"}, {"echo"})]
    words = (
        f"{count_things(counts[0], 'origin')} at the left, {count_things(counts[1], 'report')} told on from them, "
        f"{count_things(counts[2], 'echo', 'echoes')}; {count_things(len(provenance.edges), 'line')} between them."
    )
    return frame(f"provenance-{width:.0f}", (width, height), ("Who had it from whom", words), marks)


def tabulate_provenance(assessment: Assessment) -> Table:
    """Return every line of the tree: from whom, to whom, how, how likely, and why."""
    provenance = assessment.trace.provenance
    names = {node.id: node.label for node in provenance.nodes}
    return Table(
        "Who had it from whom",
        ("From", "To", "How", "Chance (interval)", "Why"),
        tuple(
            (
                names.get(edge.parent, edge.parent),
                names.get(edge.child, edge.child),
                edge.kind,
                show_likelihood(edge.probability, edge.low, edge.high),
                edge.reason.sentence,
            )
            for edge in provenance.edges
        ),
    )


def _find_evidence(assessment: Assessment) -> dict[str, str]:
    """Return the ids of the evidence taken from each report, by the report's id."""
    found: dict[str, list[str]] = {}
    for item in assessment.contributions:
        for report in {quote.span.report for quote in item.quotes}:
            found.setdefault(report, []).append(item.evidence)
    return {report: " ".join(items) for report, items in found.items()}


def _find_shares(assessment: Assessment, bases: Bases) -> dict[str, str]:
    """Return the key of the basis of the first line of each mark, where it is told beside its two reports."""
    found: dict[str, str] = {}
    for edge in assessment.trace.provenance.edges:
        if key_edge(edge) in bases and (bases[key_edge(edge)].laid or bases[key_edge(edge)].place):
            found.setdefault(edge.child, key_edge(edge))
    return found


class _Drawing:
    """One tree being drawn: what is placed already, so that later labels keep clear of it."""

    def __init__(self, weave: Weave, plan: Plan, notes: Notes, width: float) -> None:
        self.weave, self.plan, self.notes, self.width = weave, plan, notes, width
        self.nodes = {node.id: node for strand in weave.strands for node in strand.nodes}
        self.echoes: dict[str, Point] = {}
        self.evidence: Mapping[str, str] = {}
        self.bases: Bases = NO_BASES
        self.shares: Mapping[str, str] = {}
        self.taken: list[Box] = [find_box(node, plan, width) for node in self.nodes]
        stray = min(len(weave.stray), MOST_ECHO_ROWS)
        self.bottom = plan.height + ECHO_ROW * stray + (26 if weave.folded else 0)

    def draw_axis(self, bottom: float) -> list[Svg]:
        """Return the days along the top and their grid lines."""
        days = self.plan.days
        if days is None:
            return []
        marks = [line(days.places[0], 24, days.places[-1], 24, "axis")]
        taken, year = -1e9, 0
        for value, x in zip(days.values, days.places, strict=True):
            day = date.fromordinal(int(value))
            words = show_day(day, day.year != year)
            half = measure_text(words, 12) / 2
            if x - half > taken + 14:
                marks.append(line(x, 24, x, 30, "axis"))
                marks.append(line(x, 30, x, bottom, "grid faint"))
                marks.append(write(max(x, half), 14, words, "small ink2", "middle"))
                taken, year = x + half, day.year
        return marks

    def draw_strands(self) -> list[Svg]:
        """Return the lines within strands, the echoes, and the marks on top of them."""
        marks: list[Svg] = []
        for strand in self.weave.strands:
            marks += [self._draw_step(edge) for edge in strand.parents.values()]
            for anchor, rows in strand.echoes.items():
                marks += self._draw_echoes(anchor, rows, strand)
        y = self.plan.height + 4
        for row in self.weave.stray[:MOST_ECHO_ROWS]:
            marks += self._draw_row(row, (60.0, y), y)
            y += ECHO_ROW
        if self.weave.folded:
            words = f"and {count_things(self.weave.folded, 'more strand')} of one or two reports: see the table below"
            marks.append(write(0, self.bottom - 6, words, "small italic ink2"))
        return marks + [draw_mark(node.kind, *self.plan.places[node.id]) for node in self.nodes.values()]

    def _draw_step(self, edge: ProvenanceEdge) -> Svg:
        (x1, y1), (x2, y2) = self.plan.places[edge.parent], self.plan.places[edge.child]
        style = "relay" if edge.kind == "relays" else "cited"
        start, end = x1 + 11, x2 - 8
        shape = f"M{start:.1f} {y1:.1f}L{end:.1f} {y2:.1f}"
        if abs(y2 - y1) > 1:
            bend = min(50.0, (end - start) * 0.6)
            shape = f"M{start:.1f} {y1:.1f}C{start + bend:.1f} {y1:.1f} {end - bend:.1f} {y2:.1f} {end:.1f} {y2:.1f}"
        return self._link(group(path(shape, style), draw_head((end, y2), 0.0, style)), edge)

    def _link(self, mark: Svg, edge: ProvenanceEdge) -> Svg:
        """Return a line as a link to what its two reports share."""
        return link_mark(mark, key_edge(edge), self.bases, name=True)

    def _draw_echoes(self, anchor: str, rows: Sequence[EchoRow], strand: Strand) -> list[Svg]:
        x, y = self.plan.places[anchor]
        last = any(lane[-1].id == anchor for lane in strand.lanes)
        shown = fold_rows(rows)
        first = y - ECHO_ROW * (len(shown) - 1) / 2 if last else y - 22 - ECHO_ROW * len(shown)
        marks = [self._write_echo_head(rows, first)]
        for place, row in enumerate(shown):
            at = first + ECHO_ROW * place
            bend = f"M{x + 7:.1f} {y:.1f}C{x + 26:.1f} {y:.1f} {x + 16:.1f} {at:.1f} {x + 42:.1f} {at:.1f}"
            marks.append(path(bend, "echo-line"))
            marks += self._draw_row(row, (x + 42, at), at)
        return marks

    def _write_echo_head(self, rows: Sequence[EchoRow], first: float) -> Svg:
        count = sum(len(row.nodes) for row in rows)
        words = f"{count_things(count, 'echo', 'echoes')}, 0\u00a0dB"
        return write(self.plan.first_echo, first - 22, words, "bold ink2")

    def _draw_row(self, row: EchoRow, start: Point, y: float) -> list[Svg]:
        at, marks, squares = start[0], [], []
        limit = self.plan.first_echo - 14
        for node in row.nodes:
            x = self._place_echo(node, start[0] + 8, limit)
            x = max(x, at + 12)
            self.echoes[node.id] = (min(x, limit), y)
            if x <= limit:
                key = self.shares.get(node.id, "")
                squares.append(link_mark(draw_mark("echo", x, y), key, self.bases, name=True))
                at = x
        marks.append(line(start[0], y, at, y, "echo-line"))
        count = f" ({len(row.nodes)})" if len(row.nodes) > 1 else ""
        label = shorten_text(row.label, self.width - self.plan.first_echo - measure_text(count))
        self.taken.append(Box(start[0], y - 8, self.width, y + 8))
        words = write(self.plan.first_echo, y + 4.5, label + count, "ink3")
        return [*marks, *squares, link_mark(words, self.shares.get(row.nodes[0].id, ""), self.bases)]

    def _place_echo(self, node: ProvenanceNode, low: float, high: float) -> float:
        if self.plan.days is None or node.when is None:
            return low
        return max(low, min(high, self.plan.days.place(find_middle(node.when))))

    def draw_across(self) -> list[Svg]:
        """Return the lines between strands: may derive, linked, cited, loop."""
        marks: list[Svg] = []
        labels: list[Svg] = []
        loops: set[frozenset[str]] = set()
        for edge in self.weave.across:
            ends = [self.plan.places.get(end) or self.echoes.get(end) for end in (edge.parent, edge.child)]
            if ends[0] is None or ends[1] is None:
                continue
            if edge.kind == "linked":
                marks.append(self._link(draw_double(ends[0], ends[1]), edge))
            elif edge.kind == "loop":
                marks.append(self._link(draw_loop(ends[0], ends[1]), edge))
                if frozenset((edge.parent, edge.child)) not in loops:
                    loops.add(frozenset((edge.parent, edge.child)))
                    words = ("loop: each cites the other,", "so neither corroborates")
                    labels.append(self._write_beside(ends[0], ends[1], words, "small italic accent halo"))
            else:
                curve = draw_curve(ends[0], ends[1], STYLES.get(edge.kind, "cited"))
                marks.append(self._link(curve, edge))
            if edge.kind == "may derive":
                chance = show_likelihood(edge.probability, edge.low, edge.high)
                label = self._write_beside(ends[0], ends[1], ("may repeat this:", chance), "small ink2 halo")
                labels.append(link_mark(label, key_edge(edge), self.bases))
        return marks + labels

    def _write_beside(self, start: Point, end: Point, words: tuple[str, str], style: str) -> Svg:
        """Write two lines near the middle of a curve, at the first place that is free; none where all is taken."""
        size = (max(measure_text(words[0], 12), measure_text(words[1], 12)), 32.0)
        distances = (44, 70, 100) if "accent" in style else (12, 44, 90)  # a loop bows out to both sides
        boxes = (
            stand_beside(follow_curve(start, end, share), side * away, size, self.width)
            for away in distances
            for share in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2)
            for side in (-1, 1)
        )
        box = next((box for box in boxes if not any(box.touches(other) for other in self.taken)), None)
        if box is None:
            return Svg("")
        self.taken.append(box)
        return group(
            write(box.left, box.top + 12, words[0], style.replace("ink2", "ink2 italic")),
            write(box.left, box.top + 28, words[1], style),
        )

    def draw_labels(self) -> list[Svg]:
        """Return the labels of all marks, on top of every line."""
        numbers = number_origins(self.weave)
        return [
            group(
                write_label(
                    node,
                    numbers.get(node.id, 0),
                    (self.plan, self.width),
                    write_cites(find_numbers(node.quotes[:1], self.notes)),
                ),
                evidence=self.evidence.get(node.report or "", ""),
            )
            for node in self.nodes.values()
        ]


def fold_rows(rows: Sequence[EchoRow]) -> tuple[EchoRow, ...]:
    """Return the rows that are drawn: those past the most that fit are one row."""
    if len(rows) <= MOST_ECHO_ROWS:
        return tuple(rows)
    rest = rows[MOST_ECHO_ROWS - 1 :]
    nodes = tuple(node for row in rest for node in row.nodes)
    return (*rows[: MOST_ECHO_ROWS - 1], EchoRow(f"{len(rest)} more publishers", nodes))


def number_origins(weave: Weave) -> dict[str, int]:
    """Return the number of every origin of the claim asked about, in the order drawn, from 1."""
    marks = [node for strand in weave.strands for node in strand.nodes if node.kind in ORIGINS and not node.aside]
    return {node.id: number for number, node in enumerate(marks, start=1)}


def draw_mark(kind: str, x: float, y: float) -> Svg:
    """Return the mark of a node: ring with a core, dashed ring, square, dashed square or small hollow square."""
    if kind == "origin":
        return group(circle(x, y, 9, "ring"), circle(x, y, 4.2, "dot other"))
    if kind == "latent":
        return circle(x, y, 9, "ring latent")
    if kind == "echo":
        return rect(x - 4, y - 4, 8, 8, "echo")
    return rect(x - 5.5, y - 5.5, 11, 11, "credited" if kind == "credited" else "report")
