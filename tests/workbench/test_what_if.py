"""Does the verdict follow the sliders, and is what was found by them saved, pinned and put back?"""

from __future__ import annotations

import json

import pytest

from firsthand.case import load_case
from firsthand.case.judgements import read_judgements
from firsthand.workbench import sliders, turning
from firsthand.workbench.settings import Variants, read_variants, write_variants
from firsthand.workbench.sliders import arrange_sliders
from firsthand.workbench.turning import Setting, Turner

SPIN = '[id="knob-model.shameless"]'
PUSH = '[id="knob-campaign.push.prior"]'


def see_word(page, side="live"):
    return page.locator(f".variant.{side} .word strong").inner_text()


def rest(page):
    """Wait until the hand has rested: intervals are there and the address is in step."""
    page.locator("body:not([data-turning])").wait_for()


def press(page, knob, key, times):
    page.locator(knob).focus()
    for _ in range(times):
        page.keyboard.press(key)


@pytest.fixture
def turner(example, serve):
    look = serve(example).desk.look()
    return Turner(look.assessment.case, look.assessment)


def test_the_word_changes_while_a_slider_is_dragged(serve, example, visit):
    seen = visit(serve(example))
    page = seen.open("/what-if")
    assert see_word(page) == see_word(page, "pinned") == "Unlikely"
    box = page.locator(SPIN).bounding_box()
    page.mouse.move(box["x"] + 8 + 0.85 * (box["width"] - 16), box["y"] + box["height"] / 2)
    page.mouse.down()
    words = []
    for share in (0.7, 0.6, 0.5, 0.45):
        page.mouse.move(box["x"] + 8 + share * (box["width"] - 16), box["y"] + box["height"] / 2)
        page.wait_for_timeout(150)
        words.append(see_word(page))
    page.mouse.up()
    assert words[-1] == "Roughly even chance"
    assert see_word(page, "pinned") == "Unlikely"
    rest(page)
    assert "model.shameless=45" in page.url
    assert "As assessed 85" in page.locator(".is-moved .told").inner_text()
    assert "outside" in page.locator(SPIN).get_attribute("aria-valuetext")
    assert page.locator(".variant.live .word .range").inner_text().startswith("(")
    assert page.locator(".moves tbody tr").count() == 1
    assert seen.complaints == []
    assert float(page.locator("body").get_attribute("data-delay")) < 1000


def test_a_variant_is_turned_pinned_and_put_back_by_keyboard_alone(serve, example, visit):
    page = visit(serve(example)).open("/what-if")
    press(page, SPIN, "PageDown", 2)
    press(page, SPIN, "ArrowRight", 1)
    press(page, SPIN, "Shift+ArrowLeft", 1)
    assert page.locator(SPIN).input_value() == "75.9"
    page.locator("#group-before summary").press("Enter")
    press(page, PUSH, "ArrowLeft", 5)
    page.get_by_role("button", name="Pin this").focus()
    page.keyboard.press("Enter")
    rest(page)
    assert "2 answers moved" in page.locator(".variant.pinned header").inner_text()
    assert page.locator(".moves").count() == 0
    press(page, SPIN, "Backspace", 1)
    rest(page)
    assert page.locator(".moves tbody tr th").all_inner_texts() == [
        "How readily does a spinning source say it when it is false, relative to when it is true?"
    ]
    page.get_by_role("button", name="unpin").press("Enter")
    rest(page)
    assert page.locator(".variant").count() == 1
    page.get_by_role("button", name="compare with the assessment").press("Enter")
    rest(page)
    page.get_by_role("button", name="Put all back").press("Enter")
    rest(page)
    assert see_word(page) == see_word(page, "pinned")
    assert page.url.endswith("/what-if")


