"""Does the model give the reference case's numbers?"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from firsthand.hypotheses import (
    arrange_evidence,
    build_matrix,
    centre_knobs,
    compare_hypotheses,
    date_posteriors,
    infer,
    list_contributions,
    read_knobs,
    solve,
    state_beliefs,
    state_modes,
    weigh_evidence,
)
from firsthand.hypotheses.enumeration import enumerate_worlds
from firsthand.hypotheses.posterior import Solution
from firsthand.model import Period
from vector_one import BELIEFS, HYPOTHESES, MODES, POSTERIOR, WITHOUT, build_case, find_chances, weigh

CLOSE = 1e-11


@pytest.fixture(scope="module")
def centre() -> Solution:
    case = build_case()
    about = [*BELIEFS, *(f"M:{source}" for source in MODES)]
    return solve(*weigh(case, centre_knobs(read_knobs(case))), about)


def test_the_posterior_is_the_reference_posterior(centre: Solution) -> None:
    assert np.exp(centre.steps[-1][:, 0]) == pytest.approx(POSTERIOR, abs=CLOSE)


@pytest.mark.parametrize("left_out", sorted(WITHOUT))
def test_each_leave_one_out_row_is_the_reference_row(centre: Solution, left_out: str) -> None:
    row = next(one for one in list_contributions(build_case(), centre, centre) if one.evidence == left_out)
    assert list(row.without.values()) == pytest.approx(WITHOUT[left_out], abs=CLOSE)
    assert find_chances(build_case(), without=left_out) == pytest.approx(WITHOUT[left_out], abs=CLOSE)


@pytest.mark.parametrize("variable", sorted(BELIEFS))
def test_each_belief_is_the_reference_belief(centre: Solution, variable: str) -> None:
    assert centre.after[variable][0, 0] == pytest.approx(BELIEFS[variable], abs=CLOSE)


@pytest.mark.parametrize("source", sorted(MODES))
def test_each_source_ends_in_the_reference_modes(centre: Solution, source: str) -> None:
    after = state_modes(build_case(), centre)[source][1]
    assert (after.informed, after.rumour, after.spinning) == pytest.approx(MODES[source], abs=CLOSE)


def test_counting_every_world_gives_the_same_numbers() -> None:
    case = build_case(echoes=1)
    frame, evidence = weigh(case, centre_knobs(read_knobs(case)))
    factors = [*frame, *(one.likelihood for one in evidence)]
    cards = {name: size for one in factors for name, size in zip(one.scope, one.table.shape, strict=False)}
    counted, eliminated = enumerate_worlds(factors, list(cards), cards), infer(factors, list(cards))
    for name in cards:
        assert eliminated[name] == pytest.approx(counted[name], abs=1e-13)


def test_contributions_add_up_to_the_weight_of_the_evidence(centre: Solution) -> None:
    case = build_case()
    rows = list_contributions(case, centre, centre)
    assert sum(row.weight_db for row in rows) == pytest.approx(weigh_evidence(case, centre, centre)[0], abs=1e-9)
    assert weigh_evidence(case, centre, centre)[0] == pytest.approx(1.84, abs=0.005)
    assert rows[-1].after == pytest.approx(POSTERIOR[0], abs=CLOSE)


def test_contributions_come_in_order_of_arrival(centre: Solution) -> None:
    names = [row.evidence for row in list_contributions(build_case(), centre, centre) if row.kind != "echo"]
    assert names[:4] == ["president-missiles", "flickers", "official-missiles", "official-convoy"]
    assert names[4:] == ["statement", "video", "biographies"]


def test_an_echo_contributes_exactly_nothing(centre: Solution) -> None:
    echoes = [row for row in list_contributions(build_case(), centre, centre) if row.kind == "echo"]
    assert len(echoes) == 9
    assert {row.weight_db for row in echoes} == {0.0}
    matrix = build_matrix(build_case(), centre)
    column = matrix.evidence.index("echo-0")
    assert {cells[column] for cells in matrix.cells} == {0.0}


def test_the_matrix_holds_what_each_explanation_would_lose(centre: Solution) -> None:
    matrix = build_matrix(build_case(), centre)
    assert matrix.hypotheses == HYPOTHESES
    for left_out, without in WITHOUT.items():
        column = matrix.evidence.index(left_out)
        for row, (before, after) in enumerate(zip(without, POSTERIOR, strict=True)):
            lost = 10 * math.log10(after / (1 - after)) - 10 * math.log10(before / (1 - before))
            assert matrix.cells[row][column] == pytest.approx(lost, abs=1e-9)


def test_the_last_date_carries_the_verdict(centre: Solution) -> None:
    points = date_posteriors(build_case(), centre, centre)
    assert [point.when for point in points] == sorted(point.when for point in points)
    assert points[-1].probability == pytest.approx(POSTERIOR[0], abs=CLOSE)


def test_beliefs_start_from_their_priors(centre: Solution) -> None:
    beliefs = {one.variable: one for one in state_beliefs(build_case(), centre, centre)}
    assert beliefs["K:push"].prior == pytest.approx(0.25)
    assert beliefs["C:convoy"].prior == pytest.approx(0.15 * 0.5 + 0.25 * 0.3 + 0.3 * 0.05 + 0.3 * 0.01)


def test_posteriors_add_to_one(centre: Solution) -> None:
    assert sum(one.probability for one in compare_hypotheses(build_case(), centre, centre)) == pytest.approx(
        1, abs=1e-12
    )


def test_reports_taken_at_face_value_would_mislead() -> None:
    """Two reports "80 % reliable" multiplied naively make the story likely, and nine reprints make it certain."""
    odds = 0.15 / 0.85 * (0.8 / 0.2) ** 2
    assert odds / (1 + odds) == pytest.approx(0.738, abs=0.0005)
    shouted = odds * (0.8 / 0.2) ** 9
    assert shouted / (1 + shouted) > 0.99999
    assert find_chances(build_case(echoes=9))[0] < 0.22


def test_a_report_of_uncertain_date_arrives_when_it_had_surely_been_published() -> None:
    case = build_case(echoes=0)
    some_week = Period(start=datetime(2011, 3, 28), end=datetime(2011, 4, 4))
    reports = (replace(case.reports[0], published=some_week), *case.reports[1:])
    frame, evidence = weigh(replace(case, reports=reports), centre_knobs(read_knobs(case)))
    assert [one.id for one in arrange_evidence(evidence)][:3] == ["flickers", "president-missiles", "official-missiles"]
    undated = (replace(case.reports[0], published=None), *case.reports[1:])
    frame, evidence = weigh(replace(case, reports=undated), centre_knobs(read_knobs(case)))
    solution = solve(frame, evidence)
    assert solution.evidence[-1].id == "president-missiles"
    assert date_posteriors(case, solution, solution)[-1].when == datetime(2011, 4, 10)
    assert date_posteriors(case, solution, solution)[-1].probability == pytest.approx(POSTERIOR[0], abs=CLOSE)
