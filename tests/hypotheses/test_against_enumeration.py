"""Does elimination give what counting every possible world gives, on cases with every kind of node?"""

from __future__ import annotations

import numpy as np
import pytest

from firsthand.hypotheses import arrange_evidence, centre_knobs, infer, read_knobs, solve
from firsthand.hypotheses.enumeration import enumerate_worlds
from random_cases import build_random_case
from vector_one import weigh


@pytest.mark.parametrize("start", range(0, 240, 20))
def test_elimination_equals_counting_every_world(start: int) -> None:
    for seed in range(start, start + 20):
        case = build_random_case(seed)
        frame, evidence = weigh(case, centre_knobs(read_knobs(case)))
        factors = [*frame, *(one.likelihood for one in evidence)]
        cards = {name: size for one in factors for name, size in zip(one.scope, one.table.shape, strict=False)}
        eliminated, counted = infer(factors, list(cards)), enumerate_worlds(factors, list(cards), cards)
        for name in cards:
            assert np.abs(eliminated[name] - counted[name]).max() < 1e-12, (seed, name)


def test_the_random_cases_hold_every_kind_of_node() -> None:
    kinds, letters, shapes = set(), set(), set()
    for seed in range(240):
        case = build_random_case(seed)
        frame, evidence = weigh(case, centre_knobs(read_knobs(case)))
        kinds |= {one.kind for one in evidence}
        letters |= {name[0] for one in [*frame, *(each.likelihood for each in evidence)] for name in one.scope}
        shapes |= {"denial" for one in case.assertions if one.denies}
        shapes |= {"copy" for one in case.assertions if one.copy is not None}
        shapes |= {"unnamed" for one in case.profiles if one.anonymity is not None}
        shapes |= {one.interest for one in case.assertions}
    assert letters == set("HCKQMA")
    assert kinds >= {"testimony", "observation", "statement", "silence"}
    assert shapes == {"denial", "copy", "unnamed", "for", "against", "neutral"}


@pytest.mark.parametrize("seed", range(20))
def test_every_step_and_leave_one_out_equals_a_fresh_run(seed: int) -> None:
    case = build_random_case(seed)
    frame, evidence = weigh(case, centre_knobs(read_knobs(case)))
    solution, ordered = solve(frame, evidence), arrange_evidence(evidence)
    for count in range(len(ordered) + 1):
        fresh = infer([*frame, *(one.likelihood for one in ordered[:count])], ["H"])["H"]
        assert np.abs(np.exp(solution.steps[count]) - fresh).max() < 1e-12
    for index, left_out in enumerate(ordered):
        fresh = infer([*frame, *(one.likelihood for one in ordered if one is not left_out)], ["H"])["H"]
        assert np.abs(np.exp(solution.without[index]) - fresh).max() < 1e-12
