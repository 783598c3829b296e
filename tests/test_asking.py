"""Are the questions that matter most asked first, one by one, and each answer kept with its reason?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from case_folders import GAZETTE, RADIO, write_case
from firsthand.asking import pose_questions
from firsthand.case import load_case
from firsthand.cli import main
from firsthand.commands import answer_source, choose_questions
from firsthand.errors import TooCostly, UnknownName
from firsthand.weighing import turning

ATTRIBUTES = ["access", "understanding", "sensitivity", "veracity", "objectivity"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = write_case(tmp_path / "weir")
    (place / "reports").mkdir()
    (place / "reports" / "gazette.txt").write_text(GAZETTE, "utf-8")
    (place / "reports" / "radio.txt").write_text(RADIO, "utf-8")
    return place


@pytest.fixture
def type_lines(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run `firsthand ask` on a terminal where these lines are typed, and return what was shown."""

    def run(folder: Path, *lines: str, more: tuple[str, ...] = ()) -> str:
        typed: Iterator[str] = iter(lines)

        def read(prompt: str) -> str:
            print(prompt, end="")
            line = next(typed, None)
            if line is None:
                raise EOFError
            print(line)
            return line

        monkeypatch.setattr("builtins.input", read)
        monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        monkeypatch.setattr("sys.stdout.isatty", lambda: True)
        with pytest.raises(SystemExit) as left:
            main(["ask", str(folder), *more])
        assert left.value.code == 0
        return capsys.readouterr().out

    return run


def test_the_five_that_matter_most_come_first(folder: Path) -> None:
    posed = choose_questions(folder)
    assert len(posed) == 5
    assert [one.swing for one in posed] == sorted((one.swing for one in posed), reverse=True)
    assert posed[0].swing > 0
    every = pose_questions(load_case(folder), most=100)
    assert len(every) == 10
    assert min(one.swing for one in posed) >= max(one.swing for one in every[5:])


def test_what_is_answered_is_not_asked_again_unless_its_source_is_named(folder: Path) -> None:
    first = choose_questions(folder)[0]
    answer_source(folder, first.source, {first.asked.attribute: "no-evidence"}, why="no report says", who="Ona")
    left = [(one.source, one.asked.attribute) for one in pose_questions(load_case(folder), most=100)]
    assert (first.source, first.asked.attribute) not in left
    assert len(left) == 9
    again = choose_questions(folder, first.source)
    assert [one.asked.attribute for one in again] == ATTRIBUTES
    assert [one.asked.answer for one in again if one.asked.attribute == first.asked.attribute] == ["no-evidence"]


def test_where_nothing_can_be_weighed_the_questions_come_in_order(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise TooCostly("too large")

    monkeypatch.setattr(turning, "calibrate_case", refuse)
    posed = choose_questions(folder)
    assert [one.asked.attribute for one in posed] == ATTRIBUTES
    assert {one.source for one in posed} == {"miller"}


def test_answers_are_kept_with_name_time_and_reason(folder: Path, type_lines: Callable[..., str]) -> None:
    posed = choose_questions(folder)
    second = list(posed[0].asked.answers)[1]
    shown = type_lines(folder, "2", "telephoned her", "", "q", more=("--who", "Ona"))
    (kept,) = load_case(folder).judgements
    assert (kept.who, kept.about) == ("Ona", posed[0].asked.knob)
    assert kept.why == f"Asked: {posed[0].asked.attribute}={second}. telephoned her"
    assert kept.when.tzinfo is not None
    assert "Question 1 of 5" in shown
    assert "Skipped." in shown
    assert "Question 4 of 5" not in shown
    assert f"firsthand retract {folder} {kept.about} --undo" in shown


def test_what_is_kept_can_be_taken_back_as_said(folder: Path, type_lines: Callable[..., str]) -> None:
    knob = choose_questions(folder)[0].asked.knob
    before = {one.source.id: (one.access, one.error, one.spin_off) for one in load_case(folder).profiles}
    type_lines(folder, "1", "she said so", "q")
    assert {one.source.id: (one.access, one.error, one.spin_off) for one in load_case(folder).profiles} != before
    with pytest.raises(SystemExit) as left:
        main(["retract", str(folder), knob, "--undo", "--why", "a slip"])
    assert left.value.code == 0
    assert {one.source.id: (one.access, one.error, one.spin_off) for one in load_case(folder).profiles} == before
    assert len((folder / "judgements.jsonl").read_text("utf-8").splitlines()) == 2


def test_an_answer_without_a_reason_is_skipped_and_nonsense_is_asked_again(
    folder: Path, type_lines: Callable[..., str]
) -> None:
    shown = type_lines(folder, "0", "seventeen", "99", "1", "", "q")
    assert shown.count("is none of them.") == 3
    assert "Skipped." in shown
    assert not load_case(folder).judgements


def test_one_reason_for_all_is_not_asked_for(folder: Path, type_lines: Callable[..., str]) -> None:
    shown = type_lines(folder, "no-evidence", "1", more=("miller", "--why", "known for years"))
    assert "What speaks for it?" not in shown
    assert len({one.why.rpartition(". ")[2] for one in load_case(folder).judgements}) == 1
    assert all(one.about.startswith("source.miller.") for one in load_case(folder).judgements)


def test_the_end_of_the_input_stops_and_keeps_what_was_answered(folder: Path, type_lines: Callable[..., str]) -> None:
    type_lines(folder, "1", "she said so")
    assert load_case(folder).judgements
    assert not type_lines(folder).count("is now")


def test_away_from_a_terminal_the_questions_are_shown_and_nothing_is_asked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["ask", str(folder)])
    assert "access=was-told" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["ask", str(folder), "--json"])
    assert len(json.loads(capsys.readouterr().out)["sources"]) == 2


def test_a_source_that_is_not_there_is_refused(folder: Path) -> None:
    with pytest.raises(UnknownName, match="did you mean 'miller'"):
        choose_questions(folder, "milller")