def test_what_was_found_is_saved_with_a_reason_and_can_be_undone(serve, example, visit):
    bench = serve(example)
    page = visit(bench).open("/what-if?model.shameless=45&campaign.push.prior=20&without=flickers")
    assert "outside the range" in page.locator(".saving").inner_text()
    page.get_by_role("button", name="Save 3 judgements").click()
    assert read_judgements(example) == ()
    page.locator('[id="why-model.shameless"]').fill("He was found out twice and stopped")
    page.locator("#why-all").fill("Weaker signs than thought")
    page.get_by_role("button", name="Save 3 judgements").click()
    page.locator(".news .said").wait_for()
    kept = {
        one.about: (json.loads(one.value) if one.value[0] in "[0" else one.value, one.why)
        for one in read_judgements(example)
    }
    assert kept["model.shameless"] == ([0.45, 0.45, 0.99], "He was found out twice and stopped")
    assert kept["campaign.push.prior"] == ([0.1, 0.2, 0.45], "Weaker signs than thought")
    assert kept["observation.flickers"] == ("rejected", "Weaker signs than thought")
    case = load_case(example)
    assert not case.observations
    seen = str(len(read_judgements(example)))
    page.request.post(
        f"{bench.address}/undo", form={"token": bench.door.token, "about": "model.shameless", "seen": seen}
    )
    assert next(one for one in load_case(example).profiles).shameless.value == 0.85


def test_the_sliders_are_a_plain_form_without_script(serve, example, visit):
    page = visit(serve(example), java_script_enabled=False).open("/what-if")
    page.locator(SPIN).fill("45")
    page.get_by_role("button", name="Work it out").click()
    assert page.url.endswith("/what-if?model.shameless=45")
    assert see_word(page) == "Roughly even chance"
    page.get_by_role("button", name="Pin this").click()
    assert page.url.endswith("?model.shameless=45&a.model.shameless=45")
    page.locator("#group-out summary").click()
    page.get_by_label("President of Chad: missiles").check()
    page.get_by_role("button", name="Work it out").click()
    assert "a.model.shameless=45" in page.url
    assert "without=deby-missiles" in page.url
    assert "left out" in page.locator(".moves").inner_text()
    page.get_by_role("button", name="put back").first.click()
    assert "&model.shameless" not in page.url.replace("?", "&")


def test_a_question_is_found_by_its_words(serve, example, visit):
    page = visit(serve(example)).open("/what-if")
    page.locator(SPIN).focus()
    page.keyboard.press("/")
    page.keyboard.type("lying low")
    shown = page.locator(".slider:visible label").all_inner_texts()
    assert shown
    assert all("lying low" in one for one in shown)


def test_a_question_is_found_without_script_and_nothing_turned_is_lost(serve, example, asker):
    words = asker(serve(example)).get("/what-if?q=lying+low&model.shameless=45").words
    assert 'name="model.shameless" value="45"' in words
    assert words.count('type="range"') < 10


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("hypothesis.sam.prior=80&hypothesis.arms.prior=40", "120"),
        ("nothing.here=3", "no number"),
        ("without=nobody", "no evidence"),
        ("model.shameless=140", "is no chance"),
        ("model.shameless=many", "is not a number"),
    ],
)
def test_what_cannot_be_is_said_in_place_of_a_verdict(query, said, serve, example, asker):
    answer = asker(serve(example)).get(f"/what-if/turned?{query}")
    assert answer.status == 200
    assert said in answer.words
    assert 'role="alert"' in answer.words


def test_nothing_is_changed_by_turning(serve, example, asker):
    bench = serve(example)
    before = bench.desk.find_state()
    asker(bench).get("/what-if/turned?model.shameless=45&depth=full")
    asker(bench).get("/what-if?model.shameless=45&do=pin")
    assert bench.desk.find_state() == before


def test_a_page_made_from_an_older_state_is_told_so(serve, example, asker):
    bench = serve(example)
    ask, state = asker(bench), bench.desk.find_state()
    assert "has changed" not in ask.get(f"/what-if/turned?model.shameless=45&state={state}").words
    assert "has changed" in ask.get("/what-if/turned?model.shameless=45&state=older").words


