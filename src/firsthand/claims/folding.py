"""When are two spellings the same word?

Accents, capitals and scripts are folded away, the usual romanisations of Arabic names meet
(Gaddafi, Qaddafi, Gadhafi, Kadhafi), inflections are cut and what is left is truncated.
Truncation is as good a stemmer as any across European languages (McNamee and Mayfield, 2004) and lets cognates meet.
"""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

STEM_LENGTH = 6
SUFFIX = re.compile(r"(?<=\w{4})(?:ings?|ed|es|en|ern|er|em|s|e|n)$")
ROMANISED = (
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"^(?:gh|kh|q|g|k|c(?=[aou]))"), "k"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ou|oo"), "u"),
    (re.compile(r"ee|y"), "i"),
)


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """Return a word in lower-case ASCII letters and digits."""
    lowered = word.casefold()
    return lowered if lowered.isascii() else re.sub(r"[^a-z0-9]", "", anyascii(lowered).lower())


@lru_cache(maxsize=65536)
def stem_word(word: str) -> str:
    """Return the key under which the inflections, spellings and cognates of a word meet."""
    key = SUFFIX.sub("", fold_word(word))
    for pattern, replacement in ROMANISED:
        key = pattern.sub(replacement, key)
    return key[:STEM_LENGTH]
