"""Does what was kept still stand as it came: every byte, every entry, in its order?"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from firsthand.custody.capture import REPORTS
from firsthand.custody.entry import AGAIN, BEGINNING, Entry, compute_hash
from firsthand.custody.ledger import FOLDER, LOG, PLACE, Line, find_end, split_log
from firsthand.custody.warc import hash_payload
from firsthand.errors import CaseError
from firsthand.model import Finding, Severity, record

KEEP = "keep both this folder as it is and your last sound copy, and find out who changed it"

PIECE = 1 << 20
NOTHING = hashlib.sha256().hexdigest()
CUT = "if a run was cut short, take that line out and add the report again; if none was, find out who changed it"


@record
class Summary:
    """What a log holds: how many entries, how many files entered, and the hash of the last entry."""

    entries: int
    files: int
    head: str


def summarize_custody(case: str | Path) -> Summary:
    """Return how much a log holds and its head, the hash to publish. Raises CaseError for a folder that is no case."""
    entries = _list_entries(_read_log(_find_case(case)))
    files = {entry.name for entry in entries if _is_report(entry)}
    return Summary(entries=len(entries), files=len(files), head=entries[-1].hash if entries else "")


def check_custody(case: str | Path, head: str = "") -> tuple[Finding, ...]:
    """Return every way in which the log, the WARC files and the reports are not what was entered.

    `head` is a hash of the log noted or published earlier: it must still stand in the log.
    Raises CaseError for a folder that is no case, or files in it that cannot be read.
    """
    folder = _find_case(case)
    lines = _read_log(folder)
    entries = _list_entries(lines)
    try:
        return (
            *_check_presence(folder, lines),
            *_check_lines(lines),
            *_check_chain(lines),
            *_check_head(entries, head),
            *_check_records(folder, entries),
            *_check_warcs(folder, entries),
            *_check_reports(folder, entries),
        )
    except OSError as error:
        name = os.path.relpath(os.fspath(error.filename or FOLDER), folder)
        raise CaseError(f"cannot be read: {error.strerror}", name) from None


def list_reports(case: Path) -> dict[str, Path]:
    """Return the files of `reports/` that are read, by name in the case, hidden ones left out; links among them."""
    if (case / REPORTS).is_symlink():
        return {REPORTS: case / REPORTS}
    found = {}
    for parent, folders, names in os.walk(case / REPORTS):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        for name in (*links, *names):
            path = Path(parent) / name
            if not name.startswith("."):
                found[path.relative_to(case).as_posix()] = path
    return dict(sorted(found.items()))


def _find_case(case: str | Path) -> Path:
    if not (Path(case) / "case.toml").is_file():
        raise CaseError(f"'{case}' is no case: it has no case.toml; make one with: firsthand new FOLDER")
    return Path(case)


def _read_log(case: Path) -> tuple[Line, ...]:
    path = case / FOLDER / LOG
    try:
        return split_log(path.read_bytes()) if path.exists() else ()
    except OSError as error:
        raise CaseError(f"cannot be read: {error.strerror}", PLACE) from None


def _list_entries(lines: Iterable[Line]) -> list[Entry]:
    return [line.entry for line in lines if line.entry]


def _is_report(entry: Entry) -> bool:
    return entry.name.startswith(f"{REPORTS}/")


def _find(where: str, what: str, remedy: str = KEEP, severity: Severity = Severity.WRONG) -> Finding:
    return Finding(severity=severity, where=where, what=what, remedy=remedy)


def _point(number: int) -> str:
    return f"{PLACE}, line {number}"


def _check_presence(case: Path, lines: Sequence[Line]) -> Iterator[Finding]:
    for place in (FOLDER, PLACE):
        if (case / place).is_symlink():
            yield _find(place, "this is a link; custody is kept in the case itself", "put what it leads to there")
    if not lines:
        state = "holds no entry" if (case / FOLDER / LOG).exists() else "is not there"
        count = len(list_reports(case))
        many = {0: "", 1: "; 1 report is not in custody"}.get(count, f"; {count} reports are not in custody")
        remedy = (
            f"enter them with: firsthand add {case} {case / REPORTS}" if count else "add reports with: firsthand add"
        )
        yield _find(PLACE, f"the log {state}{many}", remedy)


def _check_lines(lines: Sequence[Line]) -> Iterator[Finding]:
    """A line holds an entry whose hash is that of its content."""
    for line in lines:
        if line.entry is None:
            yield _find(_point(line.number), line.fault, CUT if line is lines[-1] else KEEP)
        elif line.entry.hash != compute_hash(line.entry):
            yield _find(_point(line.number), "the entry was changed: its content does not give the hash it carries")


def _check_chain(lines: Sequence[Line]) -> Iterator[Finding]:
    """Each entry follows the one before it, and the first follows none."""
    before: Entry | None = None
    for line in lines:
        entry = line.entry
        if entry and (before or line.number == 1):
            due, previous = (before.n + 1, before.hash) if before else (1, BEGINNING)
            if (entry.n, entry.previous) != (due, previous):
                yield _find(_point(line.number), _tell_break(entry, due, line.number, lines))
        before = entry


def _tell_break(entry: Entry, due: int, number: int, lines: Sequence[Line]) -> str:
    said = f"this is entry {entry.n}, and entry {due} is due"
    earlier = [line.number for line in lines[: number - 1] if line.entry == entry]
    later = [line.number for line in lines[number:] if line.entry and line.entry.hash == entry.previous]
    if earlier:
        return f"{said}: it is a second copy of line {earlier[0]}"
    if later:
        return f"{said}: the entry it follows stands later, in line {later[0]}; entries were put in another order"
    if entry.n > due:
        return f"{said}: what stood between was removed"
    if entry.n < due:
        return f"{said}: an entry was put in or moved"
    return "it does not follow the entry before it: one of the two was changed, put in or taken out"


def _check_head(entries: Sequence[Entry], head: str) -> Iterator[Finding]:
    if head and head.lower() not in {entry.hash for entry in entries}:
        yield _find(
            PLACE, f"the hash {head} does not stand in the log: entries were taken off its end or it was rewritten"
        )


def _check_records(case: Path, entries: Sequence[Entry]) -> Iterator[Finding]:
    """The record of each entry stands in its WARC file, byte for byte, and holds the content that was entered."""
    held = set[tuple[str, str]]()
    for entry in entries:
        where = f"{FOLDER}/{entry.warc}, byte {entry.offset}"
        path = case / FOLDER / entry.warc
        if path.is_symlink() or not path.is_file():
            yield _find(where, f"the record of entry {entry.n} ({entry.name}) is gone: there is no such file")
            continue
        if _hash_range(path, entry.offset, entry.length) != entry.record_sha256:
            yield _find(where, f"the record of entry {entry.n} ({entry.name}) is not the one that was entered")
        elif entry.what == "left":
            what = f"entry {entry.n}: {entry.bytes} bytes were met here on {entry.when} that no entry covered"
            yield _find(where, what, "a run was cut short, or somebody put them here", Severity.NOTE)
        elif entry.what == AGAIN and (entry.name, entry.sha256) not in held:
            yield _find(_point(entry.n), "the entry says that the same bytes came again, and no entry before has them")
        elif not _holds_content(path, entry):
            yield _find(where, f"the record of entry {entry.n} does not hold the content entered as {entry.name}")
        held.add((entry.name, entry.sha256))


def _hash_range(path: Path, offset: int, length: int) -> str:
    size, digest = path.stat().st_size, hashlib.sha256()
    rest = min(length, size)
    with path.open("rb") as file:
        file.seek(min(offset, size))
        while rest and (piece := file.read(min(rest, PIECE))):
            digest.update(piece)
            rest -= len(piece)
    return digest.hexdigest()


def _holds_content(path: Path, entry: Entry) -> bool:
    size, again = path.stat().st_size, entry.what == AGAIN
    with path.open("rb") as file:
        file.seek(min(entry.offset, size))
        digest = hash_payload(file.read(min(entry.length, size)), 0 if again else entry.bytes)
    return digest == (NOTHING if again else entry.sha256)


def _check_warcs(case: Path, entries: Sequence[Entry]) -> Iterator[Finding]:
    """The entries of a WARC file cover it from its first byte to its last, and no other file stands beside it."""
    folder = case / FOLDER
    remedy = "the next firsthand add enters them as they are; if no run was cut short, find out who put them there"
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        where, own = f"{FOLDER}/{path.name}", [one for one in entries if one.warc == path.name]
        if path.name == LOG:
            continue
        if path.is_symlink() or not path.is_file() or not own:
            yield _find(where, "no entry names this file", remedy)
            continue
        for one, after in pairwise([None, *own]):
            end = one.offset + one.length if one else 0
            if after and after.offset != end:
                yield _find(where, f"entry {after.n} begins at byte {after.offset}, and the one before ends at {end}")
        end, size = find_end(own, path.name), path.stat().st_size
        if size > end:
            yield _find(where, f"the {size - end} bytes from byte {end} on are covered by no entry", remedy)


def _check_reports(case: Path, entries: Sequence[Entry]) -> Iterator[Finding]:
    """Each report is the file last entered under its name; none is missing, and none was never entered.

    Where the log holds nothing at all, that is said once, and not again of every report.
    """
    last = {entry.name: entry for entry in entries if _is_report(entry)}
    present = list_reports(case)
    for name, path in present.items():
        entry = last.get(name)
        if path.is_symlink() or not path.is_file():
            yield _find(name, "this is a link or no ordinary file", "put the file itself there")
        elif entry is None and entries:
            remedy = f"enter it with: firsthand add {case} {case / name}"
            yield _find(name, "this file was never entered in the log", remedy, Severity.WEAK)
        elif entry is not None and _hash_file(path) != entry.sha256:
            what = f"this is not what was entered on {entry.when} (line {entry.n} of the log)"
            yield _find(name, what, _point_back(entry))
    for name, entry in sorted(last.items()):
        if name not in present:
            what = f"the file entered on {entry.when} (line {entry.n} of the log) is gone"
            yield _find(name, what, _point_back(entry))
    yield from _note_second_entries(entries)


def _point_back(entry: Entry) -> str:
    return f"as it came it stands in {FOLDER}/{entry.warc}, byte {entry.offset}; find out who changed it"


def _note_second_entries(entries: Sequence[Entry]) -> Iterator[Finding]:
    first: dict[str, Entry] = {}
    for entry in entries:
        known = first.setdefault(entry.name, entry)
        if _is_report(entry) and entry.what != AGAIN and known.sha256 != entry.sha256:
            what = f"entered again on {entry.when} with other content; as it came it is entry {known.n}"
            yield _find(_point(entry.n), f"{entry.name} was {what}", "see that this was meant", Severity.NOTE)


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
