"""What do the names that a page gives to an element say it is?

A name falls into its words: "post-share_bar", "postShareBar". The data file lists words, pairs of words that follow
one another, and whole names (with "=" before them); a word with "*" at its end stands for all that begin so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

from firsthand.reading.lists import load_groups

PAGE = "page.toml"
NOTHING: frozenset[str] = frozenset()
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
# No listed beginning of a word is shorter.
STEM = 4


def find_roles(names: str) -> frozenset[str]:
    """Return what names with spaces between them say, by the lists of the data file, whatever their case."""
    found = list(filter(None, map(find_roles_of, names.split())))
    return NOTHING.union(*found) if found else NOTHING


@lru_cache(maxsize=1 << 16)
def find_roles_of(name: str) -> frozenset[str]:
    """Return what one name says."""
    whole = "-".join(WORD.findall(name)).lower()
    words = whole.split("-")
    if _list_words().isdisjoint(words) and _list_stems().isdisjoint([word[:STEM] for word in words]):
        return NOTHING
    listed, begun = _list_names(), _list_beginnings()
    keys = ["=" + whole, *words, *map("{} {}".format, words, words[1:])]
    found = [listed[key] for key in keys if key in listed]
    for word in words:
        if word.startswith(begun):
            found += [listed[start + "*"] for start in begun if word.startswith(start)]
    return NOTHING.union(*found) if found else NOTHING


@cache
def _list_names() -> Mapping[str, frozenset[str]]:
    found = defaultdict(set)
    for role, names in load_groups(PAGE, "names").items():
        for name in names:
            found[name].add(role)
    return {name: frozenset(roles) for name, roles in found.items()}


@cache
def _list_beginnings() -> tuple[str, ...]:
    return tuple(name[:-1] for name in sorted(_list_names()) if name.endswith("*"))


@cache
def _list_words() -> frozenset[str]:
    """Return every word that stands in a listed name; where none of them does, nothing is said."""
    return frozenset(WORD.findall(" ".join(_list_names())))


@cache
def _list_stems() -> frozenset[str]:
    """Return the first letters of every listed beginning."""
    return frozenset(start[:STEM] for start in _list_beginnings())
