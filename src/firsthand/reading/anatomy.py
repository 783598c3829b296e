"""Where does a report name itself: headline, byline, dateline, credit?

These are parts with a place of their own. A headline or a byline is a line and no prose, and leaves the body; a
dateline and a credit stand in sentences of the body, which keeps them: whoever says something is read there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from firsthand.model import Part, PartKind
from firsthand.reading.datelines import find_dateline, has_labels
from firsthand.reading.item import Item
from firsthand.reading.lists import load_list
from firsthand.reading.spans import subtract_spans

ANATOMY = "anatomy.toml"
TOP = 6
LONGEST_BYLINE = 140
NAME = r"[A-ZÀ-Þ][\w.'’-]{0,25}(?: (?:[A-ZÀ-Þ][\w.'’-]{0,25}|de|von|van|der|del|di|al|bin|ben|la|le)){1,4}"
LINE = re.compile(r"[^\n\f]+")
APART = frozenset({PartKind.HEADLINE, PartKind.BYLINE})


@cache
def _load(key: str) -> re.Pattern[str]:
    patterns = "|".join(f"(?:{one})" for one in load_list(ANATOMY)[key])
    return re.compile(patterns.replace(r"\p{NAME}", NAME), re.MULTILINE)


def mark_anatomy(item: Item) -> Item:
    """Return an item with its headline, byline, dateline and credits as parts; the first two are out of its body."""
    found = tuple({part.span: part for part in _find_parts(item)}.values())
    aside = [part.span for part in found if part.kind in APART and part.span]
    body = subtract_spans(item.text, item.body, aside)
    kept = tuple(_name_byline(part) for part in item.parts)
    return replace(item, body=body or item.body, parts=kept + found) if found or kept != item.parts else item


def _find_parts(item: Item) -> Iterator[Part]:
    headline = _find_headline(item)
    if headline:
        yield _mark(item, PartKind.HEADLINE, headline)
    labelled, opens = any(has_labels(item.text[start:end]) for start, end in item.body), True
    for span in _list_lines(item)[:TOP]:
        words = item.text[slice(*span)]
        if span == headline:
            continue
        if len(words) <= LONGEST_BYLINE and _load("byline").fullmatch(words):
            yield _mark(item, PartKind.BYLINE, span)
            continue
        if end := find_dateline(words, opens=opens, labelled=labelled):
            yield _mark(item, PartKind.DATELINE, (span[0], span[0] + end))
        opens = False
    for start, end in item.body:
        for credit in _load("credit").finditer(item.text[start:end]):
            yield _mark(item, PartKind.CREDIT, (start + credit.start(), start + credit.end()))


def _find_headline(item: Item) -> tuple[int, int] | None:
    """Find the headline where it stands by itself above the body, or as the first line of it."""
    title = " ".join(item.facts.title.split()).casefold()
    first = item.body[0][1] if item.body else 0
    for line in LINE.finditer(item.text, 0, first) if title else ():
        if " ".join(line[0].strip("# \t\r").split()).casefold() == title:
            start = line.start() + len(line[0]) - len(line[0].lstrip("# \t\r"))
            return start, line.start() + len(line[0].rstrip("# \t\r"))
    return None


def _list_lines(item: Item) -> list[tuple[int, int]]:
    """Return the first lines of the body."""
    found: list[tuple[int, int]] = []
    for start, end in item.body:
        for line in LINE.finditer(item.text, start, end):
            words = line[0].strip()
            if words:
                begin = line.start() + len(line[0]) - len(line[0].lstrip())
                found.append((begin, begin + len(words)))
            if len(found) >= TOP:
                return found
    return found


def _name_byline(part: Part) -> Part:
    """Call what was taken for furniture, but says who wrote it, a byline."""
    first = part.text.strip()
    short = part.kind == PartKind.FURNITURE and len(first) <= LONGEST_BYLINE and "\n" not in first
    return replace(part, kind=PartKind.BYLINE) if short and _load("byline").fullmatch(first) else part


def _mark(item: Item, kind: PartKind, span: tuple[int, int]) -> Part:
    return Part(kind=kind, text=item.text[slice(*span)], span=span)
