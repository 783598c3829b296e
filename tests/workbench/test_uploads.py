"""Can a file's name or its facts do anything but name it?"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.case import load_case, new_case
from firsthand.errors import InputError
from firsthand.workbench.uploads import Sent, add_sent, clean_name, make_text

TEXT = b"The ferry ran aground off Marl, the harbour master said on Monday.\n"
HOSTILE = {
    "../../etc/passwd.txt": "passwd.txt",
    "..\\..\\windows\\win.ini.txt": "win.ini.txt",
    "/etc/cron.d/job.txt": "job.txt",
    "<img src=x onerror=alert(1)>.txt": "img src-x onerror-alert(1)-.txt",
    "a\u202etxt.exe": "a-txt.exe",
    "": "report",
    "...": "report",
    ".git": "git",
    "line\nbreak.txt": "line-break.txt",
    "nul\0byte.txt": "nul-byte.txt",
    "تقرير.txt": "تقرير.txt",
}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    new_case(tmp_path / "case", "Did the ferry run aground?")
    return tmp_path / "case"


@pytest.mark.parametrize("name", HOSTILE)
def test_only_the_last_part_of_a_name_is_kept_in_plain_signs(name):
    assert clean_name(name) == HOSTILE[name]


@settings(max_examples=300)
@given(st.text(max_size=300))
def test_no_name_leads_out_of_the_folder_or_grows_too_long(name):
    made = clean_name(name)
    assert made not in ("", ".", "..")
    assert Path(made).name == made
    assert not made.startswith((".", "-"))
    assert len(made.encode()) <= 145
    assert made.isprintable()


def test_every_file_stands_in_the_reports_and_nowhere_else(case):
    before = sorted(path for path in case.parent.rglob("*"))
    add_sent(case, [Sent(given=name, body=TEXT + str(place).encode()) for place, name in enumerate(HOSTILE)])
    new = [path for path in case.parent.rglob("*") if path not in before]
    assert all(path.is_relative_to(case / "reports") or path.is_relative_to(case / "custody") for path in new)
    load_case(case)


def test_each_file_is_told_added_known_or_refused(case):
    first = add_sent(case, [Sent(given="a.txt", body=TEXT)])
    assert first[0].state == "added"
    sent = [
        Sent(given="again.txt", body=TEXT),
        Sent(given="b.png", body=b"\x89PNG\r\n\x1a\n\0\0"),
        Sent(given="c.txt", body=b""),
    ]
    assert [one.state for one in add_sent(case, sent)] == ["known", "refused", "refused"]
    assert sorted(path.name for path in (case / "reports").iterdir()) == ["a.txt"]


def test_files_of_a_case_are_no_reports(case):
    before = (case / "case.toml").read_text()
    sent = [Sent(given="x/case.toml", body=b"schema = 9"), Sent(given="x/judgements.jsonl", body=b"{}\n")]
    assert {one.state for one in add_sent(case, sent)} == {"refused"}
    assert (case / "case.toml").read_text() == before


def test_facts_stay_beside_their_own_report_when_its_name_is_taken(case):
    add_sent(case, [Sent(given="a.txt", body=TEXT)])
    other = b"No ferry ran aground, said the company.\n"
    add_sent(case, [Sent(given="a.txt", body=other), Sent(given="a.toml", body=b'publisher = "The Quay"\n')])
    found = {report.path: report.publisher for report in load_case(case).reports}
    assert found == {"a.txt": "", "a-2.txt": "The Quay"}


def test_facts_without_their_report_are_refused(case):
    add_sent(case, [Sent(given="a.txt", body=TEXT)])
    assert add_sent(case, [Sent(given="a.toml", body=b'publisher = "Forged"\n')])[0].state == "refused"
    assert load_case(case).reports[0].publisher == ""


def test_pasted_words_become_a_report_with_the_facts_beside_it(case):
    facts = {
        "title": 'A "quay" \u202e',
        "publisher": "The Quay",
        "published": "2031-05-20",
        "url": "https://quay.example/1",
    }
    add_sent(case, make_text(TEXT.decode(), facts))
    (report,) = load_case(case).reports
    assert (report.publisher, report.url) == ("The Quay", "https://quay.example/1")
    assert report.published is not None and report.published.start.day == 20
    assert report.title.startswith('A "quay"')
    assert add_sent(case, make_text(TEXT.decode(), facts))[0].state == "known"


def test_pasted_nothing_is_refused():
    with pytest.raises(InputError, match="no text"):
        make_text(" \n", {})
