"""Which words stand in a row of characters, and which of their runs are kept, where nothing can be compiled?

Each function gives what its namesake in `winnowing` gives, by whole arrays.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from firsthand.origins.winnowing import ALONE, APART, BASE, LETTER, SKIP

INVERSE = np.uint64(pow(int(BASE), -1, 1 << 64))


def read_letters(
    codes: NDArray[np.uint16], kinds: NDArray[np.uint8], folded: NDArray[np.uint16]
) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]:
    """Return hash, first character and end of each word: three of (words,). `codes` ends with a character apart.

    The hash of a word is a difference of two sums of its letters times powers of a base; division by a power is
    multiplication with the inverse power, exact modulo 2**64.
    """
    kind = kinds[codes]
    told = np.flatnonzero((kind == LETTER) | (kind == ALONE))
    if not len(told):
        return np.empty(0, np.uint64), np.empty(0, np.int64), np.empty(0, np.int64)
    first = np.flatnonzero(_begins(kind, told))
    last = np.append(first[1:], len(told)) - 1
    sums = np.append(np.uint64(0), np.cumsum(folded[codes[told]] * _powers(INVERSE, len(told)), dtype=np.uint64))
    hashes = (sums[last + 1] - sums[first]) * _powers(BASE, len(told))[last]
    return np.asarray(hashes, np.uint64), told[first], _pass_marks(kind, told[last])


def _begins(kind: NDArray[np.uint8], told: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say of each letter whether a word begins with it: after a gap, and around a letter that stands alone."""
    gaps = np.cumsum(kind == APART)
    alone = kind[told] == ALONE
    begins = np.append(True, (gaps[told[1:]] != gaps[told[:-1]]) | alone[1:] | alone[:-1])
    return np.asarray(begins, np.bool_)


def _pass_marks(kind: NDArray[np.uint8], last: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where each word ends: after its last letter and the marks that combine with it."""
    others = np.flatnonzero(kind != SKIP)
    ends = others[np.searchsorted(others, last + 1)]
    return np.where(kind[last] == ALONE, last + 1, ends)


def _powers(base: np.uint64, count: int) -> NDArray[np.uint64]:
    """Return base**0, base**1, ... modulo 2**64."""
    powers = np.full(count, base, np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers)


def keep_runs(marks: NDArray[np.uint64], bounds: NDArray[np.int64], run: int, window: int) -> NDArray[np.int64]:
    """Return the places (kept,) of the right-most smallest mark of each window, text by text."""
    kept = [np.empty(0, np.int64)]
    for low, after in zip(bounds[:-1], bounds[1:], strict=True):
        here = marks[low : max(low, after - run + 1)]
        if not len(here):
            continue
        width = min(window, len(here))
        windows = np.lib.stride_tricks.sliding_window_view(here, width)[:, ::-1]
        best = np.arange(len(windows)) + width - 1 - windows.argmin(axis=1)
        kept.append(low + best[np.append(True, best[1:] != best[:-1])])
    return np.concatenate(kept)
