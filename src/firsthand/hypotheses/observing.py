"""What would one more observation teach, and what would that be worth?

The value of an observation is the bits it is expected to take off the uncertainty over the explanations (Lindley
1956), and, where something is to be decided, what the decision is expected to gain by it (Raiffa and Schlaifer 1961).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from firsthand.errors import ModelError
from firsthand.hypotheses.calibration import Calibration, find_joint
from firsthand.hypotheses.tables import Table, take_logs
from firsthand.model import Factor


@dataclass(frozen=True, slots=True, eq=False)
class ObservationValue:
    """`chance` that it is seen, the chances of what is given if it is `seen` and if it is `missed`, the expected
    `bits`, and the expected `gain` in the units of the payoffs, 0 where nothing is to be decided."""

    chance: float
    seen: Table
    missed: Table
    bits: float
    gain: float


def value_observation(
    calibration: Calibration, likelihood: Factor, payoffs: Sequence[Sequence[float]] = ()
) -> ObservationValue:
    """Return what it is worth to look whether something happens that has this likelihood.

    The variables of `likelihood` are what is given or meet in one bucket. `payoffs`: for each action, what it brings
    under each state of what is given, in order. Raises ModelError for payoffs of another shape or a likelihood above 1.
    """
    tree = calibration.climb.tree
    if likelihood.table.max() > 1:
        raise ModelError(f"a chance over {', '.join(likelihood.scope)} is above 1")
    scope = tuple(variable for variable in likelihood.scope if variable not in tree.given)
    joint = find_joint(calibration, scope) if scope else calibration.posterior
    (logs,) = take_logs([likelihood], tree.axes, len(tree.given))
    whole = np.exp(joint)
    inner = tuple(range(len(scope)))
    seen, before = ((whole * np.exp(logs)).sum(inner)[..., 0].ravel(), whole.sum(inner)[..., 0].ravel())
    seen, before = seen / before.sum(), before / before.sum()
    missed = np.maximum(before - seen, 0.0)
    chance = float(seen.sum())
    left = chance * _measure_entropy(seen) + float(missed.sum()) * _measure_entropy(missed)
    return ObservationValue(
        chance=min(1.0, chance),
        seen=seen / chance if chance > 0 else before,
        missed=missed / missed.sum() if missed.sum() > 0 else before,
        bits=max(0.0, _measure_entropy(before) - left),
        gain=_measure_gain(before, (seen, missed), payoffs),
    )


def _measure_gain(before: Table, answers: Sequence[Table], payoffs: Sequence[Sequence[float]]) -> float:
    """Return how much better the best action does on average when it may follow the answer."""
    if not payoffs:
        return 0.0
    table = np.array(payoffs, dtype=float)
    if table.ndim != 2 or table.shape[1] != len(before):
        raise ModelError(f"each action needs {len(before)} payoffs, one for each explanation")
    return max(0.0, float(sum((table @ answer).max() for answer in answers) - (table @ before).max()))


def _measure_entropy(weights: Table) -> float:
    """Return the bits of uncertainty in weights, scaled to add to one; 0 where there are none."""
    total = float(weights.sum())
    if total <= 0:
        return 0.0
    chances = weights[weights > 0] / total
    return float(-(chances * np.log2(chances)).sum())
