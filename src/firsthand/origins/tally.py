"""How many are there, when of each there is only a chance?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from firsthand.model import Count

# The share of the chance that may lie below the lower end, and above the upper.
TAIL = 0.05


def count_chances(chances: Sequence[float]) -> Count:
    """Return how many of some independent things there are, `low` and `high` each with at most `TAIL` beyond it.

    The number has a Poisson binomial distribution. Where there may be any, there is one at least.
    """
    spread = np.ones(1)
    for chance in chances:
        spread = np.convolve(spread, (1.0 - chance, chance))
    below = np.cumsum(spread)
    low, high = (int(np.searchsorted(below, level)) for level in (TAIL + 1e-9, 1.0 - TAIL - 1e-9))
    low, high = max(low, min(1, len(chances))), max(high, min(1, len(chances)))
    expected = min(high, max(low, float(sum(chances))))
    return Count(low=float(low), expected=round(expected, 4), high=float(high))
