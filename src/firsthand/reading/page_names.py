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


def find_roles(names: str) -> frozenset[str]:
    """Return what names with spaces between them say, by the lists of the data file, whatever their case."""
    found = [roles for roles in map(find_roles_of, names.split()) if roles]
    return NOTHING.union(*found) if found else NOTHING


@lru_cache(maxsize=1 << 16)
def find_roles_of(name: str) -> frozenset[str]:
    """Return what one name says: each of its words, pairs of them, all of them together."""
    words = "-".join(WORD.findall(name)).lower().split("-")
    found = [roles for roles in map(find_roles_of_word, words) if roles]
    if not _list_first_words().isdisjoint(words):
        listed = _list_names()
        keys = ["=" + "-".join(words), *map("{} {}".format, words, words[1:])]
        found += [listed[key] for key in keys if key in listed]
    return NOTHING.union(*found) if found else NOTHING


@lru_cache(maxsize=1 << 16)
def find_roles_of_word(word: str) -> frozenset[str]:
    """Return what a word says by itself or by its beginning; most say nothing."""
    listed, begun = _list_names(), _list_beginnings()
    found = [listed[start + "*"] for start in begun if word.startswith(start)] if word.startswith(begun) else []
    return NOTHING.union(listed.get(word, NOTHING), *found)


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
def _list_first_words() -> frozenset[str]:
    """Return the first word of every listed pair and of every whole name."""
    return frozenset(WORD.findall(name)[0] for name in _list_names() if " " in name or name.startswith("="))
