"""Is elimination exact, sturdy, and honest about its cost?"""

from __future__ import annotations

import time

import numpy as np
import pytest

from firsthand.errors import Contradiction, ModelError, TooCostly
from firsthand.hypotheses import infer, join, plan_elimination
from firsthand.hypotheses.enumeration import enumerate_worlds
from firsthand.model import Factor, VariableId


def over(names: str, table: object) -> Factor:
    return Factor(tuple(VariableId(name) for name in names.split()), np.asarray(table, dtype=float)[..., None])


def test_joint_chances_keep_the_order_asked_for() -> None:
    factors = [over("H", [0.3, 0.7]), over("H C", [[0.9, 0.1], [0.2, 0.8]])]
    assert join(factors, ("C", "H"))[..., 0] == pytest.approx(np.array([[0.27, 0.14], [0.03, 0.56]]))


def test_a_variable_no_factor_mentions_comes_out_even() -> None:
    chances = infer([over("H", [0.3, 0.7])], [VariableId("A")], {VariableId("A"): 2})
    assert chances["A"][:, 0] == pytest.approx([0.5, 0.5])


def test_ten_thousand_pieces_of_evidence_do_not_underflow() -> None:
    against, back = over("H", [1e-3, 0.9]), over("H", [0.9, 1e-3])
    factors = [over("H", [0.5, 0.5]), *[against] * 5000, *[back] * 5000]
    assert infer(factors, [VariableId("H")])["H"][:, 0] == pytest.approx([0.5, 0.5], abs=1e-9)
    one_sided = infer([over("H", [0.5, 0.5]), *[against] * 10_000], [VariableId("H")])["H"][:, 0]
    assert one_sided == pytest.approx([0.0, 1.0])


def test_no_chance_ever_rounds_to_more_than_one() -> None:
    rng = np.random.default_rng(3)
    for _ in range(300):
        sure = over("H", [1.0, float(rng.uniform(0, 1e-15)), 0.0])
        chances = infer([sure, over("H C", rng.random((3, 2)))], [VariableId("H"), VariableId("C")])
        assert max(float(table.max()) for table in chances.values()) <= 1.0


def test_impossible_evidence_is_a_contradiction_and_not_a_nan() -> None:
    with pytest.raises(Contradiction):
        infer([over("H", [1, 0]), over("H", [0, 1])], [VariableId("H")])
    with pytest.raises(Contradiction):
        enumerate_worlds([over("H", [1, 0]), over("H", [0, 1])], [VariableId("H")], {VariableId("H"): 2})


@pytest.mark.parametrize("wrong", [-0.1, float("nan")])
def test_a_table_with_a_wrong_number_is_refused(wrong: float) -> None:
    with pytest.raises(ModelError, match="negative or not a number"):
        infer([over("H", [wrong, 1])], [VariableId("H")])


def test_tables_that_disagree_about_a_variable_are_refused() -> None:
    with pytest.raises(ModelError, match="2 states in one table and 3"):
        infer([over("H", [1, 1]), over("H", [1, 1, 1])], [VariableId("H")])


def test_what_would_not_fit_is_refused_before_it_runs_and_names_what_to_split() -> None:
    rng = np.random.default_rng(1)
    sources, claims = [f"M:s{n:02}" for n in range(24)], [f"C:c{n:02}" for n in range(24)]
    factors = [over(f"{claim} {source}", rng.random((2, 3))) for claim in claims for source in sources]
    started = time.perf_counter()
    with pytest.raises(TooCostly, match="s00"):
        infer(factors, [VariableId("C:c00")])
    assert time.perf_counter() - started < 2


def test_a_chain_of_any_length_costs_no_more_than_its_links() -> None:
    scopes = [(VariableId(f"C:{n}"), VariableId(f"C:{n + 1}")) for n in range(300)]
    cards = {name: 2 for scope in scopes for name in scope}
    assert plan_elimination(scopes, (VariableId("C:0"),), cards).largest == 4


def test_too_many_worlds_are_not_counted_one_by_one() -> None:
    cards = {VariableId(f"C:{n}"): 2 for n in range(22)}
    with pytest.raises(TooCostly):
        enumerate_worlds([], [VariableId("C:0")], cards)


def test_every_draw_is_computed_as_if_alone() -> None:
    rng = np.random.default_rng(2)
    wide = [
        Factor(("H", "C"), rng.random((3, 2, 40))),
        Factor(("C",), rng.random((2, 1))),
        Factor(("H",), rng.random((3, 40))),
    ]
    together = infer(wide, ["H"])["H"]
    for draw in range(40):
        alone = [Factor(one.scope, one.table[..., min(draw, one.table.shape[-1] - 1)][..., None]) for one in wide]
        assert together[:, draw] == pytest.approx(infer(alone, ["H"])["H"][:, 0], abs=1e-14)
