"""Which text do two reports share, edits and all, and what does each add?

Exact matches of a few words are chained where they go forward in both texts with small gaps; in the gaps the longest
common row of words is found in a band (Needleman and Wunsch 1970). The loops are compiled where asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firsthand.model import SharedRun, Stretch, record
from firsthand.origins.bridging import (
    GRAM,
    STEP,
    TOP,
    bridge_gaps,
    chain_matches,
    count_bits,
    hash_grams,
    match_words,
    measure_blocks,
    measure_pairs,
    pick_runs,
)
from firsthand.origins.compiling import compile_loop
from firsthand.origins.fingerprints import hash_words

LOOPS: tuple[Callable[..., Any], ...] = (match_words, chain_matches, pick_runs, bridge_gaps)

Words = NDArray[np.uint64] | NDArray[np.uint32]
Blocks = NDArray[np.int64]


@record
class Alignment:
    """The runs two texts share, in the order of the first, and the share of each one's words that the other has."""

    runs: tuple[SharedRun, ...]
    contained_first: float
    contained_second: float


def align_texts(first: str, second: str, seeds: Sequence[tuple[int, int]] = (), compiled: bool = False) -> Alignment:
    """Return the runs of words that two texts share, small edits bridged.

    `seeds`: word places (first, second) known to match; others are searched for.
    """
    ours, theirs = hash_words(first), hash_words(second)
    blocks = align_words(ours[0], theirs[0], seeds, compiled)
    numbers = blocks[:, 3]
    runs = [_make_run(blocks[numbers == number], ours[1:], theirs[1:]) for number in np.unique(numbers)]
    held = measure_words(blocks, (len(ours[0]), len(theirs[0])), compiled)
    return Alignment(
        runs=tuple(sorted(runs, key=lambda run: (run.first, run.second))),
        contained_first=held[0] / max(1, len(ours[0])),
        contained_second=held[1] / max(1, len(theirs[0])),
    )


def align_words(first: Words, second: Words, seeds: Sequence[tuple[int, int]] = (), compiled: bool = False) -> Blocks:
    """Return the blocks (n, 4) that two rows of word hashes share: place in each, words, number of the run."""
    match, chain, pick, bridge = (_ready(loop, compiled) for loop in LOOPS)
    bits = count_bits(max(len(first), len(second)))
    grams = _hash_grams(first, bits, compiled), _hash_grams(second, bits, compiled)
    matches = match(first, second, grams, 1 << bits)
    if seeds:
        matches = np.unique(np.concatenate([matches, _extend_seeds(first, second, seeds)]), axis=0)
    if not len(matches):
        return np.empty((0, 4), np.int64)
    scores, before = chain(matches)
    blocks: Blocks = bridge(first, second, pick(matches, scores, before, (len(first), len(second))))
    return blocks


def align_pairs(words: NDArray[np.uint32], places: Blocks, compiled: bool = False) -> Blocks:
    """Return of pairs of texts (n, 4) how many words of each stand in blocks, are the same, and in the longest run.

    `places` (n, 4): where in `words` the words of the first text begin, how many they are, and the same of the second.
    """
    if compiled:
        found: Blocks = compile_loop(measure_pairs)(words, places)
        return found
    rows = [measure_words(align_words(words[a : a + n], words[b : b + m]), (n, m)) for a, n, b, m in places.tolist()]
    return np.array(rows, np.int64).reshape(-1, 4)


def mask_text(text: str, body: Sequence[Sequence[int]] | None) -> str:
    """Return a text with all that is not its body blanked out, so that places stay what they were."""
    if body is None:
        return text
    pieces, last = [], 0
    for start, end in sorted((one[0], one[1]) for one in body):
        pieces += [" " * max(0, start - last), text[max(start, last) : end]]
        last = max(last, end)
    return "".join(pieces) + " " * max(0, len(text) - last)


def measure_words(blocks: Blocks, lengths: tuple[int, int], compiled: bool = False) -> tuple[int, int, int, int]:
    """Return how many words of each text stand in blocks, how many are the same, and how many in the longest run."""
    if not len(blocks):
        return 0, 0, 0, 0
    ours, theirs, same, longest = _ready(measure_blocks, compiled)(blocks, lengths)
    return int(ours), int(theirs), int(same), int(longest)


def _ready(loop: Callable[..., Any], compiled: bool) -> Callable[..., Any]:
    return compile_loop(loop) if compiled else loop


def _hash_grams(words: Words, bits: int, compiled: bool) -> Blocks:
    """Return the slot, a number of so many bits, of the words that begin at each place."""
    if compiled:
        slots: Blocks = compile_loop(hash_grams)(words, bits)
        return slots
    count = max(0, len(words) - GRAM + 1)
    total = np.full(count, STEP)
    for at in range(GRAM):
        total = (total + words[at : at + count]) * STEP
    return (total >> (TOP - np.uint64(bits))).astype(np.int64)


def _extend_seeds(first: Words, second: Words, seeds: Sequence[tuple[int, int]]) -> Blocks:
    """Return the longest exact match around each seed, in the order of the first text, each once."""
    found = set()
    for a, b in seeds:
        begin, after = 0, 0
        while begin < min(a, b) and first[a - begin - 1] == second[b - begin - 1]:
            begin += 1
        while after < min(len(first) - a, len(second) - b) and first[a + after] == second[b + after]:
            after += 1
        if after:
            found.add((a - begin, b - begin, begin + after))
    return np.array(sorted(found), np.int64).reshape(-1, 3)


def _make_run(blocks: Blocks, ours: Sequence[NDArray[np.int32]], theirs: Sequence[NDArray[np.int32]]) -> SharedRun:
    (a, b), (last, end) = blocks[0, :2], blocks[-1, :2] + blocks[-1, 2]
    return SharedRun(
        first=(int(ours[0][a]), int(ours[1][last - 1])),
        second=(int(theirs[0][b]), int(theirs[1][end - 1])),
        words=int(max(last - a, end - b)),
        same=int(blocks[:, 2].sum()),
        pieces=tuple(_join_pieces(blocks, ours, theirs)),
    )


def _join_pieces(
    blocks: Blocks, ours: Sequence[NDArray[np.int32]], theirs: Sequence[NDArray[np.int32]]
) -> list[tuple[Stretch, Stretch]]:
    """Return the characters of the blocks of a run, neighbours that touch on both sides made one."""
    pieces: list[list[int]] = []
    for a, b, words, _ in blocks.tolist():
        if pieces and pieces[-1][0] + pieces[-1][2] == a and pieces[-1][1] + pieces[-1][2] == b:
            pieces[-1][2] += words
        else:
            pieces.append([a, b, words])
    return [
        ((int(ours[0][a]), int(ours[1][a + n - 1])), (int(theirs[0][b]), int(theirs[1][b + n - 1])))
        for a, b, n in pieces
    ]
