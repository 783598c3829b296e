"""What do shared passages say about who took what from whom?"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from firsthand.model import Attribution, Derivation, DerivationKind, ReportId, Span
from firsthand.origins.evidence import End, Finding, end_at, join_ends
from firsthand.origins.index import Index, surely_after
from firsthand.origins.lexicon import read_lexicon
from firsthand.origins.passages import SHORTEST, Passage, find_passages
from firsthand.origins.stance import find_stance

MOSTLY, PARTLY = 0.6, 0.25
FEWEST_RARE = 3
_QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb'


def find_shared(index: Index, echoes: Collection[ReportId] = ()) -> Iterator[Derivation]:
    """Yield a derivation for each pair of reports of different publishers that share a run of words.

    The chance grows with the length of the run. Which way it went is told by dates that do not overlap, or not at all.
    Reports known to be `echoes` are compared last, so that no number of them comes between the others.
    """
    pairs: dict[tuple[ReportId, ReportId], list[Passage]] = {}
    texts = {report: index.words[report] for report in sorted(index.words, key=lambda r: r in echoes)}
    for found in find_passages(texts, read_lexicon().common):
        swapped = index.place[found.first.report] > index.place[found.second.report]
        passage = replace(found, first=found.second, second=found.first) if swapped else found
        first, second = passage.first.report, passage.second.report
        if passage.rare >= FEWEST_RARE and not index.same_publisher(first, second):
            pairs.setdefault((first, second), []).append(passage)
    for _, passages in sorted(pairs.items()):
        yield from _join_pair(index, passages)


def weigh_length(words: int) -> float:
    """Return the chance that a shared run of so many words is no accident: .6 at eight, .85 at sixteen, at most .97."""
    return min(0.97, 1.0 - 0.4 * math.exp((SHORTEST - words) / 8.0))


def _join_pair(index: Index, passages: Sequence[Passage]) -> Iterator[Derivation]:
    """Yield the derivations of one pair: between the attributions that hold the passages, or between the reports."""
    total = sum(passage.words for passage in passages)
    longest = max(passages, key=lambda p: (p.words, -p.second.start))
    joined: dict[tuple[str, str], tuple[Attribution, Attribution, Passage]] = {}
    for passage in passages:
        for parent in _find_overlapping(index, passage.first):
            for child in _find_overlapping(index, passage.second):
                if _say_the_same(index, parent, child):
                    joined.setdefault((parent.id, child.id), (parent, child, passage))
    for parent, child, passage in joined.values():
        yield _join_passage(index, passage, total, (end_at(child), end_at(parent)))
    if not joined:
        yield _join_passage(index, longest, total, (End(span=longest.second), End(span=longest.first)))


def _say_the_same(index: Index, first: Attribution, second: Attribution) -> bool:
    """Tell whether two attributions of one claim take the same side in mostly the same words."""
    mine, theirs = index.details[first.id], index.details[second.id]
    alike = 2 * len(mine & theirs) >= min(len(mine), len(theirs))
    same_claim = index.claim_of.get(first.id) == index.claim_of.get(second.id)
    return same_claim and alike and find_stance(first) == find_stance(second)


def _join_passage(index: Index, passage: Passage, total: int, ends: tuple[End, End]) -> Derivation:
    """Return the derivation that a passage shows between a later and an earlier end."""
    child, parent = ends
    later, earlier = index.reports[passage.second.report], index.reports[passage.first.report]
    common = _same_speaker(index, child, parent)
    kind = DerivationKind.COMMON if common else _find_kind(index, passage, total)
    finding = Finding(
        rule="shared passage",
        kind=kind,
        probability=weigh_length(passage.words),
        directed=not common and surely_after(later, earlier),
        sentence=f"{index.name_report(later.id)} and {index.name_report(earlier.id)} "
        f"share {passage.words} words in a row.",
    )
    return join_ends(index, child, parent, finding, [passage.second, passage.first])


def _same_speaker(index: Index, child: End, parent: End) -> bool:
    """Tell whether both ends give the same originator's words: each may have heard them."""
    if child.attribution is None or parent.attribution is None:
        return False
    chains = [index.attributions[end.attribution].chain for end in (child, parent) if end.attribution]
    return all(chains) and chains[0][-1] == chains[1][-1]


def _find_kind(index: Index, passage: Passage, total: int) -> DerivationKind:
    """Return how a passage was taken, by how much of the later report is shared and by its quotation marks."""
    share = total / max(1, len(index.words[passage.second.report]))
    if share >= MOSTLY:
        return DerivationKind.COPIED
    if share >= PARTLY:
        return DerivationKind.REWRITTEN
    text = index.reports[passage.second.report].text
    before = text[max(0, passage.second.start - 2) : passage.second.start]
    after = text[passage.second.end : passage.second.end + 3]
    quoted = any(mark in before + after for mark in _QUOTES)
    return DerivationKind.QUOTED if quoted else DerivationKind.COPIED


def _find_overlapping(index: Index, span: Span) -> list[Attribution]:
    """Return the attributions whose content overlaps a span."""
    return [
        a
        for a in index.said_in[span.report]
        if any(start < span.end and span.start < end for start, end in a.content.spans)
    ]
