"""What was believed after each piece of evidence, in the order in which they came?

A pass up the tree in which a bucket holds as many versions of its table as evidence has come in below it, all summed
out at once; where nothing new has come from, one version serves for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from firsthand.hypotheses.calibration import Climb, scale, sum_out
from firsthand.hypotheses.compiling import Index, Tree
from firsthand.hypotheses.tables import BLOCK, Table, add_up, normalise, sum_product
from firsthand.hypotheses.updating import change_items, find_home, find_path, set_items

Times: TypeAlias = NDArray[np.int64]
Versions: TypeAlias = tuple[Times, Table]
"""After how many arrivals each version of a table begins to hold, and the versions along a further last axis."""
HELD = 2**22
"""Cells of all versions and draws worked out in one pass: 34 MB."""
NEVER_CHANGED = np.zeros(1, dtype=np.int64)


def follow_arrivals(climb: Climb, arrivals: Mapping[int, Table]) -> tuple[list[Table], Climb]:
    """Return the log posterior of what is given before, and after each factor has come in; and the pass with all in.

    `arrivals`: logarithms by the index of the factor, in order of arrival; in `climb` these factors say nothing, 0.
    Raises Contradiction where nothing is possible any longer.
    """
    climb, steps = change_items(climb, {}), [climb.posterior]
    for batch in _cut(climb.tree, arrivals):
        steps += _follow_batch(climb, batch)
    return steps, set_items(climb, arrivals)


def count_path_cells(tree: Tree, items: Iterable[int]) -> int:
    """Return the cells, per draw, of all buckets from each factor's own to the root."""
    paths = _measure_paths(tree)
    return sum(paths[find_home(tree, item)] for item in items)


def _measure_paths(tree: Tree) -> list[int]:
    """Return the cells from each bucket to the root; the last is for what no bucket holds."""
    cells = [0] * (len(tree.buckets) + 1)
    for number in range(len(tree.buckets) - 1, -1, -1):
        cells[number] = tree.sizes[number] + cells[tree.buckets[number].parent]
    return cells


def _cut(tree: Tree, arrivals: Mapping[int, Table]) -> Iterator[dict[int, Table]]:
    """Yield the arrivals in batches whose versions can be held at once."""
    paths, draws = _measure_paths(tree), max((one.shape[-1] for one in arrivals.values()), default=1)
    batch, held = dict[int, Table](), 0
    for item, table in arrivals.items():
        cells = paths[find_home(tree, item)] * draws
        if batch and held + cells > HELD:
            yield batch
            batch, held = {}, 0
        batch[item] = table
        held += cells
    if batch:
        yield batch


def _follow_batch(climb: Climb, batch: Mapping[int, Table]) -> list[Table]:
    """Return the log posterior after each arrival of a batch; what is sent up then is left in the lists of `climb`."""
    tree = climb.tree
    blocks = _stack_blocks(climb, batch)
    sent: dict[int, Versions] = {}
    for number in find_path(tree, (tree.blocks[block].bucket for block in blocks)):
        bucket = tree.buckets[number]
        parts = [_pick(blocks, climb.blocks, block, index) for block, index in bucket.blocks]
        parts += [_pick(sent, climb.sent, child, index) for child, index in bucket.children]
        parts = _merge_alike(parts)
        times = np.unique(np.concatenate([held for held, _ in parts]))
        fresh = _sum_first([_spread(one, times[1:]) for one in parts], tree.sizes[number])
        sent[number] = times, _prepend(climb.sent[number], fresh)
    parts = [_pick(blocks, climb.blocks, place) for place, block in enumerate(tree.blocks) if block.bucket < 0]
    parts += [_pick(sent, climb.sent, number) for number, bucket in enumerate(tree.buckets) if bucket.parent < 0]
    whole = add_up([_spread(one, np.arange(1, len(batch) + 1)) for one in parts])
    for lists, versions in ((climb.blocks, blocks), (climb.sent, sent)):
        for number, (_, tables) in versions.items():
            lists[number] = tables[..., -1]
    return _normalise_versions(whole, tuple(tree.cards[variable] for variable in tree.given), len(batch))


def _stack_blocks(climb: Climb, batch: Mapping[int, Table]) -> dict[int, Versions]:
    """Return the versions of each block in which something arrives."""
    held: dict[int, list[tuple[int, Table]]] = {}
    for time, (item, table) in enumerate(batch.items(), start=1):
        if climb.tree.place[item] >= 0:
            held.setdefault(climb.tree.place[item], []).append((time, table))
    versions = {}
    for block, told in held.items():
        tables = [climb.blocks[block], *(table for _, table in told)]
        stacked = np.stack(np.broadcast_arrays(*tables), axis=-1)
        versions[block] = np.array([0, *(time for time, _ in told)]), np.add.accumulate(stacked, axis=-1)
    return versions


def _pick(
    changing: Mapping[int, Versions], still: Sequence[Table], number: int, index: Index = (slice(None),)
) -> Versions:
    """Return the versions of a table, one where it does not change, laid out as `index` says."""
    if number in changing:
        times, versions = changing[number]
        return times, versions[index]
    return NEVER_CHANGED, still[number][index][..., None]


def _merge_alike(parts: Sequence[Versions]) -> list[Versions]:
    """Return the parts, those of one shape multiplied in pairs, so that few are spread over all times."""
    alike: dict[tuple[int, ...], list[Versions]] = {}
    for part in parts:
        alike.setdefault(part[1].shape[:-1], []).append(part)
    return [_merge_pairs(members) for members in alike.values()]


def _merge_pairs(parts: Sequence[Versions]) -> Versions:
    held = sorted(parts, key=lambda part: len(part[0]))
    while len(held) > 1:
        odd = held[-1:] if len(held) % 2 else []
        held = [_join(one, other) for one, other in zip(held[::2], held[1::2], strict=False)] + odd
    return held[0]


def _join(one: Versions, other: Versions) -> Versions:
    """Return the product of two tables with a version for each time at which either changes."""
    times = np.union1d(one[0], other[0])
    return times, _spread(one, times) + _spread(other, times)


def _spread(held: Versions, times: Times) -> Table:
    """Return the version that holds at each of some times; a single one stands for all."""
    own, versions = held
    if len(own) == 1:
        return versions
    return versions[..., np.searchsorted(own, times, side="right") - 1]


def _prepend(before: Table, versions: Table) -> Table:
    """Return the versions with the one before them in front."""
    still = np.broadcast_to(before[..., None], (*versions.shape[:-1], 1))
    return np.concatenate([still, versions], axis=-1)


def _sum_first(parts: Sequence[Table], size: int) -> Table:
    """Return the product with its first variable summed out, each version scaled to a largest of 0."""
    with np.errstate(divide="ignore"):
        if size * max(part.shape[-1] * part.shape[-2] for part in parts) > BLOCK:
            return scale(sum_product(parts, (0,))[0])[0]
        return sum_out(add_up(parts))[0]


def _normalise_versions(whole: Table, given: tuple[int, ...], arrived: int) -> list[Table]:
    draws = whole.shape[-2]
    full = np.broadcast_to(whole, (*given, draws, arrived))
    chances = normalise(full.reshape(*given, draws * arrived)).reshape(*given, draws, arrived)
    return [np.ascontiguousarray(chances[..., time]) for time in range(arrived)]
