"""Does following the evidence as it arrives give what starting over after each piece gives?"""

from __future__ import annotations

import numpy as np
import pytest

from firsthand.errors import Contradiction
from firsthand.hypotheses import arriving, tables
from firsthand.hypotheses.arriving import count_path_cells, follow_arrivals
from firsthand.hypotheses.calibration import calibrate, climb_items, climb_tree, compile_factors
from firsthand.hypotheses.tables import Table, take_logs
from firsthand.model import Factor, VariableId
from networks import Network, make_network, over

GIVEN = (VariableId("H"),)


def follow(network: Network, order: list[int]) -> list[Table]:
    """The posterior after each of some reports in this order, the others never heard."""
    factors, framed = list(network.factors), len(network.frame)
    tree = compile_factors(factors, GIVEN)
    logs = take_logs(factors, tree.axes, 1)
    start = climb_items(tree, [*logs[:framed], *(np.zeros_like(log) for log in logs[framed:])])
    return follow_arrivals(start, {framed + item: logs[framed + item] for item in order})[0]


def start_over(network: Network, order: list[int]) -> list[Table]:
    said = [network.reports[item] for item in order]
    return [climb_tree([*network.frame, *said[:count]], GIVEN).posterior for count in range(len(said) + 1)]


def draw_tables(network: Network, draws: int) -> Network:
    """Some tables of the network with draws along their last axis."""
    rng = np.random.default_rng(3)
    drawn = [
        Factor(one.scope, np.clip(one.table * rng.uniform(0.8, 1.2, (*one.table.shape[:-1], draws)), 0, 1))
        for one in network.reports[::2]
    ]
    return Network(network.frame, (*drawn, *network.reports[1::2]))


@pytest.mark.parametrize(("claims", "hubs", "draws"), [(7, 0, 1), (12, 2, 1), (5, 3, 1), (7, 1, 5)])
def test_every_step_is_what_starting_over_gives(claims: int, hubs: int, draws: int) -> None:
    network = make_network(claims, hubs=hubs)
    network = draw_tables(network, draws) if draws > 1 else network
    order = [int(item) for item in np.random.default_rng(1).permutation(len(network.reports))]
    for step, fresh in zip(follow(network, order), start_over(network, order), strict=True):
        assert np.abs(step - fresh).max() < 1e-12


@pytest.mark.parametrize("held", [1, 3000])
def test_batches_of_any_size_and_tables_cut_in_blocks_give_the_same(held: int, monkeypatch: pytest.MonkeyPatch) -> None:
    network = make_network(9, hubs=2)
    order = list(range(len(network.reports)))
    whole = follow(network, order)
    monkeypatch.setattr(arriving, "HELD", held)
    monkeypatch.setattr(arriving, "BLOCK", 64)
    monkeypatch.setattr(tables, "BLOCK", 64)
    for step, other in zip(follow(network, order), whole, strict=True):
        assert np.abs(step - other).max() < 1e-12


def test_the_pass_that_is_left_holds_everything() -> None:
    network = make_network(6, hubs=2)
    factors, framed = list(network.factors), len(network.frame)
    tree = compile_factors(factors, GIVEN)
    logs = take_logs(factors, tree.axes, 1)
    start = climb_items(tree, [*logs[:framed], *(np.zeros_like(log) for log in logs[framed:])])
    before = start.posterior
    _, left = follow_arrivals(start, {item: logs[item] for item in range(framed, len(factors))})
    fresh = calibrate(climb_tree(factors, GIVEN, tree))
    assert all((one == other).all() for one, other in zip(calibrate(left).heard, fresh.heard, strict=True))
    assert (start.posterior == before).all()


def test_what_becomes_impossible_on_the_way_is_a_contradiction() -> None:
    frame = (over("H", [0.5, 0.5]), over("H C:a", [[1, 0], [0, 1]]))
    both = (over("C:a", [1, 0]), over("H", [0, 1]))
    with pytest.raises(Contradiction):
        follow(Network(frame, both), [0, 1])
    assert np.exp(follow(Network(frame, both), [0])[-1][:, 0]) == pytest.approx([1, 0])


def test_the_way_to_the_root_is_as_long_as_its_tables() -> None:
    factors = make_network(8).factors
    tree = compile_factors(factors, GIVEN)
    ways = [count_path_cells(tree, [item]) for item in range(len(factors))]
    assert count_path_cells(tree, range(len(factors))) == sum(ways)
    assert max(ways) < tree.total
    assert ways[0] == 0
