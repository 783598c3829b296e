"""Is every change to what is kept found, and said with its file and line?"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custody.kept import ANNA, PAGE, REPORTS, find_log, find_wanting, find_warc, make_case, read_lines
from firsthand.case import add_reports
from firsthand.custody import check_custody, enter_reports, record_capture, summarize_custody
from firsthand.custody.entry import KINDS, compute_hash, parse_line, write_line
from firsthand.errors import CaseError


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    return make_case(tmp_path_factory.mktemp("kept") / "weir")


@pytest.fixture
def case(sound, tmp_path) -> Path:
    return shutil.copytree(sound, tmp_path / "weir")


def tell(case: Path) -> list[str]:
    return [f"{found.where}: {found.what}" for found in find_wanting(case)]


def test_what_nobody_touched_holds(case):
    assert check_custody(case) == ()
    held = summarize_custody(case)
    assert (held.entries, held.files) == (4, 3)
    assert held.head == json.loads(read_lines(case)[-1])["hash"]


def find_parts(case: Path) -> list[Path]:
    return [path for path in sorted(case.rglob("*")) if path.is_file() and path.parent.name in ("custody", "reports")]


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_any_byte_that_changes_is_found(sound, data):
    part = data.draw(st.sampled_from(find_parts(sound)))
    before = part.read_bytes()
    place = data.draw(st.integers(0, len(before) - 1))
    changed = before[place] ^ data.draw(st.integers(1, 255))
    try:
        part.write_bytes(before[:place] + bytes([changed]) + before[place + 1 :])
        found = find_wanting(sound)
    finally:
        part.write_bytes(before)
    assert found
    assert any(part.name in one.where for one in found)


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_any_byte_put_in_or_taken_out_is_found(sound, data):
    part = data.draw(st.sampled_from(find_parts(sound)))
    before = part.read_bytes()
    start = data.draw(st.integers(0, len(before)))
    end = data.draw(st.integers(start, min(len(before), start + 9)))
    after = before[:start] + data.draw(st.binary(max_size=9)) + before[end:]
    try:
        part.write_bytes(after)
        assert bool(find_wanting(sound)) == (after != before)
    finally:
        part.write_bytes(before)


@settings(max_examples=200, deadline=None)
@given(order=st.lists(st.integers(0, 3), max_size=7))
def test_any_removal_copy_or_other_order_of_entries_is_found(sound, order):
    before = find_log(sound).read_bytes()
    lines = read_lines(sound)
    try:
        find_log(sound).write_bytes(b"".join(lines[one] for one in order))
        assert bool(find_wanting(sound)) == (order != [0, 1, 2, 3])
    finally:
        find_log(sound).write_bytes(before)


def test_a_removed_entry_is_named_by_the_line_where_it_is_missed(case):
    lines = read_lines(case)
    find_log(case).write_bytes(b"".join(lines[:1] + lines[2:]))
    assert "custody/log.jsonl, line 2: this is entry 3, and entry 2 is due: what stood between was removed" in tell(
        case
    )


def test_a_copied_entry_is_named_with_its_original(case):
    lines = read_lines(case)
    find_log(case).write_bytes(b"".join([*lines, lines[1]]))
    assert tell(case)[0].endswith("line 5: this is entry 2, and entry 5 is due: it is a second copy of line 2")


def test_two_entries_in_the_other_order_are_named(case):
    first, second, third, fourth = read_lines(case)
    find_log(case).write_bytes(first + third + second + fourth)
    assert "line 2: this is entry 3, and entry 2 is due: the entry it follows stands later, in line 3" in tell(case)[0]


def test_a_changed_field_of_an_entry_is_named(case):
    log = find_log(case)
    log.write_bytes(log.read_bytes().replace(b"Anna Weigl", b"Otto Weigl", 1))
    assert tell(case) == [
        "custody/log.jsonl, line 1: the entry was changed: its content does not give the hash it carries"
    ]


def test_a_line_cut_short_is_named_and_nothing_is_added_after_it(case):
    with find_log(case).open("ab") as log:
        log.write(b'{"bytes":12')
    assert "custody/log.jsonl, line 5: is cut short: it does not end in a line break" in tell(case)
    before = find_log(case).read_bytes()
    (case / "reports" / "new.txt").write_bytes(b"new")
    with pytest.raises(CaseError, match="line 5: is cut short"):
        enter_reports(case, [("new.txt", "new.txt")], ANNA)
    assert find_log(case).read_bytes() == before


def test_a_report_that_was_changed_lost_or_never_entered_is_named(case):
    (case / "reports" / "gazette.txt").write_bytes(b"The weir held.\n")
    (case / "reports" / "radio.txt").unlink()
    (case / "reports" / "later.txt").write_bytes(b"later")
    assert tell(case) == [
        "reports/gazette.txt: this is not what was entered on 2031-05-04T12:00:00Z (line 2 of the log)",
        "reports/later.txt: this file was never entered in the log",
        "reports/radio.txt: the file entered on 2031-05-04T12:00:00Z (line 3 of the log) is gone",
    ]


def test_a_report_put_in_the_place_of_a_link_is_named(case, tmp_path):
    (tmp_path / "elsewhere.txt").write_bytes(REPORTS["radio.txt"])
    (case / "reports" / "radio.txt").unlink()
    (case / "reports" / "radio.txt").symlink_to(tmp_path / "elsewhere.txt")
    assert tell(case) == ["reports/radio.txt: this is a link or no ordinary file"]


def test_a_lost_log_and_a_lost_warc_file_are_named(case):
    find_warc(case).unlink()
    assert "custody/captured-001.warc.gz, byte 0: the record of entry 1" in tell(case)[0]
    find_log(case).unlink()
    assert tell(case)[0] == "custody/log.jsonl: the log is not there; 3 reports are not in custody"


def test_reports_that_were_never_entered_are_counted_in_one_finding_that_says_how_to(case):
    shutil.rmtree(case / "custody")
    (found,) = find_wanting(case)
    assert found.what == "the log is not there; 3 reports are not in custody"
    assert found.remedy == f"enter them with: firsthand add {case} {case / 'reports'}"
    add_reports(case, [case / "reports"])
    assert check_custody(case) == ()


def test_the_example_is_in_custody():
    assert check_custody(Path(__file__).parents[2] / "examples" / "libya-2011") == ()


def test_a_file_put_beside_the_log_is_named(case):
    (case / "custody" / "more.warc.gz").write_bytes(b"more")
    assert tell(case) == ["custody/more.warc.gz: no entry names this file"]


def test_a_report_entered_again_with_other_content_is_noted(case):
    (case / "reports" / "radio.txt").write_bytes(b"A warden spoke of a hole.\n")
    enter_reports(case, [("radio.txt", "radio.txt")], ANNA)
    assert find_wanting(case) == []
    assert [found.what for found in check_custody(case)] == [
        "reports/radio.txt was entered again on 2031-05-04T12:00:00Z with other content; as it came it is entry 3"
    ]


def rewrite(case: Path, **changes: object) -> None:
    """Do what a forger can: change the third entry and compute the whole chain after it again."""
    entries = [parse_line(line.rstrip(b"\n")) for line in read_lines(case)]
    entries[2] = replace(entries[2], **changes)
    written = []
    for entry in entries:
        chained = replace(entry, previous=written[-1].hash) if written else entry
        written.append(replace(chained, hash=compute_hash(chained)))
    find_log(case).write_bytes(b"".join(write_line(entry) + b"\n" for entry in written))


def test_a_chain_computed_again_is_found_only_by_a_head_noted_before(case):
    head = summarize_custody(case).head
    rewrite(case, who="Otto Weigl")
    assert check_custody(case) == ()
    assert "does not stand in the log" in find_wanting(case, head)[0].what


def test_a_head_noted_before_further_entries_still_stands(case):
    head = summarize_custody(case).head
    (case / "reports" / "new.txt").write_bytes(b"new")
    enter_reports(case, [("new.txt", "new.txt")], ANNA)
    assert check_custody(case, head) == ()
    assert check_custody(case, head.upper()) == ()


def test_a_forger_who_leaves_the_warc_record_is_found_by_it(case):
    body = b"A warden spoke of nothing at all.\n"
    (case / "reports" / "radio.txt").write_bytes(body)
    rewrite(case, sha256=hashlib.sha256(body).hexdigest(), bytes=len(body))
    assert ["does not hold the content entered" in one for one in tell(case)] == [True]


@pytest.mark.parametrize("warc", ["../../etc/passwd", "/etc/passwd.warc.gz", "..warc.gz", "a/b.warc.gz", ""])
def test_a_log_that_names_a_file_elsewhere_is_not_followed(case, warc):
    rewrite(case, warc=warc)
    assert "line 3: names a WARC file outside the folder of the log" in tell(case)[0]


@pytest.mark.parametrize(
    "line", [b"[]", b"null", b"{}", b"[" * 100_000, b"\xff\xfe", b'{"n":NaN}', b"9" * 5000, b"\x00"]
)
def test_a_line_that_is_no_entry_is_one_finding(case, line):
    with find_log(case).open("ab") as log:
        log.write(line + b"\n")
    assert len(find_wanting(case)) == 1


NOTHING = hashlib.sha256(b"").hexdigest()
IMPOSSIBLE = [
    {"offset": 2**70},
    {"length": 2**70},
    {"bytes": 2**70},
    {"bytes": -1},
    {"offset": -5},
    {"offset": 2**70, "length": 2**70, "bytes": 2**70, "record_sha256": NOTHING},
    {"what": "left", "offset": 2**70, "length": 2**70, "record_sha256": NOTHING},
    {"what": "left", "offset": 0, "length": 0, "record_sha256": NOTHING},
    {"what": "again"},
]


@pytest.mark.parametrize("changes", IMPOSSIBLE)
def test_a_place_that_cannot_be_is_found(case, changes):
    rewrite(case, **changes)
    assert find_wanting(case)


def test_an_entry_of_bytes_that_came_again_must_follow_one_that_has_them(case):
    record_capture(case, "page.html", PAGE, custodian=ANNA)
    assert find_wanting(case) == []
    entries = [parse_line(line.rstrip(b"\n")) for line in read_lines(case)]
    forged = replace(entries[-1], name="reports/radio.txt")
    find_log(case).write_bytes(
        b"".join([*read_lines(case)[:-1], write_line(replace(forged, hash=compute_hash(forged))) + b"\n"])
    )
    assert any("the same bytes came again, and no entry before has them" in one for one in tell(case))


KEYS = st.sampled_from([*KINDS, "more"])
VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text(), max_size=2)


@settings(max_examples=300, deadline=None)
@given(data=st.binary(max_size=200) | st.dictionaries(KEYS, VALUES).map(lambda one: json.dumps(one).encode()))
def test_whatever_stands_in_a_log_is_told_and_never_a_crash(sound, data):
    before = find_log(sound).read_bytes()
    try:
        find_log(sound).write_bytes(before + data + b"\n")
        assert find_wanting(sound)
        assert summarize_custody(sound).entries == 4
    finally:
        find_log(sound).write_bytes(before)


@settings(max_examples=200, deadline=None)
@given(changes=st.dictionaries(st.sampled_from([key for key in KINDS if key != "hash"]), st.integers() | st.text()))
def test_whatever_a_forged_entry_says_is_told_and_never_a_crash(sound, changes):
    before = find_log(sound).read_bytes()
    own = {key: value for key, value in changes.items() if type(value) is KINDS[key]}
    told = {"n", "name", "bytes", "sha256", "warc", "offset", "length", "record_sha256"} & set(own)
    try:
        rewrite(sound, **own)
        assert find_wanting(sound) or not told
    finally:
        find_log(sound).write_bytes(before)


@pytest.mark.parametrize("name", ["custody", "custody/log.jsonl", "reports"])
def test_a_link_in_the_place_of_what_is_kept_is_named(case, tmp_path, name):
    (case / name).rename(tmp_path / "outside")
    (case / name).symlink_to(tmp_path / "outside")
    assert any(one.startswith(f"{name}: this is a link") for one in tell(case))


def test_a_folder_that_is_no_case_is_refused(tmp_path):
    with pytest.raises(CaseError, match="is no case"):
        check_custody(tmp_path)
