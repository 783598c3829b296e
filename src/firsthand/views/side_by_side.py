"""What do two reports share, laid side by side?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from firsthand.model import FamilyEdge, Report, Stretch

AROUND = 140


class Piece(NamedTuple):
    """A stretch of text. `look`: "same" where it stands in both, "own" where only here, "around" outside of the run."""

    text: str
    look: str


class Pair(NamedTuple):
    """One run of shared text as it stands in either report."""

    child: tuple[Piece, ...]
    parent: tuple[Piece, ...]
    words: int
    same: int


def lay_side_by_side(edge: FamilyEdge, child: Report, parent: Report) -> tuple[Pair, ...]:
    """Return the runs that two reports share, cut into what is the same and what is not, no character of them lost."""
    return tuple(
        Pair(
            cut_run(child, run.first, [piece[0] for piece in run.pieces]),
            cut_run(parent, run.second, sorted(piece[1] for piece in run.pieces)),
            run.words,
            run.same,
        )
        for run in edge.runs
    )


def cut_run(report: Report, run: Stretch, pieces: Sequence[Stretch]) -> tuple[Piece, ...]:
    """Return a run in pieces, with some words of the same paragraph around it.

    `pieces`: what is the same in the other text, in order; between neighbours with no word between them, all is.
    """
    text = report.text
    before, after = _find_around(report, run)
    cut = [Piece(before, "around")]
    last = run[0]
    for start, end in pieces:
        between = text[last:start]
        cut.append(Piece(between, "own" if any(letter.isalnum() for letter in between) else "same"))
        cut.append(Piece(text[start:end], "same"))
        last = end
    cut += [Piece(text[last : run[1]], "own"), Piece(after, "around")]
    return _join_alike(cut)


def _find_around(report: Report, run: Stretch) -> tuple[str, str]:
    """Return some words of the report before and after a run, of its body and of the same paragraph."""
    text = report.text
    floor = max((start for start, _ in report.body if start <= run[0]), default=0)
    ceiling = min((end for _, end in report.body if end >= run[1]), default=len(text))
    before = text[max(floor, run[0] - AROUND) : run[0]].rsplit("\n\n", 1)[-1]
    after = text[run[1] : min(ceiling, run[1] + AROUND)].split("\n\n", 1)[0]
    if len(before) == AROUND:
        before = "… " + before.split(" ", 1)[-1]
    if len(after) == AROUND:
        after = after.rsplit(" ", 1)[0] + " …"
    return before, after


def _join_alike(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].look == piece.look:
            joined[-1] = Piece(joined[-1].text + piece.text, piece.look)
        elif piece.text:
            joined.append(piece)
    return tuple(joined)
