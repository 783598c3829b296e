"""Does an attribution say that it is so, or that it is not?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from firsthand.model import Attribution, Claim
from firsthand.origins.lexicon import read_lexicon
from firsthand.origins.words import Word, split_words

_CLOSING = '["\u201d\u2019\u00bb]?'
_ADDED = re.compile(
    rf"(?<=\w)(?:[.!?;]{_CLOSING}\s+(?=[^\W\d])|,{_CLOSING}\s+(?:and|but|which|who|und|aber|et|mais|y|pero)\b)"
)


_RELATIVES = frozenset({"who", "which", "whose", "that"})
_WELL_IN = 3


@lru_cache(maxsize=4096)
def is_negated(text: str) -> bool:
    """Tell whether a text holds a word that turns it into a denial.

    What follows its first clause ("it was taken, and did not come back"), a relative clause ("with rams that had no
    papers"), a contrast at its end ("four, not fourteen"; "not the first") and a number ("School No. 4") deny nothing.
    """
    lexicon = read_lexicon()
    added = _ADDED.search(text)
    words = split_words(text, [(0, len(text))])
    for at, word in enumerate(words):
        if word.text not in lexicon.negating or (added and word.start >= added.end()) or _qualifies(words[:at]):
            continue
        before = text[words[at - 1].end : word.start] if at else ""
        after = words[at + 1].text if at + 1 < len(words) else ""
        aside = "," in before or (at > 0 and words[at - 1].text == "and") or after in lexicon.counting
        if not (word.text == "not" and aside) and not (word.text == "no" and after.isdigit()):
            return True
    return False


def _qualifies(before: Sequence[Word]) -> bool:
    """Tell whether what follows only says more of a noun: a relative pronoun stands before it, well into the text."""
    lexicon = read_lexicon()
    return any(
        word.text in _RELATIVES and at >= _WELL_IN and before[at - 1].text not in lexicon.citing
        for at, word in enumerate(before)
    )


def find_stance(attribution: Attribution) -> int:
    """Return +1 where the source puts the content forward as so, -1 where it denies it or the content is a denial."""
    return attribution.polarity * (-1 if is_negated(attribution.content.text) else 1)


def asserts_claim(attribution: Attribution, claim: Claim) -> bool:
    """Tell whether an attribution stands with the claim's sentence: part of its words, or both put forward or deny."""
    if attribution.content.text in claim.sentence:
        return attribution.polarity > 0
    return find_stance(attribution) == (-1 if is_negated(claim.sentence) else 1)
