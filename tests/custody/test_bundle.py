"""Can another person verify a bundle with nothing but the words in VERIFY.txt?"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from custody.kept import ANNA, NOON, REPORTS, find_log, find_warc, make_case, read_lines
from firsthand.custody import enter_reports, summarize_custody, write_bundle
from firsthand.errors import CaseError

MADE = {"assessment.html": b"<p>Unlikely.</p>\n", "assessment.json": b"{}\n"}
COMMANDS = re.compile(r"^----8<----\n(.*?)^---->8----$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def case(tmp_path) -> Path:
    return make_case(tmp_path / "weir")


def unpack(case: Path, tmp_path: Path) -> Path:
    bundle = write_bundle(case, tmp_path / "out" / "weir.zip", MADE)
    with zipfile.ZipFile(bundle.path) as archive:
        archive.extractall(tmp_path / "theirs")
    return tmp_path / "theirs" / case.name


def follow(folder: Path) -> list[subprocess.CompletedProcess[str]]:
    """Do what VERIFY.txt says, word for word, in an environment that knows nothing of firsthand."""
    commands = COMMANDS.findall((folder / "VERIFY.txt").read_text("utf-8"))
    assert len(commands) == 2
    plain = {"PATH": f"{sys.base_prefix}/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    return [
        subprocess.run(["sh"], input=words, text=True, capture_output=True, cwd=folder, env=plain, check=False)
        for words in commands
    ]


def test_the_procedure_holds_for_a_sound_bundle_and_prints_the_head(case, tmp_path):
    head = summarize_custody(case).head
    sums, chain = follow(unpack(case, tmp_path))
    assert (sums.returncode, sums.stdout, sums.stderr) == (0, "", "")
    assert (chain.returncode, chain.stdout, chain.stderr) == (0, f"holds; head {head}\n", "")


def test_the_procedure_holds_for_names_that_need_care(case, tmp_path):
    for name in ("two\nlines.txt", "\u202etxt.exe", "caf\u00e9 \u062a.txt", "-rf", "a b*.txt"):
        (case / "reports" / name).write_bytes(name.encode())
        enter_reports(case, [(name, name)], ANNA)
    sums, chain = follow(unpack(case, tmp_path))
    assert (sums.returncode, sums.stderr) == (0, "")
    assert (chain.returncode, chain.stderr) == (0, "")


def change_report(folder: Path) -> None:
    (folder / "reports" / "radio.txt").write_bytes(b"No warden spoke.\n")


def add_report(folder: Path) -> None:
    (folder / "reports" / "more.txt").write_bytes(b"more\n")


def lose_report(folder: Path) -> None:
    (folder / "reports" / "radio.txt").unlink()


def change_entry(folder: Path) -> None:
    find_log(folder).write_bytes(find_log(folder).read_bytes().replace(b"Anna", b"Otto", 1))


def remove_entry(folder: Path) -> None:
    lines = read_lines(folder)
    find_log(folder).write_bytes(b"".join(lines[:1] + lines[2:]))


def swap_entries(folder: Path) -> None:
    lines = read_lines(folder)
    find_log(folder).write_bytes(b"".join([lines[0], lines[2], lines[1], lines[3]]))


def change_record(folder: Path) -> None:
    data = bytearray(find_warc(folder).read_bytes())
    data[-9] ^= 1
    find_warc(folder).write_bytes(data)


@pytest.mark.parametrize(
    "tamper", [change_report, add_report, lose_report, change_entry, remove_entry, swap_entries, change_record]
)
def test_the_procedure_finds_what_was_done_to_a_bundle(case, tmp_path, tamper):
    folder = unpack(case, tmp_path)
    tamper(folder)
    sums, chain = follow(folder)
    assert chain.returncode == 1
    assert "Traceback" not in chain.stderr
    assert (sums.returncode == 0) == (tamper is add_report)


def test_the_command_that_shows_one_report_as_it_came_works(case, tmp_path):
    folder = unpack(case, tmp_path)
    entry = summarize_entry(folder)
    words = re.search(r"tail -c .*", (folder / "VERIFY.txt").read_text("utf-8"))[0].replace("WARC", entry["warc"])
    words = words.replace("OFFSET", str(entry["offset"])).replace("LENGTH", str(entry["length"]))
    shown = subprocess.run(["sh", "-c", words], capture_output=True, cwd=folder, check=True).stdout
    assert REPORTS["gazette.txt"] in shown
    assert REPORTS["radio.txt"] not in shown


def summarize_entry(folder: Path) -> dict:
    import json

    return json.loads(read_lines(folder)[1])


def test_a_bundle_holds_the_case_its_custody_and_its_assessment_and_nothing_else(case, tmp_path):
    (case / "build").mkdir()
    (case / "build" / "draft.html").write_text("x")
    (case / "private.key").write_text("x")
    (case / "reports" / ".hidden").write_text("x")
    bundle = write_bundle(case, tmp_path / "weir.zip", MADE)
    texts = {"case.toml", "sources.toml", "claims.toml", "expectations.toml"}
    custody = {"custody/log.jsonl", "custody/captured-001.warc.gz"}
    reports = {"reports/gazette.txt", "reports/radio.txt", "reports/page.html"}
    assert set(bundle.names) == texts | custody | reports | set(MADE) | {"SHA256SUMS", "VERIFY.txt"}
    with zipfile.ZipFile(bundle.path) as archive:
        assert archive.namelist() == [f"weir/{name}" for name in (*sorted(bundle.names[:-1]), "SHA256SUMS")]
    assert bundle.sha256 == hashlib.sha256(bundle.path.read_bytes()).hexdigest()


def test_the_same_case_gives_the_same_bytes(case, tmp_path, monkeypatch):
    shutil.copytree(case, tmp_path / "elsewhere" / "weir")
    one = write_bundle(case, tmp_path / "one.zip", MADE)
    other = write_bundle(tmp_path / "elsewhere" / "weir", tmp_path / "other.zip", MADE)
    assert one.sha256 == other.sha256
    with zipfile.ZipFile(one.path) as archive:
        assert {info.date_time for info in archive.infolist()} == {NOON.timetuple()[:6]}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    with zipfile.ZipFile(write_bundle(case, tmp_path / "old.zip", MADE).path) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_bundle_of_custody_that_does_not_hold_says_so(case, tmp_path):
    change_report(case)
    bundle = write_bundle(case, tmp_path / "weir.zip", MADE)
    assert [found.where for found in bundle.findings] == ["reports/radio.txt"]
    with zipfile.ZipFile(bundle.path) as archive:
        words = archive.read("weir/VERIFY.txt").decode()
    assert words.endswith(
        "wrong: reports/radio.txt: this is not what was entered on 2031-05-04T12:00:00Z (line 3 of the log)\n"
    )


def link_report(case: Path, outside: Path) -> None:
    (case / "reports" / "link.txt").symlink_to(outside / "secret.txt")


def link_folder(case: Path, outside: Path) -> None:
    (case / "reports" / "inner").symlink_to(outside)


def link_reports(case: Path, outside: Path) -> None:
    shutil.rmtree(case / "reports")
    (case / "reports").symlink_to(outside)


def link_text(case: Path, outside: Path) -> None:
    (case / "judgements.jsonl").symlink_to(outside / "secret.txt")


def link_custody(case: Path, outside: Path) -> None:
    (case / "custody").rename(outside / "custody")
    (case / "custody").symlink_to(outside / "custody")


def link_warc(case: Path, outside: Path) -> None:
    (case / "custody" / "x.warc.gz").symlink_to(outside / "secret.txt")


def name_badly(case: Path, outside: Path) -> None:
    (case / "reports" / "x\\..\\..\\x.txt").write_bytes(b"x")


def name_in_no_encoding(case: Path, outside: Path) -> None:
    (case / "reports" / "\udcff.txt").write_bytes(b"x")


@pytest.mark.parametrize(
    "tamper",
    [link_report, link_reports, link_folder, link_text, link_custody, link_warc, name_badly, name_in_no_encoding],
)
def test_what_would_lead_out_of_the_case_is_refused_and_nothing_is_written(case, tmp_path, tamper):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret")
    tamper(case, outside)
    with pytest.raises(CaseError) as error:
        write_bundle(case, tmp_path / "weir.zip", MADE)
    assert "\n" not in str(error.value)
    assert not (tmp_path / "weir.zip").exists()
