"""Which reports of an archive share text, kept from one run to the next?

Three steps, each done for what is new and kept as it goes, so that a run that is killed goes on where it was:
fingerprints of every report, candidates that share some, and the texts of candidates laid side by side.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firsthand.archive.progress import Tracing
from firsthand.origins.alignment import align_words, mask_text, measure_words
from firsthand.origins.fingerprints import WORTH_COMPILING, fingerprint_batch
from firsthand.store.passage_store import PassageStore, Text
from firsthand.store.passages import TIES

READ_AT_ONCE = 5_000
ALIGN_AT_ONCE = 5_000
COLUMNS = ("child", "parent", "begin", "words", "other", "many")


Tell = Callable[[Tracing], None]


def find_ties(store: PassageStore, tell: Tell) -> int:
    """Bring the ties of an archive up to what it holds; return how many reports were new."""
    kept, traced, paired = store.count_reports()
    began = time.monotonic()
    for first in range(traced, kept, READ_AT_ONCE):
        tell(Tracing(step="reading", done=first, total=kept, seconds=time.monotonic() - began))
        _fingerprint_some(store, first, min(first + READ_AT_ONCE, kept))
    store.rank_reports()
    if kept > paired:
        tell(Tracing(step="comparing", done=paired, total=kept, seconds=time.monotonic() - began))
        store.pair_reports(paired)
    _align_new(store, tell)
    return kept - paired


def _fingerprint_some(store: PassageStore, first: int, after: int) -> None:
    texts = store.read_texts(first, after)
    bodies = [mask_text(text.text, text.body) for text in texts]
    hashes, numbers, words, bounds = fingerprint_batch(bodies, _is_worth_compiling(sum(map(len, bodies))))
    prints: dict[str, NDArray[Any]] = {"hash": hashes.view(np.int64), "report": _number(texts)[numbers]}
    store.add_prints(texts, prints, (words >> np.uint64(32)).astype(np.uint32), bounds)


def _number(texts: Sequence[Text]) -> NDArray[np.int32]:
    return np.array([text.report for text in texts], np.int32)


def _is_worth_compiling(size: int) -> bool:
    return size >= WORTH_COMPILING and find_spec("numba") is not None


def _align_new(store: PassageStore, tell: Tell) -> None:
    """Lay side by side the texts of pairs for which that has not been done, and keep what is found, some at a time."""
    began = time.monotonic()
    words, unread = store.map_words(), store.read_unread()
    total = len(unread["child"])
    compiled = _is_worth_compiling(int(unread["words"].sum() + unread["many"].sum()))
    for first in range(0, total, ALIGN_AT_ONCE):
        step = "laying side by side"
        tell(Tracing(step=step, done=first, total=total, seconds=time.monotonic() - began))
        some = [unread[name][first : first + ALIGN_AT_ONCE].tolist() for name in COLUMNS]
        rows = [_align_pair(words, pair, compiled) for pair in zip(*some, strict=True)]
        store.add_ties({name: np.array(column) for name, column in zip(TIES, zip(*rows, strict=True), strict=True)})


def _align_pair(words: NDArray[np.uint32], pair: tuple[int, ...], compiled: bool) -> tuple[int | float, ...]:
    child, parent, begin, count, other, many = pair
    ours, theirs = np.asarray(words[begin : begin + count]), np.asarray(words[other : other + many])
    blocks = align_words(ours, theirs, compiled=compiled)
    held, kept, same, longest = measure_words(blocks, (count, many), compiled)
    return child, parent, same, longest, held / max(1, count), kept / max(1, many)
