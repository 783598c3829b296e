"""Which words stand in a text, and which of their runs are kept, where nothing can be compiled?

By whole arrays; what `winnowing` finds is found here too.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from firsthand.origins.winnowing import (
    ALONE,
    APART,
    HALF,
    LETTER,
    MIXER,
    ONE,
    PLACE,
    RUN,
    SKIP,
    STEP,
    WINDOW,
    Hashes,
    Places,
)


def read_letters(codes: NDArray[np.uint16], kinds: NDArray[np.uint8], letters: Hashes) -> tuple[Hashes, Places, Places]:
    """Return hash, first character and end of each word: three of (words,). `codes` ends with a character apart."""
    kind = kinds[codes]
    told = np.flatnonzero((kind == LETTER) | (kind == ALONE))
    if not len(told):
        return np.empty(0, np.uint64), np.empty(0, np.int64), np.empty(0, np.int64)
    first = np.flatnonzero(_begins(kind, told))
    last = np.append(first[1:], len(told)) - 1
    turns = (np.repeat(last, last - first + 1) - np.arange(len(told))).astype(np.uint64) & PLACE
    values = letters[codes[told]]
    turned = (values << turns) | (values >> ((~turns + ONE) & PLACE))
    return np.bitwise_xor.reduceat(turned, first), told[first], _pass_marks(kind, told[last])


def _begins(kind: NDArray[np.uint8], told: Places) -> NDArray[np.bool_]:
    """Say of each letter whether a word begins with it: after a gap, and around a letter that stands alone."""
    gaps = np.cumsum(kind == APART)
    alone = kind[told] == ALONE
    begins = np.append(True, (gaps[told[1:]] != gaps[told[:-1]]) | alone[1:] | alone[:-1])
    return np.asarray(begins, np.bool_)


def _pass_marks(kind: NDArray[np.uint8], last: Places) -> Places:
    """Return where each word ends: after its last letter and the marks that combine with it."""
    others = np.flatnonzero(kind != SKIP)
    ends = others[np.searchsorted(others, last + 1)]
    return np.where(kind[last] == ALONE, last + 1, ends)


def mix(hashes: Hashes) -> Hashes:
    """Return hashes whose high and low bits depend on all bits: xor, multiply, xor."""
    mixed = (hashes ^ (hashes >> HALF)) * MIXER
    return np.asarray(mixed ^ (mixed >> HALF), np.uint64)


def hash_runs(words: NDArray[np.uint32]) -> Hashes:
    """Return the hash of the run of words that begins at each word; the last ones have none."""
    count = max(0, len(words) - RUN + 1)
    total = np.zeros(count, np.uint64)
    for at in range(RUN):
        total *= STEP
        total += words[at : at + count]
    return mix(total)


def keep_runs(marks: Hashes, bounds: Places) -> Places:
    """Return the places (kept,) of the smallest marks of every window, text by text.

    `marks` (n,): one for each word that begins a run; `bounds` (texts + 1,): where the words of each text begin.
    """
    lows = np.minimum(bounds[:-1], len(marks))
    highs = np.clip(bounds[1:] - RUN + 1, lows, len(marks))
    ends = np.repeat(highs, np.diff(np.append(lows, len(marks))))
    least = _slide(np.minimum, marks)
    least[np.arange(len(least)) + WINDOW > ends[: len(least)]] = 0
    most = _slide(np.maximum, np.pad(least, WINDOW - 1))[: len(marks)]
    kept = np.zeros(len(marks), np.bool_)
    kept[: len(most)] = (most == marks[: len(most)]) & (np.arange(len(most)) < ends[: len(most)])
    for low, high in zip(lows.tolist(), highs.tolist(), strict=True):
        if 0 < high - low < WINDOW:
            kept[low:high] = marks[low:high] == marks[low:high].min()
    return np.flatnonzero(kept)


def _slide(choose: np.ufunc, values: Hashes) -> Hashes:
    """Return what is chosen of each window of `WINDOW` values."""
    count = max(0, len(values) - WINDOW + 1)
    chosen = values[:count].copy()
    for step in range(1, WINDOW):
        choose(chosen, values[step : step + count], out=chosen)
    return chosen
