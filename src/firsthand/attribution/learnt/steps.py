"""Which parts do the words around a cue play, by what speaks for each and by what follows what?

The field is a chain: once a word is known to be a cue, the words before it and those after it are independent of each
other, so each side is gone through once inwards, to the cue, and once outwards. Odds are against being outside; those
of a word are for source and content, those of a row for outside, source and content.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp

CUE, SOURCE, CONTENT, OUTSIDE = "K", "S", "C", "O"
PARTS = OUTSIDE + SOURCE + CONTENT
HUGE = 1e100
Pair = tuple[float, float]
Odds = tuple[float, float, float]
Table = tuple[Odds, Odds, Odds]
EVEN: Odds = (1.0, 1.0, 1.0)


class Steps:
    """What a step from one part to the next weighs; `weights` by the two letters."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._forth = _lay_out([[exp(weights.get(a + b, 0.0)) for b in PARTS] for a in PARTS])
        self._back = _lay_out([[exp(weights.get(a + b, 0.0)) for a in PARTS] for b in PARTS])
        self._into = _lay_row([exp(weights.get(a + CUE, 0.0)) for a in PARTS])
        self._out = _lay_row([exp(weights.get(CUE + b, 0.0)) for b in PARTS])

    def run_inwards(self, before: Sequence[Pair], after: Sequence[Pair]) -> tuple[list[Odds], list[Odds]]:
        """Return the odds of each word by all words farther from the cue; both sides are given inwards."""
        return run_along(before, self._forth), run_along(after, self._back)

    def weigh_cue(self, before: Sequence[Odds], after: Sequence[Odds], own: Pair, cue: float) -> float:
        """Return the chance that the word between two sides, as `run_inwards` gives them, is a cue."""
        is_cue, lead, follow = cue, EVEN, EVEN
        if before:
            is_cue *= _dot(before[-1], self._into)
            lead = _step(before[-1], self._forth)
        if after:
            is_cue *= _dot(after[-1], self._out)
            follow = _step(after[-1], self._back)
        is_none = lead[0] * follow[0] + own[0] * lead[1] * follow[1] + own[1] * lead[2] * follow[2]
        return is_cue / (is_cue + is_none)

    def tell_before(self, words: Sequence[Pair], inwards: Sequence[Odds]) -> list[Pair]:
        """Return the chances of the words before a cue, inwards, that they are source and content."""
        return _join(inwards, run_along(words[::-1], self._back, self._into), words)

    def tell_after(self, words: Sequence[Pair], inwards: Sequence[Odds]) -> list[Pair]:
        """Return the chances of the words after a cue, inwards, that they are source and content."""
        return _join(inwards, run_along(words[::-1], self._forth, self._out), words)


def run_along(words: Sequence[Pair], steps: Table, first: Odds = EVEN) -> list[Odds]:
    """Return for each word the odds of its parts by all words up to it; `first` is what the first word is led to by."""
    (oo, os, oc), (so, ss, sc), (co, cs, cc) = steps
    found: list[Odds] = []
    if not words:
        return found
    source, content = words[0]
    o, s, c = first[0], first[1] * source, first[2] * content
    found.append((o, s, c))
    for source, content in words[1:]:
        o, s, c = o * oo + s * so + c * co, (o * os + s * ss + c * cs) * source, (o * oc + s * sc + c * cc) * content
        if o + s + c > HUGE:
            o, s, c = o / HUGE, s / HUGE, c / HUGE
        found.append((o, s, c))
    return found


def _join(inwards: Sequence[Odds], outwards: Sequence[Odds], words: Sequence[Pair]) -> list[Pair]:
    """Return for each word the chances that it is source and content, by the words on both its sides."""
    found = []
    for (o, s, c), (p, t, d), (source, content) in zip(inwards, reversed(outwards), words, strict=True):
        outside, inside, said = o * p, s * t / source, c * d / content
        whole = outside + inside + said
        found.append((inside / whole, said / whole))
    return found


def _lay_row(row: Sequence[float]) -> Odds:
    outside, source, content = row
    return outside, source, content


def _lay_out(rows: Sequence[Sequence[float]]) -> Table:
    first, second, third = map(_lay_row, rows)
    return first, second, third


def _dot(one: Odds, other: Odds) -> float:
    return one[0] * other[0] + one[1] * other[1] + one[2] * other[2]


def _step(odds: Odds, steps: Table) -> Odds:
    """Return the odds of the parts of the next word, by the steps alone."""
    (oo, os, oc), (so, ss, sc), (co, cs, cc) = steps
    o, s, c = odds
    return o * oo + s * so + c * co, o * os + s * ss + c * cs, o * oc + s * sc + c * cc
