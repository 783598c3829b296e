"""Is what it would mean kept apart from whether it is so?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from firsthand.errors import ModelError
from firsthand.hypotheses import centre_knobs, draw_knobs, read_knobs
from firsthand.impact import weigh_scenarios
from firsthand.model import Case, Consideration, Scenario, ScenarioAssessment
from vector_one import build_case, find_chances, knob, quote


def consider(name: str, number: int, so: float, not_so: float) -> Consideration:
    prefix = f"scenario.{name}.{number}"
    return Consideration(
        quote=quote("r2"), sentence="Seen.", if_so=knob(f"{prefix}.if_so", so), if_not=knob(f"{prefix}.if_not", not_so)
    )


def scenario(name: str, chance: float, *pairs: tuple[float, float], hypothesis: str = "sam") -> Scenario:
    return Scenario(
        id=name,
        name=name,
        hypothesis=hypothesis,
        chance=knob(f"scenario.{name}.chance", chance),
        follows="",
        considerations=tuple(consider(name, number, *pair) for number, pair in enumerate(pairs)),
    )


def assess(*scenarios: Scenario) -> tuple[ScenarioAssessment, ...]:
    case = replace(build_case(), scenarios=scenarios)
    knobs = centre_knobs(read_knobs(case))
    return weigh_scenarios(case, knobs, knobs)


def find_numbers(*scenarios: Scenario) -> list[float]:
    return [one.probability for one in assess(*scenarios)]


def test_what_speaks_for_it_raises_it_by_its_likelihood_ratio() -> None:
    assert find_numbers(scenario("one", 0.2, (0.6, 0.3), (0.5, 0.5))) == [pytest.approx(0.4 / 1.2)]


def test_the_order_of_considerations_is_irrelevant() -> None:
    forth, back = ((0.6, 0.3), (0.2, 0.9)), ((0.2, 0.9), (0.6, 0.3))
    assert find_numbers(scenario("one", 0.2, *forth)) == pytest.approx(find_numbers(scenario("one", 0.2, *back)))


def test_scenarios_that_may_hold_together_are_left_as_they_are() -> None:
    assert find_numbers(scenario("one", 0.5), scenario("two", 0.3)) == pytest.approx([0.5, 0.3])


def test_scenarios_that_add_to_more_than_one_are_scaled_to_one() -> None:
    assert find_numbers(scenario("one", 0.9), scenario("two", 0.6)) == pytest.approx([0.6, 0.4])


def test_scenarios_of_different_hypotheses_are_scaled_apart() -> None:
    found = find_numbers(scenario("one", 0.9), scenario("two", 0.9, hypothesis="arms"))
    assert found == pytest.approx([0.9, 0.9])


def test_no_scenario_moves_any_hypothesis() -> None:
    case: Case = build_case()
    dire = replace(case, scenarios=(scenario("one", 0.99, (0.99, 0.01)),))
    assert (find_chances(dire) == find_chances(case)).all()


def test_an_interval_holds_its_number() -> None:
    case = build_case(ranges=True)
    knobs = read_knobs(case)
    for one in weigh_scenarios(case, centre_knobs(knobs), draw_knobs(knobs, 500, 1).knobs):
        assert one.low < one.probability < one.high


def test_what_is_impossible_either_way_is_refused() -> None:
    with pytest.raises(ModelError, match="impossible whether it holds or not"):
        assess(scenario("one", 0.5, (0.0, 0.0)))
