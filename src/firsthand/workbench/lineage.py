"""What stands behind a line of the tree, and what does the tree look like for one claim or one origin?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from firsthand.model import (
    Attribution,
    AttributionId,
    Derivation,
    Lineage,
    Origin,
    Provenance,
    ProvenanceEdge,
    Report,
    Span,
    Trace,
    record,
)
from firsthand.origins import draw_provenance
from firsthand.origins.side_by_side import lay_derivations
from firsthand.probability import find_word, show_percent
from firsthand.views.bases import Basis
from firsthand.views.plain import count_things
from firsthand.views.sharing import Laid, key_edge, lay_pair
from firsthand.views.wording import show_likelihood
from firsthand.workbench.folding import is_folded

LINE = "/provenance/line"
MOST_BEHIND = 12
"""Pairs of passages shown behind one line."""


@record
class Passage:
    """What one report says: the words of who says it and what, and where that begins."""

    report: Report
    attribution: Attribution | None
    start: int
    said: str


@record
class Pair:
    """Two passages that a line joins: the sentence that says why, how surely, and what was judged of the two.

    `laid` is their shared text side by side. The two can be judged where both are attributions.
    """

    child: Passage
    parent: Passage | None
    sentence: str
    chance: str
    judged: Lineage | None
    laid: Laid | None = None

    @property
    def ends(self) -> tuple[AttributionId, AttributionId] | None:
        """The two attributions a judgement is about."""
        parent = self.parent.attribution if self.parent else None
        child = self.child.attribution
        return (child.id, parent.id) if child and parent and child.id != parent.id else None


def limit_provenance(trace: Trace, chosen: Collection[AttributionId]) -> Provenance:
    """Return the tree of some attributions alone: their origins, their reports, and the lines between them."""
    held = set(chosen)
    said = [one for one in trace.attributions if one.id in held]
    lines = [
        one
        for one in trace.derivations
        if one.child_attribution in held and (one.parent_attribution is None or one.parent_attribution in held)
    ]
    roots = [replace(one, attributions=tuple(a for a in one.attributions if a in held)) for one in trace.origins]
    found = [one for one in roots if one.attributions]
    return draw_provenance(trace.reports, said, trace.sources, lines, found)


def address_line(edge: ProvenanceEdge, within: Mapping[str, str]) -> str:
    """Return the address that shows what a line rests on; `within`: the claim or origin that the tree is limited to."""
    return f"{LINE}?{urlencode({'from': edge.parent, 'to': edge.child, 'how': edge.kind, **within})}"


def link_lines(provenance: Provenance, within: Mapping[str, str]) -> dict[str, Basis]:
    """Return for every line of a tree the page that shows what it rests on, by the line's key."""
    names = {node.id: node.label for node in provenance.nodes}
    return {
        key_edge(edge): Basis(place, name_line(edge, names), (), None, address_line(edge, within))
        for place, edge in enumerate(provenance.edges, start=1)
        if not is_folded(edge.child)
    }


def name_line(edge: ProvenanceEdge, names: Mapping[str, str]) -> str:
    """Return a line in words: "Sahel Watch has it from Reuters: very likely, 91 %"."""
    parent, child = (names.get(end, end) for end in (edge.parent, edge.child))
    words = {
        "relays": f"{child} has it from {parent}",
        "cited": f"{child} has it from {parent}, among others",
        "may derive": f"{child} may have it from {parent}",
        "linked": f"{child} and {parent} share words; which has it from which is not known",
        "loop": f"{child} and {parent} cite one another",
    }
    return f"{words.get(edge.kind, f'{child} and {parent}')}: {tell_chance(edge)}"


def tell_chance(edge: ProvenanceEdge) -> str:
    """Return the chance of a line, with its interval where that is wider than a point."""
    if edge.low == edge.high == 1:
        return "judged certain"
    return show_likelihood(edge.probability, edge.low, edge.high)


def find_pairs(
    trace: Trace, edge: ProvenanceEdge, lineages: Sequence[Lineage], chosen: Collection[AttributionId]
) -> tuple[Pair, ...]:
    """Return the pairs of passages behind a line, the surest first; `chosen`: the attributions the tree is limited to.

    Between an origin and a report that has it from nobody else there is one passage only, beside where the origin
    was first heard.
    """
    finder = _Finder(trace, lineages, set(chosen))
    return tuple(finder.find(edge))[:MOST_BEHIND]


