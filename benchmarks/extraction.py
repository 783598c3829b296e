"""How well and how quickly is the main text of a web page found, beside trafilatura and resiliparse?

Usage: extraction.py DATA [ROUNDS]; DATA holds html/*.html.gz and ground-truth.json of article-extraction-benchmark.
The readers take each page in turn, on one core and in one process, so that a busy machine slows them alike; the
processor's time counts. All give the text only, but "whole item": ours with all parts, links and facts of the page.
It takes the pages apart from the others, and both begin without names that were seen on earlier pages, so that each
page is read as if for the first time. The first round and the quickest are told apart.
Score: multisets of 4-token shingles, precision and recall averaged over pages, F1 of the two means.
"""

from __future__ import annotations

import gc
import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from firsthand.reading.page import read_main_text, read_page
from firsthand.reading.page_markup import read_roles
from firsthand.reading.page_names import find_roles_of, find_roles_of_word

TOKEN = re.compile(r"\w+")


def count_shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = TOKEN.findall(text)
    return Counter(tuple(tokens[n : n + 4]) for n in range(max(1, len(tokens) - 3)) if tokens)


def score_texts(gold: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the texts found, by the pages' names."""
    precisions, recalls = [], []
    for name, text in gold.items():
        want, got = count_shingles(text), count_shingles(found.get(name, ""))
        hit = (want & got).total()
        precisions.append(hit / got.total() if got else float(not want))
        recalls.append(hit / want.total() if want else 1.0)
    precision, recall = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def read_whole_item(page: str) -> str:
    return read_page(page).text


def read_with_trafilatura(page: str) -> str:
    import trafilatura

    return trafilatura.extract(page, include_comments=False) or ""


def read_with_resiliparse(page: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return extract_plain_text(page, main_content=True, list_bullets=False, comments=False, alt_texts=False)


PASSES = (("firsthand", "trafilatura", "resiliparse"), ("whole item", "trafilatura"))
READERS: Mapping[str, Callable[[str], str]] = {
    "firsthand": read_main_text,
    "whole item": read_whole_item,
    "trafilatura": read_with_trafilatura,
    "resiliparse": read_with_resiliparse,
}


def measure_extraction(data: Path, rounds: int = 1) -> None:
    """Print one row for each reader, and how much quicker ours is than trafilatura in each round."""
    gold = {name: row["articleBody"] for name, row in json.loads((data / "ground-truth.json").read_text()).items()}
    paths = sorted((data / "html").glob("*.html.gz"))
    pages = {p.name.removesuffix(".html.gz"): gzip.decompress(p.read_bytes()).decode("utf-8", "replace") for p in paths}
    for read in READERS.values():
        read(next(iter(pages.values())))
    texts: dict[str, dict[str, str]] = {label: {} for label in READERS}
    rounds_took = [[_time_pass(pages, labels, texts) for labels in PASSES] for _ in range(rounds)]
    for label in READERS:
        precision, recall, f1 = score_texts(gold, texts[label])
        speed = len(pages) / min(took[label] for passes in rounds_took for took in passes if label in took)
        print(f"{label:12s} precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}  {speed:5.0f} pages/s")
    for number, (label, *_) in enumerate(PASSES):
        ratios = [passes[number]["trafilatura"] / passes[number][label] for passes in rounds_took]
        print(f"{label} is {ratios[0]:.1f} times as quick as trafilatura at first, {max(ratios):.1f} times at best")


def _time_pass(
    pages: Mapping[str, str], labels: Sequence[str], texts: Mapping[str, dict[str, str]]
) -> dict[str, float]:
    """Read all pages with some readers in turn; return the seconds each took."""
    read_roles.cache_clear()
    find_roles_of.cache_clear()
    find_roles_of_word.cache_clear()
    # What was left behind before is put away now, and not at the cost of whichever reader comes next.
    gc.collect()
    took = dict.fromkeys(labels, 0.0)
    for name, page in pages.items():
        for label in labels:
            start = time.process_time()
            texts[label][name] = READERS[label](page)
            took[label] += time.process_time() - start
    return took


def main() -> None:
    data = Path(sys.argv[1] if len(sys.argv) > 1 else "")
    if not (data / "ground-truth.json").is_file():
        print(f"no pages at '{data}'; nothing was measured")
        return
    measure_extraction(data, int(sys.argv[2]) if len(sys.argv) > 2 else 3)


if __name__ == "__main__":
    main()
