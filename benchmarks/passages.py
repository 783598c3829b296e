"""How quick are the families of an archive found, how good are they, and how do both grow? (`passages.py [--million]`)

Articles of some 3 kB are generated with known families and put into an archive; what is measured is the way from the
texts in the archive to the families, on one core. In the same run, on the same texts: MinHash with locality-sensitive
hashing by rensa and by datasketch, over runs of five words at a threshold of .3, as is usual for near-duplicates.
The growth of cost is that of processor time, which other work on the machine disturbs less than the clock.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from cascades import make_articles, make_copies
from cascades.copies import WHOLE_KINDS
from table import print_row, print_title

from firsthand.archive.families import grow_forest
from firsthand.archive.pairing import Prints, Ranked, pair_prints
from firsthand.archive.passages import cut_texts
from firsthand.origins.alignment import align_pairs
from firsthand.origins.fingerprints import fingerprint_texts
from firsthand.store import Store

SEED, COMPARED, FAMILIES = 4, 10_000, 120
SIZES = (10_000, 100_000)
MILLION = 1_000_000
AT_ONCE = 20_000
# Each is run so often, and the best counts.
RUNS = 3
THRESHOLD, HASHES, GRAM = 0.3, 128, 5
MOST_SECONDS, MOST_MEMORY = 300, 6 << 10
FASTER, EXPONENT, AGREEMENT = 5, 1.15, 0.95
MEGA = 1e6
ROWS = """
    INSERT INTO reports BY NAME SELECT number, printf('r-%012d', number) AS id, 0 AS "input", 0 AS turn, '' AS digest,
        '' AS path, 'Article ' || number AS title, 'Outlet ' || outlet AS publisher, '' AS url,
        TIMESTAMP '2020-01-01' + INTERVAL 1 MINUTE * number AS published_from, published_from AS published_to,
        '' AS published_text, 'en' AS "language", text, length(text) AS letters,
        [{'first': 0, 'after': length(text)}] AS body,
        [] AS parts, [] AS links, [] AS problems, '' AS record, '' AS address, '' AS payload
    FROM drawn ORDER BY number
"""
# A process of its own for each size, so that the memory of one is not that of another.
TRACE = """import json, resource, sys, time
from firsthand.archive.passages import find_ties
from firsthand.archive.families import grow_forest, list_families
from firsthand.store.passage_store import PassageStore
from pathlib import Path
import numpy as np
from firsthand.archive.choosing import split_prints
from firsthand.origins.alignment import align_pairs
from firsthand.origins.fingerprints import fingerprint_texts
def warm():  # loads what is compiled, as it is called with numbers from files
    found = fingerprint_texts(["one two three four five six seven eight"] * 9, compiled=True)
    for hashes in (found.hashes, np.frombuffer(found.hashes.tobytes(), np.uint64)):
        list(split_prints(hashes, found.begins, (0, 1), True))
    for words in (found.words, np.frombuffer(found.words.tobytes(), np.uint32)):
        align_pairs(words, np.array([[0, 8, 8, 8]]), compiled=True)
warm()
began, worked = time.perf_counter(), time.process_time()
steps = {}
def tell(progress):
    steps.setdefault(progress.step, time.process_time())
with PassageStore(Path(sys.argv[1])) as store:
    find_ties(store, tell)
    forest = grow_forest(store.read_traced(), store.read_ties())
    families = len(list_families(forest))
