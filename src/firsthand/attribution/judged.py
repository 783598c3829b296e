"""Who said what, once an analyst has judged it?

A judged assertion takes the place of what the machine found at the same words; the rest stays a suggestion.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from firsthand.model import (
    Assertion,
    Attribution,
    AttributionId,
    Case,
    ContentKind,
    EvidenceId,
    Mention,
    Profile,
    Reason,
    Report,
    Source,
    SourceId,
    SourceKind,
    record,
)


@record
class JudgedAttributions:
    """Attributions and sources with the case's judgements in place; `of_assertion` tells which is whose."""

    attributions: tuple[Attribution, ...]
    sources: tuple[Source, ...]
    of_assertion: Mapping[EvidenceId, AttributionId]


def judge_attributions(
    case: Case, attributions: Sequence[Attribution], sources: Sequence[Source]
) -> JudgedAttributions:
    """Return the attributions with the case's assertions in place of the machine's at the same words.

    A machine's source that turns out to be one of the case's is known by the case's name from then on.
    """
    profiles = {profile.source.id: profile for profile in case.profiles}
    reports = {report.id: report for report in case.reports}
    outlets = _Outlets(sources, profiles)
    kept = {attribution.id: attribution for attribution in attributions}
    judged: dict[EvidenceId, Attribution] = {}
    renamed: dict[SourceId, SourceId] = {}
    for assertion in case.assertions:
        found = _find_overlap(assertion, kept.values())
        if found is not None:
            del kept[found.id]
            if found.source_kind is SourceKind.NAMED:
                renamed[found.source] = assertion.source
        report = reports[assertion.quote.span.report]
        judged[assertion.id] = _place_assertion(assertion, found, report, profiles, outlets)
    rest = [_rename_source(attribution, renamed) for attribution in kept.values()]
    known = {source.id: source for source in (*sources, *outlets.made) if source.id not in renamed}
    known |= {profile.source.id: profile.source for profile in case.profiles}
    order = {report.id: place for place, report in enumerate(case.reports)}
    everything = sorted([*judged.values(), *rest], key=lambda a: (order[a.report], a.content.spans, a.id))
    return JudgedAttributions(
        attributions=tuple(everything),
        sources=tuple(known[key] for key in sorted(known)),
        of_assertion={key: attribution.id for key, attribution in judged.items()},
    )


class _Outlets:
    """Publishers and relays by name: those the machine found, and those made for names it did not meet."""

    def __init__(self, sources: Sequence[Source], profiles: Mapping[SourceId, Profile]) -> None:
        self._by_name = {name.casefold(): s.id for s in reversed(sources) for name in (s.name, *s.names)}
        self._by_name |= {p.source.name.casefold(): p.source.id for p in profiles.values()}
        self._by_name |= {str(key).casefold(): key for key in profiles}
        self.made: list[Source] = []

    def find(self, name: str) -> SourceId:
        """Return the id of the source so called, making one where there is none."""
        key = name.casefold()
        if key not in self._by_name:
            source = SourceId("s-" + "-".join("".join(c if c.isalnum() else " " for c in key).split()))
            self._by_name[key] = source
            self.made.append(Source(id=source, name=name, kind=SourceKind.GROUP, names=(name,)))
        return self._by_name[key]


def _find_overlap(assertion: Assertion, attributions: Iterable[Attribution]) -> Attribution | None:
    span = assertion.quote.span
    best: tuple[float, Attribution] | None = None
    for attribution in attributions:
        if attribution.report != span.report:
            continue
        shared = sum(max(0, min(end, span.end) - max(start, span.start)) for start, end in attribution.content.spans)
        length = sum(end - start for start, end in attribution.content.spans)
        score = shared / max(1, min(length, span.end - span.start))
        if score >= 0.5 and (best is None or score > best[0]):
            best = (score, attribution)
    return best[1] if best else None


def _place_assertion(
    assertion: Assertion,
    found: Attribution | None,
    report: Report,
    profiles: Mapping[SourceId, Profile],
    outlets: _Outlets,
) -> Attribution:
    quote = assertion.quote
    profile = profiles[assertion.source]
    outlet = outlets.find(report.publisher or report.path)
    relays = [outlets.find(name) for name in assertion.via]
    chain = tuple(dict.fromkeys((outlet, *relays, assertion.source)))
    reason = Reason(rule="judged", sentence=f"Judged by the analyst: {assertion.title}.", quotes=(quote,))
    base = found if found is not None else _quote_assertion(assertion, reason)
    return replace(
        base,
        source=assertion.source,
        source_kind=profile.source.kind,
        chain=chain,
        polarity=-1 if assertion.denies else 1,
        probability=1.0,
        reason=reason,
    )


def _quote_assertion(assertion: Assertion, reason: Reason) -> Attribution:
    quote = assertion.quote
    digest = hashlib.sha256(f"{assertion.id} {quote.span.report} {quote.span.start}".encode()).hexdigest()[:12]
    return Attribution(
        id=AttributionId(f"a-{digest}"),
        report=quote.span.report,
        source=assertion.source,
        source_mention=Mention(text=""),
        source_kind=SourceKind.UNNAMED,
        cue=Mention(text=""),
        cue_class="judged",
        content=Mention(text=quote.text, spans=((quote.span.start, quote.span.end),)),
        content_kind=ContentKind.INDIRECT,
        chain=(assertion.source,),
        hedge=0.0,
        polarity=1,
        probability=1.0,
        reason=reason,
    )


def _rename_source(attribution: Attribution, renamed: Mapping[SourceId, SourceId]) -> Attribution:
    chain = tuple(dict.fromkeys(renamed.get(link, link) for link in attribution.chain))
    return replace(attribution, source=renamed.get(attribution.source, attribution.source), chain=chain)
