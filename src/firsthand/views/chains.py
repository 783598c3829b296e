"""How does the tree of who had it from whom read from top to bottom, on a phone or aloud?"""

from __future__ import annotations

from typing import NamedTuple

from firsthand.model import Assessment, ProvenanceEdge, ProvenanceNode
from firsthand.views.labels import name_origin
from firsthand.views.notes import Notes, find_numbers
from firsthand.views.plain import count_things
from firsthand.views.provenance import draw_mark, number_origins
from firsthand.views.sharing import key_edge
from firsthand.views.strands import ORIGINS, EchoRow, Strand, weave_strands
from firsthand.views.svg import Svg, draw
from firsthand.views.wording import show_likelihood


class Link(NamedTuple):
    """One item of a chain: its mark, its name, what is said of it, its notes, and the key of its basis."""

    kind: str
    mark: Svg
    label: str
    tag: str
    detail: str
    cites: tuple[int, ...]
    opens: str = ""


def list_chains(assessment: Assessment, notes: Notes) -> tuple[tuple[Link, ...], ...]:
    """Return every strand as a list of links, origin first, with the echoes of each report folded into one."""
    weave = weave_strands(assessment.trace.provenance)
    numbers = number_origins(weave)
    names = {node.id: node.label for node in assessment.trace.provenance.nodes}
    chains = [
        tuple(
            link
            for node in strand.nodes
            for link in _list_node(node, strand, numbers.get(node.id, 0), weave.across, names, notes)
        )
        for strand in weave.strands
    ]
    if weave.stray:
        chains.append((_fold_echoes(weave.stray, "echoes of a report that is not known"),))
    return tuple(chains)


def _list_node(
    node: ProvenanceNode,
    strand: Strand,
    number: int,
    across: tuple[ProvenanceEdge, ...],
    names: dict[str, str],
    notes: Notes,
) -> list[Link]:
    links = [_link_edge(edge, names[edge.parent]) for edge in across if edge.child == node.id and edge.kind != "linked"]
    tag = name_origin(number) if node.kind in ORIGINS else ""
    links.append(
        Link(node.kind, _frame_mark(node.kind), node.label, tag, node.detail, find_numbers(node.quotes[:1], notes))
    )
    links += [
        Link("linked", Svg(""), "", "", f"same words as {names[edge.parent]}; who copied whom is not known", ())
        for edge in across
        if edge.child == node.id and edge.kind == "linked"
    ]
    if node.id in strand.echoes:
        links.append(_fold_echoes(strand.echoes[node.id], ""))
    return links


def _link_edge(edge: ProvenanceEdge, parent: str) -> Link:
    if edge.kind == "loop":
        return Link("loop", Svg(""), "", "", f"loop with {parent}: each cites the other, so neither corroborates", ())
    if edge.kind == "may derive":
        chance = show_likelihood(edge.probability, edge.low, edge.high)
        return Link("maybe", Svg(""), "", "", f"the next may repeat {parent}: {chance}", (), key_edge(edge))
    return Link("cites", Svg(""), "", "", f"the next also cites {parent}", ())


def _fold_echoes(rows: tuple[EchoRow, ...], of: str) -> Link:
    count = sum(len(row.nodes) for row in rows)
    shown = [f"{row.label} ({len(row.nodes)})" if len(row.nodes) > 1 else row.label for row in rows[:12]]
    more = f", and {len(rows) - 12} more publishers" if len(rows) > 12 else ""
    label = f"{count_things(count, 'echo', 'echoes')}, 0\u00a0dB"
    return Link("echo", _frame_mark("echo"), label, of, ", ".join(shown) + more, ())


def _frame_mark(kind: str) -> Svg:
    return draw(
        "svg", draw_mark(kind, 11, 11), xmlns="http://www.w3.org/2000/svg", viewBox="0 0 22 22", width=22, height=22,
        class_="cell", aria_hidden="true", focusable="false",
    )  # fmt: skip
