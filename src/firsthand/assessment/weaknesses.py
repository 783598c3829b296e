"""What in an assessment hangs by a thread, once everything has been weighed?

`firsthand check` asks these of the numbers, after the rules that only read the case. Each rule's docstring says what
is wrong with what it finds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from firsthand.model import Assessment, Contribution, EvidenceKind, Finding, HypothesisId, KnobId, Severity, record
from firsthand.probability import WORDS, find_word, show_interval, show_percent

ALIKE_DB = 0.01
"""Two explanations that no evidence parts by more than this are not told apart by it."""
IDLE = 1e-9
WIDEST_WORD = 0.25
SHOWN = 5
Found = Iterator[Finding]


@record
class Turned:
    """The chance of the asked hypothesis with one number at either end of its range."""

    knob: KnobId
    at_low: float
    at_high: float


def find_weaknesses(assessment: Assessment, turned: Sequence[Turned]) -> tuple[Finding, ...]:
    """Return what every rule finds, in the order of the rules."""
    return tuple(finding for rule in RULES for finding in rule(assessment, turned))


def find_undistinguished(assessment: Assessment, turned: Sequence[Turned]) -> Found:
    """A hypothesis that all the evidence together leaves exactly as likely as another cannot be told from it."""
    live = [one for one in assessment.contributions if not _is_idle(assessment, one)]
    names = {one.id: one.name for one in assessment.case.hypotheses}
    for one, other in combinations(names, 2):
        if live and all(abs(_weigh(assessment, row, one) - _weigh(assessment, row, other)) < ALIKE_DB for row in live):
            what = f"No evidence weighs differently under '{names[one]}' and '{names[other]}'."
            remedy = "Merge the two, or say what would be seen under one and not under the other."
            yield Finding(severity=Severity.WRONG, where=f"hypothesis.{other}", what=what, remedy=remedy)


def find_idle_weights(assessment: Assessment, turned: Sequence[Turned]) -> Found:
    """Evidence that says the same under every hypothesis weighs nothing, whatever it seems to say."""
    for row in assessment.contributions:
        silent = row.kind in (EvidenceKind.ECHO, EvidenceKind.SILENCE) or row.evidence in assessment.case.suggested
        if not silent and _is_idle(assessment, row):
            what = f"'{row.title}' is as likely under every hypothesis, and moves none."
            remedy = "Judge what its claim says of the hypotheses, and whether its source could know; or leave it out."
            where = f"{WRITTEN[row.kind]}.{row.evidence}"
            yield Finding(severity=Severity.WEAK, where=where, what=what, remedy=remedy)


def find_deciding_knobs(assessment: Assessment, turned: Sequence[Turned]) -> Found:
    """A number that alone, inside its own range, carries the verdict past a whole word decides it."""
    deciding = [one for one in turned if abs(_rank(one.at_high) - _rank(one.at_low)) > 1]
    for one in deciding[:SHOWN]:
        asked = assessment.case.knob_questions.get(one.knob, one.knob)
        ends = " to ".join(f"{find_word(chance)}, {show_percent(chance)}" for chance in (one.at_low, one.at_high))
        what = f"This number alone, inside its range, takes the verdict from {ends}: {asked}"
        remedy = "Find out what speaks for either end, and narrow it; until then say both."
        yield Finding(severity=Severity.WEAK, where=str(one.knob), what=what, remedy=remedy)


def find_wide_verdict(assessment: Assessment, turned: Sequence[Turned]) -> Found:
    """A verdict whose interval is wider than any word of probability is not carried by its word."""
    asked = next(one for one in assessment.posteriors if one.hypothesis == assessment.case.asks)
    if asked.high - asked.low > WIDEST_WORD:
        shown = f"{find_word(asked.probability)}, {show_interval(asked.low, asked.high)}"
        what = f"The interval of the verdict is wider than any word: {shown}."
        remedy = _name_widest(assessment, turned)
        yield Finding(severity=Severity.WEAK, where=f"hypothesis.{asked.hypothesis}", what=what, remedy=remedy)


def _name_widest(assessment: Assessment, turned: Sequence[Turned]) -> str:
    moving = [str(one.knob) for one in turned if abs(one.at_high - one.at_low) > 0][:3]
    named = f", first {', '.join(moving)}" if moving else ""
    return f"Narrow the numbers that move it most{named}; or give the interval and no word."


def _is_idle(assessment: Assessment, row: Contribution) -> bool:
    return all(abs(row.without[one.hypothesis] - one.probability) < IDLE for one in assessment.posteriors)


def _weigh(assessment: Assessment, row: Contribution, hypothesis: HypothesisId) -> float:
    """Return how much likelier a hypothesis is with the evidence than without, in dB up to a constant of the row."""
    chance = next(one.probability for one in assessment.posteriors if one.hypothesis == hypothesis)
    least = 1e-300
    return 10 * math.log10(max(chance, least) / max(row.without[hypothesis], least))


def _rank(chance: float) -> int:
    word = find_word(min(1.0, max(0.0, chance)))
    return next(place for place, (_, name) in enumerate(WORDS) if name == word)


WRITTEN = {
    EvidenceKind.TESTIMONY: "assertion",
    EvidenceKind.ECHO: "assertion",
    EvidenceKind.OBSERVATION: "observation",
    EvidenceKind.STATEMENT: "statement",
    EvidenceKind.SILENCE: "expectation",
}
RULES: tuple[Callable[[Assessment, Sequence[Turned]], Found], ...] = (
    find_undistinguished,
    find_idle_weights,
    find_deciding_knobs,
    find_wide_verdict,
)
