"""How are chances kept so that no amount of evidence underflows?

In logarithms, with an axis for each variable and a last one for the draws of the judged numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from math import prod
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from firsthand.errors import Contradiction, ModelError
from firsthand.model import Factor, VariableId

Table: TypeAlias = NDArray[np.float64]
FLOOR = -1e300
"""Stands in for the largest of several logarithms where all are minus infinity, so that nothing becomes NaN."""
BLOCK = 2**16
"""Cells worked on at once in a large table: half a megabyte stays in a processor's cache."""
CALM = 500.0
"""How large a sum of logarithms may be for its exponential to be held by a double, with room to add them up."""
FAINT = 1e-250
"""A sum below this may have lost terms that a double cannot hold, and is done again in logarithms."""


def count_states(factors: Iterable[Factor]) -> dict[VariableId, int]:
    """Return the number of states of each variable; raise ModelError where two factors disagree."""
    cards: dict[VariableId, int] = {}
    for factor in factors:
        for variable, states in zip(factor.scope, factor.table.shape, strict=False):
            if cards.setdefault(variable, states) != states:
                raise ModelError(f"{variable} has {cards[variable]} states in one table and {states} in another")
    return cards


def take_logs(factors: Sequence[Factor], axes: Mapping[VariableId, int], given: int) -> list[Table]:
    """Return each factor in natural logarithms: its variables in the order of `axes`, then an axis for each of the last
    `given` variables there, of length 1 where it does not depend on it, then the draws.

    Tables of one shape are turned into logarithms together. Raises ModelError for a negative or undefined number.
    """
    edge = len(axes) - given
    alike: dict[tuple[tuple[int, ...], ...], list[int]] = {}
    for index, factor in enumerate(factors):
        places = [axes[variable] for variable in factor.scope]
        order = tuple(sorted(range(len(places)), key=places.__getitem__))
        held = tuple([place for place in places if place >= edge])
        alike.setdefault((factor.table.shape, order, held), []).append(index)
    logs: list[Table] = [np.zeros(0)] * len(factors)
    for members in alike.values():
        scope = factors[members[0]].scope
        stacked = np.stack([factors[index].table for index in members])
        if stacked.ndim == len(scope) + 1:
            stacked = stacked[..., None]
        if not (stacked >= 0).all():
            wrong = next(factors[index] for index in members if not (factors[index].table >= 0).all())
            raise ModelError(f"a chance over {', '.join(wrong.scope)} is negative or not a number")
        with np.errstate(divide="ignore"):
            turned = _arrange(np.log(stacked), [axes[variable] for variable in scope], (edge, len(axes)))
        for index, table in zip(members, turned, strict=True):
            logs[index] = table
    return logs


def add_exponentials(logs: Table, axis: int | tuple[int, ...]) -> Table:
    """Return log(sum(exp(logs))) over an axis, kept with length 1; minus infinity where every term is."""
    axes = (axis,) if isinstance(axis, int) else axis
    peak = np.maximum(reduce_axes(np.maximum, logs, axes), FLOOR)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(reduce_axes(np.add, np.exp(logs - peak), axes)) + peak)


def reduce_axes(function: np.ufunc, table: Table, axes: Sequence[int]) -> Table:
    """Return a table reduced over some axes, kept with length 1, one after the other: much quicker than at once."""
    for axis in axes:
        table = function.reduce(table, axis=axis, keepdims=True)
    return table


def add_up(tables: Sequence[Table]) -> Table:
    """Return the product of tables, a sum of logs, the small ones first and in pairs.

    So most sums stay small and rounding does not pile up.
    """
    parts = sorted(tables, key=lambda one: one.size)
    while len(parts) > 1:
        odd = parts[-1:] if len(parts) % 2 else []
        parts = [one + other for one, other in zip(parts[::2], parts[1::2], strict=False)] + odd
    return parts[0]


def sum_product(parts: Sequence[Table], axes: tuple[int, ...]) -> Table:
    """Return log(sum(exp(sum(parts)))) over some axes, kept with length 1, never holding the whole product.

    Large tables are cut along their axes into blocks; each block is multiplied as plain numbers, which is quicker, and
    again as logarithms where that could have lost something.
    """
    shape = np.broadcast_shapes(*(part.shape for part in parts))
    out = np.empty([1 if axis in axes else size for axis, size in enumerate(shape)])
    with np.errstate(divide="ignore"):
        _sum_blocks(_merge_small(parts), axes, out, fresh=True)
    return out


