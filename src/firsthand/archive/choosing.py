"""Which fingerprints may have more than one holder, or are among those wanted?

Most have one, and need not be sorted: a table of bits tells, with few mistakes, which have been met before.
Plain loops, written so that numba can compile them; without it all are taken, which costs only time.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from firsthand.origins.compiling import compile_loop

ZERO, ONE, SIX, WORD = np.uint64(0), np.uint64(1), np.uint64(6), np.uint64(63)
# A part is told by the low bits, a slot by those above.
LOW = np.uint64(8)
SLOTS = 8

Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]


def choose_prints(
    hashes: Hashes, begins: Numbers, part: tuple[int, int], wanted: Hashes | None, compiled: bool
) -> tuple[Hashes, NDArray[np.int32]]:
    """Return fingerprints and the numbers of their reports, of part `part[0]` of `part[1]`, a power of two up to 256.

    All that several reports hold are there, or all that are `wanted` (sorted), and then no others.
    """
    low, parts = np.uint64(part[0]), np.uint64(part[1] - 1)
    if compiled:
        size = (len(hashes) // part[1] if wanted is None else len(wanted)) * SLOTS
        room = np.zeros(1 << max(0, size.bit_length() - 6), np.uint64)
        mark = compile_loop(mark_twice if wanted is None else mark_once)
        bits = mark(hashes if wanted is None else wanted, low, parts, room)
        chosen, reports = compile_loop(pick_marked)(hashes, begins, (low, parts), bits)
    else:
        places = np.flatnonzero((hashes & parts) == low)
        chosen = hashes[places]
        reports = (np.searchsorted(begins, places, side="right") - 1).astype(np.int32)
    if wanted is None:
        return chosen, reports
    at = np.minimum(np.searchsorted(wanted, chosen), len(wanted) - 1)
    found = np.flatnonzero(wanted[at] == chosen) if len(wanted) else np.empty(0, np.int64)
    return chosen[found], reports[found]


def mark_once(hashes: Hashes, low: np.uint64, parts: np.uint64, bits: Hashes) -> Hashes:
    """Set the bit of every hash of a part."""
    last = np.uint64(len(bits) - 1)
    for at in range(len(hashes)):
        if hashes[at] & parts == low:
            slot = hashes[at] >> LOW
            bits[(slot >> SIX) & last] |= ONE << (slot & WORD)
    return bits


def mark_twice(hashes: Hashes, low: np.uint64, parts: np.uint64, bits: Hashes) -> Hashes:
    """Return the bits that are met more than once among the hashes of a part."""
    twice = np.zeros_like(bits)
    last = np.uint64(len(bits) - 1)
    for at in range(len(hashes)):
        if hashes[at] & parts == low:
            slot = hashes[at] >> LOW
            bit, word = ONE << (slot & WORD), (slot >> SIX) & last
            twice[word] |= bits[word] & bit
            bits[word] |= bit
    return twice


def pick_marked(
    hashes: Hashes, begins: Numbers, part: tuple[np.uint64, np.uint64], bits: Hashes
) -> tuple[Hashes, NDArray[np.int32]]:
    """Return the hashes of a part whose bits are set, and the number of the report of each."""
    low, parts = part
    last = np.uint64(len(bits) - 1)
    chosen, reports = np.empty(len(hashes) + 1, np.uint64), np.empty(len(hashes) + 1, np.int32)
    count = 0
    for report in range(len(begins) - 1):
        for at in range(begins[report], begins[report + 1]):
            if hashes[at] & parts == low:
                slot = hashes[at] >> LOW
                chosen[count], reports[count] = hashes[at], report
                count += int(bits[(slot >> SIX) & last] >> (slot & WORD) & ONE)
    return chosen[:count].copy(), reports[:count].copy()
