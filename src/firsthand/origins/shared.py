"""What do shared passages say about who took what from whom?"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from firsthand.model import Attribution, Derivation, DerivationKind, ReportId, Span, record
from firsthand.origins.credits import read_around
from firsthand.origins.evidence import End, Finding, end_at, join_ends
from firsthand.origins.faces import is_faceless
from firsthand.origins.index import Index, surely_after
from firsthand.origins.lexicon import read_lexicon
from firsthand.origins.matching import differ_in_figures
from firsthand.origins.passages import SHORTEST, Passage, find_passages
from firsthand.origins.signs import Signs, weigh_signs
from firsthand.origins.stance import find_stance

RULE = "shared passage"
LEAST = 0.6
MOSTLY, PARTLY = 0.6, 0.25
FEWEST_RARE = 3
_QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb'


@record
class Sharing:
    """A passage with its two ends, the later report's first; `total` words are shared by the two reports."""

    passage: Passage
    child: End
    parent: End
    total: int
    only: bool


def find_shared(
    index: Index, echoes: Collection[ReportId] = (), told: Sequence[Derivation] = ()
) -> Iterator[Derivation]:
    """Yield a derivation for each pair of reports of different publishers that share a run of words.

    The chance is that of its signs (`list_signs`). It went from the earlier to the later, where their dates do not
    overlap, if no third report holds the passage, or if the earlier heard it itself; otherwise, and where both are
    `told` to have taken from one other, both may have it from a third.
    Reports known to be `echoes` are compared last and are no third: no number of them comes between the others.
    """
    parents: dict[ReportId, set[str]] = {}
    for d in told:
        if d.directed:
            parents.setdefault(d.child.report, set()).add(str(d.parent.report if d.parent else d.latent))
    for sharing in list_shared(index, echoes):
        chance = weigh_signs(RULE, list_signs(index, sharing))
        ends = (sharing.child.span.report, sharing.parent.span.report)
        if chance >= LEAST:
            siblings = bool(parents.get(ends[0], set()) & parents.get(ends[1], set()))
            yield _join_passage(index, sharing, chance, siblings)


def weigh_length(words: int) -> float:
    """Return the chance that a shared run of so many words is no accident: .6 at eight, .85 at sixteen, at most .97."""
    return min(0.97, 1.0 - 0.4 * math.exp((SHORTEST - words) / 8.0))


def list_shared(index: Index, echoes: Collection[ReportId] = ()) -> Iterator[Sharing]:
    """Yield what each pair of reports shares: between the attributions that hold it, or between the reports."""
    pairs: dict[tuple[ReportId, ReportId], list[Passage]] = {}
    texts = {report: index.words[report] for report in sorted(index.words, key=lambda r: r in echoes)}
    for found in find_passages(texts, read_lexicon().common):
        swapped = index.place[found.first.report] > index.place[found.second.report]
        passage = replace(found, first=found.second, second=found.first) if swapped else found
        first, second = passage.first.report, passage.second.report
        if passage.rare >= FEWEST_RARE and not index.same_publisher(first, second):
            pairs.setdefault((first, second), []).append(passage)
    partners: dict[ReportId, set[ReportId]] = {}
    for first, second in pairs:
        partners.setdefault(first, set()).add(second)
        partners.setdefault(second, set()).add(first)
    for (first, second), passages in sorted(pairs.items()):
        third = (partners[first] & partners[second]).difference(echoes)
        yield from _join_pair(index, passages, only=not third)


