"""Can a whole case be made in the browser: from a dropped folder to a verdict that was judged, turned and exported?"""

from __future__ import annotations

import json
import shutil

from firsthand.case import load_case
from firsthand.case.judgements import read_judgements
from tests.workbench.conftest import EXAMPLE
from tests.workbench.test_adding import drop

QUESTION = "Did the group obtain missiles from the depots?"


def begin(page, pile):
    drop(page, "[data-drop]", pile)
    page.get_by_text("pile/sahel-watch.md").wait_for()
    page.get_by_label("What do you want to know?").fill(QUESTION)
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name="To the verdict").wait_for()


def judge_three(page, folder):
    """Judge three attributions of one report by key."""
    for number, key in enumerate("axa", start=1):
        before = page.locator("#ask").get_attribute("data-mark")
        page.keyboard.press(key)
        page.locator("#outcome", has_text="Accepted" if key == "a" else "Rejected").wait_for()
        page.locator("#shelf [aria-current]", has_text=f"{number} of").wait_for()
        page.keyboard.press("j")
        page.wait_for_function("name => document.getElementById('ask').dataset.mark !== name", arg=before)
    assert [one.value for one in read_judgements(folder) if one.about.startswith("attribution.")] == [
        "accepted",
        "rejected",
        "accepted",
    ]


def answer_five(page, folder):
    page.locator(".ask input[type=radio]").first.wait_for()
    for field in page.locator(".ask fieldset").all():
        field.locator("input[type=radio]").first.check()
    page.get_by_label("What speaks for these answers?").fill("He was there, and says so")
    page.get_by_role("button", name="Record the answers").click()
    page.locator(".news .said").wait_for()
    assert any("He was there" in one.why for one in read_judgements(folder))


def turn_prior(page):
    """Drag what was thought before any report down, and return the word before and after."""
    word = page.locator(".variant.live .word strong")
    before = word.inner_text()
    page.locator("details.group summary", has_text="Before any report").click()
    slider = page.locator('[id="knob-hypothesis.so.prior"]')
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.1 * box["width"], box["y"] + box["height"] / 2, steps=6)
    page.mouse.up()
    page.locator("body:not([data-turning])").wait_for()
    return before, word.inner_text()


def test_a_case_from_a_dropped_folder_to_an_export(tmp_path, serve, visit):
    pile, folder = tmp_path / "pile", tmp_path / "new"
    shutil.copytree(EXAMPLE / "reports", pile)
    seen = visit(serve(folder))
    page = seen.page
    begin(page, pile)
    case = load_case(folder)
    assert len(case.reports) == 15 and case.assertions

    page.get_by_role("link", name="To the verdict").click()
    verdict = page.locator(".headline").inner_text()
    seen.open("/reports/ctc-sentinel.txt")
    judge_three(page, folder)

    seen.open("/sources")
    page.locator(".matters a").first.click()
    answer_five(page, folder)

    seen.open("/what-if")
    before, after = turn_prior(page)
    assert before != after
    assert not any(one.about == "hypothesis.so.prior" for one in read_judgements(folder)), "nothing is saved by turning"

    seen.open("/history")
    number = len(read_judgements(folder))
    page.get_by_role("button", name="Undo").first.click()
    page.get_by_text("is again as the files have it").wait_for()
    assert len(read_judgements(folder)) == number + 1
    assert read_judgements(folder)[-1].value == "restored"

    seen.bench.desk.look(wait=60)
    seen.open("/")
    assert page.locator(".headline").inner_text() != verdict
    seen.open("/export")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="The assessment as data").click()
    assert json.loads(waiting.value.path().read_text())["question"] == QUESTION
    assert seen.complaints == []
    assert all(url.startswith((seen.bench.address, "blob:")) for url in seen.requests)
