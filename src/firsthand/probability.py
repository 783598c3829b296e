"""How are chances, odds and weights turned into one another, and into words?

Pure functions on floats and on arrays of draws. Weights are in decibans: 10 log10 of an odds ratio (Good 1950, after
Turing).
Words are those of ICD 203 (2015); a bin is half-open on the left end of the higher word.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from firsthand.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Cells: TypeAlias = "float | NDArray[np.float64] | Sequence[Cells]"

WORDS: tuple[tuple[float, str], ...] = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (math.inf, "almost certain"),
)
WORD_EDGES: tuple[float, ...] = tuple(edge for edge, _ in WORDS[:-1])


def check_probability(value: float, name: str) -> float:
    """Return `value` if it lies in [0, 1]; raise ModelError otherwise, NaN included."""
    if not 0.0 <= value <= 1.0:
        raise ModelError(f"{name} is {value:g}, and a probability lies between 0 and 1")
    return float(value)


def find_word(probability: float) -> str:
    """Return the ICD 203 word for a probability in [0, 1]; raise ModelError outside it."""
    check_probability(probability, "the probability")
    return next(word for edge, word in WORDS if probability < edge)


def to_decibans(probability: float) -> float:
    """Return the log-odds of a probability in dB; minus and plus infinity at 0 and 1."""
    if probability <= 0.0:
        return -math.inf
    if probability >= 1.0:
        return math.inf
    return 10.0 * (math.log10(probability) - math.log10(1.0 - probability))


def from_decibans(decibans: float) -> float:
    """Return the probability whose log-odds are `decibans`, without overflow at any size."""
    if decibans >= 0:
        return float(1.0 / (1.0 + 10.0 ** (-decibans / 10.0)))
    odds = float(10.0 ** (decibans / 10.0))
    return odds / (1.0 + odds)


def weigh_ratio(if_so: float, if_not: float) -> float:
    """Return the weight in dB of something seen with these two likelihoods; 0 where both are 0."""
    if if_so == if_not:
        return 0.0
    if if_not <= 0.0:
        return math.inf
    if if_so <= 0.0:
        return -math.inf
    return 10.0 * math.log10(if_so / if_not)


def show_percent(probability: float) -> str:
    """Return "21 %", with as many decimals as it takes not to carry the number over its word's edge.

    19.7 % is "very unlikely" and must not be printed as 20 %, which is "unlikely"; under 1 % a decimal is kept.
    """
    word = find_word(probability)
    for decimals in range(1 if 0 < probability < 0.01 else 0, 7):
        shown = round(100 * probability, decimals)
        inside = find_word(min(1.0, shown / 100)) == word
        if inside and not (0 < probability < 1 and shown in (0.0, 100.0)):
            return f"{shown:.{decimals}f}\u00a0%"
    if probability < 1e-6:
        return "under 0.0001\u00a0%"
    if probability > 1 - 1e-6:
        return "over 99.9999\u00a0%"
    return f"under {100 * min(WORD_EDGES, key=lambda edge: abs(edge - probability)):.0f}\u00a0%"


def show_interval(low: float, high: float) -> str:
    """Return "14–37 %", an interval of probabilities in whole percent where the words allow."""
    ends = [show_percent(end).removesuffix("\u00a0%") for end in (low, high)]
    return f"{ends[0]}\u2013{ends[1]}\u00a0%"


def show_decibans(weight: float, decimals: int = 2) -> str:
    """Return a weight with its sign always printed, a true minus, and the unit: "+1.67 dB", "−0.59 dB", "0.00 dB"."""
    if math.isinf(weight):
        return ("+" if weight > 0 else "\u2212") + "\u221e\u00a0dB"
    rounded = round(weight, decimals)
    sign = "+" if rounded > 0 else "\u2212" if rounded < 0 else ""
    return f"{sign}{abs(rounded):.{decimals}f}\u00a0dB"


def tabulate(cells: Cells) -> NDArray[np.float64]:
    """Return nested lists of numbers as a table whose last axis is the draws: one where no number is an array."""
    import numpy as np

    shape: list[int] = []
    inner = cells
    while isinstance(inner, list | tuple):
        shape.append(len(inner))
        inner = inner[0]
    leaves = _flatten(cells)
    table = np.empty((len(leaves), max(np.size(leaf) for leaf in leaves)))
    for row, leaf in zip(table, leaves, strict=True):
        row[:] = leaf
    return table.reshape(*shape, -1)


def _flatten(cells: Cells) -> list[float | NDArray[np.float64]]:
    if isinstance(cells, list | tuple):
        return [leaf for cell in cells for leaf in _flatten(cell)]
    return [cells]  # type: ignore[list-item]  # what is not nested is a number


def find_interval(values: NDArray[np.float64], ends: int = 1) -> tuple[float, float]:
    """Return the 5 to 95 % interval of draws, shape (draws,).

    `ends` equal stretches of draws are separate worlds, as of unknown lineage: the interval is then their envelope.
    """
    import numpy as np

    if values.size == 1:
        return float(values[0]), float(values[0])
    worlds = values.reshape(ends, -1)
    low, high = np.quantile(worlds, (0.05, 0.95), axis=-1)
    return float(low.min()), float(high.max())
