"""What does counting every possible world give? The oracle that tests compare with: slow, short and plainly right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from firsthand.errors import Contradiction, TooCostly
from firsthand.model import Factor, VariableId

LIMIT = 2_000_000


def enumerate_worlds(
    factors: Sequence[Factor], queries: Sequence[VariableId], cards: Mapping[VariableId, int]
) -> dict[VariableId, NDArray[np.float64]]:
    """Return the chances of each queried variable, shape (states, draws), by adding up every world.

    Each world is a cell of one table, and its weight is the product of what every factor says of it.

    Raises TooCostly above two million worlds, Contradiction where none is possible.
    """
    names = sorted(cards)
    worlds = prod(cards[name] for name in names)
    if worlds > LIMIT:
        raise TooCostly(f"{worlds} worlds are too many to count one by one; the limit is {LIMIT}")
    weights = np.ones((*(cards[name] for name in names), 1))
    for factor in factors:
        weights = weights * _lay_out(factor, names)
    return {query: _add_worlds(weights, names.index(query)) for query in queries}


def _lay_out(factor: Factor, names: Sequence[VariableId]) -> NDArray[np.float64]:
    """Return a factor's table with an axis for every variable, of length 1 where it does not depend on it."""
    states = dict(zip(factor.scope, factor.table.shape, strict=False))
    order = sorted(range(len(factor.scope)), key=lambda axis: names.index(factor.scope[axis]))
    turned = factor.table.transpose(*order, *range(len(order), factor.table.ndim))
    return turned.reshape(*(states.get(name, 1) for name in names), -1)


def _add_worlds(weights: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    sums = weights.sum(axis=tuple(other for other in range(weights.ndim - 1) if other != axis))
    if (sums.sum(axis=0) <= 0).any():
        raise Contradiction("the evidence is impossible under every hypothesis")
    return np.asarray(sums / sums.sum(axis=0))
