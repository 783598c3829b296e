"""What is concluded: evidence weighed, explanations compared, silences, checks, what would change our mind?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from firsthand.model.judged import Case, Check, Profile, Scenario, Standard, Statement
from firsthand.model.names import EvidenceId, HypothesisId, KnobId, VariableId, record
from firsthand.model.pile import Count, Period, Problem, Quote, Reason, Trace
from firsthand.model.spread import FamilyEdge

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class EvidenceKind(StrEnum):
    """Where a piece of evidence comes from."""

    TESTIMONY = "testimony"
    ECHO = "echo"
    OBSERVATION = "observation"
    STATEMENT = "statement"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True, eq=False)
class Factor:
    """A table over named variables, one axis each in the order of `scope`, and possibly a last axis of draws.

    States: `H` the hypotheses in order; `C:claim` true, false; `K:campaign` on, off; `Q:posture` low, normal;
    `M:source` informed, rumour, spinning; `A:statement` genuine, forged.
    """

    scope: tuple[VariableId, ...]
    table: NDArray[np.float64]


@record
class Evidence:
    """Anything with a likelihood: testimony, silence, authenticity, observation and echo all arrive as this."""

    id: EvidenceId
    kind: EvidenceKind
    title: str
    likelihood: Factor
    when: Period | None
    quotes: tuple[Quote, ...]
    reason: Reason


@record
class Sampling:
    """How good a chance estimated from draws is: its standard error, and as how many independent draws it is worth."""

    error: float
    effective: float
    draws: int


@record
class Posterior:
    """A hypothesis before and after the evidence, each with the 5 to 95 % interval of the judgements' ranges.

    `sampling` where the chance was estimated, the case being too large to count.
    """

    hypothesis: HypothesisId
    prior: float
    prior_low: float
    prior_high: float
    probability: float
    low: float
    high: float
    sampling: Sampling | None = None


@record
class Contribution:
    """What one piece of evidence did to the asked hypothesis, taken in order of arrival.

    `weight_db` with its interval adds up over the rows; `after` is the chance after this row;
    `without` is the posterior of every hypothesis were it left out.
    """

    evidence: EvidenceId
    kind: EvidenceKind
    title: str
    weight_db: float
    low_db: float
    high_db: float
    after: float
    without: Mapping[HypothesisId, float]
    quotes: tuple[Quote, ...]
    reason: Reason
    when: Period | None = None


@record
class AchMatrix:
    """Hypotheses in rows, evidence in columns: decibans the row would lose without the column. Does not add up.

    `marks` are the same cells as CC, C, N, I or II; `inconsistency` is Heuer's score of each row: 1 for I, 2 for II.
    """

    hypotheses: tuple[HypothesisId, ...]
    evidence: tuple[EvidenceId, ...]
    cells: tuple[tuple[float, ...], ...]
    marks: tuple[tuple[str, ...], ...] = ()
    inconsistency: tuple[int, ...] = ()


@record
class Modes:
    """Chance that a source is informed, passing on rumour, or spinning."""

    informed: float
    rumour: float
    spinning: float


@record
class Grade:
    """NATO Admiralty label, derived from the model and never an input to it: reliability A-F, credibility 1-6."""

    reliability: str
    credibility: str
    reason: Reason


@record
class SourceAssessment:
    """What a source said and what it is worth. `before` and `after` are None where it is no witness in the model."""

    profile: Profile
    grade: Grade
    before: Modes | None
    after: Modes | None
    said: tuple[Quote, ...]


@record
class Silence:
    """Something that should be there and is not: three questions and their product.

    `produced` is the chance under the asked hypothesis, before damping; `seen` the product of the three.
    """

    evidence: EvidenceId
    title: str
    produced: float
    by_now: float
    coverage: float
    seen: float
    weight_db: float
    low_db: float
    high_db: float
    watched: str
    quotes: tuple[Quote, ...]


@record
class AuthenticityCheck:
    """One check of a statement, in decibans toward forged; None where it was not counted."""

    check: Check
    toward_forged_db: float | None


@record
class StatementAssessment:
    """Is the statement theirs? `genuine` with its interval, and the chance of a campaign that follows."""

    statement: Statement
    checks: tuple[AuthenticityCheck, ...]
    genuine: float
    low: float
    high: float


@record
class NodeBelief:
    """The chance of a claim, a campaign or a posture after all the evidence."""

    variable: VariableId
    name: str
    prior: float
    probability: float
    low: float
    high: float


@record
class ScenarioAssessment:
    """What may follow if it is true; moves no probability of a hypothesis."""

    scenario: Scenario
    probability: float
    low: float
    high: float


@record
class QuestionValue:
    """What one answer would teach: expected bits, chance of yes, and the asked hypothesis either way."""

    id: str
    title: str
    bits: float
    probability_if_yes: float
    probability_if_no: float
    chance_of_yes: float


@record
class Flip:
    """A move that changes the verdict's word: a knob turned, or a report left out."""

    title: str
    moves: tuple[tuple[KnobId | EvidenceId, str, str], ...]
    probability: float
    low: float
    high: float


