"""Does one pass up and one down give every part what a run of its own would, at any size?"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from firsthand.errors import Contradiction, TooCostly
from firsthand.hypotheses import calibrate_factors, centre_knobs, find_chances, infer, join, read_knobs, solve
from firsthand.hypotheses import tables as tables_module
from firsthand.hypotheses.calibration import climb_tree, compile_factors, find_joint
from firsthand.hypotheses.compiling import compile_tree
from firsthand.model import EvidenceKind, Factor, VariableId
from networks import make_network, over
from vector_one import build_case, weigh

H = VariableId("H")


def test_every_variable_comes_out_as_if_asked_alone() -> None:
    factors = make_network(12, hubs=3).factors
    calibration = calibrate_factors(factors)
    for variable in compile_factors(factors, (H,)).axes:
        alone = join(factors, (variable,))
        assert find_chances(calibration, variable) == pytest.approx(alone, abs=1e-13)


def test_a_joint_with_the_explanations_is_read_off_its_bucket() -> None:
    factors = make_network(9, hubs=2).factors
    calibration = calibrate_factors(factors)
    for claim in range(9):
        name = VariableId(f"C:{claim}")
        assert np.exp(find_joint(calibration, (name,))) == pytest.approx(join(factors, (name, H)), abs=1e-13)


def test_a_large_table_cut_into_blocks_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    factors = make_network(9, hubs=4).factors
    variables = list(compile_factors(factors, ()).axes)
    whole = infer(factors, variables)
    for module in (tables_module, __import__("firsthand.hypotheses.calibration", fromlist=["BLOCK"])):
        monkeypatch.setattr(module, "BLOCK", 16)
    for name, chances in infer(factors, variables).items():
        assert chances == pytest.approx(whole[name], abs=1e-13)


def test_a_block_that_plain_numbers_cannot_hold_is_done_in_logarithms(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    steep = [over("C:1 M:1", rng.uniform(1e-9, 1, (2, 3))) for _ in range(200)]
    factors = [*make_network(4).factors, *steep, over("C:1 M:2", rng.random((2, 3))), over("C:2 M:1", [[0, 1, 1]] * 2)]
    variables = list(compile_factors(factors, ()).axes)
    whole = infer(factors, variables)
    for module in (tables_module, __import__("firsthand.hypotheses.calibration", fromlist=["BLOCK"])):
        monkeypatch.setattr(module, "BLOCK", 4)
    for name, chances in infer(factors, variables).items():
        assert chances == pytest.approx(whole[name], abs=1e-12)


def test_a_hundred_thousand_reports_do_not_underflow() -> None:
    rng = np.random.default_rng(2)
    network = make_network(300)
    said = [network.reports[number] for number in rng.integers(len(network.reports), size=100_000)]
    started = time.process_time()
    calibration = calibrate_factors([*network.frame, *said])
    assert time.process_time() - started < 20
    assert np.isfinite(calibration.posterior[..., 0]).any()
    assert np.exp(calibration.posterior).sum() == pytest.approx(1, abs=1e-9)
    assert find_chances(calibration, VariableId("K:push")).sum() == pytest.approx(1, abs=1e-9)


def test_a_hundred_thousand_reports_on_one_claim_keep_their_odds() -> None:
    """Evidence that takes back what came before leaves what was there at first, however much there is of it."""
    frame = make_network(3).frame
    before = join(frame, (H,))
    there, back = over("C:1", [0.9, 0.1]), over("C:1", [0.1, 0.9])
    after = join([*frame, *[there, back] * 50_000], (H,))
    assert after == pytest.approx(before, abs=1e-9)


def test_seven_thousand_reports_are_calibrated_within_seconds() -> None:
    factors = make_network(2334).factors
    started = time.process_time()
    calibrate_factors(factors)
    assert time.process_time() - started < 6


def test_a_million_copies_cost_nothing() -> None:
    frame, evidence = weigh(build_case(echoes=1), centre_knobs(read_knobs(build_case(echoes=1))))
    (one,) = (each for each in evidence if each.kind == EvidenceKind.ECHO)
    said = [each for each in evidence if each is not one]
    quiet = calibrate_factors([*frame, *(each.likelihood for each in said)])
    started = time.process_time()
    loud = calibrate_factors([*frame, *(each.likelihood for each in said), *[one.likelihood] * 1_000_000])
    assert time.process_time() - started < 5
    assert (loud.posterior == quiet.posterior).all()
    assert loud.climb.tree.sizes == quiet.climb.tree.sizes


def test_what_would_not_fit_is_refused_before_it_is_computed() -> None:
    network = make_network(60, hubs=20)
    started = time.process_time()
    with pytest.raises(TooCostly, match="split the case"):
        calibrate_factors(network.factors)
    assert time.process_time() - started < 2


def test_a_source_heard_once_is_stripped_like_a_leaf() -> None:
    frame = [over("H", [0.5, 0.5]), over("H C:1", [[0.9, 0.1], [0.2, 0.8]])]
    said = [over(f"C:1 M:{number}", np.full((2, 3), 0.3)) for number in range(2000)]
    tree = compile_factors([*frame, *said], (H,))
    assert tree.largest == 2 * 2 * 3
    assert tree.total == sum(tree.sizes) + 1 < 2001 * 13


def test_what_is_impossible_together_is_a_contradiction() -> None:
    with pytest.raises(Contradiction):
        calibrate_factors([over("H C:1", [[1, 0], [1, 0]]), over("C:1", [0, 1]), over("H", [0.5, 0.5])])


def test_certainty_in_one_place_leaves_the_rest_computable() -> None:
    factors = [*make_network(6).factors, over("C:3", [1, 0])]
    calibration = calibrate_factors(factors)
    assert find_chances(calibration, VariableId("C:3"))[:, 0] == pytest.approx([1, 0])
    for name in ("C:2", "M:s3", "K:push"):
        alone = join(factors, (VariableId(name),))
        assert find_chances(calibration, VariableId(name)) == pytest.approx(alone, abs=1e-13)


def test_the_likelihood_of_all_evidence_is_kept() -> None:
    factors = make_network(3).factors
    whole = np.ones((1, 1))
    names = sorted({name for one in factors for name in one.scope} - {H})
    cards = {name: size for one in factors for name, size in zip(one.scope, one.table.shape, strict=False)}
    whole = np.ones([*(cards[name] for name in names), cards[H]])
    for one in factors:
        order = sorted(range(len(one.scope)), key=lambda axis, one=one: [*names, H].index(one.scope[axis]))
        shape = [cards[name] if name in one.scope else 1 for name in [*names, H]]
        whole = whole * one.table[..., 0].transpose(order).reshape(shape)
    counted = np.log(whole.reshape(-1, cards[H]).sum(axis=0))
    assert climb_tree(factors, (H,)).weights[:, 0] == pytest.approx(counted, abs=1e-9)


def test_the_cost_is_known_before_anything_is_computed() -> None:
    network = make_network(20, hubs=4)
    cards = {name: size for one in network.factors for name, size in zip(one.scope, one.table.shape, strict=False)}
    tree = compile_tree([one.scope for one in network.factors], [H], cards)
    climb = climb_tree(network.factors, (H,))
    kept = [one.size for one in climb.sums if one.size]
    assert max(kept) <= tree.largest
    assert sum(kept) <= tree.total


def test_draws_are_calibrated_each_as_if_alone() -> None:
    rng = np.random.default_rng(8)
    plain = make_network(5).factors
    wide = [Factor(one.scope, one.table * rng.uniform(0.7, 1.0, (*one.table.shape[:-1], 30))) for one in plain]
    together = calibrate_factors(wide)
    for draw in (0, 17, 29):
        alone = calibrate_factors([Factor(one.scope, one.table[..., [draw]]) for one in wide])
        for name in ("C:2", "M:s1", "H"):
            chances = find_chances(together, VariableId(name))[:, draw]
            assert chances == pytest.approx(find_chances(alone, VariableId(name))[:, 0], abs=1e-13)


def test_five_hundred_reports_are_solved_with_every_one_left_out() -> None:
    case = build_case()
    network = make_network(60)
    _, evidence = weigh(case, centre_knobs(read_knobs(case)))
    said = [replace(evidence[0], id=f"e{number:03}", likelihood=one) for number, one in enumerate(network.reports)]
    solution = solve(network.frame, said)
    for index in (0, 50, 100, len(said) - 1):
        ordered = [one.likelihood for one in solution.evidence]
        fresh = join([*network.frame, *ordered[:index], *ordered[index + 1 :]], (H,))
        assert np.exp(solution.without[index]) == pytest.approx(fresh, abs=1e-12)
