"""What changes when one report or one number changes, without starting over?

One division gives the posterior without a factor, or with another in its place. Where it cannot (the factor says that
something is impossible, or several factors in different buckets change), only the buckets between the change and the
root are summed out anew; they add up the same tables in the same order as a fresh run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from firsthand.hypotheses.calibration import (
    Calibration,
    Climb,
    calibrate,
    climb_buckets,
    climb_tree,
    sum_axes,
    sum_buckets,
    sum_joint,
    sum_to_scopes,
)
from firsthand.hypotheses.compiling import Tree, extend_tree, find_scope
from firsthand.hypotheses.tables import BLOCK, Table, add_up, normalise, sum_product, take_logs
from firsthand.model import Factor


def leave_out(calibration: Calibration, items: Sequence[int]) -> list[Table]:
    """Return the log posterior of what is given without each of these factors alone."""
    tree, weights = calibration.climb.tree, dict[int, Table]()
    homes: dict[int, list[int]] = {}
    for item in items:
        homes.setdefault(find_home(tree, item), []).append(item)
    for number, members in homes.items():
        weights |= _leave_out_of_bucket(calibration, number, members)
    return _normalise_each([weights[item] for item in items])


def _leave_out_of_bucket(calibration: Calibration, number: int, items: Sequence[int]) -> dict[int, Table]:
    """Return the log weights of what is given without each of some factors held by one bucket, or by none (-1)."""
    climb = calibration.climb
    tree, tables = climb.tree, climb.items
    sure = [item for item in items if number >= 0 and np.isfinite(tables[item]).all()]
    found = {item: reweigh(calibration, item, np.zeros_like(tables[item])) for item in set(items) - set(sure)}
    if sure and climb.sums[number].size:
        whole, fits = climb.sums[number] + calibration.heard[number][None], dict(tree.buckets[number].blocks)
        inner = tuple(range(len(tree.buckets[number].scope)))
        return found | {item: sum_axes(whole - tables[item][fits[tree.place[item]]], inner) for item in sure}
    scopes = {item: find_scope(tree, tree.place[item]) for item in sure}
    joints = sum_to_scopes(climb, calibration.heard, number, scopes.values()) if sure else {}
    parts = {item: (joints[scope], tuple(range(len(scope)))) for item, scope in scopes.items()}
    return found | {item: sum_axes(joint - tables[item], inner) for item, (joint, inner) in parts.items()}


def _normalise_each(weights: Sequence[Table]) -> list[Table]:
    """Return tables of log weights as log chances, together where they are of one shape."""
    if len({one.shape for one in weights}) != 1:
        return [normalise(one) for one in weights]
    stacked = np.stack(weights, axis=-2)
    whole = normalise(stacked.reshape(*stacked.shape[:-2], -1)).reshape(stacked.shape)
    return [whole[..., index, :] for index in range(len(weights))]


def ask_what_if(calibration: Calibration, changes: Mapping[int, Factor]) -> Table:
    """Return the log posterior of what is given with some factors replaced by others over the same variables.

    The new tables may have draws: one answer for each. Raises Contradiction where nothing is possible.
    """
    tables = take_changes(calibration.climb.tree, changes)
    if len(tables) == 1:
        (item,) = tables
        return normalise(reweigh(calibration, item, tables[item]))
    path, meeting = _find_meeting(calibration.climb.tree, tables)
    if meeting < 0 or not np.isfinite(calibration.climb.sent[meeting]).all():
        return change_items(calibration.climb, tables).posterior
    return normalise(_reweigh_meeting(calibration, tables, path, meeting))


def revise(calibration: Calibration, changes: Mapping[int, Factor]) -> Calibration:
    """Return the tree calibrated with some factors replaced by others over the same variables."""
    return calibrate(change_items(calibration.climb, take_changes(calibration.climb.tree, changes)))


def add_factors(calibration: Calibration, factors: Sequence[Factor], more: Sequence[Factor]) -> Calibration:
    """Return the tree calibrated with more factors than the `factors` it was made from.

    Where the variables of each already meet in a bucket the tree stays as it is; else a new one is compiled.
    """
    climb = calibration.climb
    tree = extend_tree(climb.tree, [factor.scope for factor in more])
    if tree is None:
        return calibrate(climb_tree([*factors, *more], climb.tree.given))
    tables = dict(enumerate(take_logs(more, tree.axes, len(tree.given)), start=len(climb.items)))
    blank = [np.zeros(0)] * (len(tree.blocks) - len(climb.blocks))
    wider = replace(climb, tree=tree, items=[*climb.items, *tables.values()], blocks=[*climb.blocks, *blank])
    return calibrate(change_items(wider, tables))


def change_items(climb: Climb, tables: Mapping[int, Table]) -> Climb:
    """Return the pass up the tree with some factors' logarithms replaced; what they do not touch is shared."""
    return set_items(copy_lists(climb), tables)


