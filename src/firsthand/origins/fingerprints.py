"""Which fingerprints does a text leave, so that two texts that share a run of words share one?

Winnowing (Schleimer, Wilkerson and Aiken 2003) over words: the words of a text are folded and hashed, every run of
`RUN` words is hashed, and of every `WINDOW` neighbouring runs the one with the smallest hash is kept.
So two texts that share `RUN + WINDOW - 1` words in a row always share a kept run.
Two loops are compiled where numba is installed and the texts are large; the numpy way gives the same rows.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from firsthand.model import record
from firsthand.origins.winnowing import (
    ALONE,
    HALF,
    LETTER,
    SKIP,
    hash_runs,
    keep_runs,
    read_letters,
    read_plain_letters,
)

RUN = 6
WINDOW = 7
GUARANTEED = RUN + WINDOW - 1
STEP = np.uint64(0xC2B2AE3D27D4EB4F)
MIXER = np.uint64(0xD6E8FEB86659FD93)
PLANE = 1 << 16
BATCH = 1 << 21
WORTH_COMPILING = 1 << 20
SPACED = ((0x3040, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF))

Hashes = NDArray[np.uint64]
Places = NDArray[np.int32]


@record
class Fingerprints:
    """The kept runs of some texts, by text and place.

    `hashes` (n,), `texts` (n,) numbers of the texts as given, `places` (n,) number of the run's first word in its text,
    `starts` and `ends` (n,) characters in its text.
    """

    hashes: Hashes
    texts: Places
    places: Places
    starts: Places
    ends: Places


class _Words(NamedTuple):
    """The words of a batch: hashes and characters (n,), and where the words of each text begin (texts + 1,)."""

    hashes: Hashes
    starts: NDArray[Any]
    ends: NDArray[Any]
    bounds: NDArray[np.int64]


def fingerprint_texts(texts: Sequence[str], compiled: bool | None = None) -> Fingerprints:
    """Return the fingerprints of texts, in their order. A text of fewer than `RUN` words leaves none.

    `compiled`: None compiles where numba is installed and the texts are large. The rows are the same either way.
    """
    if compiled is None:
        compiled = sum(map(len, texts)) >= WORTH_COMPILING and find_spec("numba") is not None
    columns = [_fingerprint_batch(texts[first:after], first, compiled) for first, after in _cut_batches(texts)]
    if not columns:
        columns = [_fingerprint_batch((), 0, compiled=False)]
    joined = [np.concatenate(column) for column in zip(*columns, strict=True)]
    return Fingerprints(hashes=joined[0], texts=joined[1], places=joined[2], starts=joined[3], ends=joined[4])


def fingerprint_batch(texts: Sequence[str], compiled: bool) -> tuple[Hashes, Places, Hashes, NDArray[np.int64]]:
    """Return the fingerprints of some texts with the number of the text of each, and the words they were made of.

    Four arrays: hash and text (kept,) of each run; the hashes of all words (words,), and where those of each text begin
    (texts + 1,). For archives, which keep all of these.
    """
    words = _read_words(texts, compiled)
    marks = _hash_runs(words.hashes, compiled)
    kept = _keep(compiled)(marks, words.bounds, RUN, WINDOW)
    where = np.searchsorted(words.bounds, kept, side="right") - 1
    return marks[kept], where.astype(np.int32), words.hashes, words.bounds


def hash_words(text: str, compiled: bool = False) -> tuple[Hashes, Places, Places]:
    """Return the hash of each folded word of a text, and the characters where it starts and ends: three of (n,)."""
    words = _read_words([text], compiled)
    return words.hashes, words.starts.astype(np.int32), words.ends.astype(np.int32)


def _cut_batches(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield (first, after) of neighbouring texts that together are not much longer than `BATCH` characters."""
    first = size = 0
    for number, text in enumerate(texts):
        size += len(text)
        if size >= BATCH or number == len(texts) - 1:
            yield first, number + 1
            first, size = number + 1, 0


