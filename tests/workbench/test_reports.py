"""Does the list of reports show, filter, fold and load what a case holds, however much that is?"""

from __future__ import annotations

import pytest

from firsthand.case import new_case


@pytest.fixture
def crowd(tmp_path):
    """A case of 130 reports in which nobody is said to say anything."""
    case = tmp_path / "case"
    new_case(case, "Did the ferry run aground?")
    for number in range(130):
        (case / "reports" / f"{number:03}.txt").write_text(f"Tide {number}. The quay was empty.\n", "utf-8")
    return case


def test_every_report_is_listed_with_what_is_judged_of_it(serve, example, visit):
    seen = visit(serve(example), path="/reports")
    page = seen.page
    shown = page.locator(".reports").inner_text()
    assert "8 reports, and 7 echoes below" in shown
    assert "2 of 8" in shown
    assert page.locator(".echoes .entry").count() == 7
    page.get_by_role("link", name="Militants haul").click()
    assert page.locator("#text").inner_text().startswith("ALGIERS")
    assert seen.complaints == []


def test_the_list_grows_as_it_scrolls_and_its_filter_follows_the_typing(serve, crowd, visit):
    seen = visit(serve(crowd), path="/reports")
    page = seen.page
    page.locator("#rows .entry").first.wait_for()
    page.mouse.wheel(0, 4000)
    page.wait_for_function("() => document.querySelectorAll('#rows .entry').length > 60")
    page.mouse.wheel(0, 9000)
    page.wait_for_function("() => document.querySelectorAll('#rows .entry').length === 130")
    page.locator("#q").fill("01 txt")
    page.wait_for_function("() => document.querySelectorAll('#rows .entry').length === 12")
    assert "12 reports found" in page.locator("#found").inner_text()
    page.locator("#q").fill("nothing like it")
    page.get_by_text("No report has these words").wait_for()
    assert seen.complaints == []


def test_without_script_the_list_is_paged_and_filtered(serve, crowd, asker):
    ask = asker(serve(crowd))
    first, last = ask.get("/reports").words, ask.get("/reports?from=120").words
    assert first.count('class="entry"') == 60 and "from=60" in first
    assert last.count('class="entry"') == 10 and "from=180" not in last
    assert ask.get("/reports?q=012.txt").words.count('class="entry"') == 1
    assert ask.get("/reports?q=%3Cscript%3E&from=x").words.count("&lt;script&gt;") >= 1


def test_a_case_without_reports_explains_the_first_step(tmp_path, serve, asker):
    new_case(tmp_path / "case", "Did it?")
    ask = asker(serve(tmp_path / "case"))
    assert "/add" in ask.get("/reports").words
    assert ask.get("/reports/none").status == 404
