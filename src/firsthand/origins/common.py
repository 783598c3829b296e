"""Which reports asked the same person?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from firsthand.model import Attribution, AttributionId, Derivation, DerivationKind, ReportId, SourceKind
from firsthand.origins.credits import is_first_hand
from firsthand.origins.evidence import Finding, end_at, join_ends
from firsthand.origins.groups import Groups
from firsthand.origins.index import Index
from firsthand.origins.parties import Voice, find_originator, name_voices

SAME_NAME = 0.95
SAME_DESCRIPTION = 0.8
LIKELY, SURE = 0.5, 0.8


def find_common(index: Index, found: Sequence[Derivation]) -> Iterator[Derivation]:
    """Yield an undirected derivation between reports that have one originator on one claim and no other tie.

    Each is tied to the report that heard him first hand, or else to the earliest that took it from nobody.
    """
    groups = Groups(list(index.attributions))
    taken = set()
    for derivation in found:
        if derivation.child_attribution and derivation.parent_attribution and derivation.probability >= LIKELY:
            if derivation.probability >= SURE:
                groups.join(derivation.child_attribution, derivation.parent_attribution)
            taken.add(derivation.child_attribution)
    tied = {(d.child.report, d.parent.report) for d in found if d.parent and d.probability >= LIKELY}
    tied |= {(parent, child) for child, parent in tied}
    voices = name_voices(index)
    for said in index.said_of.values():
        by_voice: dict[Voice, list[Attribution]] = {}
        for attribution in said:
            by_voice.setdefault(voices[attribution.id], []).append(attribution)
        for _, same in sorted(by_voice.items()):
            same.sort(key=lambda a: (a.id in taken, not is_first_hand(index, a), len(a.chain) > 2))
            yield from _join_same(index, same, groups, tied)


def _join_same(
    index: Index,
    same: Sequence[Attribution],
    groups: Groups[AttributionId],
    tied: Collection[tuple[ReportId, ReportId]],
) -> Iterator[Derivation]:
    """Yield a derivation from each group of one voice to a report it is tied to already, or else to the first."""
    for at, other in enumerate(same[1:], start=1):
        first = next((a for a in same[:at] if (other.report, a.report) in tied), same[0])
        if not groups.join(other.id, first.id) or other.report == first.report:
            continue
        child, parent = sorted((other, first), key=lambda a: index.place[a.report], reverse=True)
        source = index.sources.get(find_originator(first))
        named = source is not None and source.kind is SourceKind.NAMED
        finding = Finding(
            rule="same source",
            kind=DerivationKind.COMMON,
            probability=SAME_NAME if named else SAME_DESCRIPTION,
            directed=False,
            sentence=f"{index.name_report(child.report)} and {index.name_report(parent.report)} "
            f"both have it from {index.name_source(find_originator(first))}.",
        )
        yield join_ends(index, end_at(child), end_at(parent), finding)
