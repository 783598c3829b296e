"""Does a purported statement weigh as much as its checks allow, and no more?"""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from firsthand.authenticity import check_statement, weigh_statements
from firsthand.errors import ModelError
from firsthand.hypotheses import centre_knobs, infer, read_knobs
from firsthand.model import Case, Check, Knob, Statement
from vector_one import build_case, knob, weigh


def check(genuine: float, forged: float, imitable: float | None = None, kind: str = "style") -> Check:
    def name(part: str, value: float) -> Knob:
        return knob(f"statement.statement.check.{kind}.{part}", value)

    cap = None if imitable is None else name("imitable", imitable)
    return Check(kind=kind, found="", genuine=name("genuine", genuine), forged=name("forged", forged), imitable=cap)


def with_checks(*checks: Check) -> Case:
    case = build_case(echoes=0)
    return replace(case, statements=(replace(case.statements[0], checks=checks),))


def weigh_check(one: Check) -> float | None:
    case = with_checks(one)
    return check_statement(case.statements[0], centre_knobs(read_knobs(case)))[0].toward_forged_db


def believe(case: Case, variable: str) -> float:
    frame, evidence = weigh(case, centre_knobs(read_knobs(case)))
    return float(infer([*frame, *(one.likelihood for one in evidence)], [variable])[variable][0, 0])


def test_a_check_weighs_its_likelihood_ratio() -> None:
    assert weigh_check(check(0.1, 0.7)) == pytest.approx(8.45, abs=0.005)
    assert weigh_check(check(0.04, 0.58)) == pytest.approx(11.61, abs=0.005)


def test_a_check_without_numbers_is_not_counted() -> None:
    case = build_case(echoes=0)
    found = check_statement(case.statements[0], centre_knobs(read_knobs(case)))
    assert [one.toward_forged_db is None for one in found] == [False, False, True]
    assert believe(case, "A:statement") == pytest.approx(
        believe(with_checks(*case.statements[0].checks[:2]), "A:statement")
    )


def test_a_match_that_can_be_imitated_is_worth_at_most_one_over_q() -> None:
    weight = weigh_check(check(0.9, 0.0, imitable=0.5))
    assert weight == pytest.approx(10 * math.log10(0.5))
    assert weigh_check(check(0.9, 0.0)) == -math.inf


def test_a_mismatch_can_still_be_decisive_under_the_cap() -> None:
    weight = weigh_check(check(0.001, 0.7, imitable=0.5))
    assert weight is not None
    assert weight > 20


def test_a_convention_everybody_imitates_says_nothing() -> None:
    assert weigh_check(check(0.9, 0.2, imitable=1.0)) == 0.0


def test_a_forgery_speaks_for_a_campaign_and_not_for_its_claim() -> None:
    forged, genuine = with_checks(check(0.01, 0.9)), with_checks(check(0.9, 0.01))
    none = replace(forged, statements=())
    assert believe(forged, "K:push") > believe(none, "K:push")
    assert believe(genuine, "C:fighting") > believe(none, "C:fighting")
    assert believe(forged, "C:fighting") < believe(genuine, "C:fighting")


def test_a_forgery_discounts_the_forgers_allies() -> None:
    forged = with_checks(check(0.01, 0.9))
    frame, evidence = weigh(forged, centre_knobs(read_knobs(forged)))
    factors = [*frame, *(one.likelihood for one in evidence)]
    without = [*frame, *(one.likelihood for one in evidence if one.id != "statement")]
    assert infer(factors, ["M:president"])["M:president"][2, 0] > infer(without, ["M:president"])["M:president"][2, 0]


def test_the_statement_arrives_as_one_piece_of_evidence_with_its_quotes() -> None:
    case = build_case(echoes=0)
    (found,) = weigh_statements(case, centre_knobs(read_knobs(case)))
    assert found.kind == "statement"
    assert found.likelihood.scope == ("A:statement", "C:fighting", "K:push")
    assert found.likelihood.table.shape == (2, 2, 2, 1)
    assert case.statements[0].quote in found.quotes
    assert "2 of 3" in found.reason.sentence


def test_a_chance_of_surfacing_that_is_not_given_is_named() -> None:
    case = build_case(echoes=0)
    one: Statement = case.statements[0]
    partial = replace(one, surfaces={key: value for key, value in one.surfaces.items() if key != "forged_on"})
    with pytest.raises(ModelError, match="forged_on"):
        weigh_statements(replace(case, statements=(partial,)), centre_knobs(read_knobs(case)))
