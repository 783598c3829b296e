"""Which of the marks of a large tree are drawn, and what is folded into one?

A tree of a few hundred lines is drawn whole. Of a larger one each mark keeps its surest line, the marks that most hangs
on are drawn, and the others under one parent are one mark that says how many they are.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Mapping

from firsthand.model import Provenance, ProvenanceEdge, ProvenanceNode, Reason
from firsthand.views.plain import count_things

MOST_LINES = 300
"""Lines that are all drawn."""
MOST_MARKS = 90
MOST_CHILDREN = 9
FOLDED = "folded:"
RANKS = {"relays": 0, "loop": 1, "cited": 2, "may derive": 3, "linked": 4}
TOLD_APART = frozenset({"loop", "may derive"})
"""Lines that are drawn beside the surest one where both their ends are."""


def is_folded(node: str) -> bool:
    """Tell whether a mark stands for several that are folded."""
    return node.startswith(FOLDED)


def fold_provenance(provenance: Provenance) -> Provenance:
    """Return the tree that is drawn."""
    if len(provenance.edges) <= MOST_LINES:
        return provenance
    best: dict[str, ProvenanceEdge] = {}
    for edge in sorted(provenance.edges, key=lambda one: (RANKS.get(one.kind, 5), -one.probability, one.parent)):
        best.setdefault(edge.child, edge)
    parents = _cut_circles({child: edge.parent for child, edge in best.items()})
    kept, folded = _choose_marks([node.id for node in provenance.nodes], parents)
    edges = [
        edge
        for edge in provenance.edges
        if {edge.parent, edge.child} <= kept and (best[edge.child] is edge or edge.kind in TOLD_APART)
    ]
    marks = [node for node in provenance.nodes if node.id in kept]
    return Provenance(
        nodes=(*marks, *(_make_mark(parent, count) for parent, count in sorted(folded.items()))),
        edges=(*edges[:MOST_LINES], *(_make_line(parent, count) for parent, count in sorted(folded.items()))),
    )


def _cut_circles(parents: Mapping[str, str]) -> dict[str, str]:
    """Return the parents without the line that closes a circle."""
    cut: dict[str, str] = {}
    for child, parent in sorted(parents.items()):
        above = parent
        while above in cut and above != child:
            above = cut[above]
        if above != child:
            cut[child] = parent
    return cut


def _choose_marks(nodes: list[str], parents: Mapping[str, str]) -> tuple[set[str], Counter[str]]:
    """Return the marks that most hangs on, from the roots down, and how many are folded under each."""
    sizes, children = Counter(nodes), defaultdict(list)
    for node in nodes:
        if node in parents:
            children[parents[node]].append(node)
        above = node
        while above in parents:
            above = parents[above]
            sizes[above] += 1
    waiting = [(-sizes[node], node) for node in nodes if node not in parents]
    heapq.heapify(waiting)
    kept: set[str] = set()
    folded: Counter[str] = Counter()
    while waiting and len(kept) < MOST_MARKS:
        _, node = heapq.heappop(waiting)
        kept.add(node)
        order = sorted(children[node], key=lambda one: (-sizes[one], one))
        for one in order[:MOST_CHILDREN]:
            heapq.heappush(waiting, (-sizes[one], one))
        folded[node] += sum(sizes[one] for one in order[MOST_CHILDREN:])
    for size, node in waiting:
        if node in parents:
            folded[parents[node]] -= size
    return kept, Counter({node: count for node, count in folded.items() if count})


def _make_mark(parent: str, count: int) -> ProvenanceNode:
    return ProvenanceNode(
        id=f"{FOLDED}{parent}",
        kind="report",
        label=f"{count_things(count, 'more report')}",
        detail="folded; see the list",
        when=None,
    )


def _make_line(parent: str, count: int) -> ProvenanceEdge:
    told = f"{count_things(count, 'more report')} hang on this one; they stand in the list."
    return ProvenanceEdge(
        parent=parent,
        child=f"{FOLDED}{parent}",
        kind="relays",
        probability=1.0,
        low=1.0,
        high=1.0,
        reason=Reason(rule="folded", sentence=told),
    )
