"""Who said what, once an analyst has judged it?

A judged assertion takes the place of what the machine found at the same words; the rest stays a suggestion.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from firsthand.attribution.outlets import Outlets
from firsthand.attribution.readings import change_attribution, sort_readings
from firsthand.model import (
    Attribution,
    AttributionId,
    Case,
    ContentKind,
    EvidenceId,
    Mention,
    Problem,
    Quote,
    Reading,
    Reason,
    Report,
    Source,
    SourceId,
    SourceKind,
    record,
)


@record
class JudgedAttributions:
    """Attributions and sources with the case's judgements in place.

    `placed` tells the attribution of each assertion, statement and observation that has one; `readings` the judgements
    that are followed, `problems` those that cannot be any more.
    """

    attributions: tuple[Attribution, ...]
    sources: tuple[Source, ...]
    placed: Mapping[EvidenceId, AttributionId]
    readings: tuple[Reading, ...] = ()
    problems: tuple[Problem, ...] = ()


@record
class _Voice:
    """What a judgement says of some words: whose they are, through whom, and on which side."""

    id: EvidenceId
    title: str
    source: Source
    quote: Quote
    denies: bool = False
    via: tuple[str, ...] = ()


def judge_attributions(
    case: Case, attributions: Sequence[Attribution], sources: Sequence[Source]
) -> JudgedAttributions:
    """Return the attributions as they were read, the case's assertions and statements in place of those at their words.

    What an analyst rejected is left out, what he added is put in, what he corrected keeps its id. A machine's
    source that turns out to be one of the case's is known by the case's name from then on.
    """
    profiles = {profile.source.id: profile for profile in case.profiles}
    reports = {report.id: report for report in case.reports}
    outlets = Outlets(sources, profiles)
    read = sort_readings(case, attributions, outlets)
    kept = {attribution.id: attribution for attribution in (*read.kept, *read.added)}
    judged: dict[EvidenceId, Attribution] = {}
    known_as: dict[SourceId, set[SourceId]] = {}
    voices = _list_voices(case)
    for voice in voices:
        found = _find_overlap(voice.quote, kept.values())
        if found is not None:
            del kept[found.id]
            known_as.setdefault(found.source, set()).add(voice.source.id)
        report = reports[voice.quote.span.report]
        judged[voice.id] = _place_voice(voice, found, report, outlets)
    renamed = {name: next(iter(names)) for name, names in known_as.items() if len(names) == 1}
    rest = [_rename_source(attribution, renamed) for attribution in kept.values()]
    everything = [*judged.values(), *rest]
    for place, one in enumerate(everything):
        if one.id in read.changing:
            changed = change_attribution(
                one, read.changing[one.id], reports[one.report], outlets, named=place >= len(judged)
            )
            everything[place] = _rename_source(changed, renamed)
    known = {source.id: source for source in (*sources, *outlets.made) if source.id not in renamed}
    known |= {profile.source.id: profile.source for profile in case.profiles}
    known |= {voice.source.id: voice.source for voice in voices}
    order = {report.id: place for place, report in enumerate(case.reports)}
    everything.sort(key=lambda a: (order[a.report], a.content.spans, a.id))
    seen = {one.id: _find_overlap(one.quote, rest) for one in case.observations}
    return JudgedAttributions(
        attributions=tuple(everything),
        sources=tuple(known[key] for key in sorted(known)),
        placed={key: a.id for key, a in judged.items()} | {key: a.id for key, a in seen.items() if a is not None},
        readings=read.held,
        problems=read.problems,
    )


def _list_voices(case: Case) -> list[_Voice]:
    """Return what is judged to be whose; a purported statement speaks for itself, never for the author it names."""
    sources = {profile.source.id: profile.source for profile in case.profiles}
    said = [
        _Voice(id=one.id, title=one.title, source=sources[one.source], quote=one.quote, denies=one.denies, via=one.via)
        for one in case.assertions
    ]
    return said + [
        _Voice(
            id=one.id,
            title=one.title,
            source=Source(
                id=SourceId(f"purported-{one.id}"), name=one.title, kind=SourceKind.DOCUMENT, names=(one.title,)
            ),
            quote=one.quote,
        )
        for one in case.statements
    ]


def _find_overlap(quote: Quote, attributions: Iterable[Attribution]) -> Attribution | None:
    span = quote.span
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


def _place_voice(voice: _Voice, found: Attribution | None, report: Report, outlets: Outlets) -> Attribution:
    outlet = outlets.find(report.publisher or report.path)
    relays = [outlets.find(name) for name in voice.via]
    reason = Reason(rule="judged", sentence=f"Judged by the analyst: {voice.title}.", quotes=(voice.quote,))
    return replace(
        found if found is not None else _quote_voice(voice, reason),
        source=voice.source.id,
        source_kind=voice.source.kind,
        chain=tuple(dict.fromkeys((outlet, *relays, voice.source.id))),
        polarity=-1 if voice.denies else 1,
        probability=1.0,
        reason=reason,
    )


def _quote_voice(voice: _Voice, reason: Reason) -> Attribution:
    span = voice.quote.span
    digest = hashlib.sha256(f"{voice.id} {span.report} {span.start}".encode()).hexdigest()[:12]
    return Attribution(
        id=AttributionId(f"a-{digest}"),
        report=span.report,
        source=voice.source.id,
        source_mention=Mention(text=""),
        source_kind=SourceKind.UNNAMED,
        cue=Mention(text=""),
        cue_class="judged",
        content=Mention(text=voice.quote.text, spans=((span.start, span.end),)),
        content_kind=ContentKind.INDIRECT,
        chain=(voice.source.id,),
        hedge=0.0,
        polarity=1,
        probability=1.0,
        reason=reason,
    )


def _rename_source(attribution: Attribution, renamed: Mapping[SourceId, SourceId]) -> Attribution:
    chain = tuple(dict.fromkeys(renamed.get(link, link) for link in attribution.chain))
    return replace(attribution, source=renamed.get(attribution.source, attribution.source), chain=chain)
