"""Into which blocks does a plain text fall?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from firsthand.model import record
from firsthand.reading.lists import load_list, load_pattern

REGIONS = "regions.toml"
LONG = 50
ENDS = (".", "!", "?", ":", '"', "”", "»", ")")
LINE_KINDS = ("comment_heading", "comment_word", "page_end", "related_heading", "related_line", "furniture_line")
NUMBERED = re.compile(r"#?\d{1,4}[.)]\s")


@record
class Block:
    """A paragraph, or a line that stands for itself; `kind` is the list its words are on, or empty."""

    start: int
    end: int
    text: str
    kind: str = ""


def split_blocks(text: str, start: int) -> tuple[Block, ...]:
    """Split `text` from `start` on at blank lines, and around every line that is on one of the lists."""
    blocks: list[Block] = []
    lines = text[start:].splitlines(keepends=True)
    above, opened, offset = "", start, start
    for number, line in enumerate(lines):
        below = lines[number + 1].strip() if number + 1 < len(lines) else ""
        kind = find_kind(line.strip())
        if kind != "pingback" and _is_wrapped(above, line.strip(), below):
            kind = ""
        if kind or not line.strip():
            _close(blocks, text, opened, offset)
            opened = offset + len(line)
        if kind:
            _close(blocks, text, offset, opened, kind)
        offset += len(line)
        above = line.strip()
    _close(blocks, text, opened, offset)
    return settle_comment_words(blocks)


def settle_comment_words(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Take "Comments" for the heading of the readers' part only where a reader or the page's end follows it."""
    settled: list[Block] = []
    followed = False
    for block in reversed(blocks):
        word = block.kind == "comment_word"
        settled.append(replace(block, kind="comment_heading" if followed else "") if word else block)
        followed = followed or block.kind in ("comment_author", "pingback", "page_end")
    return tuple(reversed(settled))


def _is_wrapped(above: str, line: str, below: str) -> bool:
    """Say whether a line is one of a wrapped paragraph: the line above runs on into it, or it into the line below."""
    runs_in = len(above) >= LONG and not above.endswith(ENDS)
    return runs_in or (len(line) >= LONG and below[:1].islower())


def find_kind(line: str) -> str:
    """Return which list of the data file a whole line is on, or an empty string."""
    if not line:
        return ""
    if load_pattern(REGIONS, "pingback").match(line):
        return "pingback"
    if len(line) > 200:
        return ""
    for kind in LINE_KINDS:
        if load_pattern(REGIONS, kind).fullmatch(line):
            return kind
    return "comment_author" if len(line) < 90 and _names_commenter(line) else ""


def is_listed(words: str, key: str) -> bool:
    """Say whether `words` contain a pattern listed under `key`, each of which begins where a word begins."""
    return _load_search(key).search(words) is not None


@cache
def _load_search(key: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?=\w)(?:{load_pattern(REGIONS, key).pattern})", re.IGNORECASE)


def _names_commenter(line: str) -> bool:
    return re.compile(load_list(REGIONS)["comment_author"][0], re.IGNORECASE).fullmatch(line) is not None


def _close(blocks: list[Block], text: str, start: int, end: int, kind: str = "") -> None:
    """Add the block between two offsets, its white space trimmed away, unless nothing is left."""
    words = text[start:end]
    trimmed = words.strip()
    if trimmed:
        start += len(words) - len(words.lstrip())
        blocks.append(Block(start=start, end=start + len(trimmed), text=trimmed, kind=kind))
