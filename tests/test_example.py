"""Does the example case give the reference result, line by line?

The numbers were worked out by brute force and by an independent library, which agree to 1e-16.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

import vector_one
from firsthand.case import check_case, load_case
from firsthand.case.check import list_quotes
from firsthand.case.text import FILES
from firsthand.model import Assessment, Case
from firsthand.pipeline import assess_case
from vector_one import HYPOTHESES, POSTERIOR

EXAMPLE = Path(__file__).parent.parent / "examples" / "libya-2011"
# The reference case calls the president's words "president-missiles" and has statements beside claims.
WITHOUT = {name.replace("president", "deby"): row for name, row in vector_one.WITHOUT.items()}
BELIEFS = {name: chance for name, chance in vector_one.BELIEFS.items() if not name.startswith("A:")}
MODES = {name.replace("president", "deby"): row for name, row in vector_one.MODES.items()}


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case(EXAMPLE)


@pytest.fixture(scope="module")
def assessment(case: Case) -> Assessment:
    return assess_case(case)


def test_the_posterior_is_the_reference_result(assessment: Assessment) -> None:
    assert [one.hypothesis for one in assessment.posteriors] == list(HYPOTHESES)
    assert [one.probability for one in assessment.posteriors] == pytest.approx(POSTERIOR, abs=1e-9)


@pytest.mark.parametrize("evidence", WITHOUT)
def test_leaving_one_out_gives_the_reference_row(assessment: Assessment, evidence: str) -> None:
    row = next(one for one in assessment.contributions if one.evidence == evidence)
    assert [row.without[one] for one in HYPOTHESES] == pytest.approx(WITHOUT[evidence], abs=1e-9)


def test_campaign_claims_posture_and_statement_are_believed_as_in_the_reference(assessment: Assessment) -> None:
    found = {one.variable: one.probability for one in assessment.beliefs}
    assert {name: found[name] for name in BELIEFS} == pytest.approx(BELIEFS, abs=1e-9)
    assert assessment.statements[0].genuine == pytest.approx(0.002528491056, abs=1e-9)


def test_the_sources_are_believed_as_in_the_reference(assessment: Assessment) -> None:
    for one in assessment.sources:
        if one.profile.source.id in MODES:
            assert one.after is not None
            after = (one.after.informed, one.after.rumour, one.after.spinning)
            assert after == pytest.approx(MODES[one.profile.source.id], abs=1e-9)


def test_nine_echoes_weigh_exactly_nothing(assessment: Assessment) -> None:
    weights = [one.weight_db for one in assessment.contributions if one.evidence.startswith("echo-")]
    assert len([one for one in assessment.case.assertions if one.copy and one.copy.low == 1]) == 9
    assert weights == [0.0] * len(weights)


def test_the_headline_interval_is_as_wide_as_the_judgements_say(assessment: Assessment) -> None:
    asked = assessment.posteriors[0]
    assert asked.low == pytest.approx(0.14, abs=0.015)
    assert asked.high == pytest.approx(0.37, abs=0.02)


def test_the_example_has_fourteen_reports_or_more_by_eleven_publishers_or_more(case: Case) -> None:
    assert len(case.reports) >= 14
    assert len({one.publisher for one in case.reports}) >= 11
    assert {one.language for one in case.reports} == {"en", "fr", "de"}
    assert all(one.published for one in case.reports)
    assert case.problems == ()


def test_a_day_known_only_to_a_range_is_read_as_that_range(case: Case) -> None:
    interview = next(one for one in case.reports if one.publisher == "Jeune Afrique")
    assert interview.published is not None
    assert (interview.published.start, interview.published.end) == (datetime(2011, 3, 20), datetime(2011, 3, 27))


def test_the_evidence_arrives_in_the_order_of_the_reference(assessment: Assessment) -> None:
    counted = [one.evidence for one in assessment.contributions if one.kind != "echo"]
    said = ["deby-missiles", "flickers", "official-missiles", "official-convoy", "statement"]
    assert counted == [*said, "video", "biographies", "fighters"]


def test_the_weights_in_that_order_add_up_to_the_weight_of_all(assessment: Assessment) -> None:
    weights = [one.weight_db for one in assessment.contributions if one.kind != "echo"]
    assert weights == pytest.approx([1.67, 0.25, 1.54, -0.15, -0.59, -0.75, -0.13, 0.0], abs=0.006)
    assert sum(weights) == pytest.approx(assessment.weight_db, abs=1e-9)


def test_every_report_of_the_example_is_cited_and_every_quotation_stands(case: Case) -> None:
    text = {one.id: one.text for one in case.reports}
    quotes = list(list_quotes(case))
    assert {one.span.report for one in quotes} == set(text)
    assert all(text[one.span.report][one.span.start : one.span.end] == one.text for one in quotes)


def test_a_check_of_the_example_finds_only_the_places_where_nobody_looked(case: Case) -> None:
    assert [one.where for one in check_case(case)] == ["expectation.fighters"]


def test_there_is_evidence_for_and_against_the_impact_scenarios(case: Case) -> None:
    for one in case.scenarios:
        assert len(one.considerations) >= 2
    ratios = [point.if_so.value > point.if_not.value for one in case.scenarios[1:] for point in one.considerations]
    assert any(ratios)
    assert not all(ratios)


def test_the_readme_says_that_the_texts_are_retellings() -> None:
    assert "retellings written for this example, not quotations" in (EXAMPLE / "README.md").read_text("utf-8")
    assert sorted(path.name for path in EXAMPLE.glob("*.toml")) == sorted(FILES)
