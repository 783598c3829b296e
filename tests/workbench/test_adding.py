"""Do reports come in by file, folder, address and paste, with each outcome told?"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from firsthand.adding import NotAdded
from firsthand.case import load_case, new_case
from firsthand.case.folder import Added
from firsthand.errors import InputError
from firsthand.workbench.jobs import Job, Jobs, run_apart
from firsthand.workbench.pages import adding
from tests.workbench.slow_work import complain, echo, sleep_long

TEXT = b"The ferry ran aground off Marl on Monday, the harbour master said.\n"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    new_case(tmp_path / "case", "Did the ferry run aground?")
    return tmp_path / "case"


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder of reports, with a folder in it and what is no report."""
    place = tmp_path / "pile"
    (place / "inner").mkdir(parents=True)
    for name, words in (
        ("quay.txt", '"The ferry ran aground off Marl," harbour master Ann Kole said on Monday.'),
        (
            "inner/gazette.txt",
            'The Gazette wrote: "The ferry ran aground off Marl," harbour master Ann Kole told The Quay.',
        ),
        ("inner/copy.txt", '"The ferry ran aground off Marl," harbour master Ann Kole said on Monday.'),
    ):
        (place / name).write_text(words + "\n")
    (place / ".hidden").write_text("no")
    (place / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    return place


def drop(page, selector: str, *paths: Path) -> None:
    """Drop files or folders of this machine on a place of the page, as a hand would."""
    box = page.locator(selector).bounding_box()
    told = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    session = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        place = {"x": box["x"] + 20, "y": box["y"] + 12}
        session.send("Input.dispatchDragEvent", {"type": kind, "data": told, **place})


def test_files_are_added_without_script_and_each_outcome_is_told(case, serve, asker):
    ask = asker(serve(case))
    answer = ask.send("/add/files", [("../a.txt", TEXT), ("b.txt", TEXT), ("c.png", b"\x89PNG\r\n\x1a\n\0")])
    assert answer.status == 200
    for told in ("added as a.txt", "its content was there already as a.txt", "not added", "../a.txt"):
        assert told in answer.words
    assert [report.path for report in load_case(case).reports] == ["a.txt"]


def test_a_script_is_told_the_outcomes(case, serve, asker):
    answer = asker(serve(case)).send("/add/files", [("a.txt", TEXT)], accept="application/json")
    assert answer.told["outcomes"][0]["state"] == "added"


@pytest.mark.parametrize("token", ["", "guess"])
def test_nothing_comes_in_without_the_token(token, case, serve, asker):
    bench = serve(case)
    ask, before = asker(bench), bench.desk.find_state()
    told = {"token": token, "text": "x", "links": "https://a.example/", "question": "Why?", "choice": "put back"}
    for path in ("/add/files", "/begin"):
        assert ask.send(path, [("a.txt", TEXT)], told).status == 400, path
    for path in ("/add/files", "/begin", "/add/text", "/add/links", "/suggest", "/seen", "/undo", "/conflicts"):
        assert ask.post(path, told).status == 400, path
        assert ask.get(path).status in (200, 404, 405), path
    assert bench.desk.find_state() == before


def test_too_much_at_once_is_refused_before_it_is_read(case, serve, asker, monkeypatch):
    monkeypatch.setattr(adding, "LARGEST", 1000)
    answer = asker(serve(case)).send("/add/files", [("a.txt", TEXT * 100)])
    assert answer.status == 400 and "in parts" in answer.words
    assert not list((case / "reports").iterdir())


def test_a_new_case_begins_without_script(tmp_path, serve, asker):
    ask = asker(serve(tmp_path / "new"))
    assert "Begin a case" in ask.get("/").words
    assert ask.send("/begin", [("a.txt", TEXT)], {"question": "Did the ferry run aground?"}).status == 303
    assert load_case(tmp_path / "new").question == "Did the ferry run aground?"
    assert "Did the ferry run aground?" in ask.get("/").words


def test_no_case_begins_among_other_files(tmp_path, serve, asker):
    (tmp_path / "pile").mkdir()
    (tmp_path / "pile" / "mine <b>.txt").write_text("mine")
    ask = asker(serve(tmp_path / "pile"))
    words = ask.get("/").words
    assert "mine &lt;b&gt;.txt" in words and 'action="/begin"' not in words
    assert ask.send("/begin", [], {"question": "Why?"}).status == 400
    assert [path.name for path in (tmp_path / "pile").iterdir()] == ["mine <b>.txt"]


def wait_for(ask, job):
    for _ in range(300):
        told = ask.get(f"/jobs/{job['id']}", accept="application/json").told
        if told["state"] != "running":
            return told
        time.sleep(0.02)
    raise AssertionError("the job goes on and on")


def test_addresses_are_fetched_one_after_another_and_each_outcome_told(case, serve, asker, monkeypatch):
    def pretend(folder, paths, client, items):
        good = "good" in paths[0]
        yield (
            Added(given=paths[0], path="good.html") if good else NotAdded(given=paths[0], why="no machine of that name")
        )

    monkeypatch.setattr(adding, "add_paths", pretend)
    ask = asker(serve(case))
    links = "https://good.example/1\nhttps://bad.example/2"
    told = wait_for(ask, ask.post("/add/links", {"links": links}, accept="application/json").told)
    assert told["state"] == "done"
    assert told["lines"] == [
        "https://good.example/1: added as reports/good.html",
        "https://bad.example/2: not added; no machine of that name",
    ]


def test_offline_is_said_plainly(case, serve, asker, monkeypatch):
    monkeypatch.setattr(
        adding, "add_paths", lambda folder, paths, client, items: iter([NotAdded(given=paths[0], why="off")])
    )
    ask = asker(serve(case))
    told = wait_for(ask, ask.post("/add/links", {"links": "https://a.example/"}, accept="application/json").told)
    assert told["state"] == "failed" and "on a network" in told["ended"]


@pytest.mark.parametrize(
    "links", ["", "file:", "/etc/passwd", "javascript:alert(1)", " ".join(["https://a.example/"] * 51)]
)
def test_what_is_no_address_is_refused(links, case, serve, asker):
    assert asker(serve(case)).post("/add/links", {"links": links}).status == 400


@pytest.mark.parametrize(
    "link", ["http://127.0.0.1:80/", "http://localhost/", "file:///etc/passwd", "http://10.0.0.1/"]
)
def test_addresses_of_this_house_are_never_asked(link, case, serve, asker):
    ask = asker(serve(case))
    told = wait_for(ask, ask.post("/add/links", {"links": link}, accept="application/json").told)
    assert told["state"] == "failed"
    assert not list((case / "reports").iterdir())


def test_a_job_shows_its_page_and_stops(case, serve, asker, monkeypatch):
    monkeypatch.setattr(adding, "draft_suggestions", lambda job, folder: run_apart(job, sleep_long))
    ask = asker(serve(case))
    place = ask.post("/suggest").headers["location"]
    assert "Suggesting sources" in ask.get(place).words
    assert ask.post("/suggest").status == 400, "one at a time"
    ask.post(f"{place}/stop")
    told = wait_for(ask, {"id": place.rpartition("/")[2]})
    assert told["state"] == "stopped" and told["seconds"] < 20
    assert ask.get("/jobs/none").status == 404


def run(work, *given):
    job = Jobs().start(Job("a job"), lambda job: job.lines.append(str(run_apart(job, work, *given))))
    for _ in range(1000):
        if job.state != "running":
            return job
        time.sleep(0.02)
    raise AssertionError("the job goes on and on")


def test_work_apart_tells_its_steps_and_its_result():
    assert run(echo, "seven").lines == ["a line", "seven"]


def test_a_mistake_apart_is_told_as_one():
    job = run(complain)
    assert (job.state, job.ended) == ("failed", "it is not there")


def test_a_job_that_complains_ends_failed():
    def work(job):
        raise InputError("no such thing")

    job = Jobs().start(Job("a job"), work)
    while job.state == "running":
        time.sleep(0.01)
    assert (job.state, job.ended) == ("failed", "no such thing")


def test_a_dropped_folder_becomes_a_case_with_suggestions(tmp_path, pile, serve, visit):
    seen = visit(serve(tmp_path / "new"))
    page = seen.page
    drop(page, "[data-drop]", pile)
    page.get_by_text("pile/inner/copy.txt").wait_for()
    page.get_by_label("What do you want to know?").fill("Did the ferry run aground?")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name="To the verdict").wait_for()
    told = page.locator("[data-progress]").inner_text()
    assert "2 added, 1 there already, 1 not added" in told
    assert "To judge first, 1" in told
    case = load_case(tmp_path / "new")
    assert len(case.reports) == 2 and case.assertions and not case.assertions[0].judged
    page.get_by_role("link", name="To the verdict").click()
    assert page.locator(".headline strong").inner_text()
    assert page.get_by_role("link", name="Answer the five questions").is_visible()
    assert seen.complaints == []


def test_files_chosen_and_words_pasted_are_added_in_place(case, pile, serve, visit):
    seen = visit(serve(case))
    page = seen.open("/add")
    page.locator("[data-folder]").set_input_files(pile)
    page.get_by_text("2 added, 1 there already, 1 not added.").wait_for()
    page.get_by_label("The words of one report").fill("The mayor denied it.")
    page.get_by_label("Publisher").fill("The Quay")
    page.locator("form[data-text]").get_by_role("button", name="Add").click()
    page.get_by_text("Added.", exact=True).wait_for()
    assert "The Quay" in {report.publisher for report in load_case(case).reports}
    assert seen.complaints == []