done = time.process_time()
edges = [*steps.values(), done]
print(json.dumps({
    "seconds": time.perf_counter() - began, "worked": done - worked, "families": families,
    "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "steps": {step: after - first for step, first, after in zip(steps, edges, edges[1:])},
    "roots": forest.roots.tolist() if len(forest.roots) <= 200_000 else [],
}))"""


def write_archive(folder: Path, count: int) -> tuple[list[int], int]:
    """Put generated articles into an archive; return the family of each, and how many characters they have."""
    with Store(folder, write=True):
        pass
    families, size = [], 0
    articles = make_articles(SEED, count)
    with duckdb.connect(str(folder / "archive.duckdb"), config={"threads": 1}) as connection:
        while some := list(islice(articles, AT_ONCE)):
            drawn = {
                "number": np.array([number for number, *_ in some]),
                "outlet": np.array([outlet for _, _, outlet, _ in some]),
                "text": np.array([text for *_, text in some], object),
            }
            connection.execute(ROWS)
            families += [family for _, family, _, _ in some]
            size += sum(len(text) for *_, text in some)
            del drawn
    return families, size


def write_copies(folder: Path) -> list[int]:
    """Put whole-document copies of all kinds, templates left in, into an archive; return their families."""
    items = make_copies(SEED, FAMILIES, WHOLE_KINDS)
    with Store(folder, write=True):
        pass
    with duckdb.connect(str(folder / "archive.duckdb")) as connection:
        drawn = {
            "number": np.arange(len(items)),
            "outlet": np.array([item.publisher for item in items], object),
            "text": np.array([item.text for item in items], object),
        }
        connection.execute(ROWS)
        del drawn
    return [sorted({item.family for item in items}).index(item.family) for item in items]


def trace_folder(folder: Path) -> dict[str, Any]:
    """Return what a trace of an archive took, in a process of its own on one core."""
    core = str(min(os.sched_getaffinity(0)))
    words = ["taskset", "-c", core, sys.executable, "-c", TRACE, str(folder)]
    return json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)


def join_firsthand(articles: Sequence[tuple[int, int, int, str]]) -> list[int]:
    """Return the family of each article as a trace finds it, with nothing read from or kept on a disk."""
    found = [fingerprint_texts(some, compiled=True) for some in cut_texts([text for *_, text in articles])]
    prints = Prints(
        np.concatenate([one.hashes for one in found]),
        np.cumsum(np.concatenate([[0], *(np.diff(one.begins) for one in found)])),
    )
    words = np.concatenate([one.words for one in found])
    lengths = np.concatenate([np.diff(one.bounds) for one in found])
    begins = np.cumsum(lengths) - lengths
    numbers = np.array([number for number, *_ in articles])
    outlets = np.array([outlet for _, _, outlet, _ in articles], np.int32)
    ranked = Ranked((numbers + 1).astype(np.int32), outlets, 60 * numbers, np.ones(len(numbers), np.bool_))
    pairs, _ = pair_prints(prints, ranked, 0, compiled=True)
    child, parent = pairs.child, pairs.parent
    places = np.column_stack([begins[child], lengths[child], begins[parent], lengths[parent]])
    held, kept, same, _ = align_pairs(words, places, compiled=True).T
    ties = pairs._asdict() | {
        "same": same,
        "child_share": held / lengths[child],
        "parent_share": kept / lengths[parent],
    }
    ties |= {"own": outlets[child] == outlets[parent], "rank": ranked.ranks[parent]}
    return grow_forest({"rank": ranked.ranks}, ties).roots.tolist()


def cut_grams(text: str) -> list[str]:
    words = text.lower().split()
    return [" ".join(words[at : at + GRAM]) for at in range(max(1, len(words) - GRAM + 1))]


def join_rensa(texts: Sequence[str]) -> list[int]:
    """Return the family of each text by rensa."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=THRESHOLD, num_perm=HASHES, num_bands=32)
    roots = Roots(len(texts))
    for number, text in enumerate(texts):
        one = RMinHash(num_perm=HASHES, seed=SEED)
        one.update(cut_grams(text))
        for other in index.query(one):
            roots.join(number, int(other))
        index.insert(number, one)
    return roots.list_roots()


def join_datasketch(texts: Sequence[str]) -> list[int]:
    """Return the family of each text by datasketch."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=HASHES)
    roots = Roots(len(texts))
    for number, text in enumerate(texts):
        one = MinHash(num_perm=HASHES, seed=SEED)
        one.update_batch([gram.encode() for gram in cut_grams(text)])
        for other in index.query(one):
            roots.join(number, int(other))
        index.insert(number, one)
    return roots.list_roots()


class Roots:
    """Which numbers have been joined."""

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))

    def find(self, one: int) -> int:
        """Return the first of those one is joined with."""
        while self._parents[one] != one:
            self._parents[one] = self._parents[self._parents[one]]
            one = self._parents[one]
        return one

    def join(self, one: int, other: int) -> None:
        """Join two."""
        first, second = self.find(one), self.find(other)
        self._parents[max(first, second)] = min(first, second)

    def list_roots(self) -> list[int]:
        """Return the first of each one's kind."""
        return [self.find(one) for one in range(len(self._parents))]


def measure_agreement(truth: Sequence[int], found: Sequence[int]) -> float:
    """Return the adjusted Rand index of two ways to part the same reports."""

    def count_pairs(keys: object) -> float:
        return float(sum(many * (many - 1) / 2 for many in np.unique(keys, return_counts=True, axis=0)[1].tolist()))

    both = count_pairs(np.column_stack([truth, found]))
    ours, theirs = count_pairs(np.array(truth)), count_pairs(np.array(found))
    total = len(truth) * (len(truth) - 1) / 2
    by_chance = ours * theirs / total
    return (both - by_chance) / ((ours + theirs) / 2 - by_chance)


