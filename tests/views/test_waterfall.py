"""Does the waterfall lead from the prior to the posterior?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from firsthand.model import EvidenceKind
from firsthand.views.matrix import draw_matrix, make_cell
from firsthand.views.notes import number_notes
from firsthand.views.scales import clip_decibans
from firsthand.views.steps import gather_steps
from firsthand.views.waterfall import draw_waterfall, tabulate_waterfall
from tests.views.sample import make_assessment


def test_each_step_begins_where_the_one_before_it_ended() -> None:
    assessment = make_assessment()
    steps = gather_steps(assessment, number_notes(assessment))
    assert steps[0].start == clip_decibans(assessment.posteriors[0].prior)
    assert steps[-1].end == pytest.approx(clip_decibans(assessment.posteriors[0].probability))
    for one, other in zip(steps, steps[1:], strict=False):
        assert one.end == other.start


def test_echoes_are_one_step_of_no_width() -> None:
    assessment = make_assessment()
    echoes = [step for step in gather_steps(assessment, {}) if step.echo]
    assert [(step.title, step.start == step.end, step.weight) for step in echoes] == [
        ("2 reprints", True, (0.0, 0.0, 0.0))
    ]


def test_the_table_behind_keeps_every_echo_and_every_reason() -> None:
    assessment = make_assessment()
    table = tabulate_waterfall(assessment)
    assert len(table.rows) == len(assessment.contributions)
    assert all(row[3].startswith("why ") for row in table.rows)


@pytest.mark.parametrize("width", [1216.0, 358.0])
def test_raising_is_solid_lowering_is_hatched_and_the_sign_is_printed(width: float) -> None:
    graphic = draw_waterfall(make_assessment(), {}, width)
    assert graphic.count('class="bar up"') == 3
    assert graphic.count('class="bar down"') == 4
    assert "+1.67" in graphic and "\u22120.59" in graphic


@pytest.mark.parametrize("chance", [0.0, 1.0, 1e-12])
def test_certainty_is_drawn_at_the_edge_and_not_beyond(chance: float) -> None:
    assessment = make_assessment()
    sure = replace(assessment.posteriors[0], probability=chance, low=chance, high=chance)
    rows = tuple(
        replace(row, after=chance, weight_db=float("inf"), high_db=float("inf")) for row in assessment.contributions
    )
    graphic = draw_waterfall(
        replace(assessment, posteriors=(sure, *assessment.posteriors[1:]), contributions=rows), {}, 1216.0
    )
    assert "nan" not in graphic and "inf" not in graphic


def test_echoes_share_one_column_of_the_matrix() -> None:
    matrix = draw_matrix(make_assessment())
    assert matrix.titles.count("2 reprints") == 1
    assert len(matrix.titles) == 8
    assert all(len(cells) == 8 for _, cells in matrix.rows)


def test_a_weight_that_prints_as_nothing_has_no_bar() -> None:
    assert make_cell(0.004, 1.0).look == "none"
    assert "bar" not in make_cell(-0.004, 1.0).bar
    assert make_cell(-0.5, 1.0).look == "down"


def test_every_kind_of_evidence_has_its_row() -> None:
    assessment = make_assessment()
    kinds = {row.kind for row in assessment.contributions}
    assert kinds == set(EvidenceKind)
