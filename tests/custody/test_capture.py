"""Is what comes in kept as it came, once, and by nobody's clock but the one given?"""

from __future__ import annotations

import gzip
import hashlib
import json
import multiprocessing
import subprocess
import sys
import tracemalloc
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as Fast
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator as Slow

from custody.kept import ANNA, NOON, PAGE, REPORTS, find_log, find_wanting, find_warc, make_case, read_lines
from firsthand.case import add_reports, new_case
from firsthand.custody import Custodian, check_custody, enter_reports, read_custodian, record_capture, summarize_custody
from firsthand.custody.entry import KINDS, Entry, parse_line, write_line
from firsthand.custody.ledger import open_ledger
from firsthand.custody.warc import Content, hash_payload, make_record
from firsthand.errors import CaseError, InputError


def read_entries(case: Path) -> list[Entry]:
    return [parse_line(line.rstrip(b"\n")) for line in read_lines(case)]


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_an_entry_says_who_when_what_from_where_and_with_what(tmp_path):
    entry = read_entries(make_case(tmp_path / "weir"))[-1]
    assert (entry.who, entry.when, entry.firsthand) == ("Anna Weigl", "2031-05-04T12:00:00Z", "0.1.0")
    assert (entry.what, entry.name, entry.url) == ("captured", "reports/page.html", "https://paper.example/weir")
    assert (entry.bytes, entry.sha256) == (len(PAGE.body), digest(PAGE.body))
    assert entry.note == "redirected once"


def test_two_libraries_read_the_same_records_and_their_digests_hold(tmp_path):
    case = make_case(tmp_path / "weir")
    with find_warc(case).open("rb") as file:
        slow = [
            (one.rec_type, one.rec_headers.get_header("WARC-Target-URI"), one.raw_stream.read())
            for one in Slow(file, check_digests="raise")
        ]
    with find_warc(case).open("rb") as file:
        fast = [(one.headers.get("WARC-Target-URI"), one.reader.read()) for one in Fast(file)]
    assert [body for *_, body in slow] == [body for _, body in fast]
    assert [target for target, _ in fast] == [None, "file:gazette.txt", "file:radio.txt", PAGE.url]
    assert [kind for kind, *_ in slow] == ["warcinfo", "resource", "resource", "response"]
    assert [body for _, body in fast][1:] == [*REPORTS.values(), PAGE.body]


def test_what_is_captured_again_is_entered_without_a_second_copy(tmp_path):
    case = make_case(tmp_path)
    later = Custodian(who="Ben Tull", when=NOON + timedelta(days=3), version="0.1.0")
    before = find_warc(case).stat().st_size
    mirror = replace(PAGE, url="https://mirror.example/weir", body=PAGE.body)
    entry = record_capture(case, "page.html", mirror, note="asked 192.0.2.1", custodian=later)
    assert (entry.what, entry.who, entry.when, entry.url) == ("again", "Ben Tull", "2031-05-07T12:00:00Z", mirror.url)
    assert entry.note == "the same bytes as entry 4; asked 192.0.2.1"
    with find_warc(case).open("rb") as file:
        file.seek(before)
        (record,) = Slow(file)
        assert record.rec_type == "revisit"
        assert record.rec_headers.get_header("WARC-Refers-To-Target-URI") == PAGE.url
        assert record.content_stream().read() == b""
    assert check_custody(case) == ()
    assert summarize_custody(case).files == 3


def test_headers_that_no_longer_fit_a_body_that_was_unpacked_are_kept_renamed(tmp_path):
    case = make_case(tmp_path / "weir")
    with find_warc(case).open("rb") as file:
        headers = [one.http_headers.headers for one in Slow(file) if one.rec_type == "response"][0]
    assert headers == [("Content-Type", "text/html"), ("X-Archive-Orig-Content-Encoding", "gzip")]


def test_no_path_of_this_machine_is_kept(tmp_path):
    (tmp_path / "secret-folder").mkdir()
    (tmp_path / "secret-folder" / "radio.txt").write_bytes(REPORTS["radio.txt"])
    new_case(tmp_path / "weir", "Did it burst?", NOON.date())
    add_reports(tmp_path / "weir", [tmp_path / "secret-folder"])
    kept = find_log(tmp_path / "weir").read_bytes() + gzip.decompress(find_warc(tmp_path / "weir").read_bytes())
    assert b"radio.txt" in kept
    assert b"secret-folder" not in kept
    assert check_custody(tmp_path / "weir") == ()


