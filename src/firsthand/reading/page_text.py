"""What is the main text of a web page?

Trafilatura (Barbaresi 2021, ACL demo) reads the pruned page; where it returns far less prose than the densest part
of the page holds, that part is read instead.
"""

from __future__ import annotations

from copy import deepcopy

from firsthand.reading.item import Facts
from firsthand.reading.markup import Element, measure_prose, read_lines, unwrap_tables, wrap_loose_words
from firsthand.reading.regions import is_imprint

# Measured on 181 pages: at 0.1 nothing is lost, from 0.2 on the densest part brings in lists of other items.
LEAST = 0.1
# From here on its second opinion, whose cost grows with the square of the number of blocks, is not asked.
MANY = 8000


def extract_text(tree: Element, facts: Facts) -> str:
    """Return the main text of a page whose other parts were taken out: paragraphs as lines, headline and date left out.

    `tree` is changed: words that stand loose in it become paragraphs, for trafilatura passes over them.
    """
    import trafilatura

    unwrap_tables(tree)
    wrap_loose_words(tree)
    fast = sum(1 for _ in tree.iter()) > MANY
    extracted = trafilatura.extract(deepcopy(tree), include_comments=False, with_metadata=False, fast=fast) or ""
    lines = [line for line in (" ".join(line.split()) for line in extracted.splitlines()) if line]
    dense = read_lines(find_densest(tree))
    if _count(lines) < LEAST * _count(dense):
        lines = dense
    lines = _drop_head(lines, facts)
    while len(lines) > 1 and is_imprint(lines[-1], facts.publisher):
        lines = lines[:-1]
    return "\n".join(lines)


def find_densest(tree: Element) -> Element:
    """Return the smallest element that holds nine tenths of the page's prose."""
    body = tree.find("body")
    here = body if body is not None else tree
    whole = measure_prose(here)
    while True:
        inner = next((c for c in here if isinstance(c.tag, str) and measure_prose(c) >= 0.9 * max(whole, 1)), None)
        if inner is None or inner.tag in ("p", "blockquote"):
            return here
        here = inner


def _count(lines: list[str]) -> int:
    return sum(map(len, lines))


def _drop_head(lines: list[str], facts: Facts) -> list[str]:
    """Leave out the headline and the date where they stand above the text."""
    head = {" ".join(words.split()).casefold() for words in (facts.title, facts.published) if words}
    start = 0
    while start < len(lines) and lines[start].casefold() in head:
        start += 1
    return lines[start:]
