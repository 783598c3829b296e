"""Does the page of an explanation show what the terminal shows, and never as markup?"""

from __future__ import annotations

from dataclasses import replace

from firsthand.model import Explanation
from firsthand.views.explanation_page import fill_explanation_page
from views.sample import DRONE, make_assessment
from views.test_sharing import NASTY, share


def test_lines_quotations_and_shared_text_are_on_the_page() -> None:
    assessment = make_assessment()
    edge = share(assessment, "r-lantern", "r-coastline")
    found = Explanation(
        id="report.x", title="Daily Lantern", lines=("An echo.",), quotes=(DRONE, DRONE), shared=(edge,)
    )
    page = fill_explanation_page(found, assessment.trace.reports, "1")
    assert page == fill_explanation_page(found, assessment.trace.reports, "1")
    assert page.count("<q ") == 1
    for words in ("An echo.", "characters 0–", "They share a passage", "<mark>", "script-src"):
        assert (words in page) == (words != "script-src")
    assert 'href="#report-' not in page


def test_what_is_explained_is_never_markup() -> None:
    assessment = make_assessment()
    reports = tuple(replace(one, text=f"{NASTY} {one.text}", publisher=NASTY) for one in assessment.trace.reports)
    nasty = replace(assessment, trace=replace(assessment.trace, reports=reports))
    edge = share(nasty, "r-lantern", "r-coastline", same=NASTY)
    page = fill_explanation_page(Explanation(id=NASTY, title=NASTY, lines=(NASTY,), quotes=(), shared=(edge,)), reports)
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
