"""How is the tree of who had it from whom laid out?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from firsthand.model import (
    Attribution,
    AttributionId,
    Derivation,
    DerivationKind,
    Origin,
    Provenance,
    ProvenanceEdge,
    ProvenanceNode,
    Reason,
    Report,
    ReportId,
    Source,
    SourceId,
)
from firsthand.origins.index import Index
from firsthand.origins.loops import find_loops

SURE = 0.8
SPREAD = 0.2


def draw_provenance(  # noqa: PLR0913 - what the other stages found, and what it is about
    reports: Sequence[Report],
    attributions: Sequence[Attribution],
    sources: Sequence[Source],
    derivations: Sequence[Derivation],
    origins: Sequence[Origin],
    about: Collection[AttributionId] = (),
) -> Provenance:
    """Return the marks and lines of the tree of who had it from whom.

    `about`: the attributions of the claim asked about; an origin with none of them is marked as an aside.
    A machine's chance is drawn as an interval of .2 to either side, cut at 0 and 1; a judged one as given.
    """
    index = Index(reports, attributions, sources)
    drawing = _Drawing(index, derivations, origins)
    asides = {one.id for one in origins if about and not set(about) & set(one.attributions)}
    nodes = (replace(node, aside=True) if node.id in asides else node for node in drawing.draw_nodes())
    return Provenance(nodes=tuple(nodes), edges=tuple(drawing.draw_edges()))


class _Drawing:
    """What the marks and lines are worked out from."""

    def __init__(self, index: Index, derivations: Sequence[Derivation], origins: Sequence[Origin]) -> None:
        self.index = index
        self.origins = origins
        self.derivations = derivations
        self.origin_of = {member: origin for origin in origins for member in origin.attributions}
        self.derived = {
            d.child_attribution
            for d in derivations
            if d.directed and d.child_attribution and d.probability >= SURE and d.parent
        }
        speaking = {origin.source for origin in origins}
        self.absent: dict[SourceId, list[Derivation]] = {}
        for d in derivations:
            if d.latent and d.latent not in speaking:
                self.absent.setdefault(d.latent, []).append(d)
        self.relayed = {d.child_attribution for held in self.absent.values() for d in held}
        self.looped = {
            (first, second)
            for loop in find_loops(list(index.reports.values()), derivations)
            for first in loop
            for second in loop
        }

    def draw_nodes(self) -> Iterator[ProvenanceNode]:
        """Yield origins, credited relays and reports."""
        for origin in self.origins:
            yield self._draw_origin(origin)
        for relay, held in sorted(self.absent.items()):
            yield ProvenanceNode(
                id=f"credited:{relay}",
                kind="credited",
                label=self.index.name_source(relay),
                detail="credited, not in the pile",
                when=None,
                quotes=held[0].reason.quotes[:1],
            )
        ends = {span.report for d in self.derivations for span in (d.child, d.parent) if span}
        for report in self.index.reports.values():
            if self.index.said_in[report.id] or report.id in ends:
                yield self._draw_report(report)

    def _draw_origin(self, origin: Origin) -> ProvenanceNode:
        """Return the mark of an origin."""
        first = self._find_first(origin)
        held = self.index.reports[first.report]
        return ProvenanceNode(
            id=origin.id,
            kind="latent" if origin.latent else "origin",
            label=self.index.name_source(origin.source),
            detail="own words are not in the pile" if origin.latent else f"first in {self.index.name_report(held.id)}",
            when=held.published,
            report=None if origin.latent else held.id,
            quotes=(self.index.quote_content(first),) if first.content.spans else (),
        )

    def _draw_report(self, report: Report) -> ProvenanceNode:
        """Return the mark of a report: an echo where all it says is taken from other reports or relays."""
        said = self.index.said_in[report.id]
        echo = bool(said) and all(a.id in self.derived or a.id in self.relayed for a in said)
        voices = len({self.origin_of[a.id].id for a in said if a.id in self.origin_of})
        return ProvenanceNode(
            id=report.id,
            kind="echo" if echo else "report",
            label=self.index.name_report(report.id),
            detail="adds no origin"
            if echo
            else f"carries {voices} voice{'s' * (voices != 1)}"
            if said
            else "cites only",
            when=report.published,
            report=report.id,
            quotes=tuple(self.index.quote_content(a) for a in said[:1] if a.content.spans),
        )

    def draw_edges(self) -> Iterator[ProvenanceEdge]:
        """Yield one line per pair of marks and kind, the most probable."""
        best: dict[tuple[str, str, str], ProvenanceEdge] = {}
        for edge in [*self._draw_relays(), *self._draw_absent(), *self._draw_derivations()]:
            key = edge.parent, edge.child, edge.kind
            if edge.parent != edge.child and (key not in best or edge.probability > best[key].probability):
                best[key] = edge
        yield from (best[key] for key in sorted(best))

    def _draw_relays(self) -> Iterator[ProvenanceEdge]:
        """Yield the lines from an origin to the reports that have it from nobody else."""
        for origin in self.origins:
            for member in origin.attributions:
                if member not in self.derived and member not in self.relayed:
                    attribution = self.index.attributions[member]
                    yield self._draw_line(
                        origin.id, attribution.report, "relays", attribution.probability, attribution.reason
                    )

    def _draw_absent(self) -> Iterator[ProvenanceEdge]:
        """Yield the lines from an origin to a credited relay and on to the report that credits it."""
        for relay, held in sorted(self.absent.items()):
            for d in held:
                yield self._draw_line(f"credited:{relay}", d.child.report, "relays", d.probability, d.reason)
                if d.child_attribution in self.origin_of and d.child_attribution not in self.derived:
                    origin = self._find_origin(d.child_attribution)
                    yield self._draw_line(origin.id, f"credited:{relay}", "relays", d.probability, d.reason)

    def _find_origin(self, attribution: AttributionId | None) -> Origin:
        """Return the origin of an attribution that has one."""
        return next(origin for origin in self.origins if attribution in origin.attributions)

    def _draw_derivations(self) -> Iterator[ProvenanceEdge]:
        """Yield the lines between reports."""
        for d in self.derivations:
            if d.parent is None or self._is_drawn(d):
                continue
            kind = self._find_kind(d)
            child = str(d.child.report)
            if kind == "may derive" and d.child_attribution in self.origin_of:
                child = str(self.origin_of[d.child_attribution].id)
            yield self._draw_line(d.parent.report, child, kind, d.probability, d.reason, (d.low, d.high))

    def _is_drawn(self, derivation: Derivation) -> bool:
        """Tell whether both ends already hang on one origin, and this adds no more than that they are alike."""
        ends = derivation.child_attribution, derivation.parent_attribution
        found = [self.origin_of.get(end) for end in ends if end]
        alike = derivation.kind is DerivationKind.COMMON or derivation.probability < SURE
        return alike and len(found) == 2 and found[0] == found[1] and not self._is_judged(derivation)

    def _is_judged(self, derivation: Derivation) -> bool:
        """Tell whether an analyst gave the derivation."""
        return derivation.reason.rule == "judged"

    def _find_kind(self, derivation: Derivation) -> str:
        """Return what kind of line a derivation between reports is."""
        child, parent = derivation.child.report, derivation.parent.report if derivation.parent else ReportId("")
        if not derivation.directed:
            return "linked"
        if (child, parent) in self.looped:
            return "loop"
        if derivation.probability < SURE:
            return "may derive"
        voices = {self.origin_of[a.id].id for a in self.index.said_in[child] if a.id in self.origin_of}
        return "cited" if len(voices) > 1 else "relays"

    def _draw_line(  # noqa: PLR0913 - the six fields of a line
        self,
        parent: str,
        child: str,
        kind: str,
        probability: float,
        reason: Reason,
        judged: tuple[float | None, float | None] = (None, None),
    ) -> ProvenanceEdge:
        """Return a line with its interval: as judged, or the machine's spread to either side."""
        low, high = judged
        return ProvenanceEdge(
            parent=parent,
            child=child,
            kind=kind,
            probability=probability,
            low=round(max(0.0, probability - SPREAD), 4) if low is None else low,
            high=round(min(1.0, probability + SPREAD), 4) if high is None else high,
            reason=reason,
        )

    def _find_first(self, origin: Origin) -> Attribution:
        """Return the earliest of an origin's attributions that no relay stands before, or the earliest of all."""
        held = [self.index.attributions[member] for member in origin.attributions]
        return next((one for one in held if len(one.chain) <= 2), held[0])
