"""Which report mends, follows up or cites by its number which other?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from firsthand.model import Derivation, DerivationKind, Report, ReportId, Span
from firsthand.origins.evidence import End, Finding, join_ends
from firsthand.origins.index import Index, surely_after
from firsthand.origins.lexicon import read_lexicon
from firsthand.origins.matching import can_precede, count_common, end_of_report, kind_of_taking, prefer_report

REVISED = 0.9
FOLLOWED = 0.6
NUMBERED = 0.8
OPENING = 60
# TNA0071, 44/B, 117/2023: a mark with a figure in it, and a capital or a stroke.
_MARK = re.compile(r"\b(?:[A-Z]{2,8}-?\d{2,12}|\d{1,8}/[A-Z]{1,8}|\d{2,8}/\d{2,4})\b")


def find_revisions(index: Index) -> Iterator[Derivation]:
    """Yield a derivation of a report from an earlier one of its publisher that it says it mends, or follows up."""
    for report in index.reports:
        earlier = [r for r in index.reports if index.same_publisher(r, report) and can_precede(index, r, report)]
        if not earlier:
            continue
        parent = max(earlier, key=lambda r: (count_common(index, report, r), prefer_report(index, report, r)))
        if sentence := _find_revising(index, report):
            yield _join_revision(index, report, parent, sentence, stated=True)
        elif _share_claim(index, report, parent) and index.place[report] > index.place[parent]:
            yield _join_revision(index, report, parent, end_of_report(index, report).span, stated=False)


def _join_revision(index: Index, report: ReportId, parent: ReportId, shown: Span, stated: bool) -> Derivation:
    """Return the derivation of a report from its publisher's earlier one, stated or only likely."""
    told = "refers to its own earlier report" if stated else "comes back to a matter it reported before"
    finding = Finding(
        rule="corrects or follows up" if stated else "same publisher, same claim",
        kind=DerivationKind.REVISED,
        probability=REVISED if stated else FOLLOWED,
        directed=stated or surely_after(index.reports[report], index.reports[parent]),
        sentence=f"{index.name_report(report)} {told}.",
    )
    return join_ends(index, End(span=shown), end_of_report(index, parent), finding)


def _find_revising(index: Index, report: ReportId) -> Span | None:
    """Return the sentence in which a report speaks of its own earlier one."""
    lexicon, words = read_lexicon(), index.words[report]
    for at, word in enumerate(words):
        near = {w.text for w in words[at + 1 : at + 4]}
        own = word.text in lexicon.revising_before and near & lexicon.revising_after
        if own or (word.text in lexicon.revising and word.capital and at < OPENING):
            return index.sentence_around(report, word.start, word.end)
    return None


def _share_claim(index: Index, first: ReportId, second: ReportId) -> bool:
    """Tell whether two reports speak to one claim."""
    mine, theirs = ({index.claim_of.get(a.id) for a in index.said_in[r]} - {None} for r in (first, second))
    return bool(mine & theirs)


def find_numbered(index: Index) -> Iterator[Derivation]:
    """Yield a derivation of a report that names another by the mark it bears: "Corrects TNA0071", "Notice 44/B"."""
    bearers: dict[str, list[ReportId]] = {}
    titles = [(report.id, report.title) for report in index.reports.values()]
    for report, opening in [*titles, *((r.id, _read_opening(r)) for r in index.reports.values())]:
        for mark in dict.fromkeys(_MARK.findall(opening)):
            bearers.setdefault(mark, []).append(report)
    for citing in index.reports.values():
        joined: set[ReportId] = set()
        for start, end in citing.body:
            for found in _MARK.finditer(citing.text, start, end):
                parent = _find_bearer(index, citing.id, bearers.get(found.group(), []))
                if parent and parent not in joined:
                    joined.add(parent)
                    yield _join_numbered(index, citing.id, parent, found)


def _read_opening(report: Report) -> str:
    """Return the first lines of a report's body."""
    start, end = report.body[0] if report.body else (0, 0)
    return report.text[start : min(end, start + 6 * OPENING)]


def _find_bearer(index: Index, report: ReportId, bearers: list[ReportId]) -> ReportId | None:
    """Return the report whose mark it is: the first with it in its title, or else in its opening."""
    if not bearers or bearers[0] == report or not can_precede(index, bearers[0], report):
        return None
    return bearers[0]


def _join_numbered(index: Index, report: ReportId, parent: ReportId, found: re.Match[str]) -> Derivation:
    """Return the derivation that a mark shows."""
    finding = Finding(
        rule="cites by number",
        kind=kind_of_taking(index, report, parent),
        probability=NUMBERED,
        directed=True,
        sentence=f"{index.name_report(report)} names {found.group()}, which {index.name_report(parent)} bears.",
    )
    shown = index.sentence_around(report, *found.span())
    return join_ends(index, End(span=shown), end_of_report(index, parent), finding)
