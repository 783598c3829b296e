"""Who spoke on the question, what is each of them worth, and does anybody speak who gains nothing?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from firsthand.model import Assertion, Case, Claim, ClaimId, Modes, NodeBelief, Profile, SourceAssessment, SourceId
from firsthand.sources.grades import grade_source

Spoken = tuple[tuple[Profile, Assertion], ...]


def find_spoken(case: Case) -> Spoken:
    """Return each source that asserts the asked claim at first hand, with the first of its assertions."""
    claims = {claim.id for claim in case.claims if claim.hypothesis == case.asks}
    profiles = {profile.source.id: profile for profile in case.profiles}
    found: dict[SourceId, tuple[Profile, Assertion]] = {}
    for one in case.assertions:
        echo = one.copy is not None and one.copy.low >= 1.0
        if one.claim in claims and not one.denies and not echo:
            found.setdefault(one.source, (profiles[one.source], one))
    return tuple(found.values())


def count_disinterested(spoken: Spoken) -> int:
    """Return how many of those who spoke are judged to gain nothing from being believed."""
    return sum(profile.gains is False and profile.judged for profile, _ in spoken)


def assess_sources(
    case: Case,
    modes: Mapping[SourceId, tuple[Modes, Modes]],
    beliefs: Sequence[NodeBelief],
    claims: Sequence[Claim],
) -> tuple[SourceAssessment, ...]:
    """Return every source of a case with its grade, its modes before and after, and what it said.

    `claims`: as traced, with their numbers of independent origins.
    """
    voices = {claim.id: claim.origins.low for claim in claims if claim.origins}
    chances = {ClaimId(b.variable[2:]): b.probability for b in beliefs if b.variable.startswith("C:")}
    assessed = []
    for profile in case.profiles:
        before, after = modes.get(profile.source.id, (None, None))
        assessed.append(
            SourceAssessment(
                profile=profile,
                grade=grade_source(profile, case, after, chances, voices),
                before=before,
                after=after,
                said=tuple(dict.fromkeys(one.quote for one in case.assertions if one.source == profile.source.id)),
            )
        )
    return tuple(assessed)
