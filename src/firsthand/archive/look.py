"""What does an archive hold, and where do these words stand in it?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from firsthand.errors import InputError
from firsthand.model import Problem, record
from firsthand.reading.warc_pages import explain_lost
from firsthand.store import Filter, Hit, Kept, Ledger, Revisit, Store, WordIndex
from firsthand.store.index import cut_snippets


@record
class Listed:
    """Reports of an archive: `total` pass the filter, these are shown. `lost`: what gave no report at all."""

    total: int
    reports: tuple[Kept, ...]
    inputs: tuple[Ledger, ...]
    lost: tuple[Problem, ...]
    noted: int


@record
class Shown:
    """One report, the file it came from, and when and where it was met again unchanged."""

    kept: Kept
    source: Ledger
    again: tuple[Revisit, ...] = ()


@record
class Found:
    """What a search found: `total` reports have the words, these are the best, each with the words around them.

    `missing`: reports that are not in the index yet, because a build was stopped.
    """

    total: int
    reports: tuple[Kept, ...]
    hits: tuple[Hit, ...]
    missing: int = 0


def make_filter(
    publisher: str = "", language: str = "", since: date | None = None, until: date | None = None
) -> Filter:
    """Return a filter; the days are included."""
    return Filter(
        publisher=publisher,
        language=language,
        since=since.isoformat() if since else "",
        until=until.isoformat() if until else "",
    )


def list_archive(folder: str | Path, wanted: Filter | None = None, *, limit: int = 50, start: int = 0) -> Listed:
    """Return what an archive holds, in the order it was read, the first `limit` after `start`. Raises InputError."""
    with Store(Path(folder)) as store:
        return Listed(
            total=store.count_reports(wanted),
            reports=store.list_reports(wanted, limit, start),
            inputs=store.read_ledger(),
            lost=(*(problem for _, _, problem in store.read_problems()), *map(_explain_lost, store.read_revisits())),
            noted=store.count_problems()[1],
        )


def show_report(folder: str | Path, name: str) -> Shown:
    """Return the report with an id, or the only one whose id begins so. Raises InputError."""
    with Store(Path(folder)) as store:
        found = store.find_id(name)
        if len(found) != 1:
            raise InputError(_explain_none(folder, name, found))
        again = store.read_revisits(found[0].number)
        return Shown(kept=found[0], source=store.read_input(found[0].input), again=again)


def search_archive(folder: str | Path, words: str, wanted: Filter | None = None, *, limit: int = 20) -> Found:
    """Return the reports that have all the words in title or body, best first, at most `limit`. Raises InputError."""
    place = Path(folder)
    with Store(place) as store, WordIndex(place) as index:
        numbers: Sequence[int] = index.find_words(words)
        if wanted is not None and wanted != Filter():
            numbers = store.keep_wanted(numbers, wanted)
        best = store.read_numbers(numbers[:limit])
        missing = store.count_reports() - index.count_reports()
    hits = cut_snippets(words, [(kept.number, kept.report) for kept in best])
    return Found(total=len(numbers), reports=best, hits=hits, missing=missing)


def _explain_lost(revisit: Revisit) -> Problem:
    return Problem(where=revisit.path, what=explain_lost(revisit.of_address))


def _explain_none(folder: str | Path, name: str, found: Sequence[Kept]) -> str:
    if not found:
        return f"{folder}: there is no report '{name}' in this archive; firsthand archive list {folder} shows their ids"
    some = ", ".join(kept.report.id for kept in found[:3])
    return f"{folder}: several reports begin with '{name}' ({some}); give more of the id"
