"""Whose words are retold without credit: unnamed sources, described persons, people who were told by others?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from firsthand.model import Attribution, AttributionId, Derivation, DerivationKind, SourceId
from firsthand.origins.evidence import Finding, end_at, join_ends
from firsthand.origins.faces import is_faceless
from firsthand.origins.index import Index
from firsthand.origins.institutions import find_spoken_for
from firsthand.origins.matching import share_details
from firsthand.origins.parties import DISOWNED, name_voices
from firsthand.origins.repeats import find_repeats
from firsthand.origins.retold import Retelling, join_retelling, list_retellings, list_ties
from firsthand.origins.saying import find_soundness
from firsthand.origins.stance import find_stance
from firsthand.origins.unmasked import OWNING, find_unmasked

PASSES_ON = 0.8
LEAST_SHARED = 0.25
LIKELY, SURE = 0.5, 0.8


def find_echoes(index: Index, told: Sequence[Derivation]) -> Iterator[Derivation]:
    """Yield the derivations that nothing in the text states, claim by claim; `told` is what other rules found.

    What is credited to a report of the pile has its parent, and is no parent itself: an echo changes nothing here.
    """
    credited = _list_credited(told)
    unmasked = list(find_unmasked(index, told, credited))
    yield from unmasked
    persons = _list_persons(index, unmasked)
    for everything in index.said_of.values():
        said = [a for a in everything if a.id not in credited and find_soundness([a]) >= LIKELY]
        yield from _find_passed_on(index, everything, said, persons)
        yield from find_repeats(index, said)
    for retelling in list_retold(index, told):
        if found := join_retelling(index, retelling):
            yield found


def list_retold(index: Index, told: Sequence[Derivation]) -> Iterator[Retelling]:
    """Yield for each source that nobody names, and whose words are not credited, the likeliest other who says it."""
    credited, voices, known = _list_credited(told), name_voices(index), find_spoken_for(index)
    ties = list_ties(told)
    for everything in index.said_of.values():
        said = [a for a in everything if a.id not in credited and find_soundness([a]) >= LIKELY]
        faceless = {a.id for a in said if a.id not in known and is_faceless(index, a)}
        disowned = {a.id for a in said if voices[a.id][1] == DISOWNED}
        yield from list_retellings(index, said, faceless | disowned, ties)


def _list_credited(told: Sequence[Derivation]) -> frozenset[AttributionId]:
    """Return the attributions that are credited to a report of the pile."""
    sure = [d for d in told if d.directed and d.parent and d.probability >= SURE]
    return frozenset(d.child_attribution for d in sure if d.child_attribution)


def _list_persons(index: Index, unmasked: Sequence[Derivation]) -> Mapping[SourceId, SourceId]:
    """Return who each unnamed source is said to be."""
    owned = [(d.parent_attribution, d.child_attribution) for d in unmasked if d.reason.rule == OWNING]
    ends = [(index.attributions[masked], index.attributions[named]) for masked, named in owned if masked and named]
    return {masked.chain[-1]: named.chain[-1] for masked, named in ends}


def _find_deeper(index: Index, child: Attribution, deeper: Sequence[Attribution]) -> Attribution | None:
    """Return what most details of a child's words are passed on from; in the same report a quarter of them at least."""
    fitting = [
        (share_details(index, child, a), a.report != child.report, a.id, a)
        for a in deeper
        if find_stance(a) == find_stance(child) and index.details[child.id] & index.details[a.id]
    ]
    near = [row for row in fitting if row[1] or row[0] >= LEAST_SHARED]
    return max(near, key=lambda row: row[:3])[-1] if near else None


def _find_passed_on(
    index: Index,
    everything: Sequence[Attribution],
    said: Sequence[Attribution],
    persons: Mapping[SourceId, SourceId],
) -> Iterator[Derivation]:
    """Yield a derivation where a report has from a person what he, there or in another, has from somebody else."""
    deeper: dict[SourceId, list[Attribution]] = {}
    for attribution in said:
        for relay in attribution.chain[1:-1]:
            deeper.setdefault(relay, []).append(attribution)
    for child in everything:
        who = persons.get(child.chain[-1], child.chain[-1]) if len(child.chain) > 1 else None
        parent = _find_deeper(index, child, deeper.get(who, ())) if who else None
        if parent is None or who is None:
            continue
        person, beyond = index.name_source(who), index.name_source(parent.chain[-1])
        finding = Finding(
            rule="passes on what he was told",
            kind=DerivationKind.COMMON,
            probability=PASSES_ON,
            directed=False,
            sentence=f"{person} is the source here; in {index.name_report(parent.report)} "
            f"the same is told from {beyond}.",
        )
        yield join_ends(index, end_at(child), end_at(parent), finding)
