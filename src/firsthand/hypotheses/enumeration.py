"""What does counting every possible world give? The oracle that tests compare with: slow, short and plainly right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from firsthand.errors import Contradiction, TooCostly
from firsthand.model import Factor, VariableId

LIMIT = 2_000_000


def enumerate_worlds(
    factors: Sequence[Factor], queries: Sequence[VariableId], cards: Mapping[VariableId, int]
) -> dict[VariableId, NDArray[np.float64]]:
    """Return the chances of each queried variable, shape (states, draws), by adding up every world one by one.

    Raises TooCostly above two million worlds, Contradiction where none is possible.
    """
    names = sorted(cards)
    worlds = prod(cards[name] for name in names)
    if worlds > LIMIT:
        raise TooCostly(f"{worlds} worlds are too many to count one by one; the limit is {LIMIT}")
    draws = max((factor.table.shape[-1] for factor in factors), default=1)
    sums = {query: np.zeros((cards[query], draws)) for query in queries}
    for states in product(*(range(cards[name]) for name in names)):
        world = dict(zip(names, states, strict=True))
        weight = np.ones(draws)
        for factor in factors:
            weight = weight * factor.table[tuple(world[name] for name in factor.scope)]
        for query in queries:
            sums[query][world[query]] += weight
    if any((total.sum(axis=0) <= 0).any() for total in sums.values()):
        raise Contradiction("the evidence is impossible under every hypothesis")
    return {query: total / total.sum(axis=0) for query, total in sums.items()}
