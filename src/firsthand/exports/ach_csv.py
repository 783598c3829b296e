"""How does the matrix of competing hypotheses look as a plain table of comma-separated values?"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from firsthand.model import Assessment, EvidenceKind

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_ach_marks(assessment: Assessment) -> str:
    """Return hypotheses in rows and evidence in columns, the most diagnostic first, with marks CC, C, N, I and II.

    The last column is Heuer's inconsistency score. `firsthand new --ach` reads the table back.
    """
    matrix = assessment.matrix
    kept = _keep_columns(assessment)
    rows = [[row[place] for place in kept] for row in matrix.marks]
    return _write(assessment, kept, rows, [str(score) for score in matrix.inconsistency], "inconsistency")


def write_ach_decibans(assessment: Assessment) -> str:
    """Return the same table with the decibans each hypothesis would lose without the evidence, and its chance."""
    kept = _keep_columns(assessment)
    rows = [[f"{row[place]:.3f}" for place in kept] for row in assessment.matrix.cells]
    chances = {one.hypothesis: f"{one.probability:.4f}" for one in assessment.posteriors}
    return _write(assessment, kept, rows, [chances[name] for name in assessment.matrix.hypotheses], "chance")


def _keep_columns(assessment: Assessment) -> list[int]:
    """Return the places of all evidence but the echoes, which are no evidence of their own."""
    echoes = {one.evidence for one in assessment.contributions if one.kind == EvidenceKind.ECHO}
    return [place for place, name in enumerate(assessment.matrix.evidence) if name not in echoes]


def _write(
    assessment: Assessment, kept: Sequence[int], rows: Iterable[Sequence[str]], scores: Sequence[str], heading: str
) -> str:
    titles = {one.evidence: one.title for one in assessment.contributions}
    names = {one.id: one.name for one in assessment.case.hypotheses}
    matrix, held = assessment.matrix, io.StringIO()
    table = csv.writer(held, lineterminator="\n")
    table.writerow(["hypothesis", *(_disarm(titles[matrix.evidence[place]]) for place in kept), heading])
    for name, row, score in zip(matrix.hypotheses, rows, scores, strict=True):
        table.writerow([_disarm(names[name]), *row, score])
    return held.getvalue()


def _disarm(words: str) -> str:
    """Return a title on one line, with a mark before it where a spreadsheet would take it for a formula."""
    plain = " ".join(words.split())
    return f"'{plain}" if plain.startswith(FORMULA) else plain
