"""Does an assessment's JSON say how far the verdict holds, and which marks its matrix has?"""

from __future__ import annotations

from firsthand.exports import describe_assessment
from firsthand.pipeline import assess_case
from firsthand.views.markdown import draw_markdown
from firsthand.views.page import fill_page
from firsthand.views.robustness import list_robustness
from vector_one import build_case


def test_bounds_fewest_moves_and_structures_are_given_as_data() -> None:
    found = describe_assessment(assess_case(build_case(ranges=True), samples=100))["robustness"]
    assert isinstance(found, dict)
    assert found["bounds"]["low"] < found["bounds"]["high"]
    assert [one["of"] for one in found["fewest"]] == ["judgements", "reports"]
    assert all(one["count"] == len(one["moves"]) and one["proven"] for one in found["fewest"])
    assert {one["structure"] for one in found["structures"]} == {"alone", "separate-campaigns"}


def test_the_matrix_has_a_mark_for_every_cell_and_a_score_for_every_row() -> None:
    found = describe_assessment(assess_case(build_case(), samples=0))["matrix"]
    assert isinstance(found, dict)
    shape = [len(row) for row in found["cells_db"]]
    assert [len(row) for row in found["marks"]] == shape
    assert len(found["inconsistency"]) == len(shape)
    assert {mark for row in found["marks"] for mark in row} <= {"CC", "C", "N", "I", "II"}


def test_every_view_tells_how_far_the_verdict_holds() -> None:
    assessment = assess_case(build_case(ranges=True), samples=100)
    rows = list_robustness(assessment)
    assert [row.title for row in rows][:2] == ["As judged", "Every judgement anywhere in its range"]
    page, markdown = fill_page(assessment, ""), draw_markdown(assessment)
    assert all(row.title in page and row.title in markdown for row in rows)
