"""Does elimination give what counting every possible world gives, on cases with every kind of node?"""

from __future__ import annotations

import numpy as np
import pytest

from firsthand.hypotheses import arrange_evidence, centre_knobs, infer, join, read_knobs, solve
from firsthand.hypotheses.enumeration import enumerate_worlds
from firsthand.model import Evidence, Factor, VariableId
from random_cases import build_random_case
from vector_one import weigh

CLOSE = 1e-12


def tell(seed: int) -> tuple[tuple[Factor, ...], tuple[Evidence, ...]]:
    case = build_random_case(seed)
    return weigh(case, centre_knobs(read_knobs(case)))


def count_states(factors: list[Factor]) -> dict[VariableId, int]:
    return {name: size for one in factors for name, size in zip(one.scope, one.table.shape, strict=False)}


@pytest.mark.parametrize("start", range(0, 1000, 100))
def test_elimination_equals_counting_every_world(start: int) -> None:
    for seed in range(start, start + 100):
        frame, evidence = tell(seed)
        factors = [*frame, *(one.likelihood for one in evidence)]
        cards = count_states(factors)
        eliminated, counted = infer(factors, list(cards)), enumerate_worlds(factors, list(cards), cards)
        for name in cards:
            assert np.abs(eliminated[name] - counted[name]).max() < CLOSE, (seed, name)


def test_the_random_cases_hold_every_kind_of_node() -> None:
    kinds, letters, shapes = set(), set(), set()
    for seed in range(240):
        case = build_random_case(seed)
        frame, evidence = tell(seed)
        kinds |= {one.kind for one in evidence}
        letters |= {name[0] for one in [*frame, *(each.likelihood for each in evidence)] for name in one.scope}
        shapes |= {"denial" for one in case.assertions if one.denies}
        shapes |= {"copy" for one in case.assertions if one.copy is not None}
        shapes |= {"unnamed" for one in case.profiles if one.anonymity is not None}
        shapes |= {one.interest for one in case.assertions}
    assert letters == set("HCKQMA")
    assert kinds >= {"testimony", "observation", "statement", "silence"}
    assert shapes == {"denial", "copy", "unnamed", "for", "against", "neutral"}


@pytest.mark.parametrize("start", range(0, 1000, 100))
def test_every_step_and_leave_one_out_equals_counting_every_world(start: int) -> None:
    for seed in range(start, start + 100):
        frame, evidence = tell(seed)
        solution, ordered = solve(frame, evidence), arrange_evidence(evidence)
        cards = count_states([*frame, *(one.likelihood for one in ordered)])
        for count in range(len(ordered) + 1):
            said = [*frame, *(one.likelihood for one in ordered[:count])]
            counted = enumerate_worlds(said, ["H"], cards)["H"]
            assert np.abs(np.exp(solution.steps[count]) - counted).max() < CLOSE, seed
        for index, left_out in enumerate(ordered):
            said = [*frame, *(one.likelihood for one in ordered if one is not left_out)]
            counted = enumerate_worlds(said, ["H"], cards)["H"]
            assert np.abs(np.exp(solution.without[index]) - counted).max() < CLOSE, seed


@pytest.mark.parametrize("seed", range(20))
def test_a_joint_chance_equals_counting_every_world(seed: int) -> None:
    frame, evidence = tell(seed)
    factors = [*frame, *(one.likelihood for one in evidence)]
    cards = count_states(factors)
    scope = (VariableId("C:c1"), VariableId("H"))
    whole = join(factors, scope)[..., 0]
    both = [enumerate_worlds([*factors, over_state(scope[0], state)], ["H"], cards)["H"][:, 0] for state in (0, 1)]
    share = enumerate_worlds(factors, [scope[0]], cards)[scope[0]][:, 0]
    assert whole == pytest.approx(np.array(both) * share[:, None], abs=CLOSE)


def over_state(variable: VariableId, state: int) -> Factor:
    """Evidence that a variable of two states is in one of them."""
    return Factor((variable,), np.eye(2)[state][:, None])
