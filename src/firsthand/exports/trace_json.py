"""How does a trace look as JSON? (schema firsthand.trace/1: fields may be added, none renamed)"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from firsthand.model import (
    Attribution,
    Claim,
    Count,
    Derivation,
    DerivationKind,
    Mention,
    Origin,
    Period,
    Problem,
    Quote,
    Report,
    Source,
    SourceId,
    SourceKind,
    Span,
    Trace,
)

Json = Mapping[str, object]
PROV = {
    DerivationKind.QUOTED: DerivationKind.QUOTED,
    DerivationKind.COPIED: DerivationKind.QUOTED,
    DerivationKind.PRIMARY: DerivationKind.PRIMARY,
    DerivationKind.REVISED: DerivationKind.REVISED,
}
"""The relation of W3C PROV that each kind of derivation is; the others are plainly "derived"."""


def describe_trace(trace: Trace) -> Json:
    """Return the trace as plain data in the fixed form `firsthand.trace/1`; offsets count characters of `text`."""
    names = {source.id: source.name for source in trace.sources}
    return {
        "schema": "firsthand.trace/1",
        "reports": [describe_report(report) for report in trace.reports],
        "attributions": [describe_attribution(attribution, names) for attribution in trace.attributions],
        "sources": [describe_source(source) for source in trace.sources],
        "claims": [describe_claim(claim) for claim in trace.claims],
        "derivations": [describe_derivation(derivation) for derivation in trace.derivations],
        "origins": [describe_origin(origin, trace.sources) for origin in trace.origins],
        "summary": {
            "reports": len(trace.reports),
            "publishers": trace.publishers,
            "origins": describe_count(trace.voices),
            "disinterested": trace.disinterested,
        },
        "problems": [describe_problem(problem) for problem in trace.problems],
    }


def describe_report(report: Report) -> Json:
    """Return a report; `published` is an ISO 8601 date, time or interval, or null."""
    return {
        "id": report.id,
        "path": report.path,
        "title": report.title,
        "publisher": report.publisher,
        "url": report.url,
        "published": describe_period(report.published),
        "retrieved": describe_period(report.retrieved),
        "language": report.language,
        "text": report.text,
        "body": [list(pair) for pair in report.body],
        "parts": [{"kind": part.kind.value, "text": part.text, "span": part.span} for part in report.parts],
        "links": [{"url": link.url, "text": link.text, "span": link.span, "rel": link.rel} for link in report.links],
        "problems": [describe_problem(problem) for problem in report.problems],
    }


def describe_period(period: Period | None) -> str | None:
    """Return a day as a date, a minute as a time, anything else as an interval start/end (ISO 8601)."""
    if period is None:
        return None
    width = (period.end - period.start).total_seconds()
    midnight = period.start.time().isoformat() == "00:00:00"
    if width == 86400 and midnight:
        return period.start.date().isoformat()
    if width <= 60:
        return period.start.isoformat(timespec="minutes")
    return f"{period.start.isoformat(timespec='minutes')}/{period.end.isoformat(timespec='minutes')}"


def describe_attribution(attribution: Attribution, names: Mapping[SourceId, str]) -> Json:
    """Return an attribution with the spans of its source, cue and content.

    The source's `text` is as it stands there ("she"), its `name` who that is.
    """
    return {
        "id": attribution.id,
        "report": attribution.report,
        "source": {
            **_describe_mention(attribution.source_mention),
            "kind": attribution.source_kind.value,
            "id": attribution.source,
            "name": names.get(attribution.source, ""),
            "plural": attribution.plural,
            "access": attribution.access,
            "anonymity": attribution.anonymity,
        },
        "cue": {**_describe_mention(attribution.cue), "class": attribution.cue_class},
        "content": {**_describe_mention(attribution.content), "kind": attribution.content_kind.value},
        "chain": list(attribution.chain),
        "hedge": attribution.hedge,
        "polarity": attribution.polarity,
        "probability": attribution.probability,
        "reason": attribution.reason.sentence,
    }


def describe_source(source: Source) -> Json:
    """Return a source; null where it is unknown whom it speaks for."""
    return {
        "id": source.id,
        "name": source.name,
        "kind": source.kind.value,
        "speaks_for": source.speaks_for or None,
        "names": list(source.names),
    }


def describe_claim(claim: Claim) -> Json:
    """Return a claim with its slots gathered by name and its discrepancies."""
    return {
        "id": claim.id,
        "sentence": claim.sentence,
        "matter": claim.matter,
        "slots": [
            {
                "slot": slot.name,
                "value": slot.value,
                "period": describe_period(slot.period),
                "attribution": slot.attribution,
                "span": slot.span,
            }
            for slot in claim.slots
        ],
        "attributions": list(claim.attributions),
        "origins": describe_count(claim.origins),
        "discrepancies": [
            {
                "slot": found.slot,
                "verdict": found.verdict,
                "values": [{"attribution": attribution, "value": value} for attribution, value in found.values],
            }
            for found in claim.discrepancies
        ],
    }


def describe_derivation(derivation: Derivation) -> Json:
    """Return a derivation; its parent is a span of a report or a latent source, `prov` its relation in W3C PROV."""
    parent: Json = {"latent": derivation.latent}
    if derivation.parent is not None:
        parent = _describe_place(derivation.parent)
    return {
        "child": _describe_place(derivation.child),
        "parent": parent,
        "kind": derivation.kind.value,
        "prov": PROV.get(derivation.kind, DerivationKind.DERIVED).value,
        "probability": derivation.probability,
        "directed": derivation.directed,
        "reason": derivation.reason.sentence,
        "rule": derivation.reason.rule,
        "quotes": [describe_quote(quote) for quote in derivation.reason.quotes],
        "child_attribution": derivation.child_attribution,
        "parent_attribution": derivation.parent_attribution,
    }


def describe_origin(origin: Origin, sources: Sequence[Source]) -> Json:
    """Return an origin with the name and kind of its source."""
    kinds = {source.id: source.kind for source in sources}
    return {
        "id": origin.id,
        "source": origin.source,
        "kind": kinds.get(origin.source, SourceKind.UNNAMED).value,
        "latent": origin.latent,
        "attributions": list(origin.attributions),
        "reports": list(origin.reports),
    }


def describe_count(count: Count | None) -> Json | None:
    """Return a count of voices as low, expected and high."""
    return None if count is None else {"low": count.low, "expected": count.expected, "high": count.high}


def describe_quote(quote: Quote) -> Json:
    """Return a quotation and where it stands."""
    return {"report": quote.span.report, "start": quote.span.start, "end": quote.span.end, "quote": quote.text}


def describe_problem(problem: Problem) -> Json:
    """Return something that could not be read or used."""
    return {"where": problem.where, "what": problem.what, "remedy": problem.remedy}


def _describe_mention(mention: Mention) -> Json:
    return {"text": mention.text, "spans": [list(pair) for pair in mention.spans]}


def _describe_place(span: Span) -> Json:
    return {"report": span.report, "span": [span.start, span.end]}
