"""Which few words in quotation marks stand in another report?

Passages of eight words and more are found whether quoted or not; here the quotation marks say that even two or three
words were taken from somewhere, and the question is from which report of the pile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from firsthand.model import Derivation, DerivationKind, Report, ReportId
from firsthand.origins.evidence import End, Finding, join_ends
from firsthand.origins.index import Index, surely_after
from firsthand.origins.lexicon import read_lexicon
from firsthand.origins.passages import SHORTEST
from firsthand.origins.words import Word, split_words

QUOTED = 0.75
FEWEST_WORDS, FEWEST_RARE = 2, 2
MOST_PLACES = 20
_FRAGMENT = re.compile(r"[\"\u201c\u201e\u00ab]([^\"\u201c\u201d\u201e\u00ab\u00bb]{4,80})[\"\u201c\u201d\u00bb]")


def find_fragments(index: Index) -> Iterator[Derivation]:
    """Yield a derivation for each quoted fragment that stands in the reports of exactly one other publisher."""
    places = _index_pairs(index)
    for report in index.reports.values():
        joined: set[ReportId] = set()
        for start, end in report.body:
            for found in _FRAGMENT.finditer(report.text, start, end):
                words = split_words(report.text, [found.span(1)])
                other = _find_holder(index, report, words, places)
                if other and other[0] not in joined:
                    joined.add(other[0])
                    yield _join_fragment(index, report, words, other)


def _index_pairs(index: Index) -> Mapping[tuple[str, str], list[tuple[ReportId, int]]]:
    """Return where each pair of neighbouring words stands, a bounded number of times in each report."""
    places: dict[tuple[str, str], list[tuple[ReportId, int]]] = {}
    for report, words in index.words.items():
        seen: dict[tuple[str, str], int] = {}
        for at in range(len(words) - 1):
            pair = words[at].text, words[at + 1].text
            seen[pair] = seen.get(pair, 0) + 1
            if seen[pair] <= MOST_PLACES:
                places.setdefault(pair, []).append((report, at))
    return places


def _find_holder(
    index: Index, report: Report, words: tuple[Word, ...], places: Mapping[tuple[str, str], list[tuple[ReportId, int]]]
) -> tuple[ReportId, int] | None:
    """Return the first report of the one other publisher that holds a fragment; None where none or several do."""
    rare = sum(word.text not in read_lexicon().common for word in words)
    if not FEWEST_WORDS <= len(words) < SHORTEST or rare < FEWEST_RARE:
        return None
    wanted = [word.text for word in words]
    holders = [
        (other, at)
        for other, at in places.get((wanted[0], wanted[1]), [])
        if other != report.id
        and not index.same_publisher(other, report.id)
        and [w.text for w in index.words[other][at : at + len(wanted)]] == wanted
    ]
    if len({index.publisher_words[other] or other for other, _ in holders}) != 1:
        return None
    return holders[0]


def _join_fragment(index: Index, report: Report, words: tuple[Word, ...], other: tuple[ReportId, int]) -> Derivation:
    """Return the derivation that a fragment shows, the later of the two reports as its child."""
    held, at = other
    here = index.span_of(report.id, words)
    there = index.span_of(held, index.words[held][at : at + len(words)])
    child, parent = (here, there) if not surely_after(index.reports[held], report) else (there, here)
    finding = Finding(
        rule="quoted fragment",
        kind=DerivationKind.QUOTED,
        probability=QUOTED,
        directed=surely_after(index.reports[child.report], index.reports[parent.report]),
        sentence=f"{index.name_report(report.id)} quotes \u201c{index.quote(here).text}\u201d, "
        f"which stands in {index.name_report(held)}.",
    )
    return join_ends(index, End(span=child), End(span=parent), finding)
