"""How does an archive come to hold what the files say?

Whole batches are written at once together with how far each file is read, so a build that is killed at any moment and
started again with the same files goes on where the last batch ended.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from firsthand.archive.extract import Outcome
from firsthand.archive.fetched import fetch_addresses, find_fetched, split_addresses
from firsthand.archive.progress import Progress, add_progress
from firsthand.archive.units import Unit, cut_units
from firsthand.archive.workers import read_units
from firsthand.errors import InputError
from firsthand.model import Problem, record
from firsthand.reading.gather import STANDARD_INPUT, Found, drop_sidecars, find_files
from firsthand.store import Batch, Ledger, Revisit, Store, WordIndex, explain_errors, write_parquet

if TYPE_CHECKING:
    from firsthand.fetching import Client

BATCH_ROWS = 500
BATCH_BYTES = 8 << 20
BATCH_SECONDS = 5.0


@record
class Built:
    """What a build did: reports and problems it added, files it found done before, and what the archive now holds.

    `skipped`: records that are no report, revisits among them; a revisit whose page is not in the archive is a problem.
    `unfetched`: why addresses on the web could not be fetched.
    """

    added: int
    problems: int
    known: int
    skipped: int
    reports: int
    seconds: float
    unfetched: tuple[str, ...] = ()


def build_archive(
    folder: str | Path,
    paths: Sequence[str],
    *,
    workers: int | None = None,
    tell: Callable[[Progress], None] = lambda _: None,
    client: Client | None = None,
) -> Built:
    """Read files, folders, feeds and web archives into the archive in `folder`, or go on where a build was stopped.

    A path may be an address on the web: it is fetched by `client`, once for each time this is called.

    `workers`: processes that read, one for each core by default, 0 for this one; the rows are the same for any number.
    `tell` is called after every unit. Raises InputError.
    """
    place = Path(folder)
    local, addresses = split_addresses(paths)
    files = _find_inputs(local, place) if local or not addresses else ()
    _make_folder(place)
    with explain_errors(place), Store(place, write=True) as store, WordIndex(place, write=True) as index:
        keep = partial(_keep_batch, store, index)
        keep(Batch())
        lost = len(store.read_revisits())
        unfetched = fetch_addresses(place, addresses, client) if addresses else ()
        files += find_fetched(place)
        units = cut_units(files, store.read_ledger())
        total = sum(_measure_size(found) for found in files)
        built = _read_all(read_units(units, count_cores() if workers is None else workers), total, keep, tell)
        write_parquet(store, place)
        problems = built.problems + max(len(store.read_revisits()) - lost, 0)
        return replace(built, reports=store.count_reports(), problems=problems, unfetched=unfetched)


def count_cores() -> int:
    """Return how many cores this process may use."""
    return max(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, 1)


def _find_inputs(paths: Sequence[str], folder: Path) -> tuple[Found, ...]:
    """Return the files to be read; the archive's own, where it lies in a folder that is named, are none."""
    if STANDARD_INPUT in paths:
        raise InputError("an archive is not built from standard input, which cannot be read twice; name a file")
    own = folder.resolve()
    found = [one for one in drop_sidecars(find_files(paths)) if not one.place.absolute().is_relative_to(own)]
    return tuple(replace(one, path=os.path.normpath(one.path)) for one in found)


def _make_folder(place: Path) -> None:
    """Make the folder of an archive; one that holds anything else is refused."""
    if place.is_dir() and any(place.iterdir()) and not (place / "archive.duckdb").is_file():
        raise InputError(f"{place}: this folder holds other files; name an empty one or an archive")
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{place}: cannot be made a folder ({error.strerror}); name another") from error


def _read_all(
    outcomes: Iterator[tuple[Unit, Outcome]],
    total: int,
    keep: Callable[[Batch], None],
    tell: Callable[[Progress], None],
) -> Built:
    """Read what is left and keep it batch by batch. `total`: bytes of all inputs."""
    began = time.monotonic()
    progress = Progress(total=total)
    known = skipped = 0
    pending = Pending()
    for unit, outcome in outcomes:
        known, skipped = known + unit.known, skipped + outcome.skipped
        progress = add_progress(
            progress,
            unit.size,
            known=unit.known,
            reports=len(outcome.rows),
            problems=len(outcome.problems),
            seconds=time.monotonic() - began,
        )
        if not unit.known:
            pending.add(unit, outcome)
        if pending.is_full(time.monotonic()):
            keep(pending.take())
        tell(progress)
    keep(pending.take())
    seconds = time.monotonic() - began
    return Built(
        added=progress.reports, problems=progress.problems, known=known, skipped=skipped, reports=0, seconds=seconds
    )


def _keep_batch(store: Store, index: WordIndex, batch: Batch) -> None:
    """Write a batch, and bring the index of words up to what the store holds."""
    store.add_batch(batch)
    for reports in store.read_from(index.count_reports()):
        index.add_reports((kept.number, kept.report) for kept in reports)


class Pending:
    """What is read and not yet written; what each file gave is counted here."""

    def __init__(self) -> None:
        self._lines: dict[int, Ledger] = {}
        self._rows: list[str] = []
        self._problems: list[tuple[int, int, Problem]] = []
        self._revisits: list[Revisit] = []
        self._weight = 0
        self._since: float | None = None

    def add(self, unit: Unit, outcome: Outcome) -> None:
        """Take in a unit's outcome."""
        self._rows += outcome.rows
        self._problems += outcome.problems
        self._revisits += outcome.revisits
        self._weight += sum(map(len, outcome.rows))
        last = self._lines.get(unit.ledger.number, unit.ledger)
        reports, skipped = last.reports + len(outcome.rows), last.skipped + outcome.skipped
        self._lines[unit.ledger.number] = replace(unit.ledger, reports=reports, skipped=skipped)

    def is_full(self, now: float) -> bool:
        """Say whether it is time to write: enough rows, enough bytes, or long enough ago."""
        self._since = now if self._since is None else self._since
        late = now - self._since >= BATCH_SECONDS
        return len(self._rows) >= BATCH_ROWS or self._weight >= BATCH_BYTES or (late and bool(self._lines))

    def take(self) -> Batch:
        """Return everything as one batch, and begin anew; what files in progress gave so far is remembered."""
        batch = Batch(
            rows=tuple(self._rows),
            problems=tuple(self._problems),
            ledger=tuple(self._lines.values()),
            revisits=tuple(self._revisits),
        )
        self._lines = {number: line for number, line in self._lines.items() if not line.done}
        self._rows, self._problems, self._revisits, self._weight, self._since = [], [], [], 0, None
        return batch


def _measure_size(found: Found) -> int:
    try:
        return found.place.stat().st_size
    except OSError:
        return 0
