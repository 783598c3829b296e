"""Does the command line say what is wrong in one sentence, leave with the right code, and lose nothing?"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from firsthand.cli import main

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"
EXAMPLE = ROOT / "examples" / "libya-2011"


@pytest.fixture
def case_folder(tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(GOLDEN / "forged-statement", folder, ignore=shutil.ignore_patterns("expected"))
    return folder


def run(capsys, *words) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main([str(word) for word in words])
    captured = capsys.readouterr()
    return left.value.code, captured.out, captured.err


def digest_folder(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def change(folder: Path, name: str, old: str, new: str) -> int:
    """Change a file and return the line where the change begins."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


BAD_CASES = {
    "an unknown key": ("case.toml", 'prior_basis = "', 'prior_bassis = "', "did you mean 'prior_basis'"),
    "an unknown key of a source": ("sources.toml", "access = [", "acess = [", "did you mean 'access'"),
    "an unknown hypothesis": ("case.toml", 'asks = "strike"', 'asks = "strik"', "strik"),
    "an unknown claim": ("claims.toml", 'claim = "strike"', 'claim = "strikes"', "did you mean 'strike'"),
    "an unknown source": ("claims.toml", 'source = "harrow"', 'source = "harow"', "did you mean 'harrow'"),
    "a probability over 1": ("claims.toml", "genuine = 0.03", "genuine = 1.3", "1.3"),
    "an interval upside down": ("sources.toml", "access = [0.2, 0.3, 0.5]", "access = [0.5, 0.2]", "0.5"),
    "a quotation that does not stand there": (
        "claims.toml",
        "this one has no number",
        "it has no date",
        "it has no date",
    ),
    "a date that is none": ("case.toml", "as_of = 2017-09-05", 'as_of = "soon"', "soon"),
    "broken TOML": ("case.toml", 'asks = "strike"', "asks = ", "case.toml"),
    "a report that is not there": ("claims.toml", 'report = "rail-watch.txt"', 'report = "rail.txt"', "rail.txt"),
}


@pytest.mark.parametrize("what", BAD_CASES)
def test_a_mistake_in_a_case_is_one_sentence_with_file_and_line(capsys, case_folder, what):
    name, old, new, wanted = BAD_CASES[what]
    line = change(case_folder, name, old, new)
    before = digest_folder(case_folder)
    code, out, err = run(capsys, "assess", case_folder)
    assert code == 2
    assert out == ""
    assert "Traceback" not in err
    assert err.count("\n") == 1
    assert wanted in err
    assert name in err
    found = re.search(r"line (\d+)", err)
    assert found and abs(int(found[1]) - line) <= 1, err
    assert digest_folder(case_folder) == before


def test_a_duplicate_id_is_named(capsys, case_folder):
    claims = case_folder / "claims.toml"
    text = claims.read_text(encoding="utf-8")
    claims.write_text(text.replace('id = "letter"', 'id = "harrow-strike"'), encoding="utf-8")
    code, _, err = run(capsys, "assess", case_folder)
    assert code == 2
    assert "harrow-strike" in err
    assert "claims.toml, line" in err


def test_a_case_of_a_newer_schema_says_to_upgrade(capsys, case_folder):
    change(case_folder, "case.toml", "schema = 1", "schema = 2")
    code, _, err = run(capsys, "assess", case_folder)
    assert code == 2
    assert "upgrade" in err


def test_an_empty_folder_says_what_to_do(capsys, tmp_path):
    (tmp_path / "empty").mkdir()
    for words in (("trace", tmp_path / "empty"), ("assess", tmp_path / "empty"), ("trace", tmp_path / "nowhere")):
        code, out, err = run(capsys, *words)
        assert (code, out) == (2, "")
        assert err.count("\n") == 1


def test_a_call_without_a_path_says_what_is_missing(capsys):
    code, _, err = run(capsys, "trace")
    assert code == 2
    assert "no file or folder" in err


