"""Do the written sentences say what was found, and never mix likelihood with confidence?"""

from dataclasses import replace
from datetime import date

import pytest

from firsthand.assessment import apply_standards, judge_confidence, write_summary
from firsthand.assessment.confidence import RULES, Basis
from firsthand.model import (
    Assertion,
    Case,
    Claim,
    ClaimId,
    Contribution,
    Count,
    EvidenceId,
    EvidenceKind,
    Flip,
    Hypothesis,
    HypothesisId,
    Knob,
    KnobId,
    Posterior,
    Profile,
    Quote,
    Reason,
    ReportId,
    Source,
    SourceId,
    SourceKind,
    Span,
    Standard,
)
from firsthand.probability import WORDS


def make_knob(name: str, value: float) -> Knob:
    return Knob(id=KnobId(name), low=value, value=value, high=value)


def make_profile(name: str, gains: bool | None, access: float = 0.3) -> Profile:
    knob = make_knob("any", 0.5)
    return Profile(
        source=Source(id=SourceId(name), name=name.title(), kind=SourceKind.NAMED),
        role="",
        access=make_knob(f"source.{name}.access", access),
        error=knob,
        rumour=knob,
        talk=knob,
        spin_talk=knob,
        shameless=knob,
        spin_against=knob,
        spin_off=knob,
        spin_on=knob,
        gains=gains,
        interest="a contract" if gains else "",
    )


def make_quote(text: str) -> Quote:
    return Quote(span=Span(report=ReportId("r-1"), start=0, end=len(text)), text=text)


def make_case(*profiles: Profile, standards: tuple[Standard, ...] = ()) -> Case:
    yes, no = HypothesisId("yes"), HypothesisId("no")
    return Case(
        title="Bridge",
        question="Did the bridge fall?",
        asks=yes,
        as_of=date(2020, 1, 1),
        prior_basis="",
        hypotheses=(
            Hypothesis(id=yes, name="Fell", sentence="It fell.", prior=make_knob("hypothesis.yes.prior", 0.5)),
            Hypothesis(id=no, name="Stands", sentence="It stands.", prior=make_knob("hypothesis.no.prior", 0.5)),
        ),
        reports=(),
        profiles=profiles,
        claims=(Claim(id=ClaimId("fell"), sentence="The bridge fell.", hypothesis=yes),),
        assertions=tuple(
            Assertion(
                id=EvidenceId(f"{profile.source.id}-fell"),
                title=f"{profile.source.name}: it fell",
                claim=ClaimId("fell"),
                source=profile.source.id,
                quote=make_quote("it fell"),
            )
            for profile in profiles
        ),
        standards=standards,
    )


def make_row(title: str, weight: float, kind: EvidenceKind = EvidenceKind.TESTIMONY) -> Contribution:
    return Contribution(
        evidence=EvidenceId(title),
        kind=kind,
        title=title,
        weight_db=weight,
        low_db=weight,
        high_db=weight,
        after=0.5,
        without={},
        quotes=(make_quote("it fell"),),
        reason=Reason(rule="r", sentence="s"),
    )


def list_spoken(case: Case) -> tuple[tuple[Profile, Assertion], ...]:
    return tuple(zip(case.profiles, case.assertions, strict=True))


def make_basis(case: Case, low: float = 2, ends: tuple[float, float] = (0.6, 0.7)) -> Basis:
    asked = Posterior(
        hypothesis=case.asks, prior=0.5, prior_low=0.5, prior_high=0.5, probability=0.65, low=ends[0], high=ends[1]
    )
    return Basis(
        case=case,
        voices=Count(low=low, expected=2, high=2),
        spoken=list_spoken(case),
        asked=asked,
        flips=(),
    )


def tell(case: Case, reports: int, count: Count, rows: tuple[Contribution, ...] = ()) -> str:
    return " ".join(s.text for part in write_summary(case, reports, count, list_spoken(case), rows, 1.8) for s in part)


def test_the_summary_counts_voices_and_not_reports():
    case = make_case(make_profile("ann", True), make_profile("bob", True))
    text = tell(case, 14, Count(low=2, expected=2, high=2))
    assert "fourteen reports, but the words go back to two people" in text
    assert "Each gains if it is believed: Ann (a contract); Bob (a contract)." in text


def test_unknown_lineage_is_told_as_a_range():
    case = make_case(make_profile("ann", True), make_profile("bob", False))
    text = tell(case, 3, Count(low=1, expected=1.7, high=2))
    assert "one or two people" in text
    assert "not known" in text


