"""Which runs of words do two reports share?

Winnowing (Schleimer, Wilkerson and Aiken 2003): of every four neighbouring five-word shingles the one with the
smallest hash is kept, so every shared run of eight words or more holds a kept shingle.
A kept shingle found in two reports is extended both ways to the whole run; nothing rests on the hash alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from zlib import crc32

from firsthand.model import ReportId, Span, record
from firsthand.origins.words import Word

SHINGLE = 5
WINDOW = 4
SHORTEST = SHINGLE + WINDOW - 1
FIRST_HOLDERS = 4


@record
class Passage:
    """A run of words that stands in two reports; `words` is its length, `rare` how many of them are no common words."""

    first: Span
    second: Span
    words: int
    rare: int


def find_passages(
    texts: Mapping[ReportId, Sequence[Word]], common: frozenset[str], shortest: int = SHORTEST
) -> tuple[Passage, ...]:
    """Return the shared runs of at least `shortest` words, each later report beside the first few that hold it.

    `texts` is in order of publication, so that a hundred copies are compared with the first holders of a passage
    and not each with each: the work grows with the text.
    """
    holders: dict[int, dict[ReportId, int]] = {}
    passages: dict[tuple[ReportId, ReportId, int, int], Passage] = {}
    for report, words in texts.items():
        covered: dict[ReportId, int] = {}
        for mark, at in _keep_shingles(words):
            known = holders.setdefault(mark, {})
            for other, there in known.items():
                if other == report or at < covered.get(other, 0):
                    continue
                run = _extend_run(words, at, texts[other], there)
                if run[2] >= shortest:
                    covered[other] = run[0] + run[2]
                    passage = _make_passage((other, texts[other], run[1]), (report, words, run[0]), run[2], common)
                    passages[other, report, run[1], run[0]] = passage
            if len(known) < FIRST_HOLDERS:
                known.setdefault(report, at)
    return tuple(passages.values())


def _keep_shingles(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield (hash, place) of the kept shingles, by the right-most minimum of each window."""
    marks = [crc32(" ".join(w.text for w in words[i : i + SHINGLE]).encode()) for i in range(len(words) - SHINGLE + 1)]
    last = -1
    for start in range(max(1, len(marks) - WINDOW + 1) if marks else 0):
        window = range(start, min(start + WINDOW, len(marks)))
        best = min(window, key=lambda i: (marks[i], -i))
        if best != last:
            last = best
            yield marks[best], best


def _extend_run(mine: Sequence[Word], at: int, theirs: Sequence[Word], there: int) -> tuple[int, int, int]:
    """Return (place in mine, place in theirs, words) of the longest run around two places."""
    back = 0
    while back < min(at, there) and mine[at - back - 1].text == theirs[there - back - 1].text:
        back += 1
    ahead = 0
    while ahead < min(len(mine) - at, len(theirs) - there) and mine[at + ahead].text == theirs[there + ahead].text:
        ahead += 1
    return at - back, there - back, back + ahead


def _make_passage(
    first: tuple[ReportId, Sequence[Word], int],
    second: tuple[ReportId, Sequence[Word], int],
    length: int,
    common: frozenset[str],
) -> Passage:
    """Return the passage of `length` words that starts at the two places."""
    spans = [
        Span(report=report, start=words[at].start, end=words[at + length - 1].end)
        for report, words, at in (first, second)
    ]
    rare = sum(word.text not in common for word in first[1][first[2] : first[2] + length])
    return Passage(first=spans[0], second=spans[1], words=length, rare=rare)
