"""Who took what from whom, where an analyst has judged it?"""

from __future__ import annotations

from collections.abc import Mapping

from firsthand.model import Assertion, AttributionId, Case, Derivation, DerivationKind, EvidenceId, Reason

ECHO = 1.0


def judge_derivations(case: Case, of_assertion: Mapping[EvidenceId, AttributionId]) -> tuple[Derivation, ...]:
    """Return a derivation for every assertion judged to repeat another, with the chance given to that."""
    by_id = {one.id: one for one in case.assertions}
    return tuple(
        _judge_copy(one, by_id[one.copy_of], of_assertion)
        for one in case.assertions
        if one.copy_of is not None and one.copy is not None
    )


def _judge_copy(child: Assertion, parent: Assertion, of_assertion: Mapping[EvidenceId, AttributionId]) -> Derivation:
    chance = child.copy.value if child.copy is not None else ECHO
    verb = "repeats" if chance >= ECHO else "may repeat"
    why = f" {child.copy_why}" if child.copy_why else ""
    return Derivation(
        child=child.quote.span,
        parent=parent.quote.span,
        latent=None,
        kind=DerivationKind.DERIVED,
        probability=chance,
        directed=True,
        reason=Reason(
            rule="judged",
            sentence=f"Judged by the analyst: \u201c{child.title}\u201d {verb} \u201c{parent.title}\u201d.{why}",
            quotes=(child.quote, parent.quote),
        ),
        child_attribution=of_assertion[child.id],
        parent_attribution=of_assertion[parent.id],
        low=child.copy.low if child.copy is not None else chance,
        high=child.copy.high if child.copy is not None else chance,
    )
