"""Which fingerprints does a text leave, so that two texts that share a run of words share one?

Winnowing (Schleimer, Wilkerson and Aiken 2003) over words: the words of a text are folded and hashed, every run of
`RUN` words is hashed, and of every `WINDOW` neighbouring runs the one with the smallest hash is kept (where several
have it, all). So two texts that share `RUN + WINDOW - 1` words in a row always share a kept run.
The loops are compiled where asked for; the numpy way gives the same rows.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from firsthand.origins import winnowing_numpy
from firsthand.origins.compiling import compile_loop
from firsthand.origins.winnowing import (
    ALONE,
    HALF,
    LETTER,
    RUN,
    SKIP,
    WINDOW,
    Hashes,
    Places,
    fingerprint_bytes,
)

GUARANTEED = RUN + WINDOW - 1
BASE = np.uint64(0x9E3779B97F4A7C15)
PLANE = 1 << 16
SPACED = ((0x3040, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF))


class Prints(NamedTuple):
    """The kept runs of some texts: `hashes` (n,) in the order of the texts, and where those of each begin (texts + 1,).

    `words`: 32 bits of the hash of every word, and where those of each text begin, `bounds` (texts + 1,).
    """

    hashes: Hashes
    begins: Places
    words: NDArray[np.uint32]
    bounds: Places


def fingerprint_texts(texts: Sequence[str] | Sequence[bytearray], compiled: bool = False) -> Prints:
    """Return the fingerprints of texts, as such or in UTF-8, in their order. A text of fewer than `RUN` words has none.

    Two texts that are compiled at once take more memory, and more time for it, than one after the other.
    """
    kinds, letters = load_folding()
    if compiled:
        pieces = [text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text for text in texts]
        begins = np.cumsum([0, *map(len, pieces)])
        data = np.frombuffer(b"".join(pieces), np.uint8)
        return Prints(*compile_loop(fingerprint_bytes)(data, begins, kinds, letters))
    read = [text if isinstance(text, str) else text.decode() for text in texts]
    hashes, starts, _ = winnowing_numpy.read_letters(_read_codes("\0".join((*read, ""))), kinds, letters)
    words = (winnowing_numpy.mix(hashes) >> HALF).astype(np.uint32)
    bounds = np.searchsorted(starts, np.cumsum([0, *(len(text) + 1 for text in read)]))
    marks = winnowing_numpy.hash_runs(words)
    kept = winnowing_numpy.keep_runs(marks, bounds)
    return Prints(marks[kept], np.searchsorted(kept, bounds), words, bounds)


def hash_words(text: str) -> tuple[Hashes, NDArray[np.int32], NDArray[np.int32]]:
    """Return the hash of each folded word of a text, and the characters where it starts and ends: three of (n,)."""
    hashes, starts, ends = winnowing_numpy.read_letters(_read_codes(f"{text}\0"), *load_folding())
    return winnowing_numpy.mix(hashes), starts.astype(np.int32), ends.astype(np.int32)


def _read_codes(text: str) -> NDArray[np.uint16]:
    """Return the characters of a text, one number each; those beyond the first 65,536 are all the last of these."""
    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(codes) == len(text):
        return codes
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.minimum(wide, PLANE - 1).astype(np.uint16)


@cache
def load_folding() -> tuple[NDArray[np.uint8], Hashes]:
    """Return for each of the first 65,536 characters what it is to a word, and the number it counts for: two (65536,).

    Case and accents are folded (Unicode's NFKD, first character); marks that combine are passed over; scripts written
    without blanks have words of one character. Characters beyond, mostly pictures, end a word. Only letters count.
    """
    kinds, folded = np.zeros(PLANE, np.uint8), np.zeros(PLANE, np.uint64)
    for code in range(PLANE - 1):
        letter = chr(code)
        if unicodedata.combining(letter):
            kinds[code] = SKIP
        elif letter.isalnum() or letter == "_":
            kinds[code] = ALONE if any(low <= code <= high for low, high in SPACED) else LETTER
            folded[code] = min(ord(unicodedata.normalize("NFKD", letter.casefold())[0]), PLANE - 1)
    return kinds, winnowing_numpy.mix(folded * BASE)
