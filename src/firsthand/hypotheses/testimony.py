"""What is a report worth as evidence, given what its source may be?

A report is evidence that somebody said it: each assertion is a factor over the claim and the mode of its source.
An echo is a constant factor and weighs exactly 0 dB.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

import numpy as np
from numpy.typing import NDArray

from firsthand.errors import ModelError
from firsthand.hypotheses.frame import HYPOTHESIS, name_claim
from firsthand.model import (
    Assertion,
    Case,
    Evidence,
    EvidenceId,
    EvidenceKind,
    Factor,
    Interest,
    Knobs,
    Number,
    Observation,
    Period,
    Profile,
    Reason,
    ReportId,
    SourceId,
    VariableId,
)
from firsthand.probability import tabulate

CONSTANT = Factor((), tabulate(1.0))
SERVES: Mapping[Interest, str] = {
    Interest.FOR: "Saying so serves it, so a source that spins says it nearly as readily when it is false.",
    Interest.AGAINST: "Saying so does not serve it: a source that spins hardly ever says it, so it counts for more.",
    Interest.NEUTRAL: "Saying so neither serves nor hurts it; where it spins, it only repeats what goes round.",
}


def weigh_testimony(case: Case, knobs: Knobs, only: Container[EvidenceId] | None = None) -> tuple[Evidence, ...]:
    """Return every assertion and observation of a case, or `only` some, as evidence, in the case's order.

    Raises ModelError for a source nobody has judged, and for echoes in a circle, which leave no original to count.
    """
    _check_originals(case)
    published = {report.id: report.published for report in case.reports}
    profiles = {profile.source.id: profile for profile in case.profiles}
    said = [
        _weigh_assertion(one, case, profiles, knobs, published)
        for one in case.assertions
        if only is None or one.id in only
    ]
    seen = [
        _weigh_observation(one, case, knobs, published) for one in case.observations if only is None or one.id in only
    ]
    return tuple(said + seen)


def is_echo(assertion: Assertion) -> bool:
    """Return whether an assertion is known to be nothing but a copy."""
    return assertion.copy is not None and assertion.copy.low == assertion.copy.high == 1.0


def _weigh_assertion(
    one: Assertion,
    case: Case,
    profiles: Mapping[SourceId, Profile],
    knobs: Knobs,
    published: Mapping[ReportId, Period | None],
) -> Evidence:
    echo = is_echo(one)
    kind = EvidenceKind.ECHO if echo else EvidenceKind.TESTIMONY
    profile = profiles.get(one.source)
    if profile is None and not echo:
        raise ModelError(f"source {one.source!r} asserts claim {one.claim!r}, and nothing says what it is worth")
    factor = CONSTANT if echo or profile is None else _testimony_factor(one, profile, case, knobs)
    return Evidence(
        id=one.id,
        kind=kind,
        title=one.title,
        likelihood=factor,
        when=published.get(one.quote.span.report),
        quotes=(one.quote,),
        reason=Reason(rule=kind, sentence=_explain(one, profile, echo), quotes=(one.quote,)),
    )


def _explain(one: Assertion, profile: Profile | None, echo: bool) -> str:
    if echo or profile is None:
        return "It repeats what another report already carries; an echo adds nothing."
    verb = "denies" if one.denies else "asserts"
    unnamed = " It is unnamed: it may speak for its employer, for itself, or not exist." if profile.anonymity else ""
    copied = " It may repeat another report, and as far as it does it adds nothing." if one.copy is not None else ""
    return f"{profile.source.name} {verb} the claim. {SERVES[one.interest]}{unnamed}{copied}"


def _check_originals(case: Case) -> None:
    """Raise ModelError where echoes only repeat one another, so that what they repeat is nowhere counted."""
    parents = {one.id: one.copy_of for one in case.assertions if one.copy_of is not None and is_echo(one)}
    settled: set[EvidenceId] = set()
    for start in parents:
        path: dict[EvidenceId, None] = {}
        at: EvidenceId | None = start
        while at in parents and at not in settled:
            if at in path:
                circle = " and ".join(sorted(list(path)[list(path).index(at) :]))
                raise ModelError(f"{circle} only repeat one another; say which is the original, or that it is unknown")
            path[at] = None
            at = parents[at]
        settled.update(path)


def _testimony_factor(one: Assertion, profile: Profile, case: Case, knobs: Knobs) -> Factor:
    """Return P(report | claim, mode), shape (2, 3, draws); as far as it is copied it is said whatever is true."""
    scope = (name_claim(one.claim), VariableId(f"M:{one.source}"))
    table = tabulate(_say_table(one, profile, knobs))
    copied = _copy_weight(one, profile, case, knobs)
    if isinstance(copied, float) and copied == 0.0:
        return Factor(scope, table)
    return Factor(scope, copied * knobs[profile.talk.id] + (1 - copied) * table)


def _say_table(one: Assertion, profile: Profile, knobs: Knobs) -> list[list[Number]]:
    """Return P(says it | claim true or false, informed, rumour or spinning); a denial is the mirror image."""
    talk, error, rumour = (knobs[knob.id] for knob in (profile.talk, profile.error, profile.rumour))
    spin_true, spin_false = _spin_pair(one.interest, profile, knobs)
    table = [[talk * (1 - error), talk * rumour, spin_true], [talk * error, talk * rumour, spin_false]]
    return table[::-1] if one.denies else table


def _spin_pair(interest: Interest, profile: Profile, knobs: Knobs) -> tuple[Number, Number]:
    """Return how readily a spinning source says it when what it says is true, and when it is false."""
    if interest is Interest.NEUTRAL:
        repeats = knobs[profile.talk.id] * knobs[profile.rumour.id]
        return repeats, repeats
    talks = knobs[profile.spin_talk.id]
    if interest is Interest.AGAINST:
        against = talks * knobs[profile.spin_against.id]
        return against, against
    return talks, talks * knobs[profile.shameless.id]


def _copy_weight(one: Assertion, profile: Profile, case: Case, knobs: Knobs) -> Number:
    """Return how likely the report only repeats another: as judged, or because the unnamed source is somebody heard."""
    copied: Number = 0.0 if one.copy is None else knobs[one.copy.id]
    who = profile.anonymity
    if who is None or who.same_as is None or who.same_weight is None:
        return copied
    heard = any(
        other.source == who.same_as and other.claim == one.claim and other.denies == one.denies
        for other in case.assertions
        if not is_echo(other)
    )
    return 1 - (1 - copied) * (1 - knobs[who.same_weight.id]) if heard else copied


def _weigh_observation(
    one: Observation, case: Case, knobs: Knobs, published: Mapping[ReportId, Period | None]
) -> Evidence:
    bears = "on the claim" if one.claim is not None else "on the explanations"
    return Evidence(
        id=one.id,
        kind=EvidenceKind.OBSERVATION,
        title=one.title,
        likelihood=Factor(*_observation_table(one, case, knobs)),
        when=published.get(one.quote.span.report),
        quotes=(one.quote,),
        reason=Reason(
            rule=EvidenceKind.OBSERVATION,
            sentence=one.why or f"How likely this would be seen was judged directly, as it bears {bears}.",
            quotes=(one.quote,),
        ),
    )


def _observation_table(
    one: Observation, case: Case, knobs: Knobs
) -> tuple[tuple[VariableId, ...], NDArray[np.float64]]:
    states = ["true", "false"] if one.claim is not None else [str(each.id) for each in case.hypotheses]
    missing = [state for state in states if state not in one.given]
    if missing:
        raise ModelError(f"observation {one.id!r} does not say how likely it is under {missing[0]!r}")
    variable = HYPOTHESIS if one.claim is None else name_claim(one.claim)
    return (variable,), tabulate([knobs[one.given[state].id] for state in states])
