"""What does an analyst add to a pile: hypotheses, sources judged, silences, an open mind about the numbers?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum

from firsthand.model.names import AttributionId, ClaimId, EvidenceId, HypothesisId, Knob, SourceId, record
from firsthand.model.pile import Claim, Period, Problem, Quote, Report, Source


class Interest(StrEnum):
    """Whether saying this serves the one who says it."""

    FOR = "for"
    AGAINST = "against"
    NEUTRAL = "neutral"


@record
class Hypothesis:
    """One of the exclusive explanations; one of them is always "something else"."""

    id: HypothesisId
    name: str
    sentence: str
    prior: Knob
    something_else: bool = False


@record
class Campaign:
    """Somebody is pushing this story: the common cause that makes allies spin together."""

    id: str
    name: str
    sentence: str
    prior: Knob


@record
class Posture:
    """A producer's habits with the media: "lying low" explains all its silences at once.

    `low` is P(lying low | hypothesis); `damp` multiplies what it would otherwise produce.
    """

    id: str
    name: str
    sentence: str
    low: Mapping[HypothesisId, Knob]
    damp: Knob
    quotes: tuple[Quote, ...] = ()


@record
class Tie:
    """A link between a source and somebody else, and the words that show it."""

    to: str
    sentence: str
    quotes: tuple[Quote, ...] = ()


@record
class Anonymity:
    """Who an unnamed source may be. The three chances add to one.

    `employer`: speaks for his employer and inherits its interest. `himself`: spins with chance `own_spin`.
    `nobody`: does not exist. `same_weight`: chance that he is the same person as `same_as`.
    """

    employer: Knob
    himself: Knob
    nobody: Knob
    own_spin: Knob
    same_as: SourceId | None = None
    same_weight: Knob | None = None


@record
class Profile:
    """A source as judged: the knobs of its three modes, what it gains, whom it is tied to.

    `spin_on` and `spin_off` are the chance that it spins with and without its campaign; `judged` is False
    while the numbers are only a machine's suggestion.
    """

    source: Source
    role: str
    access: Knob
    error: Knob
    rumour: Knob
    talk: Knob
    spin_talk: Knob
    shameless: Knob
    spin_against: Knob
    spin_off: Knob
    spin_on: Knob
    campaign: str | None = None
    gains: bool | None = None
    interest: str = ""
    access_why: str = ""
    ties: tuple[Tie, ...] = ()
    anonymity: Anonymity | None = None
    imported_grade: str = ""
    quotes: tuple[Quote, ...] = ()
    judged: bool = True


@record
class Assertion:
    """One source asserts or denies one claim in one report, in words that stand there.

    `copy_of` with `copy`: chance that it repeats another assertion (1 is an echo). `via`: the relays, outlet first.
    """

    id: EvidenceId
    title: str
    claim: ClaimId
    source: SourceId
    quote: Quote
    denies: bool = False
    interest: Interest = Interest.FOR
    via: tuple[str, ...] = ()
    copy_of: EvidenceId | None = None
    copy: Knob | None = None
    copy_why: str = ""
    judged: bool = True


@record
class Observation:
    """Something seen whose likelihood is judged directly: by hypothesis, or as "true" and "false" of a claim."""

    id: EvidenceId
    title: str
    quote: Quote
    given: Mapping[str, Knob]
    claim: ClaimId | None = None
    why: str = ""


@record
class Check:
    """One test of a purported statement: P(found | genuine), P(found | forged). Not `counted` where either is None.

    `imitable` is q of the forger's cap: how surely a forger would copy the convention (0: no cap).
    """

    kind: str
    found: str
    genuine: Knob | None
    forged: Knob | None
    imitable: Knob | None = None
    quote: Quote | None = None


@record
class Statement:
    """A text that says an actor issued it. `surfaces`: P(it surfaces) for "genuine_true", "genuine_false"
    (the claim it makes), "forged_on", "forged_off" (the campaign)."""

    id: EvidenceId
    title: str
    author: str
    claim: ClaimId
    campaign: str
    surfaces: Mapping[str, Knob]
    checks: tuple[Check, ...]
    quote: Quote


@record
class Channel:
    """A place where the expected thing would appear, its share of all such places, and when somebody looked."""

    id: str
    name: str
    share: float
    watched: tuple[Period, ...]


@record
class Expectation:
    """What should be there. `produced` by hypothesis, or as "true" and "false" of a claim.

    `window` is when it would have appeared; `coverage` is worked out from the channels watched in it.
    """

    id: EvidenceId
    title: str
    posture: str | None
    produced: Mapping[str, Knob]
    by_now: Knob
    coverage: Knob
    window: Period | None = None
    claim: ClaimId | None = None
    channels: tuple[str, ...] = ()
    quote: Quote | None = None
    judged: bool = True


@record
class Consideration:
    """A quoted sentence for or against an impact scenario, with its likelihood if the scenario holds and if not."""

    quote: Quote
    sentence: str
    if_so: Knob
    if_not: Knob


@record
class Scenario:
    """What may follow if a hypothesis is true. Hangs below it and never feeds back."""

    id: str
    name: str
    hypothesis: HypothesisId
    chance: Knob
    follows: str
    considerations: tuple[Consideration, ...] = ()


@record
class Question:
    """Something that could be asked or looked for; `yes` is P(yes) by hypothesis or "true"/"false" of a claim."""

    id: str
    title: str
    yes: Mapping[str, Knob]
    claim: ClaimId | None = None


@record
class Standard:
    """A rule of evidence stated at the outset: "independent_origins", "disinterested_origins", "subject_heard"."""

    rule: str
    at_least: float = 1.0
    subject: SourceId | None = None


@record
class Judgement:
    """An analyst's decision. Append-only: a later one about the same thing outweighs, never erases, an earlier."""

    when: datetime
    who: str
    about: str
    value: str
    why: str


