"""By which steps does the evidence lead from the prior to the posterior?"""

from __future__ import annotations

from typing import NamedTuple

from firsthand.model import Assessment, Contribution, EvidenceKind
from firsthand.views.notes import Notes, find_numbers
from firsthand.views.scales import FAR_DB, clip_decibans
from firsthand.views.wording import find_asked, name_evidence


class Step(NamedTuple):
    """One row: where it starts and ends in dB, its interval, what it is called."""

    title: str
    start: float
    end: float
    low: float
    high: float
    weight: tuple[float, float, float]
    cites: tuple[int, ...]
    evidence: str
    echo: bool


def gather_steps(assessment: Assessment, notes: Notes) -> tuple[Step, ...]:
    """Return the rows of the waterfall; all echoes share one row, where the first of them came."""
    names = name_evidence(assessment)
    echoes = [item for item in assessment.contributions if is_echo(item)]
    before = clip_decibans(find_asked(assessment.case, assessment.posteriors).prior)
    steps: list[Step] = []
    for item in assessment.contributions:
        after = clip_decibans(item.after)
        if not is_echo(item):
            steps.append(_make_step(item, names[item.evidence], (before, after), notes))
        elif item is echoes[0]:
            steps.append(_make_echo_step(echoes, before))
        before = after
    return tuple(steps)


def is_echo(item: Contribution) -> bool:
    """Say whether a contribution is an echo: a constant likelihood, 0 dB exactly."""
    return item.kind == EvidenceKind.ECHO


def _make_step(item: Contribution, title: str, ends: tuple[float, float], notes: Notes) -> Step:
    before, after = ends
    return Step(
        title,
        before,
        after,
        _clip(before + item.low_db),
        _clip(before + item.high_db),
        (item.weight_db, item.low_db, item.high_db),
        find_numbers(item.quotes, notes),
        item.evidence,
        False,
    )


def _make_echo_step(echoes: list[Contribution], before: float) -> Step:
    title = echoes[0].title if len(echoes) == 1 else f"{len(echoes)} reprints"
    return Step(title, before, before, before, before, (0.0, 0.0, 0.0), (), "echoes", True)


def _clip(decibans: float) -> float:
    return max(-FAR_DB, min(FAR_DB, decibans))
