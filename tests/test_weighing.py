"""Does a turned number give what weighing the case anew would, and quickly?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from firsthand.errors import ModelError, TooCostly
from firsthand.hypotheses import (
    centre_knobs,
    compare_hypotheses,
    find_asked,
    find_posterior,
    posterior,
    read_knobs,
    turn_knobs,
)
from firsthand.model import Case, Claim, ClaimId, EvidenceId, HypothesisId
from firsthand.pipeline import assess_case, compare_posteriors
from firsthand.weighing import solving
from firsthand.weighing.calibrating import calibrate_case
from firsthand.weighing.solving import build_frame, estimate_case, gather_evidence, make_probe, weigh_case
from random_cases import build_random_case
from vector_one import POSTERIOR, assertion, build_case, echo, knob, profile


@pytest.mark.parametrize("seed", range(12))
def test_every_knob_turned_alone_gives_what_weighing_anew_gives(seed: int) -> None:
    case = build_random_case(seed)
    weighing = weigh_case(case, 0)
    turn = calibrate_case(case).find_chances
    for one in weighing.knobs:
        for setting in (0.07, 0.6):
            knobs = turn_knobs(case, weighing.values, {one.id: setting})
            anew = find_posterior(build_frame(case, knobs), gather_evidence(case, knobs))
            assert np.abs(turn({one.id: setting}) - anew).max() < 1e-12, one.id


def test_several_knobs_and_several_settings_are_turned_at_once() -> None:
    case = build_case()
    weighing = weigh_case(case, 0)
    turns = {
        "source.official.access": np.array([0.1, 0.5, 0.9]),
        "campaign.push.prior": np.array([0.2, 0.4, 0.6]),
        "model.shameless": 0.7,
        "hypothesis.sam.prior": 0.3,
    }
    knobs = turn_knobs(case, weighing.values, turns)
    anew = find_posterior(build_frame(case, knobs), gather_evidence(case, knobs))
    assert calibrate_case(case).find_chances(turns) == pytest.approx(anew, abs=1e-12)


def test_nothing_turned_is_the_verdict_and_a_stranger_is_refused() -> None:
    turn = calibrate_case(build_case()).find_chances
    assert turn({})[:, 0] == pytest.approx(POSTERIOR, abs=1e-11)
    with pytest.raises(ModelError, match="not a number of this case"):
        turn({"source.nobody.access": 0.5})


def test_testimony_in_a_circle_is_refused_where_a_case_is_calibrated_too() -> None:
    case = build_case(echoes=0)
    circle = (echo("one", "two"), echo("two", "one"))
    with pytest.raises(ModelError, match="one and two only repeat one another"):
        calibrate_case(replace(case, assertions=(*case.assertions, *circle)))


@pytest.mark.parametrize("seed", range(8))
def test_what_is_left_out_or_turned_in_a_probe_gives_what_weighing_anew_gives(seed: int) -> None:
    case = build_random_case(seed)
    weighed, asked = weigh_case(case, 0), find_asked(case)
    probe, evidence = make_probe(weighed), gather_evidence(case, weighed.values)
    turns = {one.id: np.array([one.low, 0.3, one.high]) for one in weighed.knobs[-3:]}
    knobs = turn_knobs(case, weighed.values, turns)
    for left in (evidence[:1], evidence[1:3], evidence[:40]):
        names = frozenset(one.id for one in left)
        told = [one for one in gather_evidence(case, knobs) if one.id not in names]
        anew = find_posterior(build_frame(case, knobs), told)[asked]
        assert np.abs(probe.evaluate(turns, names) - anew).max() < 1e-12


def test_a_few_changes_are_asked_of_the_tree_calibrated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    case = build_case()
    probe, now = make_probe(weigh_case(case, 0)), POSTERIOR[find_asked(case)]
    monkeypatch.setattr(solving, "find_posterior", None)
    assert probe.evaluate({}, frozenset())[0] == pytest.approx(now, abs=1e-11)
    for one in case.assertions:
        assert 0 < probe.evaluate({}, frozenset({one.id}))[0] < 1


def test_a_large_case_follows_its_steps_in_fewer_draws_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    case = build_case(ranges=True)
    whole = weigh_case(case, 400)
    assert whole.followed is whole.drawn
    assert not whole.problems
    monkeypatch.setattr(posterior, "STEPS", 1)
    large = weigh_case(case, 400)
    assert large.followed.steps[0].shape[-1] == posterior.FEWEST * large.draws.ends
    assert large.drawn.steps[-1].shape[-1] == 400 * large.draws.ends
    assert ["single steps" in one.what and "100 draws" in one.what for one in large.problems] == [True]
    one, other = (compare_hypotheses(case, each.centre, each.drawn) for each in (whole, large))
    for row, same in zip(one, other, strict=True):
        assert (row.low, row.probability, row.high) == pytest.approx((same.low, same.probability, same.high), abs=1e-12)


def test_the_last_date_of_a_large_case_has_the_interval_of_the_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posterior, "STEPS", 1)
    found = assess_case(build_case(ranges=True), samples=300)
    asked = found.posteriors[find_asked(found.case)]
    assert (found.timeline[-1].low, found.timeline[-1].high) == (asked.low, asked.high)
    assert all(one.low_db < one.weight_db < one.high_db for one in found.contributions if one.weight_db)


def test_a_verdict_alone_is_the_verdict_of_the_whole_assessment() -> None:
    case = build_case(ranges=True)
    whole, alone = assess_case(case, samples=200).posteriors, compare_posteriors(case, samples=200)
    for row, same in zip(whole, alone, strict=True):
        assert (row.prior_low, row.low, row.high) == pytest.approx((same.prior_low, same.low, same.high), abs=1e-12)
        assert row.probability == pytest.approx(same.probability, abs=1e-12)


def test_a_case_too_large_to_count_is_estimated() -> None:
    case = build_case()
    counted = estimate_case(case, centre_knobs(read_knobs(case)))
    assert counted.chances == pytest.approx(POSTERIOR, abs=1e-9)
    assert counted.draws == 0
    wide = build_wide_case(18, 20)
    with pytest.raises(TooCostly):
        weigh_case(wide, 0)
    estimate = estimate_case(wide, centre_knobs(read_knobs(wide)))
    assert estimate.effective >= 100
    assert estimate.chances.sum() == pytest.approx(1)


def build_wide_case(sources: int, claims: int) -> Case:
    """Every source speaks of every claim."""
    case = build_long_case(claims)
    said = [(number, near) for number in range(sources) for near in range(claims)]
    return replace(
        case,
        profiles=tuple(profile(f"w{number}", access=0.5, spin=(0.6, 0.2), campaign="k0") for number in range(sources)),
        assertions=tuple(assertion(f"w{number}-x{near}", f"x{near}", f"w{number}") for number, near in said),
    )


def build_long_case(claims: int) -> Case:
    """Claims in a row, each with a source of its own that also speaks of the next two."""
    case = build_random_case(1)
    names = [HypothesisId(one.id) for one in case.hypotheses]
    told = tuple(
        Claim(
            id=ClaimId(f"x{number}"),
            sentence="",
            given={
                name: knob(f"claim.x{number}.given.{name}", 0.1 + 0.8 * ((7 * number + place) % 10) / 10)
                for place, name in enumerate(names)
            },
        )
        for number in range(claims)
    )
    spoken = [(number, near) for number in range(claims) for near in range(number, min(claims, number + 3))]
    return replace(
        case,
        claims=(*case.claims, *told),
        profiles=tuple(
            profile(
                f"w{number}", access=0.5, spin=(0.6, 0.2), campaign="k0", error=knob(f"source.w{number}.error", 0.1)
            )
            for number in range(claims)
        ),
        assertions=tuple(assertion(f"w{number}-x{near}", f"x{near}", f"w{number}") for number, near in spoken),
    )


def test_an_echo_left_out_changes_nothing() -> None:
    probe = make_probe(weigh_case(build_case(), 0))
    assert probe.evaluate({}, frozenset({EvidenceId("echo-of-nobody")})) == probe.evaluate({}, frozenset())
