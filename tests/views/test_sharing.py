"""Does the page lay the two reports of a derivation side by side, with what both have marked?"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from firsthand.model import Assessment, DerivationKind, FamilyEdge, ReportId, SharedRun
from firsthand.views import draw_page
from firsthand.views.bases import gather_bases, list_bases
from firsthand.views.notes import number_notes
from firsthand.views.sharing import MOST_LETTERS, key_edge, list_laid
from views.sample import because, make_assessment

NASTY = "<img src=x onerror=alert(1)> & <mark>both</mark>"


def share(assessment: Assessment, child: str, parent: str, *, same: str = "", runs: int = 1) -> FamilyEdge:
    """Return two reports of the sample whose first words are shared."""
    texts = {report.id: report.text for report in assessment.trace.reports}
    ends = [(0, len(texts[ReportId(one)]) // 2) for one in (child, parent)]
    pieces = (
        (((0, 3), (0, 3)),)
        if not same
        else ((find(texts[ReportId(child)], same), find(texts[ReportId(parent)], same)),)
    )
    run = SharedRun(first=ends[0], second=ends[1], words=4, same=3, pieces=pieces)
    return FamilyEdge(
        child=ReportId(child),
        parent=ReportId(parent),
        kind=DerivationKind.COPIED,
        directed=True,
        probability=0.9,
        runs=(run,) * runs,
        child_share=0.4,
        parent_share=0.3,
        reason=because("They share a passage"),
    )


def find(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


@pytest.fixture
def assessment() -> Assessment:
    found = make_assessment()
    return replace(
        found, shared=(share(found, "r-lantern", "r-coastline"), share(found, "r-mina", "r-hearing")), sharing=5
    )


def test_a_pair_opens_from_its_line_and_one_without_a_line_from_the_list(assessment: Assessment) -> None:
    assert list(list_laid(assessment)) == ["edge:coastline:e1:relays", "shared:r-mina:r-hearing"]
    bases = gather_bases(assessment, number_notes(assessment))
    page = draw_page(assessment)
    for key, laid in list_laid(assessment).items():
        assert bases[key].laid == laid
        assert f'<a class="basis" href="#rests-{bases[key].number}">{laid.name}</a></li>' in page
    number = bases["edge:coastline:e1:relays"].number
    assert re.search(rf'<a href="#rests-{number}" class="basis bare" aria-label="[^"]+">', page)
    assert f'<td dir="auto"><a class="basis" href="#rests-{number}">relays</a></td>' in page


def test_several_lines_between_the_same_reports_open_the_same(assessment: Assessment) -> None:
    trace = assessment.trace
    edge = next(one for one in trace.provenance.edges if (one.parent, one.child) == ("coastline", "e1"))
    more = replace(trace.provenance, edges=(*trace.provenance.edges, replace(edge, kind="cited")))
    both = replace(assessment, trace=replace(trace, provenance=more))
    bases = gather_bases(both, number_notes(both))
    assert bases[key_edge(edge)] is bases[key_edge(replace(edge, kind="cited"))]
    assert [basis.number for basis in list_bases(bases)] == list(range(1, len(list_bases(bases)) + 1))


def test_what_both_have_is_marked_and_where_it_stands_is_said(assessment: Assessment) -> None:
    page = draw_page(assessment)
    texts = {report.id: report.text for report in assessment.trace.reports}
    for edge in assessment.shared:
        for report, place in ((edge.child, edge.runs[0].first), (edge.parent, edge.runs[0].second)):
            assert f"<bdi>{report}</bdi>, characters {place[0]}–{place[1]}" in page
            assert f"<mark>{texts[report][:3]}</mark>" in page
            assert f'id="report-{report}"' in page
    assert "3 more pairs, sharing less, are not shown" in page


def test_shared_text_is_never_markup(assessment: Assessment) -> None:
    reports = tuple(replace(one, text=f"{NASTY} {one.text}", publisher=NASTY) for one in assessment.trace.reports)
    nasty = replace(assessment, trace=replace(assessment.trace, reports=reports))
    nasty = replace(nasty, shared=(share(nasty, "r-lantern", "r-coastline", same=NASTY),))
    page = draw_page(nasty)
    assert "<mark>&lt;img src=x onerror=alert(1)&gt; &amp; &lt;mark&gt;both&lt;/mark&gt;</mark>" in page
    assert "<img" not in page


def test_a_long_passage_is_cut_and_says_so(assessment: Assessment) -> None:
    words = "harbour " * 1_000
    reports = tuple(replace(one, text=words, body=((0, len(words)),)) for one in assessment.trace.reports)
    long = replace(assessment, trace=replace(assessment.trace, reports=reports))
    edge = share(long, "r-lantern", "r-coastline", runs=9)
    whole = replace(edge.runs[0], first=(0, len(words)), second=(0, len(words)), pieces=(((0, 7_000), (0, 7_000)),))
    (laid,) = list_laid(replace(long, shared=(replace(edge, runs=(whole,) * 9),))).values()
    assert (len(laid.rows), laid.more) == (5, 4)
    for side in laid.rows[0]:
        assert sum(len(piece.text) for piece in side.pieces) < MOST_LETTERS + 40
        assert side.pieces[-1].text == " … 850 more words"
    assert "4 more passages of this pair are not shown" in draw_page(
        replace(long, shared=(replace(edge, runs=(whole,) * 9),))
    )