def test_a_misspelt_command_or_flag_is_answered_with_the_nearest(capsys):
    assert 'Did you mean "trace"' in run(capsys, "trac")[2]
    assert "Did you mean --json" in run(capsys, "trace", "x", "--jsn")[2]


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("binary.txt", b"\x00\x01\x02\x03" * 50, "binary"),
        ("latin.txt", "Der Minister für Häfen trat zurück, sagte Jörg Böhm.".encode("latin-1"), "encoding"),
        ("empty.txt", b"", "empty"),
    ],
)
def test_a_file_that_cannot_be_read_well_is_a_counted_problem(capsys, tmp_path, name, content, complaint):
    (tmp_path / "good.txt").write_text("The dam leaks, Orla Finch said.\n", encoding="utf-8")
    (tmp_path / name).write_bytes(content)
    code, out, _ = run(capsys, "trace", tmp_path, "--json")
    assert code == 0
    traced = json.loads(out)
    said = [problem for problem in traced["problems"] if name in problem["where"]]
    assert said, traced["problems"]
    assert any("Orla Finch" in source["name"] for source in traced["sources"])
    code, shown, _ = run(capsys, "trace", tmp_path)
    assert "problem" in shown


def test_a_file_that_cannot_be_opened_is_a_counted_problem(capsys, tmp_path):
    (tmp_path / "good.txt").write_text("The dam leaks, Orla Finch said.\n", encoding="utf-8")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    locked = tmp_path / "locked.txt"
    locked.write_text("x", encoding="utf-8")
    locked.chmod(0)
    code, out, _ = run(capsys, "trace", tmp_path, "--json")
    assert code == 0
    places = [problem["where"] for problem in json.loads(out)["problems"]]
    assert any("gone.txt" in place for place in places)
    assert os.geteuid() == 0 or any("locked.txt" in place for place in places)


def test_a_report_from_standard_input_is_read(tmp_path):
    command = Path(sys.executable).with_name("firsthand")
    done = subprocess.run(
        [command, "trace", "-", "--json"], input=b"The dam leaks, Orla Finch said.\n", capture_output=True, check=True
    )
    assert json.loads(done.stdout)["reports"][0]["path"] == "-"


def test_what_is_written_never_overwrites_the_case_itself(capsys, case_folder):
    before = digest_folder(case_folder)
    for target in ("claims.toml", "reports/evening-mail.txt"):
        code, _, err = run(capsys, "assess", case_folder, "-o", case_folder / target)
        assert code == 2
        assert err
    assert digest_folder(case_folder) == before
    code, _, _ = run(capsys, "assess", case_folder, "--samples", "0", "-o", case_folder / "build" / "page.html")
    assert code == 0
    code, _, _ = run(capsys, "assess", case_folder, "--samples", "0", "-o", case_folder / "build" / "page.html")
    assert code == 0


def test_a_format_nobody_knows_is_refused_before_any_work(capsys, case_folder, tmp_path):
    code, _, err = run(capsys, "assess", case_folder, "-o", tmp_path / "page.xyz")
    assert code == 2
    assert ".xyz" in err


def test_every_command_that_prints_data_prints_json(capsys, case_folder):
    for words, schema in (
        (("trace", case_folder), "firsthand.trace/1"),
        (("assess", case_folder, "--samples", "0"), "firsthand.assessment/1"),
        (("explain", case_folder, "letter"), "firsthand.explanation/1"),
        (("what-if", case_folder, "model.shameless=0.5"), "firsthand.what-if/1"),
        (("check", case_folder), "firsthand.check/1"),
    ):
        code, out, _ = run(capsys, *words, "--json")
        assert code in (0, 1)
        assert json.loads(out)["schema"] == schema


def test_an_assessment_as_of_an_earlier_day_leaves_out_what_came_later(capsys, case_folder):
    _, early, _ = run(capsys, "assess", case_folder, "--as-of", "2017-09-01", "--samples", "0", "--json")
    _, late, _ = run(capsys, "assess", case_folder, "--samples", "0", "--json")
    assert json.loads(early)["as_of"] == "2017-09-01"
    assert len(json.loads(early)["evidence"]) < len(json.loads(late)["evidence"])


@pytest.mark.parametrize("move", ["model.shamless=0.5", "without=leter", "model.shameless", "model.shameless=2"])
def test_a_move_that_cannot_be_made_is_refused(capsys, case_folder, move):
    code, out, err = run(capsys, "what-if", case_folder, move)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_an_explanation_is_written_as_a_page_too(capsys, case_folder, tmp_path):
    code, out, _ = run(capsys, "explain", case_folder, "letter", "-o", tmp_path / "letter.html")
    assert (code, bool(out.strip())) == (0, True)
    assert (tmp_path / "letter.html").read_text("utf-8").startswith("<!doctype html>")


