"""How much of what was copied is found: runs of words by length, and whole documents? (part of `origins.py`)

Fingerprints of all texts are joined, pairs that share one are aligned, and what stands under one publisher's name on
both sides is left out: that is where templates are.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from statistics import mean

import numpy as np
from agreement import measure_agreement
from cascades import Item, make_copies
from cascades.copies import WHOLE_KINDS, read_texts
from numpy.typing import NDArray
from table import print_row, print_title

from firsthand.origins.alignment import Alignment, align_texts
from firsthand.origins.fingerprints import RUN, Prints, fingerprint_texts, hash_words
from firsthand.origins.winnowing_numpy import hash_runs

FAMILIES, SEED = 120, 3
# A mark in more texts than this tells nothing; a run covered by this share is found.
MOST_HOLDERS, COVERED = 40, 0.8
# So much of a text makes it a copy; so much of it that stands elsewhere only, makes it none.
WHOLE, TAKEN = 0.6, 0.1
SHORT, LONG = 12, 25
# A mark in so many reports of one publisher, and in no other's, is its template.
TEMPLATE = 3
Pair = tuple[int, int]


@dataclass(frozen=True)
class Copying:
    """What was measured on a set of copies: recall of runs by length, precision, agreement of families, seconds."""

    recall: Mapping[str, float]
    precision: float
    agreement: float
    seconds: float
    size: int


def list_rows(prints: Prints) -> list[Pair]:
    """Return every fingerprint with the number of its text."""
    numbers = np.repeat(np.arange(len(prints.begins) - 1), np.diff(prints.begins))
    return list(zip(prints.hashes.tolist(), numbers.tolist(), strict=True))


def find_pairs(items: Sequence[Item]) -> list[Pair]:
    """Return the pairs of texts of different publishers that share a fingerprint."""
    holders: dict[int, list[int]] = defaultdict(list)
    for value, text in list_rows(fingerprint_texts([item.text for item in items])):
        holders[value].append(text)
    pairs = {
        (one, other)
        for held in holders.values()
        if len(held) <= MOST_HOLDERS
        for one, other in combinations(held, 2)
        if items[one].publisher != items[other].publisher
    }
    return sorted(pairs)


def pick_apart(texts: Sequence[str]) -> list[str]:
    """Return the texts that share no fingerprint with one before them: of these it is known that none is a copy."""
    marks = fingerprint_texts(texts)
    seen: set[int] = set()
    values: dict[int, set[int]] = defaultdict(set)
    for value, text in list_rows(marks):
        values[text].add(value)
    kept = []
    for at, text in enumerate(texts):
        if not values[at] & seen:
            kept.append(text)
        seen |= values[at]
    return kept


def align_all(items: Sequence[Item], pairs: Sequence[Pair]) -> dict[Pair, Alignment]:
    """Return the runs that each pair shares."""
    return {pair: align_texts(items[pair[0]].text, items[pair[1]].text) for pair in pairs}


def list_lineages(items: Sequence[Item]) -> list[frozenset[str]]:
    """Return for each item the roots that its words come from."""
    by_file = {item.file: item for item in items}

    def climb(item: Item) -> frozenset[str]:
        above = [climb(by_file[parent]) for parent in item.parents]
        return frozenset[str]().union(*above) if above else frozenset((item.file,))

    return [climb(item) for item in items]


def is_covered(run: tuple[int, int], found: Sequence[tuple[int, int]]) -> bool:
    """Tell whether found stretches cover most of a true one."""
    covered = sum(max(0, min(run[1], end) - max(run[0], start)) for start, end in found)
    return covered >= COVERED * (run[1] - run[0])


def measure_runs(items: Sequence[Item], found: Mapping[Pair, Alignment]) -> dict[str, float]:
    """Return the share of true runs that are found, by kind of copy and by length."""
    number = {item.file: at for at, item in enumerate(items)}
    met: dict[str, list[bool]] = defaultdict(list)
    for at, item in enumerate(items):
        for run in item.runs:
            other = number[run.parent]
            if items[other].publisher == item.publisher:
                continue
            pair = (at, other) if at < other else (other, at)
            held = found[pair].runs if pair in found else ()
            got = is_covered(run.here, [one.first if at < other else one.second for one in held])
            met[f"{SHORT} to {LONG - 1} words" if run.words < LONG else f"{LONG} words and more"].append(got)
            met[item.file.split("-", 1)[1].removesuffix(".txt")].append(got)
    return {name: mean(held) for name, held in sorted(met.items())}


def cut_templates(items: Sequence[Item]) -> list[Item]:
    """Return the items with blanks for what stands in several reports of one publisher and of no other: templates."""
    marks = fingerprint_texts([item.text for item in items])
    holders: dict[int, set[int]] = defaultdict(set)
    for value, text in list_rows(marks):
        holders[value].add(text)
    own = [v for v, h in holders.items() if len(h) >= TEMPLATE and len({items[at].publisher for at in h}) == 1]
    return [replace(item, text=cut_runs(item.text, np.array(sorted(own), np.uint64))) for item in items]


def cut_runs(text: str, own: NDArray[np.uint64]) -> str:
    """Return a text with blanks for the runs of words that have these hashes."""
    hashes, starts, ends = hash_words(text)
    for at in np.flatnonzero(np.isin(hash_runs((hashes >> np.uint64(32)).astype(np.uint32)), own)):
        start, end = int(starts[at]), int(ends[at + RUN - 1])
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def find_roots(items: Sequence[Item], found: Mapping[Pair, Alignment]) -> list[int]:
    """Return the first of the family of each item, in order of time.

    A copy has one parent, which holds most of it; what it does not hold stands in no other text before it, or else the
    item is put together from several and the first of its own family.
    """
    before: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (earlier, later), aligned in found.items():
        before[later].append((aligned.contained_second, -earlier))
    roots: list[int] = []
    for at, item in enumerate(items):
        (held, best), *others = sorted(before[at], reverse=True) or [(0.0, 0)]
        known = list_places(found.get((-best, at)))
        more = max((len(list_places(found[-other, at]) - known) for _, other in others), default=0)
        copied = held >= WHOLE and more < TAKEN * len(item.text)
        roots.append(roots[-best] if copied else at)
    return roots


def list_places(aligned: Alignment | None) -> set[int]:
    """Return the characters of the second text that stand in the first."""
    runs = aligned.runs if aligned else ()
    return {place for run in runs for place in range(*run.second)}


def measure_copies(items: Sequence[Item]) -> Copying:
    """Return how well copies are found among these items."""
    start = time.process_time()
    items = cut_templates(items)
    found = align_all(items, find_pairs(items))
    seconds = time.process_time() - start
    lineages = list_lineages(items)
    judged = [
        bool(lineages[one] & lineages[other])
        for (one, other), aligned in found.items()
        for run in aligned.runs
        if run.words >= SHORT
    ]
    roots = find_roots(items, found)
    agreement = measure_agreement([item.family for item in items], roots)
    size = sum(len(item.text) for item in items)
    return Copying(measure_runs(items, found), mean(judged), agreement or 0.0, seconds, size)


def print_copies(title: str, texts: Sequence[str] = ()) -> None:
    """Print how well copies are found, of texts of our own or of those given."""
    done = measure_copies(make_copies(SEED, FAMILIES, texts=texts))
    print_title(title)
    for name, value in done.recall.items():
        goal = {str(LONG): ">= .99", str(SHORT): ">= .97"}.get(name.split(" ")[0], "")
        print_row(f"runs found, {name}", f"{value:.3f}", "", goal)
    print_row("precision of runs", f"{done.precision:.3f}", "", ">= .98")
    print_row(f"documents, {len(WHOLE_KINDS)} kinds, adjusted Rand index", f"{done.agreement:.3f}", "", ">= .95")
    print_row("fingerprints and alignment", f"{done.size / 1e6 / done.seconds:.2f} MB/s", "")


if __name__ == "__main__":
    given = pick_apart(read_texts(Path(sys.argv[1]))) if len(sys.argv) > 1 else ()
    print_copies("Copies of texts given" if given else "Copies of texts of our own", given)
