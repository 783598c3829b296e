"""Does the record keep every judgement, and can each be taken back?"""

from __future__ import annotations

import pytest

from firsthand.case import find_knob, load_case
from firsthand.case.judgements import read_judgements


def judge(ask, about, value, **more):
    return ask.post("/judge", {"about": about, "value": value, "why": "looked again", **more})


def test_the_history_tells_what_moved_the_verdict_and_who_judged(serve, example, asker, monkeypatch):
    monkeypatch.setenv("FIRSTHAND_USER", "ann")
    ask = asker(serve(example))
    judge(ask, "source.deby.access", "[0.5, 0.7, 0.9]")
    words = ask.get("/history").words
    for told in (
        "The chance over time",
        "President of Chad: missiles",
        "ann",
        "70\u00a0% (50–90\u00a0%)",
        "looked again",
    ):
        assert told in words


def test_undo_puts_back_what_the_files_say_and_erases_nothing(serve, example, asker):
    before = find_knob(load_case(example), "source.deby.access")
    ask = asker(serve(example))
    judge(ask, "source.deby.access", "0.95")
    assert find_knob(load_case(example), "source.deby.access").value == 0.95
    assert ask.post("/undo", {"about": "source.deby.access"}).status == 303
    assert find_knob(load_case(example), "source.deby.access") == before
    assert [one.value for one in read_judgements(example)] == ["0.95", "restored"]


def test_undo_puts_back_the_judgement_before(serve, example, asker):
    ask = asker(serve(example))
    judge(ask, "source.deby.access", "0.3")
    judge(ask, "source.deby.access", "0.95")
    told = ask.post("/undo", {"about": "source.deby.access"}, accept="application/json").told
    assert (told["about"], told["value"]) == ("source.deby.access", "0.3")
    assert find_knob(load_case(example), "source.deby.access").value == 0.3


@pytest.mark.parametrize("about", ["source.deby", "report.sahel-watch.md"])
def test_a_retraction_is_taken_back(about, serve, example, asker):
    ask = asker(serve(example))
    whole = load_case(example).assertions
    judge(ask, about, "retracted")
    assert load_case(example).assertions != whole
    ask.post("/undo")
    assert load_case(example).assertions == whole


def test_with_nothing_to_undo_it_says_so_and_changes_nothing(serve, example, asker):
    ask = asker(serve(example))
    answer = ask.post("/undo", {"about": "source.deby.access"})
    assert answer.status == 400 and "stands" in answer.words
    assert ask.post("/undo").status == 400
    assert read_judgements(example) == ()


def test_undo_by_mouse_and_the_record_afterwards(serve, example, visit, asker):
    bench = serve(example)
    judge(asker(bench), "source.deby.access", "0.95")
    seen = visit(bench)
    page = seen.open("/history")
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("is again as the files have it").wait_for()
    page.locator("tr.undone").wait_for()
    assert page.locator("tr.undone").count() == 1 and page.locator("tr.undoes").count() == 1
    assert page.get_by_role("button", name="Undo").count() == 0
    assert seen.complaints == []
