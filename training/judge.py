"""Which findings of a labelled text are right?"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from firsthand.attribution.grammar.hits import Finding

WORD = re.compile(r"\w+(?:['’.\-]\w+)*")
Spans = Sequence[tuple[int, int]]


class Judge:
    """Says whether a finding is right: content and source each overlap the truth by half."""

    def __init__(self, words: str, gold: Sequence[dict[str, Spans]]) -> None:
        self._words = [m.span() for m in WORD.finditer(words)]
        self._starts = np.array([a for a, _ in self._words] or [0])
        self._gold = [(self._cover(one["content"]), self._cover(one["source"])) for one in gold]

    def _cover(self, spans: Spans) -> frozenset[int]:
        found: set[int] = set()
        for s, e in spans:
            first = max(0, int(np.searchsorted(self._starts, s, side="right")) - 1)
            for i in range(first, len(self._words)):
                a, b = self._words[i]
                if a >= e:
                    break
                if b > s:
                    found.add(i)
        return frozenset(found)

    def is_right(self, content: Spans, source: Spans) -> bool:
        """Say whether a content and a source are those of one true attribution."""
        c, s = self._cover(content), self._cover(source)
        return any(_is_same(c, s, *pair) for pair in self._gold)

    def judge_all(self, found: Sequence[Finding]) -> list[bool]:
        """Say which of the findings of a text are right, the likeliest first; each true attribution is found once."""
        left, right = list(self._gold), set[int]()
        for one in sorted(found, key=lambda f: -f.probability):
            c, s = self._cover(one.content), self._cover((one.source,) if one.source else ())
            hit = next((pair for pair in left if _is_same(c, s, *pair)), None)
            if hit is not None:
                left.remove(hit)
                right.add(id(one))
        return [id(one) in right for one in found]


def _is_same(content: frozenset[int], source: frozenset[int], wanted: frozenset[int], whose: frozenset[int]) -> bool:
    return overlap(content, wanted) >= 0.5 and (source == whose or overlap(source, whose) >= 0.5)


def overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """Return how much two sets of words share, 0 to 1."""
    return len(one & other) / len(one | other) if one | other else 0.0