def compare_speed(folder: Path) -> None:
    """Print speed and agreement of ours and of others on the same texts."""
    families, size = write_archive(folder, COMPARED)
    articles = list(make_articles(SEED, COMPARED))
    texts = [text for *_, text in articles]
    print_title(f"From texts to families on one core ({COMPARED:,} articles, {size / MEGA:.0f} MB)")
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    join_firsthand(articles)  # loads what is compiled
    ways: dict[str, Callable[[], tuple[float, list[int]]]] = {
        "rensa, in memory": lambda: time_join(join_rensa, texts),
        "datasketch, in memory": lambda: time_join(join_datasketch, texts),
        "firsthand, in memory": lambda: time_join(join_firsthand, articles),
        "firsthand, from and to an archive": lambda: time_trace(folder),
    }
    # Turn by turn, so that other work on the machine slows down all alike.
    runs = [{name: run() for name, run in ways.items()} for _ in range(RUNS)]
    best = {name: min(seconds for seconds, _ in (run[name] for run in runs)) for name in ways}
    for name in ways:
        goal = name.startswith("firsthand")
        beside = f"{best['rensa, in memory'] / best[name]:.1f} times rensa" if "rensa" not in name else ""
        rate = f"{size / MEGA / best[name]:.1f} MB/s"
        print_row(f"{name}, a second of the processor", rate, beside, f"{FASTER} times" if goal else "")
        agreement = f"{measure_agreement(families, runs[0][name][1]):.3f}"
        print_row(f"{name}, families: adjusted Rand index", agreement, "", f"{AGREEMENT}" if goal else "")


def time_join(join: Callable[[Sequence[Any]], list[int]], texts: Sequence[Any]) -> tuple[float, list[int]]:
    """Return the seconds of the processor that it takes to join texts, and their families."""
    began = time.process_time()
    found = join(texts)
    return time.process_time() - began, found


def time_trace(folder: Path) -> tuple[float, list[int]]:
    """Return the seconds of the processor that a first trace of an archive takes, and the families."""
    for name in ("passages.duckdb", "words.u32", "prints.u64"):
        (folder / name).unlink(missing_ok=True)
    run = trace_folder(folder)
    return run["worked"], run["roots"]


def compare_quality(folder: Path) -> None:
    """Print how well whole-document copies of many kinds are told apart, beside others."""
    families = write_copies(folder)
    with duckdb.connect(str(folder / "archive.duckdb"), read_only=True) as connection:
        texts = [row[0] for row in connection.execute("SELECT text FROM reports ORDER BY number").fetchall()]
    print_title(f"Whole-document copies ({len(texts)} of {FAMILIES} families: {', '.join(WHOLE_KINDS)})")
    ways = {
        "firsthand": trace_folder(folder)["roots"],
        "rensa": join_rensa(texts),
        "datasketch": join_datasketch(texts),
    }
    for name, found in ways.items():
        goal = f"{AGREEMENT}" if name == "firsthand" else ""
        print_row(f"{name}: adjusted Rand index", f"{measure_agreement(families, found):.3f}", "", goal)


def print_steps(run: dict[str, Any]) -> None:
    for step, seconds in run["steps"].items():
        print_row(f"of which {step}", f"{seconds:.2f} s")


def measure_growth(folder: Path, sizes: Sequence[int]) -> None:
    """Print the cost by number of reports, and the exponent by which it grows."""
    print_title("The cost by number of reports, on one core")
    worked = []
    for count in sizes:
        place = folder / f"grown-{count}"
        place.mkdir()
        _, size = write_archive(place, count)
        run = trace_folder(place)
        worked.append(run["worked"])
        goal = f"{MOST_SECONDS} s, {MOST_MEMORY:,} MB" if count >= MILLION else ""
        shown = f"{run['worked']:,.1f} s of the processor, {run['seconds']:,.1f} s by the clock"
        print_row(
            f"{count:,} reports, {size / MEGA:,.0f} MB", f"{run['worked']:,.1f} s, {run['memory']:,.0f} MB", shown, goal
        )
        print_steps(run)
        for path in place.iterdir():
            path.unlink()
    costs = list(zip(sizes, worked, strict=True))
    for (few, less), (many, more) in pairwise(costs):
        exponent = math.log(more / less) / math.log(many / few)
        print_row(f"exponent from {few:,} to {many:,}", f"{exponent:.2f}", "", f"{EXPONENT} at most")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--million", action="store_true", help="also trace a million articles, 3 GB")
    sizes = (*SIZES, MILLION) if parser.parse_args().million else SIZES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("compared", "copies"):
            (folder / part).mkdir()
        compare_quality(folder / "copies")
        measure_growth(folder, sizes)
        compare_speed(folder / "compared")


if __name__ == "__main__":
    main()