def test_an_unknown_id_is_answered_with_the_nearest(capsys, case_folder):
    code, _, err = run(capsys, "explain", case_folder, "leter")
    assert code == 2
    assert "did you mean 'letter'" in err


def test_a_case_is_made_filled_drafted_and_assessed(capsys, tmp_path):
    case = tmp_path / "new"
    assert run(capsys, "new", case, "--question", "Does the dam leak?")[0] == 0
    assert run(capsys, "assess", case)[0] == 0
    assert run(capsys, "add", case, GOLDEN / "round-up" / "reports")[0] == 0
    code, out, _ = run(capsys, "draft", case)
    assert code == 0
    assert re.findall(r"^\d\. ", out, re.MULTILINE) == [f"{n}. " for n in range(1, 6)]
    code, out, _ = run(capsys, "assess", case, "--samples", "0", "--json")
    assert code == 0
    assert len(json.loads(out)["evidence"]) >= 2
    assert run(capsys, "new", case, "--question", "Again?")[0] == 2
    before = digest_folder(case / "reports")
    assert run(capsys, "add", case, GOLDEN / "round-up" / "reports")[0] == 0
    assert digest_folder(case / "reports") == before


def test_a_source_is_retracted_on_the_record_and_restored(capsys, case_folder):
    _, before, _ = run(capsys, "assess", case_folder, "--samples", "0", "--json")
    assert run(capsys, "retract", case_folder, "source.harrow", "--why", "a test", "--who", "ann")[0] == 0
    _, without, _ = run(capsys, "assess", case_folder, "--samples", "0", "--json")
    assert run(capsys, "retract", case_folder, "source.harrow", "--why", "undone", "--who", "ann", "--undo")[0] == 0
    _, after, _ = run(capsys, "assess", case_folder, "--samples", "0", "--json")
    assert json.loads(without)["posterior"] != json.loads(before)["posterior"]
    assert json.loads(after)["posterior"] == json.loads(before)["posterior"]
    assert len((case_folder / "judgements.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_help_is_quick():
    command = Path(sys.executable).with_name("firsthand")
    done = subprocess.run([command, "--help"], capture_output=True, text=True, check=True)
    assert "what-if" in done.stdout
    assert "Who knows this first hand?" in done.stdout


@pytest.mark.parametrize("columns", ["", "wide", "0", "-5", "60"])
def test_a_width_that_is_none_is_passed_over(capsys, monkeypatch, case_folder, columns):
    monkeypatch.setenv("COLUMNS", columns)
    code, out, err = run(capsys, "assess", case_folder, "--samples", "0", "--brief")
    assert (code, err) == (0, "")
    assert max(len(line) for line in out.splitlines()) <= (60 if columns == "60" else 110)


def test_an_attributor_that_is_not_installed_is_named(capsys, tmp_path):
    (tmp_path / "a.txt").write_text("The mayor said the quay sank.\n", encoding="utf-8")
    code, _, said = run(capsys, "trace", tmp_path, "--attributor", "seer")
    assert code == 2 and "no attributor 'seer'" in said


def test_a_model_without_an_address_is_told_what_it_needs(capsys, tmp_path, monkeypatch):
    monkeypatch.delenv("FIRSTHAND_ENDPOINT", raising=False)
    (tmp_path / "a.txt").write_text("The mayor said the quay sank.\n", encoding="utf-8")
    code, _, said = run(capsys, "trace", tmp_path, "--attributor", "endpoint")
    assert code == 2 and "FIRSTHAND_ENDPOINT" in said and "FIRSTHAND_MODEL" in said


def test_a_model_that_cannot_be_reached_is_a_problem_and_the_report_is_read(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("FIRSTHAND_ENDPOINT", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("FIRSTHAND_MODEL", "small")
    (tmp_path / "a.txt").write_text("The mayor said the quay sank.\n", encoding="utf-8")
    code, out, _ = run(capsys, "trace", tmp_path, "--json", "--attributor", "endpoint")
    traced = json.loads(out)
    assert code == 0 and traced["attributions"]
    assert any("endpoint" in problem["what"] for problem in traced["problems"])
