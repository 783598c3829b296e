"""What exactly is claimed, once an analyst has said which words claim what?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from firsthand.claims.comparing import find_discrepancies
from firsthand.claims.gather import date_attribution
from firsthand.claims.slots import fill_slots, read_details
from firsthand.model import Attribution, AttributionId, Case, Claim, ClaimId, EvidenceId

Placed = Mapping[EvidenceId, AttributionId]


def judge_claims(
    case: Case, claims: Sequence[Claim], attributions: Sequence[Attribution], placed: Placed
) -> tuple[Claim, ...]:
    """Return the case's claims, the asked one first, each with the attributions judged to make it and no others.

    `placed`: the attribution of each assertion. What the machine found besides follows, where nobody judged any of it.
    """
    told = list_members(case, placed)
    members = {claim.id: {a for a, name in told.items() if name == claim.id} for claim in case.claims}
    judged = set().union(*members.values())
    filled = [_fill_claim(case, claim, [a for a in attributions if a.id in members[claim.id]]) for claim in case.claims]
    filled.sort(key=lambda claim: (claim.hypothesis != case.asks, -len(claim.attributions), claim.id))
    return (*filled, *(claim for claim in claims if not judged & set(claim.attributions)))


def join_claims(case: Case, claims: Sequence[Claim], placed: Placed) -> tuple[Claim, ...]:
    """Return the machine's claims under the case's names, for finding who had it from whom.

    Each goes by the case's claim that most judged attributions in it belong to; judged ones stay where they are.
    """
    judged = list_members(case, placed)
    members = {claim.id: [a for a, name in judged.items() if name == claim.id] for claim in case.claims}
    rest = []
    for claim in claims:
        votes = Counter(judged[a] for a in claim.attributions if a in judged)
        if votes:
            winner = min(votes, key=lambda name: (-votes[name], name))
            members[winner] += [a for a in claim.attributions if a not in judged]
        else:
            rest.append(claim)
    return (*(replace(claim, attributions=tuple(members[claim.id])) for claim in case.claims), *rest)


def list_members(case: Case, placed: Placed) -> dict[AttributionId, ClaimId]:
    """Return the claim of every attribution that is judged to make one: by an assertion, or when it was added."""
    added = {one.attribution: one.claim for one in case.readings if one.claim is not None}
    return added | {placed[one.id]: one.claim for one in case.assertions}


def _fill_claim(case: Case, claim: Claim, members: Sequence[Attribution]) -> Claim:
    by_id = {report.id: report for report in case.reports}
    in_order = sorted(members, key=lambda a: date_attribution(a, by_id))
    details = {a.id: read_details(a, by_id) for a in in_order}
    slots = tuple(slot for a in in_order for slot in fill_slots(a, details[a.id], by_id))
    return replace(
        claim,
        slots=slots,
        attributions=tuple(a.id for a in in_order),
        discrepancies=find_discrepancies(in_order, slots, details),
    )
