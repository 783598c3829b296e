"""How much of the verdict does each group of evidence carry, when none comes first?

Taken in order, what a piece adds depends on what came before it. A Shapley share (Shapley 1953) is what it adds on
average over every order, in dB on the odds of one explanation, so the shares still add up to the weight of all the
evidence. Up to twelve groups every subset is solved, all in one pass; beyond that orders are drawn, each with its
reverse, and the shares are marked as estimates with their standard error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from firsthand.errors import ModelError
from firsthand.hypotheses.calibration import climb_buckets, climb_tree
from firsthand.hypotheses.compiling import Tree
from firsthand.hypotheses.tables import Table, add_exponentials, add_up
from firsthand.model import Factor, VariableId

EXACT = 12
ORDERS = 200
CHUNK = 2**20
"""Cells over all buckets worked on at once."""
DECIBANS = 10 / np.log(10)


@dataclass(frozen=True, slots=True)
class Share:
    """What one group carries in dB; `error` is the standard error, 0 where every subset was solved."""

    group: str
    weight_db: float
    error: float
    exact: bool


def share_weight(
    frame: Sequence[Factor],
    groups: Mapping[str, Sequence[Factor]],
    about: tuple[VariableId, int],
    *,
    orders: int = ORDERS,
    seed: int = 1,
) -> tuple[Share, ...]:
    """Return each group's share of the weight of all evidence for one state of one variable, in order of the groups.

    Raises ModelError where some of the evidence makes that state certain or impossible: no finite weight can be shared.
    """
    names = list(groups)
    if len(names) <= EXACT:
        held = (np.arange(2 ** len(names))[:, None] >> np.arange(len(names))) & 1 == 1
        weights = _weigh_subsets(frame, groups, about, held)
        rows = [_average(weights, held, number) for number in range(len(names))]
        return tuple(Share(name, weight, 0.0, True) for name, weight in zip(names, rows, strict=True))
    gains = _follow_orders(frame, groups, about, _draw_orders(len(names), orders, seed))
    means, errors = gains.mean(axis=0), gains.std(axis=0, ddof=1) / np.sqrt(len(gains))
    rows_ = zip(names, means, errors, strict=True)
    return tuple(Share(name, float(weight), float(error), False) for name, weight, error in rows_)


def _average(weights: Table, held: NDArray[np.bool_], number: int) -> float:
    """Return what one group adds to the others, averaged over every order: subsets of a size weigh the same in all."""
    count = held.shape[1]
    without = np.flatnonzero(~held[:, number])
    added = weights[without + (1 << number)] - weights[without]
    sizes = held[without].sum(axis=1)
    shares = np.array([1 / (count * comb(count - 1, size)) for size in range(count)])
    return float((added * shares[sizes]).sum())


def _draw_orders(count: int, orders: int, seed: int) -> NDArray[np.int64]:
    chance = np.random.default_rng(seed)
    drawn = np.array([chance.permutation(count) for _ in range(max(2, orders // 2))])
    return np.stack([drawn, drawn[:, ::-1]], axis=1)


def _follow_orders(
    frame: Sequence[Factor],
    groups: Mapping[str, Sequence[Factor]],
    about: tuple[VariableId, int],
    orders: NDArray[np.int64],
) -> Table:
    """Return what each group added, averaged over each order and its reverse, shape (pairs, groups)."""
    pairs, _, count = orders.shape
    places = np.argsort(orders.reshape(-1, count), axis=1)
    held = places[:, None, :] < np.arange(count + 1)[None, :, None]
    weights = _weigh_subsets(frame, groups, about, held.reshape(-1, count)).reshape(-1, count + 1)
    added = np.take_along_axis(np.diff(weights, axis=1), places, axis=1)
    return np.asarray(added.reshape(pairs, 2, count).mean(axis=1))


def _weigh_subsets(
    frame: Sequence[Factor],
    groups: Mapping[str, Sequence[Factor]],
    about: tuple[VariableId, int],
    held: NDArray[np.bool_],
) -> Table:
    """Return the log-odds in dB, shape (subsets,), with the groups that are `held` in each subset."""
    variable, state = about
    factors = [*frame, *(factor for group in groups.values() for factor in group)]
    group_of = np.repeat(np.arange(len(groups)), [len(group) for group in groups.values()])
    climb = climb_tree(factors, (variable,))
    size, rows = max(1, CHUNK // climb.tree.total), []
    for start in range(0, len(held), size):
        part = held[start : start + size]
        items = list(climb.items)
        for number, group in enumerate(group_of, start=len(frame)):
            items[number] = np.where(part[:, group], items[number], 0.0)
        root = _climb_again(climb.tree, items, factors)
        others = add_exponentials(np.delete(root, state, axis=0), 0)[0]
        with np.errstate(invalid="ignore"):
            rows.append(np.broadcast_to(DECIBANS * (root[state] - others), len(part)))
    weights = np.concatenate(rows)
    if not np.isfinite(weights).all():
        raise ModelError("some of the evidence alone makes this certain or impossible, and that cannot be shared out")
    return weights


def _climb_again(tree: Tree, items: list[Table], factors: Sequence[Factor]) -> Table:
    climb = climb_tree(factors, tree.given, tree)
    climb.items[:] = items
    climb.blocks[:] = [add_up([items[index] for index in block.items]) for block in tree.blocks]
    return climb_buckets(climb, range(len(tree.buckets))).root
