"""Whose words are retold without credit: unnamed sources, described persons, people who were told by others?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from firsthand.model import Attribution, AttributionId, Derivation, DerivationKind, SourceId
from firsthand.origins.evidence import Finding, end_at, join_ends
from firsthand.origins.faces import is_faceless
from firsthand.origins.index import Index
from firsthand.origins.institutions import find_spoken_for
from firsthand.origins.parties import DISOWNED, name_voices
from firsthand.origins.repeats import find_repeats
from firsthand.origins.retold import Retelling, join_retelling, list_retellings, list_ties
from firsthand.origins.stance import find_stance
from firsthand.origins.unmasked import find_unmasked

PASSES_ON = 0.8
LIKELY, SURE = 0.5, 0.8


def find_echoes(index: Index, told: Sequence[Derivation]) -> Iterator[Derivation]:
    """Yield the derivations that nothing in the text states, claim by claim; `told` is what other rules found.

    What is credited to a report of the pile has its parent, and is no parent itself: an echo changes nothing here.
    """
    credited = _list_credited(told)
    yield from find_unmasked(index, told, credited)
    for everything in index.said_of.values():
        said = [a for a in everything if a.id not in credited and a.probability >= LIKELY]
        yield from _find_passed_on(index, everything, said)
        yield from find_repeats(index, said)
    for retelling in list_retold(index, told):
        if found := join_retelling(index, retelling):
            yield found


def list_retold(index: Index, told: Sequence[Derivation]) -> Iterator[Retelling]:
    """Yield for each source that nobody names, and whose words are not credited, the likeliest other who says it."""
    credited, voices, known = _list_credited(told), name_voices(index), find_spoken_for(index)
    ties = list_ties(told)
    for everything in index.said_of.values():
        said = [a for a in everything if a.id not in credited and a.probability >= LIKELY]
        faceless = {a.id for a in said if a.id not in known and is_faceless(index, a)}
        disowned = {a.id for a in said if voices[a.id][1] == DISOWNED}
        yield from list_retellings(index, said, faceless | disowned, ties)


def _list_credited(told: Sequence[Derivation]) -> frozenset[AttributionId]:
    """Return the attributions that are credited to a report of the pile."""
    sure = [d for d in told if d.directed and d.parent and d.probability >= SURE]
    return frozenset(d.child_attribution for d in sure if d.child_attribution)


def _find_passed_on(
    index: Index, everything: Sequence[Attribution], said: Sequence[Attribution]
) -> Iterator[Derivation]:
    """Yield a derivation where one report has from a person what he, in another, says he has from somebody else."""
    deeper: dict[SourceId, Attribution] = {}
    for attribution in said:
        for relay in attribution.chain[1:-1]:
            deeper.setdefault(relay, attribution)
    for child in everything:
        parent = deeper.get(child.chain[-1]) if len(child.chain) > 1 else None
        if parent is None or parent.report == child.report or find_stance(parent) != find_stance(child):
            continue
        if not index.details[child.id] & index.details[parent.id]:
            continue
        person, beyond = index.name_source(child.chain[-1]), index.name_source(parent.chain[-1])
        finding = Finding(
            rule="passes on what he was told",
            kind=DerivationKind.COMMON,
            probability=PASSES_ON,
            directed=False,
            sentence=f"{person} is the source here; in {index.name_report(parent.report)} "
            f"the same is told from {beyond}.",
        )
        yield join_ends(index, end_at(child), end_at(parent), finding)
