"""Where are the fingerprints of an archive's reports kept, and what was found with them?

In a file of its own beside the archive, and the hashes of all words in another; both can be deleted and made again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import duckdb
import numpy as np
from numpy.typing import NDArray

from firsthand.errors import InputError
from firsthand.store import passages
from firsthand.store.store import FILE as ARCHIVE

FILE, WORDS = "passages.duckdb", "words.u32"
MEMORY = "2GB"
PART_ROWS = 32_000_000

Words = NDArray[np.uint32]
Columns = Mapping[str, NDArray[Any]]


class Text(NamedTuple):
    """What of a report its fingerprints are made of. `body`: the stretches that count, None for all of it."""

    report: int
    text: str
    body: list[list[int]] | None


class PassageStore:
    """The fingerprints of one archive. Use as a context; one at a time."""

    def __init__(self, folder: Path, threads: int = 1, memory: str = MEMORY) -> None:
        """Open what is kept of the archive in `folder`, making it where it is not there. Raises InputError."""
        if not (folder / ARCHIVE).is_file():
            raise InputError(
                f"{folder}: there is no archive here; make one with: firsthand archive build {folder} PATH"
            )
        self._connection = _connect(folder, threads, memory)
        for name in passages.TABLES:
            self._connection.execute(passages.create_table_sql(name))
        self._place = folder / WORDS
        self._cut_words()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Write everything out and let the files go."""
        self._connection.close()

    def count_reports(self) -> tuple[int, int, int]:
        """Return how many reports the archive holds, of how many the fingerprints are kept, and how many are paired."""
        kept = self._count("SELECT count(*) FROM kept.reports")
        traced = self._count("SELECT count(*) FROM traced")
        return kept, traced, self._count("SELECT coalesce(max(number), 0) FROM reached WHERE name = 'paired'")

    def read_texts(self, first: int, after: int) -> list[Text]:
        """Return the texts of the reports numbered from `first` and before `after`."""
        rows = self._connection.execute(passages.read_texts_sql(), [first, after]).fetchall()
        return [Text(*row) for row in rows]

    def add_prints(self, texts: Sequence[Text], prints: Columns, words: Words, bounds: NDArray[np.int64]) -> None:
        """Keep the fingerprints of texts, as hash and report, and their words; killed on the way, none is there."""
        begin = self._place.stat().st_size // words.itemsize if self._place.is_file() else 0
        with self._place.open("ab") as stream:
            stream.write(words.tobytes())
        numbers = np.array([text.report for text in texts], np.int32)
        rows = {"report": numbers, "begin": begin + bounds[:-1], "words": np.diff(bounds).astype(np.int32)}
        self._connection.begin()
        self._connection.execute("INSERT INTO fingerprints SELECT hash, report FROM prints")
        self._connection.execute(passages.insert_traced_sql(texts[0].report, texts[-1].report + 1))
        self._connection.commit()
        del prints, rows

    def rank_reports(self) -> None:
        """Put all reports in order; needed before anything below."""
        self._make("ranked", passages.rank_reports_sql())

    def pair_reports(self, since: int) -> None:
        """Find the candidates of reports from number `since` on and of those they touch, all or none."""
        some = since > 0
        parts = self._count_parts()
        self._make("renewed", passages.find_renewed_sql(since) if some else "SELECT report FROM traced")
        if some:
            self._make("wanted", passages.find_hashes_sql())
        self._make("parts", "SELECT 0 AS child, 0 AS parent, 0 AS shared, 0 AS holders WHERE false")
        for part in range(parts):
            self._make("firsts", passages.find_firsts_sql(part, parts, some=some))
            self._make("held", passages.hold_hashes_sql(part, parts))
            self._make("templates", passages.find_templates_sql())
            self._connection.execute(f"INSERT INTO parts {passages.pair_holders_sql(some=some)}")
        for name in ("held", "firsts", "templates"):
            self._connection.execute(f"DROP TABLE {name}")
        self._connection.begin()
        self._connection.execute(passages.drop_pairs_sql())
        self._connection.execute(f"INSERT INTO pairs {passages.sum_pairs_sql()}")
        self._connection.execute("DELETE FROM reached WHERE name = 'paired'")
        self._connection.execute("INSERT INTO reached SELECT 'paired', count(*) FROM traced")
        self._connection.commit()

    def read_unread(self) -> Columns:
        """Return pairs still to be laid side by side, as columns: numbers of both, where the words of each stand."""
        return self._connection.execute(passages.find_unread_sql()).fetchnumpy()

    def map_words(self) -> Words:
        """Return the hashes of the words of all reports, left on the disk."""
        if not self._place.is_file() or not self._place.stat().st_size:
            return np.empty(0, np.uint32)
        return np.memmap(self._place, np.uint32, "r")

    def add_ties(self, ties: Columns) -> None:
        """Keep what was found of pairs: the columns of the table of that name."""
        names = ", ".join(passages.TIES)
        ties_found = dict(ties)
        self._connection.execute(f"INSERT INTO ties SELECT {names} FROM ties_found")
        del ties_found

    def read_ties(self) -> Columns:
        """Return all pairs with what was found of them, as columns."""
        return self._connection.execute(passages.read_ties_sql()).fetchnumpy()

    def read_traced(self) -> Columns:
        """Return the number and rank of every report, and its moment, as columns."""
        return self._connection.execute("SELECT report, rank, moment FROM ranked ORDER BY report").fetchnumpy()

    def list_publishers(self) -> tuple[str, ...]:
        """Return the publishers of the archive, in the order of the alphabet."""
        rows = self._connection.execute("SELECT DISTINCT publisher FROM traced ORDER BY publisher").fetchall()
        return tuple(row[0] for row in rows)

    def _count_parts(self) -> int:
        rows = self._count("SELECT count(*) FROM fingerprints")
        return 1 << max(0, (rows // PART_ROWS).bit_length())

    def _make(self, name: str, query: str) -> None:
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")

    def _count(self, query: str) -> int:
        found = self._connection.execute(query).fetchone()
        return int(found[0]) if found else 0

    def _cut_words(self) -> None:
        """Take from the file of words what a killed run wrote there and did not finish."""
        after = 4 * self._count('SELECT coalesce(max("begin" + words), 0) FROM traced')
        if not self._place.is_file():
            if after:
                self.close()
                raise InputError(f"{self._place}: this file is missing; delete {self._place.with_name(FILE)} too")
            return
        if self._place.stat().st_size > after:
            with self._place.open("r+b") as stream:
                stream.truncate(after)


def _connect(folder: Path, threads: int, memory: str) -> duckdb.DuckDBPyConnection:
    """Open the file beside the archive, which is attached to be read only."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "threads": threads,
        "preserve_insertion_order": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "temp_directory": str(folder / "temporary"),
    }
    archive = str(folder / ARCHIVE).replace("'", "''")
    try:
        connection = duckdb.connect(str(folder / FILE), config=settings)
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"ATTACH '{archive}' AS kept (READ_ONLY)")
    except duckdb.IOException as error:
        if "lock" in str(error):
            raise InputError(f"{folder}: another firsthand is writing this archive; wait until it is done") from error
        raise InputError(f"{folder}: this is no archive that can be opened; build it anew elsewhere") from error
    return connection
