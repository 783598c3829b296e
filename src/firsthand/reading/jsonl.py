"""What do the reports say that stand one to a line as JSON?

The keys are those of a report in what `firsthand trace --json` prints; only `text` is needed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import TypeAlias

from firsthand.model import Link, Part, PartKind, Problem
from firsthand.reading.bounds import LONGEST_TEXT
from firsthand.reading.decode import decode_text
from firsthand.reading.gather import Unreadable
from firsthand.reading.item import FACT_NAMES, Content, Facts, Item, Opener, merge_facts
from firsthand.reading.plain import find_shown_facts
from firsthand.reading.regions import find_regions

MOST_LINES = 1_000_000
Json: TypeAlias = Mapping[str, object]
KINDS = frozenset(kind.value for kind in PartKind)
Spans: TypeAlias = tuple[tuple[int, int], ...]


class BadLine(ValueError):
    """A line is no report; the message is the rest of a sentence about it."""


def read_json_lines(path: str, data: bytes, opener: Opener) -> Content:
    """Read a file of reports, one to a line; a line that is none is a problem with its number. Raises Unreadable."""
    text, _ = decode_text(data)
    items, problems = list[tuple[str, Item]](), list[Problem]()
    for number, line in enumerate(_split_lines(text), 1):
        try:
            if line.strip():
                items.append((f"#{number}", _read_line(line)))
        except BadLine as error:
            problems.append(Problem(where=f"{path}, line {number}", what=str(error)))
    if not items:
        first = f": line {problems[0].where.rpartition(' ')[2]} {problems[0].what}" if problems else ""
        raise Unreadable(f"holds no report{first}; each line is an object with a 'text'")
    return Content(items=tuple(items), problems=tuple(problems))


def _split_lines(text: str) -> Iterator[str]:
    # Not splitlines(): JSON may hold U+2028 and the like unescaped.
    start = 0
    for _ in range(MOST_LINES):
        end = text.find("\n", start)
        yield text[start : end if end >= 0 else len(text)]
        if end < 0:
            return
        start = end + 1
    raise Unreadable(f"has more than {MOST_LINES:,} lines; split it")


def _read_line(line: str) -> Item:
    if len(line) > 4 * LONGEST_TEXT:
        raise BadLine("is too long for a report")
    try:
        said = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine("is not JSON") from error
    if not isinstance(said, dict):
        raise BadLine("is not a JSON object")
    text = said.get("text")
    if not isinstance(text, str) or not text.strip():
        raise BadLine("has no 'text'")
    if len(text) > LONGEST_TEXT:
        raise BadLine(f"holds more than {LONGEST_TEXT:,} characters")
    facts = Facts(**{name: value for name in FACT_NAMES if isinstance(value := said.get(name), str)})
    return _build_item(said, _clean(text), facts)


def _clean(text: str) -> str:
    """Replace the halves of characters that JSON can write and no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _build_item(said: Json, text: str, facts: Facts) -> Item:
    """Take body and parts as stated where they fit the text, else find them."""
    body = _read_spans(said.get("body"), len(text))
    links = tuple(_read_links(said.get("links"), text))
    if body:
        return Item(text=text, body=body, facts=facts, parts=tuple(_read_parts(said.get("parts"), text)), links=links)
    regions = find_regions(text, 0, facts.title, facts.publisher)
    item = Item(text=text, body=regions.body, facts=facts, parts=regions.parts, links=links + regions.links)
    return replace(item, facts=merge_facts(facts, find_shown_facts(regions)))


def _read_span(value: object, length: int) -> tuple[int, int] | None:
    match value:
        case [int(start), int(end)] if 0 <= start < end <= length:
            return start, end
    return None


def _read_spans(value: object, length: int) -> Spans:
    """Return spans in order that do not overlap; none at all where one is wrong."""
    pairs = [_read_span(one, length) for one in value] if isinstance(value, list) else []
    spans = tuple(pair for pair in pairs if pair)
    ordered = all(above[1] <= below[0] for above, below in pairwise(spans))
    return spans if ordered and len(spans) == len(pairs) else ()


def _read_parts(value: object, text: str) -> Iterator[Part]:
    for one in value if isinstance(value, list) else ():
        words, kind = (one.get("text"), one.get("kind")) if isinstance(one, dict) else (None, None)
        if isinstance(words, str) and isinstance(kind, str) and kind in KINDS:
            span = _read_span(one.get("span"), len(text))
            words = _clean(words)
            yield Part(kind=PartKind(kind), text=words, span=span if span and text[slice(*span)] == words else None)


def _read_links(value: object, text: str) -> Iterator[Link]:
    for one in value if isinstance(value, list) else ():
        url = one.get("url") if isinstance(one, dict) else None
        if isinstance(url, str):
            words, rel = one.get("text"), one.get("rel")
            yield Link(
                url=_clean(url),
                text=_clean(words) if isinstance(words, str) else "",
                span=_read_span(one.get("span"), len(text)),
                rel=_clean(rel) if isinstance(rel, str) else "link",
            )
