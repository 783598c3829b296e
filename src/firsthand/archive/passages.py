"""Which reports of an archive share text, kept from one run to the next?

Three steps, each done for what is new and kept as it goes, so that a run that is killed goes on where it was:
fingerprints of every report, candidates that share some, and the texts of candidates laid side by side.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import numpy as np

from firsthand.archive.pairing import Prints, Ranked, pair_prints
from firsthand.archive.progress import Tracing
from firsthand.origins.alignment import align_pairs, mask_text
from firsthand.origins.compiling import is_worth_compiling
from firsthand.origins.fingerprints import fingerprint_texts
from firsthand.store.passage_store import Marks, PassageStore

# A whole number of the vectors in which DuckDB reads, so that none is read twice.
READ_AT_ONCE = 4_096
KEEP_AT_ONCE = 8 * READ_AT_ONCE
ALIGN_AT_ONCE = 50_000
# So many letters at a time stay near the processor.
LETTERS = 1 << 19
# Of more fingerprints than this the pairs are found by SQL, which can put aside on the disk what it sorts.
MOST_PRINTS = 1 << 30
COLUMNS = ("begin", "words", "other", "many")

Text = TypeVar("Text", str, bytearray)
Tell = Callable[[Tracing], None]


def find_ties(store: PassageStore, tell: Tell) -> int:
    """Bring the ties of an archive up to what it holds; return how many reports were new."""
    kept, traced, paired = store.count_reports()
    began = time.monotonic()
    for first in range(traced, kept, KEEP_AT_ONCE):
        store.add_prints(first, _mark_reports(store, range(first, min(first + KEEP_AT_ONCE, kept)), kept, tell))
    store.rank_reports()
    if kept > paired:
        tell(Tracing(step="comparing", done=paired, total=kept, seconds=time.monotonic() - began))
        _pair_some(store, paired)
    _align_new(store, tell)
    return kept - paired


def _mark_reports(store: PassageStore, numbers: range, kept: int, tell: Tell) -> Iterator[Marks]:
    began = time.monotonic()
    for first in numbers[::READ_AT_ONCE]:
        tell(Tracing(step="reading", done=first, total=kept, seconds=time.monotonic() - began))
        read = store.read_texts(first, min(first + READ_AT_ONCE, numbers.stop))
        texts = read.texts
        for number, body in read.bodies.items():
            texts[number - first] = bytearray(mask_text(texts[number - first].decode(), body).encode())
        compiled = is_worth_compiling(sum(map(len, texts)))
        yield from (_mark_texts(some, compiled) for some in cut_texts(texts))


def _mark_texts(texts: Sequence[bytearray], compiled: bool) -> Marks:
    found = fingerprint_texts(texts, compiled)
    return Marks(found.hashes, found.words, np.diff(found.begins), np.diff(found.bounds))


def cut_texts(texts: Sequence[Text]) -> Iterator[Sequence[Text]]:
    """Yield neighbouring texts that together are not much longer than `LETTERS`."""
    first = size = 0
    for number, text in enumerate(texts):
        size += len(text)
        if size >= LETTERS or number == len(texts) - 1:
            yield texts[first : number + 1]
            first, size = number + 1, 0


def _pair_some(store: PassageStore, since: int) -> None:
    """Find the pairs of reports from number `since` on: in memory, or by SQL where that is asked for or needed."""
    prints = Prints(*store.map_prints())
    if store.by_sql or len(prints.hashes) > MOST_PRINTS:
        store.lay_prints()
        store.pair_reports(since)
        return
    rows = store.read_ranked()
    dated = ~np.ma.getmaskarray(rows["moment"])
    moments = np.ma.filled(rows["moment"], 0)
    ranked = Ranked(rows["rank"], rows["publisher"], moments, dated)
    pairs, renewed = pair_prints(prints, ranked, since, is_worth_compiling(len(prints.hashes)))
    store.keep_pairs(pairs._asdict(), renewed)


def _align_new(store: PassageStore, tell: Tell) -> None:
    """Lay side by side the texts of pairs for which that has not been done, and keep what is found, some at a time."""
    began = time.monotonic()
    words, unread = store.map_words(), store.read_unread()
    total = len(unread["child"])
    compiled = is_worth_compiling(int(unread["words"].sum() + unread["many"].sum()))
    for first in range(0, total, ALIGN_AT_ONCE):
        step = "laying side by side"
        tell(Tracing(step=step, done=first, total=total, seconds=time.monotonic() - began))
        some = {name: column[first : first + ALIGN_AT_ONCE] for name, column in unread.items()}
        places = np.column_stack([some[name].astype(np.int64) for name in COLUMNS])
        held, kept, same, longest = align_pairs(words, places, compiled).T
        store.add_ties(
            {
                "child": some["child"],
                "parent": some["parent"],
                "same": same,
                "longest": longest,
                "child_share": held / np.maximum(1, some["words"]),
                "parent_share": kept / np.maximum(1, some["many"]),
            }
        )
