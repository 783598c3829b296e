"""Whom does a report credit for what it passes on?"""

from __future__ import annotations

from collections.abc import Iterator

from firsthand.model import Attribution, ContentKind, Derivation, DerivationKind, ReportId, SourceId, SourceKind, Span
from firsthand.origins.evidence import End, Finding, end_at, join_ends, join_latent
from firsthand.origins.faces import has_own_name
from firsthand.origins.index import Index
from firsthand.origins.institutions import list_parties
from firsthand.origins.lexicon import read_lexicon
from firsthand.origins.matching import end_of_report, find_parent, is_contradicted, kind_of_taking
from firsthand.origins.parties import DISOWNED, name_voices

LIKELY = 0.5
CREDITED = 0.95
CREDITED_WHOLE = 0.85
ABSENT = 0.9
# Cues of those who put something out rather than speak to a reporter.
PUBLISHING = frozenset({"report", "write", "show", "according", "cite"})


def find_credits(index: Index) -> Iterator[Derivation]:
    """Yield what the relay chains of the attributions say: from whom, in the pile or not, each was taken."""
    bodies = frozenset(s.id for s in index.sources.values() if s.kind in (SourceKind.GROUP, SourceKind.DOCUMENT))
    heard = (find_heard(index) - bodies) | find_published(index) | find_doubted(index)
    disowned = {said for said, voice in name_voices(index).items() if voice[1] == DISOWNED}
    for attribution in index.attributions.values():
        yield from _follow_chain(index, attribution, heard, attribution.id in disowned)


def find_heard(index: Index) -> frozenset[SourceId]:
    """Return the originators who speak at first hand in some report: their own, or one that met them alone."""
    return frozenset(a.chain[-1] for a in index.attributions.values() if a.chain and is_first_hand(index, a))


def find_published(index: Index) -> frozenset[SourceId]:
    """Return the sources that are one institution with a publisher of the pile, under another name."""
    pairs = list_parties(index)
    both = [*pairs, *((other, one) for one, other in pairs)]
    return frozenset(one for one, other in both if index.reports_by.get(other) and not index.reports_by.get(one))


def find_doubted(index: Index) -> frozenset[SourceId]:
    """Return the sources that only doubtful attributions speak of: there may be no such source."""
    likely = {s for a in index.attributions.values() if a.probability >= LIKELY for s in a.chain}
    return frozenset(s for a in index.attributions.values() for s in a.chain if s not in likely)


def is_first_hand(index: Index, attribution: Attribution) -> bool:
    """Tell whether a report carries an originator's own words: its own statement, or words it heard itself.

    Words said to many at once ("told reporters") were first said elsewhere.
    """
    chain = attribution.chain
    if len(chain) <= 1:
        return True
    if len(chain) > 2:
        return False
    around = read_around(index, attribution)
    if around & read_lexicon().gathering:
        return False
    heard = around & (read_lexicon().hearing | index.publisher_words[attribution.report])
    return attribution.content_kind is not ContentKind.INDIRECT or bool(heard)


def read_around(index: Index, attribution: Attribution) -> frozenset[str]:
    """Return the words of the sentence around an attribution's cue, or its content where no cue is marked.

    What is said in the content itself is not said of how it was heard.
    """
    start, end = ([*attribution.cue.spans, *attribution.content.spans] or [(0, 0)])[0]
    around = index.sentence_around(attribution.report, start, end)
    words = (index.words[attribution.report][n] for n in index.find_words(around))
    said = attribution.content.spans
    return frozenset(w.text for w in words if not any(begin <= w.start < stop for begin, stop in said))


def _follow_chain(
    index: Index, attribution: Attribution, heard: frozenset[SourceId], disowned: bool
) -> Iterator[Derivation]:
    """Yield the absent relays of one chain, up to the first relay that is a publisher in the pile."""
    last, absent = len(attribution.chain) - 1, False
    for place, relay in enumerate(attribution.chain[1:], start=1):
        held = _find_held(index, attribution, relay)
        if held and place == last and (absent or disowned or is_contradicted(index, attribution, held)):
            return
        if held and (parent := find_parent(index, attribution, held)):
            beyond = _is_heard_beyond(index, attribution, place, parent)
            parent = end_of_report(index, parent.span.report) if beyond else parent
            yield _join_credited(index, attribution, relay, parent)
            if not beyond:
                return
        if not held and not (absent and place == last) and _is_absent(index, attribution, place, heard):
            absent = True
            yield _join_absent(index, attribution, relay)


