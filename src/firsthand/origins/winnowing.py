"""Which words stand in a text, and which of their runs are kept?

Plain loops over numpy arrays, written so that numba can compile them as they are; `winnowing_numpy` does the same
without loops, and a test holds the two together.

The hash of a word is that of its letters, each a number of 64 bits: they are joined by exclusive or, each turned by one
bit for every letter after it (Cohen 1997, hashing by cyclic polynomials). That of a run is a polynomial of its words.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

RUN = 6
WINDOW = 7
APART, LETTER, SKIP, ALONE = 0, 1, 2, 3
STEP, MIXER = np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0xD6E8FEB86659FD93)
HALF, PLACE = np.uint64(32), np.uint64(63)
ZERO, ONE, TWO, SIX, TWELVE = np.uint64(0), np.uint64(1), np.uint64(2), np.uint64(6), np.uint64(12)
# In UTF-8: what is less stands for itself; what is less begins two bytes; what is less begins three; none of these.
PLAIN, PAIR, TRIPLE, BEYOND = np.uint64(0x80), np.uint64(0xE0), np.uint64(0xF0), np.uint64(0xFFFF)

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]


def fingerprint_bytes(
    data: NDArray[np.uint8], begins: Places, kinds: NDArray[np.uint8], letters: Hashes
) -> tuple[Hashes, Places, NDArray[np.uint32], Places]:
    """Return the marks that are kept and where those of each text begin; the hashes of words and the same of these.

    `data`: texts in UTF-8, one after the other; `begins` (texts + 1,): where each begins; `kinds` and `letters`: what
    each of the first 65,536 characters is, and its number.
    """
    words, kept = np.empty(len(data), np.uint32), np.empty(len(data), np.uint64)
    bounds, ends = np.zeros(len(begins), np.int64), np.zeros(len(begins), np.int64)
    longest = ONE
    for text in range(len(begins) - 1):
        longest = max(longest, np.uint64(begins[text + 1] - begins[text]))
    hashes, marks, least = np.empty((3, longest + np.uint64(2 * WINDOW)), np.uint64)
    for text in range(len(begins) - 1):
        first, last = bounds[text], ends[text]
        many = read_letters(data[begins[text] : begins[text + 1]], kinds, letters, hashes)
        mix_words(hashes[:many], words[first:])
        runs = hash_runs(words[first : first + many], marks)
        bounds[text + 1] = first + many
        ends[text + 1] = last + keep_runs(marks[:runs], least, kept[last:])
    return kept[: ends[-1]], ends, words[: bounds[-1]], bounds


def read_letters(data: NDArray[np.uint8], kinds: NDArray[np.uint8], letters: Hashes, hashes: Hashes) -> int:
    """Write the hash of each word of a text in UTF-8 to `hashes`; return how many words there are.

    Without a branch at the end of a word this is quicker: what is written of one is written over until it has ended.
    """
    count, at, after = ZERO, ZERO, np.uint64(len(data))
    value = inside = ZERO
    while at < after:
        code = np.uint64(data[at])
        at += ONE
        if code >= PLAIN:
            code, at = read_character(data, code, at)
            if kinds[code] == SKIP:
                continue
            if kinds[code] == ALONE:
                hashes[count] = value
                count += inside
                hashes[count] = letters[code]
                count, inside = count + ONE, ZERO
                continue
        letter = letters[code]
        told = np.uint64(letter != ZERO)
        hashes[count] = value
        count += inside & ~told
        value &= ZERO - inside
        value = ((value << ONE) | (value >> PLACE)) ^ letter
        inside = told
    hashes[count] = value
    return int(count + inside)


def read_character(data: NDArray[np.uint8], first: np.uint64, at: np.uint64) -> tuple[np.uint64, np.uint64]:
    """Return a character of several bytes, of which the first is read, and where the next one begins."""
    low = np.uint64(data[at]) & PLACE
    if first < PAIR:
        return (first - np.uint64(0xC0)) << SIX | low, at + ONE
    if first >= TRIPLE:
        return BEYOND, at + ONE + TWO
    return (first - PAIR) << TWELVE | low << SIX | (np.uint64(data[at + ONE]) & PLACE), at + TWO


def mix_words(hashes: Hashes, words: NDArray[np.uint32]) -> None:
    """Write to `words` 32 bits of each hash that depend on all of it."""
    for at in range(len(hashes)):
        words[at] = ((hashes[at] ^ (hashes[at] >> HALF)) * MIXER) >> HALF


def hash_runs(words: NDArray[np.uint32], marks: Hashes) -> int:
    """Write the hash of the run of words that begins at each word to `marks`; return how many runs there are."""
    count = max(0, len(words) - RUN + 1)
    power, total = STEP, ZERO
    for _ in range(RUN - 1):
        power *= STEP
    for at in range(min(RUN - 1, len(words))):
        total = total * STEP + np.uint64(words[at])
    for at in range(count):
        total = total * STEP + np.uint64(words[at + RUN - 1])
        if at:
            total -= np.uint64(words[at - 1]) * power
        mixed = (total ^ (total >> HALF)) * MIXER
        marks[at] = mixed ^ (mixed >> HALF)
    return count


def keep_runs(marks: Hashes, least: Hashes, kept: Hashes) -> int:
    """Write the smallest marks of every window to `kept`, each once; return how many. `least` is room to count in.

    A mark is the smallest of some window if no window around it has but smaller ones: if it equals the largest of what
    is smallest in these. Where there are too few marks for a window, all are one.
    """
    if len(marks) < WINDOW:
        return keep_smallest(marks, kept)
    windows = len(marks) - WINDOW + 1
    least[: WINDOW - 1] = ZERO
    least[len(marks) : len(marks) + WINDOW - 1] = ZERO
    for at in range(windows):
        low = marks[at]
        for step in range(1, WINDOW):
            low = min(low, marks[at + step])
        least[at + WINDOW - 1] = low
    # In a loop of its own, so that several are compared at a time: the next one below cannot be.
    for at in range(len(marks)):
        high = least[at]
        for step in range(1, WINDOW):
            high = max(high, least[at + step])
        least[at] = high
    count = 0
    for at in range(len(marks)):
        kept[count] = marks[at]
        count += int(least[at] == marks[at])
    return count


def keep_smallest(marks: Hashes, kept: Hashes) -> int:
    """Write the smallest of some marks to `kept`; return how often it is there."""
    count = 0
    for at in range(len(marks)):
        kept[count] = marks[at]
        count += int(marks[at] == marks.min())
    return count
