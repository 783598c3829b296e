"""What can still be said of a case that is too large to be weighed piece by piece?

The chances of the hypotheses: counted in a single pass where that fits, else estimated from draws, each then with its
standard error. What cannot be had is left out and said so, never put at zero.
"""

from __future__ import annotations

from collections.abc import Mapping

from firsthand.assessment import Basis, apply_standards, judge_confidence, write_summary
from firsthand.errors import TooCostly
from firsthand.hypotheses import (
    Draws,
    Estimate,
    centre_knobs,
    draw_knobs,
    find_asked,
    read_knobs,
    state_estimate,
    turn_knobs,
)
from firsthand.impact import weigh_scenarios
from firsthand.model import AchMatrix, Assessment, Case, EvidenceId, KnobId, Posterior, Problem, Sentence, Trace
from firsthand.probability import to_decibans
from firsthand.sources import assess_sources, count_disinterested, find_spoken
from firsthand.weighing.solving import estimate_case

NEAREST = 1 - 1e-15
"""How near to certain a chance is told: a double holds hardly more."""
NOTHING_TURNED: Mapping[KnobId, float] = {}
NOT_HAD = (
    "What each piece of evidence did, what the claims, sources, silences and statements are worth after it, "
    "what would change the word and how far it holds were not worked out."
)


def assess_chances(case: Case, trace: Trace, fault: TooCostly, samples: int) -> Assessment:
    """Return the assessment with the chances of the hypotheses and what follows from the pile alone.

    `fault`: why no more can be had. Raises TooCostly, saying what to split, where even the chances cannot be had.
    """
    values = centre_knobs(read_knobs(case))
    estimate, spoken = estimate_case(case, values), find_spoken(case)
    posteriors = state_estimate(case, estimate, values)
    asked = posteriors[find_asked(case)]
    weight = to_decibans(min(NEAREST, max(1 - NEAREST, asked.probability))) - to_decibans(asked.prior)
    draws = draw_knobs(read_knobs(case), samples, case.seed) if samples else Draws(knobs=values)
    basis = Basis(case=case, voices=trace.voices, spoken=spoken, asked=asked, flips=(), tried=False)
    confidence, why = judge_confidence(basis)
    withheld = f"{_tell_estimate(estimate)} {NOT_HAD}"
    hypotheses = tuple(one.id for one in case.hypotheses)
    return Assessment(
        case=case,
        as_of=case.as_of,
        trace=trace,
        posteriors=posteriors,
        weight_db=weight,
        weight_low_db=weight,
        weight_high_db=weight,
        summary=(
            (Sentence(text=withheld),),
            *write_summary(case, len(case.reports), trace.voices, spoken, (), weight),
        ),
        confidence=confidence,
        confidence_why=why,
        voices=trace.voices,
        disinterested=count_disinterested(spoken),
        timeline=(),
        contributions=(),
        matrix=AchMatrix(hypotheses=hypotheses, evidence=(), cells=((),) * len(hypotheses)),
        beliefs=(),
        sources=assess_sources(case, {}, (), trace.claims),
        silences=(),
        statements=(),
        scenarios=weigh_scenarios(case, values, draws.knobs),
        questions=(),
        flips=(),
        standards=apply_standards(case, trace.voices, [profile for profile, _ in spoken]),
        problems=(*trace.problems, Problem(where="case.toml", what=str(fault))),
        sampled=False,
        withheld=withheld,
    )


def estimate_posteriors(
    case: Case, without: frozenset[EvidenceId] = frozenset(), turns: Mapping[KnobId, float] = NOTHING_TURNED
) -> tuple[Posterior, ...]:
    """Return only the hypotheses before and after the evidence, some of it left out and numbers turned if wanted.

    Raises TooCostly, saying what to split, where not even an estimate can be had.
    """
    values = turn_knobs(case, centre_knobs(read_knobs(case)), turns)
    return state_estimate(case, estimate_case(case, values, without), values)


def _tell_estimate(estimate: Estimate) -> str:
    if not estimate.draws:
        return "This case is too large to be weighed piece by piece: its chances are counted, and nothing else."
    worth = f"{estimate.draws:,} draws, worth {estimate.effective:,.0f} independent ones"
    return f"This case is too large to count: its chances are estimated from {worth}, each with its standard error."
