"""Do DuckDB and Spark find the same rows, whatever the archive holds?"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pytest

from firsthand.store import Store, passages, spark
from firsthand.store.passage_store import PassageStore
from firsthand.store.spark import SparkStore, pair_on_spark
from firsthand.store.spark_session import open_session

DAY, YEAR = 86_400, 1_577_836_800
COMMON = -7_777_777_777_777
# So small that what everybody holds is split even here, and nothing is sent to all workers whole.
SMALL = {
    "spark.sql.shuffle.partitions": "16",
    "spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes": "10KB",
    "spark.sql.adaptive.advisoryPartitionSizeInBytes": "5KB",
    "spark.sql.files.maxPartitionBytes": "5KB",
    "spark.sql.files.openCostInBytes": "0",
    "spark.sql.autoBroadcastJoinThreshold": "-1",
    "spark.sql.adaptive.autoBroadcastJoinThreshold": "-1",
}


class Stories:
    """Reports by number: (id, publisher, moment), and who holds which fingerprint."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self.traced: list[tuple[str, str, int | None]] = []
        self.prints: list[tuple[int, int]] = []

    def add(self, hashes: list[int], publisher: str = "", moment: int | None = None) -> None:
        """Add a report that holds these fingerprints."""
        number = len(self.traced)
        self.traced.append((f"r-{self._chance.getrandbits(48):012x}", publisher, moment))
        self.prints += [(one, number) for one in sorted(set(hashes))]

    def draw(self, count: int) -> list[int]:
        """Return fingerprints that nobody holds yet, of both signs."""
        return [self._chance.getrandbits(64) - 2**63 for _ in range(count)]

    def draw_moment(self) -> int | None:
        """Return one of few days, so that many reports are of the same moment, or none."""
        return self._chance.choice([None, *(YEAR + day * DAY for day in range(30))])


def write_stories(seed: int, count: int) -> Stories:
    """Make reports that copy each other, quote a wire, print a template, and all hold one fingerprint."""
    stories, chance = Stories(seed), random.Random(seed)
    names = ["", "Skell Wire", "The Lantern", "Ärla Post", "Fjord Daily", "Zeitung für Alle", "新しい港"]
    template, wire = stories.draw(12), stories.draw(25)
    told: list[list[int]] = []
    for number in range(count):
        own = stories.draw(chance.randint(0, 20))
        if told and chance.random() < 0.5:
            for parent in chance.sample(told, min(len(told), 2)):
                own += chance.sample(parent, chance.randint(0, len(parent)))
        told.append(own)
        extra = [COMMON] + (wire if number % 3 == 0 else [])
        publisher = chance.choice(names)
        if number % 4 == 0:
            publisher = "Isle Gazette"
            extra += template
        stories.add(own + extra, publisher, stories.draw_moment())
    return stories


def keep_stories(folder: Path, stories: Stories) -> Path:
    """Make an archive whose reports have these fingerprints; what they are made of is left out."""
    folder.mkdir()
    with Store(folder, write=True):
        pass
    with PassageStore(folder) as store:
        ids, publishers, moments = zip(*stories.traced, strict=True)
        hashes, reports = zip(*stories.prints, strict=True) if stories.prints else ((), ())
        facts = {
            "report": np.arange(len(ids), dtype=np.int32),
            "id": np.array(ids, object),
            "publisher": np.array(publishers, object),
            "moment": np.array([moment or 0 for moment in moments], np.int64),
            "undated": np.array([moment is None for moment in moments]),
        }
        prints = {"hash": np.array(hashes, np.int64), "report": np.array(reports, np.int32)}
        connection = store._connection
        connection.execute("INSERT INTO fingerprints SELECT hash, report FROM prints")
        connection.execute(
            "INSERT INTO traced SELECT report, id, publisher, if(undated, NULL, moment), 0, 0 FROM facts"
        )
        del facts, prints
    return folder


