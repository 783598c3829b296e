"""Do the pages of explanations, silence and impact show every number, and is each judged anew there?"""

from __future__ import annotations

import json

import pytest

from firsthand.case import find_knob, load_case
from firsthand.case.judgements import read_judgements
from firsthand.errors import TooCostly
from firsthand.weighing import calibrating, solving


def test_a_cell_of_the_matrix_opens_its_sentences(serve, example, visit):
    seen = visit(serve(example))
    page = seen.open("/hypotheses")
    row = page.locator("#evidence-deby-missiles")
    assert row.locator(".mark").count() == 4
    row.locator("td .basis").first.click()
    note = page.locator(".notes .note.open").first
    assert "President of Chad: missiles" in note.inner_text()
    note.locator(".cite").first.click()
    quoted = page.locator(".notes .note.open q")
    quoted.first.wait_for()
    assert page.locator(".notes .note.open a.place").first.get_attribute("href").startswith("/reports/")
    assert seen.complaints == []


def test_the_evidence_that_tells_most_apart_comes_first(serve, example, asker):
    words = asker(serve(example)).get("/hypotheses").words
    order = [part.split('"')[0] for part in words.split('id="evidence-')[1:]]
    assert order[0] == "deby-missiles"
    assert order.index("flickers") < order.index("fighters")
    assert words.count("/export/ach-") == 2


def test_a_prior_is_judged_from_three_fields_by_keyboard(serve, example, visit):
    page = visit(serve(example)).open("/hypotheses")
    judging = page.locator('[id="judge-hypothesis.sam.prior"]')
    judging.locator("summary").focus()
    page.keyboard.press("Enter")
    for value in ("10", "20", "30,5", "Few armouries were open"):
        page.keyboard.press("Tab")
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(value)
    page.keyboard.press("Enter")
    page.locator(".news .said").wait_for()
    knob = find_knob(load_case(example), "hypothesis.sam.prior")
    assert (knob.low, knob.value, knob.high) == (0.1, 0.2, 0.305)
    assert "20\u00a0% (10–30\u00a0%)" in page.locator(".news .said").inner_text()
    assert judging.get_attribute("open") is not None


@pytest.mark.parametrize(
    "told",
    [
        {"value": "", "why": "x"},
        {"value": "140", "why": "x"},
        {"value": "nan", "why": "x"},
        {"low": "30", "value": "20", "high": "40", "why": "x"},
        {"value": "20", "why": ""},
        {"about": "source.nobody.access", "value": "20", "why": "x"},
    ],
)
def test_a_number_that_cannot_be_meant_is_refused(told, serve, example, asker):
    answer = asker(serve(example)).post("/judge/number", {"about": "source.deby.access"} | told)
    assert answer.status == 400
    assert read_judgements(example) == ()


def test_a_number_without_ends_is_judged_alone(serve, example, asker):
    asker(serve(example)).post("/judge/number", {"about": "expectation.video.coverage", "value": "50 %", "why": "half"})
    assert json.loads(read_judgements(example)[0].value) == 0.5


def test_the_three_numbers_of_a_silence_stand_with_their_product(serve, example, visit):
    seen = visit(serve(example))
    page = seen.open("/silence")
    video = page.locator("#expected-video")
    assert video.locator(".product").inner_text() == "32\u00a0%"
    assert "9 of 10 known channels watched" in video.inner_text()
    assert "nobody looked" in page.locator("#expected-fighters").inner_text()
    assert page.locator("figure .wide rect.day.watched").count() == 9 * 20
    assert seen.complaints == []
    coverage = page.locator('[id="judge-expectation.video.coverage"]')
    coverage.locator("summary").click()
    coverage.get_by_label("At least").fill("40")
    coverage.get_by_label("Most likely").fill("50")
    coverage.get_by_label("At most").fill("60")
    coverage.get_by_label("Why?").fill("Two forums were down")
    coverage.get_by_role("button", name="Record").click()
    page.locator(".news .said").wait_for()
    assert find_knob(load_case(example), "expectation.video.coverage").value == 0.5


def test_a_suggested_silence_is_accepted_where_it_stands(serve, example, asker):
    written = example / "expectations.toml"
    text = written.read_text("utf-8")
    written.write_text(text.replace("[[expectation]]\n", "[[expectation]]\nsuggested = true\n", 1), "utf-8")
    ask = asker(serve(example))
    assert "Suggested by the machine, not judged" in ask.get("/silence").words
    ask.post("/judge", {"about": "expectation.video", "value": "accepted", "why": "they always film it"})
    assert all(one.judged for one in load_case(example).expectations)


def test_impact_moves_no_verdict(serve, example, asker):
    bench = serve(example)
    ask = asker(bench)
    before = bench.desk.look().assessment.posteriors
    told = {
        "about": "scenario.airliner.chance",
        "low": "5",
        "value": "90",
        "high": "95",
        "why": "feared",
        "asks": "Used?",
    }
    assert ask.post("/judge/number", told).status == 303
    words = ask.get("/impact").words
    assert "Nothing here moves any number above" in words
    after = bench.desk.look(60).assessment
    assert after.posteriors == before
    assert next(one for one in after.scenarios if one.scenario.id == "airliner").probability > 0.4


@pytest.mark.parametrize("path", ["/hypotheses", "/sources", "/silence", "/impact", "/what-if"])
def test_a_page_explains_the_first_step_where_there_is_no_case(path, serve, tmp_path, asker):
    answer = asker(serve(tmp_path)).get(path)
    assert answer.status == 200
    assert "/add" in answer.words


def refuse(*_, **__):
    raise TooCostly("too large: split the case")


@pytest.fixture
def too_large(monkeypatch):
    """Any case is held to be too large to count."""
    monkeypatch.setattr(solving, "solve", refuse)
    monkeypatch.setattr(solving, "find_posterior", refuse)
    monkeypatch.setattr(calibrating, "calibrate_factors", refuse)


def test_a_case_too_large_to_count_is_shown_with_what_is_known(too_large, serve, example, asker):
    ask = asker(serve(example))
    for path in ("/hypotheses", "/sources", "/sources/deby", "/silence", "/impact", "/what-if"):
        answer = ask.get(path)
        assert answer.status == 200, path
    assert "standard error" in ask.get("/hypotheses").words
    turned = ask.get("/what-if/turned?model.shameless=45").words
    assert "standard error" in turned
    assert "mistake" not in turned