def list_signs(index: Index, sharing: Sharing) -> Signs:
    """Return the signs that a passage was taken and is no accident: its length, its words, whose words they are."""
    passage, common = sharing.passage, read_lexicon().common
    inside = [index.words[passage.first.report][n] for n in index.find_words(passage.first)]
    plain = sum(not word.capital and word.text not in common and not word.text.isdecimal() for word in inside)
    text = index.reports[passage.first.report].text[passage.first.start : passage.first.end]
    described = sum(_describes_source(index, passage.first.report, word.start) for word in inside)
    ends = [index.attributions[e.attribution] for e in (sharing.child, sharing.parent) if e.attribution]
    same = len(ends) == 2 and ends[0].chain[-1:] == ends[1].chain[-1:]
    named = len(ends) == 2 and not any(is_faceless(index, end) for end in ends)
    return {
        "words": math.log2(passage.words / SHORTEST),
        "plain words": math.log2(1 + plain),
        "names": sum(word.capital for word in inside) / max(1, len(inside)),
        "describes a source": described / max(1, len(inside)),
        "more is shared": math.log2(sharing.total / passage.words),
        "crosses a sentence": float(any(f"{mark} " in text or f"{mark}\n" in text for mark in ".!?\u201d")),
        "between attributions": float(len(ends) == 2),
        "one originator": float(same),
        "two named originators": float(named and not same),
        "other figures": float(len(ends) == 2 and differ_in_figures(index, ends[0], ends[1])),
    }


def _describes_source(index: Index, report: ReportId, at: int) -> bool:
    """Tell whether a character lies in the words by which a report describes a source."""
    return any(start <= at < end for a in index.said_in[report] for start, end in a.source_mention.spans)


def _join_pair(index: Index, passages: Sequence[Passage], only: bool) -> Iterator[Sharing]:
    """Yield what one pair shares; `only`: they share it with nobody else."""
    total = sum(passage.words for passage in passages)
    longest = max(passages, key=lambda p: (p.words, -p.second.start))
    joined: dict[tuple[str, str], Sharing] = {}
    for passage in passages:
        for parent in _find_overlapping(index, passage.first):
            for child in _find_overlapping(index, passage.second):
                ends = end_at(child), end_at(parent)
                sharing = Sharing(passage=passage, child=ends[0], parent=ends[1], total=total, only=only)
                if _say_the_same(index, parent, child):
                    joined.setdefault((parent.id, child.id), sharing)
    yield from joined.values()
    if not joined:
        ends = End(span=longest.second), End(span=longest.first)
        yield Sharing(passage=longest, child=ends[0], parent=ends[1], total=total, only=only)


def _say_the_same(index: Index, first: Attribution, second: Attribution) -> bool:
    """Tell whether two attributions of one claim take the same side in mostly the same words."""
    mine, theirs = index.details[first.id], index.details[second.id]
    alike = 2 * len(mine & theirs) >= min(len(mine), len(theirs))
    same_claim = index.claim_of.get(first.id) == index.claim_of.get(second.id)
    return same_claim and alike and find_stance(first) == find_stance(second)


def _join_passage(index: Index, sharing: Sharing, chance: float, siblings: bool) -> Derivation:
    """Return the derivation that a passage shows between a later and an earlier end."""
    passage, child, parent = sharing.passage, sharing.child, sharing.parent
    later, earlier = index.reports[passage.second.report], index.reports[passage.first.report]
    third = not sharing.only and not _heard_itself(index, passage.first, parent)
    common = siblings or third or _same_speaker(index, child, parent)
    finding = Finding(
        rule=RULE,
        kind=DerivationKind.COMMON if common else _find_kind(index, passage, sharing.total),
        probability=chance,
        directed=not common and surely_after(later, earlier),
        sentence=f"{index.name_report(later.id)} and {index.name_report(earlier.id)} "
        f"share {passage.words} words in a row.",
    )
    return join_ends(index, child, parent, finding, [passage.second, passage.first])


def _heard_itself(index: Index, span: Span, end: End) -> bool:
    """Tell whether a report says near a passage that it was told so itself."""
    said = [index.attributions[end.attribution]] if end.attribution else _find_overlapping(index, span)
    hearing = read_lexicon().hearing | index.publisher_words[span.report]
    return any(len(a.chain) == 2 and read_around(index, a) & hearing for a in said)


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
