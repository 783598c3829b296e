"""Does the store give back what it was given, whole batches or nothing?"""

from dataclasses import replace
from datetime import datetime, timedelta

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firsthand.errors import InputError
from firsthand.model import Link, Part, PartKind, Period, Problem, Report, ReportId
from firsthand.store import Batch, Filter, Kept, Ledger, Store, describe_kept, write_parquet
from firsthand.store import parquet as parquet_module
from reports import make_report

LINE = Ledger(number=0, path="a.txt", digest="d", bytes=3)
PERIODS = st.builds(
    lambda start, hours, text: Period(start=start, end=start + timedelta(hours=hours), text=text),
    st.datetimes(min_value=datetime(1, 1, 1), max_value=datetime(9998, 1, 1)),
    st.integers(1, 9000),
    st.text(max_size=8),
)
SPANS = st.tuples(st.integers(0, 9), st.integers(10, 99))
REPORTS = st.builds(
    Report,
    id=st.sampled_from(["r-00000000000a", "r-00000000000b"]).map(ReportId),
    path=st.text(max_size=8),
    title=st.text(max_size=8),
    publisher=st.text(max_size=8),
    url=st.text(max_size=8),
    published=st.none() | PERIODS,
    retrieved=st.none() | PERIODS,
    language=st.sampled_from(["", "en", "fr"]),
    text=st.text(max_size=200),
    body=st.lists(SPANS, max_size=3).map(tuple),
    parts=st.lists(
        st.builds(Part, kind=st.sampled_from(PartKind), text=st.text(max_size=8), span=st.none() | SPANS), max_size=3
    ).map(tuple),
    links=st.lists(
        st.builds(
            Link, url=st.text(max_size=8), text=st.text(max_size=8), span=st.none() | SPANS, rel=st.text(max_size=4)
        ),
        max_size=3,
    ).map(tuple),
    problems=st.lists(
        st.builds(Problem, where=st.text(max_size=8), what=st.text(max_size=8), remedy=st.text(max_size=8)), max_size=3
    ).map(tuple),
)


def keep(*reports: Report) -> Batch:
    rows = tuple(describe_kept(Kept(report=report, input=0, turn=4, digest="x")) for report in reports)
    return Batch(rows=rows, ledger=(replace(LINE, reports=len(rows), done=True),))


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path, write=True) as opened:
        yield opened


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(reports=st.lists(REPORTS, max_size=4))
def test_a_report_comes_back_as_it_was_kept(tmp_path_factory, reports):
    with Store(tmp_path_factory.mktemp("store"), write=True) as store:
        store.add_batch(keep(*reports))
        found = [kept.report for kept in store.list_reports()]
    same = [replace(report, id=other.id) for report, other in zip(found, reports, strict=True)]
    assert same == reports


def test_half_of_a_pair_of_surrogates_is_kept_as_a_mark_of_the_same_length(store):
    store.add_batch(keep(make_report("a\ud800b")))
    assert store.list_reports()[0].report.text == "a\ufffdb"


def test_the_same_text_gets_an_id_of_its_own_within_and_across_batches(store):
    report, other = make_report("same"), replace(make_report("other"), id=ReportId("r-ffffffffffff"))
    store.add_batch(keep(report, other, report))
    store.add_batch(keep(report))
    ids = [kept.report.id for kept in store.list_reports()]
    assert ids == ["r-0123456789ab", "r-ffffffffffff", "r-0123456789ab~2", "r-0123456789ab~3"]
    assert [kept.number for kept in store.list_reports()] == [0, 1, 2, 3]


def test_a_batch_that_fails_leaves_nothing_of_itself(store):
    store.add_batch(keep(make_report("first")))
    broken = Batch(rows=keep(make_report("second")).rows, ledger=(replace(LINE, bytes="many"),))
    with pytest.raises(duckdb.Error):
        store.add_batch(broken)
    assert store.count_reports() == 1
    assert store.read_ledger() == (replace(LINE, reports=1, done=True),)


