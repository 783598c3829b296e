"""Is it told truly how far a verdict holds: bounds, fewest moves, other structures?"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from firsthand.hypotheses import find_asked
from firsthand.model import Case, Fewest, Knob
from firsthand.pipeline import assess_case, compare_posteriors
from firsthand.probability import find_word
from firsthand.sensitivity import Probe, find_bounds, find_fewest, vary_structure
from firsthand.sensitivity.probing import evaluate_rows, find_ranged
from firsthand.weighing.solving import make_probe, weigh_case
from random_cases import build_random_case
from vector_one import build_case


def probe_case(case: Case) -> tuple[tuple[Knob, ...], Probe]:
    weighing = weigh_case(case, 0)
    return weighing.knobs, make_probe(weighing)


def spread(case: Case, names: dict[str, tuple[float, float]]) -> Case:
    """The case with ranges given to some numbers and taken from all others."""
    from firsthand.case.knobs import map_knobs

    def change(one: Knob) -> Knob:
        low, high = names.get(one.id, (one.value, one.value))
        return replace(one, low=low, high=high)

    return map_knobs(case, change)


FEW = {
    "hypothesis.sam.prior": (0.06, 0.26),
    "source.president.access": (0.15, 0.7),
    "source.official.access": (0.4, 0.8),
    "campaign.push.prior": (0.1, 0.45),
    "claim.convoy.given.sam": (0.3, 0.7),
}


def test_bounds_over_a_few_numbers_are_those_of_every_corner() -> None:
    knobs, probe = probe_case(spread(build_case(), FEW))
    found = find_bounds(knobs, probe)
    ranged = find_ranged(knobs)
    corners = np.array(list(product(*((one.low, one.high) for one in ranged))))
    chances = evaluate_rows(ranged, corners, knobs, probe)
    assert found.exact
    assert (found.low, found.high) == (chances.min(), chances.max())


def test_no_setting_inside_the_ranges_lies_outside_exact_bounds() -> None:
    knobs, probe = probe_case(spread(build_case(), FEW))
    found, ranged = find_bounds(knobs, probe), find_ranged(knobs)
    rng = np.random.default_rng(3)
    rows = np.array([[rng.uniform(one.low, one.high) for one in ranged] for _ in range(500)])
    chances = evaluate_rows(ranged, rows, knobs, probe)
    assert found.low - 1e-12 <= chances.min() <= chances.max() <= found.high + 1e-12


def test_bounds_over_many_numbers_are_marked_as_found_and_hold_every_corner_tried() -> None:
    knobs, probe = probe_case(build_case(ranges=True))
    found, ranged = find_bounds(knobs, probe), find_ranged(knobs)
    rng = np.random.default_rng(4)
    rows = np.array([[rng.choice([one.low, one.high]) for one in ranged] for _ in range(500)])
    chances = evaluate_rows(ranged, rows, knobs, probe)
    assert not found.exact
    assert found.low <= chances.min() <= chances.max() <= found.high


def test_a_number_that_bends_the_chance_is_not_called_exact() -> None:
    case = spread(build_case(), {"model.talk": (0.05, 0.95), "model.rumour": (0.05, 0.95), "model.error": (0.01, 0.6)})
    knobs, probe = probe_case(case)
    found = find_bounds(knobs, probe)
    steps = np.linspace(0, 1, 6)
    ranged = find_ranged(knobs)
    rows = np.array(list(product(*(one.low + (one.high - one.low) * steps for one in ranged))))
    chances = evaluate_rows(ranged, rows, knobs, probe)
    assert not found.exact
    assert found.low <= chances.min() + 1e-4
    assert found.high >= chances.max() - 1e-4


def test_without_ranges_the_bounds_are_the_verdict() -> None:
    knobs, probe = probe_case(spread(build_case(), {}))
    found = find_bounds(knobs, probe)
    assert found.exact
    assert found.low == found.high == probe.evaluate({}, frozenset())[0]


def test_priors_in_the_bounds_always_add_up() -> None:
    priors = {"hypothesis.sam.prior": (0.01, 0.9), "hypothesis.arms.prior": (0.01, 0.9)}
    knobs, probe = probe_case(spread(build_case(), priors))
    found = find_bounds(knobs, probe)
    assert 0 < found.low < found.high < 1


def test_a_prior_whose_range_reaches_nothing_or_certainty_is_kept_just_inside() -> None:
    found = assess_case(spread(build_case(), {"hypothesis.sam.prior": (0.0, 1.0)}), samples=100).robustness
    assert found is not None
    assert 0 <= found.bounds.low < 1e-6
    assert found.bounds.low < found.bounds.high < 1


def fewest(case: Case) -> dict[str, Fewest]:
    knobs, probe = probe_case(case)
    return {one.of: one for one in find_fewest(case, knobs, find_bounds(knobs, probe), probe)}


def test_one_judgement_and_one_report_are_enough_in_the_reference_case() -> None:
    found = fewest(build_case(ranges=True))
    assert (len(found["judgements"].moves), found["judgements"].proven) == (1, True)
    assert (len(found["reports"].moves), found["reports"].proven) == (1, True)
    for one in found.values():
        assert one.probability is not None
        assert find_word(one.probability) != "unlikely"


def test_where_no_single_number_is_enough_pairs_are_tried_and_said_to_be_fewest() -> None:
    tight = {"source.president.access": (0.25, 0.4), "source.official.access": (0.4, 0.6), "model.error": (0.1, 0.12)}
    tight |= {"model.rumour": (0.35, 0.4), "source.president.spin_off": (0.25, 0.33), "model.shameless": (0.85, 0.855)}
    case = spread(build_case(), tight)
    knobs, probe = probe_case(case)
    now = find_word(float(probe.evaluate({}, frozenset())[0]))
    ranged = find_ranged(knobs)
    ends = [(one.id, end) for one in ranged for end in (one.low, one.high)]
    alone = [find_word(float(probe.evaluate({name: np.array([end])}, frozenset())[0])) for name, end in ends]
    found = fewest(case)["judgements"]
    assert set(alone) == {now}
    assert found.moves
    assert found.probability is not None
    assert find_word(found.probability) != now
    assert found.proven == (len(found.moves) <= found.tried + 1)


def test_a_set_said_to_be_smallest_is_so_by_trying_all_of_them() -> None:
    for seed in range(12):
        case = build_random_case(seed)
        knobs, probe = probe_case(case)
        names = [one.id for one in knobs if 0.1 < one.value < 0.9 and not one.id.startswith("hypothesis.")][:6]
        values = {one.id: one.value for one in knobs}
        case = spread(case, {name: (values[name] - 0.09, values[name] + 0.09) for name in names})
        knobs, probe = probe_case(case)
        found = next(
            one for one in find_fewest(case, knobs, find_bounds(knobs, probe), probe) if one.of == "judgements"
        )
        now = find_word(float(probe.evaluate({}, frozenset())[0]))
        ranged = find_ranged(knobs)
        rows = np.array(list(product(*((one.value, one.low, one.high) for one in ranged))))
        words = [find_word(float(chance)) for chance in evaluate_rows(ranged, rows, knobs, probe)]
        centre = np.array([one.value for one in ranged])
        sizes = [int((row != centre).sum()) for row, word in zip(rows, words, strict=True) if word != now]
        assert len(found.moves) == min(sizes, default=0) or not found.proven


def test_where_the_bounds_keep_the_word_no_set_of_judgements_changes_it() -> None:
    found = fewest(spread(build_case(), {"posture.group.damp": (0.09, 0.11)}))["judgements"]
    assert (found.moves, found.probability) == ((), None)


def test_without_ties_a_source_spins_only_as_it_would_by_itself() -> None:
    alone = next(one.case for one in vary_structure(build_case()) if one.id == "alone")
    assert {one.campaign for one in alone.profiles} == {None}
    assert all(one.spin_on == one.spin_off for one in alone.profiles)


def test_separate_campaigns_part_the_parties_and_keep_each_marginal() -> None:
    case = build_case()
    parted = next(one.case for one in vary_structure(case) if one.id == "separate-campaigns")
    assert len(parted.campaigns) > len(case.campaigns)
    assert len({one.campaign for one in parted.profiles if one.campaign}) == len(parted.campaigns)
    assert [(one.spin_off, one.spin_on) for one in parted.profiles] == [(o.spin_off, o.spin_on) for o in case.profiles]


def test_one_campaign_keeps_how_often_each_source_spins() -> None:
    for seed in range(30):
        case = build_random_case(seed)
        for one in vary_structure(case):
            if one.id == "one-campaign":
                chances = {k.id: k.prior.value for k in case.campaigns}
                common = one.case.campaigns[0].prior.value
                speaking = {said.source for said in case.assertions}
                pairs = [pair for pair in zip(case.profiles, one.case.profiles, strict=True)]
                for old, new in [pair for pair in pairs if pair[0].source.id in speaking]:
                    before = chances.get(old.campaign or "", 0.0)
                    spins = before * old.spin_on.value + (1 - before) * old.spin_off.value
                    after = common * new.spin_on.value + (1 - common) * new.spin_off.value
                    assert after == pytest.approx(spins, abs=1e-12)


def test_every_structure_can_be_weighed_and_differs_from_the_case() -> None:
    for seed in range(10):
        case = build_random_case(seed)
        for one in vary_structure(case):
            assert one.case != case
            assert one.sentence.endswith(".")
            chances = [posterior.probability for posterior in compare_posteriors(one.case, samples=0)]
            assert sum(chances) == pytest.approx(1, abs=1e-12)


def test_a_case_without_ties_has_no_other_structure() -> None:
    case = build_case()
    loose = tuple(replace(one, campaign=None, spin_on=one.spin_off, gains=False) for one in case.profiles)
    assert [one.id for one in vary_structure(replace(case, profiles=loose))] == []


def test_an_assessment_tells_how_far_it_holds() -> None:
    found = assess_case(build_case(ranges=True), samples=200)
    asked = found.posteriors[find_asked(found.case)]
    assert found.robustness is not None
    assert found.robustness.bounds.low <= asked.low <= asked.high <= found.robustness.bounds.high
    assert [one.id for one in found.robustness.structures] == ["alone", "separate-campaigns"]
    assert all(one.low <= one.probability <= one.high for one in found.robustness.structures)
