"""Who really said what, in each report of a pile?"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from firsthand.attribution.cues import Pack, guess_language, load_pack
from firsthand.attribution.grammar.hits import Finding, Stretch
from firsthand.attribution.grammar.statements import is_statement, read_own_statements
from firsthand.attribution.learnt.linker import Model
from firsthand.attribution.learnt.settling import settle_findings
from firsthand.attribution.learnt.trained import SETTINGS, load_model, load_thresholds
from firsthand.attribution.mixing import mix_findings
from firsthand.attribution.passages import Reading, read_stretch
from firsthand.attribution.plugins import Proposed
from firsthand.attribution.who.chains import Draft, draw_chains
from firsthand.attribution.who.identify import ReportCast, identify_sources
from firsthand.attribution.who.mentions import find_access, find_anonymity
from firsthand.attribution.who.unnamed import find_access as read_access
from firsthand.attribution.who.unnamed import find_anonymity as read_anonymity
from firsthand.attribution.who.unnamed import find_later
from firsthand.errors import InputError
from firsthand.model import (
    Attribution,
    AttributionId,
    ContentKind,
    Mention,
    Quote,
    Reason,
    Report,
    Source,
    SourceId,
    SourceKind,
    Span,
)

AND_THAT = re.compile(r",?\s+(?:and\s+that|et\s+qu(?:e\s|['’])|und\s+dass|y\s+que)\s*")
AND_THAT_IS = re.compile(r",\s+and\s+that\s+(?:is|was|has|had|will|would|makes?|made|means?|meant)\b")
ANYWHERE = 0.5
# A long further quotation may be a saying of its own or go on with the first. Of quotations divided so in the part of
# training/news that is trained on, 62 of 108 are what was marked, where .85 was said before.
DIVIDED = 0.67
OPENING = "“„«\"‘'‹»"
CLOSING = "”“»\"’'›«"
REASONS = {
    "quoted": "a quotation follows the words of saying",
    "quoted before": "a quotation comes before the words of saying",
    "that clause": "a clause with its conjunction follows the words of saying",
    "clause before": "the clause comes before the words of saying",
    "bare clause": "a clause follows the words of saying",
    "object": "what was said is named after the verb",
    "question": "a question in indirect speech follows the verb",
    "according": "the sentence names the one it accords with",
    "as": "the sentence says whose words it follows",
    "intent": "the verb says what somebody wants said or done",
    "witness": "the verb says what somebody saw, heard or counted",
    "so": "the sentence names the speaker in passing",
    "noun": "a noun such as claim or testimony carries the clause",
    "quoted as saying": "the sentence names who is quoted and who quotes",
    "passive": "the passive names the speaker after by",
    "hearsay": "the sentence says that it is said, and not by whom",
    "said before": "the verb points back to the sentence before",
    "quotation goes on": "a further quotation with no other speaker in between",
    "quotation nearby": "a quotation with no words of saying; the nearest subject is taken for the speaker",
    "quotation alone": "a quotation in a paragraph of its own; the one spoken of before it is taken for the speaker",
    "reported speech": "reported speech goes on in the subjunctive",
    "headline": "a headline names the speaker beside a colon or dash",
    "utterance": "a transcript names the speaker before the words",
    "model": "the words around it are those of an attribution, by what the model learnt",
    "proposed": "an attributor chosen by the user proposes it, and its words stand in the report",
    "own statement": "the issuer of a statement asserts it in its own name",
}


def find_attributions(
    reports: Sequence[Report], setting: str = "balanced", model: Model | None = None, proposed: Proposed | None = None
) -> tuple[tuple[Attribution, ...], tuple[Source, ...]]:
    """Return every attribution found in the reports' bodies, in their order, and the sources these name.

    `setting` says how sure an attribution must be: "precision" for inference, "balanced", "recall" for reading.
    `model` takes the place of the trained one; `proposed` holds what attributors found besides. Offsets count
    characters of `Report.text`. Time is linear in its length; nothing is read outside `Report.body`. Raises InputError
    for an unknown setting.
    """
    least = load_thresholds().get(setting) if model is None else model.weights.least
    if least is None:
        raise InputError(f"there is no setting '{setting}'; there are: {', '.join(SETTINGS)}")
    model = model or load_model(min(least, load_thresholds()["balanced"]))
    casts = tuple(_read_report(report, model, (proposed or {}).get(report.id, ())) for report in reports)
    ids, sources = identify_sources(casts)
    attributions = tuple(a for cast in casts for a in _make_all(cast, ids, apart=setting != "precision"))
    if setting == "precision":
        attributions = tuple(a for a in attributions if a.probability >= least)
    return attributions, sources


def _read_report(report: Report, model: Model, proposed: Sequence[Finding] = ()) -> ReportCast:
    """Return who is met in a report and what they say; statements and other languages are read by rule alone."""
    pack = load_pack(report.language or guess_language(report.text))
    trained = model if pack.language == "en" and not is_statement(report) else None
    found: list[Finding] = []
    for start, end in report.body:
        found += read_stretch(Reading(text=report.text, pack=pack, model=trained), start, end)
    found += read_own_statements(report, found, pack)
    if trained is not None:
        found = settle_findings(found, report.text, report.body, model.weights)
    members, drafts = draw_chains(report, mix_findings(found, proposed), pack)
    return ReportCast(report=report, members=tuple(members), drafts=tuple(drafts))


def _make_all(cast: ReportCast, ids: Mapping[tuple[str, int], SourceId], apart: bool) -> list[Attribution]:
    """Return the attributions of one report, by place, each once; long further quotations `apart` or with the first."""
    pack = load_pack(cast.report.language or guess_language(cast.report.text))
    made: dict[AttributionId, Attribution] = {}
    for draft in cast.drafts:
        contents = _split_content(cast.report.text, draft.finding, apart)
        divided = 1 < len(contents) <= len(draft.finding.content)
        for content in contents:
            attribution = _make_one(cast, draft, content, ids, pack)
            if divided:
                attribution = replace(attribution, probability=DIVIDED * attribution.probability)
            made.setdefault(attribution.id, attribution)
    return sorted(made.values(), key=lambda a: (a.content.spans, a.id))


def _split_content(text: str, finding: Finding, apart: bool) -> list[tuple[Stretch, ...]]:
    """Return a content trimmed of its marks, in parts where it says "that A and that B" or a long quotation follows."""
    spans = [trimmed for s in finding.content if (trimmed := _trim_quotes(text, *s)) is not None]
    if not spans:
        return []
    if len(spans) == 1 and finding.rule in {"that clause", "noun", "bare clause"}:
        return _split_that(text, spans[0])
    return _split_further(spans, finding.sentence[1]) if apart else [tuple(spans)]


def _split_further(spans: Sequence[Stretch], end: int) -> list[tuple[Stretch, ...]]:
    """Return `"A," S said. "B."` as two where B, beyond the sentence's end, says at least as much as what precedes."""
    parts = [[spans[0]]]
    for start, stop in spans[1:]:
        longer = stop - start >= sum(e - s for s, e in parts[-1])
        if start >= end and longer:
            parts.append([(start, stop)])
        else:
            parts[-1].append((start, stop))
    return [tuple(part) for part in parts]


