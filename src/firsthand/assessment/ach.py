"""Which evidence tells the explanations apart, and with which marks would a plain matrix say so?

Heuer's inconsistency score is kept for comparison. It counts marks, so it sees neither that two pieces of evidence
overlap nor how much one weighs; the chances do.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from firsthand.model import AchMatrix, Case, Contribution, HypothesisId, Observation, Posterior, record


@record
class Mark:
    """One mark, the word for it, the weight in dB it begins at, and what it adds to the inconsistency score."""

    mark: str
    word: str
    at_least: float
    inconsistency: int


def mark_matrix(
    case: Case, matrix: AchMatrix, contributions: Sequence[Contribution], posteriors: Sequence[Posterior]
) -> AchMatrix:
    """Return the matrix with its evidence sorted by diagnosticity, its marks and each row's inconsistency score.

    Diagnosticity: how many dB lie between the explanation that needs the evidence most and the one it hurts most.
    A mark the analyst set in words is kept; others say how well the evidence fits next to the average explanation.
    """
    columns = sorted(range(len(matrix.evidence)), key=lambda place: (-_measure_spread(matrix, place), place))
    told = {one.evidence: one for one in contributions}
    observed = {one.id: one for one in case.observations}
    chances = {one.hypothesis: one.probability for one in posteriors}
    marked = []
    for place in columns:
        name = matrix.evidence[place]
        written = _read_words(observed[name], matrix.hypotheses) if name in observed else None
        marked.append(written or _mark_column(told[name].without, chances, matrix.hypotheses))
    rows = tuple(tuple(column[row].mark for column in marked) for row in range(len(matrix.hypotheses)))
    return replace(
        matrix,
        evidence=tuple(matrix.evidence[place] for place in columns),
        cells=tuple(tuple(row[place] for place in columns) for row in matrix.cells),
        marks=rows,
        inconsistency=tuple(sum(column[row].inconsistency for column in marked) for row in range(len(rows))),
    )


@cache
def read_marks() -> tuple[Mark, ...]:
    """Return the marks, best first, as the data file beside this module gives them."""
    data = tomllib.loads((files(__package__) / "ach.toml").read_text("utf-8"))
    return tuple(Mark(**row) for row in data["mark"])


def _measure_spread(matrix: AchMatrix, place: int) -> float:
    column = [row[place] for row in matrix.cells]
    low, high = min(column), max(column)
    return 0.0 if low == high else high - low


def _read_words(one: Observation, hypotheses: Sequence[HypothesisId]) -> list[Mark] | None:
    """Return the marks that stand in the case as words, or None where any of them is a number."""
    words = {mark.word: mark for mark in read_marks()}
    if one.claim is not None or any(one.given[name].text not in words for name in hypotheses):
        return None
    return [words[one.given[name].text] for name in hypotheses]


def _mark_column(
    without: Mapping[HypothesisId, float], chances: Mapping[HypothesisId, float], hypotheses: Sequence[HypothesisId]
) -> list[Mark]:
    """Return the mark of each hypothesis, from how much likelier it is with the evidence than without."""
    fits = [_weigh(chances[name], without[name]) for name in hypotheses]
    middle = sum(fits) / len(fits)
    return [next(mark for mark in read_marks() if round(fit - middle, 6) >= mark.at_least) for fit in fits]


def _weigh(chance: float, without: float) -> float:
    least = 1e-30
    return 10 * math.log10(max(chance, least) / max(without, least))
