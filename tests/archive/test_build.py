"""Is an archive the same however it was built, and does a build go on where it was killed?"""

import json
import os
import signal
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from firsthand.archive import build as build_module
from firsthand.archive import build_archive, list_archive, search_archive, show_report
from firsthand.archive import units as units_module
from firsthand.errors import InputError
from firsthand.store import Store, WordIndex, describe_kept
from reading.samples import make_record, make_revisit, make_warc
from reports import write_page, write_warc


def digest_rows(folder) -> str:
    """Return one digest of all rows, in order, of all tables."""
    with Store(folder) as store:
        rows = [describe_kept(kept) + kept.report.id for kept in store.list_reports(limit=10_000)]
        rows += [json.dumps(str(line)) for line in (*store.read_ledger(), *store.read_problems())]
        rows += [str(again) for again in store.read_revisits()]
    return sha256("\n".join(rows).encode()).hexdigest()


@pytest.fixture
def small_units(monkeypatch):
    """Make many small units and batches, so that their borders are met."""
    monkeypatch.setattr(units_module, "MOST_RECORDS", 3)
    monkeypatch.setattr(build_module, "BATCH_ROWS", 4)


@pytest.fixture
def inputs(tmp_path):
    """A folder of files, good and bad, and a web archive."""
    folder = tmp_path / "saved"
    folder.mkdir()
    for number in range(3):
        (folder / f"page-{number}.html").write_bytes(write_page(number))
    (folder / "note.txt").write_text("Title: Note\nPublished: 2011-04-02\n\nThe quay was empty, said Ida Moller.\n")
    (folder / "broken.bin").write_bytes(b"\x00\x01\x02\x03" * 50)
    (folder / "feed.xml").write_text(
        "<rss version='2.0'><channel><title>Skell Feed</title>"
        + "".join(
            f"<item><title>Item {number}</title><description>The boat number {number} is in.</description></item>"
            for number in range(3)
        )
        + "</channel></rss>"
    )
    pages = [write_page(number) for number in range(2, 20)] + [b"", b"\x00\x01\x02" * 40]
    return [str(folder), str(write_warc(tmp_path / "crawl.warc.gz", pages))]


def test_the_rows_are_the_same_for_one_worker_and_two(tmp_path, inputs, small_units):
    one, two = tmp_path / "one", tmp_path / "two"
    build_archive(one, inputs, workers=1)
    built = build_archive(two, inputs, workers=2)
    assert built.reports == 3 + 1 + 3 + 18
    assert digest_rows(one) == digest_rows(two)


def test_where_units_and_batches_end_does_not_matter(tmp_path, inputs, monkeypatch):
    build_archive(tmp_path / "large", inputs, workers=0)
    monkeypatch.setattr(units_module, "MOST_RECORDS", 1)
    monkeypatch.setattr(build_module, "BATCH_ROWS", 1)
    build_archive(tmp_path / "small", inputs, workers=0)
    assert digest_rows(tmp_path / "large") == digest_rows(tmp_path / "small")


def test_a_second_build_adds_nothing(tmp_path, inputs):
    first = build_archive(tmp_path / "a", inputs, workers=0)
    before = digest_rows(tmp_path / "a")
    again = build_archive(tmp_path / "a", inputs, workers=0)
    assert (again.added, again.known) == (0, 7)
    assert again.reports == first.reports
    assert digest_rows(tmp_path / "a") == before


def test_files_given_later_are_added(tmp_path, inputs):
    build_archive(tmp_path / "a", inputs[:1], workers=0)
    build_archive(tmp_path / "a", inputs, workers=0)
    build_archive(tmp_path / "b", inputs, workers=0)
    assert digest_rows(tmp_path / "a") == digest_rows(tmp_path / "b")


@pytest.mark.parametrize("at", range(1, 8, 2))
def test_a_build_that_is_stopped_between_units_goes_on_without_loss_or_duplicates(
    tmp_path, inputs, small_units, monkeypatch, at
):
    build_archive(tmp_path / "whole", inputs, workers=0)
    told = []

    def stop(progress):
        told.append(progress)
        if len(told) == at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_archive(tmp_path / "stopped", inputs, workers=0, tell=stop)
    build_archive(tmp_path / "stopped", inputs, workers=0)
    assert digest_rows(tmp_path / "stopped") == digest_rows(tmp_path / "whole")