def test_how_far_an_input_is_read_is_one_line_that_moves_on(store):
    store.add_batch(Batch(ledger=(replace(LINE, records=5),)))
    store.add_batch(Batch(ledger=(replace(LINE, records=9, done=True),)))
    assert store.read_ledger() == (replace(LINE, records=9, done=True),)


def test_reports_are_filtered_by_publisher_language_and_day(store):
    march = Period(start=datetime(2011, 3, 1), end=datetime(2011, 4, 1))
    fourth = Period(start=datetime(2011, 4, 4), end=datetime(2011, 4, 5))
    store.add_batch(
        keep(
            make_report("a", publisher="Skell Herald", language="en", published=march),
            make_report("b", publisher="Le Phare", language="fr", published=fourth),
            make_report("c", publisher="Skell Radio", language="en"),
        )
    )

    def find(**wanted):
        return "".join(kept.report.text for kept in store.list_reports(Filter(**wanted)))

    assert find() == "abc"
    assert find(publisher="skell") == "ac"
    assert find(language="FR") == "b"
    assert find(since="2011-03-31") == "ab"
    assert find(since="2011-04-01") == "b"
    assert find(until="2011-04-04") == "ab"
    assert find(until="2011-04-03") == "a"
    assert find(publisher="' OR true --") == ""


def test_a_report_is_found_by_the_beginning_of_its_id(store):
    store.add_batch(keep(make_report("a"), make_report("b")))
    assert len(store.find_id("r-0123")) == 2
    assert [kept.report.text for kept in store.find_id("r-0123456789ab")] == ["a"]
    assert store.find_id("r-%") == ()
    assert store.find_id("") == ()


def test_a_folder_without_an_archive_says_how_to_make_one(tmp_path):
    with pytest.raises(InputError, match="firsthand archive build"):
        Store(tmp_path)


def test_a_file_that_is_no_archive_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "archive.duckdb").write_bytes(b"nothing of the kind" * 99)
    with pytest.raises(InputError, match="no archive that can be opened"):
        Store(tmp_path)


def test_an_archive_of_another_form_is_refused(tmp_path):
    with Store(tmp_path, write=True):
        pass
    with duckdb.connect(str(tmp_path / "archive.duckdb")) as connection:
        connection.execute("UPDATE facts SET value = '99'")
    with pytest.raises(InputError, match="build it anew"):
        Store(tmp_path)


def test_a_parquet_file_of_long_reports_holds_fewer(store, tmp_path, monkeypatch):
    monkeypatch.setattr(parquet_module, "LETTERS", 1)
    store.add_batch(keep(*(make_report(f"text {number}") for number in range(3))))
    assert [path.name for path in write_parquet(store, tmp_path)] == [
        "000000000-000000000.parquet",
        "000000001-000000001.parquet",
        "000000002-000000002.parquet",
    ]
    (tmp_path / "reports" / "000000002-000000001.parquet").write_bytes(b"left by a build that was killed")
    assert write_parquet(store, tmp_path) == ()
    assert len(list((tmp_path / "reports").iterdir())) == 3


def test_parquet_files_are_full_or_replaced_by_a_longer_one(store, tmp_path, monkeypatch):
    monkeypatch.setattr(parquet_module, "ROWS", 2)
    store.add_batch(keep(*(make_report(word) for word in "abc")))
    assert [path.name for path in write_parquet(store, tmp_path)] == [
        "000000000-000000001.parquet",
        "000000002-000000002.parquet",
    ]
    assert write_parquet(store, tmp_path) == ()
    store.add_batch(keep(make_report("d")))
    assert [path.name for path in write_parquet(store, tmp_path)] == ["000000002-000000003.parquet"]
    files = sorted(path.name for path in (tmp_path / "reports").iterdir())
    assert files == ["000000000-000000001.parquet", "000000002-000000003.parquet"]
    texts = duckdb.sql(f"SELECT text FROM '{tmp_path}/reports/*.parquet' ORDER BY number").fetchall()
    assert [text for (text,) in texts] == ["a", "b", "c", "d"]