def copy_lists(climb: Climb) -> Climb:
    """Return the same pass in lists of its own, so that they can be written to."""
    return replace(
        climb,
        items=list(climb.items),
        blocks=list(climb.blocks),
        sums=list(climb.sums),
        sent=list(climb.sent),
        shifts=list(climb.shifts),
    )


def set_items(climb: Climb, tables: Mapping[int, Table]) -> Climb:
    """Return the same, writing to the lists of `climb` itself."""
    tree = climb.tree
    touched = _put_items(climb, tables)
    return climb_buckets(climb, find_path(tree, (tree.blocks[block].bucket for block in touched)))


def _put_items(climb: Climb, tables: Mapping[int, Table]) -> list[int]:
    """Put factors' logarithms into the lists of `climb`, and return the blocks that are no longer what they were."""
    tree = climb.tree
    for item, table in tables.items():
        climb.items[item] = table
    touched = sorted({tree.place[item] for item in tables} - {-1})
    for block in touched:
        climb.blocks[block] = add_up([climb.items[item] for item in tree.blocks[block].items])
    return touched


def take_changes(tree: Tree, changes: Mapping[int, Factor]) -> dict[int, Table]:
    """Return factors in logarithms, by the same index."""
    logs = take_logs(list(changes.values()), tree.axes, len(tree.given))
    return dict(zip(changes, logs, strict=True))


def find_path(tree: Tree, starts: Iterable[int]) -> list[int]:
    """Return the buckets from some to the root, in the order they are summed out."""
    path: set[int] = set()
    for start in starts:
        number = start
        while number >= 0 and number not in path:
            path.add(number)
            number = tree.buckets[number].parent
    return sorted(path)


def reweigh(calibration: Calibration, item: int, table: Table) -> Table:
    """Return the log weights of what is given with one factor's logarithms replaced, comparable between draws."""
    climb = calibration.climb
    place, old, number = climb.tree.place[item], climb.items[item], find_home(climb.tree, item)
    if place < 0:
        return calibration.posterior
    if not np.isfinite(old).all():
        return change_items(climb, {item: table}).weights
    if number < 0:
        return calibration.posterior + (table - old)
    bucket = climb.tree.buckets[number]
    index = next(index for block, index in bucket.blocks if block == place)
    return sum_joint(climb, calibration.heard, number, tuple(range(len(bucket.scope))), (table - old)[index])


def _find_meeting(tree: Tree, items: Iterable[int]) -> tuple[list[int], int]:
    """Return the bucket where the ways of some factors to the root first meet, and the buckets on the way there.

    -1 where they do not meet, or one of them is held by no bucket.
    """
    front, path = {find_home(tree, item) for item in items}, list[int]()
    while len(front) > 1 and min(front) >= 0:
        lowest = min(front)
        path.append(lowest)
        front = front - {lowest} | {tree.buckets[lowest].parent}
    return path, min(front, default=-1)


def _reweigh_meeting(calibration: Calibration, tables: Mapping[int, Table], path: Sequence[int], meeting: int) -> Table:
    """Return the log weights with factors replaced that all lie below one bucket, to which nothing impossible comes.

    Only what lies between is summed out anew; the bucket has heard all the rest.
    """
    climb = copy_lists(calibration.climb)
    _put_items(climb, tables)
    sum_buckets(climb, path)
    bucket = climb.tree.buckets[meeting]
    parts = [climb.blocks[block][index] for block, index in bucket.blocks]
    parts += [climb.sent[child][index] for child, index in bucket.children]
    parts.append(calibration.heard[meeting][None])
    inner = tuple(range(len(bucket.scope)))
    if climb.tree.sizes[meeting] * max(part.shape[-1] for part in parts) > BLOCK:
        return sum_product(parts, inner).squeeze(inner)
    return sum_axes(add_up(parts), inner)


def find_home(tree: Tree, item: int) -> int:
    """Return the bucket that holds a factor, -1 where it is over nothing that is summed out."""
    return -1 if tree.place[item] < 0 else tree.blocks[tree.place[item]].bucket
