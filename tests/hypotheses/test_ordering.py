"""Is the order greedy, the same every time, and the cheaper of two?"""

from __future__ import annotations

from itertools import combinations
from math import prod

import numpy as np
import pytest

from firsthand.hypotheses.ordering import order_variables
from firsthand.model import VariableId
from networks import make_network


def count_missing(near: set[str], graph: dict[str, set[str]]) -> int:
    return sum(other not in graph[one] for one, other in combinations(sorted(near), 2))


@pytest.mark.parametrize("seed", range(20))
def test_each_variable_lacks_the_fewest_ties_when_its_turn_comes(seed: int) -> None:
    rng = np.random.default_rng(seed)
    names = [VariableId(f"C:{number:02}") for number in range(14)]
    scopes = [tuple(sorted(rng.choice(names, size=2, replace=False))) for _ in range(22)]
    cards = {name: int(rng.integers(2, 4)) for name in names}
    graph: dict[str, set[str]] = {}
    for one, other in scopes:
        graph.setdefault(one, set()).add(other)
        graph.setdefault(other, set()).add(one)
    order, cliques = order_variables(scopes, frozenset(), cards)
    assert sorted(order) == sorted(graph)
    for name, clique in zip(order, cliques, strict=False):
        assert clique == graph[name] | {name}
        assert count_missing(graph[name], graph) == min(count_missing(near, graph) for near in graph.values())
        near = graph.pop(name)
        for one in near:
            graph[one] = (graph[one] | near) - {one, name}


def test_the_order_of_the_factors_is_irrelevant() -> None:
    network = make_network(20, hubs=5)
    scopes = [one.scope for one in network.factors]
    cards = {name: size for one in network.factors for name, size in zip(one.scope, one.table.shape, strict=False)}
    keep = frozenset({VariableId("H")})
    assert order_variables(scopes, keep, cards) == order_variables(scopes[::-1], keep, cards)


def test_what_is_kept_is_never_summed_out() -> None:
    order, cliques = order_variables([("H", "C:1"), ("C:1", "M:1")], frozenset({"H"}), {"H": 4, "C:1": 2, "M:1": 3})
    assert order == ("M:1", "C:1")
    assert cliques[-1] == {"H"}


def test_a_costly_network_gets_the_cheaper_of_two_orders() -> None:
    network = make_network(20, hubs=8)
    cards = {name: size for one in network.factors for name, size in zip(one.scope, one.table.shape, strict=False)}
    _, cliques = order_variables([one.scope for one in network.factors], frozenset({VariableId("H")}), cards)
    assert sum(prod(cards[name] for name in clique) for clique in cliques) < 300_000


def test_many_claims_in_a_row_make_a_tree_no_deeper_than_half_the_row() -> None:
    scopes = [(VariableId(f"C:{number}"), VariableId(f"C:{number + 1}")) for number in range(101)]
    cards = {name: 2 for scope in scopes for name in scope}
    order, cliques = order_variables(scopes, frozenset(), cards)
    heights = dict.fromkeys(order, 0)
    for name, clique in zip(order, cliques, strict=False):
        for one in clique - {name}:
            heights[one] = max(heights[one], heights[name] + 1)
    assert max(heights.values()) <= 52
