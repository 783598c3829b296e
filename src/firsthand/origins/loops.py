"""Who cites each other in a circle?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from firsthand.model import AttributionId, Derivation, DerivationKind, Report, ReportId
from firsthand.origins.groups import Groups
from firsthand.origins.index import name_words

LIKELY = 0.5

Node = frozenset[str] | ReportId
Edge = tuple[Node, Node, Derivation]


def find_loops(reports: Sequence[Report], derivations: Sequence[Derivation]) -> tuple[tuple[ReportId, ...], ...]:
    """Return the circles among directed derivations: reports each of which has it from the next.

    Within what is said on one matter, all reports of a publisher count as one mark: a portal that cites a radio that
    had it from the portal's earlier page is a circle, and neither corroborates the other.
    """
    likely = [d for d in derivations if d.directed and d.parent and d.probability >= LIKELY]
    found = {_list_reports(circle) for circle in _find_circles([_join_reports(d) for d in likely])}
    publisher = {report.id: name_words(report.publisher) for report in reports}
    for same in _split_by_matter(likely):
        edges = [_join_publishers(d, publisher) for d in same if d.kind is not DerivationKind.REVISED]
        found |= {_list_reports(circle) for circle in _find_circles(edges)}
    return tuple(sorted(found))


def _join_reports(derivation: Derivation) -> Edge:
    """Return the edge from child to parent, report by report."""
    parent = derivation.parent or derivation.child
    return derivation.child.report, parent.report, derivation


def _join_publishers(derivation: Derivation, publisher: Mapping[ReportId, frozenset[str]]) -> Edge:
    """Return the edge from child to parent, publisher by publisher."""
    child, parent, _ = _join_reports(derivation)
    return publisher.get(ReportId(str(child))) or child, publisher.get(ReportId(str(parent))) or parent, derivation


def _split_by_matter(derivations: Sequence[Derivation]) -> list[list[Derivation]]:
    """Return the derivations between attributions, those that hang together in one list."""
    ends = [(d.child_attribution, d.parent_attribution) for d in derivations]
    groups = Groups[AttributionId](list(dict.fromkeys(a for pair in ends if all(pair) for a in pair if a)))
    joined = [d for d in derivations if d.child_attribution and d.parent_attribution]
    for d in joined:
        if d.child_attribution and d.parent_attribution:
            groups.join(d.child_attribution, d.parent_attribution)
    found: dict[AttributionId, list[Derivation]] = {}
    for d in joined:
        if d.child_attribution:
            found.setdefault(groups.find(d.child_attribution), []).append(d)
    return list(found.values())


def _find_circles(edges: Sequence[Edge]) -> list[list[Derivation]]:
    """Return the derivations of each circle: those between marks that reach each other."""
    ahead: dict[Node, set[Node]] = {}
    for child, parent, _ in edges:
        if child != parent:
            ahead.setdefault(child, set()).add(parent)
    reached = {node: _reach(node, ahead) for node in ahead}
    circles: dict[frozenset[Node], list[Derivation]] = {}
    for child, parent, derivation in edges:
        if child != parent and child in reached.get(parent, set()):
            ring = frozenset(n for n in reached[child] if child in reached.get(n, set()))
            circles.setdefault(ring, []).append(derivation)
    return list(circles.values())


def _reach(start: Node, ahead: Mapping[Node, set[Node]]) -> set[Node]:
    """Return the marks that can be reached from one."""
    seen: set[Node] = set()
    left = [start]
    while left:
        for node in ahead.get(left.pop(), set()) - seen:
            seen.add(node)
            left.append(node)
    return seen


def _list_reports(circle: Sequence[Derivation]) -> tuple[ReportId, ...]:
    """Return the reports of a circle, in order."""
    return tuple(sorted({span.report for d in circle for span in (d.child, d.parent) if span}))
