"""Does every number on the page open what it rests on?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from firsthand.model import Assessment, Judgement, Knob, KnobId, VariableId
from firsthand.views import draw_page
from firsthand.views.bases import Basis, gather_bases
from firsthand.views.judged import tell_knob
from firsthand.views.notes import number_notes
from firsthand.views.steps import is_echo
from tests.views.sample import make_assessment

NUMBER = re.compile(r"\d[\d.]*\u00a0%|[+\u2212]\d+\.\d\d")


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return make_assessment()


@pytest.fixture(scope="module")
def bases(assessment: Assessment) -> dict[str, Basis]:
    return gather_bases(assessment, number_notes(assessment))


@pytest.fixture(scope="module")
def page(assessment: Assessment) -> str:
    return draw_page(assessment)


def read_words(basis: Basis) -> str:
    return "\n".join(line.words for line in basis.lines)


def test_every_hypothesis_source_evidence_scenario_question_and_flip_has_a_basis(
    assessment: Assessment, bases: dict[str, Basis]
) -> None:
    wanted = {f"hypothesis:{item.hypothesis}" for item in assessment.posteriors}
    wanted |= {f"evidence:{item.evidence}" for item in assessment.contributions if not is_echo(item)}
    wanted |= {f"source:{item.profile.source.id}" for item in assessment.sources}
    wanted |= {f"belief:{item.variable}" for item in assessment.beliefs}
    wanted |= {f"scenario:{item.scenario.id}" for item in assessment.scenarios}
    wanted |= {f"question:{item.id}" for item in assessment.questions}
    wanted |= {f"flip:{place}" for place in range(len(assessment.flips))}
    wanted |= {f"standard:{place}" for place in range(len(assessment.standards))} | {"voices"}
    assert wanted <= bases.keys()
    assert [basis.number for basis in bases.values()] == list(range(1, len(bases) + 1))


def test_a_basis_leads_only_to_bases_that_are_there(bases: dict[str, Basis]) -> None:
    led = {line.opens for basis in bases.values() for line in basis.lines if line.opens}
    assert led and led <= bases.keys()


def test_the_weight_of_evidence_leads_to_its_quotation_to_its_source_and_to_its_claim(assessment: Assessment) -> None:
    said = assessment.case.assertions[0]
    believed = replace(assessment.beliefs[0], variable=VariableId(f"C:{said.claim}"))
    notes = number_notes(assessment)
    basis = gather_bases(replace(assessment, beliefs=(believed,)), notes)[f"evidence:{said.id}"]
    assert notes[said.quote] in {number for line in basis.lines for number in line.cites}
    assert {line.opens for line in basis.lines} >= {f"source:{said.source}", f"belief:C:{said.claim}"}


def test_the_verdict_opens_its_prior_and_all_that_moved_it(assessment: Assessment, bases: dict[str, Basis]) -> None:
    basis = bases[f"hypothesis:{assessment.case.asks}"]
    assert "15\u00a0%" in read_words(basis) and assessment.case.prior_basis in read_words(basis)
    moved = [item for item in assessment.contributions if not is_echo(item)]
    assert [line.opens for line in basis.lines if line.opens] == [f"evidence:{item.evidence}" for item in moved]


def test_a_judged_number_is_told_with_its_question_its_range_and_its_reason(assessment: Assessment) -> None:
    knob = Knob(id=KnobId("source.orsk.access"), low=0.2, value=0.4, high=0.6, text="unlikely")
    judgement = Judgement(
        when=datetime(2031, 5, 2, tzinfo=UTC), who="Ana", about=knob.id, value="unlikely", why="He was at sea."
    )
    case = replace(
        assessment.case, knob_questions={knob.id: "How likely is it that Orsk can know?"}, judgements=(judgement,)
    )
    told = tell_knob(knob, case)
    assert told == (
        "How likely is it that Orsk can know? Judged 40\u00a0% (20–60\u00a0%), from “unlikely”."
        " 2031-05-02, Ana: He was at sea."
    )
    assert "Suggested, not judged: 40\u00a0%" in tell_knob(knob, case, judged=False)


def test_lineage_nobody_knows_is_not_told_as_one_number(assessment: Assessment) -> None:
    knob = Knob(id=KnobId("assertion.a.copy"), low=0.0, value=0.5, high=1.0, text="unknown", unknown=True)
    assert "50" not in tell_knob(knob, assessment.case)
    assert "not known, taken at both ends" in tell_knob(knob, assessment.case)


def test_no_number_of_the_tables_and_the_verdict_stands_without_a_way_to_its_basis(page: str) -> None:
    body = page.partition('id="part-9"')[0]
    cells = re.findall(r'<p class="(?:headline|genuine)">.*?</p>|<td data-label=.*?</td>|<td class="num".*?</td>', body)
    cells += re.findall(r'<td class="mid.*?</td>', body)
    with_numbers = [cell for cell in cells if NUMBER.search(re.sub(r'<span class="(sub|range)".*?</span>', "", cell))]
    assert len(with_numbers) > 60
    assert [cell for cell in with_numbers if 'class="basis"' not in cell] == []


def test_every_weight_of_the_waterfall_and_every_chance_of_the_forest_is_a_link(
    page: str, assessment: Assessment
) -> None:
    for name, least in (("waterfall-1216", len(assessment.contributions)), ("forest-824", len(assessment.posteriors)),
                        ("questions-1216", 2 * len(assessment.questions)), ("timeline-1216", 1)):  # fmt: skip
        graphic = page.partition(f'<title id="{name}-title">')[2].partition("</svg>")[0]
        assert graphic.count('class="basis"') >= least, name


def test_each_step_of_the_timeline_carries_notes_of_the_evidence_that_caused_it(page: str) -> None:
    plot = page.partition('<title id="timeline-1216-title">')[2].partition('class="course"')[2]
    assert 'href="#note-' in plot.partition('class="axis"')[0]
