"""Are the chances right in the long run? Worlds drawn from the model, and what is believed of each (Cook et al. 2006).

Where the truth is drawn from the model and everything said or not said is told, the truth's place in the posterior is
even: a chance of 20 % comes true one time in five.
"""

from __future__ import annotations

import numpy as np
import pytest

from firsthand.hypotheses import calibrate_factors, find_chances
from firsthand.model import Factor, VariableId
from networks import make_network

WORLDS, BINS = 600, 10


def draw_world(factors: tuple[Factor, ...], rng: np.random.Generator) -> dict[VariableId, int]:
    """Each factor of the frame tells the chances of its last variable given the others."""
    world: dict[VariableId, int] = {}
    for one in factors:
        *given, own = one.scope
        chances = one.table[tuple(world[name] for name in given)][:, 0]
        world[own] = int(rng.choice(len(chances), p=chances / chances.sum()))
    return world


def hear(reports: tuple[Factor, ...], world: dict[VariableId, int], rng: np.random.Generator) -> list[Factor]:
    """What each source says or does not say, both as evidence."""
    heard = []
    for one in reports:
        said = rng.random() < one.table[tuple(world[name] for name in one.scope)][0]
        heard.append(one if said else Factor(one.scope, 1 - one.table))
    return heard


def find_place(chances: np.ndarray, state: int, rng: np.random.Generator) -> float:
    """Where the truth falls among the states, spread evenly over its own chance."""
    return float(chances[:state].sum() + rng.random() * chances[state])


@pytest.mark.parametrize("name", ["H", "K:push", "C:1", "M:s1", "M:g00"])
def test_the_truth_is_as_likely_as_it_is_said_to_be(name: str) -> None:
    places = []
    for seed in range(WORLDS):
        rng = np.random.default_rng([11, seed])
        network = make_network(4, hubs=2, seed=seed)
        world = draw_world(network.frame, rng)
        calibration = calibrate_factors([*network.frame, *hear(network.reports, world, rng)])
        chances = find_chances(calibration, VariableId(name))[:, 0]
        places.append(find_place(chances, world[VariableId(name)], rng))
    counts = np.histogram(places, bins=BINS, range=(0, 1))[0]
    distance = float(((counts - WORLDS / BINS) ** 2 / (WORLDS / BINS)).sum())
    assert distance < 27.9, "chi-squared with nine degrees of freedom exceeds this one time in a thousand"
