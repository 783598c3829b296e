"""Where do the reports of a claim agree, and where do they differ?

Details are compared by typed facts. Facts of a type that both give and that have nothing in common differ;
what only one gives is more detail. "8" and "eight" are one fact, litres and gallons are two.
"Only one says" is said of a slot that one source alone fills, unless reports of what it said differ among themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from firsthand.claims.slots import SLOT_ORDER
from firsthand.claims.vocabulary import Detail
from firsthand.model import Attribution, AttributionId, Discrepancy, Slot

AGREES, DIFFERS, MORE_DETAIL, ONLY_ONE = "agrees", "differs", "more detail", "only one says"
Facts = frozenset[tuple[str, str]]


def find_discrepancies(
    attributions: Sequence[Attribution], slots: Sequence[Slot], details: Mapping[AttributionId, Sequence[Detail]]
) -> tuple[Discrepancy, ...]:
    """Return each slot that any attribution fills, its values in the order of the attributions, and the verdict."""
    found = []
    for name in SLOT_ORDER:
        values = tuple((slot.attribution, slot.value) for slot in slots if slot.name == name)
        if values:
            filled = {attribution for attribution, _ in values}
            voices = {a.source for a in attributions if a.id in filled}
            facts = [gather_facts(details[attribution], name) for attribution, _ in values]
            alone = len(values) == 1 or len(voices) == 1 < len({a.source for a in attributions})
            verdict = judge_facts(facts)
            found.append(
                Discrepancy(slot=name, values=values, verdict=ONLY_ONE if alone and verdict != DIFFERS else verdict)
            )
    return tuple(found)


def gather_facts(details: Sequence[Detail], name: str) -> Facts:
    """Return all the facts that one attribution gives for one slot."""
    return frozenset(fact for detail in details if detail.slot == name for fact in detail.facts)


def judge_facts(facts: Sequence[Facts]) -> str:
    """Return the gravest verdict over all pairs: one pair that differs makes the slot differ."""
    verdicts = {compare_facts(one, other) for one, other in combinations(sorted(set(facts), key=sorted), 2)}
    return next((verdict for verdict in (DIFFERS, MORE_DETAIL) if verdict in verdicts), AGREES)


def compare_facts(one: Facts, other: Facts) -> str:
    """Return how two sets of facts stand to each other."""
    if one == other:
        return AGREES
    mine, theirs = by_type(one), by_type(other)
    common = mine.keys() & theirs.keys()
    return DIFFERS if any(not mine[kind] & theirs[kind] for kind in common) else MORE_DETAIL


def by_type(facts: Facts) -> dict[str, set[str]]:
    """Return the values of each type of fact."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for kind, value in facts:
        found[kind].add(value)
    return found
