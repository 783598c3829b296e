"""Does the first page tell the verdict, what changed, and what to do next, in every state of a case?"""

from __future__ import annotations

import json

import pytest

from firsthand.case import new_case
from firsthand.workbench.pages import front
from firsthand.workbench.showing import PAGES

ADDRESSES = [address for address, _ in PAGES]


def test_the_first_page_tells_verdict_weights_and_what_would_change_it(serve, example, asker):
    words = asker(serve(example)).get("/").words
    for told in ("Unlikely", "What moved it", "What would change this", "Read on", "disinterested"):
        assert told in words
    assert '<a class="place" href="/reports/' in words


def test_every_page_leads_to_every_other(serve, example, asker):
    words = asker(serve(example)).get("/").words
    assert all(f'<li><a href="{address}"' in words for address in ADDRESSES)


def test_what_changed_is_told_once_the_page_was_seen(serve, example, asker):
    ask = asker(serve(example))
    assert "Once you have seen this page" in ask.get("/").words
    assert ask.post("/seen").status == 303
    assert "Nothing has changed" in ask.get("/").words
    ask.post("/judge", {"about": "source.deby.access", "value": "0.95", "why": "he was there"})
    (example / "reports" / "late.md").write_text("---\ntitle: A late one\npublisher: The Quay\n---\n\nNobody knows.\n")
    words = ask.get("/").words
    assert "The verdict went from" in words
    assert "1 judgement" in words and "1 new report" in words and "A late one" in words
    assert "President of Chad" in words[words.index("Since you looked") : words.index("What moved it")]


def test_what_was_seen_stays_out_of_git(serve, example, asker):
    before = {path for path in example.rglob("*")}
    ask = asker(serve(example))
    ask.get("/")
    assert {path for path in example.rglob("*")} == before, "reading writes nothing"
    ask.post("/seen")
    assert (example / ".firsthand" / ".gitignore").read_text() == "*\n"


@pytest.mark.parametrize(
    "words", ["", "{", "[]", '{"when": 3}', '{"when": "2031-05-20", "reports": [], "judgements": "x"}']
)
def test_a_broken_note_of_what_was_seen_is_as_none(words, serve, example, asker):
    (example / ".firsthand").mkdir()
    (example / ".firsthand" / "looked.json").write_text(words)
    answer = asker(serve(example)).get("/")
    assert answer.status == 200 and "Once you have seen this page" in answer.words


def test_seen_is_refused_when_the_case_has_changed_in_between(serve, example, asker):
    ask = asker(serve(example))
    assert ask.post("/seen", {"state": "another"}).status == 400
    assert not (example / ".firsthand").exists()


def test_a_case_without_reports_explains_the_first_step(serve, tmp_path, asker):
    new_case(tmp_path / "case", "Did the ferry run aground?")
    words = asker(serve(tmp_path / "case")).get("/").words
    assert "Did the ferry run aground?" in words and "Add the first reports" in words


@pytest.mark.parametrize("state", ["nothing", "no reports", "broken"])
def test_every_page_answers_in_every_state(state, serve, tmp_path, asker):
    if state != "nothing":
        new_case(tmp_path / "case", "Did the ferry run aground?")
    if state == "broken":
        (tmp_path / "case" / "claims.toml").write_text("[claim.a\n")
    ask = asker(serve(tmp_path / "case"))
    for address in ADDRESSES:
        answer = ask.get(address)
        assert answer.status == 200, f"{address}: {answer.words}"
        assert state != "broken" or "claims.toml" in answer.words, address


def test_a_broken_file_is_shown_with_its_line_and_the_page_mends_itself(serve, example, visit):
    claims = example / "claims.toml"
    sound = claims.read_text()
    claims.write_text(sound.replace("[[assertion]]", "[[assertion]", 1))
    seen = visit(serve(example))
    seen.page.get_by_role("heading", name="claims.toml needs mending").wait_for()
    assert "[[assertion]" in seen.page.locator(".excerpt .here").inner_text()
    claims.write_text(sound)
    seen.page.locator(".headline strong").wait_for(timeout=10_000)


def test_a_verdict_that_is_seen_by_mouse_is_seen(serve, example, visit):
    seen = visit(serve(example))
    seen.page.get_by_role("button", name="I have seen this").click()
    seen.page.get_by_text("Nothing has changed.").wait_for()
    assert json.loads((example / ".firsthand" / "looked.json").read_text())["judgements"] == 0
    cite = seen.page.locator("a.cite").first
    cite.click()
    place = seen.page.locator(".note.open a.place").first
    assert place.get_attribute("href").startswith("/reports/")
    assert seen.complaints == []


def test_a_bug_is_told_on_the_page_and_behind_the_same_door(serve, example, asker, monkeypatch):
    def fail(case):
        raise RuntimeError("a bug of a test")

    ask = asker(serve(example))
    monkeypatch.setattr(front, "check_case", fail)
    answer = ask.get("/")
    assert answer.status == 500 and "firsthand itself failed here" in answer.words
    assert "a bug of a test" not in answer.words
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert ask.get("/", accept="application/json").told["mistake"].startswith("firsthand itself failed")