def _find_held(index: Index, attribution: Attribution, relay: SourceId) -> tuple[ReportId, ...]:
    """Return the reports in the pile that a relay put out, other than the child's own publisher's."""
    return tuple(
        report
        for report in index.reports_by.get(relay, ())
        if report != attribution.report and not index.same_publisher(report, attribution.report)
    )


def _is_absent(index: Index, attribution: Attribution, place: int, heard: frozenset[SourceId]) -> bool:
    """Tell whether what is passed on was first put out by a relay or originator that is not in the pile.

    An outlet or document that is named and has no report in the pile under another name; somebody named whose words
    came through an outlet, or who spoke to many at once. Whoever simply told the report has his first utterance in it,
    whether it is quoted or not; and what one person told another was put out by nobody. `heard`: those who are taken
    not to be absent.
    """
    relay, last = attribution.chain[place], place == len(attribution.chain) - 1
    kind = index.sources[relay].kind if relay in index.sources else SourceKind.UNNAMED
    published = _is_body(index, relay) and has_own_name(index.name_source(relay))
    if kind is SourceKind.NAMED:
        dispatch = any(_is_body(index, link) for link in attribution.chain[1:place]) and relay not in heard
        return last and (dispatch or (place == 1 and bool(read_around(index, attribution) & read_lexicon().gathering)))
    if relay in heard:
        return False
    return published and (not last or (place == 1 and attribution.cue_class in PUBLISHING))


def _is_heard_beyond(index: Index, attribution: Attribution, place: int, parent: End) -> bool:
    """Tell whether the originator speaks in the reports of a later relay of the chain, and not in what was matched."""
    if not parent.attribution or index.attributions[parent.attribution].chain[-1] == attribution.chain[-1]:
        return False
    later = {report for relay in attribution.chain[place + 1 : -1] for report in _find_held(index, attribution, relay)}
    return any(a.chain[-1] == attribution.chain[-1] for report in later for a in index.said_in[report] if a.chain)


def _is_body(index: Index, source: SourceId) -> bool:
    """Tell whether a source is an outlet, an institution or a document, and no person."""
    held = index.sources.get(source)
    return held is not None and held.kind in (SourceKind.GROUP, SourceKind.DOCUMENT)


def _join_credited(index: Index, attribution: Attribution, relay: SourceId, parent: End) -> Derivation:
    """Return the derivation from the relay's own report."""
    finding = Finding(
        rule="explicit credit",
        kind=kind_of_taking(index, attribution.report, parent.span.report),
        probability=CREDITED if parent.attribution else CREDITED_WHOLE,
        directed=True,
        sentence=f"{index.name_report(attribution.report)} credits {index.name_source(relay)}, "
        "whose own report is in the pile.",
    )
    return join_ends(index, end_at(attribution), parent, finding, [_credit_span(index, attribution)])


def _join_absent(index: Index, attribution: Attribution, relay: SourceId) -> Derivation:
    """Return the derivation from a relay or originator that is credited and not in the pile."""
    finding = Finding(
        rule="credited, not in the pile",
        kind=DerivationKind.PRIMARY if relay == attribution.chain[-1] else DerivationKind.CITED,
        probability=ABSENT,
        directed=True,
        sentence=f"{index.name_report(attribution.report)} credits {index.name_source(relay)}, "
        "whose own words are not in the pile.",
    )
    return join_latent(index, end_at(attribution), relay, finding, [_credit_span(index, attribution)])


def _credit_span(index: Index, attribution: Attribution) -> Span:
    """Return the sentence that gives the credit."""
    spans = [*attribution.cue.spans, *attribution.source_mention.spans, *attribution.content.spans]
    start, end = spans[0] if spans else (0, 0)
    return index.sentence_around(attribution.report, start, end)
