"""Does the page work in a real browser: light, dark, on a phone, without a network, with a keyboard?"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from firsthand.model import EvidenceId, EvidenceKind
from firsthand.views import draw_page
from tests.views.sample import make_assessment

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = os.environ.get("FIRSTHAND_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
REQUIRED = bool(os.environ.get("FIRSTHAND_REQUIRE_BROWSER"))

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not REQUIRED, reason="no chromium here; set FIRSTHAND_REQUIRE_BROWSER to fail instead"
)
WIDTHS = (1360, 1000, 768, 390)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_page(tmp_path_factory.mktemp("page") / "assessment.html", draw_page(make_assessment()))


def write_page(path: Path, page: str) -> str:
    path.write_text(page, encoding="utf-8")
    return path.as_uri()


class Visit:
    """One opening of the page, with everything it complained about or asked for."""

    def __init__(self, browser: Browser, address: str, width: int = 1360, **options: object) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 900}, **options)  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(address)

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    def measure_overflow(self) -> int:
        found = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return int(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_opens_quietly_and_fits_its_window(browser: Browser, address: str, width: int, scheme: str) -> None:
    with Visit(browser, address, width, color_scheme=scheme) as visit:
        assert visit.complaints == []
        assert [request for request in visit.requests if not request.startswith("data:")] == [address]
        assert visit.measure_overflow() == 0


def test_dark_is_dark_and_light_is_light(browser: Browser, address: str) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        with Visit(browser, address, color_scheme=scheme) as visit:
            grounds.append(visit.page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
    assert grounds == ["rgb(251, 250, 246)", "rgb(22, 23, 26)"]


@pytest.mark.parametrize("width", [1360, 390])
def test_a_citation_opens_its_note_and_escape_closes_it(browser: Browser, address: str, width: int) -> None:
    with Visit(browser, address, width) as visit:
        cite = visit.page.locator(".side .cite").first
        cite.click()
        note = visit.page.locator(".note.open")
        assert note.count() == 1
        assert "goes back in large part to two people" in note.inner_text()
        assert cite.get_attribute("aria-expanded") == "true"
        assert visit.measure_overflow() == 0
        visit.page.keyboard.press("Escape")
        assert visit.page.locator(".note.open").count() == 0
        assert cite.get_attribute("aria-expanded") is None
        assert visit.page.evaluate("document.activeElement.className").startswith("cite")


def test_a_citation_in_a_graphic_opens_its_note_from_the_keyboard(browser: Browser, address: str) -> None:
    with Visit(browser, address) as visit:
        cite = visit.page.locator("svg .cite:visible").first
        cite.focus()
        visit.page.keyboard.press("Enter")
        assert visit.page.locator(".note.open").count() == 1
        visit.page.keyboard.press("Enter")
        assert visit.page.locator(".note.open").count() == 0


def test_reading_in_place_opens_the_report_at_the_marked_words(browser: Browser, address: str) -> None:
    with Visit(browser, address) as visit:
        visit.page.locator(".endnotes .place").nth(3).click()
        focused = "document.activeElement"
        assert visit.page.evaluate(f"{focused}.tagName") == "MARK"
        assert visit.page.evaluate(f"{focused}.closest('details').open")
        assert visit.page.locator("mark:focus").is_visible()


def test_hovering_a_row_lights_the_same_evidence_elsewhere(browser: Browser, address: str) -> None:
    with Visit(browser, address) as visit:
        visit.page.locator(".matrix.wide td[data-evidence='no-film']").first.hover()
        lit = visit.page.evaluate("[...document.querySelectorAll('.lit')].map(mark => mark.tagName.toLowerCase())")
        assert {"td", "th", "g", "tr"} <= set(lit)


def test_without_script_every_citation_is_a_link_to_its_note(browser: Browser, address: str) -> None:
    with Visit(browser, address, java_script_enabled=False) as visit:
        visit.page.locator(".side .cite").first.click()
        assert visit.page.url.endswith("#note-1")


def test_no_two_labels_of_the_tree_overlap(browser: Browser, address: str) -> None:
    script = """[...document.querySelector('svg:has(> [id^=provenance])').querySelectorAll('text')]
      .map(text => text.getBoundingClientRect().toJSON())"""
    with Visit(browser, address) as visit:
        boxes = visit.page.evaluate(script)
    assert len(boxes) > 20
    assert list(find_overlaps(boxes)) == []


def find_overlaps(boxes: list[dict[str, float]]) -> Iterator[tuple[dict[str, float], dict[str, float]]]:
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            across = min(one["right"], other["right"]) - max(one["left"], other["left"])
            down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
            if across > 1 and down > 5:
                yield one, other


def test_a_crowded_case_still_fits_a_phone_and_a_desk(browser: Browser, tmp_path: Path) -> None:
    assessment = make_assessment()
    long = "A title that goes on for a very long time without ever coming to the point it set out to make " * 2
    echo = next(row for row in assessment.contributions if row.kind == EvidenceKind.ECHO)
    rows = tuple(replace(row, title=long) for row in assessment.contributions)
    rows += tuple(replace(echo, evidence=EvidenceId(f"more-{place}")) for place in range(100))
    nodes = tuple(replace(node, label=long, detail=long) for node in assessment.trace.provenance.nodes)
    crowded = replace(
        assessment, contributions=rows,
        trace=replace(
            assessment.trace,
            reports=tuple(replace(report, title=long) for report in assessment.trace.reports),
            provenance=replace(assessment.trace.provenance, nodes=nodes),
        ),
    )  # fmt: skip
    address = write_page(tmp_path / "crowded.html", draw_page(crowded))
    for width in (1360, 390):
        with Visit(browser, address, width) as visit:
            assert visit.measure_overflow() == 0


def test_printing_shows_the_notes_once_and_in_dark_on_white(browser: Browser, address: str) -> None:
    with Visit(browser, address, color_scheme="dark") as visit:
        visit.page.locator(".side .cite").first.click()
        visit.page.emulate_media(media="print")
        assert visit.page.locator(".note.open:visible").count() == 0
        assert visit.page.locator(".endnotes .note:visible").count() > 5
        assert visit.page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
        assert visit.page.pdf(format="A4").startswith(b"%PDF")


def test_a_number_opens_what_it_rests_on_and_leads_on_to_a_quotation(browser: Browser, address: str) -> None:
    with Visit(browser, address) as visit:
        visit.page.locator(".headline .basis").nth(1).click()
        note = visit.page.locator(".note.open")
        assert "losses in the strait since 2010" in note.inner_text()
        note.locator(".cite").first.click()
        assert visit.page.locator(".note.open q").count() == 1
        visit.page.keyboard.press("Escape")
        visit.page.keyboard.press("Escape")
        assert visit.page.locator(".note.open").count() == 0


def test_without_script_a_number_is_a_link_that_shows_its_basis(browser: Browser, address: str) -> None:
    with Visit(browser, address, java_script_enabled=False) as visit:
        visit.page.locator(".headline .basis").first.click()
        target = visit.page.url.split("#")[1]
        assert visit.page.locator(f"#{target}").is_visible()


@pytest.mark.parametrize("width", [1360, 390])
def test_every_link_and_fold_is_reached_by_tab_and_shows_it(browser: Browser, address: str, width: int) -> None:
    look = """() => { const at = document.activeElement; if (at === document.body) return null;
      at.dataset.seen = 1; const style = getComputedStyle(at); const box = at.getBoundingClientRect();
      return [style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, box.width > 2 && box.height > 2,
        at.outerHTML.slice(0, 90)]; }"""
    with Visit(browser, address, width) as visit:
        count = visit.page.locator("a[href]:visible, summary:visible").count()
        for _ in range(count + 40):
            visit.page.keyboard.press("Tab")
            found = visit.page.evaluate(look)
            if found is None:
                break
            assert found[0] and found[1], found[2]
        missed = visit.page.locator("a[href]:visible:not([data-seen]), summary:visible:not([data-seen])")
        assert count > 100
        assert missed.count() == 0


def test_twice_the_size_still_fits_the_window(browser: Browser, address: str) -> None:
    with Visit(browser, address, 680) as visit:
        visit.page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        assert visit.measure_overflow() == 0
        assert visit.page.locator(".wide:visible").count() == 0


def test_with_forced_colours_every_graphic_still_has_strokes(browser: Browser, address: str) -> None:
    with Visit(browser, address, forced_colors="active") as visit:
        assert visit.complaints == []
        assert visit.page.evaluate("matchMedia('(forced-colors: active)').matches")
        stroke = "getComputedStyle(document.querySelector('.graphic .bar')).stroke"
        assert visit.page.evaluate(stroke) not in {"none", ""}


def test_paper_shows_every_basis_though_the_screen_folds_them(browser: Browser, address: str) -> None:
    height = "document.querySelector('.rests .note').getBoundingClientRect().height"
    with Visit(browser, address) as visit:
        assert not visit.page.locator(".rests .note").first.is_visible()
        visit.page.emulate_media(media="print")
        assert visit.page.evaluate(height) > 10
