"""Does the page hold every section, every citation, and nothing from outside?"""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from firsthand.model import Assessment, Count, EvidenceId, EvidenceKind, Provenance, Span
from firsthand.probability import WORDS
from firsthand.views import draw_page
from firsthand.views.notes import number_notes
from firsthand.views.page import hash_source, read_asset
from tests.views.sample import make_assessment

VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(HTMLParser):
    """Reads the page and keeps what the tests ask about."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.headings: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "a" and found.get("href"):
            self.links.append(str(found["href"]))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "h2":
            self.headings.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if "style" not in self.open and "script" not in self.open:
            self.text.append(data)
            if "h2" in self.open:
                self.headings[-1] += data


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return make_assessment()


@pytest.fixture(scope="module")
def source(assessment: Assessment) -> str:
    return draw_page(assessment, version="1.2.3")


@pytest.fixture(scope="module")
def page(source: str) -> Page:
    return Page(source)


def find_graphics(source: str) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(found) for found in re.findall(r'<svg xmlns="[^"]+".*?</svg>', source, re.DOTALL)]


def test_every_question_from_0_to_9_has_its_heading_in_order(page: Page) -> None:
    numbers = [re.match(r"\d(–\d)?", heading) for heading in page.headings]
    assert [found[0] for found in numbers if found] == ["0", "1–2", "3", "4", "5", "6", "7", "8", "9"]


def test_the_verdict_is_word_number_and_interval(page: Page) -> None:
    assert "Unlikely, 21\u00a0% (14–37\u00a0%)" in "".join(page.text)


def test_every_tag_is_closed_and_no_id_stands_twice(page: Page) -> None:
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))


def test_every_link_within_the_page_leads_somewhere(page: Page) -> None:
    inside = [link.removeprefix("#") for link in page.links if link.startswith("#")]
    assert len(inside) > 40
    assert set(inside) <= set(page.ids)


def test_every_end_note_is_cited_and_leads_to_its_words_in_the_report(page: Page, assessment: Assessment) -> None:
    notes = [found for found in page.ids if found.startswith("note-")]
    assert {f"#{note}" for note in notes} <= set(page.links)
    assert {found.replace("note-", "at-") for found in notes} <= set(page.ids)
    assert {quote for row in assessment.contributions for quote in row.quotes} <= number_notes(assessment).keys()
    assert len(notes) == len(number_notes(assessment))


def test_a_marked_passage_is_exactly_the_quotation(source: str, assessment: Assessment) -> None:
    quote = assessment.contributions[0].quotes[0]
    marked = re.findall(r'<mark id="at-\d+">(.*?)</mark>', source)
    assert quote.text in [re.sub(r"<[^>]+>", "", words) for words in marked]


def test_nothing_is_loaded_from_anywhere(source: str, page: Page) -> None:
    loading = [
        attributes for tag, attributes in page.tags if tag in {"script", "img", "iframe", "object", "use", "image"}
    ]
    assert all("src" not in attributes and "href" not in attributes for attributes in loading)
    assert [attributes["href"] for tag, attributes in page.tags if tag == "link"] == ["data:,"]
    assert not re.search(r"@import|url\((?!#)", read_asset("page.css"))
    assert not re.search(r"fetch|XMLHttp|import\(|innerHTML|eval", read_asset("page.js"))


def test_the_policy_allows_exactly_our_style_and_script(source: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', source)
    assert policy
    words = policy[1].replace("&#39;", "'")
    assert words.startswith("default-src 'none'; ")
    for tag, asset in (("style", "page.css"), ("script", "page.js")):
        inside = re.search(rf"<{tag}>(.*?)</{tag}>", source, re.DOTALL)
        assert inside and inside[1] == read_asset(asset)
        assert f"{tag}-src {hash_source(read_asset(asset))}" in words
    assert not re.search(r'\sstyle="|\son\w+="', source)


def test_every_graphic_is_well_formed_with_title_and_description(source: str) -> None:
    space = "{http://www.w3.org/2000/svg}"
    named = [graphic for graphic in find_graphics(source) if graphic.get("class") == "graphic"]
    assert len(named) >= 12
    for graphic in named:
        title, words = graphic.find(f"{space}title"), graphic.find(f"{space}desc")
        assert title is not None and title.text and words is not None and words.text
        assert graphic.get("aria-labelledby") == title.get("id")
    hidden = [graphic for graphic in find_graphics(source) if graphic.get("class") == "cell"]
    assert all(graphic.get("aria-hidden") == "true" for graphic in hidden)


def test_every_graphic_has_its_numbers_as_a_table(source: str) -> None:
    captions = re.findall(r"<caption>([^<]+)</caption>", source)
    for words in (
        "Every explanation",
        "The chance as it stood",
        "Every report",
        "Who had it",
        "What each piece",
        "What each",
    ):
        assert any(caption.startswith(words) for caption in captions), words


def test_every_head_of_a_table_says_what_it_heads(page: Page) -> None:
    heads = [attributes for tag, attributes in page.tags if tag == "th"]
    assert len(heads) > 50
    assert all(attributes.get("scope") in {"col", "row"} for attributes in heads)


def test_likelihood_and_confidence_never_share_a_sentence(page: Page) -> None:
    words = [word for _, word in WORDS] + ["%"]
    for sentence in re.split(r"(?<=[.!?])\s+|\n", "".join(page.text)):
        if "onfidence" in sentence:
            assert not any(word in sentence for word in words), sentence


def test_a_number_is_never_carried_over_the_edge_of_its_word(page: Page) -> None:
    text = "".join(page.text)
    assert "very unlikely, 19.7\u00a0% (13–28\u00a0%)" in text
    assert "very unlikely, 20\u00a0%" not in text


def test_echoes_share_one_row_that_says_they_add_nothing(assessment: Assessment) -> None:
    echo = next(row for row in assessment.contributions if row.kind == EvidenceKind.ECHO)
    rest = tuple(row for row in assessment.contributions if row.kind != EvidenceKind.ECHO)
    many = tuple(replace(echo, evidence=EvidenceId(f"echo-{place}")) for place in range(100))
    page = draw_page(replace(assessment, contributions=(*rest[:4], *many, *rest[4:])))
    assert page.count("100 reprints") == 2
    assert page.count("0.00 an echo adds nothing") == 1


def test_the_same_assessment_makes_the_same_bytes(source: str) -> None:
    assert draw_page(make_assessment(), version="1.2.3") == source


def test_problems_are_counted_and_named(page: Page) -> None:
    text = "".join(page.text)
    assert "8 reports read, 1 problem." in text
    assert "nothing in it can be read (save it as text)" in text


def test_a_source_that_was_only_suggested_says_so(page: Page) -> None:
    assert "".join(page.text).count("Suggested by the machine, not yet judged.") == 1


def test_an_empty_case_still_makes_a_page(assessment: Assessment) -> None:
    trace = replace(
        assessment.trace, reports=(), attributions=(), sources=(), claims=(), origins=(), publishers=0,
        provenance=Provenance(nodes=(), edges=()),
    )  # fmt: skip
    case = replace(assessment.case, reports=(), assertions=(), profiles=(), postures=(), unknowns=(), statements=())
    empty = replace(
        assessment, case=case, trace=trace, voices=Count(low=0, expected=0, high=0), timeline=(), contributions=(),
        matrix=replace(assessment.matrix, evidence=(), cells=((), (), (), ())), beliefs=(), sources=(), silences=(),
        statements=(), scenarios=(), questions=(), flips=(), standards=(), problems=(), summary=(), confidence_why=(),
    )  # fmt: skip
    page = Page(draw_page(empty))
    assert page.open == []
    text = "".join(page.text)
    for words in ("No silence has been judged", "No source has been judged", "There is no evidence yet", "0 problems"):
        assert words in text
    assert "\u2009" not in text


def test_two_explanations_and_no_dates_are_enough(assessment: Assessment) -> None:
    reports = tuple(replace(report, published=None) for report in assessment.trace.reports)
    nodes = tuple(replace(node, when=None) for node in assessment.trace.provenance.nodes)
    provenance = replace(assessment.trace.provenance, nodes=nodes)
    case = replace(assessment.case, hypotheses=assessment.case.hypotheses[:2])
    matrix = assessment.matrix
    two = replace(
        assessment, case=case, posteriors=assessment.posteriors[:2], timeline=(),
        trace=replace(assessment.trace, reports=reports, provenance=provenance),
        matrix=replace(matrix, hypotheses=matrix.hypotheses[:2], cells=matrix.cells[:2]), scenarios=(),
    )  # fmt: skip
    source = draw_page(two)
    assert "because no evidence carries a date" in source
    assert all(graphic is not None for graphic in find_graphics(source))


def test_a_quotation_of_a_report_that_is_gone_is_still_an_end_note(assessment: Assessment) -> None:
    row = assessment.contributions[0]
    lost = replace(row.quotes[0], span=Span(report=assessment.trace.reports[0].id.__class__("r-gone"), start=0, end=9))
    source = draw_page(replace(assessment, contributions=(replace(row, quotes=(lost,)), *assessment.contributions[1:])))
    assert "a report that is not in the pile" in source
    assert Page(source).open == []


def test_evidence_that_a_machine_suggested_never_looks_judged(assessment: Assessment) -> None:
    first, *rest = assessment.case.assertions
    case = replace(assessment.case, assertions=(replace(first, judged=False), *rest))
    assert "Minister: drone boat (suggested, not judged)" in draw_page(replace(assessment, case=case))
    assert "(suggested, not judged)" not in draw_page(assessment)


def test_without_sampling_no_interval_is_pretended(assessment: Assessment) -> None:
    flat = tuple(replace(item, low=item.probability, high=item.probability) for item in assessment.posteriors)
    text = "".join(Page(draw_page(replace(assessment, posteriors=flat, sampled=False))).text)
    assert "21–21" not in text
    assert "Intervals were not sampled for this page." in text


def test_every_look_of_a_graphic_is_in_the_style_sheet(source: str) -> None:
    graphics = " ".join(re.findall(r"<svg.*?</svg>", source, re.DOTALL))
    looks = {look for found in re.findall(r'class="([^"]+)"', graphics) for look in found.split()}
    plain = {"number", "head", "strong", "hidden"}
    assert {look for look in looks - plain if f".{look}" not in read_asset("page.css")} == set()
    assert len(looks) > 40