def test_the_same_material_at_the_same_moment_gives_the_same_bytes(tmp_path):
    one, other = make_case(tmp_path / "one"), make_case(tmp_path / "other")
    assert find_log(one).read_bytes() == find_log(other).read_bytes()
    assert find_warc(one).read_bytes() == find_warc(other).read_bytes()


def test_what_is_entered_already_is_not_entered_again(tmp_path):
    case = make_case(tmp_path / "weir")
    before = find_log(case).read_bytes()
    add_reports(case, [case / "reports"])
    assert find_log(case).read_bytes() == before


def test_reports_put_there_by_hand_are_entered_by_adding_them_where_they_stand(tmp_path):
    case = make_case(tmp_path / "weir")
    (case / "reports" / "inner").mkdir()
    for name in ("twin.txt", "inner/twin.txt"):
        (case / "reports" / name).write_bytes(REPORTS["radio.txt"])
    add_reports(case, [case / "reports"])
    assert [entry.name for entry in read_entries(case)[4:]] == ["reports/inner/twin.txt", "reports/twin.txt"]
    assert check_custody(case) == ()


@pytest.mark.parametrize(
    "name", ["two\nlines.txt", "\u202etxt.exe", "caf\u00e9 \u062a.txt", "a\\b", "\udcff.txt", "%0d%0a"]
)
def test_a_strange_file_name_is_kept_as_text(tmp_path, name):
    case = make_case(tmp_path / "weir")
    (case / "reports" / name).write_bytes(b"strange")
    enter_reports(case, [(name, name)], ANNA)
    assert read_entries(case)[-1].name == f"reports/{name}"
    assert find_log(case).read_bytes().isascii()
    assert [one for one in find_wanting(case) if name in one.where] == []
    with find_warc(case).open("rb") as file:
        assert len(list(Slow(file, check_digests="raise"))) == 5


@settings(deadline=None)
@given(
    name=st.text(max_size=20),
    value=st.text(max_size=40),
    url=st.text(max_size=40),
    body=st.binary(max_size=300),
    status=st.text(max_size=9),
)
def test_whatever_a_server_sends_stays_one_record_with_its_body(name, value, url, body, status):
    url = f"https://paper.example/{url}"
    content = Content(kind="response", target=url, body=body, status=status, headers=((name, value), ("X", "y")))
    raw = make_record(content, "2031-05-04T12:00:00Z", "seed")
    assert hash_payload(raw, len(body)) == digest(body)
    kinds = [one.rec_type for one in Slow(BytesIO(raw), check_digests="raise")]
    assert kinds == ["response"]


@settings(deadline=None)
@given(body=st.binary(max_size=300), name=st.text(max_size=20))
def test_whatever_a_file_holds_is_kept_as_it_is(body, name):
    content = Content(kind="resource", target=f"file:{name}", body=body)
    assert hash_payload(make_record(content, "2031-05-04T12:00:00Z", "seed"), len(body)) == digest(body)


def test_a_record_that_unpacks_to_something_else_has_no_payload():
    raw = make_record(Content(kind="resource", target="file:x", body=b"body"), "2031-05-04T12:00:00Z", "seed")
    assert hash_payload(raw, 4) == digest(b"body")
    assert [hash_payload(raw, size) for size in (0, 3, 5, 2**70)] == [None] * 4
    assert [hash_payload(one, 4) for one in (b"", b"not gzip", raw[:-9], raw[9:])] == [None] * 4


def test_a_bomb_in_a_record_fills_no_memory():
    bombs = [gzip.compress(head + b"0" * (60 << 20)) for head in (b"", b"WARC/1.1\r\n\r\n")]
    tracemalloc.start()
    assert [hash_payload(bomb, 2**70) for bomb in bombs] == [None, None]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10 << 20


VALUES = {key: st.integers(0) if kind is int else st.text() for key, kind in KINDS.items()}


@settings(deadline=None)
@given(st.builds(Entry, **(VALUES | {"warc": st.just("a.warc.gz")})))
def test_an_entry_reads_back_as_it_was_written(entry):
    line = write_line(entry)
    assert b"\n" not in line
    assert parse_line(line) == entry
    assert json.loads(line)["who"] == entry.who


