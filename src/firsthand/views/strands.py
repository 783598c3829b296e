"""Which chains of telling are there, and which lines run between them?

A strand begins with an origin (or with a report whose beginning is unknown) and holds everything told on from it.
Echoes are taken out of the lanes and gathered by the report they repeat and by publisher.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from firsthand.model import Provenance, ProvenanceEdge, ProvenanceNode
from firsthand.views.scales import find_middle

MOST_STRANDS = 12
ORIGINS = frozenset({"origin", "latent"})


class EchoRow(NamedTuple):
    """What one publisher echoed from one report."""

    label: str
    nodes: tuple[ProvenanceNode, ...]


class Strand(NamedTuple):
    """Lanes of nodes in order of telling; `parents` joins a node to the edge by which it has its content.

    `guests` are further origins whose words are only in reports of this strand.
    """

    lanes: tuple[tuple[ProvenanceNode, ...], ...]
    parents: Mapping[str, ProvenanceEdge]
    echoes: Mapping[str, tuple[EchoRow, ...]]
    guests: tuple[ProvenanceNode, ...] = ()

    @property
    def nodes(self) -> tuple[ProvenanceNode, ...]:
        """All nodes of the lanes and the guests, without echoes."""
        return tuple(node for lane in self.lanes for node in lane) + self.guests


class Weave(NamedTuple):
    """All strands in the order in which they are drawn, the lines across them, and the echoes of nobody known."""

    strands: tuple[Strand, ...]
    across: tuple[ProvenanceEdge, ...]
    stray: tuple[EchoRow, ...]
    folded: int


def weave_strands(provenance: Provenance) -> Weave:
    """Return the strands of a provenance, the largest first where not all can be drawn, and in order of time."""
    nodes = {node.id: node for node in provenance.nodes}
    edges = sorted(
        (
            edge
            for edge in provenance.edges
            if edge.parent in nodes and edge.child in nodes and edge.parent != edge.child
        ),
        key=lambda edge: (edge.kind != "relays", not _is_home(edge, nodes), -edge.probability, edge.parent, edge.child),
    )
    parents = _find_parents(nodes, edges)
    days = date_nodes(provenance)
    echoes, stray = _gather_echoes(nodes, edges)
    strands = [_grow_strand(node, nodes, parents, days, echoes) for node in _find_roots(nodes, parents, days)]
    anchors = {node.id: anchor for anchor, rows in echoes.items() for row in rows for node in row.nodes}
    across = tuple(
        edge
        for edge in edges
        if parents.get(edge.child) is not edge and anchors.get(edge.child) != edge.parent and _is_across(edge, nodes)
    )
    strands = _seat_guests(strands, across)
    kept = sorted(strands, key=lambda strand: -_count_size(strand))[:MOST_STRANDS]
    drawn = _put_near([strand for strand in strands if strand in kept], across)
    return Weave(tuple(drawn), across, stray, len(strands) - len(drawn))


def _is_home(edge: ProvenanceEdge, nodes: Mapping[str, ProvenanceNode]) -> bool:
    """Say whether an origin's own report is the one it is relayed by."""
    return nodes[edge.parent].report is not None and nodes[edge.parent].report == nodes[edge.child].report


def _seat_guests(strands: Sequence[Strand], across: Sequence[ProvenanceEdge]) -> list[Strand]:
    """Return the strands with every origin that tells nothing but what others' reports carry seated at the first."""
    home = {node.id: place for place, strand in enumerate(strands) for node in strand.nodes}
    guests: dict[int, list[ProvenanceNode]] = defaultdict(list)
    moved: set[int] = set()
    for place, strand in enumerate(strands):
        root = strand.nodes[0]
        told = [edge.child for edge in across if edge.parent == root.id and edge.kind == "relays"]
        hosts = [home[child] for child in told if child in home and len(strands[home[child]].nodes) > 1]
        if len(strand.nodes) == 1 and root.kind in ORIGINS and not strand.echoes and hosts:
            guests[hosts[0]].append(root)
            moved.add(place)
    return [strand._replace(guests=tuple(guests[place])) for place, strand in enumerate(strands) if place not in moved]


def _put_near(strands: Sequence[Strand], across: Sequence[ProvenanceEdge]) -> list[Strand]:
    """Return the strands in their order, but those that may derive from one directly below it."""
    home = {node.id: place for place, strand in enumerate(strands) for node in strand.nodes}
    below: dict[int, list[int]] = defaultdict(list)
    for edge in across:
        if edge.kind in {"may derive", "loop", "linked"} and edge.parent in home and edge.child in home:
            below[home[edge.parent]].append(home[edge.child])
    done: list[int] = []
    waiting = list(range(len(strands)))
    while waiting:
        place = waiting.pop(0)
        if place not in done:
            done.append(place)
            waiting = sorted(set(below[place])) + waiting
    return [strands[place] for place in done]


