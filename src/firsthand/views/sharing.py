"""Which reports does the page lay side by side, and what of them?

A pair opens where its line stands in the tree, or from the list of pairs where the tree has no line for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from firsthand.model import Assessment, FamilyEdge, ProvenanceEdge, Report, ReportId, Stretch
from firsthand.views.plain import count_things
from firsthand.views.side_by_side import Piece, lay_side_by_side
from firsthand.views.spread import show_shares

# So many runs of a pair, and so many characters on a side of one, are shown: a page must stay light.
MOST_RUNS, MOST_LETTERS = 5, 1_200


class Side(NamedTuple):
    """A passage of one report: `place` are its characters, `pieces` what is the same in the other and what is not."""

    report: Report
    place: Stretch
    pieces: tuple[Piece, ...]


class Laid(NamedTuple):
    """Two reports side by side: the pair's name, what is known of it, a row for each run, how many are not shown."""

    name: str
    edge: FamilyEdge
    rows: tuple[tuple[Side, Side], ...]
    more: int


def key_edge(edge: ProvenanceEdge) -> str:
    """Return the key of the basis of a line in the tree."""
    return f"edge:{edge.parent}:{edge.child}:{edge.kind}"


def find_lines(assessment: Assessment) -> dict[frozenset[ReportId], tuple[str, ...]]:
    """Return the keys of the lines of the tree between each two reports, doubtful ones first."""
    reports = {node.id: node.report for node in assessment.trace.provenance.nodes}
    found: dict[frozenset[ReportId], list[str]] = {}
    for edge in sorted(assessment.trace.provenance.edges, key=lambda one: one.kind != "may derive"):
        ends = frozenset(one for one in (reports.get(edge.parent), reports.get(edge.child)) if one)
        if len(ends) == 2:
            found.setdefault(ends, []).append(key_edge(edge))
    return {ends: tuple(keys) for ends, keys in found.items()}


def list_laid(assessment: Assessment) -> dict[str, Laid]:
    """Return the pairs that are shown, by the key of their line in the tree or one of their own, most shared first."""
    reports = {report.id: report for report in assessment.trace.reports}
    lines = find_lines(assessment)
    return {
        lines.get(frozenset((edge.child, edge.parent)), (f"shared:{edge.child}:{edge.parent}",))[0]: lay_pair(
            edge, reports[edge.child], reports[edge.parent]
        )
        for edge in assessment.shared
        if {edge.child, edge.parent} <= reports.keys()
    }


def lay_pair(edge: FamilyEdge, child: Report, parent: Report) -> Laid:
    """Return two reports side by side, no more of them than a page can carry."""
    pairs = lay_side_by_side(edge, child, parent)[:MOST_RUNS]
    names = [one.publisher or one.title or one.path for one in (child, parent)]
    return Laid(
        f"{names[0]} {'from' if edge.directed else 'and'} {names[1]}: {edge.kind.value}, {show_shares(edge)}",
        edge,
        tuple(
            (Side(child, run.first, _cut_pieces(pair.child)), Side(parent, run.second, _cut_pieces(pair.parent)))
            for pair, run in zip(pairs, edge.runs, strict=False)
        ),
        len(edge.runs) - len(pairs),
    )


def _cut_pieces(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the first pieces that together have no more than `MOST_LETTERS`, and how many more words there are."""
    kept: list[Piece] = []
    room = MOST_LETTERS
    for piece in pieces:
        if room <= 0:
            break
        kept.append(piece._replace(text=piece.text[:room]))
        room -= len(piece.text)
    lost = sum(len(one.text.split()) for one in pieces) - sum(len(one.text.split()) for one in kept)
    return (*kept, Piece(f" … {count_things(lost, 'more word')}", "around")) if lost > 0 else tuple(kept)
