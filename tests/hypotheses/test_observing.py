"""Is one more observation valued at what it is expected to teach?"""

from __future__ import annotations

import pytest

from firsthand.errors import ModelError
from firsthand.hypotheses import calibrate_factors, centre_knobs, join, read_knobs, value_observation
from firsthand.model import Factor, VariableId
from firsthand.sensitivity import rank_questions
from networks import make_network, over
from vector_one import build_case, weigh

H = VariableId("H")


def complement(one: Factor) -> Factor:
    return Factor(one.scope, 1 - one.table)


@pytest.mark.parametrize("seen", [over("C:2", [0.9, 0.2]), over("C:2 M:s2", [[0.4, 0.1, 0.9], [0.1, 0.1, 0.6]])])
def test_the_chances_after_either_answer_are_those_of_a_fresh_run(seen: Factor) -> None:
    factors = make_network(6).factors
    value = value_observation(calibrate_factors(factors), seen)
    assert value.seen == pytest.approx(join([*factors, seen], (H,))[:, 0], abs=1e-12)
    assert value.missed == pytest.approx(join([*factors, complement(seen)], (H,))[:, 0], abs=1e-12)
    whole = value.chance * value.seen + (1 - value.chance) * value.missed
    assert whole == pytest.approx(join(factors, (H,))[:, 0], abs=1e-12)
    assert 0 < value.bits < 1


def test_what_happens_whatever_is_true_teaches_nothing() -> None:
    value = value_observation(
        calibrate_factors(make_network(4).factors), over("C:1", [0.3, 0.3]), [[1, 0, 0, 0], [0] * 4]
    )
    assert value.bits == pytest.approx(0, abs=1e-12)
    assert value.gain == pytest.approx(0, abs=1e-12)


def test_an_answer_that_settles_everything_is_worth_all_the_uncertainty() -> None:
    factors = [over("H", [0.5, 0.5])]
    value = value_observation(calibrate_factors(factors), over("H", [1, 0]), [[10, -10], [0, 0]])
    assert value.bits == pytest.approx(1)
    assert value.gain == pytest.approx(5)


def test_an_answer_that_changes_no_decision_gains_nothing_though_it_teaches() -> None:
    value = value_observation(calibrate_factors([over("H", [0.6, 0.4])]), over("H", [0.6, 0.4]), [[1, 1], [0, 0]])
    assert value.bits > 0
    assert value.gain == 0


def test_payoffs_must_name_every_explanation() -> None:
    with pytest.raises(ModelError, match="4 payoffs"):
        value_observation(calibrate_factors(make_network(2).factors), over("C:1", [0.9, 0.3]), [[1, 0]])
    with pytest.raises(ModelError, match="above 1"):
        value_observation(calibrate_factors(make_network(2).factors), over("C:1", [1.9, 0.3]))


def test_the_bits_are_those_of_the_questions_of_a_case() -> None:
    case = build_case()
    knobs = centre_knobs(read_knobs(case))
    frame, evidence = weigh(case, knobs)
    factors = [*frame, *(one.likelihood for one in evidence)]
    calibration = calibrate_factors(factors)
    claims = {one.claim for one in case.questions if one.claim}
    joints = {claim: join(factors, (H, VariableId(f"C:{claim}")))[..., 0] for claim in claims}
    ranked = {one.id: one for one in rank_questions(case, knobs, join(factors, (H,))[:, 0], joints)}
    for one in case.questions:
        states = ["true", "false"] if one.claim else [each.id for each in case.hypotheses]
        scope = f"C:{one.claim}" if one.claim else "H"
        value = value_observation(calibration, over(scope, [knobs[one.yes[state].id] for state in states]))
        assert value.bits == pytest.approx(ranked[one.id].bits, abs=1e-12)
        assert value.chance == pytest.approx(ranked[one.id].chance_of_yes, abs=1e-12)