def date_nodes(provenance: Provenance) -> dict[str, float]:
    """Return the day of every node whose day is known or can be borrowed from its neighbours, from relays first."""
    days = {node.id: find_middle(node.when) for node in provenance.nodes if node.when}
    edges = sorted(provenance.edges, key=lambda edge: (edge.kind != "relays", edge.parent, edge.child))
    for _ in range(len(provenance.nodes)):
        lent = dict(days)
        for edge in edges:
            if edge.child in days and edge.parent not in days:
                lent.setdefault(edge.parent, days[edge.child])
            if edge.parent in days and edge.child not in days:
                lent.setdefault(edge.child, days[edge.parent])
        if len(lent) == len(days):
            break
        days = lent
    return days


def _find_parents(nodes: Mapping[str, ProvenanceNode], edges: Sequence[ProvenanceEdge]) -> dict[str, ProvenanceEdge]:
    parents: dict[str, ProvenanceEdge] = {}
    for kind in ("relays", "cited"):
        for edge in edges:
            free = edge.child not in parents and nodes[edge.child].kind not in ORIGINS
            main = "echo" not in {nodes[edge.parent].kind, nodes[edge.child].kind}
            if edge.kind == kind and free and main and not _leads_to(edge.parent, edge.child, parents):
                parents[edge.child] = edge
    return parents


def _leads_to(node: str, ancestor: str, parents: Mapping[str, ProvenanceEdge]) -> bool:
    while node in parents and node != ancestor:
        node = parents[node].parent
    return node == ancestor


def _find_roots(
    nodes: Mapping[str, ProvenanceNode], parents: Mapping[str, ProvenanceEdge], days: Mapping[str, float]
) -> list[ProvenanceNode]:
    roots = [node for node in nodes.values() if node.kind != "echo" and node.id not in parents]
    return sorted(roots, key=lambda node: (days.get(node.id, 1e9), node.kind not in ORIGINS, node.label, node.id))


def _gather_echoes(
    nodes: Mapping[str, ProvenanceNode], edges: Sequence[ProvenanceEdge]
) -> tuple[dict[str, tuple[EchoRow, ...]], tuple[EchoRow, ...]]:
    heard: dict[str, str] = {}
    for edge in edges:
        if nodes[edge.child].kind == "echo" and edge.kind not in {"linked", "loop"}:
            heard.setdefault(edge.child, edge.parent)
    rows: dict[str, dict[str, list[ProvenanceNode]]] = defaultdict(lambda: defaultdict(list))
    for node in nodes.values():
        if node.kind == "echo":
            anchor, seen = heard.get(node.id, ""), {node.id}
            while anchor and nodes[anchor].kind == "echo" and anchor not in seen:
                seen.add(anchor)
                anchor = heard.get(anchor, "")
            rows[anchor if anchor and nodes[anchor].kind != "echo" else ""][node.label].append(node)
    gathered = {anchor: _order_rows(found) for anchor, found in rows.items()}
    return gathered, gathered.pop("", ())


def _order_rows(found: Mapping[str, list[ProvenanceNode]]) -> tuple[EchoRow, ...]:
    rows = [EchoRow(label, tuple(sorted(nodes, key=_order_node))) for label, nodes in found.items()]
    return tuple(sorted(rows, key=lambda row: (_order_node(row.nodes[0]), row.label)))


def _order_node(node: ProvenanceNode) -> tuple[float, str]:
    return (find_middle(node.when) if node.when else 1e9, node.id)


def _grow_strand(
    root: ProvenanceNode,
    nodes: Mapping[str, ProvenanceNode],
    parents: Mapping[str, ProvenanceEdge],
    days: Mapping[str, float],
    echoes: Mapping[str, tuple[EchoRow, ...]],
) -> Strand:
    children: dict[str, list[ProvenanceNode]] = defaultdict(list)
    for child, edge in parents.items():
        children[edge.parent].append(nodes[child])
    lanes: list[list[ProvenanceNode]] = [[root]]
    waiting = [(child, 0 if place == 0 else -1) for place, child in enumerate(_order_children(root, children, days))]
    while waiting:
        node, lane = waiting.pop(0)
        if lane < 0:
            lanes.append([])
            lane = len(lanes) - 1
        lanes[lane].append(node)
        below = [
            (child, lane if place == 0 else -1) for place, child in enumerate(_order_children(node, children, days))
        ]
        waiting = below + waiting
    within = {node.id: parents[node.id] for lane in lanes for node in lane if node.id in parents}
    heard = {node.id: echoes[node.id] for lane in lanes for node in lane if node.id in echoes}
    return Strand(tuple(tuple(lane) for lane in lanes), within, heard)


def _order_children(
    node: ProvenanceNode, children: Mapping[str, list[ProvenanceNode]], days: Mapping[str, float]
) -> list[ProvenanceNode]:
    return sorted(
        children.get(node.id, ()),
        key=lambda child: (not children.get(child.id), days.get(child.id, 1e9), child.label, child.id),
    )


def _count_size(strand: Strand) -> int:
    return len(strand.nodes) + sum(len(row.nodes) for rows in strand.echoes.values() for row in rows)


def _is_across(edge: ProvenanceEdge, nodes: Mapping[str, ProvenanceNode]) -> bool:
    parent, child = (nodes[end].kind == "echo" for end in (edge.parent, edge.child))
    return edge.kind == "linked" if parent and child else not parent
