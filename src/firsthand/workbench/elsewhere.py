"""Where else does the same passage stand, and how surely was one taken from the other?"""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from firsthand.model import (
    Attribution,
    AttributionId,
    Claim,
    Derivation,
    DerivationKind,
    Lineage,
    Report,
    ReportId,
    Span,
    Trace,
    record,
)
from firsthand.probability import find_word, show_percent
from firsthand.views.side_by_side import Piece
from firsthand.views.wording import show_likelihood

_LAST: list[tuple[Trace, Mapping[str, list[Derivation]]]] = []
_LISTING = threading.Lock()
MOST = 6
LONGEST = 420
SURE = 0.8
SHORTEST = 4
CHILD, PARENT = "child", "parent"
WORD = re.compile(r"\w+(?:[-'’]\w+)*")


@record
class Other:
    """The passage of another report that this one was taken from, or that was taken from this one.

    `relation` is a few words; `chance` says how surely, or nothing where the two only stand beside one another.
    `child` and `parent` are the ends that can be judged, empty where whole reports are joined.
    """

    report: Report
    start: int
    pieces: tuple[Piece, ...]
    relation: str
    chance: str
    sentence: str
    child: str = ""
    parent: str = ""
    judged: str = ""


def find_elsewhere(
    trace: Trace, report: Report, shown: Attribution | None, lineages: Sequence[Lineage]
) -> tuple[tuple[Other, ...], int]:
    """Return the passages that hang together with an attribution, or with the report where none is given.

    The likeliest parents come first. Also returns how many there are in all; six at most are shown.
    """
    reports = {one.id: one for one in trace.reports}
    attributions = {one.id: one for one in trace.attributions}
    ruled = {frozenset((one.child, one.parent)): one for one in lineages}
    own = {} if shown is None else find_words(shown.content.text)
    near = _index_derivations(trace)
    keys = (report.id, shown.id) if shown is not None else (report.id,)
    told = (_tell_other(one, report, shown, (reports, attributions, own, ruled)) for key in keys for one in near[key])
    held: dict[tuple[ReportId, int], Other] = {}
    for _, other in sorted((one for one in told if one is not None), key=lambda pair: pair[0]):
        held.setdefault((other.report.id, other.start), other)
    return tuple(held.values())[:MOST], len(held)


def _index_derivations(trace: Trace) -> Mapping[str, list[Derivation]]:
    """Return the derivations of each attribution, and of each report as a whole, listed once for each trace."""
    with _LISTING:
        if not _LAST or _LAST[0][0] is not trace:
            near: dict[str, list[Derivation]] = defaultdict(list)
            for one in trace.derivations:
                whole = one.child_attribution is None and one.parent_attribution is None
                ends = {one.child.report, one.parent.report if one.parent else ""} if whole else set[str]()
                for key in sorted({*ends, one.child_attribution or "", one.parent_attribution or ""} - {""}):
                    near[key].append(one)
            _LAST[:] = [(trace, near)]
        return _LAST[0][1]


def find_words(text: str) -> dict[str, None]:
    """Return the words of a text by which another that shares them is known: numbers, and words of four letters up."""
    folded = (found[0].casefold() for found in WORD.finditer(text))
    return {word: None for word in folded if len(word) >= SHORTEST or word.isdigit()}


def mark_shared(text: str, words: dict[str, None]) -> tuple[Piece, ...]:
    """Return a text in pieces, those that also stand among `words` marked "same", the short words between them too."""
    shared: list[tuple[int, int]] = []
    for found in WORD.finditer(text):
        if found[0].casefold() not in words:
            continue
        start, end = found.span()
        if shared and not text[shared[-1][1] : start].strip():
            shared[-1] = (shared[-1][0], end)
        else:
            shared.append((start, end))
    return tuple(_cut_pieces(text, shared))


def find_claim(trace: Trace, name: AttributionId) -> Claim | None:
    """Return the claim that an attribution makes, the first of several."""
    return next((one for one in trace.claims if name in one.attributions), None)


def _cut_pieces(text: str, shared: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    last = 0
    for start, end in shared:
        if start > last:
            yield Piece(text[last:start], "around")
        yield Piece(text[start:end], "same")
        last = end
    if last < len(text):
        yield Piece(text[last:], "around")


Known = tuple[
    dict[ReportId, Report], dict[AttributionId, Attribution], dict[str, None], dict[frozenset[AttributionId], Lineage]
]


def _tell_other(
    one: Derivation, report: Report, shown: Attribution | None, known: Known
) -> tuple[tuple[int, float, str], Other] | None:
    reports, attributions, own, ruled = known
    side = _find_side(one, report, shown)
    if side is None:
        return None
    ours, theirs, there = side
    other = attributions.get(theirs) if theirs is not None else None
    start, end = _find_passage(other) if other is not None else (there.start, there.end)
    child, parent = (one.child_attribution, one.parent_attribution) if other is not None else (None, None)
    lineage = ruled.get(frozenset((child, parent))) if child is not None and parent is not None else None
    text = reports[there.report].text[start:end]
    told = Other(
        report=reports[there.report],
        start=start,
        pieces=mark_shared(text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …", own),
        relation=_name_relation(one, ours),
        chance=_tell_chance(one),
        sentence=one.reason.sentence,
        child=str(child or ""),
        parent=str(parent or ""),
        judged="" if lineage is None else lineage.judgement.who,
    )
    return (0 if ours == CHILD and one.directed else 1 if one.directed else 2, -one.probability, there.report), told


def _find_side(
    one: Derivation, report: Report, shown: Attribution | None
) -> tuple[str, AttributionId | None, Span] | None:
    """Return which end of a derivation is ours, and the other end; None where neither is."""
    if one.parent is None:
        return None
    if shown is not None and shown.id == one.child_attribution:
        return CHILD, one.parent_attribution, one.parent
    if shown is not None and shown.id == one.parent_attribution:
        return PARENT, one.child_attribution, one.child
    if one.child_attribution is not None or one.parent_attribution is not None:
        return None
    if report.id == one.child.report:
        return CHILD, None, one.parent
    return (PARENT, None, one.child) if report.id == one.parent.report else None


def _find_passage(one: Attribution) -> tuple[int, int]:
    """Return where an attribution stands, from who says it to the end of what is said."""
    spans = [span for mention in (one.source_mention, one.cue, one.content) for span in mention.spans]
    start, end = min(first for first, _ in spans), max(last for _, last in spans)
    content = one.content.spans
    # Who speaks may be named far from the words; then these stand alone.
    return (start, end) if end - start <= LONGEST or not content else (content[0][0], content[-1][1])


def _name_relation(one: Derivation, ours: str) -> str:
    if not one.directed:
        return "common source" if one.kind is DerivationKind.COMMON else "direction unknown"
    if ours == CHILD:
        return "earlier" if one.probability >= SURE else "perhaps earlier"
    return "echo" if one.probability >= SURE else "may be an echo"


def _tell_chance(one: Derivation) -> str:
    if one.reason.rule == "judged" and one.low == 1:
        return "judged certain"
    if one.low is not None and one.high is not None and one.low != one.high:
        return show_likelihood(one.probability, one.low, one.high)
    return f"{find_word(one.probability)}, {show_percent(one.probability)}"
