"""In which reports do these words stand?

The words of titles and bodies, case and accents folded, in SQLite's FTS5. The texts themselves stay in the store: the
index holds no copy, so what is shown of a hit is cut from the report by a second, tiny index in memory.
What a searcher types is words, "a phrase" or begin*; no other sign has a meaning.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self

from firsthand.errors import InputError
from firsthand.model import Report, record

FILE = "words.sqlite"
TOKENS = 'tokenize = "unicode61 remove_diacritics 2"'
OPEN, CLOSE = "\ue000", "\ue001"
# The title weighs twice the body (bm25 weights, in the order of the columns).
BEST = "bm25(words, 2.0, 1.0), rowid"
TERM = re.compile(r'"([^"]*)"(\*)?|([^\s"]+)')
LENGTH = 24


@record
class Hit:
    """A report that has the words. `pieces`: words around the best place, each with whether it was searched for."""

    number: int
    pieces: tuple[tuple[str, bool], ...]


class WordIndex:
    """The index of words of one archive. Use as a context."""

    def __init__(self, folder: Path, *, write: bool = False) -> None:
        """Open the index in `folder`, making it where `write` is set. Raises InputError."""
        self._place = place = folder / FILE
        if not write and not place.is_file():
            raise InputError(f"{folder}: there is no index of words; run firsthand archive build again to finish it")
        self._connection = sqlite3.connect(place if write else f"{place.resolve().as_uri()}?mode=ro", uri=not write)
        if write:
            self._connection.execute("PRAGMA synchronous = NORMAL")
            columns = f"title, body, content = '', {TOKENS}"
            self._connection.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5({columns})")
            self._connection.execute("CREATE TABLE IF NOT EXISTS reached (number INTEGER)")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def count_reports(self) -> int:
        """Return how many reports are in the index: those numbered below."""
        found = self._connection.execute("SELECT max(number) FROM reached").fetchone()
        return int(found[0] or 0)

    def add_reports(self, reports: Iterable[tuple[int, Report]]) -> None:
        """Add reports by their numbers, all or none."""
        with self._connection:
            after = self.count_reports()
            for number, report in reports:
                row = (number, report.title, read_body(report))
                self._connection.execute("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", row)
                after = number + 1
            self._connection.execute("DELETE FROM reached")
            self._connection.execute("INSERT INTO reached VALUES (?)", (after,))

    def find_words(self, words: str) -> list[int]:
        """Return the numbers of the reports that have all the words, best first. Raises InputError."""
        query = write_query(words)
        try:
            rows = self._connection.execute(f"SELECT rowid FROM words WHERE words MATCH ? ORDER BY {BEST}", (query,))
            return [row[0] for row in rows]
        except sqlite3.DatabaseError as error:
            remedy = f"delete {self._place} and run firsthand archive build again"
            raise InputError(f"{self._place}: the index of words is damaged ({error}); {remedy}") from error


def read_body(report: Report) -> str:
    """Return what of a report's text is the report itself."""
    return "\n".join(report.text[first:after] for first, after in report.body)


def cut_snippets(words: str, reports: Sequence[tuple[int, Report]]) -> tuple[Hit, ...]:
    """Return for each report the words around the best place, those searched for marked."""
    query = write_query(words)
    snippet = f"snippet(words, -1, '{OPEN}', '{CLOSE}', '…', {LENGTH})"
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE VIRTUAL TABLE words USING fts5(title, body, {TOKENS})")
        for number, report in reports:
            row = (number, _drop_marks(report.title), _drop_marks(read_body(report)))
            connection.execute("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", row)
        shown = dict(connection.execute(f"SELECT rowid, {snippet} FROM words WHERE words MATCH ?", (query,)).fetchall())
    return tuple(Hit(number=number, pieces=_split_marks(shown.get(number, ""))) for number, _ in reports)


def write_query(words: str) -> str:
    """Return what FTS5 is asked for words as typed: every term quoted, so that nothing in them is syntax.

    Raises InputError where there is no word to look for.
    """
    terms = []
    for match in TERM.finditer(words.replace("\0", " ")):
        term = match[1] if match[3] is None else match[3]
        begins = bool(match[2]) if match[3] is None else term.endswith("*")
        if any(letter.isalnum() for letter in term):
            terms.append('"' + term.replace('"', '""') + '"' + ("*" if begins else ""))
    if not terms:
        raise InputError(f"'{words.strip()}' has no word to search for; type words, \"a phrase\" or begin*")
    return " ".join(terms)


def _drop_marks(text: str) -> str:
    return text.replace(OPEN, " ").replace(CLOSE, " ")


def _split_marks(snippet: str) -> tuple[tuple[str, bool], ...]:
    pieces: list[tuple[str, bool]] = []
    for index, piece in enumerate(re.split(f"[{OPEN}{CLOSE}]", snippet)):
        if piece:
            pieces.append((piece, index % 2 == 1))
    return tuple(pieces)
