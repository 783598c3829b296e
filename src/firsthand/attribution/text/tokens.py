"""What are the words, marks and quotations of a sentence?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from firsthand.attribution.text.quotes import Quotation
from firsthand.attribution.text.sentences import load_abbreviations

JOINED = r"(?:['’.\-&/]|(?<=\d)[:,](?=\d))(?=[^\W_])[^\W_]+"
INVERTED = r"-(?:t-)?(?=(?:ils?|elles?|on)\b)"
PLURAL = r"['’]?(?:s['’](?=\s))?|\S"
TOKENS = re.compile(rf"[^\W_]+(?:{JOINED})*{PLURAL}")
ELIDED = re.compile(
    rf"(?:[ldnsjcmt]|qu)['’](?=\w)|{INVERTED}|[^\W_]+(?:(?!{INVERTED}){JOINED})*{PLURAL}", re.IGNORECASE
)
POINTED = re.compile(r"(?:[A-Za-z]\.){2,}")
NAME_WORDS = 5


class Token(NamedTuple):
    """A word, a mark, or a whole quotation. `kind`: "word", "mark", "quote", "name" (a title in quotation marks)."""

    start: int
    end: int
    text: str
    low: str
    kind: str


def read_tokens(text: str, start: int, end: int, quotations: Sequence[Quotation], elided: bool) -> tuple[Token, ...]:
    """Return the tokens of `text[start:end]`, each quotation being one; `elided` splits French l', d', qu'."""
    tokens: list[Token] = []
    at = start
    first = bisect_left(quotations, start, key=lambda q: q.end - 1)
    for quotation in quotations[first:]:
        if quotation.start >= end:
            break
        _read_words(text, at, max(at, quotation.start), tokens, elided)
        stop = min(quotation.end, end)
        words = text[quotation.start : stop]
        tokens.append(Token(max(quotation.start, start), stop, words, words.lower(), _tell_quote(text, quotation)))
        at = stop
    _read_words(text, at, end, tokens, elided)
    return tuple(tokens)


def _tell_quote(text: str, quotation: Quotation) -> str:
    """Tell a title in quotation marks from words that somebody said."""
    words = text[quotation.inner[0] : min(quotation.inner[1], quotation.inner[0] + 60)].split()
    titled = 0 < len(words) <= NAME_WORDS and all(w[:1].isupper() for w in words)
    return "name" if titled and words[-1][-1].isalnum() and quotation.closed else "quote"


def _is_short(word: str) -> bool:
    """Say whether a word is a title written short, so that the point after it belongs to it."""
    return word[0].isupper() and word.lower() in load_abbreviations()["always"]


def _read_words(text: str, start: int, end: int, tokens: list[Token], elided: bool) -> None:
    for match in (ELIDED if elided else TOKENS).finditer(text, start, end):
        word = match.group()
        stop = match.end()
        if stop < end and text[stop] == "." and (POINTED.fullmatch(text, match.start(), stop + 1) or _is_short(word)):
            stop += 1
            word += "."
        elif word == "." and tokens and tokens[-1].end == match.start() + 1 and tokens[-1].text.endswith("."):
            continue
        low = word.lower().replace("’", "'")
        tokens.append(Token(match.start(), stop, word, low, "word" if word[0].isalnum() else "mark"))
