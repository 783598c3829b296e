"""Is every character of a report in its place in the reader: strange ones, many, written from right to left?"""

from __future__ import annotations

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from firsthand.case import draft_case, load_case, new_case
from firsthand.case.judgements import read_judgements
from firsthand.pipeline import trace_reports
from firsthand.workbench.marks import open_sheet
from firsthand.workbench.paging import cut_page, find_page

STRANGE = (
    "\U0001f6a2 Ferry \U0001f30a news <b>bold</b> {{ 7*191 }}\n\n"
    "Harbour master Ann Kole said that the \u202eferry\u202c \U0001f6a2 ran <script>window.hit=1</script> "
    "aground off Marl.\n"
    "\u0642\u0627\u0644 \u0627\u0644\u0645\u062f\u064a\u0631 that nobody was hurt.\n"
)


def write_case(folder, text, name="strange.txt"):
    new_case(folder, "Did the ferry run aground?")
    (folder / "reports" / name).write_text(text, "utf-8", newline="")
    return folder


def show_page(bench):
    look = bench.desk.look()
    report = look.case.reports[0]
    return look, report, open_sheet(look, report, read_judgements(bench.folder))


@pytest.fixture
def strange(tmp_path):
    return write_case(tmp_path / "case", STRANGE)


def test_what_is_selected_is_what_is_recorded_whatever_stands_before_it(strange, serve, visit):
    bench = serve(strange)
    report = bench.desk.look().case.reports[0]
    seen = visit(bench, path=f"/reports/{report.id}")
    page = seen.page
    place = report.text.index("aground off Marl")
    page.evaluate(
        """place => {
        const spans = [...document.querySelectorAll('#text [data-s]')];
        const node = spans.find(one => one.lastChild.data.includes('aground off Marl')).lastChild;
        const unit = node.data.indexOf('aground off Marl');
        getSelection().setBaseAndExtent(node, unit, node, unit + 16);
        }""",
        place,
    )
    page.keyboard.press("n")
    page.locator("#add-named").fill("Ann Kole")
    page.get_by_role("button", name="Add it").click()
    page.locator("#outcome", has_text="Added.").wait_for()
    told = json.loads(read_judgements(bench.folder)[-1].value)
    assert told["said"] == "aground off Marl"
    assert told["content"] == [[place, place + 16]]
    assert page.evaluate("window.hit") is None
    assert "1337" not in page.locator("main").inner_text()
    assert seen.complaints == []


def test_every_character_of_a_page_is_in_one_stretch(strange, serve):
    look, report, sheet = show_page(serve(strange))
    page = find_page(report, 0)
    stretches = cut_page(report, page, sheet.marks, None)
    assert "".join(one.text for one in stretches) == report.text
    assert [one.start for one in stretches] == sorted({one.start for one in stretches})
    assert all(report.text[one.start :].startswith(one.text) for one in stretches)
    assert look.case is not None


def test_a_long_report_opens_page_by_page_and_at_any_character(tmp_path, serve, visit):
    lines = "\n".join(f"Line {number}: the water was calm and nobody came." for number in range(5_000))
    text = f"{lines}\n\nAnn Kole said that the ferry ran aground.\n"
    bench = serve(write_case(tmp_path / "case", text, "long.txt"))
    report = bench.desk.look().case.reports[0]
    seen = visit(bench, path=f"/reports/{report.id}")
    page = seen.page
    assert len(page.locator("#text").inner_text()) < 25_000
    place = report.text.index("Line 2000:")
    seen.open(f"/reports/{report.id}#c{place}")
    page.locator("#text", has_text="Line 2000:").wait_for()
    page.get_by_role("link", name="Later in this report").click()
    assert "Line 2000:" not in page.locator("#text").inner_text()
    assert page.get_by_role("link", name="Earlier in this report").count() == 1
    assert seen.complaints == []