def _fingerprint_batch(texts: Sequence[str], first: int, compiled: bool) -> tuple[NDArray[Any], ...]:
    words = _read_words(texts, compiled)
    marks = _hash_runs(words.hashes, compiled)
    kept = _keep(compiled)(marks, words.bounds, RUN, WINDOW)
    where = np.searchsorted(words.bounds, kept, side="right") - 1
    begins = np.cumsum([0, *(len(text) + 1 for text in texts)])[where]
    return (
        marks[kept],
        (where + first).astype(np.int32),
        (kept - words.bounds[where]).astype(np.int32),
        (words.starts[kept] - begins).astype(np.int32),
        (words.ends[kept + RUN - 1] - begins).astype(np.int32),
    )


def _read_words(texts: Sequence[str], compiled: bool) -> _Words:
    """Return the words of texts joined by NUL, which ends a word."""
    hashes, starts, ends = _read_letters(_read_codes("\0".join((*texts, ""))), compiled)
    begins = np.cumsum([0, *(len(text) + 1 for text in texts)])
    return _Words(_mix(hashes), starts, ends, np.searchsorted(starts, begins))


def _read_codes(text: str) -> NDArray[np.uint16]:
    """Return the characters of a text, one number each; those beyond the first 65,536 are all the last of these."""
    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(codes) == len(text):
        return codes
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.minimum(wide, PLANE - 1).astype(np.uint16)


def _hash_runs(words: Hashes, compiled: bool) -> Hashes:
    """Return the hash of the run of `RUN` words that begins at each word; the last ones have none."""
    if compiled:
        marks: Hashes = compile_loop(hash_runs)(words, RUN, STEP, MIXER)
        return marks
    count = max(0, len(words) - RUN + 1)
    total = np.zeros(count, np.uint64)
    for at in range(RUN):
        total *= STEP
        total += words[at : at + count]
    return _mix(total)


def _mix(hashes: Hashes) -> Hashes:
    """Return hashes whose high and low bits depend on all bits: xor, multiply, xor."""
    mixed = (hashes ^ (hashes >> HALF)) * MIXER
    return np.asarray(mixed ^ (mixed >> HALF), np.uint64)


@cache
def load_folding() -> tuple[NDArray[np.uint8], NDArray[np.uint16]]:
    """Return for each of the first 65,536 characters what it is to a word, and what it is folded to: two of (65536,).

    Case and accents are folded (Unicode's NFKD, first character); marks that combine are passed over; scripts written
    without blanks have words of one character. Characters beyond, mostly pictures, end a word.
    """
    kinds, folded = np.zeros(PLANE, np.uint8), np.zeros(PLANE, np.uint16)
    for code in range(PLANE - 1):
        letter = chr(code)
        if unicodedata.combining(letter):
            kinds[code] = SKIP
        elif letter.isalnum() or letter == "_":
            kinds[code] = ALONE if any(low <= code <= high for low, high in SPACED) else LETTER
            folded[code] = min(ord(unicodedata.normalize("NFKD", letter.casefold())[0]), PLANE - 1)
    return kinds, folded


def _read_letters(codes: NDArray[np.uint16], compiled: bool) -> tuple[Hashes, NDArray[Any], NDArray[Any]]:
    from firsthand.origins import winnowing_numpy

    if not compiled:
        return winnowing_numpy.read_letters(codes, *load_folding())
    plain, *found = compile_loop(read_plain_letters)(codes, _load_plain_folding())
    if plain:
        return found[0], found[1], found[2]
    words: tuple[Hashes, NDArray[Any], NDArray[Any]] = compile_loop(read_letters)(codes, *load_folding())
    return words


@cache
def _load_plain_folding() -> NDArray[np.uint32]:
    """Return what each character is folded to, 0 where it is apart, and more than any where it is no plain letter."""
    kinds, folded = load_folding()
    odd = (kinds == SKIP) | (kinds == ALONE)
    return np.where(odd, np.uint32(PLANE), folded.astype(np.uint32))


def _keep(compiled: bool) -> Callable[..., NDArray[np.int64]]:
    from firsthand.origins import winnowing_numpy

    return compile_loop(keep_runs) if compiled else winnowing_numpy.keep_runs


@cache
def compile_loop(loop: Callable[..., Any]) -> Callable[..., Any]:
    """Return a loop compiled by numba, kept beside the package where that can be written, or else made each time."""
    from numba import njit

    try:
        return njit(cache=True, nogil=True)(loop)
    except RuntimeError:
        return njit(nogil=True)(loop)