class Verdict(StrEnum):
    """What an analyst made of an attribution; one is added where the machine found none."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"
    ADDED = "added"


@record
class Reading:
    """What an analyst made of one attribution: in these words of the report, somebody says this, or nobody does.

    Spans, hedge and side that are None, and a name or claim that is empty, are left as the machine had them.
    `report` is a path in the case; `said` are the words at `content`, which show whether they still stand there.
    """

    attribution: AttributionId
    verdict: Verdict
    judgement: Judgement
    report: str = ""
    source: tuple[tuple[int, int], ...] | None = None
    cue: tuple[tuple[int, int], ...] | None = None
    content: tuple[tuple[int, int], ...] | None = None
    said: str = ""
    named: str = ""
    hedge: float | None = None
    denies: bool | None = None
    claim: ClaimId | None = None


@record
class Lineage:
    """How surely one attribution was taken from another, as judged: 1 where it surely was, 0 where surely not.

    `low` and `high` are the range; it moves the tree and the count of voices, and no number that is weighed.
    """

    child: AttributionId
    parent: AttributionId
    low: float
    value: float
    high: float
    judgement: Judgement


class Severity(StrEnum):
    """How much a finding matters: `wrong` changes the result, `weak` its worth, `note` is worth knowing."""

    WRONG = "wrong"
    WEAK = "weak"
    NOTE = "note"


@record
class Finding:
    """Something in a case that would not stand up: where, what, and what to do."""

    severity: Severity
    where: str
    what: str
    remedy: str = ""


@record
class Case:
    """Everything a case folder says, with every quotation found in its report."""

    title: str
    question: str
    asks: HypothesisId
    as_of: date
    prior_basis: str
    hypotheses: tuple[Hypothesis, ...]
    reports: tuple[Report, ...]
    campaigns: tuple[Campaign, ...] = ()
    postures: tuple[Posture, ...] = ()
    profiles: tuple[Profile, ...] = ()
    claims: tuple[Claim, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    observations: tuple[Observation, ...] = ()
    statements: tuple[Statement, ...] = ()
    channels: tuple[Channel, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    questions: tuple[Question, ...] = ()
    standards: tuple[Standard, ...] = ()
    unknowns: tuple[str, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    readings: tuple[Reading, ...] = ()
    lineages: tuple[Lineage, ...] = ()
    problems: tuple[Problem, ...] = ()
    knob_questions: Mapping[str, str] = field(default_factory=dict)
    samples: int = 2000
    seed: int = 1

    @property
    def suggested(self) -> frozenset[EvidenceId]:
        """The evidence that a machine suggested and nobody has judged."""
        said = (one.id for one in self.assertions if not one.judged)
        return frozenset((*said, *(one.id for one in self.expectations if not one.judged)))