class _Finder:
    """One trace, looked up by what a line names."""

    def __init__(self, trace: Trace, lineages: Sequence[Lineage], chosen: Collection[AttributionId]) -> None:
        self.trace, self.chosen = trace, chosen
        self.reports = {str(one.id): one for one in trace.reports}
        self.attributions = {one.id: one for one in trace.attributions}
        self.origins = {str(one.id): one for one in trace.origins}
        self.ruled = {frozenset((one.child, one.parent)): one for one in lineages}

    def find(self, edge: ProvenanceEdge) -> Iterator[Pair]:
        """Yield the pairs behind a line."""
        origin = self.origins.get(edge.parent)
        if origin is not None:
            yield from self._tell_relays(origin, edge)
            return
        found = [one for one in self.trace.derivations if self._is_behind(one, edge)]
        order = sorted(found, key=lambda one: (one.reason.sentence != edge.reason.sentence, -one.probability))
        seen = set()
        for one in order:
            ends = (one.child.report, one.child.start, one.parent and one.parent.start)
            if ends not in seen:
                seen.add(ends)
                yield self._tell_derivation(one)

    def _is_behind(self, one: Derivation, edge: ProvenanceEdge) -> bool:
        if edge.parent.startswith("credited:"):
            return one.latent == edge.parent.removeprefix("credited:") and one.child.report == edge.child
        if one.parent is None or one.parent.report != edge.parent or one.directed == (edge.kind == "linked"):
            return False
        target = self.origins.get(edge.child)
        if target is not None:
            return one.child_attribution in target.attributions
        return one.child.report == edge.child

    def _tell_derivation(self, one: Derivation) -> Pair:
        ends = (one.child_attribution, one.parent_attribution)
        child, parent = (self.attributions.get(end) if end else None for end in ends)
        reports = [self.reports[one.child.report]] + ([self.reports[one.parent.report]] if one.parent else [])
        laid = lay_derivations(one.child.report, [one], reports) if len({r.id for r in reports}) == 2 else ()
        known = {report.id: report for report in reports}
        return Pair(
            child=self._tell_passage(child, one.child),
            parent=self._tell_passage(parent, one.parent) if one.parent else None,
            sentence=one.reason.sentence,
            chance=_tell_derived(one),
            judged=self._find_ruling(child, parent),
            laid=lay_pair(laid[0], known[laid[0].child], known[laid[0].parent]) if laid else None,
        )

    def _tell_relays(self, origin: Origin, edge: ProvenanceEdge) -> Iterator[Pair]:
        held = [self.attributions[one] for one in origin.attributions if not self.chosen or one in self.chosen]
        here = [one for one in held if one.report == edge.child] or held[:1]
        first = held[0]
        for one in here:
            other = None if one.id == first.id else self._tell_passage(first, _find_span(first))
            yield Pair(
                child=self._tell_passage(one, _find_span(one)),
                parent=other,
                sentence=one.reason.sentence,
                chance=f"{find_word(one.probability)}, {show_percent(one.probability)}",
                judged=self._find_ruling(one, first),
            )

    def _tell_passage(self, one: Attribution | None, span: Span) -> Passage:
        report = self.reports[span.report]
        said = one.content.text if one is not None else report.text[span.start : span.end]
        return Passage(report=report, attribution=one, start=span.start, said=said)

    def _find_ruling(self, one: Attribution | None, other: Attribution | None) -> Lineage | None:
        return self.ruled.get(frozenset((one.id, other.id))) if one and other else None


def _find_span(one: Attribution) -> Span:
    spans = one.content.spans or one.cue.spans or one.source_mention.spans or ((0, 0),)
    return Span(report=one.report, start=spans[0][0], end=spans[-1][1])


def _tell_derived(one: Derivation) -> str:
    if one.low is not None and one.high is not None:
        return "judged certain" if one.low == 1 else show_likelihood(one.probability, one.low, one.high)
    return f"{find_word(one.probability)}, {show_percent(one.probability)}"


def tell_origin(origin: Origin, attributions: int, reports: int) -> str:
    """Return what there is of an origin, and that it is latent where its own words are not there."""
    words = f"{count_things(attributions, 'attribution')} in {count_things(reports, 'report')}"
    return f"{words}; own words are not in the pile" if origin.latent else words