def _sum_blocks(parts: Sequence[Table], axes: tuple[int, ...], out: Table, *, fresh: bool) -> None:
    """Add to `out`, `fresh` or not, what the parts come to: cut into stretches along a long axis, if possible one kept.

    The last axis stays whole, since neighbours there are neighbours in memory.
    """
    shape = np.broadcast_shapes(*(part.shape for part in parts))
    if prod(shape) <= BLOCK or max(shape[:-1]) == 1:
        summed = _sum_plainly(parts, axes)
        out[...] = summed if fresh else np.logaddexp(out, summed)
        return
    axis = max(range(len(shape) - 1), key=lambda axis: (shape[axis] > 1, axis not in axes, shape[axis]))
    step = max(1, shape[axis] * BLOCK // prod(shape))
    for place in range(0, shape[axis], step):
        cut = (*[slice(None)] * axis, slice(place, place + step))
        inner = [part[cut] if part.shape[axis] > 1 else part for part in parts]
        if axis in axes:
            _sum_blocks(inner, axes, out, fresh=fresh and place == 0)
        else:
            _sum_blocks(inner, axes, out[cut], fresh=fresh)


def _sum_plainly(parts: Sequence[Table], axes: tuple[int, ...]) -> Table:
    """Return the sum of products of a block: each part scaled to a largest of 1 along what is summed out.

    Where all are of a middling size no scaling is needed.
    """
    if _is_calm(parts):
        return np.asarray(np.log(reduce_axes(np.add, reduce(_multiply, [np.exp(part) for part in parts]), axes)))
    whole, scale = np.ones((1,) * parts[0].ndim), np.zeros((1,) * parts[0].ndim)
    for part in parts:
        peak = np.maximum(reduce_axes(np.maximum, part, axes), FLOOR)
        chances = part - peak
        np.exp(chances, out=chances)
        whole, scale = _multiply(whole, chances), scale + peak
    total = reduce_axes(np.add, whole, axes)
    if np.minimum.reduce(total, axis=None) > FAINT:
        np.log(total, out=total)
        return np.add(total, scale, out=total)
    return add_exponentials(add_up(parts), axes)


def _is_calm(parts: Sequence[Table]) -> bool:
    """Return whether no product of the parts can be too small or too large for a double."""
    low = sum(float(np.minimum.reduce(part, axis=None)) for part in parts)
    return low > -CALM and sum(float(np.maximum.reduce(part, axis=None)) for part in parts) < CALM


def _multiply(one: Table, other: Table) -> Table:
    """Return the product, written over whichever of the two has its shape already."""
    shape = np.broadcast_shapes(one.shape, other.shape)
    out = other if other.shape == shape else one if one.shape == shape else None
    return np.multiply(one, other, out=out)


def _merge_small(parts: Sequence[Table]) -> list[Table]:
    """Return the parts, the small ones multiplied together as far as that stays small, the small first."""
    merged: list[Table] = []
    for part in sorted(parts, key=lambda one: one.size):
        if merged and prod(np.broadcast_shapes(merged[-1].shape, part.shape)) <= BLOCK // 8:
            merged[-1] = merged[-1] + part
        else:
            merged.append(part)
    return merged


def normalise(logs: Table) -> Table:
    """Return log chances that add to one over all axes but the last; raise Contradiction where nothing is possible."""
    total = add_exponentials(logs, tuple(range(logs.ndim - 1)))
    if not np.isfinite(total).all():
        raise Contradiction("the evidence is impossible under every hypothesis")
    return np.minimum(logs - total, 0.0)


def _arrange(stacked: Table, places: Sequence[int], given: tuple[int, int]) -> Table:
    """Return a stack of tables, axes sorted by place, with one of length 1 for each given variable that is missing."""
    order = sorted(range(len(places)), key=lambda axis: places[axis])
    turned = stacked.transpose(0, *(axis + 1 for axis in order), len(places) + 1)
    lengths = {places[axis]: stacked.shape[axis + 1] for axis in order}
    free = [lengths[place] for place in sorted(lengths) if place < given[0]]
    return turned.reshape(len(stacked), *free, *(lengths.get(place, 1) for place in range(*given)), stacked.shape[-1])