# Where a build is killed: between units, inside a transaction, while words are indexed, before a file is whole.
KILLS = {
    "between units": "build.add_progress = kill_at(build.add_progress, 6)",
    "within a transaction": "tables.insert_input_sql = kill_at(tables.insert_input_sql, 9)",
    "while indexing": "index.read_body = kill_at(index.read_body, 11)",
    "before parquet is whole": "Path.replace = kill_at(Path.replace, 1)",
}
KILLED = """
import os, signal, sys
from pathlib import Path
from firsthand.archive import build, units
from firsthand.store import index, tables
units.MOST_RECORDS, build.BATCH_ROWS = 3, 4

def kill_at(function, turn):
    turns = iter(range(1, turn))
    def call(*values, **named):
        return function(*values, **named) if next(turns, None) else os.kill(os.getpid(), signal.SIGKILL)
    return call

"""


@pytest.mark.parametrize("kill", KILLS.values(), ids=KILLS)
def test_a_build_that_is_killed_goes_on_without_loss_or_duplicates(tmp_path, inputs, kill):
    script = f"{KILLED}{kill}\nbuild.build_archive(sys.argv[1], sys.argv[2:], workers=0)"
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path / "killed"), *inputs], check=False)
    assert done.returncode == -signal.SIGKILL
    build_archive(tmp_path / "killed", inputs, workers=0)
    build_archive(tmp_path / "whole", inputs, workers=0)
    assert digest_rows(tmp_path / "killed") == digest_rows(tmp_path / "whole")
    with Store(tmp_path / "killed") as store, WordIndex(tmp_path / "killed") as index:
        assert index.count_reports() == store.count_reports() == 25
    assert search_archive(tmp_path / "killed", "smoke").total == 21
    assert len(list((tmp_path / "killed" / "reports").glob("*.parquet"))) == 1


def test_the_workers_of_a_build_that_is_killed_go_with_it(tmp_path, inputs):
    script = "import multiprocessing, os, signal, sys\nfrom firsthand.archive import build_archive\n"
    script += "def stop(_):\n    print(*[one.pid for one in multiprocessing.active_children()], flush=True)\n"
    script += "    os.kill(os.getpid(), signal.SIGKILL)\n"
    script += "build_archive(sys.argv[1], sys.argv[2:], workers=2, tell=stop)"
    words = [sys.executable, "-c", script, str(tmp_path / "killed"), *inputs]
    # The pipe closes only when the last process that holds it has gone.
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert len(done.stdout.split()) == 2


def test_what_cannot_be_read_is_counted_and_kept(tmp_path, inputs):
    built = build_archive(tmp_path / "a", inputs, workers=0)
    listed = list_archive(tmp_path / "a")
    assert built.problems == len(listed.lost) == 2
    assert built.skipped == 1
    assert [problem.where.rpartition("/")[2] for problem in listed.lost] == ["broken.bin", "crawl.warc.gz#20"]
    assert sum(line.reports for line in listed.inputs) == listed.total == built.reports
    assert all(line.done for line in listed.inputs)


def test_a_web_archive_that_is_cut_off_gives_what_stands_before(tmp_path):
    place = write_warc(tmp_path / "crawl.warc.gz", [write_page(number) for number in range(0, 30, 3)])
    place.write_bytes(place.read_bytes()[:-200])
    built = build_archive(tmp_path / "a", [str(place)], workers=0)
    assert built.reports >= 9
    what = list_archive(tmp_path / "a").lost[-1].what
    assert "cut off" in what or "damaged" in what
    assert build_archive(tmp_path / "a", [str(place)], workers=0).added == 0


def write_records(place, *records):
    place.write_bytes(make_warc(list(records)))
    return str(place)


FISHED = "WARC-Payload-Digest: sha1:ICEFISH\r\n"


