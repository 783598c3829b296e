"""Is a case that is too large to count estimated, marked as such everywhere, and refused where that says too little?"""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path

import pytest
from rich.console import Console

from case_folders import GAZETTE, RADIO, write_case
from firsthand.cli import main
from firsthand.commands import assess_folder, check_folder, explain_id, export_matrix, try_moves
from firsthand.errors import TooCostly
from firsthand.exports import describe_assessment, show_json
from firsthand.hypotheses import sampling
from firsthand.model import Assessment, Severity
from firsthand.pipeline import assess_case, check_weights, compare_posteriors
from firsthand.views.terminal import draw_assessment
from firsthand.views.write import write_assessment
from firsthand.weighing import calibrating, solving
from test_weighing import build_wide_case
from vector_one import POSTERIOR, build_case


@cache
def assess_wide() -> Assessment:
    return assess_case(build_wide_case(18, 20))


def show(assessment: Assessment) -> str:
    console = Console(width=200, record=True, file=io.StringIO())
    console.print(draw_assessment(assessment))
    return console.export_text()


def refuse(*_: object, **__: object) -> None:
    raise TooCostly("too large: split the case")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = write_case(tmp_path / "weir")
    (place / "reports").mkdir()
    (place / "reports" / "gazette.txt").write_text(GAZETTE, "utf-8")
    (place / "reports" / "radio.txt").write_text(RADIO, "utf-8")
    return place


@pytest.fixture
def too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any case is held to be too large to count."""
    monkeypatch.setattr(solving, "solve", refuse)
    monkeypatch.setattr(solving, "solve_ends", refuse)
    monkeypatch.setattr(solving, "find_posterior", refuse)
    monkeypatch.setattr(calibrating, "calibrate_factors", refuse)


def test_every_chance_carries_its_standard_error_and_its_effective_sample() -> None:
    found = assess_wide()
    assert sum(one.probability for one in found.posteriors) == pytest.approx(1)
    for one in found.posteriors:
        assert one.sampling is not None
        assert 0 < one.sampling.error < 0.05
        assert one.sampling.effective >= 100
        assert one.low == one.probability == one.high


def test_what_cannot_be_had_is_absent_and_said_to_be() -> None:
    found = assess_wide()
    assert not (found.contributions or found.flips or found.timeline or found.beliefs or found.matrix.evidence)
    assert found.robustness is None
    assert not found.sampled
    assert "estimated from" in found.withheld
    assert "were not worked out" in found.withheld
    assert found.summary[0][0].text == found.withheld
    assert any("split the case" in problem.what for problem in found.problems)
    assert "How far it holds could not be tried." in [one.text for one in found.confidence_why]
    assert all(source.after is None for source in found.sources)


def test_every_view_marks_the_estimate_and_puts_nothing_at_zero() -> None:
    found = assess_wide()
    page = write_assessment(found, "html", version="1")
    for words in (show(found), write_assessment(found, "md", version="1"), page):
        assert "estimated, standard error" in words
        assert "were not worked out" in words
    assert "There is no evidence yet" not in page
    assert ">nothing<" not in page
    told = json.loads(show_json(describe_assessment(found)))
    assert told["withheld"] == found.withheld
    assert told["evidence"] == told["flips"] == told["questions"] == []
    assert told["robustness"] is None
    for row in (told["verdict"], *told["posterior"]):
        assert set(row["estimate"]) == {"standard_error", "effective_sample", "draws"}


def test_what_is_counted_is_not_marked() -> None:
    found = assess_case(build_case(), samples=0)
    assert found.withheld == ""
    told = json.loads(show_json(describe_assessment(found)))
    assert told["withheld"] is None
    assert told["verdict"]["estimate"] is None
    assert "estimated" not in show(found)


def test_a_case_too_large_for_its_steps_is_still_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    case = build_case()
    monkeypatch.setattr(solving, "solve", refuse)
    found = assess_case(case, samples=0)
    assert [one.probability for one in found.posteriors] == pytest.approx(POSTERIOR, abs=1e-11)
    assert all(one.sampling is None for one in found.posteriors)
    assert "its chances are counted, and nothing else" in found.withheld
    page = write_assessment(found, "html", version="1")
    for words in ("What the silences weigh was not worked out", "Whether the statements are genuine was not worked"):
        assert words in page
    assert "nobody has said what should be there" not in page


def test_moves_that_take_too_long_to_try_are_a_problem_and_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solving, "find_posterior", refuse)
    found = assess_case(build_case(), samples=0)
    assert found.contributions
    assert found.robustness is None
    assert "was not tried" in found.problems[-1].what
    assert "How far it holds could not be tried." in [one.text for one in found.confidence_why]


def test_turning_every_number_of_a_large_case_is_refused_before_it_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solving, "WORK", 1)
    found = assess_case(build_case(), samples=0)
    assert "numbers in turn would take" in found.problems[-1].what
    assert found.flips == ()


def test_a_word_left_open_is_refused_with_what_to_split() -> None:
    with pytest.raises(TooCostly, match="still lies between .* split the case"):
        assess_case(build_wide_case(17, 20))


def test_too_few_effective_draws_end_with_exit_code_two(
    folder: Path, too_large: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sampling, "FEWEST", 10**9)
    with pytest.raises(SystemExit) as left:
        main(["assess", str(folder)])
    assert left.value.code == 2
    assert "are the least: split the case" in capsys.readouterr().err


def test_the_commands_take_a_case_that_is_too_large(folder: Path, too_large: None) -> None:
    found = assess_folder(folder, samples=0)
    assert found.withheld
    outcome = try_moves(folder, ["hypothesis.burst.prior=0.7"])
    assert all(one.sampling for one in (*outcome.before, *outcome.after))
    assert outcome.alone[0] == pytest.approx(outcome.after[0].probability, abs=0.1)
    with pytest.raises(TooCostly, match="a matrix weighs every piece"):
        export_matrix(folder, "ach-csv")
    explained, _ = explain_id(folder, "hypothesis.burst")
    assert explained.title
    with pytest.raises(TooCostly, match="is not known"):
        explain_id(folder, str(found.case.assertions[0].id))
    weak = [one for one in check_folder(folder) if "too large" in one.what]
    assert [one.severity for one in weak] == [Severity.WEAK]


def test_a_what_if_on_such_a_case_is_an_estimate_with_the_same_draws() -> None:
    case = build_wide_case(18, 20)
    one, other = compare_posteriors(case), compare_posteriors(case)
    assert one == other
    assert one[0].sampling is not None
    assert check_weights(case)[0].severity == Severity.WEAK
