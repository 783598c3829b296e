"""Where are the fingerprints of an archive's reports kept, and what was found with them?

In a file of its own beside the archive, and fingerprints and the hashes of all words as plain numbers in two more; all
can be deleted and made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, NamedTuple, Self

import duckdb
import numpy as np
from numpy.typing import NDArray

from firsthand.errors import InputError
from firsthand.store import passages
from firsthand.store.store import FILE as ARCHIVE

FILE, WORDS, PRINTS = "passages.duckdb", "words.u32", "prints.u64"
MEMORY = "2GB"
PART_ROWS = 32_000_000
LAID_AT_ONCE = 50_000

Words = NDArray[np.uint32]
Hashes = NDArray[np.uint64]
Columns = Mapping[str, NDArray[Any]]


class Texts(NamedTuple):
    """Reports in UTF-8, with numbers from `first` on; `bodies`: the stretches that count where not all of one does."""

    first: int
    texts: list[bytearray]
    bodies: dict[int, list[list[int]]]


class Marks(NamedTuple):
    """The fingerprints and words of some reports, one after the other, and how many of both each of these has."""

    hashes: Hashes
    words: Words
    prints: NDArray[np.int64]
    lengths: NDArray[np.int64]


class PassageStore:
    """The fingerprints of one archive. Use as a context; one at a time."""

    # Whether pairs are only found by SQL, from the table of fingerprints.
    by_sql = False

    def __init__(self, folder: Path, threads: int = 1, memory: str = MEMORY) -> None:
        """Open what is kept of the archive in `folder`, making it where it is not there. Raises InputError."""
        if not (folder / ARCHIVE).is_file():
            raise InputError(
                f"{folder}: there is no archive here; make one with: firsthand archive build {folder} PATH"
            )
        self._connection = _connect(folder, threads, memory)
        for name, columns in passages.TABLES.items():
            self._connection.execute(passages.create_table_sql(name))
            self._check_columns(folder, name, columns)
        self._words, self._prints = folder / WORDS, folder / PRINTS
        self._cut_file(self._words, 4 * self._count('SELECT coalesce(max("begin" + words), 0) FROM traced'))
        self._cut_file(self._prints, 8 * self._count('SELECT coalesce(max("begin" + prints), 0) FROM printed'))

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

    def read_texts(self, first: int, after: int) -> Texts:
        """Return the texts of the reports numbered from `first` and before `after`."""
        found = self._connection.execute(passages.read_texts_sql(), [first, after]).fetchnumpy()
        order = np.argsort(found["number"])
        rows = self._connection.execute(passages.read_bodies_sql(), [first, after]).fetchall()
        return Texts(first, found["text"][order].tolist(), dict(rows))

    def add_prints(self, first: int, marks: Iterable[Marks]) -> None:
        """Keep the fingerprints of reports from number `first` on, and their words; killed on the way, none is there.

        What is in memory at once is no more than `marks` gives at once.
        """
        with self._words.open("ab") as words, self._prints.open("ab") as prints:
            begins = words.tell() // 4, prints.tell() // 8
            counts = [_write_marks(one, words, prints) for one in marks]
        many, printed = (np.concatenate(column) for column in zip(*counts, strict=True))
        rows = {"report": np.arange(first, first + len(many)), "words": many, "prints": printed}
        rows["begin"] = begins[0] + np.cumsum(many) - many
        rows["place"] = begins[1] + np.cumsum(printed) - printed
        self._connection.begin()
        self._connection.execute(passages.insert_traced_sql(first, first + len(many)))
        self._connection.execute("INSERT INTO printed SELECT report, place, prints FROM rows")
        self._connection.commit()
        del rows

    def rank_reports(self) -> None:
        """Put all reports in order; needed before anything below."""
        self._make("ranked", passages.rank_reports_sql())

    def read_ranked(self) -> Columns:
        """Return rank, publisher as a number, and moment of every report, by its number, as columns."""
        return self._connection.execute(
            "SELECT report, rank, publisher, moment FROM ranked ORDER BY report"
        ).fetchnumpy()

    def map_prints(self) -> tuple[Hashes, NDArray[np.int64]]:
        """Return the fingerprints of all reports, left on the disk, and where those of each begin (reports + 1,)."""
        rows = self._connection.execute("SELECT prints FROM printed ORDER BY report").fetchnumpy()
        begins = np.append(0, np.cumsum(rows["prints"], dtype=np.int64))
        return _map_file(self._prints, np.dtype(np.uint64))[: begins[-1]], begins

    def keep_pairs(self, pairs: Columns, renewed: NDArray[np.bool_]) -> None:
        """Put pairs in the place of those that the reports which are `renewed` have had, all or none."""
        numbers = {"report": np.flatnonzero(renewed)}
        self._connection.execute("CREATE OR REPLACE TEMP TABLE renewed AS SELECT report FROM numbers")
        self._replace_pairs(f"SELECT {', '.join(passages.PAIRS)} FROM pairs_found", dict(pairs))
        del numbers

    def lay_prints(self) -> None:
        """Bring the table of fingerprints up to their file; needed before pairs are found by SQL."""
        laid = self._count("SELECT coalesce(max(report) + 1, 0) FROM fingerprints")
        hashes, begins = self.map_prints()
        for first in range(laid, len(begins) - 1, LAID_AT_ONCE):
            after = min(first + LAID_AT_ONCE, len(begins) - 1)
            numbers = np.repeat(np.arange(first, after, dtype=np.int32), np.diff(begins[first : after + 1]))
            prints = {"hash": hashes[begins[first] : begins[after]].view(np.int64), "report": numbers}
            self._connection.execute("INSERT INTO fingerprints SELECT hash, report FROM prints")
            del prints

    def pair_reports(self, since: int) -> None:
        """Find the candidates of reports from number `since` on and of those they touch by SQL, all or none."""
        some = since > 0
        parts = self._count_parts()
        self._make("renewed", passages.find_renewed_sql(since) if some else "SELECT report FROM traced")
        if some:
            self._make("wanted", passages.find_hashes_sql())
        self._make("parts", "SELECT 0 AS child, 0 AS parent, 0 AS shared, 0 AS weight, 0 AS holders WHERE false")
        for part in range(parts):
            self._make("firsts", passages.find_firsts_sql(part, parts, some=some))
            self._make("held", passages.hold_hashes_sql(part, parts))
            self._make("templates", passages.find_templates_sql())
            self._connection.execute(f"INSERT INTO parts {passages.pair_holders_sql(some=some)}")
        for name in ("held", "firsts", "templates"):
            self._connection.execute(f"DROP TABLE {name}")
        self._replace_pairs(passages.sum_pairs_sql())

    def _replace_pairs(self, query: str, pairs_found: Columns | None = None) -> None:
        """Put what is asked for in the place of the pairs of reports in the table `renewed`."""
        self._connection.begin()
        self._connection.execute(passages.drop_pairs_sql())
        self._connection.execute(f"INSERT INTO pairs {query}")
        self._connection.execute("DELETE FROM reached WHERE name = 'paired'")
        self._connection.execute("INSERT INTO reached SELECT 'paired', count(*) FROM traced")
        self._connection.commit()
        del pairs_found

    def read_unread(self) -> Columns:
        """Return pairs still to be laid side by side, as columns: numbers of both, where the words of each stand."""
        return self._connection.execute(passages.find_unread_sql()).fetchnumpy()

    def map_words(self) -> Words:
        """Return the hashes of the words of all reports, left on the disk."""
        return _map_file(self._words, np.dtype(np.uint32))

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

    def _check_columns(self, folder: Path, name: str, columns: Mapping[str, str]) -> None:
        """Raise InputError where a table was made by another version of firsthand."""
        found = self._connection.execute(f"PRAGMA table_info('{name}')").fetchall()
        if {column: kind for _, column, kind, *_ in found} != columns:
            self.close()
            raise InputError(
                f"{folder / FILE}: made by another version of firsthand; delete {FILE}, {WORDS} and {PRINTS} there, "
                "and the next trace makes them again"
            )

    def _cut_file(self, place: Path, size: int) -> None:
        """Take from a file of numbers what a killed run wrote there and did not finish."""
        if not place.is_file():
            if size:
                self.close()
                raise InputError(f"{place}: this file is missing; delete {place.with_name(FILE)} too")
            return
        if place.stat().st_size > size:
            with place.open("r+b") as stream:
                stream.truncate(size)


def _write_marks(marks: Marks, words: IO[bytes], prints: IO[bytes]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Write words and fingerprints at the end of their files; return how many of both each report has."""
    words.write(marks.words.data)
    prints.write(marks.hashes.data)
    return marks.lengths, marks.prints


def _map_file(place: Path, kind: np.dtype[Any]) -> NDArray[Any]:
    """Return the numbers in a file, left on the disk."""
    if not place.is_file() or not place.stat().st_size:
        return np.empty(0, kind)
    return np.memmap(place, kind, "r")


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
