"""Which words stand in a text, and where?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"\w+")
_STOP = re.compile(r"[.!?][\"'\u201d\u2019\u00bb)\]]*(?=\s)|\n\s*\n")
_LONGEST_SENTENCE = 600


class Word(NamedTuple):
    """A word as compared (`text`, folded), as written (`capital`, `start`, `end`)."""

    text: str
    start: int
    end: int
    capital: bool


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return text without case and without accents."""
    flat = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in flat if not unicodedata.combining(character))


def split_words(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Word, ...]:
    """Return the words of the given stretches of a text, with offsets into the whole text."""
    return tuple(
        Word(fold(match.group()), match.start(), match.end(), match.group()[0].isupper())
        for start, end in spans
        for match in _WORD.finditer(text, start, end)
    )


def find_sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch of the sentence around a stretch: up to the nearest full stop or empty line each way."""
    floor = max(0, start - _LONGEST_SENTENCE)
    begin = max((stop.end() for stop in _STOP.finditer(text, floor, start)), default=floor)
    stop = _STOP.search(text, end, min(len(text), end + _LONGEST_SENTENCE))
    finish = min(len(text), end + _LONGEST_SENTENCE) if stop is None else stop.end()
    while begin < start and text[begin].isspace():
        begin += 1
    while finish > end and text[finish - 1].isspace():
        finish -= 1
    return begin, finish
