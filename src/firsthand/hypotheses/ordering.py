"""In which order are variables summed out, so that no table grows large?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import TypeAlias

from firsthand.model import VariableId

Graph: TypeAlias = dict[VariableId, set[VariableId]]


def order_variables(
    scopes: Iterable[tuple[VariableId, ...]], keep: frozenset[VariableId], cards: Mapping[VariableId, int]
) -> tuple[tuple[VariableId, ...], list[frozenset[VariableId]]]:
    """Return a greedy min-fill order of all variables not kept, and the clique each one makes, the last of those kept.

    Ties go to the smaller clique and then to the name, so the order is always the same.
    """
    graph = _link_variables(scopes)
    fills = {variable: _count_fill(graph, variable) for variable in graph if variable not in keep}
    order: list[VariableId] = []
    cliques: list[frozenset[VariableId]] = []
    while fills:
        chosen = min(fills, key=lambda variable: (fills[variable], len(graph[variable]), cards[variable], variable))
        order.append(chosen)
        cliques.append(frozenset(graph[chosen] | {chosen}))
        del fills[chosen]
        for changed in _remove_variable(graph, chosen) & fills.keys():
            fills[changed] = _count_fill(graph, changed)
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


def _remove_variable(graph: Graph, variable: VariableId) -> set[VariableId]:
    """Take a variable out, make its neighbours a clique, and return the variables whose fill may have changed."""
    near = graph.pop(variable)
    changed = set(near)
    for one in near:
        graph[one].discard(variable)
    for one, other in combinations(sorted(near), 2):
        if other not in graph[one]:
            graph[one].add(other)
            graph[other].add(one)
            changed |= graph[one] & graph[other]
    return changed
