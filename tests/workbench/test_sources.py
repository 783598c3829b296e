"""Are the five questions about a source asked without a hint, answered with a reason, and taken back?"""

from __future__ import annotations

import threading

from firsthand.case import load_case
from firsthand.case.judgements import read_judgements
from firsthand.workbench import posing


def find_access(folder, source="deby"):
    return next(one.access for one in load_case(folder).profiles if one.source.id == source)


def test_five_questions_are_answered_and_one_answer_is_undone(serve, example, visit):
    seen = visit(serve(example))
    page = seen.open("/sources")
    assert page.locator(".matters li").count() == 5
    page.locator(".matters a").first.click()
    assert page.locator(".ask fieldset").count() == 5
    assert page.locator(".ask input:checked").count() == 0
    for attribute, answer in (
        ("access", "was-told"),
        ("understanding", "expert"),
        ("sensitivity", "no-evidence"),
        ("veracity", "self-serving"),
        ("objectivity", "leaning"),
    ):
        page.locator(f".ask input[name={attribute}][value={answer}]").check()
    page.locator(".preview p").nth(2).wait_for()
    assert "40\u00a0% (15–70\u00a0%) → 25\u00a0% (8–45\u00a0%)" in page.locator(".preview").inner_text()
    assert "verdict" not in page.locator(".preview").inner_text().lower()
    page.get_by_role("button", name="Record the answers").click()
    assert read_judgements(example) == ()
    page.get_by_label("What speaks for these answers?").fill("He does not say who told him")
    page.get_by_role("button", name="Record the answers").click()
    said = page.locator(".news .said").inner_text()
    assert "→ 25\u00a0% (8–45\u00a0%)" in said
    assert "verdict" in said
    assert find_access(example).value == 0.25
    assert page.locator(".was").count() == 5
    assert page.locator(".ask input:checked").count() == 0
    page.locator("#record ~ .record button").click()
    page.locator(".news .said").wait_for()
    assert len(read_judgements(example)) > 3
    assert seen.complaints == []


def test_questions_can_be_answered_without_script(serve, example, visit):
    page = visit(serve(example), java_script_enabled=False).open("/sources/deby")
    page.locator(".ask input[name=access][value=saw-it]").check()
    page.get_by_label("What speaks for these answers?").fill("He was there")
    page.get_by_role("button", name="Record the answers").click()
    assert find_access(example).value == 0.9
    assert "is being worked out" in page.locator(".news").inner_text() or "The verdict" in page.inner_text(".news")


def test_an_answer_without_a_reason_is_refused(serve, example, asker):
    ask = asker(serve(example))
    answer = ask.post("/sources/deby/answers", {"access": "saw-it", "why": " "})
    assert answer.status == 400
    assert "reason" in answer.words
    assert ask.post("/sources/deby/answers", {"why": "no answer"}).status == 400
    assert read_judgements(example) == ()


def test_an_answer_made_meanwhile_elsewhere_is_not_lost(serve, example, asker):
    ask = asker(serve(example))
    ask.post("/judge", {"about": "source.deby.access", "value": "[0.1, 0.2, 0.3]", "why": "theirs"})
    answer = ask.post("/sources/deby/answers", {"access": "saw-it", "why": "mine", "seen": "0"})
    assert answer.status == 409
    assert [one.why for one in read_judgements(example)] == ["theirs"]


def test_a_source_that_is_not_there_has_no_page(serve, example, asker):
    assert asker(serve(example)).get("/sources/nobody").status == 404


def test_a_preview_changes_nothing_and_a_wrong_answer_is_named(serve, example, asker):
    bench = serve(example)
    ask, before = asker(bench), bench.desk.find_state()
    assert "25" in ask.get("/sources/deby/preview?access=was-told").words
    wrong = ask.get("/sources/deby/preview?access=was-tol")
    assert wrong.status == 400
    assert "did you mean" in wrong.words
    assert bench.desk.find_state() == before


def test_what_a_source_said_is_left_out_and_heard_again(serve, example, asker):
    ask = asker(serve(example))
    ask.post("/judge", {"about": "source.deby", "value": "retracted", "why": "he took it back"})
    assert not any(one.source == "deby" for one in load_case(example).assertions)
    words = ask.get("/sources/deby").words
    assert "left out of the case" in words
    assert 'name="value" value="restored"' in words


def test_a_source_is_found_by_its_words(serve, example, asker):
    words = asker(serve(example)).get("/sources?q=algerian+security").words
    assert words.count('<article class="card') == 1
    assert "Unnamed Algerian security official" in words


def test_a_page_does_not_wait_for_questions_that_take_long(serve, example, asker, monkeypatch):
    monkeypatch.setattr(posing, "PATIENCE", 0.01)
    begun = threading.Event()
    monkeypatch.setattr(posing, "pose_questions", lambda case: begun.wait(20) and ())
    ask = asker(serve(example))
    assert "is being worked out" in ask.get("/sources").words
    begun.set()
    monkeypatch.setattr(posing, "PATIENCE", 5)
    assert "Every question about those who speak is answered" in ask.get("/sources").words
