"""What does every part of the tree know of all the rest, from one pass up and one pass down?

Upwards each bucket is summed out and what is left goes to its parent (Dechter 1999); downwards each bucket hears from
its parent what everything else says (Lauritzen and Spiegelhalter 1988, in the form of Jensen that divides out what the
bucket had said itself). After that every bucket holds the joint chances of its variables and of what is given, so the
posterior without any one piece of evidence, or with any one changed, is one division away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import prod

import numpy as np

from firsthand.errors import Contradiction
from firsthand.hypotheses.compiling import Tree, compile_tree
from firsthand.hypotheses.frame import HYPOTHESIS
from firsthand.hypotheses.tables import (
    BLOCK,
    FAINT,
    FLOOR,
    Table,
    add_up,
    count_states,
    normalise,
    reduce_axes,
    sum_product,
    take_logs,
)
from firsthand.model import Factor, VariableId

NOT_KEPT: Table = np.zeros(0)
"""The product of a bucket too large to keep; it is worked out again in blocks where it is wanted."""


@dataclass(frozen=True, slots=True, eq=False)
class Climb:
    """The way up: each factor in logarithms, the blocks they fold into, each bucket's product, and what it sent up.

    What is sent is scaled to a largest of 0; `shifts` are the scales, so that `weight` adds up to the log likelihood.
    `root`: the log weights of what is given, an axis for each, then the draws.
    """

    tree: Tree
    items: list[Table]
    blocks: list[Table]
    sums: list[Table]
    sent: list[Table]
    shifts: list[Table]
    root: Table

    def list_parts(self, number: int) -> list[Table]:
        """Return the tables whose product a bucket holds; for a small bucket, that product."""
        if self.sums[number].size:
            return [self.sums[number]]
        bucket = self.tree.buckets[number]
        return [self.blocks[block][index] for block, index in bucket.blocks] + [
            self.sent[child][index] for child, index in bucket.children
        ]

    @property
    def posterior(self) -> Table:
        """Log chances of what is given; raises Contradiction where nothing is possible."""
        return normalise(self.root)

    @property
    def weights(self) -> Table:
        """Log of the joint likelihood of all factors with what is given, comparable between draws."""
        return np.asarray(self.root + sum(shift.reshape(shift.shape[-1]) for shift in self.shifts))


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """Both ways: `heard[b]` is what everything outside bucket b says of its variables but the one it sums out."""

    climb: Climb
    heard: list[Table]
    posterior: Table


def climb_tree(factors: Sequence[Factor], given: Sequence[VariableId], tree: Tree | None = None) -> Climb:
    """Return the pass up the tree, compiled from the factors unless given.

    Raises TooCostly before anything is computed, ModelError for a table that holds no chances.
    """
    tree = tree or compile_factors(factors, given)
    return climb_items(tree, take_logs(factors, tree.axes, len(tree.given)))


def climb_items(tree: Tree, items: list[Table]) -> Climb:
    """Return the pass up a tree, each factor given in logarithms, laid out as `take_logs` does."""
    blocks = [add_up([items[index] for index in block.items]) for block in tree.blocks]
    empty = np.zeros((1,) * (len(tree.given) + 1))
    count = len(tree.buckets)
    climb = Climb(tree, items, blocks, [empty] * count, [empty] * count, [empty] * count, empty)
    return climb_buckets(climb, range(count))


def calibrate_factors(factors: Sequence[Factor], given: Sequence[VariableId] = (HYPOTHESIS,)) -> Calibration:
    """Return the tree for some factors, calibrated, with the hypotheses held apart unless told otherwise."""
    return calibrate(climb_tree(factors, given))


def compile_factors(factors: Sequence[Factor], given: Sequence[VariableId]) -> Tree:
    """Return the tree for some factors, those of `given` that they mention kept apart."""
    cards = count_states(factors)
    known = [variable for variable in given if variable in cards]
    return _compile(tuple(factor.scope for factor in factors), tuple(known), tuple(cards.items()))


@lru_cache(maxsize=16)
def _compile(
    scopes: tuple[tuple[VariableId, ...], ...], given: tuple[VariableId, ...], cards: tuple[tuple[VariableId, int], ...]
) -> Tree:
    """Return the tree, the same as last time where only numbers changed."""
    return compile_tree(scopes, given, dict(cards))


def climb_buckets(climb: Climb, numbers: Sequence[int]) -> Climb:
    """Return the pass with these buckets summed out anew, in order; the lists of `climb` itself are written to."""
    sum_buckets(climb, numbers)
    return replace(climb, root=_sum_root(climb))


def sum_buckets(climb: Climb, numbers: Sequence[int]) -> None:
    """Sum these buckets out anew, in order, into the lists of `climb`; its root stays what it was."""
    tree = climb.tree
    with np.errstate(divide="ignore"):
        for number in numbers:
            bucket = tree.buckets[number]
            parts = [climb.blocks[block][index] for block, index in bucket.blocks]
            parts += [climb.sent[child][index] for child, index in bucket.children]
            if tree.sizes[number] * max(part.shape[-1] for part in parts) > BLOCK:
                climb.sums[number] = NOT_KEPT
                climb.sent[number], climb.shifts[number] = scale(sum_product(parts, (0,))[0])
            else:
                whole = parts[0] if len(parts) == 1 else parts[0] + parts[1] if len(parts) == 2 else add_up(parts)
                climb.sums[number] = whole
                climb.sent[number], climb.shifts[number] = sum_out(whole)


def calibrate(climb: Climb) -> Calibration:
    """Return the pass down the tree; raise Contradiction where nothing is possible."""
    tree, posterior = climb.tree, climb.posterior
    heard = [posterior] * len(tree.buckets)
    with np.errstate(divide="ignore", invalid="ignore"):
        for number in range(len(tree.buckets) - 1, -1, -1):
            bucket = tree.buckets[number]
            if bucket.parent < 0:
                heard[number] = _divide(posterior, climb.sent[number])
            for child, told in _tell_children(climb, heard, number):
                heard[child] = _divide(told, climb.sent[child])
    return Calibration(climb, heard, posterior)


def _tell_children(climb: Climb, heard: Sequence[Table], number: int) -> Iterator[tuple[int, Table]]:
    """Yield, for each child of a bucket, the joint chances of what the two share."""
    buckets, children = climb.tree.buckets, climb.tree.buckets[number].children
    if children and climb.sums[number].size:
        whole = climb.sums[number] + heard[number][None]
        top = np.maximum.reduce(whole, axis=tuple(range(whole.ndim - 1)), keepdims=True)
        chances = np.exp(whole - top)
        for child, _ in children:
            outside = buckets[child].outside
            summed = reduce_axes(np.add, chances, outside)
            if np.minimum.reduce(summed, axis=None) > FAINT:
                yield child, (np.log(summed) + top).squeeze(outside)
            else:
                yield child, _sum_axes(whole, outside)
    elif children:
        told = sum_to_scopes(climb, heard, number, [buckets[child].scope[1:] for child, _ in children])
        for child, _ in children:
            yield child, told[buckets[child].scope[1:]]


def sum_to_scopes(
    climb: Climb, heard: Sequence[Table], number: int, scopes: Iterable[tuple[VariableId, ...]]
) -> dict[tuple[VariableId, ...], Table]:
    """Return the log joint chances of what is given and each of several sets of a bucket's variables.

    In a bucket too large to keep, a set is summed from the smallest that holds it of those that were summed before.
    """
    inside, known = climb.tree.buckets[number].scope, dict[tuple[VariableId, ...], Table]()
    small = climb.sums[number].size > 0
    if small:
        known[inside] = climb.sums[number] + heard[number][None]
    for scope in scopes if small else _share_sums(climb.tree, inside, scopes):
        if scope not in known:
            holding = (
                inside
                if small
                else min(
                    (one for one in known if set(scope) <= set(one)), key=lambda one: known[one].size, default=inside
                )
            )
            outside = tuple(axis for axis, name in enumerate(holding) if name not in scope)
            whole = known.get(holding)
            known[scope] = sum_joint(climb, heard, number, outside) if whole is None else sum_axes(whole, outside)
    return known


def _share_sums(
    tree: Tree, inside: tuple[VariableId, ...], scopes: Iterable[tuple[VariableId, ...]]
) -> list[tuple[VariableId, ...]]:
    """Return the sets to sum, the largest first, with all the small ones together as one where that is small too."""
    wanted = sorted(set(scopes), key=lambda scope: (-_count_cells(tree, scope), scope))
    whole = _count_cells(tree, inside)
    small = [scope for scope in wanted if 64 * _count_cells(tree, scope) < whole]
    union = tuple(name for name in inside if any(name in scope for scope in small))
    if len(small) > 1 and 4 * _count_cells(tree, union) <= whole:
        wanted.append(union)
    return sorted(set(wanted), key=lambda scope: (-_count_cells(tree, scope), scope))


def _count_cells(tree: Tree, scope: tuple[VariableId, ...]) -> int:
    return prod(tree.cards[name] for name in scope)


def sum_axes(whole: Table, axes: tuple[int, ...]) -> Table:
    """Return log(sum(exp(whole))) over some axes, taken away."""
    with np.errstate(divide="ignore"):
        return _sum_axes(whole, axes)


def _sum_axes(whole: Table, axes: tuple[int, ...]) -> Table:
    if whole.size > BLOCK:
        return sum_product([whole], axes).squeeze(axes)
    peak = np.maximum(reduce_axes(np.maximum, whole, axes), FLOOR)
    return np.asarray(np.log(reduce_axes(np.add, np.exp(whole - peak), axes)) + peak).squeeze(axes)


def sum_joint(
    climb: Climb, heard: Sequence[Table], number: int, outside: tuple[int, ...], change: Table | None = None
) -> Table:
    """Return the log joint chances of what is given and a bucket's variables with some axes summed out, then the draws.

    `change` is multiplied in.
    """
    parts = [*climb.list_parts(number), heard[number][None], *([] if change is None else [change])]
    if not outside:
        return add_up(parts)
    if climb.tree.sizes[number] * max(part.shape[-1] for part in parts) > BLOCK:
        return sum_product(parts, outside).squeeze(outside)
    return sum_axes(parts[0] + parts[1] if change is None else parts[0] + parts[1] + change, outside)


def find_joint(calibration: Calibration, scope: Sequence[VariableId]) -> Table:
    """Return the log joint chances of what is given and some variables that meet in one bucket, axes in tree order."""
    tree = calibration.climb.tree
    number = min(tree.where[variable] for variable in scope)
    outside = tuple(axis for axis, name in enumerate(tree.buckets[number].scope) if name not in scope)
    return normalise(sum_joint(calibration.climb, calibration.heard, number, outside))


def find_chances(calibration: Calibration, variable: VariableId) -> Table:
    """Return the chances of one variable of the tree, shape (states, draws), each draw adding to one."""
    climb = calibration.climb
    tree = climb.tree
    if variable in tree.given:
        joint, kept = calibration.posterior, tree.given.index(variable)
        others = tuple(axis for axis in range(joint.ndim - 1) if axis != kept)
    else:
        joint = _find_smallest(calibration, tree.where[variable])
        others = tuple(range(1, joint.ndim - 1))
    top = np.maximum.reduce(joint, axis=tuple(range(joint.ndim - 1)), keepdims=True)
    chances = reduce_axes(np.add, np.exp(joint - top), others).squeeze(others)
    return np.asarray(chances / np.add.reduce(chances, axis=0))


def _find_smallest(calibration: Calibration, number: int) -> Table:
    """Return the smallest table at hand of log joint chances with the variable that a bucket sums out, its first axis.

    What a child of the bucket shares with it is smaller than the bucket, and always holds that variable.
    """
    climb, heard = calibration.climb, calibration.heard
    bucket = climb.tree.buckets[number]
    if not bucket.children:
        return sum_joint(climb, heard, number, ())
    child = min((child for child, _ in bucket.children), key=lambda child: heard[child].size)
    return climb.sent[child] + heard[child]


def sum_out(whole: Table) -> tuple[Table, Table]:
    """Return the table with its first variable summed out, scaled to a largest of 0, and the scale."""
    peak = np.maximum(np.maximum.reduce(whole, axis=0), FLOOR)
    shift = np.maximum(np.maximum.reduce(peak, axis=tuple(range(peak.ndim - 1)), keepdims=True), FLOOR)
    summed = np.log(np.add.reduce(np.exp(whole - peak), axis=0))
    return summed + (peak - shift), shift


def scale(summed: Table) -> tuple[Table, Table]:
    """Return the table scaled to a largest of 0, and the scale."""
    shift = np.maximum(np.maximum.reduce(summed, axis=tuple(range(summed.ndim - 1)), keepdims=True), FLOOR)
    summed -= shift
    return summed, shift


def _sum_root(climb: Climb) -> Table:
    tree = climb.tree
    parts = [climb.blocks[number] for number, block in enumerate(tree.blocks) if block.bucket < 0]
    parts += [climb.sent[number] for number, bucket in enumerate(tree.buckets) if bucket.parent < 0]
    sizes = tuple(tree.cards[variable] for variable in tree.given)
    whole = add_up(parts) if parts else np.zeros(1)
    return np.asarray(np.broadcast_to(whole, (*sizes, whole.shape[-1])))


def _divide(whole: Table, part: Table) -> Table:
    """Return a quotient of logs; where the part is impossible, so is the whole, and the quotient is set to 1."""
    quotient = whole - part
    if np.minimum.reduce(part, axis=None) > -np.inf:
        return quotient
    return np.where(np.isneginf(part), 0.0, quotient)


def is_possible(factors: Sequence[Factor]) -> bool:
    """Return whether these factors leave any world possible."""
    try:
        return bool(np.isfinite(climb_tree(factors, ()).posterior).all())
    except Contradiction:
        return False
