"""What does the reference case of the model look like, built in code? Its numbers are illustrative judgements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from firsthand.authenticity import weigh_statements
from firsthand.hypotheses import (
    centre_knobs,
    find_asked,
    find_posterior,
    prior_factors,
    read_knobs,
    weigh_testimony,
)
from firsthand.model import (
    Anonymity,
    Assertion,
    Campaign,
    Case,
    Channel,
    Check,
    Claim,
    ClaimId,
    Consideration,
    Evidence,
    EvidenceId,
    Expectation,
    Factor,
    Hypothesis,
    HypothesisId,
    Knob,
    KnobId,
    Knobs,
    Observation,
    Period,
    Posture,
    Profile,
    Question,
    Quote,
    Report,
    ReportId,
    Scenario,
    Source,
    SourceId,
    SourceKind,
    Span,
    Statement,
)
from firsthand.silence import weigh_silences
from firsthand.sources import mode_factors

HYPOTHESES = ("sam", "arms", "elsewhere", "none")
POSTERIOR = (0.212341910122, 0.215182929279, 0.287970548355, 0.284504612244)
WITHOUT = {
    "president-missiles": (0.168020635200, 0.227712210000, 0.304035527882, 0.300231626918),
    "official-missiles": (0.192946386767, 0.227644334158, 0.292495641938, 0.286913637137),
    "official-convoy": (0.212567243711, 0.205813193762, 0.291249240904, 0.290370321624),
    "statement": (0.236098371673, 0.211334308950, 0.278266696647, 0.274300622730),
    "video": (0.241263604523, 0.234004115721, 0.263954583082, 0.260777696674),
    "biographies": (0.217293212373, 0.224698356891, 0.285215505023, 0.272792925713),
    "flickers": (0.203786816795, 0.208059866584, 0.292538845932, 0.295614470689),
}
BELIEFS = {
    "K:push": 0.929466875848,
    "A:statement": 0.002528491056,
    "C:convoy": 0.216880323089,
    "C:fighting": 0.140888128322,
    "Q:group": 0.372469345312,
}
MODES = {
    "official": (0.030050534223, 0.027660753779, 0.942288711998),
    "president": (0.054612898368, 0.121550144679, 0.823836956954),
}
DEFAULTS = {"talk": 0.5, "rumour": 0.35, "error": 0.1, "spin_talk": 0.9, "shameless": 0.85, "spin_against": 0.02}


def knob(name: str, value: float, low: float | None = None, high: float | None = None, **more: bool) -> Knob:
    return Knob(
        id=KnobId(name), low=value if low is None else low, value=value, high=value if high is None else high, **more
    )


def quote(report: str = "r1", text: str = "words") -> Quote:
    return Quote(span=Span(report=ReportId(report), start=0, end=len(text)), text=text)


def report(name: str, day: int) -> Report:
    published = Period(start=datetime(2011, 4, day), end=datetime(2011, 4, day + 1))
    return Report(
        id=ReportId(name),
        path=f"{name}.txt",
        title=name,
        publisher=name,
        url="",
        published=published,
        retrieved=None,
        language="en",
        text="words and more",
        body=((0, 14),),
    )


def profile(name: str, *, access: float, spin: tuple[float, float], **more: object) -> Profile:
    """A source with the shared defaults; `spin` is the chance without and with its campaign."""
    own = {key: knob(f"model.{key}", value) for key, value in DEFAULTS.items()}
    own |= {key: value for key, value in more.items() if key in own}  # type: ignore[misc]  # knobs by name
    rest = {"campaign": "push"} | {key: value for key, value in more.items() if key not in own}
    return Profile(
        source=Source(id=SourceId(name), name=name.title(), kind=SourceKind.NAMED),
        role="",
        access=knob(f"source.{name}.access", access),
        spin_off=knob(f"source.{name}.spin_off", spin[0]),
        spin_on=knob(f"source.{name}.spin_on", spin[1]),
        **own,
        **rest,  # type: ignore[arg-type]  # passed through by name
    )


def assertion(name: str, claim: str, source: str, *, in_report: str = "r1", **more: object) -> Assertion:
    return Assertion(
        id=EvidenceId(name),
        title=name,
        claim=ClaimId(claim),
        source=SourceId(source),
        quote=quote(in_report),
        **more,  # type: ignore[arg-type]  # passed through by name
    )


def echo(name: str, of: str, *, in_report: str = "r1") -> Assertion:
    return assertion(
        name,
        "missiles",
        "official",
        in_report=in_report,
        copy_of=EvidenceId(of),
        copy=knob(f"assertion.{name}.copy", 1.0),
    )


def by_hypothesis(prefix: str, values: tuple[float, ...]) -> dict[HypothesisId, Knob]:
    return {HypothesisId(one): knob(f"{prefix}.{one}", value) for one, value in zip(HYPOTHESES, values, strict=True)}


def by_truth(prefix: str, true: float, false: float) -> dict[str, Knob]:
    return {"true": knob(f"{prefix}.true", true), "false": knob(f"{prefix}.false", false)}


def _hypotheses() -> tuple[Hypothesis, ...]:
    priors = {"sam": (0.15, 0.10, 0.20), "arms": (0.25, 0.2, 0.3), "elsewhere": (0.3, 0.25, 0.35), "none": (0.3,)}
    return tuple(
        Hypothesis(
            id=HypothesisId(one),
            name=one,
            sentence=one,
            prior=knob(f"hypothesis.{one}.prior", *values),
            something_else=one == "none",
        )
        for one, values in priors.items()
    )


def _claims() -> tuple[Claim, ...]:
    return (
        Claim(id=ClaimId("missiles"), sentence="It has missiles.", hypothesis=HypothesisId("sam")),
        Claim(
            id=ClaimId("convoy"),
            sentence="Eight trucks went.",
            given=by_hypothesis("claim.convoy.given", (0.5, 0.3, 0.05, 0.01)),
        ),
        Claim(
            id=ClaimId("fighting"),
            sentence="It fights there.",
            given=by_hypothesis("claim.fighting.given", (0.2, 0.2, 0.1, 0.05)),
        ),
    )


def _profiles() -> tuple[Profile, ...]:
    who = Anonymity(
        employer=knob("source.official.anonymity.employer", 0.85),
        himself=knob("source.official.anonymity.himself", 0.15),
        nobody=knob("source.official.anonymity.nobody", 0.0),
        own_spin=knob("source.official.anonymity.own_spin", 0.1),
    )
    return (
        profile("official", access=0.6, spin=(0.15, 0.7), anonymity=who),
        profile("president", access=0.4, spin=(0.25, 0.5)),
    )


def _assertions(echoes: int) -> tuple[Assertion, ...]:
    copied = knob("assertion.official-missiles.copy", 0.25, 0.10, 0.60)
    return (
        assertion("president-missiles", "missiles", "president", in_report="r1"),
        assertion(
            "official-missiles",
            "missiles",
            "official",
            in_report="r3",
            copy_of=EvidenceId("president-missiles"),
            copy=copied,
        ),
        assertion("official-convoy", "convoy", "official", in_report="r3"),
        *(echo(f"echo-{number}", "official-missiles", in_report="r4") for number in range(echoes)),
    )


def _statement() -> Statement:
    surfaces = {"genuine_true": 0.3, "genuine_false": 0.0, "forged_on": 0.25, "forged_off": 0.03}
    checks = {"style": (0.1, 0.7), "channel": (0.04, 0.58)}
    return Statement(
        id=EvidenceId("statement"),
        title="A statement",
        author="group",
        claim=ClaimId("fighting"),
        campaign="push",
        surfaces={key: knob(f"statement.statement.surfaces.{key}", value) for key, value in surfaces.items()},
        checks=(
            *(
                Check(
                    kind=kind,
                    found="differs",
                    genuine=knob(f"statement.statement.check.{kind}.genuine", genuine),
                    forged=knob(f"statement.statement.check.{kind}.forged", forged),
                )
                for kind, (genuine, forged) in checks.items()
            ),
            Check(kind="confirmation", found="on no forum", genuine=None, forged=None),
        ),
        quote=quote("r5"),
    )


def _expectations() -> tuple[Expectation, ...]:
    window = Period(start=datetime(2011, 3, 20), end=datetime(2011, 4, 9))
    return (
        Expectation(
            id=EvidenceId("video"),
            title="No video",
            posture="group",
            produced={
                str(key): one for key, one in by_hypothesis("expectation.video.produced", (0.35, 0.25, 0, 0)).items()
            },
            by_now=knob("expectation.video.by_now", 1.0),
            coverage=knob("expectation.video.coverage", 0.9),
            window=window,
            channels=tuple(f"c{number}" for number in range(10)),
        ),
        Expectation(
            id=EvidenceId("biographies"),
            title="No biographies",
            posture="group",
            produced=by_truth("expectation.biographies.produced", 0.6, 0.0),
            by_now=knob("expectation.biographies.by_now", 1.0),
            coverage=knob("expectation.biographies.coverage", 0.9),
            claim=ClaimId("fighting"),
            window=window,
        ),
    )


def _channels() -> tuple[Channel, ...]:
    watched = (Period(start=datetime(2011, 3, 20), end=datetime(2011, 4, 9)),)
    return tuple(Channel(id=f"c{n}", name=f"channel {n}", share=0.1, watched=watched if n else ()) for n in range(10))


def _scenarios() -> tuple[Scenario, ...]:
    chances = {"hoard": 0.6, "resale": 0.3}
    return tuple(
        Scenario(
            id=name,
            name=name,
            hypothesis=HypothesisId("sam"),
            chance=knob(f"scenario.{name}.chance", chance, chance - 0.1, chance + 0.1),
            follows="",
            considerations=(
                Consideration(
                    quote=quote("r2"),
                    sentence="It was raided twice.",
                    if_so=knob(f"scenario.{name}.1.if_so", 0.6),
                    if_not=knob(f"scenario.{name}.1.if_not", 0.4),
                ),
            ),
        )
        for name, chance in chances.items()
    )


def _questions() -> tuple[Question, ...]:
    serial = {str(k): v for k, v in by_hypothesis("question.serial.yes", (0.3, 0.01, 0.01, 0.01)).items()}
    idle = {str(k): v for k, v in by_hypothesis("question.idle.yes", (0.4, 0.4, 0.4, 0.4)).items()}
    return (
        Question(id="idle", title="Says nothing", yes=idle),
        Question(id="serial", title="A serial number is traced", yes=serial),
        Question(
            id="second",
            title="A second service confirms the convoy",
            yes=by_truth("question.second.yes", 0.5, 0.05),
            claim=ClaimId("convoy"),
        ),
    )


def build_case(*, echoes: int = 9, ranges: bool = False) -> Case:
    """The 2011 case; with `ranges`, its numbers are intervals around the same values."""
    case = Case(
        title="Reference",
        question="Does the group have missiles?",
        asks=HypothesisId("sam"),
        as_of=date(2011, 4, 10),
        prior_basis="judged",
        hypotheses=_hypotheses(),
        reports=tuple(report(f"r{number}", number) for number in range(1, 6)),
        campaigns=(Campaign(id="push", name="Push", sentence="Pushed.", prior=knob("campaign.push.prior", 0.25)),),
        postures=(
            Posture(
                id="group",
                name="Lying low",
                sentence="It keeps quiet.",
                low=by_hypothesis("posture.group.low", (0.39, 0.3, 0.3, 0.3)),
                damp=knob("posture.group.damp", 0.1),
            ),
        ),
        profiles=_profiles(),
        claims=_claims(),
        assertions=_assertions(echoes),
        observations=(
            Observation(
                id=EvidenceId("flickers"),
                title="Flickers",
                quote=quote("r2"),
                given=by_truth("observation.flickers", 0.6, 0.35),
                claim=ClaimId("fighting"),
            ),
        ),
        statements=(_statement(),),
        channels=_channels(),
        expectations=_expectations(),
        scenarios=_scenarios(),
        questions=_questions(),
    )
    return widen(case) if ranges else case


def widen(case: Case) -> Case:
    """Give every number of a case strictly between 0 and 1 a range around its value."""
    return _widen(case)  # type: ignore[return-value]  # what goes in comes out


def _widen(value: object) -> object:
    if isinstance(value, Knob):
        inside = 0 < value.value < 1
        return (
            replace(value, low=0.8 * value.value, high=min(1.2 * value.value, 0.5 + value.value / 2))
            if inside
            else value
        )
    if isinstance(value, Mapping):
        return {key: _widen(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(_widen(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _widen(getattr(value, field.name)) for field in fields(value)})
    return value


def weigh(case: Case, knobs: Knobs) -> tuple[tuple[Factor, ...], tuple[Evidence, ...]]:
    """What is held before any report, and everything that then arrives."""
    frame = prior_factors(case, knobs) + mode_factors(case, knobs)
    return frame, weigh_testimony(case, knobs) + weigh_statements(case, knobs) + weigh_silences(case, knobs)


def find_chances(case: Case, *, without: str = "") -> NDArray[np.float64]:
    """The posterior of the hypotheses at the judged values."""
    frame, evidence = weigh(case, centre_knobs(read_knobs(case)))
    return find_posterior(frame, [one for one in evidence if one.id != without])[:, 0]


def find_chance_of_asked(case: Case) -> float:
    return float(find_chances(case)[find_asked(case)])
