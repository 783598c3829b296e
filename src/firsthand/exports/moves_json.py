"""How do an explanation, a what-if and the findings of a check look as JSON?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from firsthand.exports.assessment_json import describe_posterior
from firsthand.exports.spread_json import describe_edge
from firsthand.exports.trace_json import describe_quote
from firsthand.model import Explanation, Finding, Severity, WhatIf

Json = Mapping[str, object]


def describe_explanation(found: Explanation) -> Json:
    """Return what stands behind one number (schema firsthand.explanation/1)."""
    return {
        "schema": "firsthand.explanation/1",
        "id": found.id,
        "title": found.title,
        "lines": list(found.lines),
        "spans": [describe_quote(quote) for quote in found.quotes],
        "shared": [describe_edge(edge) for edge in found.shared],
    }


def describe_what_if(outcome: WhatIf) -> Json:
    """Return what some moves do to every hypothesis (schema firsthand.what-if/1)."""
    moves = zip(outcome.moves, outcome.alone, strict=True)
    return {
        "schema": "firsthand.what-if/1",
        "asked": outcome.asked,
        "moves": [{"about": m[0], "from": m[1], "to": m[2], "alone": alone} for m, alone in moves],
        "before": [describe_posterior(posterior) for posterior in outcome.before],
        "after": [describe_posterior(posterior) for posterior in outcome.after],
    }


def describe_findings(findings: Sequence[Finding]) -> Json:
    """Return what a check found wanting (schema firsthand.check/1)."""
    return {
        "schema": "firsthand.check/1",
        "findings": [_describe_finding(found) for found in findings],
    }


def describe_custody(findings: Sequence[Finding], held: tuple[int, int, str]) -> Json:
    """Return what a check of custody found; `held`: entries, files and head of the log (schema firsthand.custody/1)."""
    entries, files, head = held
    return {
        "schema": "firsthand.custody/1",
        "holds": all(found.severity == Severity.NOTE for found in findings),
        "entries": entries,
        "files": files,
        "head": head,
        "findings": [_describe_finding(found) for found in findings],
    }


def _describe_finding(found: Finding) -> Json:
    return {"severity": found.severity.value, "where": found.where, "what": found.what, "remedy": found.remedy}
