"""What does the spread of texts look like as plain data?"""

from __future__ import annotations

from collections.abc import Mapping

from firsthand.exports.trace_json import describe_report
from firsthand.model import Family, FamilyEdge, Spread

FACTS = ("id", "path", "title", "publisher", "url", "published", "language")


def describe_spread(spread: Spread) -> Mapping[str, object]:
    """Return the families and the facts of their reports; spans count characters of a report's text."""
    told = [describe_report(report) for report in spread.reports]
    return {
        "schema": "firsthand.spread/1",
        "searched": spread.searched,
        "found": spread.found,
        "families": [_describe_family(family) for family in spread.families],
        "reports": [{name: one[name] for name in FACTS} for one in told],
    }


def _describe_family(family: Family) -> Mapping[str, object]:
    periods = [
        {"from": period.start.isoformat(), "to": period.end.isoformat()} if period else None
        for period in (family.first, family.last)
    ]
    return {
        "number": family.number,
        "size": family.size,
        "reports": list(family.reports),
        "publishers": family.publishers,
        "first": periods[0],
        "last": periods[1],
        "credited": list(family.credited),
        "edges": [describe_edge(edge) for edge in family.edges],
    }


def describe_edge(edge: FamilyEdge) -> Mapping[str, object]:
    """Return what two reports share; spans count characters of each one's text."""
    return {
        "child": edge.child,
        "parent": edge.parent,
        "kind": edge.kind.value,
        "directed": edge.directed,
        "probability": round(edge.probability, 4),
        "contained": {"child": round(edge.child_share, 4), "parent": round(edge.parent_share, 4)},
        "runs": [
            {"child": list(run.first), "parent": list(run.second), "words": run.words, "same": run.same}
            for run in edge.runs
        ],
        "reason": edge.reason.sentence,
    }
