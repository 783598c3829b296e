"""Are two ways from prior to posterior drawn on one scale, row by row?"""

from __future__ import annotations

from dataclasses import replace

from firsthand.views.steps import gather_steps
from firsthand.views.variants import OTHERS, choose_rows, draw_variants, follow_course, tabulate_variants
from tests.views.sample import make_assessment


def test_the_rows_come_in_order_of_arrival():
    found = make_assessment()
    assert [row.evidence for row in choose_rows(found)] == [step.evidence for step in gather_steps(found, {})]


def test_what_has_no_row_goes_into_that_of_the_others_and_the_sum_stays():
    found = make_assessment()
    rows = choose_rows(found, most=3)
    assert len(rows) == 3
    assert rows[-1].evidence == OTHERS
    whole, short = follow_course("A", found, choose_rows(found)), follow_course("A", found, rows)
    last = [list(course.steps.values())[-1].end for course in (whole, short)]
    assert abs(last[0] - last[1]) < 1e-9


def test_evidence_left_out_says_so_and_the_rest_moves_up():
    found = make_assessment()
    rows = choose_rows(found)
    gone = rows[0].evidence
    less = replace(found, contributions=tuple(one for one in found.contributions if one.evidence != gone))
    courses = (follow_course("A", found, rows), follow_course("B", less, rows))
    assert tabulate_variants(rows, courses).rows[0][2] == "left out"
    assert ">left out</text>" in draw_variants(rows, courses, 828.0)


def test_steps_not_worked_out_yet_are_dots_not_zeros():
    found = make_assessment()
    rows = choose_rows(found)
    course = follow_course("B", found, rows)._replace(steps=None)
    assert {row[1] for row in tabulate_variants(rows, [course]).rows} == {"…"}
    assert 'class="bar' not in draw_variants(rows, [course], 358.0)


def test_hostile_titles_stay_text():
    found = make_assessment()
    bad = tuple(replace(one, title="<script>alert(1)</script>{{ 1 }}") for one in found.contributions)
    found = replace(found, contributions=bad)
    rows = choose_rows(found)
    drawn = draw_variants(rows, [follow_course("A", found, rows)], 828.0)
    assert "<script" not in drawn


def test_a_row_leads_to_what_it_rests_on():
    found = make_assessment()
    first = choose_rows(found)[0].evidence
    rows = choose_rows(found, {first: "/hypotheses#rests-7"})
    assert 'href="/hypotheses#rests-7"' in draw_variants(rows, [follow_course("A", found, rows)], 828.0)
