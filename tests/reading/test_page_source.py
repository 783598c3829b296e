"""Is nothing but scripts and styles cut from a page before it is parsed?"""

from __future__ import annotations

import pytest

from firsthand.reading.page import read_main_text, read_page
from firsthand.reading.page_source import cut_unread

SAID = "<p>The harbour master of Lorn said on Monday that the ice would hold for another week at the least.</p>"
MORE = "<p>Two boats that had put out before dawn came back to the quay, he said, and no others would follow them.</p>"


def make(between: str) -> str:
    return f"<html><head><title>Ice at Lorn</title></head><body><div>{SAID}{between}{MORE}</div></body></html>"


def test_scripts_and_styles_are_cut_and_json_ld_is_kept_apart() -> None:
    linked = '<script type="application/ld+json">{"@type": "Article"}</script >'
    cut, scripts = cut_unread(make(f"<style>p {{}}</style>{linked}<script src='a.js'></script>"))
    assert cut == make("")
    assert scripts == ['{"@type": "Article"}']


@pytest.mark.parametrize(
    "between",
    [
        "<script>document.write('<p>Sold out</p>')</script>",
        "<script>a = '<!--'; b = '<script>'; c = '<\\/script>'; d = '-->'</script>",
        "<!-- <script>never closed -->",
        "<!-- a remark that ends oddly --!>",
        "<!--><script>x</script>",
        "<SCRIPT>x < y</SCRIPT>",
        "<scripted>",
        "<style media='print'>p > a { color: red }</style\n>",
    ],
)
def test_no_sentence_is_lost_around_what_is_cut(between: str) -> None:
    text = read_main_text(make(between))
    assert "the ice would hold" in text
    assert "came back to the quay" in text
    assert "Sold out" not in text


def test_what_does_not_end_is_left_to_the_parser() -> None:
    page = make("<script>never closed")
    assert cut_unread(page) == (page, [])


def test_the_text_alone_is_the_text_of_the_whole_page() -> None:
    menu = "<ul>" + "".join(f'<li class="m"><a href="/{n}">Section {n}</a></li>' for n in range(9)) + "</ul>"
    kept = '<ul><li>Boats under ten metres stay in port, <a href="/rule">the rule</a> says.</li></ul>'
    page = make(menu + kept)
    assert read_main_text(page) == read_page(page).text
    assert "Boats under ten metres" in read_main_text(page)
    assert "Section 4" not in read_main_text(page)


PRINTED = "<p>The Bell of Lorn has been printed by one family on one quay since 1871, as all its readers know.</p>"
LINKS = '<a href="/tides">Tides</a> <a href="/ferries">Ferries</a>'


@pytest.mark.parametrize(
    "beside",
    [
        f"<nav>{LINKS}</nav>",
        f"<nav><div>{LINKS}<svg><title>Map</title></svg></div></nav>",
        f"<footer><nav>{LINKS}</nav><button>Share</button></footer>",
        f"<!-- <nav> --><aside>{LINKS}</aside>",
        f"<footer>{LINKS}{PRINTED}</footer>",
        "<select><option>Lorn<option>Skarn</select>",
    ],
)
def test_what_stands_beside_a_report_is_in_neither_text(beside: str) -> None:
    page = make(beside)
    assert read_main_text(page) == read_page(page).text
    assert "came back to the quay" in read_main_text(page)
    assert "Tides" not in read_main_text(page)


@pytest.mark.parametrize(
    "between",
    [
        "<nav><h1>Ice at Lorn</h1></nav>",
        f"<nav>{SAID}</nav>",
        "<nav><div></nav></div>",
        "<aside>冬の港では氷が一週間はもつだろうと港長が月曜日に記者団に語った。</aside>",
        "<nav>never closed",
    ],
)
def test_a_box_that_may_matter_is_left_to_the_parser(between: str) -> None:
    page = make(between)
    assert cut_unread(page, whole=False) == (page, [])


def test_a_remark_in_the_value_of_an_attribute_ends_nothing() -> None:
    page = make('<img alt="a <!-- b">') + "<!-- end -->"
    assert "came back to the quay" in read_main_text(page)


@pytest.mark.parametrize("name", ["title", "textarea"])
@pytest.mark.parametrize("words", ["a <!-- b", "a <script> b"])
def test_what_looks_like_markup_in_a_title_or_a_field_swallows_nothing(name: str, words: str) -> None:
    page = make(f"<{name}>{words}</{name}>") + "<!-- end --><script></script>" + 5 * MORE
    assert "ice would hold" in read_main_text(page)
    assert (
        cut_unread(page, whole=False)[0]
        == page.removesuffix(5 * MORE)[: -len("<!-- end --><script></script>")] + 5 * MORE
    )


@pytest.mark.parametrize(
    "opened", ["<script ", "<style></script>", "<!--", "<nav>", "<nav><footer>", "<svg><select>", "<li "]
)
def test_what_is_opened_without_end_is_passed_over_once(opened: str) -> None:
    assert cut_unread(opened * 200_000, whole=False) == (opened * 200_000, [])
