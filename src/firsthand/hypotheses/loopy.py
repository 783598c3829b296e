"""What do neighbours come to believe by telling one another, where counting exactly would not fit?

Loopy belief propagation (Pearl 1988) with the explanations, campaigns and postures held fixed in turn, so that only
the two-sided graph of claims and sources is loopy; each of those worlds is weighed by Bethe's approximation of its
likelihood (Yedidia, Freeman and Weiss 2005). Exact on a tree; elsewhere a good guess whose error nothing bounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from firsthand.errors import ModelError, TooCostly
from firsthand.hypotheses.tables import Table, add_exponentials, count_states, normalise, take_logs
from firsthand.model import Factor, VariableId

ROUNDS, CLOSE, DAMP = 400, 1e-9, 0.3
NEVER = -600.0
"""Stands for the logarithm of 0, so that messages can be divided out again."""
WORLDS = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Loopy:
    """`weights`: log chances of each world of `outer`, an axis each; `beliefs`: for each other variable its log chances
    in each world, shape (states, worlds). `settled`: whether the messages stopped changing."""

    outer: tuple[VariableId, ...]
    weights: Table
    beliefs: Mapping[VariableId, Table]
    settled: bool

    def find_chances(self, variable: VariableId) -> Table:
        """Return the chances of one variable, shape (states,)."""
        worlds = np.exp(self.weights)
        if variable in self.outer:
            kept = self.outer.index(variable)
            return np.asarray(worlds.sum(axis=tuple(axis for axis in range(worlds.ndim) if axis != kept)))
        return np.asarray(np.exp(self.beliefs[variable]) @ worlds.ravel())


@dataclass(frozen=True, slots=True, eq=False)
class _Graph:
    """Pairs of variables: `ends` (2, pairs), `pairs` (pairs, states, states, worlds), `alone` (nodes, states, worlds).

    States that a variable does not have are NEVER.
    """

    ends: NDArray[np.int64]
    pairs: Table
    alone: Table
    constant: Table


def pass_messages(factors: Sequence[Factor], outer: Sequence[VariableId]) -> Loopy:
    """Return what loopy propagation comes to, `outer` held fixed in turn.

    Raises TooCostly for more than 4,096 worlds of `outer`, and ModelError where a factor joins three other variables.
    """
    cards = count_states(factors)
    known = tuple(variable for variable in outer if variable in cards)
    sizes = tuple(cards[variable] for variable in known)
    if prod(sizes) > WORLDS:
        raise TooCostly(f"{prod(sizes)} worlds of campaigns and postures are too many; {WORLDS} is the limit")
    free = sorted(set(cards) - set(known))
    graph = _build_graph(factors, known, free, cards)
    toward, settled = _exchange(graph)
    nodes, bethe = _weigh(graph, toward)
    weights = normalise((bethe + graph.constant).reshape(*sizes, 1))[..., 0]
    beliefs = {variable: nodes[index, : cards[variable]] for index, variable in enumerate(free)}
    return Loopy(known, weights, beliefs, settled)


def _build_graph(
    factors: Sequence[Factor], outer: tuple[VariableId, ...], free: list[VariableId], cards: Mapping[VariableId, int]
) -> _Graph:
    axes = {variable: place for place, variable in enumerate([*free, *outer])}
    sizes, number = [cards[variable] for variable in outer], {variable: index for index, variable in enumerate(free)}
    most, worlds = max((cards[variable] for variable in free), default=1), prod(sizes)
    alone = np.full((len(free), most, worlds), NEVER)
    for variable, index in number.items():
        alone[index, : cards[variable]] = 0.0
    constant, pairs = np.zeros(worlds), dict[tuple[int, int], Table]()
    for factor, log in zip(factors, take_logs(factors, axes, len(outer)), strict=True):
        inner = sorted(number[variable] for variable in factor.scope if variable in number)
        own = log.shape[: len(inner)]
        table = np.maximum(np.broadcast_to(log[..., 0], (*own, *sizes)).reshape(*own, worlds), NEVER)
        if len(inner) > 2:
            raise ModelError(f"a factor over {', '.join(factor.scope)} joins more than a claim and a source")
        if len(inner) == 2:
            blank = np.zeros((most, most, worlds))
            blank[: own[0], : own[1]] = table
            pairs[inner[0], inner[1]] = pairs.get((inner[0], inner[1]), 0.0) + blank
        elif inner:
            alone[inner[0], : own[0]] += table
        else:
            constant += table
    ends = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2).T
    stacked = np.array([pairs[key] for key in sorted(pairs)]).reshape(-1, most, most, worlds)
    return _Graph(ends, stacked, np.maximum(alone, NEVER), constant)


def _exchange(graph: _Graph) -> tuple[Table, bool]:
    """Return the messages to either end of each pair, shape (2, pairs, states, worlds), and whether they settled."""
    toward = np.zeros((2, *graph.pairs.shape[:2], graph.pairs.shape[-1]))
    if not toward.size:
        return toward, True
    for _ in range(ROUNDS):
        left, right = _leave_ends(graph, toward)
        fresh = np.stack(
            [
                add_exponentials(graph.pairs + right[:, None], 2)[:, :, 0],
                add_exponentials(graph.pairs + left[:, :, None], 1)[:, 0],
            ]
        )
        fresh = np.maximum(fresh - fresh.max(axis=2, keepdims=True), NEVER)
        change = float(np.abs(np.exp(fresh) - np.exp(toward)).max())
        toward = DAMP * toward + (1 - DAMP) * fresh
        if change < CLOSE:
            return toward, True
    return toward, False


def _leave_ends(graph: _Graph, toward: Table) -> tuple[Table, Table]:
    """Return what the first and the second of each pair tell it: all they heard but from the pair itself."""
    nodes = _gather(graph, toward)
    left, right = (nodes[graph.ends[side]] - toward[side] for side in (0, 1))
    return left - left.max(axis=1, keepdims=True), right - right.max(axis=1, keepdims=True)


def _gather(graph: _Graph, toward: Table) -> Table:
    nodes = graph.alone.copy()
    for side in (0, 1):
        np.add.at(nodes, graph.ends[side], toward[side])
    return nodes


def _weigh(graph: _Graph, toward: Table) -> tuple[Table, Table]:
    """Return the log beliefs of each node, and Bethe's log likelihood of each world."""
    nodes = _gather(graph, toward)
    sums = add_exponentials(nodes, 1)
    left, right = _leave_ends(graph, toward)
    both = add_exponentials(graph.pairs + left[:, :, None] + right[:, None], (1, 2))[:, 0, 0]
    shared = sum(
        (add_exponentials(one + heard, 1)[:, 0] for one, heard in ((left, toward[0]), (right, toward[1]))),
        start=np.zeros_like(both),
    )
    return nodes - sums, sums[:, 0].sum(axis=0) + (both - shared).sum(axis=0)
