"""Which words do the two reports of a derivation share?

Runs of text that stand in both, and the passages of the derivation itself where it is retold: there the words that
both have are marked, wherever they stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from firsthand.model import Derivation, FamilyEdge, Report, ReportId, SharedRun, Span
from firsthand.origins.alignment import align_texts, mask_text
from firsthand.origins.fingerprints import fingerprint_texts
from firsthand.origins.lexicon import read_lexicon
from firsthand.origins.words import Word, split_words

Ends = tuple[ReportId, ReportId]


def lay_derivations(
    report: ReportId, derivations: Sequence[Derivation], reports: Sequence[Report]
) -> tuple[FamilyEdge, ...]:
    """Return what a report shares with each report that it derives from or that derives from it.

    Of several derivations between the same two the most probable is kept.
    """
    texts = _mask_bodies(reports)
    chosen = _choose_derivations(derivations, texts)
    return tuple(_lay_one(one, texts) for ends, one in sorted(chosen.items()) if report in ends)


def lay_largest(
    derivations: Sequence[Derivation], reports: Sequence[Report], most: int
) -> tuple[tuple[FamilyEdge, ...], int]:
    """Return what the reports of derivations share, of the `most` pairs that share most; and how many pairs there are.

    Those with runs of twelve words in common come first, then those whose derivation is most probable.
    """
    texts = _mask_bodies(reports)
    chosen = _choose_derivations(derivations, texts)
    weights = _weigh_ends({end for ends in chosen for end in ends}, texts)
    order = sorted(chosen, key=lambda ends: (-weights[frozenset(ends)], -chosen[ends].probability, ends))
    return tuple(_lay_one(chosen[ends], texts) for ends in order[:most]), len(chosen)


def _mask_bodies(reports: Sequence[Report]) -> dict[ReportId, str]:
    return {one.id: mask_text(one.text, one.body) for one in reports}


def _choose_derivations(derivations: Sequence[Derivation], known: Mapping[ReportId, str]) -> dict[Ends, Derivation]:
    """Return the most probable derivation between each two known reports, by child and parent."""
    chosen: dict[Ends, Derivation] = {}
    for derivation in sorted(derivations, key=lambda one: -one.probability):
        if derivation.parent is None:
            continue
        ends = (derivation.child.report, derivation.parent.report)
        if ends[0] != ends[1] and set(ends) <= known.keys() and not {ends, ends[::-1]} & chosen.keys():
            chosen[ends] = derivation
    return chosen


def _weigh_ends(wanted: Iterable[ReportId], texts: Mapping[ReportId, str]) -> Counter[frozenset[ReportId]]:
    """Return how many fingerprints each two reports share."""
    names = sorted(wanted)
    prints = fingerprint_texts([texts[name] for name in names]) if names else None
    holders: dict[int, set[ReportId]] = {}
    for number, name in enumerate(names):
        for mark in prints.hashes[prints.begins[number] : prints.begins[number + 1]].tolist() if prints else ():
            holders.setdefault(mark, set()).add(name)
    return Counter(frozenset(two) for held in holders.values() for two in combinations(sorted(held), 2))


def _lay_one(derivation: Derivation, texts: Mapping[ReportId, str]) -> FamilyEdge:
    """Return what the two reports of a derivation share."""
    child, parent = derivation.child, derivation.parent or derivation.child
    found = align_texts(texts[child.report], texts[parent.report])
    runs = found.runs
    if not any(run.first[0] < child.end and child.start < run.first[1] for run in runs):
        passage = _match_passages(child, parent, texts)
        runs = (passage, *runs) if passage.same or not runs else runs
    return FamilyEdge(
        child=child.report,
        parent=parent.report,
        kind=derivation.kind,
        directed=derivation.directed,
        probability=derivation.probability,
        runs=runs,
        child_share=found.contained_first,
        parent_share=found.contained_second,
        reason=derivation.reason,
    )


def _match_passages(child: Span, parent: Span, texts: Mapping[ReportId, str]) -> SharedRun:
    """Return the passages of a derivation, in pieces the words that both have and that are not common."""
    sides = [split_words(texts[span.report], [(span.start, span.end)]) for span in (child, parent)]
    common = read_lexicon().common
    places: dict[str, list[Word]] = {}
    for word in reversed(sides[1]):
        places.setdefault(word.text, []).append(word)
    pieces = tuple(
        ((word.start, word.end), (other.start, other.end))
        for word in sides[0]
        if word.text not in common and places.get(word.text)
        for other in [places[word.text].pop()]
    )
    return SharedRun(
        first=(child.start, child.end),
        second=(parent.start, parent.end),
        words=max(map(len, sides)),
        same=len(pieces),
        pieces=pieces,
    )
