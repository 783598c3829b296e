"""Is text from a report ever anything but text on the page?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from html import unescape
from html.parser import HTMLParser
from typing import TypeVar
from xml.etree import ElementTree

import pytest

from firsthand.model import Assessment, Problem, Report, find_knobs
from firsthand.views import draw_page
from firsthand.views.notes import number_notes
from firsthand.views.passages import cut_report, find_address
from firsthand.views.svg import clean_text, draw, quote_text, write
from tests.views.sample import make_assessment

T = TypeVar("T")
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "</style><style>*{display:none}",
    '" onmouseover="alert(3)',
    "{{ 7 * 191 }} {% for x in y %}",
    "[here](javascript:alert(4)) **bold**",
    "=HYPERLINK(1)",
    "]]> <!-- &amp; &lt;b&gt;",
    "</svg></title></desc><a href='javascript:alert(5)'>",
)


class Tags(HTMLParser):
    """Keeps every tag with the names of its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(name for name, _ in attrs)))


def list_tags(page: str) -> list[tuple[str, tuple[str, ...]]]:
    return Tags(page).found


def poison(assessment: Assessment, words: str) -> Assessment:
    """Put hostile words wherever words from a report or a case are shown."""
    reports = tuple(
        replace(
            report, title=words, publisher=words, text=words + report.text, body=((0, 5),), language="en", url=words
        )
        for report in assessment.trace.reports
    )
    nodes = tuple(replace(node, label=words, detail=words) for node in assessment.trace.provenance.nodes)
    trace = replace(
        assessment.trace, reports=reports, provenance=replace(assessment.trace.provenance, nodes=nodes),
        sources=tuple(replace(source, name=words) for source in assessment.trace.sources),
        claims=tuple(replace(claim, sentence=words) for claim in assessment.trace.claims),
    )  # fmt: skip
    case = replace(
        assessment.case, question=words, unknowns=(words,),
        hypotheses=tuple(replace(item, name=words, sentence=words) for item in assessment.case.hypotheses),
    )  # fmt: skip
    return replace(
        assessment, trace=trace, case=case,
        contributions=tuple(replace(row, title=words) for row in assessment.contributions),
        questions=tuple(replace(item, title=words) for item in assessment.questions),
        silences=tuple(replace(item, title=words, watched=words) for item in assessment.silences),
        flips=tuple(replace(item, title=words) for item in assessment.flips),
        problems=(Problem(where=words, what=words, remedy=words),),
    )  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_markup_in_a_report_is_shown_as_text(words: str) -> None:
    clean, page = list_tags(draw_page(make_assessment())), list_tags(draw_page(poison(make_assessment(), words)))
    assert {tag for tag, _ in page} <= {tag for tag, _ in clean}
    assert [tag for tag, _ in page].count("script") == 1
    assert not [name for _, names in page for name in names if name.startswith("on") or name == "style"]


SHOWN = frozenset((
    "title", "name", "sentence", "role", "interest", "access_why", "found", "follows", "why", "copy_why", "what",
    "where", "remedy", "label", "detail", "url", "publisher", "path", "slot", "value", "watched", "imported_grade",
    "speaks_for", "prior_basis", "question", "language", "text", "who", "unknowns", "names", "confidence", "verdict",
    "reliability", "credibility", "author", "to",
))  # fmt: skip


def poison_everywhere(value: T, words: str) -> T:
    """Put hostile words into every field that a reader may be shown, of every record, however deep."""
    if is_dataclass(value) and not isinstance(value, type):
        parts = {one.name: _poison_field(one.name, getattr(value, one.name), words) for one in fields(value)}
        return replace(value, **parts)
    if isinstance(value, tuple):
        return type(value)(poison_everywhere(one, words) for one in value)
    return value


def _poison_field(name: str, value: object, words: str) -> object:
    if name in SHOWN and type(value) is str:
        return words + value if name == "text" else words
    if name in SHOWN and isinstance(value, tuple) and value and all(type(one) is str for one in value):
        return (words,) * len(value)
    if isinstance(value, Mapping):
        return {key: words if type(one) is str else poison_everywhere(one, words) for key, one in value.items()}
    return poison_everywhere(value, words)


