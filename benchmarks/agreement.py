"""How well do two ways of putting things into groups agree?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def measure_agreement(first: Sequence[object], second: Sequence[object]) -> float | None:
    """Return the adjusted Rand index of two labellings (Hubert and Arabie 1985); None of fewer than two things."""
    both, mine, theirs = (
        sum(n * (n - 1) / 2 for n in Counter(held).values())
        for held in (list(zip(first, second, strict=True)), first, second)
    )
    total = len(first) * (len(first) - 1) / 2
    if not total:
        return None
    chance, most = mine * theirs / total, (mine + theirs) / 2
    return 1.0 if most == chance else (both - chance) / (most - chance)
