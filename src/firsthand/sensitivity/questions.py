"""Which answer would teach most?

The value of an answer is the bits it is expected to take off the uncertainty over all hypotheses (Lindley 1956).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from firsthand.errors import ModelError
from firsthand.model import Case, ClaimId, Knobs, Question, QuestionValue
from firsthand.probability import tabulate

Array: TypeAlias = NDArray[np.float64]


def rank_questions(
    case: Case, knobs: Knobs, posterior: Array, joints: Mapping[ClaimId, Array]
) -> tuple[QuestionValue, ...]:
    """Return what each question is worth in bits, the best first.

    `posterior`: shape (hypotheses,). `joints`: the joint chance of hypothesis and claim, shape (hypotheses, 2), for
    each claim that a question is about. Raises ModelError where a chance of yes is not given.
    """
    asked = [one.id for one in case.hypotheses].index(case.asks)
    values = [
        _value_question(one, _find_yes(one, case, knobs, posterior, joints), posterior, asked) for one in case.questions
    ]
    return tuple(sorted(values, key=lambda value: (-value.bits, value.id)))


def _find_yes(one: Question, case: Case, knobs: Knobs, posterior: Array, joints: Mapping[ClaimId, Array]) -> Array:
    """Return the joint chance of each hypothesis and the answer yes, shape (hypotheses,)."""
    states = ["true", "false"] if one.claim is not None else [str(each.id) for each in case.hypotheses]
    missing = [state for state in states if state not in one.yes]
    if missing:
        raise ModelError(f"question {one.id!r} does not say how likely a yes is under {missing[0]!r}")
    yes = np.array([float(tabulate(knobs[one.yes[state].id])[0]) for state in states])
    return np.asarray(posterior * yes if one.claim is None else joints[one.claim] @ yes)


def _value_question(one: Question, yes: Array, posterior: Array, asked: int) -> QuestionValue:
    no = np.maximum(posterior - yes, 0.0)
    chance = float(yes.sum())
    left = sum(float(part.sum()) * _measure_entropy(part) for part in (yes, no))
    return QuestionValue(
        id=one.id,
        title=one.title,
        bits=max(0.0, _measure_entropy(posterior) - left),
        probability_if_yes=float(yes[asked] / chance) if chance > 0 else float(posterior[asked]),
        probability_if_no=float(no[asked] / no.sum()) if no.sum() > 0 else float(posterior[asked]),
        chance_of_yes=min(1.0, chance),
    )


def _measure_entropy(weights: Array) -> float:
    """Return the bits of uncertainty in weights, scaled to add to one; 0 where there are none."""
    total = float(weights.sum())
    if total <= 0:
        return 0.0
    chances = weights[weights > 0] / total
    return float(-(chances * np.log2(chances)).sum())
