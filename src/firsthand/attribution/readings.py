"""What did an analyst make of each attribution that the machine found, and which did it miss?

What is rejected is left out, what is missing is put in, and what is corrected keeps its id: the machine's own
suggestion can be found again under it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from firsthand.attribution.outlets import Outlets
from firsthand.model import (
    Attribution,
    AttributionId,
    Case,
    ContentKind,
    Mention,
    Problem,
    Quote,
    Reading,
    Reason,
    Report,
    SourceKind,
    Span,
    Verdict,
    record,
)

Spans = tuple[tuple[int, int], ...]
WHERE = "judgements.jsonl"
CHANGING = (Verdict.ACCEPTED, Verdict.CORRECTED)
REMEDY = "Judge it again where it stands now; the record keeps what was judged."


@record
class Read:
    """What is left of the machine's attributions, what was added to them, and the readings that still hold.

    `changing` are those of the held ones that change an attribution that was found.
    """

    kept: tuple[Attribution, ...]
    added: tuple[Attribution, ...]
    held: tuple[Reading, ...]
    changing: Mapping[AttributionId, Reading]
    problems: tuple[Problem, ...]


def sort_readings(case: Case, attributions: Sequence[Attribution], outlets: Outlets) -> Read:
    """Return the attributions without the rejected and with the added ones, and the readings that change the rest.

    A reading of what is found no more, or whose words stand there no more, is a problem and changes nothing.
    """
    found = {one.id: one for one in attributions}
    reports = {report.id: report for report in case.reports}
    paths = {report.path: report for report in case.reports}
    told: dict[AttributionId, Reading] = {}
    problems: list[Problem] = []
    for one in case.readings:
        held = found.get(one.attribution)
        report = paths.get(one.report) if one.verdict is Verdict.ADDED else reports[held.report] if held else None
        fault = _find_fault(case, one, report)
        if fault:
            problems.append(_tell_problem(one, fault))
        else:
            told[one.attribution] = one
    added = [_make_added(one, paths[one.report], outlets) for one in told.values() if one.verdict is Verdict.ADDED]
    rejected = {name for name, one in told.items() if one.verdict is Verdict.REJECTED}
    return Read(
        kept=tuple(one for one in attributions if one.id not in rejected),
        added=tuple(added),
        held=tuple(told.values()),
        changing={name: one for name, one in told.items() if one.verdict in CHANGING},
        problems=tuple(problems),
    )


def change_attribution(
    attribution: Attribution, reading: Reading, report: Report, outlets: Outlets, *, named: bool = True
) -> Attribution:
    """Return an attribution as it was judged, certain now; who said it is left as it is unless `named`."""
    changed = replace(
        attribution,
        source_mention=_make_mention(report, reading.source) or attribution.source_mention,
        cue=_make_mention(report, reading.cue) or attribution.cue,
        content=_make_mention(report, reading.content) or attribution.content,
        probability=1.0,
        hedge=attribution.hedge if reading.hedge is None else reading.hedge,
        polarity=attribution.polarity if reading.denies is None else -1 if reading.denies else 1,
        reason=_explain(reading, report, reading.content or attribution.content.spans),
    )
    if not (reading.named and named):
        return changed
    source = outlets.find(reading.named, SourceKind.NAMED)
    return replace(changed, source=source, chain=tuple(dict.fromkeys((*changed.chain[:-1], source))))


def _find_fault(case: Case, one: Reading, report: Report | None) -> str:
    """Return why a reading cannot be followed any more, or nothing."""
    if report is None:
        gone = f"the report {one.report} is" if one.verdict is Verdict.ADDED else "it is"
        return f"{gone} no longer there"
    spans = [span for piece in (one.source, one.cue, one.content) for span in piece or ()]
    if any(end > len(report.text) for _, end in spans):
        return f"its words lie beyond the end of {report.path}"
    if one.said and one.content and _flatten(_join(report, one.content)) != _flatten(one.said):
        return f"“{_shorten(one.said)}” does not stand in {report.path} where it did"
    if one.claim is not None and one.claim not in {claim.id for claim in case.claims}:
        return f"there is no claim '{one.claim}' in this case any more"
    return ""


def _tell_problem(one: Reading, fault: str) -> Problem:
    who = f"{one.judgement.who} judged on {one.judgement.when:%Y-%m-%d}"
    return Problem(where=WHERE, what=f"attribution {one.attribution}, which {who}, is left out: {fault}", remedy=REMEDY)


def _make_added(one: Reading, report: Report, outlets: Outlets) -> Attribution:
    content, source = one.content or (), _join(report, one.source or ())
    outlet = outlets.find(report.publisher or report.path)
    speaker = outlets.find(one.named or source or report.publisher or report.path, SourceKind.NAMED)
    return Attribution(
        id=one.attribution,
        report=report.id,
        source=speaker,
        source_mention=_make_mention(report, one.source) or Mention(text=""),
        source_kind=SourceKind.NAMED,
        cue=_make_mention(report, one.cue) or Mention(text=""),
        cue_class="judged",
        content=Mention(text=_join(report, content), spans=content),
        content_kind=ContentKind.INDIRECT,
        chain=tuple(dict.fromkeys((outlet, speaker))),
        hedge=one.hedge or 0.0,
        polarity=-1 if one.denies else 1,
        probability=1.0,
        reason=_explain(one, report, content),
    )


def _explain(one: Reading, report: Report, content: Spans) -> Reason:
    told = one.judgement
    quotes = (Quote(span=Span(report=report.id, start=s, end=e), text=report.text[s:e]) for s, e in content[:1])
    sentence = f"{one.verdict.capitalize()} by {told.who} on {told.when:%Y-%m-%d}: {told.why}"
    return Reason(rule="judged", sentence=sentence if sentence[-1:] in ".!?" else f"{sentence}.", quotes=tuple(quotes))


def _make_mention(report: Report, spans: Spans | None) -> Mention | None:
    return None if spans is None else Mention(text=_join(report, spans), spans=spans)


def _join(report: Report, spans: Spans) -> str:
    return " ".join(report.text[start:end] for start, end in spans)


def _flatten(words: str) -> str:
    return " ".join(words.split())


def _shorten(words: str) -> str:
    flat = _flatten(words)
    return flat if len(flat) <= 60 else f"{flat[:57]}…"
