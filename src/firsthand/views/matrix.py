"""How does every explanation fare against every piece of evidence?"""

from __future__ import annotations

from typing import NamedTuple

from firsthand.model import Assessment, EvidenceKind, HypothesisId
from firsthand.views.svg import Svg, draw, line, rect
from firsthand.views.wording import name_evidence, show_plain_decibans

CELL = (76.0, 16.0)


class Cell(NamedTuple):
    """One weight as text, the class name of its colour, and its bar from a centre line."""

    text: str
    look: str
    bar: Svg


class Matrix(NamedTuple):
    """The columns' titles and evidence ids, and for every hypothesis its cells; echoes share one column."""

    titles: tuple[str, ...]
    evidence: tuple[str, ...]
    rows: tuple[tuple[HypothesisId, tuple[Cell, ...]], ...]


def draw_matrix(assessment: Assessment) -> Matrix:
    """Return the table of decibans each explanation would lose without each piece of evidence, with its bars."""
    matrix = assessment.matrix
    found = {item.evidence: item for item in assessment.contributions}
    names = name_evidence(assessment)
    columns: list[tuple[str, str, int]] = []
    echoes = [place for place, item in enumerate(matrix.evidence) if _is_echo(assessment, item)]
    for place, item in enumerate(matrix.evidence):
        if place not in echoes:
            columns.append((names.get(item, item), item, place))
        elif place == echoes[0] and len(echoes) == 1:
            columns.append((found[item].title, "echoes", place))
        elif place == echoes[0]:
            columns.append((f"{len(echoes)} reprints", "echoes", place))
    limit = max((abs(value) for row in matrix.cells for value in row), default=1.0) or 1.0
    rows = tuple(
        (hypothesis, tuple(make_cell(row[place], limit) for _, _, place in columns))
        for hypothesis, row in zip(matrix.hypotheses, matrix.cells, strict=True)
    )
    return Matrix(tuple(title for title, _, _ in columns), tuple(item for _, item, _ in columns), rows)


def _is_echo(assessment: Assessment, evidence: str) -> bool:
    return any(item.evidence == evidence and item.kind == EvidenceKind.ECHO for item in assessment.contributions)


def make_cell(weight: float, limit: float) -> Cell:
    """Return one cell; `limit` is the weight in dB that fills half its width."""
    shown = show_plain_decibans(weight)
    look = "none" if not shown.strip("0.") else "up" if weight > 0 else "down"
    middle = CELL[0] / 2
    marks = [line(middle, 1, middle, CELL[1] - 1, "centre")]
    if look != "none":
        length = max(1.0, min(abs(weight), limit) / limit * (middle - 2))
        marks.append(rect(middle, 4, length if weight > 0 else -length, 8, f"bar {look}"))
    bar = draw(
        "svg", *marks, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {CELL[0]:.0f} {CELL[1]:.0f}",
        width=CELL[0], height=CELL[1], class_="cell", aria_hidden="true", focusable="false",
    )  # fmt: skip
    return Cell(shown, look, bar)