def _split_that(text: str, span: Stretch) -> list[tuple[Stretch, ...]]:
    """Return the two contents of "that A and that B", outside quotation marks; "A, and that is why" ends with A."""
    pieces: list[tuple[Stretch, ...]] = []
    start = span[0]
    for match in AND_THAT.finditer(text, *span):
        if AND_THAT_IS.match(text, match.start(), span[1]):
            return [*pieces, ((start, match.start()),)]
        if any(mark in text[start : match.start()] for mark in '“„«"'):
            break
        pieces.append(((start, match.start()),))
        start = match.end()
    return [*pieces, ((start, span[1]),)]


def _trim_quotes(text: str, start: int, end: int) -> Stretch | None:
    """Return a span without blanks, closing stops and the quotation marks around all of it."""
    for _ in range(3):
        while start < end and text[start].isspace():
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in ".,;:"):
            end -= 1
        if start < end and text[start] in OPENING and _is_outer(text, start, end):
            start += 1
        elif start < end and text[end - 1] in CLOSING and _is_outer(text, start, end):
            end -= 1
    return (start, end) if any(c.isalnum() for c in text[start : min(end, start + 200)]) else None


def _is_outer(text: str, start: int, end: int) -> bool:
    """Say whether a mark at an edge belongs to no quotation that begins or ends inside the span."""
    first, last = text[start], text[end - 1]
    if last in CLOSING and first not in OPENING:
        return not any(mark in text[start : end - 1] for mark in OPENING)
    return not any(mark in text[start + 1 : end - 1] for mark in OPENING + CLOSING if mark not in "'’‘")


