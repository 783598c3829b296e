"""Do plain answers become numbers on the record, and does no evidence only widen them?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from case_folders import GAZETTE, RADIO, write_case
from firsthand.case import load_case
from firsthand.case.elicitation import (
    NO_EVIDENCE,
    answer_questions,
    interview_sources,
    load_elicitation,
    record_answers,
    widen_range,
)
from firsthand.commands import answer_source, ask_sources
from firsthand.errors import CaseError, UnknownName
from firsthand.model import Knob, Profile

WHEN = datetime(2031, 5, 20, 12, tzinfo=UTC)
DECIDED = ("Ona", "telephoned her", WHEN)
ATTRIBUTES = ("access", "understanding", "sensitivity", "veracity", "objectivity")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = write_case(tmp_path / "weir")
    (place / "reports").mkdir()
    (place / "reports" / "gazette.txt").write_text(GAZETTE, "utf-8")
    (place / "reports" / "radio.txt").write_text(RADIO, "utf-8")
    return place


def answer(folder: Path, source: str = "miller", **answers: str) -> Profile:
    answer_source(folder, source, answers, why="telephoned her", who="Ona")
    return next(one for one in load_case(folder).profiles if one.source.id == source)


def ends(knob: Knob) -> tuple[float, float, float]:
    return knob.low, knob.value, knob.high


def test_at_most_five_questions_are_asked_of_each_source_that_speaks(folder: Path) -> None:
    interviews = ask_sources(folder)
    assert [one.source for one in interviews] == ["miller", "warden"]
    for one in interviews:
        assert tuple(asked.attribute for asked in one.asked) == ATTRIBUTES
        assert all(asked.question.endswith("?") and NO_EVIDENCE in asked.answers for asked in one.asked)


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_no_evidence_widens_the_interval_and_keeps_its_centre(folder: Path, attribute: str) -> None:
    knob = next(one["knob"] for one in load_elicitation()["question"] if one["attribute"] == attribute)
    before = ends(getattr(load_case(folder).profiles[0], knob))
    after = ends(getattr(answer(folder, **{attribute: NO_EVIDENCE}), knob))
    assert after[1] == before[1]
    assert after[0] < before[0]
    assert after[2] > before[2]


def test_no_evidence_never_narrows_what_is_wide_already() -> None:
    for wide in ((0.0, 0.2, 1.0), (0.001, 0.5, 0.999), (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)):
        low, value, high = widen_range(wide)
        assert low <= wide[0] <= wide[2] <= high
        assert value == wide[1]
        assert 0 <= low <= value <= high <= 1


def test_an_answer_is_a_judgement_with_name_time_and_reason(folder: Path) -> None:
    answer(folder, access="was-told")
    (one,) = load_case(folder).judgements
    assert (one.who, one.about) == ("Ona", "source.miller.access")
    assert one.when.tzinfo is not None
    assert one.why == "Asked: access=was-told. telephoned her"


def test_a_better_answer_is_a_better_number_down_each_scale() -> None:
    for question in load_elicitation()["question"]:
        middles = [one["range"][1] for one in question["answers"].values()]
        assert middles == sorted(middles, reverse=question["knob"] == "access")
        assert all(low <= value <= high for low, value, high in (one["range"] for one in question["answers"].values()))


def test_two_answers_about_one_number_are_joined_however_they_come(tmp_path: Path, folder: Path) -> None:
    together = answer(folder, understanding="shaky", sensitivity="poor").error
    apart = folder.parent / "apart"
    folder.rename(apart)
    (apart / "judgements.jsonl").unlink()
    answer(apart, understanding="shaky")
    assert ends(answer(apart, sensitivity="poor").error) == ends(together)
    assert together.value == pytest.approx(1 - (1 - 0.28) * (1 - 0.3), abs=1e-4)


def test_an_answer_beside_no_evidence_keeps_the_centre_of_the_answer(folder: Path) -> None:
    known = answer(folder, veracity="honest").spin_off
    unsure = answer(folder, objectivity=NO_EVIDENCE).spin_off
    assert unsure.value == known.value
    assert unsure.low < known.low < known.high < unsure.high


def test_a_number_all_sources_share_becomes_the_sources_own(folder: Path) -> None:
    before = load_case(folder).profiles
    after = answer(folder, understanding="expert")
    assert (before[0].error.id, after.error.id) == ("model.error", "source.miller.error")
    assert load_case(folder).profiles[1].error == before[1].error


def test_a_campaign_makes_nobody_straighter(folder: Path) -> None:
    found = answer(folder, veracity="deceives")
    assert ends(found.spin_on) >= ends(found.spin_off)
    assert found.spin_off.value == 0.7


def test_a_later_judgement_by_number_outweighs_the_answers(folder: Path) -> None:
    answer(folder, access="saw-it")
    case = load_case(folder)
    number = replace(case.judgements[0], value="0.3", why="seen the rota")
    record_answers(folder, case, [replace(number, why="By number. seen the rota")])
    asked = interview_sources(load_case(folder), "miller")[0].asked[0]
    assert asked.answer == ""
    assert load_case(folder).profiles[0].access.value == 0.3


def test_what_was_answered_is_shown_when_asked_again(folder: Path) -> None:
    answer(folder, access="was-told", veracity="mostly")
    (found,) = ask_sources(folder, "source.miller")
    assert [one.answer for one in found.asked] == ["was-told", "", "", "mostly", ""]


def test_what_cannot_be_answered_is_refused_and_nothing_written(folder: Path) -> None:
    case = load_case(folder)
    for source, answers, told in (
        ("milller", {"access": "saw-it"}, "did you mean 'miller'"),
        ("miller", {"acces": "saw-it"}, "did you mean 'access'"),
        ("miller", {"access": "saw"}, "say saw-it, could-have"),
    ):
        with pytest.raises(UnknownName, match=told):
            answer_questions(case, source, answers, DECIDED)
    with pytest.raises(CaseError, match="reason"):
        answer_source(folder, "miller", {"access": "saw-it"}, why=" ", who="Ona")
    assert not (folder / "judgements.jsonl").exists()


def test_the_command_shows_the_questions_and_keeps_the_answers(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from firsthand.cli import main

    for words in (["ask", str(folder)], ["ask", str(folder), "miller", "access=was-told", "--why", "by telephone"]):
        with pytest.raises(SystemExit) as left:
            main(words)
        assert left.value.code == 0
    shown = capsys.readouterr().out
    assert "Was Anna Weigl in a position to know this first hand?" in shown
    assert "source.miller.access: [0.6, 0.6, 0.6] is now [0.08, 0.25, 0.45]" in shown


def test_the_questions_are_given_as_data(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import json

    from firsthand.cli import main

    with pytest.raises(SystemExit):
        main(["ask", str(folder), "miller", "--json"])
    (source,) = json.loads(capsys.readouterr().out)["sources"]
    assert [one["attribute"] for one in source["questions"]] == list(ATTRIBUTES)
    assert [one["id"].rsplit(".", 1)[1] for one in source["numbers"]] == ["access", "error", "spin_off"]


def test_an_answer_that_is_not_one_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from firsthand.cli import main

    with pytest.raises(SystemExit) as left:
        main(["ask", str(folder), "miller", "access", "--why", "x"])
    assert left.value.code == 2
    assert "write ATTRIBUTE=ANSWER" in capsys.readouterr().err
