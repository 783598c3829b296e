"""Which words show where a detail of a claim begins, and what part it plays?

The lists are in `slots.toml`; a token is a word with its place in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from firsthand.claims.folding import fold_word
from firsthand.claims.terms import load_toml

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
REGULAR_VERB = re.compile(r"\w{3,}ed")
CLAUSE_GAP = re.compile(r"[.;:!?()\u2014\u2013]|\s-\s")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, folded and as it stands, and what stands between it and the word before."""

    text: str
    folded: str
    start: int
    end: int
    gap: str


@dataclass(frozen=True, slots=True)
class Detail:
    """Words that fill a slot. A fact is a type and a value: `("name", "mali")`, `("side of mali", "@north")`."""

    slot: str
    start: int
    end: int
    facts: frozenset[tuple[str, str]]


def find_tokens(text: str) -> tuple[Token, ...]:
    """Return the words of a text in order."""
    tokens, last = [], 0
    for match in WORD.finditer(text):
        folded = fold_word(match.group())
        tokens.append(Token(match.group(), folded, match.start(), match.end(), text[last : match.start()]))
        last = match.end()
    return tuple(tokens)


@cache
def list_words(table: str, name: str) -> frozenset[str]:
    """Return a list of `slots.toml` that is written as words in a row."""
    return frozenset(read_line(table, name).split())


@cache
def map_words(table: str, name: str) -> dict[str, int]:
    """Return a list of `slots.toml` that is written as word=number."""
    pairs = (pair.split("=") for pair in read_line(table, name).split())
    return {word: int(number) for word, number in pairs}


@cache
def list_phrases(table: str, name: str) -> tuple[tuple[str, ...], ...]:
    """Return a list of `slots.toml` that is written with commas, as tuples of words, the longest first."""
    phrases = (tuple(part.split()) for part in read_line(table, name).split(","))
    return tuple(sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


def read_line(table: str, name: str) -> str:
    """Return one line of `slots.toml`."""
    section = load_toml("slots.toml")[table]
    assert isinstance(section, dict)
    return str(section[name])


def match_phrase(tokens: Sequence[Token], at: int, phrases: Sequence[tuple[str, ...]]) -> int:
    """Return how many words from `at` on are one of the phrases, 0 where none is; no clause may end between them."""
    for phrase in phrases:
        if phrase[0] != tokens[at].folded:
            continue
        words = tokens[at : at + len(phrase)]
        if tuple(word.folded for word in words) == phrase and all(not CLAUSE_GAP.search(w.gap) for w in words[1:]):
            return len(phrase)
    return 0


def is_verb(word: str) -> bool:
    """Say whether a folded word is a verb form that the lists or an English ending show."""
    return word in list_words("words", "verbs") or bool(REGULAR_VERB.fullmatch(word))
