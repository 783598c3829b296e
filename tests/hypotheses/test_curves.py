"""Is the curve of one number, drawn from two evaluations, what evaluating each setting gives?"""

from __future__ import annotations

import numpy as np
import pytest

from firsthand.hypotheses import calibrate_factors, centre_knobs, draw_curve, join, read_knobs
from firsthand.hypotheses.tables import Table
from firsthand.model import Case, Factor, KnobId
from random_cases import build_random_case
from vector_one import build_case, weigh

SETTINGS = np.linspace(0.02, 0.98, 9)


def build(case: Case, knob: KnobId, settings: Table | float) -> list[Factor]:
    frame, evidence = weigh(case, {**centre_knobs(read_knobs(case)), knob: settings})
    return [*frame, *(one.likelihood for one in evidence)]


@pytest.mark.parametrize("seed", range(6))
def test_every_knob_has_the_curve_that_each_setting_gives(seed: int) -> None:
    case = build_random_case(seed)
    for knob in read_knobs(case):
        middle = build(case, knob.id, knob.value)
        curve = draw_curve(
            calibrate_factors(middle), lambda settings, name=knob.id: build(case, name, settings), SETTINGS
        )
        for index in (0, 4, 8):
            alone = join(build(case, knob.id, float(SETTINGS[index])), ("H",))
            assert curve[:, index] == pytest.approx(alone[:, 0], abs=1e-12), knob.id


def test_the_chance_is_a_quotient_of_straight_lines_in_the_prior_of_a_mode() -> None:
    """A third point follows from two: the cross-ratio of four points on such a curve is that of their settings."""
    case = build_case()
    knob = next(knob for knob in read_knobs(case) if knob.id == "source.official.access")
    settings = np.array([0.1, 0.3, 0.6, 0.9])
    curve = draw_curve(
        calibrate_factors(build(case, knob.id, knob.value)), lambda many: build(case, knob.id, many), settings
    )

    def cross(points: Table) -> float:
        return (points[0] - points[2]) * (points[1] - points[3]) / ((points[1] - points[2]) * (points[0] - points[3]))

    assert cross(curve[0]) == pytest.approx(cross(settings), abs=1e-7)


def test_a_knob_that_touches_nothing_is_a_flat_line() -> None:
    case = build_random_case(2)
    factors = build(case, KnobId("none"), 0.5)
    curve = draw_curve(calibrate_factors(factors), lambda _: factors, SETTINGS)
    assert (curve == curve[:, :1]).all()
