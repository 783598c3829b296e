"""Where does every mark of the provenance stand, so that no two labels touch?

Time runs from left to right and is stretched where marks are crowded: a mark never stands left of an earlier one,
and neighbours in a lane keep the distance their labels need.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from firsthand.model import Provenance, ProvenanceNode
from firsthand.views.scales import Scale, find_middle, stretch_days
from firsthand.views.strands import ORIGINS, Strand, Weave, date_nodes
from firsthand.views.svg import measure_text, wrap_text

TOP = 58.0
ECHO_ROW = 28.0
MOST_ECHO_ROWS = 9
LINE = 16.0
ARROW = 84.0


class Label(NamedTuple):
    """The lines of a label, its widest line, and its side of the mark.

    Sides: "above", "below", "before" (ends at the mark), "after" (begins at it), "beside" and "over" (one line).
    """

    bold: tuple[str, ...]
    plain: tuple[str, ...]
    width: float
    side: str

    @property
    def height(self) -> float:
        """Height of all its lines."""
        return LINE * (len(self.bold) + len(self.plain)) + (LINE if self.side == "above" else 0)


class Plan(NamedTuple):
    """Where everything stands: x of marks, y of lanes' marks, labels, a scale for days, and the height of it all."""

    places: Mapping[str, tuple[float, float]]
    labels: Mapping[str, Label]
    days: Scale | None
    first_echo: float
    height: float


def plan_lanes(provenance: Provenance, weave: Weave, width: float) -> Plan:
    """Return the places of all marks but echoes, for a graphic `width` pixels wide."""
    days = _settle_days(weave, date_nodes(provenance))
    echoes = any(strand.echoes for strand in weave.strands) or bool(weave.stray)
    ends = (84.0, width - 270.0 if echoes else width - 100.0)
    for room in (190.0, 150.0, 120.0, 90.0):
        labels = {
            node.id: _make_label(node, strand, room, _find_side(node, strand, weave))
            for strand in weave.strands
            for node in strand.nodes
        }
        across, fits = _place_across(weave, labels, days, ends)
        if fits:
            break
    down, height = _place_down(weave.strands, labels)
    places = {node: (across[node], down[node]) for node in down}
    return Plan(places, labels, _scale_days(provenance, across, days, ends[1]), width - 196.0, height)


def _settle_days(weave: Weave, days: Mapping[str, float]) -> dict[str, float]:
    """Return days by which no origin comes after what relays it, and no report before what it has its content from."""
    settled = dict(days)
    for strand in weave.strands:
        for child, edge in strand.parents.items():
            if edge.parent in settled and child in settled and edge.parent == strand.nodes[0].id:
                settled[edge.parent] = min(settled[edge.parent], settled[child])
        for lane in strand.lanes:
            for node in lane:
                edge_to = strand.parents.get(node.id)
                if edge_to and edge_to.parent in settled and node.id in settled:
                    settled[node.id] = max(settled[node.id], settled[edge_to.parent])
    return settled


def _make_label(node: ProvenanceNode, strand: Strand, room: float, side: str) -> Label:
    room, lines = (320.0, 1) if side in {"beside", "over"} else (room, 2)
    bold = wrap_text(node.label, room, lines, 13, bold=True)
    plain = wrap_text(node.detail, room, lines, 12) if node.detail and side != "over" else ()
    widest = max([measure_text(words, 13, bold=True) for words in bold] + [measure_text(words, 12) for words in plain])
    if side == "beside":
        widest = measure_text(bold[0], 13, bold=True) + measure_text(" " + " ".join(plain), 12)
    return Label(bold, plain, widest, side)


def _find_side(node: ProvenanceNode, strand: Strand, weave: Weave) -> str:
    """Return where the label stands: where the fewest lines come and go."""
    if (node,) in strand.lanes[1:] and node.id not in strand.echoes:
        return "beside"
    if node.kind in ORIGINS:
        return "over" if node in strand.guests else "above"
    if node.id in strand.echoes:
        return "before"
    last = any(lane[-1] == node for lane in strand.lanes)
    loops = any(edge.kind == "loop" and edge.child == node.id for edge in weave.across)
    heard = any(edge.child == node.id for edge in weave.across)
    told = any(edge.parent == node.id and edge.kind != "loop" for edge in weave.across)
    return "after" if last and heard and not told and (not loops or node.kind == "report") else "below"


def _place_across(
    weave: Weave, labels: Mapping[str, Label], days: Mapping[str, float], ends: tuple[float, float]
) -> tuple[dict[str, float], bool]:
    order, gaps = _order_marks(weave, days), _find_gaps(weave, labels)
    roots = {node.id for strand in weave.strands for node in strand.nodes if node.kind in ORIGINS}
    width = ends[1] - ends[0]
    wished = _wish_places(order, days, roots, width)

    def measure(share: float) -> dict[str, float]:
        return _push_apart(order, gaps, {node: at * share for node, at in wished.items()}, roots)

    low, high = 0.0, 1.0
    fits = max(measure(0.0).values(), default=0.0) <= width
    for _ in range(18 if fits else 0):
        middle = (low + high) / 2
        low, high = (middle, high) if max(measure(middle).values(), default=0.0) <= width else (low, middle)
    placed = measure(low)
    longest = max(placed.values(), default=0.0)
    shrink = 1.0 if longest <= width else width / longest
    return {node: ends[0] + at * shrink for node, at in placed.items()}, fits


