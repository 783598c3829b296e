"""When are two names the same, and what is a short id for a name?"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

# An id has to fit beside the numbers of a table.
LONGEST = 28


def make_slug(words: str, taken: Iterable[str] = ()) -> str:
    """Return an id made of up to four words in plain letters, numbered where it is taken."""
    from anyascii import anyascii

    plain = re.findall(r"[a-z0-9]+", anyascii(words).lower().replace("'", ""))
    bare = [word for word in plain if word not in _load_small_words()] or plain or ["unnamed"]
    slug, number, known = _join_words(bare[:4]), 1, set(taken)
    while (name := slug if number == 1 else f"{slug}-{number}") in known:
        number += 1
    return name


def _join_words(words: Sequence[str]) -> str:
    """Return as many of the words as stay short, at least the first one, cut if it is long itself."""
    slug = words[0][:LONGEST]
    for word in words[1:]:
        if len(slug) + 1 + len(word) > LONGEST:
            break
        slug += f"-{word}"
    return slug


@cache
def _load_small_words() -> frozenset[str]:
    return frozenset(tomllib.loads((files(__package__) / "cues.toml").read_text("utf-8"))["small_words"])


def fold_words(words: str) -> str:
    """Return the words as they are compared: case, white space and a last full stop aside."""
    return " ".join(words.casefold().split()).strip(".")


def flatten_words(words: str) -> str:
    """Return the words on one line."""
    return " ".join(words.split())
