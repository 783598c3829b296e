"""How are the pairs of an archive found on many machines?

By the SQL of `passages`, run on Spark: fingerprints and ranks go there as Parquet, pairs come back as Parquet, row for
row those that DuckDB finds. Workers need Spark and the folder, nothing of ours: no Python runs on them.

The skew rule, for a fingerprint that very many hold: it makes as many pairs as it has holders, never their square,
since each is paired with the first alone; counts and minima are taken where the rows are read, before any are sent;
and where rows must be sent by fingerprint or by report, a share far above the others is split between tasks.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from firsthand.errors import InputError
from firsthand.store import passages
from firsthand.store.passage_store import MEMORY, PassageStore
from firsthand.store.spark_session import check_spark, open_session

if TYPE_CHECKING:
    from pyspark.sql import DataFrameReader, SparkSession

FOLDER, LOG = "passages.spark", "spark.log"
# Rows of fingerprints in one folder of the exchange, and in one task.
FOLDER_ROWS, TASK_ROWS = 32_000_000, 2_000_000
# What lies in one group of rows is read by one task, so groups are small: what is split is split between these.
ROW_GROUP = 122_880
FEWEST_TASKS, MOST_TASKS = 2, 20_000


class SparkStore(PassageStore):
    """The fingerprints of one archive, whose pairs are found by Spark. The rows are those of a PassageStore."""

    by_sql = True

    def __init__(self, folder: Path, master: str, threads: int = 1, memory: str = MEMORY) -> None:
        """Open what is kept of the archive in `folder`; `master` is where Spark is. Raises InputError."""
        check_spark(master)
        super().__init__(folder, threads, memory)
        self._master, self._exchange = master, folder.resolve() / FOLDER

    def pair_reports(self, since: int) -> None:
        """Find the candidates of reports from number `since` on and of those they touch, all or none."""
        rows = self._export_tables()
        tasks = str(min(MOST_TASKS, max(FEWEST_TASKS, rows // TASK_ROWS)))
        settings = {"spark.sql.shuffle.partitions": tasks}
        with open_session(self._master, self._exchange / LOG, settings) as session:
            found = pair_on_spark(session, f"file://{self._exchange}", since)
        self._import_pairs(found, since)
        shutil.rmtree(self._exchange)

    def _export_tables(self) -> int:
        """Write what Spark needs; return how many fingerprints there are."""
        shutil.rmtree(self._exchange, ignore_errors=True)
        (self._exchange / "fingerprints").mkdir(parents=True)
        rows = self._count("SELECT count(*) FROM fingerprints")
        folders = 1 << max(0, (rows // FOLDER_ROWS).bit_length())
        self._copy(f"SELECT *, hash & {folders - 1:d} AS part FROM fingerprints", "fingerprints", "PARTITION_BY (part)")
        (self._exchange / "ranked").mkdir()
        self._copy("SELECT * FROM ranked", "ranked/all.parquet")
        return rows

    def _copy(self, query: str, name: str, how: str = "OVERWRITE_OR_IGNORE") -> None:
        settings = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP}, {how}"
        self._connection.execute(f"COPY ({query}) TO {_quote(self._exchange / name)} ({settings})")

    def _import_pairs(self, found: int, since: int) -> None:
        """Put pairs in the place of those found before. Raises InputError where not all have come."""
        self._make("renewed", self._read("renewed") if since else "SELECT report FROM traced")
        self._make("arrived", self._read("pairs"))
        here = self._count("SELECT count(*) FROM arrived")
        if here != found:
            raise InputError(
                f"{self._exchange}: Spark wrote {found:,} pairs and {here:,} are here; "
                "the archive must lie in a folder that all workers share"
            )
        self._replace_pairs(f"SELECT {', '.join(passages.PAIRS)} FROM arrived")

    def _read(self, name: str) -> str:
        places = ", ".join(_quote(place) for place in sorted((self._exchange / name).glob("*.parquet")))
        return f"SELECT * FROM read_parquet([{places}])"


def pair_on_spark(session: SparkSession, place: str, since: int = 0) -> int:
    """Find pairs from `fingerprints` and `ranked` at `place` and write them there; return how many there are.

    `place` is an address that session and workers can read and write (file:, hdfs:, s3a:). With `since`, only pairs
    of reports from that number on and of those they touch, whose numbers are written too, as `renewed`.
    """
    some = since > 0
    columns = ", ".join(f"{name} {kind}" for name, kind in passages.FINGERPRINTS.items())
    _show(session.read.schema(columns), place, "fingerprints")
    _show(session.read, place, "ranked")
    if some:
        _write_table(session, "renewed", passages.find_renewed_sql(since), place)
        session.sql(passages.find_hashes_sql()).createOrReplaceTempView("wanted")
    # Written and read again, so that joining with it is a step of its own: only then Spark splits what is uneven.
    _write_table(session, "firsts", passages.find_firsts_sql(0, 1, some=some), place)
    _write_table(session, "held", passages.hold_hashes_sql(0, 1), place)
    session.sql(passages.find_templates_sql()).createOrReplaceTempView("templates")
    session.sql(passages.pair_holders_sql(some=some)).createOrReplaceTempView("parts")
    return _write_table(session, "pairs", passages.sum_pairs_sql(), place)


def _write_table(session: SparkSession, name: str, query: str, place: str) -> int:
    """Write a table as Parquet, to be read from there, and return its rows as counted by those who wrote them."""
    from pyspark.sql import Observation
    from pyspark.sql.functions import count, lit

    counted = Observation()
    rows = session.sql(query).observe(counted, count(lit(1)).alias("rows"))
    rows.write.mode("overwrite").parquet(f"{place}/{name}")
    _show(session.read, place, name)
    return int(counted.get["rows"])


def _show(reader: DataFrameReader, place: str, name: str) -> None:
    """Let a folder of Parquet be a table; no letter of its name is a pattern."""
    literal = re.sub(r"[\\{}\[\]*?]", r"\\\g<0>", f"{place}/{name}")
    reader.parquet(literal).createOrReplaceTempView(name)


def _quote(place: Path) -> str:
    return "'" + str(place).replace("'", "''") + "'"
