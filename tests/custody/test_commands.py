"""Do `check --custody` and `export --to bundle` say what they found, and leave with the right code?"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from custody.kept import find_log, make_case
from firsthand.cli import main
from firsthand.custody import summarize_custody


def run(capsys, *words: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main([str(word) for word in words])
    shown = capsys.readouterr()
    return left.value.code, shown.out, shown.err


@pytest.fixture
def case(tmp_path) -> Path:
    return make_case(tmp_path / "weir")


def test_custody_that_holds_is_said_with_its_size_and_head(capsys, case):
    code, out, err = run(capsys, "check", case, "--custody")
    assert (code, err) == (0, "")
    assert out == f"custody holds: 4 entries, 3 files\nhead: {summarize_custody(case).head}\n"


def test_custody_that_does_not_hold_leaves_with_one(capsys, case):
    (case / "reports" / "radio.txt").write_bytes(b"No warden spoke.\n")
    code, out, _ = run(capsys, "check", case, "--custody")
    assert code == 1
    assert "reports/radio.txt: this is not what was entered" in out
    assert "custody holds" not in out


def test_a_head_that_is_gone_leaves_with_one(capsys, case):
    code, out, _ = run(capsys, "check", case, "--head", "0" * 64)
    assert code == 1
    assert "does not stand in the log" in " ".join(out.split())


def test_a_check_of_custody_is_also_data(capsys, case):
    find_log(case).unlink()
    code, out, _ = run(capsys, "check", case, "--custody", "--json")
    data = json.loads(out)
    assert code == 1
    assert (data["schema"], data["holds"], data["entries"], data["head"]) == ("firsthand.custody/1", False, 0, "")
    assert data["findings"][0]["where"] == "custody/log.jsonl"


def test_a_bundle_is_written_where_it_is_wanted_and_its_sum_is_said(capsys, case, tmp_path):
    code, out, err = run(capsys, "export", case, "--to", "bundle", "-o", tmp_path / "weir.zip")
    assert (code, err) == (0, "")
    assert (tmp_path / "weir.zip").is_file()
    assert re.search(r"^sha256: [0-9a-f]{64}$", out, re.MULTILINE)
    assert f"head: {summarize_custody(case).head}\n" in out


def test_a_bundle_goes_into_the_build_folder_unless_told(capsys, case):
    assert run(capsys, "export", case, "--to", "bundle")[0] == 0
    assert (case / "build" / "bundle.zip").is_file()
    assert run(capsys, "check", case, "--custody")[0] == 0


def test_a_bundle_never_overwrites_what_it_is_made_of(capsys, case):
    for place in ("custody/log.jsonl", "reports/radio.txt", "case.toml"):
        assert run(capsys, "export", case, "--to", "bundle", "-o", case / place)[0] == 2
    assert run(capsys, "check", case, "--custody")[0] == 0


def test_a_bundle_of_custody_that_does_not_hold_is_written_and_leaves_with_one(capsys, case, tmp_path):
    (case / "reports" / "later.txt").write_bytes(b"later")
    code, _, err = run(capsys, "export", case, "--to", "bundle", "-o", tmp_path / "weir.zip")
    assert code == 1
    assert (tmp_path / "weir.zip").is_file()
    assert "custody does not hold" in err


def test_reports_that_are_added_are_in_custody_at_once(capsys, tmp_path):
    (tmp_path / "page.txt").write_text("The ferry ran aground, Ida Moller said.\n", encoding="utf-8")
    run(capsys, "new", tmp_path / "ferry", "--question", "Did it run aground?")
    run(capsys, "add", tmp_path / "ferry", tmp_path / "page.txt")
    assert run(capsys, "check", tmp_path / "ferry", "--custody")[1].startswith("custody holds: 2 entries, 1 file\n")
