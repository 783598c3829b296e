"""Which explanations are open, how do they fare, and what speaks for and against each?"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from firsthand.model import Assessment, EvidenceId, EvidenceKind, record
from firsthand.probability import find_word
from firsthand.views.matrix import Cell, Matrix, make_cell
from firsthand.views.wording import name_evidence
from firsthand.workbench.pages.front import show_front
from firsthand.workbench.showing import find_desk, show
from firsthand.workbench.telling import show_value, tell_assessment

SHOWN = 60
"""Pieces of evidence shown before the rest is asked for."""


@record
class Line:
    """One piece of evidence against every explanation: cells in dB with their marks, and the verdict without it."""

    evidence: str
    title: str
    cells: tuple[Cell, ...]
    marks: tuple[str, ...]
    without: float
    word: str
    changes: bool


def show_hypotheses(request: Request) -> Response:
    """Show the explanations, and every piece of evidence against each."""
    look = find_desk(request).look()
    if look.assessment is None:
        return show_front(request)
    told = tell_assessment(look.assessment)
    lines = list_lines(look.assessment, told["matrix"])
    everything = "all" in request.query_params
    return show(
        request,
        "hypotheses.html.j2",
        look,
        **told,
        lines=lines if everything else lines[:SHOWN],
        more=0 if everything else max(0, len(lines) - SHOWN),
        show_value=show_value,
    )


def list_lines(assessment: Assessment, matrix: Matrix) -> list[Line]:
    """Return a line for each piece of evidence, what tells the explanations apart most first; echoes share one."""
    found = {one.evidence: one for one in assessment.contributions}
    rows = dict(zip(assessment.matrix.evidence, range(len(assessment.matrix.evidence)), strict=True))
    names, asked = name_evidence(assessment), assessment.case.asks
    now = next(one.probability for one in assessment.posteriors if one.hypothesis == asked)
    lines = []
    for place, name in enumerate(map(EvidenceId, matrix.evidence)):
        cells = tuple(cells[place] for _, cells in matrix.rows)
        if name not in rows or found[name].kind == EvidenceKind.ECHO:
            lines.append(_make_echo(matrix.titles[place], len(matrix.rows), now))
            continue
        without = found[name].without[asked]
        lines.append(
            Line(
                evidence=name,
                title=names[name],
                cells=cells,
                marks=tuple(row[rows[name]] for row in assessment.matrix.marks),
                without=without,
                word=find_word(without),
                changes=find_word(without) != find_word(now),
            )
        )
    return lines


def _make_echo(title: str, width: int, now: float) -> Line:
    cells = (make_cell(0.0, 1.0),) * width
    return Line(
        evidence="echoes",
        title=title,
        cells=cells,
        marks=("N",) * width,
        without=now,
        word=find_word(now),
        changes=False,
    )


ROUTES = [Route("/hypotheses", show_hypotheses)]
