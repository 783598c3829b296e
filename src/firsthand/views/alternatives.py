"""What speaks for and against every other explanation?"""

from __future__ import annotations

from typing import NamedTuple

from firsthand.model import Assessment, EvidenceKind, Posterior
from firsthand.views.wording import name_evidence


class Alternative(NamedTuple):
    """Another explanation, its chance, and the evidence that helps and hurts it most (title, dB, id)."""

    name: str
    sentence: str
    posterior: Posterior
    helps: tuple[tuple[str, float, str], ...]
    hurts: tuple[tuple[str, float, str], ...]


def list_alternatives(assessment: Assessment, most: int = 2) -> tuple[Alternative, ...]:
    """Return every hypothesis but the asked one, the likeliest first."""
    matrix = assessment.matrix
    named = name_evidence(assessment)
    titles = {
        item.evidence: named[item.evidence] for item in assessment.contributions if item.kind != EvidenceKind.ECHO
    }
    cells = dict(zip(matrix.hypotheses, matrix.cells, strict=True))
    hypotheses = {hypothesis.id: hypothesis for hypothesis in assessment.case.hypotheses}
    others = [item for item in assessment.posteriors if item.hypothesis != assessment.case.asks]
    found = []
    for posterior in sorted(others, key=lambda item: (-item.probability, item.hypothesis)):
        row = cells.get(posterior.hypothesis, ())
        weights = [
            (titles[item], value, str(item))
            for item, value in zip(matrix.evidence, row, strict=False)
            if item in titles
        ]
        helps = sorted((item for item in weights if item[1] >= 0.005), key=lambda item: (-item[1], item[0]))
        hurts = sorted((item for item in weights if item[1] <= -0.005), key=lambda item: (item[1], item[0]))
        hypothesis = hypotheses[posterior.hypothesis]
        found.append(
            Alternative(hypothesis.name, hypothesis.sentence, posterior, tuple(helps[:most]), tuple(hurts[:most]))
        )
    return tuple(found)
