"""How is an archive opened, added to and asked?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb

from firsthand.errors import InputError
from firsthand.model import Problem, record
from firsthand.store import tables
from firsthand.store.rows import Kept, Revisit, restore_kept

FILE = "archive.duckdb"
# What DuckDB may take as a rule, and while it writes a table out: then it holds 2,048 whole reports at once, which may
# be as long as books.
MEMORY, MOST_MEMORY = "256MB", "1000MB"
FULL_LOG = 16 << 20
AT_ONCE, LENGTHS = 200, 10_000


@record
class Ledger:
    """How far one input file is read, in records of a web archive; any other file is one. `digest`: its SHA-256.

    `reports`: what it gave so far; `skipped`: records that are no report.
    """

    number: int
    path: str
    digest: str
    bytes: int
    records: int = 0
    reports: int = 0
    skipped: int = 0
    done: bool = False


@record
class Batch:
    """What is written at once, or not at all. `rows`: reports as `describe_kept` gives them."""

    rows: tuple[str, ...] = ()
    problems: tuple[tuple[int, int, Problem], ...] = ()
    ledger: tuple[Ledger, ...] = ()
    revisits: tuple[Revisit, ...] = ()


@record
class Filter:
    """Which reports are wanted; an empty text means any. Days as 2011-04-08, both included."""

    publisher: str = ""
    language: str = ""
    since: str = ""
    until: str = ""


class Store:
    """The tables of one archive. Use as a context; one writer at a time."""

    def __init__(self, folder: Path, *, write: bool = False) -> None:
        """Open the archive in `folder`, making it where `write` is set. Raises InputError."""
        place = folder / FILE
        if not write and not place.is_file():
            raise InputError(
                f"{folder}: there is no archive here; make one with: firsthand archive build {folder} PATH"
            )
        self._place, self._write = place, write
        self._connection = _connect(place, write)
        self._connection.execute(f"SET memory_limit = '{MEMORY}'")
        if write:
            for name in tables.TABLES:
                self._connection.execute(tables.create_table_sql(name))
        self._check_schema(folder, write)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Write everything out and let the file go."""
        try:
            if self._write:
                self._write_out()
        finally:
            self._connection.close()

    def add_batch(self, batch: Batch) -> None:
        """Write a batch as one transaction: killed on the way, nothing of it is there."""
        self._connection.begin()
        try:
            if batch.rows:
                self._connection.execute(tables.insert_reports_sql(), [f"[{','.join(batch.rows)}]"])
            for number, turn, one in batch.problems:
                told = [number, turn, one.where, one.what, one.remedy]
                self._connection.execute(tables.insert_problem_sql(), told)
            for again in batch.revisits:
                told = [getattr(again, name) for name in tables.REVISITS]
                self._connection.execute(tables.insert_revisit_sql(), told)
            for line in batch.ledger:
                self._connection.execute("DELETE FROM inputs WHERE number = $1", [line.number])
                told = [line.number, line.path, line.digest, line.bytes]
                told += [line.records, line.reports, line.skipped, line.done]
                self._connection.execute(tables.insert_input_sql(), told)
        except BaseException:
            self._connection.rollback()
            raise
        self._connection.commit()
        log = self._place.with_name(f"{FILE}.wal")
        if log.is_file() and log.stat().st_size > FULL_LOG:
            self._write_out()

    def read_ledger(self) -> tuple[Ledger, ...]:
        """Return every input ever begun, in order."""
        names = ", ".join(f'"{name}"' for name in tables.INPUTS)
        rows = self._connection.execute(f"SELECT {names} FROM inputs ORDER BY number").fetchall()
        return tuple(Ledger(**dict(zip(tables.INPUTS, row, strict=True))) for row in rows)

    def read_input(self, number: int) -> Ledger:
        """Return one input."""
        return next(line for line in self.read_ledger() if line.number == number)

    def read_problems(self) -> tuple[tuple[int, int, Problem], ...]:
        """Return what gave no report: input, number of the record, problem, in the order it was met."""
        names = '"input", turn, "where", what, remedy'
        rows = self._connection.execute(f"SELECT {names} FROM problems ORDER BY rowid").fetchall()
        return tuple((row[0], row[1], Problem(where=row[2], what=row[3], remedy=row[4])) for row in rows)

    def read_revisits(self, report: int | None = None) -> tuple[Revisit, ...]:
        """Return the revisits that point to a report, or, without one, those whose page is not in the archive."""
        condition = "report IS NULL" if report is None else f"report = {report:d}"
        rows = self._connection.execute(tables.select_revisits_sql(condition)).fetchall()
        names = [*tables.REVISITS, "report"]
        return tuple(Revisit(**dict(zip(names, row, strict=True))) for row in rows)

    def count_reports(self, wanted: Filter | None = None) -> int:
        """Return how many reports there are, or how many pass a filter."""
        condition, values = _write_condition(wanted)
        found = self._connection.execute(f"SELECT count(*) FROM reports WHERE {condition}", values).fetchone()
        return int(found[0]) if found else 0

    def count_problems(self) -> tuple[int, int]:
        """Return how many items gave no report, and how many notes there are on those that did."""
        found = self._connection.execute(tables.count_problems_sql()).fetchone()
        return (int(found[0]), int(found[1])) if found else (0, 0)

    def list_reports(self, wanted: Filter | None = None, limit: int = 50, start: int = 0) -> tuple[Kept, ...]:
        """Return reports that pass a filter, in their order."""
        condition, values = _write_condition(wanted)
        numbers = self._connection.execute(
            f"SELECT number FROM reports WHERE {condition} ORDER BY number LIMIT {limit:d} OFFSET {start:d}", values
        ).fetchall()
        return self.read_numbers([row[0] for row in numbers])

    def read_numbers(self, numbers: Sequence[int]) -> tuple[Kept, ...]:
        """Return the reports with these numbers, in the order asked."""
        condition = f"number IN ({', '.join(str(int(number)) for number in numbers)})" if numbers else "false"
        found = {kept.number: kept for kept in self._select(condition, [])}
        return tuple(found[number] for number in numbers if number in found)

    def keep_wanted(self, numbers: Sequence[int], wanted: Filter) -> list[int]:
        """Return those of `numbers` whose reports pass a filter, in the order given."""
        condition, values = _write_condition(wanted)
        rows = self._connection.execute(f"SELECT number FROM reports WHERE {condition}", values).fetchall()
        passing = {row[0] for row in rows}
        return [number for number in numbers if number in passing]

    def find_id(self, name: str, limit: int = 10) -> tuple[Kept, ...]:
        """Return the report with this id, or those whose ids begin so, at most `limit`."""
        exact = self._select("id = $1", [name])
        if exact or not name:
            return exact
        return self._select(f"starts_with(id, $1) AND number IN {_first_sql('starts_with(id, $1)', limit)}", [name])

    def read_from(self, start: int) -> Iterator[tuple[Kept, ...]]:
        """Yield the reports numbered `start` and on, some at a time."""
        last = self.count_reports()
        for first in range(start, last, AT_ONCE):
            yield self._select(f"number >= {first} AND number < {first + AT_ONCE}", [])

    def read_lengths(self, start: int) -> Iterator[tuple[int, int]]:
        """Yield the number and the letters of each report numbered `start` and on."""
        last = self.count_reports()
        for first in range(start, last, LENGTHS):
            condition = f"number >= {first} AND number < {first + LENGTHS}"
            yield from self._connection.execute(
                f"SELECT number, letters FROM reports WHERE {condition} ORDER BY number"
            ).fetchall()

    def copy_parquet(self, place: Path, first: int, after: int) -> None:
        """Write the reports numbered from `first` and before `after` to a Parquet file."""
        with self._make_room():
            self._connection.execute(tables.copy_parquet_sql(str(place)), [first, after])

    def _write_out(self) -> None:
        """Bring what stands in the log of transactions into the tables."""
        with self._make_room():
            self._connection.execute("CHECKPOINT")

    @contextmanager
    def _make_room(self) -> Iterator[None]:
        self._connection.execute(f"SET memory_limit = '{MOST_MEMORY}'")
        yield
        self._connection.execute(f"SET memory_limit = '{MEMORY}'")

    def _select(self, condition: str, values: list[object]) -> tuple[Kept, ...]:
        rows = self._connection.execute(tables.select_reports_sql(condition), values).fetchall()
        return tuple(restore_kept(list(tables.REPORTS), row) for row in rows)

    def _check_schema(self, folder: Path, write: bool) -> None:
        found = self._connection.execute("SELECT value FROM facts WHERE name = 'schema'").fetchone()
        if found is None and write:
            self._connection.execute("INSERT INTO facts VALUES ('schema', $1)", [str(tables.SCHEMA)])
        elif found is None or found[0] != str(tables.SCHEMA):
            self.close()
            raise InputError(f"{folder}: this archive has another form than this firsthand reads; build it anew")


