"""And if it is true, what follows?

Scenarios hang below a hypothesis and never feed back into it: what something would mean says nothing about whether it
is so. Each chance is conditional on the hypothesis and moved by what speaks for and against the scenario.
Scenarios of one hypothesis need not exclude one another; where their chances add to more than 1 they are scaled to 1.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from firsthand.errors import ModelError
from firsthand.model import Case, HypothesisId, Knobs, Scenario, ScenarioAssessment
from firsthand.probability import find_interval, tabulate


def weigh_scenarios(case: Case, centre: Knobs, drawn: Knobs) -> tuple[ScenarioAssessment, ...]:
    """Return the chance of each scenario if its hypothesis is true, in the case's order.

    The number comes from the judged values `centre`, the interval from `drawn`; without draws they may be the same.
    """
    points, ranges = _find_chances(case, centre), _find_chances(case, drawn)
    found = []
    for one, point, values in zip(case.scenarios, points, ranges, strict=True):
        chance, (low, high) = float(point[0]), find_interval(values)
        found.append(ScenarioAssessment(scenario=one, probability=chance, low=min(low, chance), high=max(high, chance)))
    return tuple(found)


def _find_chances(case: Case, knobs: Knobs) -> list[NDArray[np.float64]]:
    alone = [_update_chance(one, knobs) for one in case.scenarios]
    totals = {each: _add_chances(case.scenarios, alone, each) for each in {one.hypothesis for one in case.scenarios}}
    return [chance / np.maximum(totals[one.hypothesis], 1.0) for one, chance in zip(case.scenarios, alone, strict=True)]


def _update_chance(one: Scenario, knobs: Knobs) -> NDArray[np.float64]:
    """Return the scenario's chance after each consideration in turn, shape (draws,)."""
    chance = tabulate(knobs[one.chance.id])
    for each in one.considerations:
        so = chance * knobs[each.if_so.id]
        total = so + (1 - chance) * knobs[each.if_not.id]
        if not (total > 0).all():
            raise ModelError(f"scenario {one.id!r}: {each.sentence!r} is impossible whether it holds or not")
        chance = so / total
    return chance


def _add_chances(
    scenarios: Sequence[Scenario], chances: Sequence[NDArray[np.float64]], hypothesis: HypothesisId
) -> NDArray[np.float64]:
    total = np.zeros(1)
    for one, chance in zip(scenarios, chances, strict=True):
        if one.hypothesis == hypothesis:
            total = total + chance
    return total