def enter_many(case: Path, name: str) -> None:
    for number in range(20):
        own = f"{name}-{number}.txt"
        (case / "reports" / own).write_bytes(own.encode())
        enter_reports(case, [(own, own)], ANNA)


def test_two_writers_wait_for_each_other(tmp_path):
    case = make_case(tmp_path / "weir")
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=enter_many, args=(case, name)) for name in ("left", "right")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert check_custody(case) == ()
    assert len(read_lines(case)) == 44


KILLED = """
import os, sys
from pathlib import Path
from firsthand.custody import read_custodian
from firsthand.custody.ledger import open_ledger
from firsthand.custody.warc import Content
with open_ledger(Path(sys.argv[1]), read_custodian()) as ledger:
    ledger.keep("added", "reports/late.txt", Content(kind="resource", target="file:late.txt", body=b"late"))
    os._exit(9)
"""


def test_a_run_that_was_killed_is_accounted_for_by_the_next(tmp_path):
    case = make_case(tmp_path / "weir")
    assert subprocess.run([sys.executable, "-c", KILLED, str(case)], check=False).returncode == 9
    assert ["are covered by no entry" in one.what for one in find_wanting(case)] == [True]
    (case / "reports" / "late.txt").write_bytes(b"late")
    enter_reports(case, [("late.txt", "late.txt")], ANNA)
    assert find_wanting(case) == []
    assert [entry.what for entry in read_entries(case)[4:]] == ["left", "opened", "added"]
    assert [entry.warc for entry in read_entries(case)[5:]] == ["captured-002.warc.gz"] * 2
    assert ["that no entry covered" in one.what for one in check_custody(case)] == [True]


@pytest.mark.parametrize("begun", [True, False])
def test_a_batch_that_fails_leaves_nothing(tmp_path, begun):
    case = make_case(tmp_path / "weir") if begun else tmp_path / "weir"
    if not begun:
        new_case(case, "Did it burst?", NOON.date())
        enter_reports(case, [], ANNA)
    (case / "reports" / "new.txt").write_bytes(b"new")
    before = {path.name: path.read_bytes() for path in (case / "custody").iterdir()} if begun else {"log.jsonl": b""}
    with pytest.raises(CaseError, match="cannot be written"):
        enter_reports(case, [("new.txt", "new.txt"), ("gone.txt", "gone.txt")], ANNA)
    assert {path.name: path.read_bytes() for path in (case / "custody").iterdir()} == before


def test_a_full_warc_file_is_followed_by_another(tmp_path, monkeypatch):
    monkeypatch.setattr("firsthand.custody.ledger.FULL", 100)
    case = make_case(tmp_path / "weir")
    assert [entry.warc[-11:-8] for entry in read_entries(case)] == ["001", "001", "001", "002", "002"]
    assert check_custody(case) == ()


def test_a_log_that_is_a_link_out_of_the_case_is_not_written(tmp_path):
    case = make_case(tmp_path / "weir")
    outside = tmp_path / "outside.jsonl"
    find_log(case).rename(outside)
    find_log(case).symlink_to(outside)
    before = outside.read_bytes()
    with pytest.raises(CaseError):
        record_capture(case, "page.html", PAGE, custodian=ANNA)
    assert outside.read_bytes() == before


def test_custody_that_is_a_link_out_of_the_case_is_refused(tmp_path):
    case = make_case(tmp_path / "weir")
    (case / "custody").rename(tmp_path / "outside")
    (case / "custody").symlink_to(tmp_path / "outside")
    with pytest.raises(CaseError, match="is a link"):
        record_capture(case, "page.html", PAGE, custodian=ANNA)


def test_the_user_and_the_moment_come_from_outside(monkeypatch):
    monkeypatch.setenv("FIRSTHAND_USER", "Otto")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOON.timestamp())))
    assert read_custodian() == replace(ANNA, who="Otto", version=read_custodian().version)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(InputError, match="SOURCE_DATE_EPOCH is 'soon'"):
        read_custodian()


def test_a_moment_is_written_in_whole_seconds_of_universal_time(tmp_path):
    case = make_case(tmp_path / "weir")
    with open_ledger(case, Custodian(who="x", when=NOON.replace(microsecond=9), version="1")) as ledger:
        entry = ledger.keep("added", "reports/x", Content(kind="resource", target="file:x", body=b"x"))
    assert entry.when == "2031-05-04T12:00:00Z"
    assert len(read_lines(case)) == 5
