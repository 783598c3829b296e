"""Whose voice is it, when a source is made to say what its own report denies?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from firsthand.model import Attribution, AttributionId, SourceId
from firsthand.origins.index import Index
from firsthand.origins.stance import find_stance

DISOWNED = "disowned"

Voice = tuple[SourceId, str]


def name_voices(index: Index) -> Mapping[AttributionId, Voice]:
    """Return the originator of each attribution, and a tag where one name stands for different parties.

    What others put into a source's mouth and its own report denies is not its voice, nor is anything else that they
    have from it there; nor are two reports under different publishers' names one voice because a source bears both.
    """
    voices: dict[AttributionId, Voice] = {a.id: (find_originator(a), "") for a in index.attributions.values()}
    for said in index.said_of.values():
        own: dict[SourceId, list[Attribution]] = {}
        for attribution in said:
            if len(attribution.chain) == 1:
                own.setdefault(attribution.chain[0], []).append(attribution)
        for attribution in said:
            if held := own.get(find_originator(attribution)):
                voices[attribution.id] = find_originator(attribution), _find_tag(index, attribution, held)
    forged = {(a.report, a.chain) for a in index.attributions.values() if voices[a.id][1] == DISOWNED}
    return {
        a.id: (find_originator(a), DISOWNED) if (a.report, a.chain) in forged else voices[a.id]
        for a in index.attributions.values()
    }


def find_originator(attribution: Attribution) -> SourceId:
    """Return who is said to have said it first."""
    return attribution.chain[-1] if attribution.chain else attribution.source


def is_disowned(index: Index, attribution: Attribution, own: Sequence[Attribution]) -> bool:
    """Tell whether a source's own words nearest to what is relayed deny it, and none of them says the same.

    A denial is not disowned by what the source says besides.
    """
    if not own or attribution in own or find_stance(attribution) < 0:
        return False
    details, stance = index.details[attribution.id], find_stance(attribution)
    if any(find_stance(a) == stance and details & index.details[a.id] for a in own):
        return False
    return find_stance(_find_nearest(index, attribution, own)) != stance


def _find_tag(index: Index, attribution: Attribution, own: Sequence[Attribution]) -> str:
    """Return the tag of one attribution of a source that speaks for itself on the claim."""
    if is_disowned(index, attribution, own):
        return DISOWNED
    nearest = attribution if attribution in own else _find_nearest(index, attribution, own)
    names = [index.publisher_words[a.report] for a in own]
    mine = index.publisher_words[nearest.report]
    return "" if mine == names[0] else "-".join(sorted(mine))


def _find_nearest(index: Index, attribution: Attribution, own: Sequence[Attribution]) -> Attribution:
    """Return the source's own words that share most details with what is relayed, those on its side first."""
    details = index.details[attribution.id]
    return max(
        own, key=lambda a: (len(details & index.details[a.id]), find_stance(a) == find_stance(attribution), a.id)
    )
