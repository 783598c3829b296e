"""What does one sign that a report took something from another look like as a record?"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.model import Attribution, AttributionId, Derivation, DerivationKind, Reason, SourceId, Span, record
from firsthand.origins.index import Index, content_span
from firsthand.origins.signs import shift_chance


@record
class End:
    """One end of a derivation: where it stands, and the attribution it is, where that is known."""

    span: Span
    attribution: AttributionId | None = None


@record
class Finding:
    """What a rule has to say about a pair of ends, before it becomes a Derivation."""

    rule: str
    kind: DerivationKind
    probability: float
    directed: bool
    sentence: str


def end_at(attribution: Attribution) -> End:
    """Return the end that is an attribution's content."""
    return End(span=content_span(attribution), attribution=attribution.id)


def join_ends(index: Index, child: End, parent: End, finding: Finding, shown: Sequence[Span] = ()) -> Derivation:
    """Return the derivation of a child from a parent in the pile; `shown` are further words that show it."""
    spans = dict.fromkeys([*shown, child.span, parent.span])
    return Derivation(
        child=child.span,
        parent=parent.span,
        latent=None,
        kind=finding.kind,
        probability=round(shift_chance(finding.rule, finding.probability), 4),
        directed=finding.directed,
        reason=Reason(
            rule=finding.rule,
            sentence=finding.sentence,
            quotes=tuple(index.quote(span) for span in spans if span.end > span.start),
        ),
        child_attribution=child.attribution,
        parent_attribution=parent.attribution,
    )


def join_latent(index: Index, child: End, latent: SourceId, finding: Finding, shown: Sequence[Span] = ()) -> Derivation:
    """Return the derivation of a child from a source whose own words are not in the pile."""
    spans = dict.fromkeys([*shown, child.span])
    return Derivation(
        child=child.span,
        parent=None,
        latent=latent,
        kind=finding.kind,
        probability=finding.probability,
        directed=True,
        reason=Reason(
            rule=finding.rule,
            sentence=finding.sentence,
            quotes=tuple(index.quote(span) for span in spans if span.end > span.start),
        ),
        child_attribution=child.attribution,
    )
