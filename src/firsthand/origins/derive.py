"""Who took what from whom?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import prod

from firsthand.model import Attribution, Claim, Derivation, DerivationKind, Reason, Report, ReportId, Source
from firsthand.origins.common import find_common
from firsthand.origins.credits import find_credits
from firsthand.origins.echoes import find_echoes
from firsthand.origins.fragments import find_fragments
from firsthand.origins.index import Index
from firsthand.origins.institutions import find_institutions
from firsthand.origins.links import find_links
from firsthand.origins.mentions import find_mentions
from firsthand.origins.relayed import find_relayed
from firsthand.origins.revisions import find_numbered, find_revisions
from firsthand.origins.shared import find_shared

MOST_QUOTES = 6
HIGHEST = 0.99
# Direction is taken from the first of these that has one.
ORDER = (
    "explicit credit",
    "corrects or follows up",
    "based-on",
    "canonical",
    "link",
    "cites by number",
    "named as saying it",
    "pingback",
)
_TAKING = (DerivationKind.COPIED, DerivationKind.REWRITTEN, DerivationKind.QUOTED)

End = tuple[ReportId, str]
Pair = tuple[End, End]


def find_derivations(
    reports: Sequence[Report],
    attributions: Sequence[Attribution],
    sources: Sequence[Source],
    claims: Sequence[Claim],
    judged: Sequence[Derivation] = (),
) -> tuple[Derivation, ...]:
    """Return who took what from whom, each with its chance, its kind, its direction where known, and what shows it.

    Credits, corrections, links, names, shared passages and retold details are evidence together: one derivation per
    pair of attributions (or of reports, where no attribution is known to have been taken).
    A judged derivation replaces what the machine says of the same pair.
    """
    index = Index(reports, attributions, sources, claims)
    told = list_stated(index)
    told += find_echoes(index, told)
    told += find_common(index, told)
    merged = _drop_covered(_merge_pairs(told))
    ruled = {pair_of(d) for d in judged} | {_report_pair(d) for d in judged if not d.child_attribution}
    kept = [d for d in merged if pair_of(d) not in ruled and _report_pair(d) not in ruled]
    return tuple(sorted([*kept, *judged], key=_sort_key))


def list_stated(index: Index) -> list[Derivation]:
    """Return what the texts state or show: credits, corrections, links, names, shared words, who speaks for whom."""
    told = [*find_credits(index), *find_revisions(index), *find_numbered(index), *find_links(index)]
    told += find_mentions(index, told)
    told += [*find_shared(index, _list_echoes(index, told), told), *find_fragments(index)]
    return [*told, *find_institutions(index), *find_relayed(index)]


def _list_echoes(index: Index, told: Sequence[Derivation]) -> frozenset[ReportId]:
    """Return the reports all of whose attributions are credited to another report of the pile."""
    credited = {d.child_attribution for d in told if d.child_attribution and d.parent_attribution}
    return frozenset(r for r, said in index.said_in.items() if said and all(a.id in credited for a in said))


def pair_of(derivation: Derivation) -> Pair:
    """Return the two ends of a derivation in a fixed order, whichever way it points."""
    child = _child_end(derivation)
    if derivation.parent is None:
        return child, (ReportId(""), f"latent {derivation.latent}")
    ends = sorted([child, (derivation.parent.report, str(derivation.parent_attribution or ""))])
    return ends[0], ends[1]


def _child_end(derivation: Derivation) -> End:
    """Return the end of a derivation that took something."""
    return derivation.child.report, str(derivation.child_attribution or "")


def _report_pair(derivation: Derivation) -> Pair:
    """Return the two reports of a derivation in a fixed order."""
    (first, _), (second, latent) = pair_of(derivation)
    return (first, ""), (second, latent if not second else "")


def _merge_pairs(told: Iterable[Derivation]) -> list[Derivation]:
    """Return one derivation per pair of ends; two where each end is said in so many words to have it from the other."""
    pairs: dict[Pair, list[Derivation]] = {}
    for derivation in told:
        pairs.setdefault(pair_of(derivation), []).append(derivation)
    merged = []
    for pair, same in pairs.items():
        back = [d for d in same if _is_stated(d) and _child_end(d) != pair[0]]
        there = [d for d in same if d not in back]
        both = bool(back) and any(_is_stated(d) for d in there)
        merged += [_merge(there), _merge(back)] if both else [_merge(same)]
    return merged


def _is_stated(derivation: Derivation) -> bool:
    """Tell whether the text itself says which way a derivation goes."""
    return derivation.directed and derivation.reason.rule in ORDER


def _merge(same: Sequence[Derivation]) -> Derivation:
    """Return what several rules say of one pair: chances combined as independent, direction from the best rule."""
    ranked = sorted(same, key=lambda d: (not d.directed, _rank(d), -d.probability, d.reason.sentence))
    best = ranked[0]
    if len(ranked) == 1:
        return best
    by_rule = {d.reason.rule: d for d in reversed(ranked)}
    chance = 1.0 - prod(1.0 - d.probability for d in by_rule.values())
    kinds = [d.kind for d in ranked if d.kind in _TAKING]
    kind = kinds[0] if kinds and best.kind in (DerivationKind.CITED, DerivationKind.DERIVED) else best.kind
    quotes = tuple(dict.fromkeys(quote for d in ranked for quote in d.reason.quotes))[:MOST_QUOTES]
    sentence = " ".join(dict.fromkeys(d.reason.sentence for d in ranked))
    reason = Reason(rule=best.reason.rule, sentence=sentence, quotes=quotes)
    return replace(best, probability=round(min(HIGHEST, chance), 4), kind=kind, reason=reason)


def _rank(derivation: Derivation) -> int:
    """Return the place of a derivation's rule among those that tell direction."""
    rule = derivation.reason.rule
    return ORDER.index(rule) if rule in ORDER else len(ORDER)


def _drop_covered(merged: Sequence[Derivation]) -> list[Derivation]:
    """Return the derivations without those of whole reports that attributions of the two already show that way."""
    shown: set[tuple[ReportId, ReportId]] = set()
    for derivation in merged:
        if derivation.parent and derivation.child_attribution and derivation.parent_attribution:
            ends = derivation.child.report, derivation.parent.report
            shown.add(ends)
            if not derivation.directed:
                shown.add((ends[1], ends[0]))
    return [d for d in merged if not (_is_whole(d) and d.parent and (d.child.report, d.parent.report) in shown)]


def _is_whole(derivation: Derivation) -> bool:
    """Tell whether a derivation joins reports and no attributions."""
    return derivation.child_attribution is None and derivation.parent_attribution is None


def _sort_key(derivation: Derivation) -> tuple[str, int, str, int, str, str]:
    """Return the key that puts derivations in a fixed order."""
    parent = derivation.parent
    return (
        derivation.child.report,
        derivation.child.start,
        parent.report if parent else "",
        parent.start if parent else -1,
        str(derivation.latent or ""),
        f"{derivation.child_attribution} {derivation.parent_attribution}",
    )
