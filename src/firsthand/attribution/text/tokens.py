"""What are the words, marks and quotations of a sentence?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from firsthand.attribution.text.quotes import Quotation
from firsthand.attribution.text.sentences import load_abbreviations

UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
ACCENTS = "\u0300-\u036f"
JOINED = rf"(?:['’.\-&/{UNSEEN}]|(?<=\d)[:,](?=\d)|[{UNSEEN}]{{2,9}})(?=[^\W_])[^\W_]+|[{ACCENTS}]+[^\W_]*"
INVERTED = r"-(?:t-)?(?=(?:ils?|elles?|on)\b)"
PLURAL = rf"['’]?(?:s['’](?=\s))?|[^\s{UNSEEN}]"
TOKENS = re.compile(rf"[^\W_]+(?:{JOINED})*{PLURAL}")
ELIDED = re.compile(
    rf"(?:[ldnsjcmt]|qu)['’](?=\w)|{INVERTED}|[^\W_]+(?:(?!{INVERTED})(?:{JOINED}))*{PLURAL}", re.IGNORECASE
)
HIDDEN = re.compile(f"[{UNSEEN}]+")
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
        at = max(quotation.start, start)
        words = text[at:stop]
        tokens.append(Token(at, stop, words, words.lower(), _tell_quote(text, quotation)))
        at = stop
    _read_words(text, at, end, tokens, elided)
    return tuple(tokens)


def _tell_quote(text: str, quotation: Quotation) -> str:
    """Tell a title in quotation marks from words that somebody said."""
    words = text[quotation.inner[0] : min(quotation.inner[1], quotation.inner[0] + 60)].split()
    titled = 0 < len(words) <= NAME_WORDS and all(w[:1].isupper() for w in words)
    return "name" if titled and words[-1][-1].isalnum() and quotation.closed else "quote"


@cache
def _load_shortened() -> frozenset[str]:
    """Return the words whose point belongs to them unless it ends the sentence."""
    lists = load_abbreviations()
    return lists["unless_start"] | lists["before_digits"] | lists["places"]


def _has_point(text: str, start: int, stop: int, end: int) -> bool:
    """Say whether the point at `stop` belongs to the word before it: a title or place written short, or an initial."""
    if POINTED.fullmatch(text, start, stop + 1):
        return True
    if not text[start].isupper():
        return False
    word = text[start:stop].lower().rpartition("-")[2]
    return word in load_abbreviations()["always"] or (stop + 1 < end and (len(word) == 1 or word in _load_shortened()))


def lower_word(word: str) -> str:
    """Return a word as the lists write it: in small letters, the apostrophe straight, without what no eye sees."""
    low = word.lower()
    return low if low.isascii() else HIDDEN.sub("", low).replace("’", "'")


def _read_words(text: str, start: int, end: int, tokens: list[Token], elided: bool) -> None:
    for match in (ELIDED if elided else TOKENS).finditer(text, start, end):
        word = match.group()
        stop = match.end()
        if stop < end and text[stop] == "." and _has_point(text, match.start(), stop, end):
            stop += 1
            word += "."
        elif word == "." and tokens and tokens[-1].end == match.start() + 1 and tokens[-1].text.endswith("."):
            continue
        tokens.append(Token(match.start(), stop, word, lower_word(word), "word" if word[0].isalnum() else "mark"))