def _make_one(
    cast: ReportCast, draft: Draft, content: tuple[Stretch, ...], ids: Mapping[tuple[str, int], SourceId], pack: Pack
) -> Attribution:
    report, finding = cast.report, draft.finding
    source = ids[report.id, draft.who]
    member = cast.members[draft.who]
    spoken = " ".join(report.text[s:e] for s, e in content)
    kind = draft.description.kind if draft.description.words and not draft.description.pronoun else member.kind
    if kind is SourceKind.ROLE and member.kind is SourceKind.UNNAMED:
        kind = member.kind
    sentence = report.text[slice(*finding.sentence)]
    nameless = kind is SourceKind.UNNAMED
    return Attribution(
        id=_make_id(report, content, source),
        report=report.id,
        source=source,
        source_mention=_mention(report, (finding.source,) if finding.source else ()),
        source_kind=kind,
        cue=_mention(report, (finding.cue,) if finding.cue[0] < finding.cue[1] else ()),
        cue_class=finding.entry.cue_class,
        content=_mention(report, content),
        content_kind=_tell_kind(report.text, finding, content, spoken),
        chain=_name_links(cast, draft, ids),
        hedge=_weigh_hedge(finding, sentence, spoken, pack),
        polarity=finding.entry.polarity,
        probability=finding.probability,
        access=_find_clause(report.text, finding, sentence, find_access, read_access) if nameless else "",
        anonymity=_find_clause(report.text, finding, sentence, find_anonymity, read_anonymity)
        if nameless or kind is SourceKind.ROLE
        else "",
        plural=member.plural or draft.description.plural,
        reason=_explain(report, finding),
    )


def _find_clause(
    text: str,
    finding: Finding,
    sentence: str,
    listed: Callable[[str], str],
    read: Callable[[str, Stretch, Stretch, int], str],
) -> str:
    """Return a clause about an unnamed source: by its place beside the source, else by a listed phrase."""
    beside = read(text, finding.source, finding.sentence, finding.cue[0]) if finding.source is not None else ""
    return beside or listed(sentence) or (find_later(text, finding.sentence[1]) if read is read_anonymity else "")


def _make_id(report: Report, content: tuple[Stretch, ...], source: SourceId) -> AttributionId:
    told = f"{report.id}\n{content}\n{source}"
    return AttributionId("a-" + hashlib.sha256(told.encode()).hexdigest()[:12])


def _name_links(cast: ReportCast, draft: Draft, ids: Mapping[tuple[str, int], SourceId]) -> tuple[SourceId, ...]:
    """Return the chain as ids, each once, the originator last."""
    links = [ids[cast.report.id, number] for number in draft.chain]
    before = [link for link in dict.fromkeys(links[:-1]) if link != links[-1]]
    return (*before, links[-1]) if links[-1] != links[0] else (links[0],)


def _mention(report: Report, spans: tuple[Stretch, ...]) -> Mention:
    return Mention(text=" ".join(report.text[s:e] for s, e in spans), spans=spans)


def _tell_kind(text: str, finding: Finding, content: tuple[Stretch, ...], spoken: str) -> ContentKind:
    if finding.direct or all(text[s - 1 : s] in OPENING and s > 0 for s, _ in content):
        return ContentKind.DIRECT
    return ContentKind.MIXED if any(mark in spoken for mark in '“„«"') else ContentKind.INDIRECT


def _weigh_hedge(finding: Finding, sentence: str, spoken: str, pack: Pack) -> float:
    """Return the strongest of the cue's own hedge and the hedging words; weak ones count only in what is said."""
    around, inside = (f" {' '.join(words.lower().split())} " for words in (sentence, spoken))
    strengths = [
        strength
        for words, strength in pack.hedges.items()
        if f" {' '.join(words)} " in (around if strength >= ANYWHERE else inside)
    ]
    return max([finding.entry.hedge, *strengths])


def _explain(report: Report, finding: Finding) -> Reason:
    cue = finding.cue if finding.cue[0] < finding.cue[1] else (finding.source or finding.content[0])
    span = Span(report=report.id, start=cue[0], end=cue[1])
    sentence = REASONS[finding.rule]
    return Reason(
        rule=finding.rule,
        sentence=sentence[0].upper() + sentence[1:] + ".",
        quotes=(Quote(span=span, text=report.text[slice(*cue)]),),
    )