@pytest.mark.parametrize("words", HOSTILE)
def test_no_field_of_any_record_is_ever_markup(words: str) -> None:
    assessment = make_assessment()
    questions = {str(knob.id): "asked" for knob in find_knobs(assessment.case)}
    assessment = replace(assessment, case=replace(assessment.case, knob_questions=questions))
    source = draw_page(poison_everywhere(assessment, words))
    clean, page = list_tags(draw_page(assessment)), list_tags(source)
    assert {tag for tag, _ in page} <= {tag for tag, _ in clean}
    assert [tag for tag, _ in page].count("script") == 1
    assert not [name for _, names in page for name in names if name.startswith("on") or name == "style"]
    assert unescape(source).count(words) > 300
    assert "javascript:" not in "".join(re.findall(r'href="([^"]*)"', source))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_reach_the_reader_unchanged(words: str) -> None:
    assert words in unescape(draw_page(poison(make_assessment(), words)))


def test_a_template_in_a_report_is_not_computed() -> None:
    assert "1337" not in draw_page(poison(make_assessment(), "{{ 7 * 191 }}"))


@pytest.mark.parametrize("words", HOSTILE)
def test_graphics_stay_well_formed_whatever_they_are_given(words: str) -> None:
    page = draw_page(poison(make_assessment(), words + "\x00\x1b[31m\u202eback"))
    for piece in page.split('<svg xmlns="')[1:]:
        ElementTree.fromstring('<svg xmlns="' + piece.split("</svg>")[0] + "</svg>")


def test_control_and_direction_characters_are_spelt_out() -> None:
    words = "a\x1b[2Jb\x00c\u202ed\u2066e\x9b"
    assert clean_text(words) == "a⟨U+001B⟩[2Jb⟨U+0000⟩c⟨U+202E⟩d⟨U+2066⟩e⟨U+009B⟩"
    page = draw_page(poison(make_assessment(), words))
    assert not any(character in page for character in "\x1b\x00\u202e\u2066\x9b")
    assert "⟨U+202E⟩" in page


def test_a_line_break_and_a_tab_of_a_report_are_kept() -> None:
    assert clean_text("one\n\ttwo") == "one\n\ttwo"


def test_only_web_addresses_can_be_followed() -> None:
    assert find_address("https://merrow.example/a?b=c") == "https://merrow.example/a?b=c"
    for address in (
        "javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x.example",
        "http://", "https://a b.example", "http://[bad", "https://x.example/\u202e",
    ):  # fmt: skip
        assert find_address(address) == "", address


def test_an_address_that_cannot_be_followed_is_shown_as_text() -> None:
    assessment = make_assessment()
    report = replace(assessment.trace.reports[0], url="javascript:alert(1)")
    page = draw_page(
        replace(assessment, trace=replace(assessment.trace, reports=(report, *assessment.trace.reports[1:])))
    )
    assert 'href="javascript' not in page
    assert "<bdi>javascript:alert(1)</bdi>" in page


def test_an_element_escapes_its_attributes_and_its_text() -> None:
    assert draw("text", quote_text("<&>"), class_='"x"') == '<text class="&quot;x&quot;">&lt;&amp;&gt;</text>'
    assert "<b>" not in write(0, 0, "<b>")


def test_no_character_of_a_report_is_lost_when_it_is_cut() -> None:
    assessment = make_assessment()
    notes = number_notes(assessment)
    for report in assessment.trace.reports:
        segments = cut_report(report, notes)
        assert "".join(segment.text for segment in segments) == report.text
        begun = [number for segment in segments for number in segment.begins]
        assert sorted(begun) == sorted(number for quote, number in notes.items() if quote.span.report == report.id)


def test_furniture_is_dimmed_and_the_report_is_not() -> None:
    report = next(report for report in make_assessment().trace.reports if report.parts)
    assert _find_asides(report) == [report.text[report.body[0][1] :]]


def _find_asides(report: Report) -> list[str]:
    return [segment.text for segment in cut_report(report, {}) if segment.aside]
