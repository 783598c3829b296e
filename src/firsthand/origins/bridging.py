"""Which words of two texts match, one after the other, with small edits between them?

Plain loops over numpy arrays, written so that numba can compile them as they are. A text is a row of word hashes.
A block is (place in the first, place in the second, words, number of its run).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Words = NDArray[np.uint64] | NDArray[np.uint32]

GRAM = 4
STEP, TOP = np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(64)
OCCURRENCES = 4
LOOK_BACK = 48
GAP = 12
SHORTEST = 8
MOST_EDITED = 12


def measure_pairs(words: Words, places: Rows) -> Rows:
    """Return of each pair of texts what `measure_blocks` does (n, 4).

    `places` (n, 4): where in `words` the words of the first text begin, how many they are, and the same of the second.
    """
    found = np.zeros((len(places), 4), np.int64)
    hashed, ours = (-1, 0, 0), hash_grams(words[:0], 4)
    for pair in range(len(places)):
        begin, count, other, many = places[pair]
        first, second = words[begin : begin + count], words[other : other + many]
        bits = count_bits(max(count, many))
        # Neighbouring pairs mostly have the same first text.
        if hashed != (begin, count, bits):
            hashed, ours = (begin, count, bits), hash_grams(first, bits)
        matches = match_words(first, second, (ours, hash_grams(second, bits)), 1 << bits)
        if len(matches):
            scores, before = chain_matches(matches)
            blocks = bridge_gaps(first, second, pick_runs(matches, scores, before, (count, many)))
            found[pair, :] = measure_blocks(blocks, (count, many))
    return found


def count_bits(words: int) -> int:
    """Return how many bits tell apart the slots of a text of so many words: with fewer, more have to be compared."""
    bits = 3
    while words >> (bits - 3):
        bits += 1
    return bits


def match_words(first: Words, second: Words, grams: tuple[Rows, Rows], slots: int) -> Rows:
    """Return the longest exact matches (n, 3): place in the first, in the second, words; in the order of the first.

    `grams`: the slot, below `slots`, of the `GRAM` words that begin at each place; what falls in one slot is compared
    word by word. The last `OCCURRENCES` places of the second that hold the same words are looked at.
    """
    ours, theirs = grams
    # In both a place is one more than it is, and 0 is none: rows of zeros are had for nothing.
    heads, nexts = np.zeros(slots, np.int32), np.empty(len(theirs), np.int32)
    for at in range(len(theirs)):
        nexts[at] = heads[theirs[at]]
        heads[theirs[at]] = at + 1
    done = np.zeros(len(first) + len(second) + 1, np.int32)
    found = np.empty((OCCURRENCES * len(ours), 3), np.int64)
    count = 0
    for at in range(len(ours)):
        other, seen = int(heads[ours[at]]) - 1, 0
        while other >= 0 and seen < OCCURRENCES:
            length, longest = 0, min(len(first) - at, len(second) - other)
            if done[other - at + len(first)] <= at:
                while length < longest and first[at + length] == second[other + length]:
                    length += 1
            if length >= GRAM:
                done[other - at + len(first)] = at + length
                found[count, 0], found[count, 1], found[count, 2] = at, other, length
                count, seen = count + 1, seen + 1
            other = int(nexts[other]) - 1
    return found[:count].copy()


def hash_grams(words: Words, bits: int) -> Rows:
    """Return the slot, a number of so many bits, of the words that begin at each place."""
    slots, shift = np.empty(max(0, len(words) - GRAM + 1), np.int64), TOP - np.uint64(bits)
    for at in range(len(slots)):
        total = STEP
        for one in range(at, at + GRAM):
            total = (total + np.uint64(words[one])) * STEP
        slots[at] = np.int64(total >> shift)
    return slots


def chain_matches(matches: Rows) -> tuple[Rows, Rows]:
    """Return for each match the best score of a run that ends with it and the match before it there, or -1: two (n,).

    A run goes forward in both texts, and neither leaves out more than `GAP` words at a time.
    """
    scores, before = np.empty(len(matches), np.int64), np.full(len(matches), -1, np.int64)
    for at in range(len(matches)):
        a, b, words = matches[at]
        scores[at] = 4 * words
        for earlier in range(at - 1, max(-1, at - LOOK_BACK - 1), -1):
            past, beyond = matches[earlier, 0] + matches[earlier, 2], matches[earlier, 1] + matches[earlier, 2]
            shared = max(0, past - a, beyond - b)
            left, right = a + shared - past, b + shared - beyond
            inside = matches[earlier, 0] < a and matches[earlier, 1] < b and shared < words
            if inside and left <= GAP and right <= GAP:
                score = scores[earlier] + 4 * (words - shared) - max(left, right)
                if score > scores[at]:
                    scores[at], before[at] = score, earlier
    return scores, before


def pick_runs(matches: Rows, scores: Rows, before: Rows, lengths: tuple[int, int]) -> Rows:
    """Return the blocks (n, 4) of the runs that are kept, best run first, each in the order of the texts.

    Kept is a run of at least `SHORTEST` words in a row, or of `MOST_EDITED` with fewer edits than words, most of which
    stand in no better run. `lengths`: words of each text.
    """
    taken, ours, theirs = (
        np.zeros(len(matches), np.bool_),
        np.zeros(lengths[0], np.bool_),
        np.zeros(lengths[1], np.bool_),
    )
    blocks, path = np.empty((len(matches), 4), np.int64), np.empty(len(matches), np.int64)
    count = runs = 0
    for end in np.argsort(-scores, kind="mergesort"):
        steps, at, same, longest, new = 0, end, 0, 0, 0
        while at >= 0 and not taken[at]:
            taken[at] = True
            path[steps] = at
            a, b, words = matches[at]
            same, longest, steps = same + words, max(longest, words), steps + 1
            new += words - max(ours[a : a + words].sum(), theirs[b : b + words].sum())
            at = before[at]
        if not steps:
            continue
        width = matches[end, 0] + matches[end, 2] - matches[path[steps - 1], 0]
        if 2 * new < same or (longest < SHORTEST and (same < MOST_EDITED or 2 * same < width)):
            continue
        past = beyond = -1
        for step in range(steps - 1, -1, -1):
            a, b, words = matches[path[step]]
            cut = max(0, past - a, beyond - b)
            past, beyond = a + words, b + words
            ours[a:past], theirs[b:beyond] = True, True
            blocks[count, 0], blocks[count, 1], blocks[count, 2], blocks[count, 3] = a + cut, b + cut, words - cut, runs
            count += 1
        runs += 1
    return blocks[:count].copy()


def bridge_gaps(first: Words, second: Words, blocks: Rows) -> Rows:
    """Return the blocks with those in between added: the longest common row of words of each gap, word by word."""
    found = np.empty((len(blocks) * (GAP + 1), 4), np.int64)
    table = np.zeros((GAP + 1, GAP + 1), np.int64)
    count = 0
    for number in range(len(blocks)):
        if number and blocks[number, 3] == blocks[number - 1, 3]:
            a, b = blocks[number - 1, 0] + blocks[number - 1, 2], blocks[number - 1, 1] + blocks[number - 1, 2]
            left, right = blocks[number, 0] - a, blocks[number, 1] - b
            for i in range(left - 1, -1, -1):
                table[i, right] = 0
                for j in range(right - 1, -1, -1):
                    table[left, j] = 0
                    table[left, right] = 0
                    alike = first[a + i] == second[b + j]
                    table[i, j] = table[i + 1, j + 1] + 1 if alike else max(table[i + 1, j], table[i, j + 1])
            i = j = 0
            while i < left and j < right and table[i, j]:
                if first[a + i] == second[b + j]:
                    found[count, 0], found[count, 1], found[count, 2], found[count, 3] = (
                        a + i,
                        b + j,
                        1,
                        blocks[number, 3],
                    )
                    count, i, j = count + 1, i + 1, j + 1
                elif table[i + 1, j] >= table[i, j + 1]:
                    i += 1
                else:
                    j += 1
        found[count] = blocks[number]
        count += 1
    return found[:count].copy()


def measure_blocks(blocks: Rows, lengths: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return how many words of each text stand in blocks, how many are the same, and how many in the best run."""
    ours, theirs = np.zeros(lengths[0], np.bool_), np.zeros(lengths[1], np.bool_)
    same = longest = here = 0
    for number in range(len(blocks)):
        a, b, words, run = blocks[number]
        ours[a : a + words], theirs[b : b + words] = True, True
        here = here + words if number and run == blocks[number - 1, 3] else words
        same, longest = same + words, max(longest, here)
    return int(ours.sum()), int(theirs.sum()), same, longest
