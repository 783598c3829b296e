"""Who had it from whom, of two reports that share text, and how sure is that?

Only evidence orients: a credit beside what is shared, a link, dates that do not overlap; in this order.
Which of two texts is longer or better says nothing, and is not asked.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from firsthand.model import (
    DerivationKind,
    FamilyEdge,
    PartKind,
    Quote,
    Reason,
    Report,
    SharedRun,
    Span,
    record,
)
from firsthand.origins.alignment import Alignment

NEAR = 300
COPIED, REWRITTEN = 0.6, 0.3
EDITED = 0.95
SHORTEST_NAME = 3
_QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb'
_SAYS_SO = {PartKind.BYLINE, PartKind.CREDIT, PartKind.DATELINE}


@record
class Direction:
    """Which of two reports had it from the other: -1 the first from the second, 1 the other way, 0 nobody knows."""

    way: int
    sentence: str
    quotes: tuple[Quote, ...] = ()


def judge_edge(child: Report, parent: Report, alignment: Alignment, undatable: str = "") -> FamilyEdge:
    """Return what is known of two reports that share text, of which `child` comes later in the order of the archive.

    `undatable`: why their dates do not tell which had it from which, where they do not.
    """
    found = find_direction(child, parent, alignment.runs, undatable)
    runs = alignment.runs
    shares = (alignment.contained_first, alignment.contained_second)
    if found.way == 1:
        child, parent, shares = parent, child, (shares[1], shares[0])
        runs = tuple(sorted((_swap_sides(run) for run in runs), key=lambda run: run.first))
    longest = max(runs, key=lambda run: run.same, default=None)
    same = longest.same if longest else 0
    told = f"{_name(child)} and {_name(parent)} share {sum(run.same for run in runs)} words"
    quotes = (_quote(child, longest.first), _quote(parent, longest.second)) if longest else ()
    return FamilyEdge(
        child=child.id,
        parent=parent.id,
        kind=_find_kind(child, parent, runs, shares),
        directed=found.way != 0,
        probability=weigh_length(same),
        runs=runs,
        child_share=shares[0],
        parent_share=shares[1],
        reason=Reason(rule="shared text", sentence=f"{told}. {found.sentence}", quotes=(*quotes, *found.quotes)),
    )


def find_direction(first: Report, second: Report, runs: Sequence[SharedRun], undatable: str = "") -> Direction:
    """Return which of two reports had it from the other, by the strongest evidence there is."""
    sides = (
        find_credit(first, second.publisher, [run.first for run in runs]),
        find_credit(second, first.publisher, [run.second for run in runs]),
    )
    if first.publisher != second.publisher and any(sides):
        if all(sides):
            return Direction(way=0, sentence="Each names the other as its source.", quotes=tuple(filter(None, sides)))
        credit = sides[0] or sides[1]
        child, parent = (first, second) if sides[0] else (second, first)
        assert credit is not None
        return Direction(
            way=-1 if sides[0] else 1, sentence=f"{_name(child)} names {_name(parent)} beside it.", quotes=(credit,)
        )
    links = (links_to(first, second), links_to(second, first))
    if links[0] != links[1]:
        child, parent = (first, second) if links[0] else (second, first)
        return Direction(way=-1 if links[0] else 1, sentence=f"{_name(child)} links to {_name(parent)}.")
    found = _compare_dates(first, second)
    return Direction(way=0, sentence=undatable) if undatable and found.way else found


def find_credit(report: Report, publisher: str, stretches: Iterable[tuple[int, int]]) -> Quote | None:
    """Return where a report names a publisher: near one of the stretches, or in its byline, dateline or credit."""
    name = publisher.strip().removeprefix("The ")
    if len(name) < SHORTEST_NAME:
        return None
    pattern = _compile_name(name)
    stretches = [*stretches]
    around = [(max(0, start - NEAR), start) for start, _ in stretches]
    around += [(start, min(len(report.text), end + NEAR)) for start, end in stretches]
    for start, end in around:
        if found := pattern.search(report.text, start, end):
            return _quote(report, found.span())
    for part in report.parts:
        if part.kind in _SAYS_SO and part.span and (found := pattern.search(report.text, *part.span)):
            return _quote(report, found.span())
    return None


def count_credits(reports: Sequence[Report], names: Sequence[str], edges: Sequence[FamilyEdge]) -> Counter[str]:
    """Return for each of some publishers, how many reports of others credit it beside what is shared."""
    near: dict[str, list[tuple[int, int]]] = {}
    for edge in edges:
        near.setdefault(edge.child, []).extend(run.first for run in edge.runs)
        near.setdefault(edge.parent, []).extend(run.second for run in edge.runs)
    told = ((name, one) for name in names for one in reports if name in one.text and name != one.publisher)
    return Counter(name for name, one in told if find_credit(one, name, near.get(one.id, ())))


def weigh_length(words: int) -> float:
    """Return the chance that a run of so many shared words is no accident: .6 at eight, .85 at sixteen, at most .97."""
    return max(0.0, min(0.97, 1.0 - 0.4 * math.exp((8 - words) / 8.0)))


def links_to(report: Report, other: Report) -> bool:
    """Tell whether a report links to another; that the other's page shows a pingback is no link of its own."""
    address = _strip_address(other.url)
    return bool(address) and any(
        link.rel != "pingback" and _strip_address(link.url) == address for link in report.links
    )


def _compare_dates(first: Report, second: Report) -> Direction:
    if first.published is None or second.published is None:
        return Direction(way=0, sentence="Not both are dated, so which had it from which is not known.")
    for way, child, parent in ((-1, first, second), (1, second, first)):
        assert child.published and parent.published
        if child.published.start >= parent.published.end and child.published != parent.published:
            return Direction(way=way, sentence=f"{_name(parent)} came first.")
    return Direction(way=0, sentence="Their dates overlap, so which had it from which is not known.")


def _find_kind(child: Report, parent: Report, runs: Sequence[SharedRun], shares: tuple[float, float]) -> DerivationKind:
    """Return how the text was taken: by how much of either is shared, how faithfully, and by quotation marks."""
    share = max(shares)
    same, words = sum(run.same for run in runs), sum(run.words for run in runs)
    if child.publisher and child.publisher == parent.publisher:
        return DerivationKind.REVISED
    if share >= COPIED and same >= EDITED * words:
        return DerivationKind.COPIED
    if share >= REWRITTEN:
        return DerivationKind.REWRITTEN
    return DerivationKind.QUOTED if any(_is_quoted(child.text, run.first) for run in runs) else DerivationKind.COPIED


def _is_quoted(text: str, stretch: tuple[int, int]) -> bool:
    start, end = stretch
    return any(mark in text[max(0, start - 2) : start] + text[end : end + 3] for mark in _QUOTES)


def _swap_sides(run: SharedRun) -> SharedRun:
    pieces = tuple((second, first) for first, second in run.pieces)
    return SharedRun(first=run.second, second=run.first, words=run.words, same=run.same, pieces=pieces)


def _quote(report: Report, stretch: tuple[int, int]) -> Quote:
    start, end = stretch
    return Quote(span=Span(report=report.id, start=start, end=end), text=report.text[start:end])


def _name(report: Report) -> str:
    return report.publisher or report.title or report.path


def _strip_address(url: str) -> str:
    bare = re.sub(r"^https?://(www\.)?", "", url.strip(), flags=re.IGNORECASE)
    return re.split(r"[?#]", bare)[0].rstrip("/")


@lru_cache(maxsize=4096)
def _compile_name(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
