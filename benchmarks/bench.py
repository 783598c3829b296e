"""How quick is firsthand, and how much memory does it take, beside what else there is? (`make bench`)

Usage: bench.py [FOLDER] [--big]. FOLDER holds development data that is no part of the repository: with it the main
text is looked for in real pages and scored, without it in pages made here. `--big` reads 2 GB of pages.
What stands side by side was measured in the same run, turn by turn; the machine decides the rest.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import statistics
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from extraction import READERS, score_texts
from speed import measure_commands
from table import print_row, print_title

from archive import BIG, SMALL, measure_archive, write_page
from custody import measure_custody

MADE = 120
ROUNDS = 3
REPORTS = 500


def load_pages(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Return pages and the text each holds by their names; pages made here, and no texts, where there is no data."""
    truth = folder / "ground-truth.json"
    if not truth.is_file():
        chance = random.Random(7)
        return {str(number): write_page(chance, number, "x" * 60_000).decode() for number in range(MADE)}, {}
    gold = {name: row["articleBody"] for name, row in json.loads(truth.read_text("utf-8")).items()}
    paths = {name: folder / "html" / f"{name}.html.gz" for name in gold}
    return {name: gzip.decompress(path.read_bytes()).decode("utf-8", "replace") for name, path in paths.items()}, gold


def measure_extraction(folder: Path) -> None:
    """Print how quickly and how well each reader finds a page's main text, all taking each page in turn."""
    pages, gold = load_pages(folder)
    size = statistics.mean(map(len, pages.values())) / 1000
    print_title(f"Main text of {len(pages)} {'real' if gold else 'made'} pages (mean {size:.0f} kB, one core)")
    texts = {label: {name: read(page) for name, page in pages.items()} for label, read in READERS.items()}
    took = {label: min(times) for label, times in time_readers(pages).items()}
    for label in READERS:
        f1 = f", F1 {score_texts(gold, texts[label])[2]:.3f}" if gold else ""
        beside = "" if label == "trafilatura" else f"{took['trafilatura'] / took[label]:.1f} times trafilatura"
        goal = "6 times trafilatura, F1 .955" if label == "firsthand" else ""
        print_row(label, f"{len(pages) / took[label]:,.0f} pages/s{f1}", beside, goal)


def time_readers(pages: Mapping[str, str]) -> dict[str, list[float]]:
    """Return the processor's seconds that each reader took for all pages, in each round."""
    rounds: dict[str, list[float]] = {label: [] for label in READERS}
    for _ in range(ROUNDS):
        took = dict.fromkeys(READERS, 0.0)
        for page in pages.values():
            for label, read in READERS.items():
                start = time.process_time()
                read(page)
                took[label] += time.process_time() - start
        for label, seconds in took.items():
            rounds[label].append(seconds)
    return rounds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path())
    parser.add_argument("--big", action="store_true", help=f"build from {BIG:,} MB of pages instead of {SMALL}")
    chosen = parser.parse_args()
    if not sys.platform.startswith("linux"):
        sys.exit("memory and cores are measured as Linux shows them; run this on Linux")
    measure_extraction(chosen.folder / "data" / "extraction")
    measure_archive(BIG if chosen.big else SMALL)
    measure_custody(REPORTS)
    measure_commands()


if __name__ == "__main__":
    main()
