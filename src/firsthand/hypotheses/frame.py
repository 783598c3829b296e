"""What is held before any report: the explanations, the claims under each, who pushes the story, who lies low?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from firsthand.errors import ModelError
from firsthand.model import Case, Claim, ClaimId, Factor, Knobs, VariableId
from firsthand.probability import tabulate

HYPOTHESIS = VariableId("H")


def name_claim(claim: ClaimId) -> VariableId:
    """Return the variable of a claim: states true, false."""
    return VariableId(f"C:{claim}")


def name_campaign(campaign: str) -> VariableId:
    """Return the variable of a campaign: states on, off."""
    return VariableId(f"K:{campaign}")


def name_posture(posture: str) -> VariableId:
    """Return the variable of a posture: states low, normal."""
    return VariableId(f"Q:{posture}")


def prior_factors(case: Case, knobs: Knobs) -> tuple[Factor, ...]:
    """Return H, C given H, K, and Q given H, as factors.

    Priors are normalised over the hypotheses. Raises ModelError for a prior of 0 or 1, which no evidence could move,
    for a claim that lacks its chance under a hypothesis, and for a claim or campaign spoken of and not in the case.
    """
    _check_names(case)
    factors = [Factor((HYPOTHESIS,), weigh_priors(case, knobs))]
    factors += [_claim_factor(case, claim, knobs) for claim in case.claims if claim.hypothesis or claim.given]
    for campaign in case.campaigns:
        on = knobs[campaign.prior.id]
        factors.append(Factor((name_campaign(campaign.id),), tabulate([on, 1 - on])))
    for posture in case.postures:
        low = [knobs[posture.low[one.id].id] for one in case.hypotheses]
        factors.append(Factor((HYPOTHESIS, name_posture(posture.id)), tabulate([[p, 1 - p] for p in low])))
    return tuple(factors)


def weigh_priors(case: Case, knobs: Knobs) -> NDArray[np.float64]:
    """Return the priors, shape (hypotheses, draws), each draw normalised; raise ModelError for a prior of 0 or 1."""
    table = tabulate([knobs[one.prior.id] for one in case.hypotheses])
    if not (table > 0).all():
        closed = next(one for one, row in zip(case.hypotheses, table, strict=True) if not (row > 0).all())
        raise ModelError(f"hypothesis {closed.id!r} has a prior of 0, and no evidence could then speak for it")
    if (table >= 1).any() and len(case.hypotheses) > 1:
        sure = next(one for one, row in zip(case.hypotheses, table, strict=True) if (row >= 1).any())
        raise ModelError(f"hypothesis {sure.id!r} has a prior of 1, and no evidence could then speak against it")
    if len(case.hypotheses) < 2:
        raise ModelError("a case needs at least two hypotheses; one of them is always 'something else'")
    return np.asarray(table / table.sum(axis=0))


def _check_names(case: Case) -> None:
    """Raise ModelError for a claim or a campaign that would otherwise enter without a chance of its own."""
    told = {claim.id for claim in case.claims if claim.hypothesis or claim.given}
    speaking: list[tuple[str, ClaimId | None]] = [(one.id, one.claim) for one in case.assertions]
    speaking += [(one.id, one.claim) for one in case.observations]
    speaking += [(one.id, one.claim) for one in case.statements]
    speaking += [(one.id, one.claim) for one in case.expectations]
    speaking += [(one.id, one.claim) for one in case.questions]
    for name, claim in speaking:
        if claim is not None and claim not in told:
            raise ModelError(f"{name!r} is about claim {claim!r}, and nothing says how likely that is")
    known = {campaign.id for campaign in case.campaigns}
    named: list[tuple[str, str | None]] = [(one.source.id, one.campaign) for one in case.profiles]
    named += [(one.id, one.campaign) for one in case.statements]
    for name, campaign in named:
        if campaign is not None and campaign not in known:
            raise ModelError(f"{name!r} names campaign {campaign!r}, which the case does not have")


def _claim_factor(case: Case, claim: Claim, knobs: Knobs) -> Factor:
    if claim.hypothesis is not None:
        chances = [1.0 if one.id == claim.hypothesis else 0.0 for one in case.hypotheses]
        return Factor((HYPOTHESIS, name_claim(claim.id)), tabulate([[p, 1 - p] for p in chances]))
    missing = [one.id for one in case.hypotheses if one.id not in claim.given]
    if missing:
        raise ModelError(f"claim {claim.id!r} does not say how likely it is under hypothesis {missing[0]!r}")
    given = [knobs[claim.given[one.id].id] for one in case.hypotheses]
    return Factor((HYPOTHESIS, name_claim(claim.id)), tabulate([[p, 1 - p] for p in given]))
