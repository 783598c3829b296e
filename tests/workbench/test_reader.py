"""Can a report be read and judged by mouse and by keys, and is nothing lost or executed in it?"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest

from firsthand.case import record_judgement
from firsthand.case.judgements import read_judgements
from firsthand.model import Judgement

REPORT = "/reports/ctc-sentinel.txt"
WEBLOG = "/reports/analyst-weblog.txt"


@pytest.fixture
def bench(serve, example):
    return serve(example)


@pytest.fixture
def reader(bench, visit):
    """A window on a report of four attributions that nobody has judged."""
    seen = visit(bench, path=REPORT)
    yield seen
    assert seen.complaints == []
    assert all(url.startswith(bench.address) for url in seen.requests)


def press(seen, *keys):
    for key in keys:
        seen.page.keyboard.press(key)


def wait_for(seen, words):
    seen.page.locator("#outcome", has_text=words).wait_for()


def judged(bench):
    return [(one.about.split(".")[0], one.value) for one in read_judgements(bench.folder)]


def last_value(bench):
    return json.loads(read_judgements(bench.folder)[-1].value)


def mark_of(seen):
    return seen.page.locator("#ask").get_attribute("data-mark")


def count_done(seen):
    return seen.page.locator("#shelf [aria-current]").inner_text().split()[-3:]


def test_three_are_judged_by_key_and_the_last_taken_back(reader, bench):
    assert count_done(reader) == ["0", "of", "4"]
    press(reader, "a")
    wait_for(reader, "Accepted.")
    assert reader.page.locator("#text span.source-solid").count() == 1
    first = mark_of(reader)
    press(reader, "j")
    reader.page.wait_for_function("name => document.getElementById('ask').dataset.mark !== name", arg=first)
    press(reader, "x")
    wait_for(reader, "Rejected.")
    assert reader.page.locator("#text .content-rejected").count()
    assert "Machine: " in reader.page.locator("#ask").inner_text()
    assert count_done(reader) == ["2", "of", "4"]
    press(reader, "z")
    wait_for(reader, "Taken back")
    assert count_done(reader) == ["1", "of", "4"]
    press(reader, "z")
    wait_for(reader, "Taken back")
    reader.page.wait_for_function("() => !document.querySelector('#text span.source-solid')")
    assert judged(bench) == [("attribution", one) for one in ("accepted", "rejected", "restored", "restored")]
    assert [one.why.split(" (")[0] for one in read_judgements(bench.folder)][:2] == ["Read in place."] * 2


def test_a_reason_of_ones_own_goes_with_the_judgement_and_stays_for_the_next(reader, bench):
    reader.page.locator("#why-act").fill("Porter signs it himself")
    reader.page.locator("#question").click()
    press(reader, "a")
    wait_for(reader, "Accepted.")
    assert read_judgements(bench.folder)[0].why == "Porter signs it himself"
    assert reader.page.locator("#why-act").input_value() == "Porter signs it himself"
    reader.open("/history")
    assert "CTC Sentinel: “Mokhtar" in reader.page.locator("main").inner_text()


def test_the_spans_are_moved_with_the_arrows_and_the_machines_stay_visible(reader, bench):
    before = reader.page.locator("#correct-content").input_value()
    press(reader, "e", "ArrowLeft", "Shift+ArrowRight")
    now = reader.page.locator("#correct-content").input_value()
    assert now != before and now in before
    press(reader, "Enter")
    wait_for(reader, "Corrected.")
    told = last_value(bench)
    assert told["said"] == now
    assert told["report"] == "ctc-sentinel.txt"
    assert "The machine had content" in reader.page.locator("#ask").inner_text()
    assert before in " ".join(reader.page.locator("#ask .was").inner_text().split())


def test_leaving_an_edit_records_nothing(reader, bench):
    before = reader.page.locator("#correct-content").input_value()
    press(reader, "e", "ArrowLeft", "Escape")
    assert reader.page.locator("#correct-content").input_value() == before
    assert reader.page.locator(".handle").count() == 0
    assert judged(bench) == []


def test_an_end_is_dragged_to_another_word(reader, bench):
    press(reader, "e")
    handle = reader.page.locator('.handle[data-side="end"]').bounding_box()
    text = reader.page.locator("#text").bounding_box()
    before = reader.page.locator("#correct-content").input_value()
    reader.page.mouse.move(handle["x"] + 12, handle["y"] + 17)
    reader.page.mouse.down()
    reader.page.mouse.move(text["x"] + 60, handle["y"] + 17, steps=4)
    reader.page.mouse.up()
    now = reader.page.locator("#correct-content").input_value()
    assert now != before and before.startswith(now)
    reader.page.get_by_role("button", name="Save the correction").click()
    wait_for(reader, "Corrected.")
    assert last_value(bench)["said"] == now


def test_selected_words_become_the_role_of_the_key(reader, bench):
    press(reader, "e")
    reader.page.locator("#text .cue").first.dblclick()
    press(reader, "1")
    source = reader.page.locator("#correct-source").input_value()
    assert source and source in reader.page.locator("#text").inner_text()
    press(reader, "Escape")
    assert judged(bench) == []


def test_one_is_added_from_the_selection_and_speaks_for_a_claim(reader, bench):
    claims = reader.page.locator("#add-claim option").count()
    assert claims > 1
    reader.page.evaluate(
        """() => {
        const node = document.querySelector('#text [data-s]').lastChild;
        getSelection().setBaseAndExtent(node, 0, node, Math.min(20, node.length));
        }"""
    )
    press(reader, "n")
    assert reader.page.locator("#add-content").input_value()
    reader.page.locator("#add-named").fill("A porter at Gao")
    reader.page.locator("#add-claim").select_option(index=1)
    reader.page.get_by_role("button", name="Add it").click()
    wait_for(reader, "Added.")
    assert mark_of(reader).startswith("new.")
    assert "A porter at Gao" in reader.page.locator("#way").inner_text()
    told = last_value(bench)
    assert told["named"] == "A porter at Gao" and told["claim"] and told["said"]
    press(reader, "z")
    wait_for(reader, "Taken back")
    assert "A porter at Gao" not in reader.page.locator("#marks").inner_text()


def test_hedge_and_source_are_set_in_the_same_form(reader, bench):
    press(reader, "h")
    reader.page.keyboard.type("0.5")
    press(reader, "Enter")
    wait_for(reader, "Corrected.")
    press(reader, "s")
    reader.page.keyboard.type("Reuters")
    press(reader, "Enter")
    reader.page.locator("#way", has_text="Reuters").wait_for()
    assert last_value(bench) == {"report": "ctc-sentinel.txt", "named": "Reuters", "hedge": 0.5}


def test_lineage_unknown_is_one_key(bench, visit):
    seen = visit(bench, path=WEBLOG)
    press(seen, "u")
    wait_for(seen, "Not known.")
    assert judged(bench) == [("lineage", "unknown")]
    seen.page.locator("#side", has_text="Judged by").wait_for()
    assert seen.complaints == []


def test_rejecting_what_the_case_holds_rejects_it_there_and_comes_back_whole(bench, visit):
    seen = visit(bench, path="/reports/reuters-convoy.txt")
    seen.open("/reports/reuters-convoy.txt?c=700")
    before = bench.desk.look().assessment.posteriors[0].probability
    assert "The case holds" in seen.page.locator("#ask").inner_text()
    press(seen, "r")
    wait_for(seen, "Rejected, and with it")
    assert [kind for kind, _ in judged(bench)] == ["attribution", "assertion"]
    assert bench.desk.look().assessment.posteriors[0].probability != before
    press(seen, "z")
    wait_for(seen, "Taken back")
    assert bench.desk.look().assessment.posteriors[0].probability == pytest.approx(before)


def test_two_windows_that_judge_the_same_see_both_versions(reader, bench):
    name = mark_of(reader)
    theirs = Judgement(
        when=datetime.now(UTC).replace(microsecond=0),
        who="Bruno",
        about=f"attribution.{name}",
        value="rejected",
        why="Not his words.",
    )
    record_judgement(bench.folder, theirs)
    with reader.page.expect_navigation():
        press(reader, "a")
    shown = reader.page.locator("main").inner_text()
    assert "Bruno" in shown and "Not his words." in shown and "accepted" in shown
    assert judged(bench) == [("attribution", "rejected")]
    # The refusal itself is told in the console by the browser.
    reader.complaints.clear()


def test_a_place_in_an_address_is_found_and_its_attribution_chosen(reader, bench):
    text = reader.page.locator("#text").inner_text()
    case = bench.desk.look().case
    report = next(one for one in case.reports if one.path == "reuters-convoy.txt")
    place = report.text.index("Others drove")
    reader.open(f"/reports/{report.id}#c{place}")
    reader.page.locator("#ask", has_text="4 of 8").wait_for()
    assert "Others drove" in reader.page.locator("#text .now").first.inner_text()
    assert text != reader.page.locator("#text").inner_text()


def test_a_click_on_words_looks_at_their_attribution(reader):
    before = mark_of(reader)
    reader.page.locator("#text .content").last.click()
    reader.page.wait_for_function("name => document.getElementById('ask').dataset.mark !== name", arg=before)


def test_what_is_not_the_report_is_shown_on_request(reader):
    page = reader.open("/reports/africa-news.html")
    assert page.locator(".aside").count() == 0
    page.get_by_role("link", name="request").click()
    assert page.locator(".aside").count()


def test_without_script_a_report_is_judged_and_corrected_with_forms(bench, visit):
    page = visit(bench, path=REPORT, java_script_enabled=False).page
    page.get_by_role("button", name="accept").click()
    assert "Accepted." in page.locator(".news").inner_text()
    page.locator("#correct summary").click()
    before = page.locator("#correct-content").input_value()
    page.locator("#correct-content").fill(before.rsplit(" ", 1)[0])
    page.get_by_role("button", name="Save the correction").click()
    assert "Corrected." in page.locator(".news").inner_text()
    assert last_value(bench)["said"] == before.rsplit(" ", 1)[0]
    page.get_by_role("button", name="take back").click()
    assert judged(bench)[-1] == ("attribution", "accepted")


def test_passages_are_laid_side_by_side(bench, visit):
    seen = visit(bench, path="/reports/week-in-papers.txt/beside/african-news.txt")
    page = seen.page
    assert page.locator(".side-by-side b").count() >= 2
    assert seen.complaints == []


def test_a_purported_statement_is_rejected_with_its_attribution(bench, asker):
    ask = asker(bench)
    page = ask.get("/reports/tsa-statement.txt").words
    name = re.search(r'at=([^"&#]+)[^>]*><b[^>]*>A statement that looks forged', page)[1]
    ask.post("/reports/tsa-statement.txt/judge", {"act": "reject", "mark": name, "why": "Nobody signed it."})
    assert judged(bench) == [("attribution", "rejected"), ("statement", "rejected")]
    assert bench.desk.look().case.statements == ()


def test_an_act_without_reason_or_sense_is_refused_and_records_nothing(bench, asker):
    ask = asker(bench)
    name = ask.get(REPORT).words.partition('data-mark="')[2].partition('"')[0]
    for told in (
        {"act": "accept", "mark": name, "why": " "},
        {"act": "accept", "mark": "a-000000000000", "why": "x"},
        {"act": "burn", "mark": name, "why": "x"},
        {"act": "correct", "mark": name, "why": "x"},
        {"act": "correct", "mark": name, "why": "x", "content": "words that do not stand there"},
        {"act": "correct", "mark": name, "why": "x", "content_spans": "[[5, 99999999]]"},
        {"act": "correct", "mark": name, "why": "x", "hedge": "very"},
        {"act": "add", "mark": name, "why": "x", "content": "Mokhtar Belmokhtar"},
        {"act": "add", "mark": name, "why": "x", "named": "Porter"},
        {"act": "lineage", "mark": name, "why": "x", "child": "a-1", "parent": "a-2", "value": "same"},
        {"act": "undo", "mark": name},
    ):
        assert ask.post(f"{REPORT}/judge", told).status == 400, told
    assert ask.get(f"{REPORT}/judge").status in (404, 405)
    assert judged(bench) == []