def test_what_the_word_hangs_on_is_named(serve, example, asker):
    words = asker(serve(example)).get("/what-if/turned?model.shameless=45").words
    assert "hangs on President of Chad: missiles (without it: unlikely" in words


def test_leaving_the_range_asks_a_reason_of_its_own(serve, example, asker):
    bench = serve(example)
    answer = asker(bench).post("/what-if/save", {"save:model.shameless": "45", "why": "in general"})
    assert answer.status == 400
    assert "say why" in answer.words
    assert read_judgements(example) == ()


def test_somebody_elses_judgement_in_between_is_not_lost(serve, example, asker):
    ask = asker(serve(example))
    ask.post("/judge", {"about": "model.shameless", "value": "[0.6, 0.7, 0.8]", "why": "theirs"})
    told = {
        "save:model.shameless": "60",
        "save:campaign.push.prior": "30",
        "why": "mine",
        "why:model.shameless": "mine",
    }
    answer = ask.post("/what-if/save", told | {"seen": "0"})
    assert answer.status == 409
    assert [one.why for one in read_judgements(example)] == ["theirs"]


def test_an_address_says_one_setting_in_one_way(turner):
    fields = [("without", "video"), ("model.shameless", "45"), ("a.model.talk", "60"), ("model.talk", "50")]
    variants = read_variants(fields, turner)
    assert variants.live == Setting(turns=(("model.shameless", 0.45),), without=("video",))
    assert variants.pinned == Setting(turns=(("model.talk", 0.6),))
    assert write_variants(variants) == "model.shameless=45&without=video&a.model.talk=60"
    assert write_variants(Variants()) == ""


def test_what_matters_most_comes_first(turner):
    ranked = sorted(turner.swings, key=lambda name: -turner.swings[name])
    assert {"model.shameless", "hypothesis.sam.prior"} <= set(ranked[:4])
    assert not any(name.startswith(("scenario.", "question.")) for name in turner.knobs)


def test_the_quick_verdict_is_the_verdict_of_the_whole_way(turner):
    setting = Setting(turns=(("model.shameless", 0.45), ("campaign.push.prior", 0.1)), without=("flickers",))
    quick, full = turner._find_verdict(setting), turner.draw(setting)
    for one, other in zip(quick.posteriors, full.posteriors, strict=True):
        assert one.probability == pytest.approx(other.probability, abs=1e-9)
        assert one.prior == pytest.approx(other.prior)
    assert "flickers" not in {one.evidence for one in full.contributions}


def test_a_long_group_shows_some_and_the_rest_when_asked_and_never_hides_what_is_turned(turner, monkeypatch):
    monkeypatch.setattr(sliders, "SHOWN", 3)
    last = sorted(name for name in turner.knobs if name.startswith("source."))[-1]
    moved = Setting(turns=((last, 0.5),))
    group = next(one for one in arrange_sliders(turner, moved) if one.id == "sources")
    assert 3 <= len(group.sliders) <= 4
    assert group.more > 0
    assert last in {one.knob.id for one in (*group.sliders, *find_first(turner, moved))}
    whole = next(one for one in arrange_sliders(turner, moved, everything="sources") if one.id == "sources")
    assert len(whole.sliders) == len(group.sliders) + group.more


def find_first(turner, setting):
    return next(one for one in arrange_sliders(turner, setting) if one.id == "first").sliders


def test_the_answers_remembered_are_those_used_last(turner, monkeypatch):
    monkeypatch.setattr(turning, "KEPT", 2)
    asked = []
    monkeypatch.setattr(turner, "_follow", lambda setting: asked.append(setting) or turner.assessed)
    pinned, *others = (Setting(turns=(("model.shameless", value / 100),)) for value in range(40, 45))
    for other in others:
        turner.follow(pinned)
        turner.follow(other)
    assert asked.count(pinned) == 1
