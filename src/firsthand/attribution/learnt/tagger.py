"""Given a word that may be a cue, which words are its source and its content?

A conditional random field over one sentence, a quotation counting as one word. The field is small, was trained on
openly licensed text (`training/`), and answers with a probability for each word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from firsthand.model import record

if TYPE_CHECKING:
    from pycrfsuite import Tagger

CUE, SOURCE, CONTENT, OUTSIDE = "K", "S", "C", "O"
NEVER = 1e-6


@record
class Tag:
    """What the field makes of one trigger: the chance that it is a cue and, if it is one, of each word's part.

    `source[i]` and `content[i]` belong to word `low + i` of the sentence.
    """

    low: int
    cue: float
    source: list[float]
    content: list[float]


class Field:
    """A trained field, opened from its bytes."""

    def __init__(self, weights: bytes) -> None:
        from pycrfsuite import Tagger

        self._weights = weights
        self._tagger: Tagger = Tagger()
        self._tagger.open_inmemory(weights)

    def tag(self, low: int, trigger: int, sequence: Sequence[list[str]], least: float = 0.0) -> Tag | None:
        """Return what the field makes of a trigger, or None if it is a cue with a chance below `least`."""
        tagger = self._tagger
        tagger.set(sequence)
        cue = tagger.marginal(CUE, trigger - low)
        if cue < max(least, NEVER):
            return None
        marginal, size = tagger.marginal, range(len(sequence))
        return Tag(
            low=low,
            cue=cue,
            source=[min(1.0, marginal(SOURCE, i) / cue) for i in size],
            content=[min(1.0, marginal(CONTENT, i) / cue) for i in size],
        )
