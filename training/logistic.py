"""With what weights do signs become a chance, and how far can that chance be believed?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

RIDGE, STEPS = 1.0, 60
Table = NDArray[np.float64]


def fit_weights(signs: Table, true: Table, ridge: float = RIDGE) -> Table:
    """Return bias and weights that make what was seen likeliest, drawn to zero by a ridge (Newton's method).

    `signs`: (rows, signs); `true`: (rows,), 1 where it is so. The bias comes first and is not drawn to zero.
    """
    table = np.column_stack([np.ones(len(signs)), signs])
    penalty = np.full(table.shape[1], ridge)
    penalty[0] = 1e-6
    weights = np.zeros(table.shape[1])
    for _ in range(STEPS):
        chance = predict(weights, signs)
        slope = table.T @ (chance - true) + penalty * weights
        curve = (table * (chance * (1 - chance))[:, None]).T @ table + np.diag(penalty)
        weights -= np.linalg.solve(curve, slope)
    return weights


def fit_shift(chances: Table, true: Table, doubt: float) -> float:
    """Return by how much, in log odds, chances (rows,) must move to be likeliest; `doubt` is the spread beforehand."""
    odds, shift = np.log(chances / (1.0 - chances)), 0.0
    for _ in range(STEPS):
        moved = predict(np.array([shift, 1.0]), odds[:, None])
        slope = float((moved - true).sum()) + shift / doubt**2
        shift -= slope / (float((moved * (1 - moved)).sum()) + 1 / doubt**2)
    return shift


def predict(weights: Table, signs: Table) -> Table:
    """Return the chance of each row."""
    return np.asarray(1.0 / (1.0 + np.exp(-(weights[0] + signs @ weights[1:]))))


def measure_calibration(chance: Table, true: Table, bins: int = 10) -> float:
    """Return the expected calibration error over bins of equal width."""
    place = np.minimum((chance * bins).astype(int), bins - 1)
    gaps = (abs((chance - true)[place == b].sum()) for b in range(bins))
    return float(sum(gaps) / max(1, len(chance)))
