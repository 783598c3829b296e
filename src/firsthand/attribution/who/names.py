"""Which spellings are one name?

A key of our own: Latin letters without accents, titles and articles dropped, spelling variants read as one
(`packs/spellings.toml`), so that Gaddafi, Qaddafi, Gadhafi and Kadhafi meet and Saif Qaddafi stays another.
"""

from __future__ import annotations

import re
from functools import cache

from anyascii import anyascii

from firsthand.attribution.cues import read_list
from firsthand.attribution.who.sounds import sound_alike, sound_name

WORDS = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")


@cache
def _spelling_keys() -> dict[str, str]:
    groups = read_list("spellings.toml")["groups"]
    return {variant: group[0] for group in groups for variant in group}


@cache
def _titles() -> frozenset[str]:
    return frozenset(read_list("people.toml")["titles"])


@cache
def _small() -> frozenset[str]:
    return frozenset(read_list("people.toml")["small_in_names"])


@cache
def _generic() -> frozenset[str]:
    return frozenset(read_list("people.toml")["generic_in_names"])


@cache
def fold_words(name: str) -> tuple[str, ...]:
    """Return a name's words in plain Latin letters, small words and possessives dropped, spellings made one."""
    plain = anyascii(name).casefold().replace("’", "'").replace("`", "'")
    plain = re.sub(r"'s\b|s'(?=\s|$)|\b(?:al|el)-", lambda m: "s" if m.group().startswith("s'") else "", plain)
    keys = _spelling_keys()
    words = (w.replace("'", "") if w not in keys else w for w in WORDS.findall(plain))
    return tuple(keys.get(w, w) for w in words if w not in _small())


def make_key(name: str) -> str:
    """Return the key under which one person or institution is known, titles left out: "ines vantor"."""
    words = fold_words(name)
    bare = tuple(w for w in words if w not in _titles())
    return " ".join(bare or words)


def sound_key(name: str) -> str:
    """Return what a name sounds like, spellings of the table read as one, titles and small words left out."""
    return sound_name(make_key(name))


def same_person_name(one: str, other: str) -> bool:
    """Say whether two names are spellings of one name, in whatever scripts and with whatever titles."""
    return make_key(one) == make_key(other) or sound_key(one) == sound_key(other) or sound_alike(one, other)


def make_slug(key: str) -> str:
    """Return a key as part of an identifier: letters, digits and hyphens."""
    return "-".join(WORDS.findall(anyascii(key).casefold().replace("'", "")))[:80] or "unnamed"


def own_words(key: str) -> frozenset[str]:
    """Return the words of a key that tell one institution from another."""
    words = frozenset(key.split())
    return words - _generic() or words


def is_short_for(short: str, full: str) -> bool:
    """Say whether one key is a shorter name of another: a surname, "brill" for "brill news agency", an acronym."""
    if short == full or not short:
        return False
    few, many = short.split(), full.split()
    if len(few) == 1 and len(many) > 1 and few[0] == "".join(w[0] for w in many) and len(few[0]) > 2:
        return True
    return own_words(short) <= frozenset(many) and len(few) <= len(many) + 1 and len(own_words(short)) < len(many)
