"""How does an entry get into the log so that none is lost, doubled or half written?

One writer at a time (a lock on the log). The records go into a WARC file first and are forced to the disk;
then all lines of the batch are appended in one write. Whatever fails before that is taken back.
A run that was killed leaves bytes no entry covers; the next run enters them as `left` and begins a new file.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from firsthand.custody.custodian import Custodian, show_moment
from firsthand.custody.entry import BEGINNING, Entry, Unsound, compute_hash, parse_line, write_line
from firsthand.custody.warc import Content, make_record
from firsthand.errors import CaseError
from firsthand.model import record

FOLDER = "custody"
LOG = "log.jsonl"
PLACE = f"{FOLDER}/{LOG}"
FULL = 1 << 30
_APPEND = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)


@record
class Line:
    """One line of the log: its number, what it holds, and what is wrong with it if it holds no entry."""

    number: int
    raw: bytes
    entry: Entry | None = None
    fault: str = ""


def split_log(data: bytes) -> tuple[Line, ...]:
    """Return the lines of a log; a last line without its line break was cut short and holds no entry."""
    *whole, rest = data.split(b"\n")
    lines = [_read_line(number, raw) for number, raw in enumerate(whole, 1)]
    if rest:
        lines.append(Line(number=len(lines) + 1, raw=rest, fault="is cut short: it does not end in a line break"))
    return tuple(lines)


def _read_line(number: int, raw: bytes) -> Line:
    try:
        return Line(number=number, raw=raw, entry=parse_line(raw))
    except Unsound as error:
        return Line(number=number, raw=raw, fault=str(error))


def find_end(entries: Sequence[Entry], warc: str) -> int:
    """Return where the last record entered of a WARC file ends, in bytes."""
    return max((one.offset + one.length for one in entries if one.warc == warc), default=0)


class Ledger:
    """The log and its WARC file while one batch is being written; nothing counts before `commit`."""

    def __init__(self, folder: Path, log: int, custodian: Custodian) -> None:
        self.folder, self.log, self.custodian = folder, log, custodian
        self.size = os.fstat(log).st_size
        with os.fdopen(os.dup(log), "rb") as file:
            file.seek(0)
            lines = split_log(file.read())
        if lines and lines[-1].fault:
            what = f"{lines[-1].fault}; see firsthand check --custody, take that line out and add the report again"
            raise CaseError(what, PLACE, lines[-1].number)
        self.entries = [line.entry for line in lines if line.entry]
        self.count = len(lines)
        self.latest = {entry.name: entry.sha256 for entry in self.entries}
        self.pending: list[Entry] = []
        self.warc: Path | None = None
        self.start = 0

    def keep(self, what: str, name: str, content: Content, *, url: str = "", note: str = "") -> Entry:
        """Keep content as a record of the WARC file and note its entry."""
        warc = self.warc or self._open_warc()
        made = make_record(content, show_moment(self.custodian.when), f"{self._find_previous()}:{name}")
        offset = warc.stat().st_size if warc.exists() else 0
        with os.fdopen(os.open(warc, _APPEND, 0o644), "ab") as file:
            file.write(made)
        entry = self._begin(what, name, (warc.name, offset, len(made), hashlib.sha256(made).hexdigest()))
        size, digest = len(content.body), hashlib.sha256(content.body).hexdigest()
        return self._seal(replace(entry, url=url, note=note, bytes=size, sha256=digest))

    def commit(self) -> None:
        """Force the records to the disk, then append all entries in one write and force that too."""
        if not self.pending:
            return
        for path in {self.folder / entry.warc for entry in self.pending}:
            _force(path)
        lines = b"".join(write_line(entry) + b"\n" for entry in self.pending)
        while lines:
            lines = lines[os.write(self.log, lines) :]
        os.fsync(self.log)
        _force(self.folder)
        self.entries.extend(self.pending)
        self.pending = []

    def take_back(self) -> None:
        """Undo a batch that failed: the log and the WARC file end where they ended before."""
        os.ftruncate(self.log, self.size)
        if self.warc and self.start:
            os.truncate(self.warc, self.start)
        elif self.warc:
            self.warc.unlink(missing_ok=True)

    def _open_warc(self) -> Path:
        """Choose the WARC file to append to; begin a new one where the last is full or not as it was left."""
        sound = self._enter_left()
        last = self.entries[-1].warc if self.entries else ""
        self.warc = self.folder / last
        if last and sound and self.warc.is_file() and self.warc.stat().st_size < FULL:
            self.start = self.warc.stat().st_size
            return self.warc
        self.warc, self.start = self._name_warc(), 0
        words = f"software: firsthand {self.custodian.version}\r\nformat: WARC File Format 1.1\r\n"
        info = Content(kind="warcinfo", target="", body=words.encode("ascii"), media="application/warc-fields")
        self.keep("opened", f"{FOLDER}/{self.warc.name}", info)
        return self.warc

    def _enter_left(self) -> bool:
        """Enter what stands in a WARC file beyond its last entry; say whether the last file is as it was left."""
        sound = True
        for path in sorted(self.folder.glob("*.warc.gz")):
            end, size = find_end(self.entries, path.name), path.stat().st_size
            sound = sound and size == end
            if size > end and not path.is_symlink():
                with path.open("rb") as file:
                    file.seek(end)
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
                entry = self._begin("left", f"{FOLDER}/{path.name}", (path.name, end, size - end, digest))
                note = "these bytes stood here without an entry; a run was cut short or they were put here"
                self._seal(replace(entry, note=note, bytes=size - end, sha256=digest))
        return sound

    def _name_warc(self) -> Path:
        number = 1
        while (path := self.folder / f"captured-{number:03}.warc.gz").exists() or path.is_symlink():
            number += 1
        return path

    def _begin(self, what: str, name: str, place: tuple[str, int, int, str]) -> Entry:
        warc, offset, length, digest = place
        return Entry(
            n=self.count + len(self.pending) + 1,
            when=show_moment(self.custodian.when),
            who=self.custodian.who,
            what=what,
            name=name,
            url="",
            note="",
            bytes=0,
            sha256="",
            warc=warc,
            offset=offset,
            length=length,
            record_sha256=digest,
            firsthand=self.custodian.version,
            previous=self._find_previous(),
        )

    def _seal(self, entry: Entry) -> Entry:
        sealed = replace(entry, hash=compute_hash(entry))
        self.pending.append(sealed)
        self.latest[sealed.name] = sealed.sha256
        return sealed

    def _find_previous(self) -> str:
        known = self.pending or self.entries
        return known[-1].hash if known else BEGINNING


@contextmanager
def open_ledger(case: Path, custodian: Custodian) -> Iterator[Ledger]:
    """Open the log of a case for one batch, alone; commit at the end, or take everything back if something fails.

    Raises CaseError where the folder cannot be written or the last line of the log is not whole.
    """
    folder = case / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        if folder.is_symlink():
            raise CaseError(f"'{FOLDER}' is a link out of the case; custody is kept in the case itself")
        with _lock(folder / LOG) as log:
            ledger = Ledger(folder, log, custodian)
            try:
                yield ledger
                ledger.commit()
            except BaseException:
                ledger.take_back()
                raise
    except OSError as error:
        raise CaseError(f"cannot be written: {error.strerror or error}", FOLDER) from None


@contextmanager
def _lock(path: Path) -> Iterator[int]:
    import fcntl

    log = os.open(path, _APPEND, 0o644)
    try:
        fcntl.flock(log, fcntl.LOCK_EX)
        yield log
    finally:
        os.close(log)


def _force(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
