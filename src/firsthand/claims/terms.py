"""Which words of a text say what it is about?

A term is a key: `@death` for a meaning of `concepts.toml`, `#14` for a number, else the stem of a word.
Words of one meaning in English, French, German and Spanish are thus one term, and so are a name's spellings.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from firsthand.claims.folding import fold_word, stem_word
from firsthand.claims.numbers import find_numbers

ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s)\]>\"]+")
WORD = re.compile(r"[A-Z]{2,}-?\d+|[^\W_]+")


@dataclass(frozen=True, slots=True)
class Term:
    """A term and the words it stands for, in characters of the text."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Meanings by whole word, by the beginnings of words, and by words in a row (keyed by the first)."""

    words: Mapping[str, str]
    prefixes: Mapping[str, str]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]


def load_toml(name: str) -> dict[str, object]:
    """Return one of this package's data files."""
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


@cache
def load_stopwords() -> frozenset[str]:
    """Return the folded words that carry no matter, of all languages."""
    lists = (str(value) for name, value in load_toml("stopwords.toml").items() if name != "source")
    return frozenset(fold_word(word) for text in lists for word in text.split())


@cache
def load_lexicon() -> Lexicon:
    """Return the meanings of `concepts.toml`; the first line that lists a word has it."""
    words: dict[str, str] = {}
    prefixes: dict[str, str] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    table = load_toml("concepts.toml")["concepts"]
    assert isinstance(table, dict)
    for name, line in table.items():
        for entry in str(line).split():
            first, *rest = entry.split("_")
            if rest:
                phrases.setdefault(first, []).append((tuple(rest), f"@{name}"))
            elif first.endswith("*"):
                prefixes.setdefault(first[:-1], f"@{name}")
            else:
                words.setdefault(first, f"@{name}")
    return Lexicon(words, prefixes, {word: tuple(found) for word, found in phrases.items()})


@cache
def find_meaning(folded: str) -> str | None:
    """Return the meaning of one folded word, or None."""
    lexicon = load_lexicon()
    if folded in lexicon.words:
        return lexicon.words[folded]
    starts = (folded[:size] for size in range(len(folded), 2, -1))
    return next((lexicon.prefixes[start] for start in starts if start in lexicon.prefixes), None)


def blank_addresses(text: str) -> str:
    """Return a text of the same length with spaces for web addresses, whose words and digits say nothing."""
    return ADDRESS.sub(lambda match: " " * len(match.group()), text)


def find_terms(text: str) -> tuple[Term, ...]:
    """Return the terms of a text in order; stop words, single letters and the number one are left out."""
    text = blank_addresses(text)
    numbers = find_numbers(text)
    found = [Term(f"#{number.value:g}", number.start, number.end) for number in numbers if number.value != 1]
    taken = {at for number in numbers for at in range(number.start, number.end)}
    words = [match for match in WORD.finditer(text) if match.start() not in taken]
    folded = [fold_word(match.group()) for match in words]
    at = 0
    while at < len(words):
        key, size = read_term(folded, at)
        if key:
            found.append(Term(key, words[at].start(), words[at + size - 1].end()))
        at += size
    return tuple(sorted(found, key=lambda term: term.start))


def read_term(folded: list[str], at: int) -> tuple[str, int]:
    """Return the key of the term that begins at a word, empty where it carries no matter, and its size in words."""
    for rest, meaning in load_lexicon().phrases.get(folded[at], ()):
        following = folded[at + 1 : at + 1 + len(rest)]
        if len(following) == len(rest) and all(map(fits_pattern, following, rest)):
            return meaning, 1 + len(rest)
    word = folded[at]
    if len(word) < 2 or word in load_stopwords():
        return "", 1
    return find_meaning(word) or stem_word(word), 1


def fits_pattern(word: str, pattern: str) -> bool:
    """Say whether a folded word is the pattern, or begins with it where it ends in a star."""
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern
