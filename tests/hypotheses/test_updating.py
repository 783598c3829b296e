"""Does a change cost little, and equal starting over?"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.errors import Contradiction
from firsthand.hypotheses import (
    add_factors,
    ask_what_if,
    calibrate_factors,
    centre_knobs,
    find_chances,
    join,
    leave_out,
    read_knobs,
    revise,
)
from firsthand.model import Factor, VariableId
from networks import make_network, over
from random_cases import build_random_case
from vector_one import weigh

H = VariableId("H")
CLOSE = 1e-12
FEW = settings(max_examples=30, deadline=None)


def build_factors(seed: int) -> list[Factor]:
    case = build_random_case(seed)
    frame, evidence = weigh(case, centre_knobs(read_knobs(case)))
    return [*frame, *(one.likelihood for one in evidence)]


def swap(factors: list[Factor], changes: Mapping[int, Factor]) -> list[Factor]:
    return [changes.get(index, one) for index, one in enumerate(factors)]


def bend(one: Factor, seed: int) -> Factor:
    return Factor(one.scope, one.table * np.random.default_rng(seed).uniform(0.2, 1.0, one.table.shape))


@FEW
@given(st.integers(0, 10_000), st.integers(0, 100), st.integers(1, 4))
def test_changed_factors_equal_a_fresh_run(seed: int, start: int, count: int) -> None:
    factors = build_factors(seed)
    changed = {(start + step) % len(factors): step for step in range(count)}
    changes = {index: bend(factors[index], step) for index, step in changed.items()}
    calibration, fresh = calibrate_factors(factors), calibrate_factors(swap(factors, changes))
    assert np.abs(np.exp(ask_what_if(calibration, changes)) - np.exp(fresh.posterior)).max() < CLOSE
    revised = revise(calibration, changes)
    for variable in calibration.climb.tree.axes:
        assert np.abs(find_chances(revised, variable) - find_chances(fresh, variable)).max() < CLOSE


@FEW
@given(st.integers(0, 10_000))
def test_each_factor_left_out_equals_a_run_without_it(seed: int) -> None:
    factors = build_factors(seed)
    calibration = calibrate_factors(factors)
    for index, logs in enumerate(leave_out(calibration, range(len(factors)))):
        even = Factor(factors[index].scope, np.ones_like(factors[index].table))
        assert np.abs(np.exp(logs) - join(swap(factors, {index: even}), (H,))).max() < CLOSE


def test_a_change_and_its_opposite_return_to_the_start() -> None:
    network = make_network(30, hubs=2)
    calibration = calibrate_factors(network.factors)
    changes = {100: bend(network.factors[100], 1), 40: bend(network.factors[40], 2)}
    back = revise(revise(calibration, changes), {index: network.factors[index] for index in changes})
    assert (back.posterior == calibration.posterior).all()
    assert all((one == other).all() for one, other in zip(back.heard, calibration.heard, strict=True))


def test_a_change_leaves_what_it_was_made_from_as_it_was() -> None:
    network = make_network(10)
    calibration = calibrate_factors(network.factors)
    before = [one.copy() for one in calibration.climb.sent]
    revise(calibration, {20: bend(network.factors[20], 3)})
    ask_what_if(calibration, {20: bend(network.factors[20], 3), 30: bend(network.factors[30], 3)})
    assert all((one == other).all() for one, other in zip(calibration.climb.sent, before, strict=True))


def test_evidence_that_ruled_something_out_can_be_left_out_again() -> None:
    factors = [*make_network(5).factors, over("C:2 M:s1", [[0, 1, 0], [1, 0, 1]]), over("H", [1, 0, 1, 1])]
    calibration = calibrate_factors(factors)
    for index in (len(factors) - 1, len(factors) - 2):
        (logs,) = leave_out(calibration, [index])
        fresh = join([*factors[:index], *factors[index + 1 :]], (H,))
        assert np.exp(logs) == pytest.approx(fresh, abs=CLOSE)


def test_many_settings_are_asked_at_once() -> None:
    network = make_network(8)
    calibration = calibrate_factors(network.factors)
    one = network.factors[25]
    steps = np.linspace(0.1, 1, 7)
    table = np.concatenate([one.table * step + (1 - step) * 0.2 for step in steps], axis=-1)
    answers = np.exp(ask_what_if(calibration, {25: Factor(one.scope, table)}))
    for draw in range(7):
        fresh = join(swap(list(network.factors), {25: Factor(one.scope, table[..., [draw]])}), (H,))
        assert answers[:, draw] == pytest.approx(fresh[:, 0], abs=CLOSE)


def test_a_change_that_makes_everything_impossible_is_a_contradiction() -> None:
    network = make_network(4)
    calibration = calibrate_factors(network.factors)
    never = Factor(network.factors[0].scope, np.zeros_like(network.factors[0].table))
    with pytest.raises(Contradiction):
        ask_what_if(calibration, {0: never})


@pytest.mark.parametrize(
    "more",
    [
        [over("C:3 M:s3", [[0.4, 0.2, 0.9], [0.1, 0.2, 0.5]])],
        [over("C:3", [0.9, 0.2]), over("H", [0.5, 0.4, 0.3, 0.2])],
        [over("C:4 C:5", [[0.9, 0.2], [0.3, 0.8]])],
        [
            over("K:push M:new", [[0.1, 0.2, 0.7], [0.5, 0.4, 0.1]]),
            over("C:3 M:new", [[0.4, 0.2, 0.9], [0.1, 0.2, 0.5]]),
        ],
        [over("C:0 M:s9", [[0.4, 0.2, 0.9], [0.1, 0.2, 0.5]])],
        [over("", 0.7)],
    ],
    ids=["heard before", "in one place", "between neighbours", "a new source", "far apart", "an echo"],
)
def test_added_reports_equal_a_fresh_run(more: list[Factor]) -> None:
    network = make_network(12)
    added = add_factors(calibrate_factors(network.factors), network.factors, more)
    fresh = calibrate_factors([*network.factors, *more])
    assert np.abs(np.exp(added.posterior) - np.exp(fresh.posterior)).max() < CLOSE
    for name in ("C:3", "M:s3", "K:push", "C:9"):
        chances = find_chances(added, VariableId(name))
        assert np.abs(chances - find_chances(fresh, VariableId(name))).max() < CLOSE
    (without,) = leave_out(added, [len(network.factors)])
    assert np.exp(without) == pytest.approx(join([*network.factors, *more[1:]], (H,)), abs=CLOSE)


def test_a_report_added_where_its_source_was_heard_keeps_the_tree() -> None:
    network = make_network(12)
    calibration = calibrate_factors(network.factors)
    added = add_factors(calibration, network.factors, [network.reports[5], network.reports[9]])
    assert added.climb.tree.where is calibration.climb.tree.where
