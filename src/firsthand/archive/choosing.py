"""Which fingerprints may have more than one holder, or are among those wanted?

Most have one, and need not be sorted: a table of bits tells, with few mistakes, which have been met before. Pieces are
cut small enough that table and rows of one stay near the processor.
Plain loops, written so that numba can compile them; without it all are taken, which costs only time.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from firsthand.origins.compiling import compile_loop

ZERO, ONE, SIX, WORD = np.uint64(0), np.uint64(1), np.uint64(6), np.uint64(63)
# A part and a piece of it are told by the low bits, a slot by those above.
LOW = np.uint64(16)
SLOTS = 8
# So many fingerprints make a piece, and a part has no more pieces than this.
PIECE_PRINTS, MOST_PIECES = 1 << 18, 256

Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]
Chosen = tuple[Hashes, NDArray[np.int32]]


def split_prints(hashes: Hashes, begins: Numbers, part: tuple[int, int], compiled: bool) -> Iterator[Chosen]:
    """Yield fingerprints and the numbers of their reports, of part `part[0]` of `part[1]`, a power of two up to 256.

    All that several reports hold are there, all holders of one in the same piece.
    """
    low, parts = np.uint64(part[0]), np.uint64(part[1] - 1)
    if not compiled:
        yield _take_part(hashes, begins, low, parts)
        return
    pieces = 1 << min(MOST_PIECES.bit_length() - 1, (len(hashes) // part[1] // PIECE_PRINTS).bit_length())
    which = (low, parts, np.uint64(part[1].bit_length() - 1), np.uint64(pieces - 1))
    edges = np.append(0, np.cumsum(compile_loop(count_pieces)(hashes, which, np.zeros(pieces, np.int64))))
    # Made here and not in the loop: numpy asks for large pages.
    split, numbers = np.empty(edges[-1], np.uint64), np.empty(edges[-1], np.int32)
    compile_loop(fill_pieces)(hashes, begins, which, edges[:-1].copy(), (split, numbers))
    for first, after in zip(edges, edges[1:], strict=False):
        room = np.zeros((2, _count_words(int(after - first))), np.uint64)
        yield compile_loop(pick_twice)(split[first:after], numbers[first:after], room)


def choose_prints(hashes: Hashes, begins: Numbers, part: tuple[int, int], wanted: Hashes, compiled: bool) -> Chosen:
    """Return all fingerprints of a part that are `wanted` (sorted), and the numbers of their reports."""
    low, parts = np.uint64(part[0]), np.uint64(part[1] - 1)
    if compiled:
        bits = compile_loop(mark_once)(wanted, low, parts, np.zeros(_count_words(len(wanted)), np.uint64))
        chosen, reports = compile_loop(pick_marked)(hashes, begins, (low, parts), bits)
    else:
        chosen, reports = _take_part(hashes, begins, low, parts)
    at = np.minimum(np.searchsorted(wanted, chosen), len(wanted) - 1)
    found = np.flatnonzero(wanted[at] == chosen) if len(wanted) else np.empty(0, np.int64)
    return chosen[found], reports[found]


def _take_part(hashes: Hashes, begins: Numbers, low: np.uint64, parts: np.uint64) -> Chosen:
    places = np.flatnonzero((hashes & parts) == low)
    return hashes[places], (np.searchsorted(begins, places, side="right") - 1).astype(np.int32)


def _count_words(prints: int) -> int:
    """Return how many words of bits make a table for so many fingerprints, a power of two."""
    return 1 << max(0, (prints * SLOTS).bit_length() - 6)


def count_pieces(hashes: Hashes, which: tuple[np.uint64, ...], counts: Numbers) -> Numbers:
    """Count the hashes of each piece of a part. `which`: the part, bits that tell it, how many, bits of a piece."""
    low, parts, shift, pieces = which
    for at in range(len(hashes)):
        if hashes[at] & parts == low:
            counts[(hashes[at] >> shift) & pieces] += 1
    return counts


def fill_pieces(
    hashes: Hashes, begins: Numbers, which: tuple[np.uint64, ...], places: Numbers, rows: tuple[Hashes, Numbers]
) -> None:
    """Write the hashes of a part and the number of the report of each to `rows`, each piece from its place on."""
    low, parts, shift, pieces = which
    split, numbers = rows
    for report in range(len(begins) - 1):
        for at in range(begins[report], begins[report + 1]):
            if hashes[at] & parts == low:
                piece = (hashes[at] >> shift) & pieces
                split[places[piece]], numbers[places[piece]] = hashes[at], report
                places[piece] += 1


def pick_twice(hashes: Hashes, reports: NDArray[np.int32], room: Hashes) -> Chosen:
    """Return the hashes whose bits are met more than once, and their reports. `room` (2, words): two tables of bits."""
    bits, twice = room
    last = np.uint64(len(bits) - 1)
    for at in range(len(hashes)):
        slot = hashes[at] >> LOW
        bit, word = ONE << (slot & WORD), (slot >> SIX) & last
        twice[word] |= bits[word] & bit
        bits[word] |= bit
    chosen, numbers = np.empty(len(hashes) + 1, np.uint64), np.empty(len(hashes) + 1, np.int32)
    count = 0
    for at in range(len(hashes)):
        slot = hashes[at] >> LOW
        chosen[count], numbers[count] = hashes[at], reports[at]
        count += int(twice[(slot >> SIX) & last] >> (slot & WORD) & ONE)
    return chosen[:count], numbers[:count]


def mark_once(hashes: Hashes, low: np.uint64, parts: np.uint64, bits: Hashes) -> Hashes:
    """Set the bit of every hash of a part."""
    last = np.uint64(len(bits) - 1)
    for at in range(len(hashes)):
        if hashes[at] & parts == low:
            slot = hashes[at] >> LOW
            bits[(slot >> SIX) & last] |= ONE << (slot & WORD)
    return bits


def pick_marked(hashes: Hashes, begins: Numbers, part: tuple[np.uint64, np.uint64], bits: Hashes) -> Chosen:
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