def test_pages_of_a_report_join_without_a_gap(tmp_path, serve):
    text = "word " * 20_000
    bench = serve(write_case(tmp_path / "case", text, "long.txt"))
    _, report, _ = show_page(bench)
    place, told = 0, ""
    while True:
        page = find_page(report, place)
        told += report.text[page.start : page.end]
        if page.after is None:
            break
        place = page.after
    assert told == report.text


def test_accepting_what_was_drafted_accepts_it_in_the_case_too(tmp_path, serve, visit):
    text = 'Harbour master Ann Kole said that the ferry "Gull" ran aground off Marl on Monday.\n'
    folder = write_case(tmp_path / "case", text)
    case = load_case(folder)
    draft_case(folder, trace_reports(case.reports))
    drafted = load_case(folder).assertions
    assert drafted and not drafted[0].judged
    bench = serve(folder)
    seen = visit(bench, path=f"/reports/{case.reports[0].id}")
    assert "drafted" in seen.page.locator("#ask").inner_text()
    seen.page.keyboard.press("a")
    seen.page.locator("#outcome", has_text="Accepted.").wait_for()
    assert [one.about.split(".")[0] for one in read_judgements(folder)] == ["attribution", "assertion"]
    assert load_case(folder).assertions[0].judged
    seen.page.keyboard.press("z")
    seen.page.locator("#outcome", has_text="Taken back").wait_for()
    assert not load_case(folder).assertions[0].judged
    assert seen.complaints == []


@pytest.mark.parametrize(("width", "scheme"), [(1360, "light"), (1360, "dark"), (390, "light")])
def test_axe_finds_nothing_in_the_reader_at_rest_and_while_editing(width, scheme, serve, example, visit):
    seen = visit(serve(example), path="/reports/analyst-weblog.txt", width=width, color_scheme=scheme)
    page, found = seen.page, {}
    for state, key in (("rest", ""), ("correct", "e"), ("leave", "Escape"), ("add", "n"), ("help", "?")):
        if key:
            page.keyboard.press("Escape")
            page.keyboard.press(key)
        told = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        wide = page.evaluate("document.documentElement.scrollWidth")
        wrong = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in told]
        if wrong or wide > width:
            found[state] = (wrong, wide)
    assert found == {}


def test_targets_of_the_reader_are_at_least_24_pixels(serve, example, visit):
    page = visit(serve(example), path="/reports/analyst-weblog.txt", width=390).page
    small = page.evaluate(
        """() => [...document.querySelectorAll("#ask :is(button, input:not([type=hidden])), #side button, summary")]
        .filter(one => one.checkVisibility())
        .map(one => [one.textContent.trim() || one.name, one.getBoundingClientRect().height])
        .filter(([, height]) => height < 24)"""
    )
    assert small == []


def test_a_case_that_cannot_be_weighed_is_still_read_and_judged(serve, example, asker):
    claims = (example / "claims.toml").read_text("utf-8")
    quote = re.search(r'(report = "[^"]+"\nquote = "[^"]+")', claims)[1]
    names = re.findall(r"^\[hypothesis\.([\w-]+)\]", (example / "case.toml").read_text("utf-8"), re.MULTILINE)
    given = ", ".join(f"{name} = 0" for name in names)
    never = f'\n[[observation]]\nid = "never"\ntitle = "Never"\n{quote}\ngiven = {{ {given} }}\n'
    (example / "claims.toml").write_text(claims + never, "utf-8")
    bench = serve(example)
    ask = asker(bench)
    page = ask.get("/reports/reuters-convoy.txt")
    assert page.status == 200 and "impossible under every hypothesis" in page.words
    assert bench.desk.look().assessment is None
    name = page.words.partition('data-mark="')[2].partition('"')[0]
    ask.post("/reports/reuters-convoy.txt/judge", {"act": "accept", "mark": name, "why": "Read."})
    assert read_judgements(example)[-1].value == "accepted"
