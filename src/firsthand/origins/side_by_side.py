"""Which words do the two reports of a derivation share?"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.model import Derivation, FamilyEdge, Report, ReportId
from firsthand.origins.alignment import align_texts, mask_text


def lay_derivations(
    report: ReportId, derivations: Sequence[Derivation], reports: Sequence[Report]
) -> tuple[FamilyEdge, ...]:
    """Return what a report shares with each report that it derives from or that derives from it, where it is text.

    Of several derivations between the same two the most probable is kept.
    """
    texts = {one.id: mask_text(one.text, one.body) for one in reports}
    edges: dict[tuple[ReportId, ReportId], FamilyEdge] = {}
    for derivation in sorted(derivations, key=lambda one: -one.probability):
        if derivation.parent is None or report not in (derivation.child.report, derivation.parent.report):
            continue
        ends = (derivation.child.report, derivation.parent.report)
        if ends in edges or ends[::-1] in edges or not set(ends) <= texts.keys():
            continue
        found = align_texts(texts[ends[0]], texts[ends[1]])
        if found.runs:
            edges[ends] = FamilyEdge(
                child=ends[0],
                parent=ends[1],
                kind=derivation.kind,
                directed=derivation.directed,
                probability=derivation.probability,
                runs=found.runs,
                child_share=found.contained_first,
                parent_share=found.contained_second,
                reason=derivation.reason,
            )
    return tuple(edges[ends] for ends in sorted(edges))
