"""Does a voice say what a claim says, and is it one at all?"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

from firsthand.model import Attribution, AttributionId, Claim
from firsthand.origins.index import detail_words
from firsthand.origins.signs import Signs, shift_chance, weigh_signs
from firsthand.origins.stance import asserts_claim

RULE = "says what the claim says"
# An attribution's chance is that source and words are right; that somebody speaks there at all is likelier.
SPEAKS = "somebody speaks there"
# A voice this probable is taken as read.
SOUND = 0.7


def list_signs(claim: Claim, attribution: Attribution) -> Signs:
    """Return the signs that an attribution says what a claim says: that it was gathered there, the details shared."""
    both = share_details(claim, attribution)
    return {
        "in the claim": float(attribution.id in claim.attributions),
        "shared details": math.log2(1 + len(both)),
        "a shared figure": float(any(word.isdecimal() for word in both)),
    }


def weigh_voices(claim: Claim, voices: Mapping[AttributionId, Sequence[Attribution]]) -> dict[AttributionId, float]:
    """Return the chance of each voice that it is one and says what the claim says.

    `voices`: what each says itself, what was taken from others apart. The voice nearest to the claim's sentence does
    say it; of any other, what it says nearest to it counts.
    """
    nearest = {v: max(map(len, (share_details(claim, m) for m in said))) for v, said in voices.items()}
    order = sorted(voices, key=lambda v: min(one.id for one in voices[v]))
    head = max(order, key=lambda v: (nearest[v], find_soundness(voices[v])), default=None)
    return {v: find_soundness(said) * (1.0 if v == head else _weigh_saying(claim, said)) for v, said in voices.items()}


def find_soundness(said: Sequence[Attribution]) -> float:
    """Return the chance that at least one attribution of a voice is one, as if they were independent; 1 where sound."""
    chance = 1.0 - math.prod(1.0 - shift_chance(SPEAKS, one.probability) for one in said)
    return 1.0 if chance >= SOUND else chance


def takes_side(claim: Claim, said: Sequence[Attribution]) -> bool:
    """Tell whether what one voice says asserts a claim on balance, of what shares a detail with it where any does."""
    said = [one for one in said if share_details(claim, one)] or said
    balance = sum(1 if asserts_claim(one, claim) else -1 for one in said)
    if balance:
        return balance > 0
    nearest = max(said, key=lambda one: (len(share_details(claim, one)), asserts_claim(one, claim)))
    return asserts_claim(nearest, claim)


def _weigh_saying(claim: Claim, said: Sequence[Attribution]) -> float:
    """Return the chance that a voice says what the claim says, by what it says nearest to it."""
    return max(weigh_signs(RULE, list_signs(claim, one)) for one in said)


def share_details(claim: Claim, attribution: Attribution) -> Collection[str]:
    """Return the details of the claim's sentence that stand in an attribution."""
    return detail_words(attribution.content.text) & detail_words(claim.sentence)
