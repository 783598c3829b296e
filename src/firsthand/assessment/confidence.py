"""How good is the basis: low, moderate or high confidence, and why?

Analytic confidence after ICD 203: it speaks of sources, access and reasoning, never of how likely anything is.
Each rule is a function whose docstring is the sentence the reader sees where the rule finds a weakness.
"""

from __future__ import annotations

from collections.abc import Callable

from firsthand.model import Assertion, Case, Count, Flip, Posterior, Profile, Sentence, record
from firsthand.probability import find_word

FLOORS = ((3, "low"), (1, "moderate"), (0, "high"))


@record
class Basis:
    """What confidence is judged from; `tried`: whether intervals and moves could be worked out at all."""

    case: Case
    voices: Count
    spoken: tuple[tuple[Profile, Assertion], ...]
    asked: Posterior
    flips: tuple[Flip, ...]
    tried: bool = True


def one_origin(basis: Basis) -> bool:
    """It may all go back to a single voice."""
    return basis.voices.low < 2


def nobody_disinterested(basis: Basis) -> bool:
    """Nobody disinterested has spoken."""
    return not any(profile.gains is False for profile, _ in basis.spoken)


def nobody_near(basis: Basis) -> bool:
    """No source is more probably than not in a position to know."""
    return not any(profile.access.value > 0.5 for profile, _ in basis.spoken)


def wide_interval(basis: Basis) -> bool:
    """The judgements' ranges leave more than one word open."""
    return find_word(basis.asked.low) != find_word(basis.asked.high)


def one_move_flips(basis: Basis) -> bool:
    """A single judgement, changed within its stated range, would change the word."""
    return any(len(flip.moves) == 1 for flip in basis.flips)


def untried(basis: Basis) -> bool:
    """How far it holds could not be tried."""
    return not basis.tried


def unjudged(basis: Basis) -> bool:
    """Some of it rests on a machine's suggestions that nobody has judged."""
    case = basis.case
    parts = [*(p.judged for p in case.profiles), *(a.judged for a in case.assertions)]
    return not all([*parts, *(e.judged for e in case.expectations)])


RULES: tuple[tuple[Callable[[Basis], bool], int], ...] = (
    (one_origin, 1),
    (nobody_disinterested, 1),
    (nobody_near, 1),
    (wide_interval, 1),
    (one_move_flips, 1),
    (untried, 2),
    (unjudged, 1),
)


def judge_confidence(basis: Basis) -> tuple[str, tuple[Sentence, ...]]:
    """Return "low", "moderate" or "high", and the sentences that say why (ICD 203, analytic confidence)."""
    found = [(rule, weight) for rule, weight in RULES if rule(basis)]
    total = sum(weight for _, weight in found)
    level = next(name for floor, name in FLOORS if total >= floor)
    why = tuple(Sentence(text=str(rule.__doc__)) for rule, _ in found)
    return level, why or (Sentence(text="Independent, disinterested sources with access agree."),)