def read_rows(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """Return the names of the columns and all rows in order."""
    found = connection.execute(f"SELECT * FROM ({query}) ORDER BY ALL")
    return [column[0] for column in found.description], found.fetchall()


def name_steps(some: bool, since: int) -> list[tuple[str, str]]:
    """Return the tables in the order they are made, each with its SQL."""
    first = [("renewed", passages.find_renewed_sql(since)), ("wanted", passages.find_hashes_sql())] if some else []
    return [
        ("ranked", passages.rank_reports_sql()),
        *first,
        ("firsts", passages.find_firsts_sql(0, 1, some=some)),
        ("held", passages.hold_hashes_sql(0, 1)),
        ("templates", passages.find_templates_sql()),
        ("parts", passages.pair_holders_sql(some=some)),
        ("pairs", passages.sum_pairs_sql()),
    ]


@pytest.fixture(scope="module")
def session(cluster, tmp_path_factory) -> Iterator[object]:
    log = tmp_path_factory.mktemp("log") / "spark.log"
    with open_session(cluster.master, log, {"spark.sql.shuffle.partitions": "2"}) as opened:
        yield opened


def compare_tables(session, folder: Path, since: int) -> dict[str, int]:
    """See that every table is the same on both, and return how many rows each has."""
    store = SparkStore(folder, "local")
    with store:
        store.rank_reports()
        store._export_tables()
        place = store._exchange
        found = pair_on_spark(session, f"file://{place}", since)
        store._copy("SELECT * FROM traced", "traced.parquet")
        session.read.parquet(f"file://{place}/traced.parquet").createOrReplaceTempView("traced")
        sizes = {}
        for name, query in name_steps(since > 0, since):
            store._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")
            columns, rows = read_rows(store._connection, f"SELECT * FROM {name}")
            made = session.sql(passages.rank_reports_sql()) if name == "ranked" else session.table(name)
            assert made.columns == columns, name
            assert sorted(map(tuple, made.collect()), key=order_row) == sorted(rows, key=order_row), name
            sizes[name] = len(rows)
        assert found == sizes["pairs"]
        return sizes


def order_row(row: tuple[object, ...]) -> tuple[tuple[bool, object], ...]:
    return tuple((value is None, 0 if value is None else value) for value in row)


@pytest.mark.parametrize(("seed", "since"), [(0, 0), (1, 150)])
def test_every_table_is_the_same_row_for_row(session, tmp_path, seed, since):
    sizes = compare_tables(session, keep_stories(tmp_path / "archive", write_stories(seed, 200)), since)
    assert all(sizes.values()), sizes


def test_where_nothing_is_shared_both_find_nothing(session, tmp_path):
    stories = Stories(3)
    for _ in range(5):
        stories.add(stories.draw(4))
    sizes = compare_tables(session, keep_stories(tmp_path / "archive", stories), 0)
    assert sizes == {"ranked": 5, "firsts": 0, "held": 0, "templates": 0, "parts": 0, "pairs": 0}


def test_reports_without_a_fingerprint_make_no_pair(session, tmp_path):
    stories = Stories(4)
    stories.add([])
    stories.add([])
    assert compare_tables(session, keep_stories(tmp_path / "archive", stories), 1)["pairs"] == 0


def test_what_everybody_holds_is_split_between_tasks_and_makes_one_pair_each(session, tmp_path, monkeypatch):
    monkeypatch.setattr(spark, "ROW_GROUP", 2048)
    stories, count = Stories(5), 3 * passages.MANY
    for number in range(count):
        stories.add([COMMON, *stories.draw(1)], f"Outlet {number % 40}", YEAR + number)
    folder = keep_stories(tmp_path / "archive", stories)
    for name, value in SMALL.items():
        session.conf.set(name, value)
    assert compare_tables(session, folder, 0)["pairs"] == count - 1
    held = session.sql(passages.hold_hashes_sql(0, 1))
    held.collect()
    assert "skew=true" in held._jdf.queryExecution().executedPlan().toString()
    for name in SMALL:
        session.conf.unset(name)
    sizes = compare_tables(session, folder, count - 10)
    assert (sizes["renewed"], sizes["pairs"]) == (10, 10)
