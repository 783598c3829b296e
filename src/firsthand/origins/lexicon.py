"""Which words credit, correct, deny or mean nothing by themselves?"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from firsthand.model import record


@record
class Lexicon:
    """The word lists of `lexicon.toml`, folded."""

    common: frozenset[str]
    joining: frozenset[str]
    articles: frozenset[str]
    citing: frozenset[str]
    withheld: frozenset[str]
    revising: frozenset[str]
    revising_before: frozenset[str]
    revising_after: frozenset[str]
    negating: frozenset[str]
    hearing: frozenset[str]
    accounts: frozenset[str]
    vague: frozenset[str]
    counting: frozenset[str]
    confiding: frozenset[str]
    selves: frozenset[str]
    being: frozenset[str]
    pointing: frozenset[str]
    vouching: frozenset[str]
    gathering: frozenset[str]
    offices: frozenset[str]
    possessive: frozenset[str]
    anybody: frozenset[str]
    numbers: Mapping[str, int]
    bodies: Mapping[str, str]


@cache
def read_lexicon() -> Lexicon:
    """Return the word lists that come with the package."""
    data = tomllib.loads((files(__package__) / "lexicon.toml").read_text(encoding="utf-8"))
    lists = {name: frozenset(words.split()) for name, words in data.items() if isinstance(words, str)}
    lists.pop("source")
    return Lexicon(numbers=data["numbers"], bodies=data["bodies"], **lists)
