"""Do two windows, or a window and an editor, ever lose what one of them did?"""

from __future__ import annotations

import json

import pytest

from firsthand.case.judgements import read_judgements


def judge(ask, value, seen, **headers):
    told = {
        "about": "source.deby.access",
        "value": value,
        "why": f"think {value}",
        "seen": str(seen),
        "back": "/sources",
    }
    return ask.post("/judge", told, **headers)


def test_a_second_window_is_told_of_the_first_and_both_judgements_are_shown(serve, example, asker):
    ask = asker(serve(example))
    assert judge(ask, "0.3", 0).status == 303
    answer = judge(ask, "0.8", 0)
    assert answer.status == 409
    for told in ("Judged twice", "0.3", "think 0.3", "0.8", "think 0.8", 'value="/sources"'):
        assert told in answer.words
    assert [one.value for one in read_judgements(example)] == ["0.3"]


def test_a_script_is_told_of_a_conflict_too(serve, example, asker):
    ask = asker(serve(example))
    judge(ask, "0.3", 0)
    answer = judge(ask, "0.8", 0, accept="application/json")
    assert answer.status == 409 and "has judged" in answer.told["mistake"]


def test_the_same_judgement_twice_is_no_conflict(serve, example, asker):
    ask = asker(serve(example))
    judge(ask, "0.3", 0)
    assert judge(ask, "0.3", 0).status == 303


def test_an_undo_in_an_old_window_is_told_of_what_was_judged_since(serve, example, asker):
    ask = asker(serve(example))
    judge(ask, "0.3", 0)
    judge(ask, "0.8", 1)
    answer = ask.post("/undo", {"about": "source.deby.access", "seen": "1"})
    assert answer.status == 409
    assert [one.value for one in read_judgements(example)] == ["0.3", "0.8"]


def test_choosing_in_the_browser_lets_mine_stand_and_keeps_theirs_on_the_record(serve, example, visit, asker):
    bench = serve(example)
    first = visit(bench)
    judge(asker(bench), "0.3", 0)
    page = first.page
    page.evaluate(
        """token => {
        const form = document.createElement("form");
        form.method = "post";
        form.action = "/judge";
        const told = { token, seen: "0", about: "source.deby.access", value: "0.8", why: "mine", back: "/history" };
        for (const [name, value] of Object.entries(told)) {
          const input = document.createElement("input");
          input.name = name;
          input.value = value;
          form.append(input);
        }
        document.body.append(form);
        form.submit();
      }""",
        bench.door.token,
    )
    page.get_by_role("heading", name="Judged twice").wait_for()
    page.get_by_role("button", name="Let mine stand").click()
    page.wait_for_url("**/history**")
    assert [one.value for one in read_judgements(example)] == ["0.3", "0.8"]


def test_an_editor_that_saves_an_old_copy_over_a_judgement_is_noticed_and_it_can_be_put_back(
    serve, example, visit, asker
):
    (example / "judgements.jsonl").write_text("")
    bench = serve(example)
    ask = asker(bench)
    judge(ask, "0.3", 0)
    ask.get("/")
    written = read_judgements(example)
    (example / "judgements.jsonl").write_text("")
    seen = visit(bench)
    seen.page.get_by_role("link", name="See which, and choose").click()
    assert "think 0.3" in seen.page.locator("main").inner_text()
    seen.page.get_by_role("button", name="Put them back").click()
    seen.page.get_by_text("1 judgement back in judgements.jsonl.").wait_for()
    assert read_judgements(example) == written
    assert seen.page.get_by_text("are gone from").count() == 0


def test_what_was_meant_to_go_stays_gone_and_is_not_asked_about_again(serve, example, asker):
    bench = serve(example)
    ask = asker(bench)
    judge(ask, "0.3", 0)
    ask.get("/")
    (example / "judgements.jsonl").write_text("")
    assert "gone from judgements.jsonl" in ask.get("/").words
    ask.post("/conflicts", {"choice": "leave out"})
    assert "gone from judgements.jsonl" not in ask.get("/").words
    assert read_judgements(example) == ()


@pytest.mark.parametrize("name", ["judgements.jsonl", "sources.toml"])
def test_what_an_editor_writes_while_the_workbench_runs_stays(name, serve, example, asker):
    bench = serve(example)
    ask = asker(bench)
    judge(ask, "0.3", 0)
    line = {
        "when": "2031-05-20T10:00:00",
        "who": "ed",
        "about": "source.official.access",
        "value": 0.2,
        "why": "editor",
    }
    added = json.dumps(line) + "\n" if name.endswith("jsonl") else "\n# a remark of an editor\n"
    with (example / name).open("a") as file:
        file.write(added)
    judge(ask, "0.5", 2)
    assert added in (example / name).read_text()
    assert "0.5" in [one.value for one in read_judgements(example)]