@pytest.mark.parametrize(
    "revisit",
    [
        make_revisit("http://skell.example/1"),
        make_revisit("http://skell.example/2", "http://skell.example/1"),
        make_revisit("http://skell.example/2", more=FISHED),
    ],
)
@pytest.mark.parametrize("apart", [False, True])
def test_a_revisit_is_shown_with_the_page_it_points_to(tmp_path, revisit, apart):
    page = make_record("http://skell.example/1", write_page(0), more=FISHED)
    paths = [write_records(tmp_path / "1.warc", page, *([] if apart else [revisit]))]
    paths += [write_records(tmp_path / "2.warc", revisit)] if apart else []
    built = build_archive(tmp_path / "a", paths, workers=0)
    assert (built.reports, built.problems, built.skipped) == (1, 0, 1)
    shown = show_report(tmp_path / "a", "r-")
    assert [again.retrieved for again in shown.again] == ["2015-04-02T06:00:00Z"]
    assert list_archive(tmp_path / "a").lost == ()


def test_a_revisit_without_its_page_is_a_problem_until_the_page_comes(tmp_path):
    later = write_records(tmp_path / "2.warc", make_revisit("http://skell.example/1"))
    assert build_archive(tmp_path / "a", [later], workers=0).problems == 1
    (lost,) = list_archive(tmp_path / "a").lost
    assert (lost.where, lost.what) == (f"{later}#1", "points to http://skell.example/1, which is not in this archive")
    first = write_records(tmp_path / "1.warc", make_record("http://skell.example/1", write_page(0)))
    assert build_archive(tmp_path / "a", [later, first], workers=0).problems == 0
    assert list_archive(tmp_path / "a").lost == ()


def pack_wacz(place, *archives):
    with ZipFile(place, "w") as packed:
        for number, archive in enumerate(archives):
            packed.writestr(f"archive/{number}.warc.gz", archive)
        packed.writestr("pages/pages.jsonl", "{}")
    return str(place)


def test_the_web_archives_in_a_wacz_file_are_read_one_after_another(tmp_path, small_units):
    first = write_warc(tmp_path / "1.warc.gz", [write_page(number) for number in range(0, 12, 3)]).read_bytes()
    second = write_warc(tmp_path / "2.warc.gz", [write_page(number) for number in range(12, 18, 3)]).read_bytes()
    place = pack_wacz(tmp_path / "crawl.wacz", first, second)
    assert build_archive(tmp_path / "a", [place], workers=0).problems == 0
    assert [kept.turn for kept in list_archive(tmp_path / "a").reports] == [1, 2, 3, 4, 5, 6]
    assert build_archive(tmp_path / "a", [place], workers=0).added == 0


def test_a_damaged_web_archive_in_a_wacz_file_does_not_hide_the_next(tmp_path):
    first = write_warc(tmp_path / "1.warc.gz", [write_page(number) for number in range(0, 12, 3)]).read_bytes()
    second = write_warc(tmp_path / "2.warc.gz", [write_page(12)]).read_bytes()
    place = pack_wacz(tmp_path / "crawl.wacz", first[:-300], second)
    build_archive(tmp_path / "a", [place], workers=0)
    listed = list_archive(tmp_path / "a")
    assert listed.reports[-1].report.title.endswith("12")
    assert any("cut off" in one.what or "damaged" in one.what for one in listed.lost)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"junk" * 99])
@pytest.mark.parametrize("name", ["crawl.wacz", "crawl.warc", "crawl.warc.gz"])
def test_a_web_archive_that_is_none_is_one_problem(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    (tmp_path / "note.txt").write_text("The ferry is in.")
    built = build_archive(tmp_path / "a", [str(tmp_path / name), str(tmp_path / "note.txt")], workers=0)
    assert (built.reports, built.problems) == (1, 1)


def test_an_archive_within_a_folder_does_not_read_itself(tmp_path):
    (tmp_path / "note.txt").write_text("The ferry is in.")
    build_archive(tmp_path / "archive", [str(tmp_path)], workers=0)
    built = build_archive(tmp_path / "archive", [str(tmp_path)], workers=0)
    assert (built.reports, built.problems, built.known) == (1, 0, 1)


def test_a_pipe_is_a_problem_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "note.txt").write_text("The ferry is in.")
    built = build_archive(tmp_path / "a", [str(tmp_path)], workers=0)
    assert (built.reports, built.problems) == (1, 1)


