"""Does a turned number give what weighing the case anew would, and quickly?"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from firsthand.errors import ModelError, TooCostly
from firsthand.hypotheses import find_posterior, turn_knobs
from firsthand.model import Case, Claim, ClaimId, HypothesisId
from firsthand.weighing import build_frame, estimate_case, gather_evidence, make_what_if, weigh_case
from random_cases import build_random_case
from vector_one import POSTERIOR, assertion, build_case, knob, profile


@pytest.mark.parametrize("seed", range(12))
def test_every_knob_turned_alone_gives_what_weighing_anew_gives(seed: int) -> None:
    case = build_random_case(seed)
    weighing = weigh_case(case, 0)
    turn = make_what_if(weighing)
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
    assert make_what_if(weighing)(turns) == pytest.approx(anew, abs=1e-12)


def test_nothing_turned_is_the_verdict_and_a_stranger_is_refused() -> None:
    turn = make_what_if(weigh_case(build_case(), 0))
    assert turn({})[:, 0] == pytest.approx(POSTERIOR, abs=1e-11)
    with pytest.raises(ModelError, match="not a number of this case"):
        turn({"source.nobody.access": 0.5})


def test_a_case_too_large_to_count_is_estimated() -> None:
    estimate = estimate_case(build_case())
    assert estimate.chances == pytest.approx(POSTERIOR, abs=1e-9)
    wide = build_wide_case(16, 18)
    with pytest.raises(TooCostly):
        weigh_case(wide, 0)
    estimate = estimate_case(wide)
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


def test_a_slider_moves_at_once_among_five_hundred_reports() -> None:
    """Measured when this was written: 1.5 ms on the mean of all sources' errors, in three reports each."""
    weighing = weigh_case(build_long_case(168), 0)
    assert len(weighing.centre.evidence) > 500
    turn = make_what_if(weighing)
    started = time.process_time()
    for number in range(0, 168, 8):
        turn({f"source.w{number}.error": 0.2})
    assert (time.process_time() - started) / 21 < 0.03