@record
class Bounds:
    """The least and greatest chance of the asked hypothesis for any numbers inside all the ranges judged.

    Not `exact`: found by search, so that the true ones may lie a little further out.
    """

    low: float
    high: float
    exact: bool


@record
class Fewest:
    """The fewest "judgements" turned inside their ranges, or "reports" left out, that change the verdict's word.

    `moves`: one such set, empty where none was found; `probability` then. `tried`: how large the sets are of which
    every one was tried, so that the set is surely a smallest one where it is at most one larger.
    """

    of: str
    moves: tuple[str, ...]
    probability: float | None
    tried: int

    @property
    def proven(self) -> bool:
        """Whether no smaller set changes the word."""
        return bool(self.moves) and len(self.moves) <= self.tried + 1


@record
class Structure:
    """The asked hypothesis under another assumption of who hangs together with whom, all else as judged."""

    id: str
    title: str
    sentence: str
    probability: float
    low: float
    high: float


@record
class Robustness:
    """How far the verdict holds: over all the ranges at once, against moves, and under other structures."""

    bounds: Bounds
    fewest: tuple[Fewest, ...]
    structures: tuple[Structure, ...]


@record
class StandardResult:
    """Whether a stated rule of evidence holds: True, False, or None where that cannot be told."""

    standard: Standard
    holds: bool | None
    sentence: str
    why: str


@record
class TimePoint:
    """The chance of the asked hypothesis on what had been published by then."""

    when: datetime
    probability: float
    low: float
    high: float


@record
class Sentence:
    """A sentence of the written product and the quotations it rests on."""

    text: str
    quotes: tuple[Quote, ...] = ()


@record
class Assessment:
    """The written product: nothing in it but what the stages found.

    `withheld`: why nothing but the chances of the hypotheses could be worked out; empty where everything could.
    `shared`: the text that two reports have in common where one may derive from the other, most first; `sharing`: how
    many pairs have such text, those not in `shared` too.
    """

    case: Case
    as_of: date
    trace: Trace
    posteriors: tuple[Posterior, ...]
    weight_db: float
    weight_low_db: float
    weight_high_db: float
    summary: tuple[tuple[Sentence, ...], ...]
    confidence: str
    confidence_why: tuple[Sentence, ...]
    voices: Count
    disinterested: int
    timeline: tuple[TimePoint, ...]
    contributions: tuple[Contribution, ...]
    matrix: AchMatrix
    beliefs: tuple[NodeBelief, ...]
    sources: tuple[SourceAssessment, ...]
    silences: tuple[Silence, ...]
    statements: tuple[StatementAssessment, ...]
    scenarios: tuple[ScenarioAssessment, ...]
    questions: tuple[QuestionValue, ...]
    flips: tuple[Flip, ...]
    standards: tuple[StandardResult, ...]
    problems: tuple[Problem, ...]
    sampled: bool = True
    robustness: Robustness | None = None
    withheld: str = ""
    shared: tuple[FamilyEdge, ...] = ()
    sharing: int = 0


@record
class Explanation:
    """One number or judgement of an assessment, taken back to the sentences it rests on.

    `shared`: of a report, the text it has in common with those it derives from or that derive from it.
    """

    id: str
    title: str
    lines: tuple[str, ...]
    quotes: tuple[Quote, ...]
    shared: tuple[FamilyEdge, ...] = ()


@record
class WhatIf:
    """What moving some judgements does: each move (about, from, to), every hypothesis before and after,
    and the asked hypothesis with each move alone."""

    asked: HypothesisId
    names: Mapping[HypothesisId, str]
    moves: tuple[tuple[str, str, str], ...]
    before: tuple[Posterior, ...]
    after: tuple[Posterior, ...]
    alone: tuple[float, ...]
