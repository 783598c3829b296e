"""What might any small case look like? Cases with every kind of node, from a seed."""

from __future__ import annotations

from datetime import date

import numpy as np

from firsthand.model import (
    Anonymity,
    Assertion,
    Campaign,
    Case,
    Check,
    Claim,
    ClaimId,
    EvidenceId,
    Expectation,
    Hypothesis,
    HypothesisId,
    Interest,
    Knob,
    Observation,
    Posture,
    Profile,
    SourceId,
    Statement,
)
from vector_one import assertion, knob, profile, quote, report

INTERESTS = tuple(Interest)


class Maker:
    """A stream of chance and the knobs made from it."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)

    def knob(self, name: str, low: float = 0.03, high: float = 0.97) -> Knob:
        return knob(name, float(self.rng.uniform(low, high)))

    def flip(self) -> bool:
        return bool(self.rng.random() < 0.5)

    def pick(self, most: int) -> int:
        return int(self.rng.integers(most))

    def given(self, prefix: str, states: tuple[str, ...]) -> dict[str, Knob]:
        return {state: self.knob(f"{prefix}.{state}") for state in states}


def build_random_case(seed: int) -> Case:
    """A case of two to four hypotheses with campaigns, ties, copies, an unnamed source, silences and a statement."""
    make = Maker(seed)
    names = tuple(f"h{number}" for number in range(2 + make.pick(3)))
    campaigns = tuple(f"k{number}" for number in range(1 + make.pick(2)))
    claims = _make_claims(make, names)
    profiles = tuple(_make_profile(make, f"s{number}", campaigns) for number in range(2))
    return Case(
        title="",
        question="",
        asks=HypothesisId("h0"),
        as_of=date(2020, 1, 9),
        prior_basis="",
        hypotheses=tuple(
            Hypothesis(id=HypothesisId(name), name=name, sentence=name, prior=make.knob(f"hypothesis.{name}.prior"))
            for name in names
        ),
        reports=tuple(report(f"r{number}", number) for number in range(1, 6)),
        campaigns=tuple(Campaign(id=k, name=k, sentence=k, prior=make.knob(f"campaign.{k}.prior")) for k in campaigns),
        postures=(
            Posture(
                id="q",
                name="q",
                sentence="q",
                low={HypothesisId(key): one for key, one in make.given("posture.q.low", names).items()},
                damp=make.knob("posture.q.damp"),
            ),
        ),
        profiles=profiles,
        claims=claims,
        assertions=tuple(_make_assertion(make, number, claims, profiles) for number in range(2 + make.pick(3))),
        observations=_make_observations(make, names, claims),
        statements=(_make_statement(make, claims, campaigns),)[: make.pick(2)],
        expectations=_make_expectations(make, names, claims),
    )


def _make_claims(make: Maker, names: tuple[str, ...]) -> tuple[Claim, ...]:
    given = {HypothesisId(key): one for key, one in make.given("claim.c1.given", names).items()}
    return (
        Claim(id=ClaimId("c0"), sentence="It is h0.", hypothesis=HypothesisId("h0")),
        Claim(id=ClaimId("c1"), sentence="It is c1.", given=given),
    )


def _make_profile(make: Maker, name: str, campaigns: tuple[str, ...]) -> Profile:
    prefix = f"source.{name}"
    who = Anonymity(
        employer=make.knob(f"{prefix}.anonymity.employer"),
        himself=make.knob(f"{prefix}.anonymity.himself"),
        nobody=make.knob(f"{prefix}.anonymity.nobody"),
        own_spin=make.knob(f"{prefix}.anonymity.own_spin"),
        same_as=SourceId("s0") if name != "s0" and make.flip() else None,
        same_weight=make.knob(f"{prefix}.anonymity.same_weight"),
    )
    spin = (float(make.rng.uniform(0, 0.5)), float(make.rng.uniform(0.3, 1)))
    return profile(
        name,
        access=float(make.rng.uniform(0.05, 0.95)),
        spin=spin,
        campaign=campaigns[make.pick(len(campaigns))] if make.flip() else None,
        anonymity=who if make.flip() else None,
        shameless=make.knob(f"{prefix}.shameless"),
        error=make.knob(f"{prefix}.error", 0.01, 0.4),
    )


def _make_assertion(make: Maker, number: int, claims: tuple[Claim, ...], profiles: tuple[Profile, ...]) -> Assertion:
    name, copied = f"a{number}", bool(number) and make.flip()
    return assertion(
        name,
        claims[make.pick(len(claims))].id,
        profiles[make.pick(len(profiles))].source.id,
        in_report=f"r{1 + make.pick(5)}",
        denies=make.rng.random() < 0.25,
        interest=INTERESTS[make.pick(3)],
        copy_of=EvidenceId("a0") if copied else None,
        copy=make.knob(f"assertion.{name}.copy") if copied else None,
    )


def _make_statement(make: Maker, claims: tuple[Claim, ...], campaigns: tuple[str, ...]) -> Statement:
    prefix = "statement.t"
    states = ("genuine_true", "genuine_false", "forged_on", "forged_off")
    return Statement(
        id=EvidenceId("t"),
        title="t",
        author="t",
        claim=claims[make.pick(len(claims))].id,
        campaign=campaigns[0],
        surfaces=make.given(f"{prefix}.surfaces", states),
        checks=tuple(
            Check(
                kind=kind,
                found="",
                genuine=make.knob(f"{prefix}.check.{kind}.genuine"),
                forged=make.knob(f"{prefix}.check.{kind}.forged"),
                imitable=make.knob(f"{prefix}.check.{kind}.imitable") if make.flip() else None,
            )
            for kind in ("style", "format")
        ),
        quote=quote("r5"),
    )


def _make_observations(make: Maker, names: tuple[str, ...], claims: tuple[Claim, ...]) -> tuple[Observation, ...]:
    claim = claims[make.pick(len(claims))].id if make.flip() else None
    states = names if claim is None else ("true", "false")
    given = make.given("observation.seen", states)
    return (Observation(id=EvidenceId("seen"), title="seen", quote=quote("r2"), given=given, claim=claim),)


def _make_expectations(make: Maker, names: tuple[str, ...], claims: tuple[Claim, ...]) -> tuple[Expectation, ...]:
    made = []
    for number in range(2):
        prefix, claim = f"expectation.e{number}", claims[1].id if make.flip() else None
        made.append(
            Expectation(
                id=EvidenceId(f"e{number}"),
                title="",
                posture="q" if make.flip() else None,
                produced=make.given(f"{prefix}.produced", names if claim is None else ("true", "false")),
                by_now=make.knob(f"{prefix}.by_now"),
                coverage=make.knob(f"{prefix}.coverage"),
                claim=claim,
            )
        )
    return tuple(made)
