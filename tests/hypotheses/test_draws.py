"""Are judged numbers drawn as documented, the same way every time?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from firsthand.errors import ModelError
from firsthand.hypotheses import centre_knobs, draw_knobs, prior_factors, read_knobs, turn_knobs
from firsthand.model import Case, Knob, KnobId
from vector_one import build_case, knob


def with_prior(case: Case, prior: Knob) -> Case:
    return replace(case, hypotheses=(replace(case.hypotheses[0], prior=prior), *case.hypotheses[1:]))


def test_every_knob_is_read_once_by_name() -> None:
    names = [one.id for one in read_knobs(build_case(echoes=2))]
    assert names == sorted(set(names))
    assert {"hypothesis.sam.prior", "campaign.push.prior", "posture.group.damp", "claim.convoy.given.sam"} <= set(names)
    assert {"model.shameless", "source.official.anonymity.own_spin", "assertion.official-missiles.copy"} <= set(names)
    assert {"expectation.video.produced.sam", "statement.statement.check.style.forged"} <= set(names)
    assert {"scenario.hoard.1.if_so", "question.second.yes.true", "observation.flickers.true"} <= set(names)


@pytest.mark.parametrize("value", [-0.1, 1.5, float("nan")])
def test_a_number_that_is_no_probability_is_refused(value: float) -> None:
    with pytest.raises(ModelError, match=r"hypothesis\.sam\.prior"):
        read_knobs(with_prior(build_case(), knob("hypothesis.sam.prior", value)))


def test_a_range_upside_down_is_refused() -> None:
    with pytest.raises(ModelError, match="outside its own range"):
        read_knobs(with_prior(build_case(), knob("hypothesis.sam.prior", 0.5, 0.6, 0.4)))


def test_one_name_for_two_numbers_is_refused() -> None:
    with pytest.raises(ModelError, match="two different numbers"):
        read_knobs(with_prior(build_case(), knob("campaign.push.prior", 0.5)))


@pytest.mark.parametrize("prior", [0.0, 1.0])
def test_a_prior_that_no_evidence_could_move_is_refused(prior: float) -> None:
    case = with_prior(build_case(), knob("hypothesis.sam.prior", prior))
    turns = centre_knobs(read_knobs(case))
    if prior == 1.0:
        turns = {**turns, **{KnobId(f"hypothesis.{name}.prior"): 0.0 for name in ("arms", "elsewhere", "none")}}
    with pytest.raises(ModelError, match="prior of 0"):
        prior_factors(case, turns)


def test_the_same_seed_gives_the_same_draws_and_another_does_not() -> None:
    knobs = (knob("one", 0.3, 0.1, 0.6),)
    first, again, other = (draw_knobs(knobs, 50, seed).knobs["one"] for seed in (1, 1, 2))
    assert (np.asarray(first) == np.asarray(again)).all()
    assert (np.asarray(first) != np.asarray(other)).any()


def test_a_new_knob_leaves_the_draws_of_the_others_as_they_were() -> None:
    one, two = knob("one", 0.3, 0.1, 0.6), knob("two", 0.3, 0.1, 0.6)
    alone, together = draw_knobs((one,), 50, 1).knobs, draw_knobs((one, two), 50, 1).knobs
    assert (np.asarray(alone["one"]) == np.asarray(together["one"])).all()
    assert (np.asarray(together["one"]) != np.asarray(together["two"])).any()


def test_a_fixed_number_stays_a_number() -> None:
    assert draw_knobs((knob("one", 0.3),), 50, 1).knobs["one"] == 0.3


def test_draws_fill_the_range_with_the_mean_of_a_triangle() -> None:
    values = np.asarray(draw_knobs((knob("one", 0.3, 0.1, 0.8),), 4000, 1).knobs["one"])
    assert values.min() >= 0.1
    assert values.max() <= 0.8
    assert values.mean() == pytest.approx((0.1 + 0.3 + 0.8) / 3, abs=1e-3)


def test_an_interval_without_a_value_is_drawn_evenly() -> None:
    values = np.asarray(draw_knobs((knob("one", 0.5, 0.2, 0.8, flat=True),), 4000, 1).knobs["one"])
    assert np.quantile(values, (0.05, 0.5, 0.95)) == pytest.approx([0.23, 0.5, 0.77], abs=2e-3)


def test_a_value_at_the_end_of_its_range_is_drawn_from_that_end() -> None:
    for value in (0.2, 0.8):
        values = np.asarray(draw_knobs((knob("one", value, 0.2, 0.8),), 2000, 1).knobs["one"])
        assert values.mean() == pytest.approx((0.2 + 0.8 + value) / 3, abs=1e-3)


def test_unknown_lineage_is_taken_at_both_ends_and_never_between() -> None:
    unknown, ranged = knob("copy", 0.5, 0.0, 1.0, unknown=True), knob("one", 0.3, 0.1, 0.6)
    draws = draw_knobs((unknown, ranged), 30, 1)
    assert draws.ends == 2
    assert list(np.asarray(draws.knobs["copy"])) == [0.0] * 30 + [1.0] * 30
    assert (np.asarray(draws.knobs["one"])[:30] == np.asarray(draws.knobs["one"])[30:]).all()


def test_no_samples_are_too_few() -> None:
    with pytest.raises(ModelError, match="at least 1"):
        draw_knobs((knob("one", 0.3, 0.1, 0.6),), 0, 1)


def test_a_turned_prior_is_what_it_says() -> None:
    case = build_case()
    turned = turn_knobs(case, centre_knobs(read_knobs(case)), {KnobId("hypothesis.sam.prior"): 0.5})
    assert prior_factors(case, turned)[0].table[:, 0] == pytest.approx([0.5, 12.5 / 85, 15 / 85, 15 / 85])


def test_a_knob_the_case_does_not_have_cannot_be_turned() -> None:
    case = build_case()
    with pytest.raises(ModelError, match="not a number of this case"):
        turn_knobs(case, centre_knobs(read_knobs(case)), {KnobId("source.nobody.access"): 0.5})