@contextmanager
def explain_errors(folder: Path) -> Iterator[None]:
    """Turn what the disk refuses (full, read-only, damaged files) into a sentence. Raises InputError."""
    try:
        yield
    except (
        duckdb.IOException,
        duckdb.OutOfMemoryException,
        duckdb.FatalException,
        sqlite3.DatabaseError,
        OSError,
    ) as error:
        reason = " ".join(str(error).split())[:200]
        remedy = "nothing kept so far is lost: make room, or make the folder writable, and start again"
        raise InputError(f"{folder}: the archive cannot be written ({reason}); {remedy}") from error


def _first_sql(condition: str, limit: int) -> str:
    return f"(SELECT number FROM reports WHERE {condition} ORDER BY number LIMIT {limit:d})"


def _write_condition(wanted: Filter | None) -> tuple[str, list[object]]:
    if wanted is None:
        return "true", []
    return tables.filter_reports_sql(), [wanted.publisher, wanted.language, wanted.since, wanted.until]


def _connect(place: Path, write: bool) -> duckdb.DuckDBPyConnection:
    """Open the file with bounded memory, and without reach to the network or other files' extensions."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MOST_MEMORY,
        # It is done where there is room for it, not in the midst of things.
        "wal_autocheckpoint": "1TB",
        "threads": 1,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "temp_directory": str(place.parent / "temporary"),
    }
    try:
        connection = duckdb.connect(str(place), read_only=not write, config=settings)
        # It would stand on standard output, among the data.
        connection.execute("SET enable_progress_bar = false")
        return connection
    except duckdb.IOException as error:
        if "lock" in str(error):
            raise InputError(f"{place}: another firsthand is writing this archive; wait until it is done") from error
        raise InputError(f"{place}: this is no archive that can be opened; build it anew elsewhere") from error