def test_a_disk_that_takes_no_more_is_said_in_a_sentence(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    (tmp_path / "note.txt").write_text("The ferry is in.")
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(InputError, match="No space left"):
        build_archive(tmp_path / "a", [str(tmp_path / "note.txt")], workers=0)


def test_an_index_that_was_lost_is_made_again(tmp_path, inputs):
    build_archive(tmp_path / "a", inputs, workers=0)
    (tmp_path / "a" / "words.sqlite").unlink()
    with pytest.raises(InputError, match="run firsthand archive build again"):
        search_archive(tmp_path / "a", "smoke")
    build_archive(tmp_path / "a", inputs, workers=0)
    assert search_archive(tmp_path / "a", "smoke").total == 21


def test_a_search_says_what_is_not_indexed_yet(tmp_path, inputs):
    build_archive(tmp_path / "a", inputs, workers=0)
    (tmp_path / "a" / "words.sqlite").unlink()
    with WordIndex(tmp_path / "a", write=True):
        pass
    found = search_archive(tmp_path / "a", "smoke")
    assert (found.total, found.missing) == (0, 25)


def test_a_damaged_index_is_said_in_a_sentence(tmp_path, inputs):
    build_archive(tmp_path / "a", inputs, workers=0)
    place = tmp_path / "a" / "words.sqlite"
    data = place.read_bytes()
    place.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    with pytest.raises(InputError, match="damaged"):
        search_archive(tmp_path / "a", "smoke")


def test_a_file_that_changed_is_read_as_another(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("The ferry is late.")
    build_archive(tmp_path / "a", [str(page)], workers=0)
    page.write_text("The ferry is in.")
    assert build_archive(tmp_path / "a", [str(page)], workers=0).added == 1
    assert [kept.report.text for kept in list_archive(tmp_path / "a").reports] == [
        "The ferry is late.",
        "The ferry is in.",
    ]


def test_a_report_of_a_web_archive_says_where_and_when_it_was_captured(tmp_path):
    place = write_warc(tmp_path / "crawl.warc", [write_page(0)])
    build_archive(tmp_path / "a", [str(place)], workers=0)
    (kept,) = list_archive(tmp_path / "a").reports
    assert (kept.turn, kept.digest) == (1, sha256(write_page(0)).hexdigest())
    assert kept.report.url == "http://skell0.example/0"
    assert kept.report.retrieved.start.isoformat() == "2012-01-01T00:00:00"
    assert kept.report.path.endswith("crawl.warc#1")
    assert "Home" not in kept.report.text


def test_a_folder_that_holds_other_things_is_not_made_an_archive(tmp_path):
    (tmp_path / "thesis.txt").write_text("Do not touch.")
    with pytest.raises(InputError, match="holds other files"):
        build_archive(tmp_path, [str(tmp_path / "thesis.txt")])
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_archive_is_not_built_from_standard_input(tmp_path):
    with pytest.raises(InputError, match="standard input"):
        build_archive(tmp_path / "a", ["-"])


def test_progress_ends_at_all_of_the_bytes(tmp_path, inputs, small_units):
    told = []
    build_archive(tmp_path / "a", inputs, workers=0, tell=told.append)
    assert told[-1].done == told[-1].total
    assert [one.done for one in told] == sorted(one.done for one in told)
    assert told[-1].reports == 25


def test_two_builds_at_once_are_refused(tmp_path, inputs):
    build_archive(tmp_path / "a", inputs[:1], workers=0)
    script = "import sys, time; from pathlib import Path; from firsthand.store import Store\n"
    script += f"store = Store(Path({str(tmp_path / 'a')!r}), write=True); print('open', flush=True); time.sleep(60)"
    holder = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(InputError, match="another firsthand is writing"):
            build_archive(tmp_path / "a", inputs, workers=0)
    finally:
        holder.kill()
        holder.wait()
