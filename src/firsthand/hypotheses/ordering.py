"""In which order are variables summed out, so that no table grows large?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush
from itertools import combinations
from math import prod
from typing import TypeAlias

from firsthand.model import VariableId

Graph: TypeAlias = dict[VariableId, set[VariableId]]
Order: TypeAlias = tuple[tuple[VariableId, ...], list[frozenset[VariableId]]]
COSTLY = 2**17
"""Cells in all from which a second order is worth trying."""


def order_variables(
    scopes: Iterable[tuple[VariableId, ...]], keep: frozenset[VariableId], cards: Mapping[VariableId, int]
) -> Order:
    """Return an order of all variables not kept, and the clique each one makes, the last of those kept.

    Greedy: whose neighbours lack the fewest ties among themselves (min-fill, Rose 1970); where that makes large tables,
    also who makes the smallest table, and the cheaper order of the two.
    """
    known = set(scopes)
    order = _order_greedily(known, keep, cards, smallest=False)
    if _count_cells(order, cards) < COSTLY:
        return order
    other = _order_greedily(known, keep, cards, smallest=True)
    return min(order, other, key=lambda one: _count_cells(one, cards))


def _count_cells(order: Order, cards: Mapping[VariableId, int]) -> int:
    return sum(prod(cards[variable] for variable in clique) for clique in order[1])


def _order_greedily(
    scopes: Iterable[tuple[VariableId, ...]],
    keep: frozenset[VariableId],
    cards: Mapping[VariableId, int],
    *,
    smallest: bool,
) -> Order:
    """Return the order that is greedy for few new ties or for small tables; each breaks the ties of the other.

    Then comes what depends on the shortest chain of tables, so that the tree is shallow, and then the name.
    """
    graph = _link_variables(scopes)
    fills = {variable: _count_fill(graph, variable) for variable in graph}
    heights = dict.fromkeys(graph, 0)
    sizes = {variable: prod(cards[near] for near in graph[variable]) * cards[variable] for variable in graph}

    def rank(variable: VariableId) -> tuple[int, int, int, VariableId]:
        fill, size = fills[variable], sizes[variable]
        return (size, fill, heights[variable], variable) if smallest else (fill, size, heights[variable], variable)

    heap = [rank(variable) for variable in graph if variable not in keep]
    heapify(heap)
    order: list[VariableId] = []
    cliques: list[frozenset[VariableId]] = []
    while heap:
        key = heappop(heap)
        chosen = key[-1]
        if chosen not in graph or key != rank(chosen):
            continue
        order.append(chosen)
        near = graph[chosen]
        cliques.append(frozenset(near | {chosen}))
        changed = _remove_variable(graph, fills, sizes, chosen, cards)
        for one in near:
            heights[one] = max(heights[one], heights[chosen] + 1)
        for one in changed - keep:
            heappush(heap, rank(one))
    return tuple(order), [*cliques, frozenset(keep)]


def _link_variables(scopes: Iterable[tuple[VariableId, ...]]) -> Graph:
    graph: Graph = {}
    for scope in set(scopes):
        for variable in scope:
            graph.setdefault(variable, set()).update(scope)
    for variable, near in graph.items():
        near.discard(variable)
    return graph


def _count_fill(graph: Graph, variable: VariableId) -> int:
    """Return how many pairs of neighbours are not yet neighbours of each other."""
    near = graph[variable]
    linked = sum(len(graph[one] & near) for one in near)
    return (len(near) * (len(near) - 1) - linked) // 2


def _remove_variable(
    graph: Graph,
    fills: dict[VariableId, int],
    sizes: dict[VariableId, int],
    variable: VariableId,
    cards: Mapping[VariableId, int],
) -> set[VariableId]:
    """Take a variable out, make its neighbours a clique, keep fills and sizes true; return whose may have changed."""
    near = graph.pop(variable)
    changed = set(near)
    for one in near:
        graph[one].discard(variable)
        fills[one] -= len(graph[one]) - len(graph[one] & near)
        sizes[one] //= cards[variable]
    for one, other in combinations(sorted(near), 2):
        if other not in graph[one]:
            common = graph[one] & graph[other]
            for shared in common:
                fills[shared] -= 1
            fills[one] += len(graph[one]) - len(common)
            fills[other] += len(graph[other]) - len(common)
            sizes[one], sizes[other] = sizes[one] * cards[other], sizes[other] * cards[one]
            graph[one].add(other)
            graph[other].add(one)
            changed |= common
    return changed