def _wish_places(order: Sequence[str], days: Mapping[str, float], roots: Set[str], width: float) -> dict[str, float]:
    """Return where each mark would stand if nothing were in its way; an origin a little before its day."""
    known = list(days.values())
    if len(set(known)) < 2:
        return dict.fromkeys(order, 0.0)
    scale = stretch_days(known, (min(known), max(known)), (0.0, width))
    return {node: max(0.0, scale.place(days.get(node, known[0])) - (ARROW if node in roots else 0.0)) for node in order}


def _order_marks(weave: Weave, days: Mapping[str, float]) -> list[str]:
    depths: dict[str, int] = {}
    for strand in weave.strands:
        for node in strand.nodes:
            parent = strand.parents.get(node.id)
            depths[node.id] = depths.get(parent.parent, 0) + 1 if parent else 0
    return sorted(depths, key=lambda node: (math.floor(days.get(node, 0.0)), depths[node], node))


def _find_gaps(weave: Weave, labels: Mapping[str, Label]) -> dict[str, list[tuple[str, float]]]:
    """Return for every mark the marks that must stand left of it, and by how much."""
    gaps: dict[str, list[tuple[str, float]]] = {}
    for strand in weave.strands:
        for lane in strand.lanes:
            for place, node in enumerate(lane[1:], start=1):
                found = gaps.setdefault(node.id, [])
                found.append((lane[place - 1].id, ARROW))
                found += [
                    (other.id, _reach(labels[other.id])[1] + _reach(labels[node.id])[0] + 18.0)
                    for other in lane[:place]
                    if _shares_side(labels[other.id], labels[node.id])
                ]
        for child, edge in strand.parents.items():
            gaps.setdefault(child, []).append((edge.parent, 64.0))
    guests = {guest.id for strand in weave.strands for guest in strand.guests}
    for edge in weave.across:
        if edge.parent in guests and edge.kind == "relays":
            gaps.setdefault(edge.child, []).append((edge.parent, 64.0))
    return gaps


def _shares_side(one: Label, other: Label) -> bool:
    return (one.side == "above") == (other.side == "above")


def _reach(label: Label) -> tuple[float, float]:
    """Return how far a label goes to the left and to the right of its mark."""
    if label.side == "before":
        return (label.width, 8.0)
    return (8.0, label.width) if label.side in {"beside", "after"} else (label.width / 2, label.width / 2)


def _push_apart(
    order: Sequence[str], gaps: Mapping[str, list[tuple[str, float]]], wished: Mapping[str, float], roots: Set[str]
) -> dict[str, float]:
    """Return places in which no mark stands left of an earlier one, origins apart, and every gap is kept."""
    placed: dict[str, float] = {}
    last = 0.0
    for node in order:
        needed = [placed[other] + gap for other, gap in gaps.get(node, ()) if other in placed]
        placed[node] = max([0.0 if node in roots else last, wished[node], *needed])
        last = last if node in roots else placed[node]
    return placed


def _place_down(strands: Sequence[Strand], labels: Mapping[str, Label]) -> tuple[dict[str, float], float]:
    down: dict[str, float] = {}
    bottom = TOP
    for strand in strands:
        for guest in strand.guests:
            down[guest.id] = bottom + 32
            bottom += 42
        bottom += 10 if strand.guests else 0
        for lane in strand.lanes:
            above, below = _measure_lane(lane, strand, labels)
            y = bottom + above
            for node in lane:
                down[node.id] = y
            bottom = y + below
        bottom += 14.0
    return down, bottom


def _measure_lane(lane: Sequence[ProvenanceNode], strand: Strand, labels: Mapping[str, Label]) -> tuple[float, float]:
    if all(labels[node.id].side == "beside" for node in lane):
        return 16.0, 16.0
    sides = [(labels[node.id].side, labels[node.id].height) for node in lane]
    above = max([20.0] + [height + 14 for side, height in sides if side in {"above", "after"}])
    below = max([18.0] + [height + 16 for side, height in sides if side in {"below", "before"}])
    for node in lane:
        rows = min(len(strand.echoes.get(node.id, ())), MOST_ECHO_ROWS)
        if rows and node is lane[-1]:
            half = ECHO_ROW * (rows - 1) / 2 + 16
            above, below = max(above, half), max(below, half)
        elif rows:
            above = max(above, ECHO_ROW * rows + 22)
    return above, below


def _scale_days(
    provenance: Provenance, across: Mapping[str, float], days: Mapping[str, float], end: float
) -> Scale | None:
    """Return where a day stands, from the dated marks; None where fewer than two days are known."""
    main = {node.id for node in provenance.nodes if node.kind in {"report", "credited"}}
    knots: dict[float, float] = {}
    for node in sorted((node for node in main if node in across and node in days), key=lambda node: (days[node], node)):
        knots[math.floor(days[node])] = max([across[node], *knots.values()])
    if len(knots) < 2:
        return None
    late = max(find_middle(node.when) for node in provenance.nodes if node.when)
    if late > max(knots):
        knots[late] = max(end, max(knots.values()) + 24)
    marks = sorted(knots)
    return Scale(tuple(marks), tuple(knots[day] for day in marks))
