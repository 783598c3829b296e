"""Which attribution in the credited report is the one that was taken?"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.model import Attribution, DerivationKind, ReportId, SourceKind
from firsthand.origins.evidence import End, end_at
from firsthand.origins.faces import is_faceless
from firsthand.origins.index import Index, surely_after
from firsthand.origins.parties import is_disowned
from firsthand.origins.stance import find_stance

SAME_CLAIM = 2.0
SAME_ORIGINATOR = 1.5
SAME_RELAY = 1.0
BOTH_FACELESS, ONE_FACELESS = 1.0, -1.0
ENOUGH = 1.5


def find_parent(index: Index, child: Attribution, held: Sequence[ReportId]) -> End | None:
    """Return what a child took from the reports of a credited publisher; None where all came out after it.

    An attribution of the same claim, the same originator and the same details is looked for, in the latest report
    that can have come before; the whole report is the parent where none fits.
    """
    before = [report for report in held if can_precede(index, report, child.report)]
    if not before:
        return None
    ranked = [
        (score_match(index, child, parent), index.place[r], parent)
        for r in before
        for parent in _list_voices(index, child, before)
        if parent.report == r
    ]
    fitting = [row for row in ranked if row[0] >= ENOUGH]
    if fitting and not _is_guessed(index, child, [row[2] for row in fitting]):
        return end_at(max(fitting, key=lambda row: (not _credits(row[2], child), *row[:2], row[2].id))[2])
    report = max(before, key=lambda r: (count_shared(index, child, r), prefer_report(index, child.report, r)))
    return end_of_report(index, report)


def _list_voices(index: Index, child: Attribution, reports: Sequence[ReportId]) -> Sequence[Attribution]:
    """Return what is said in some reports; by a child's originator alone, where he has a name and speaks there."""
    said = [a for report in reports for a in index.said_in[report]]
    source = index.sources.get(child.chain[-1]) if len(child.chain) > 1 else None
    own = [a for a in said if source and source.kind is SourceKind.NAMED and a.chain[-1:] == (source.id,)]
    return own or said


def _is_guessed(index: Index, child: Attribution, fitting: Sequence[Attribution]) -> bool:
    """Tell whether several people may have said it, and neither a word nor a name in common says which."""
    details = [index.details[a.id] & index.details[child.id] for a in fitting]
    voices = {a.chain[-1:] for a in fitting}
    return len(voices) > 1 and not any(details) and not voices & {(link,) for link in child.chain[1:]}


def _credits(parent: Attribution, child: Attribution) -> bool:
    """Tell whether a would-be parent itself credits the child's outlet, and so is the later of the two."""
    return bool(child.chain) and child.chain[0] in parent.chain[1:]


def can_precede(index: Index, parent: ReportId, child: ReportId) -> bool:
    """Tell whether one report can have come before another."""
    return parent != child and not surely_after(index.reports[parent], index.reports[child])


def prefer_report(index: Index, child: ReportId, parent: ReportId) -> int:
    """Return a number that is highest for the latest report before a dated child, for the first before an undated."""
    place = index.place[parent]
    return place if index.reports[child].published else -place


def is_contradicted(index: Index, child: Attribution, held: Sequence[ReportId]) -> bool:
    """Tell whether what a source's own reports say nearest to a child is the opposite of what it relays."""
    claim = index.claim_of.get(child.id)
    own = [a for report in held for a in index.said_in[report] if index.claim_of.get(a.id) == claim]
    return claim is not None and is_disowned(index, child, [a for a in own if len(a.chain) == 1])


def score_match(index: Index, child: Attribution, parent: Attribution) -> float:
    """Return how well a parent's words fit a child's: same claim, same originator, shared details.

    Where each names another person, they do not fit.
    """
    mine, theirs = index.details[child.id], index.details[parent.id]
    shared = len(mine & theirs) / min(len(mine), len(theirs)) if mine and theirs else 0.0
    claims = index.claim_of.get(child.id), index.claim_of.get(parent.id)
    same_claim = claims[0] is not None and claims[0] == claims[1]
    if (claims[0] != claims[1] and shared < 0.25) or _names_another(index, child, parent):
        return 0.0
    same_originator = bool(child.chain and parent.chain) and child.chain[-1] == parent.chain[-1] != parent.chain[0]
    opposed = same_claim and find_stance(child) != find_stance(parent)
    same_relay = bool(set(child.chain[2:]) & set(parent.chain[1:])) and not same_originator
    same_way = SAME_ORIGINATOR * same_originator + SAME_RELAY * same_relay or _compare_faces(index, child, parent)
    return SAME_CLAIM * same_claim + same_way + 2 * shared - 1.0 * opposed


def _names_another(index: Index, child: Attribution, parent: Attribution) -> bool:
    """Tell whether both have it from a person with a name, and not from one."""
    ends = [index.sources.get(a.chain[-1]) for a in (child, parent) if len(a.chain) > 1]
    persons = {source.id for source in ends if source and source.kind is SourceKind.NAMED}
    return len(persons) == 2 and not persons & index.reports_by.keys()


def _compare_faces(index: Index, child: Attribution, parent: Attribution) -> float:
    """Return what it says for or against a pair that a source has no name: whom one hides, the other may hide too."""
    if len(parent.chain) < 2 or not is_faceless(index, child):
        return 0.0
    return BOTH_FACELESS if is_faceless(index, parent) else ONE_FACELESS


def count_shared(index: Index, child: Attribution, report: ReportId) -> int:
    """Return how many of a child's details stand anywhere in a report."""
    return len(index.details[child.id] & index.vocabulary[report])


def end_of_report(index: Index, report: ReportId) -> End:
    """Return the end that is a whole report, shown by its first sentence."""
    body = index.reports[report].body
    start, end = body[0] if body else (0, 0)
    words = index.words[report]
    if not words:
        return End(span=index.sentence_around(report, start, start))
    return End(span=index.sentence_around(report, words[0].start, min(words[0].end, end)))


def kind_of_taking(index: Index, child: ReportId, parent: ReportId) -> DerivationKind:
    """Return "translated" across languages and "cited" within one."""
    languages = {index.reports[report].language for report in (child, parent)} - {""}
    return DerivationKind.TRANSLATED if len(languages) == 2 else DerivationKind.CITED


def count_common(index: Index, first: ReportId, second: ReportId) -> int:
    """Return how many words that are no common words stand in both reports."""
    return len(index.vocabulary[first] & index.vocabulary[second])


def differ_in_figures(index: Index, first: Attribution, second: Attribution) -> bool:
    """Tell whether two attributions both give figures, and none in common."""
    mine, theirs = (frozenset(w for w in index.details[a.id] if w.isdecimal()) for a in (first, second))
    return bool(mine and theirs) and not mine & theirs


def share_details(index: Index, first: Attribution, second: Attribution) -> float:
    """Return the share of the shorter content's details that stand in the other."""
    mine, theirs = index.details[first.id], index.details[second.id]
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))