def test_a_wide_range_is_told_by_its_two_ends():
    case = make_case(make_profile("ann", True), make_profile("bob", False))
    assert "go back to between one and nine people" in tell(case, 12, Count(low=1, expected=4, high=9))


def test_a_case_that_only_a_machine_has_looked_at_says_so_first():
    case = make_case(make_profile("ann", None))
    assertions = tuple(replace(one, judged=False) for one in case.assertions)
    unseen = replace(case, assertions=assertions, profiles=tuple(replace(p, judged=False) for p in case.profiles))
    once = Count(low=1, expected=1, high=1)
    assert tell(unseen, 1, once).startswith("A machine suggested all")
    assert "A machine" not in tell(replace(unseen, profiles=case.profiles), 1, once)
    assert "A machine" not in tell(case, 1, once)


def test_nobody_is_called_disinterested_before_somebody_judged_it():
    text = tell(make_case(make_profile("ann", None)), 1, Count(low=1, expected=1, high=1))
    assert "Nobody has judged yet who gains: Ann." in text


def test_the_weights_are_named_and_echoes_add_nothing():
    rows = (make_row("Ann", 3.0), make_row("Silence", -1.2), make_row("Copy", 0.0, EvidenceKind.ECHO))
    text = tell(make_case(make_profile("ann", True)), 3, Count(low=1, expected=1, high=1), rows)
    assert "Raising" in text
    assert "Ann (+3.0" in text
    assert "Silence (\u22121.2" in text
    assert "One echo adds nothing." in text


def test_a_case_without_reports_explains_the_first_step():
    assert "firsthand add" in tell(make_case(), 0, Count(low=0, expected=0, high=0))


def test_confidence_falls_with_every_weakness_found():
    case = make_case(make_profile("ann", False, access=0.9), make_profile("bob", False))
    assert judge_confidence(make_basis(case))[0] == "high"
    assert judge_confidence(make_basis(case, low=1))[0] == "moderate"
    biased = make_case(make_profile("ann", True, access=0.9), make_profile("bob", True))
    assert judge_confidence(make_basis(biased, low=1, ends=(0.1, 0.9)))[0] == "low"


def test_one_judgement_that_decides_alone_is_a_weakness():
    case = make_case(make_profile("ann", False, access=0.9))
    flip = Flip(title="Ann's access", moves=((KnobId("k"), ".9", ".5"),), probability=0.4, low=0.3, high=0.5)
    level, why = judge_confidence(replace(make_basis(case), flips=(flip,)))
    assert level == "moderate"
    assert any("single judgement" in sentence.text for sentence in why)


def test_likelihood_and_confidence_never_share_a_sentence():
    case = make_case(make_profile("ann", None), make_profile("bob", True))
    rows = (make_row("Ann", 3.0), make_row("Silence", -1.2))
    count = Count(low=1, expected=2, high=2)
    sentences = [s for part in write_summary(case, 4, count, list_spoken(case), rows, 1.8) for s in part]
    assert not any("confiden" in sentence.text.lower() for sentence in sentences)
    words = [word for _, word in WORDS]
    for rule, _ in RULES:
        assert not any(f" {word} " in f" {rule.__doc__} " for word in words)


@pytest.mark.parametrize(
    ("rule", "low", "high", "gains", "holds"),
    [
        ("independent_origins", 2, 2, (True, True), True),
        ("independent_origins", 1, 2, (True, True), None),
        ("independent_origins", 1, 1, (True, True), False),
        ("disinterested_origins", 2, 2, (False, False), True),
        ("disinterested_origins", 2, 2, (False, None), None),
        ("disinterested_origins", 2, 2, (True, True), False),
    ],
)
def test_a_standard_holds_only_if_it_holds_however_the_unknown_turns_out(rule, low, high, gains, holds):
    spoken = [make_profile("ann", gains[0]), make_profile("bob", gains[1])]
    case = make_case(*spoken, standards=(Standard(rule=rule, at_least=2),))
    (result,) = apply_standards(case, Count(low=low, expected=low, high=high), spoken)
    assert result.holds is holds
    assert result.why


def test_the_party_named_must_have_been_heard():
    case = make_case(make_profile("ann", True), standards=(Standard(rule="subject_heard", subject=SourceId("zed")),))
    (result,) = apply_standards(case, Count(low=1, expected=1, high=1), ())
    assert result.holds is False
