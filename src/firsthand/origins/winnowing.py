"""Which words stand in a row of characters, and which of their runs are kept?

Plain loops over numpy arrays, written so that numba can compile them as they are; `winnowing_numpy` does the same
without loops, and a test holds the two together.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BASE = np.uint64(0x9E3779B97F4A7C15)
ZERO, HALF = np.uint64(0), np.uint64(32)
APART, LETTER, SKIP, ALONE = 0, 1, 2, 3


def read_letters(
    codes: NDArray[np.uint16], kinds: NDArray[np.uint8], folded: NDArray[np.uint16]
) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]:
    """Return hash, first character and end of each word: three of (words,). `codes` ends with a character apart."""
    hashes = np.empty(len(codes), np.uint64)
    starts, ends = np.empty(len(codes), np.int64), np.empty(len(codes), np.int64)
    count, first, last, value = 0, -1, 0, ZERO
    for at in range(len(codes)):
        code = codes[at]
        kind = kinds[code]
        if kind == LETTER:
            if first < 0:
                first, value = at, ZERO
            value = value * BASE + np.uint64(folded[code])
            last = at + 1
        elif kind == SKIP:
            last = at + 1
        else:
            if first >= 0:
                hashes[count], starts[count], ends[count] = value, first, last
                count, first = count + 1, -1
            if kind == ALONE:
                hashes[count], starts[count], ends[count] = np.uint64(folded[code]), at, at + 1
                count += 1
    return hashes[:count].copy(), starts[:count].copy(), ends[:count].copy()


def read_plain_letters(
    codes: NDArray[np.uint16], folded: NDArray[np.uint32]
) -> tuple[bool, NDArray[np.uint64], NDArray[np.int32], NDArray[np.int32]]:
    """Return what `read_letters` does where every character is a letter or apart, and whether that is so.

    `folded`: 0 for what is apart, the folded letter, or more than 65,535 for what is neither. Without a branch the
    loop runs twice as fast: what it writes of a word is written over until the word has ended.
    """
    most = len(codes) // 2 + 2
    hashes, starts, ends = np.empty(most, np.uint64), np.empty(most, np.int32), np.empty(most, np.int32)
    begun = count = np.int64(0)
    inside, value, met = ZERO, ZERO, np.uint32(0)
    for at in range(len(codes)):
        found = folded[codes[at]]
        met |= found
        letter = np.uint64(found != 0)
        hashes[count], starts[begun], ends[count] = value, at, at
        begun += np.int64(letter & ~inside)
        count += np.int64(inside & ~letter)
        value = value * (BASE * letter) + np.uint64(found)
        inside = letter
    return bool(met < 65536), hashes[:count].copy(), starts[:count].copy(), ends[:count].copy()


def hash_runs(words: NDArray[np.uint64], run: int, step: np.uint64, mixer: np.uint64) -> NDArray[np.uint64]:
    """Return the hash of the run of words that begins at each word; the last ones have none."""
    count = max(0, len(words) - run + 1)
    marks = np.empty(count, np.uint64)
    power, total = step, ZERO
    for _ in range(run - 1):
        power = power * step
    for at in range(min(run - 1, len(words))):
        total = total * step + words[at]
    for at in range(count):
        total = total * step + words[at + run - 1]
        if at:
            total -= words[at - 1] * power
        mixed = (total ^ (total >> HALF)) * mixer
        marks[at] = mixed ^ (mixed >> HALF)
    return marks


def keep_runs(marks: NDArray[np.uint64], bounds: NDArray[np.int64], run: int, window: int) -> NDArray[np.int64]:
    """Return the places (kept,) of the right-most smallest mark of each window, text by text.

    `marks` (n,): one for each word that begins a run; `bounds` (texts + 1,): where the words of each text begin.
    """
    kept = np.empty(len(marks), np.int64)
    count = 0
    for text in range(len(bounds) - 1):
        low, high = bounds[text], bounds[text + 1] - run + 1
        best = low - 1
        for after in range(max(low + 1, min(low + window, high)), high + 1):
            first = max(low, after - window)
            if best < first:
                best = first
                for at in range(first, after):
                    if marks[at] <= marks[best]:
                        best = at
            elif marks[after - 1] <= marks[best]:
                best = after - 1
            else:
                continue
            kept[count] = best
            count += 1
    return kept[:count].copy()
