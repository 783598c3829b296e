"""Are sources, cues and contents marked where they stand, without a character lost?"""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from firsthand.model import Mention, Reason
from firsthand.views import draw_page
from firsthand.views.notes import number_notes
from firsthand.views.passages import cut_report
from tests.views.sample import make_assessment


def test_source_cue_and_content_are_named_in_the_report_where_they_stand() -> None:
    assessment = make_assessment()
    report = assessment.trace.reports[0]
    item = replace(
        assessment.trace.attributions[0], report=report.id, reason=Reason(rule="that clause", sentence=""),
        source_mention=Mention(text="", spans=((0, 3),)), cue=Mention(text="", spans=((4, 8),)),
        content=Mention(text="", spans=((9, 14), (16, 20))),
    )  # fmt: skip
    roles = {segment.text: segment.roles for segment in cut_report(report, {}, [item]) if segment.roles}
    text = report.text
    assert roles == {
        text[0:3]: "source", text[4:8]: "cue", text[9:14]: "content opens shuts", text[16:20]: "content opens shuts"
    }  # fmt: skip


def test_what_is_judged_is_marked_as_judged_and_what_is_suggested_is_not() -> None:
    assessment = make_assessment()
    report, item = assessment.trace.reports[0], assessment.trace.attributions[0]
    item = replace(item, report=report.id, cue=Mention(text="", spans=((0, 4),)))
    for rule, expected in (("judged", True), ("that clause", False)):
        found = cut_report(report, {}, [replace(item, reason=Reason(rule=rule, sentence=""))])
        assert ("judged" in found[0].roles.split()) is expected


def test_a_span_beyond_the_end_of_a_report_marks_nothing() -> None:
    assessment = make_assessment()
    report, item = assessment.trace.reports[0], assessment.trace.attributions[0]
    far = Mention(text="", spans=((len(report.text) + 5, len(report.text) + 9),))
    found = cut_report(report, {}, [replace(item, report=report.id, source_mention=far, cue=far, content=far)])
    assert [segment.roles for segment in found if segment.roles] == []


def test_the_number_of_a_quotation_stands_at_its_end_however_often_it_is_cut() -> None:
    assessment = make_assessment()
    notes = number_notes(assessment)
    for report in assessment.trace.reports:
        segments = cut_report(report, notes, assessment.trace.attributions)
        for quote, number in notes.items():
            if quote.span.report == report.id:
                marked = "".join(segment.text for segment in segments if number in segment.notes)
                assert marked == report.text[quote.span.start : quote.span.end]
                assert [segment for segment in segments if number in segment.ends][-1].notes


def test_the_page_shows_every_report_to_the_letter() -> None:
    assessment = make_assessment()
    shown = re.findall(r'<div class="text".*?>(.*?)</div>\n', draw_page(assessment), re.DOTALL)
    plain = [unescape(re.sub(r"<[^>]+>", "", re.sub(r"<sup>.*?</sup>", "", words))) for words in shown]
    assert plain == [report.text for report in assessment.trace.reports]
