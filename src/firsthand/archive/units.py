"""Into which pieces of work does an archive's input fall?

A unit is one file, or some records of a web archive. Every report is read by itself, so it does not matter for the
result where one unit ends and the next begins, who reads it, or where a build was stopped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import file_digest

from firsthand.archive.captures import Capture, is_web_archive, iterate_captures
from firsthand.model import record
from firsthand.reading.gather import Found
from firsthand.store import Ledger

MOST_RECORDS = 48
MOST_BYTES = 4 << 20


@record
class Unit:
    """A piece of work and, in `ledger`, how far its input is read once it is done; its reports are counted later.

    `found`: a file to be read whole; or `captures`: records to be read. `size`: bytes of the input gone through.
    `known`: nothing is left to be done, because the file is in the archive already.
    """

    ledger: Ledger
    size: int
    found: Found | None = None
    captures: tuple[Capture, ...] = ()
    known: bool = False


def cut_units(files: Sequence[Found], known: Sequence[Ledger]) -> Iterator[Unit]:
    """Yield the work that is left: files in order, whatever the ledger has as done passed over.

    A file is known by its path and the SHA-256 of its bytes: one that changed is read as another.
    """
    lines = {(line.path, line.digest): line for line in known}
    for found in files:
        digest, size = _measure(found)
        line = lines.get((found.path, digest))
        if line is None:
            line = Ledger(number=len(lines), path=found.path, digest=digest, bytes=size)
            lines[found.path, digest] = line
        elif line.done:
            yield Unit(ledger=line, size=size, known=True)
            continue
        many = is_web_archive(found.path) and digest
        yield from _cut_captures(found, line) if many else _take_whole(found, line)


def _take_whole(found: Found, line: Ledger) -> Iterator[Unit]:
    yield Unit(ledger=replace(line, records=1, done=True), size=line.bytes, found=found)


def _cut_captures(found: Found, line: Ledger) -> Iterator[Unit]:
    """Yield some records at a time; the last unit, which may be empty, says that the file is done."""
    taken: list[Capture] = []
    weight, reached = 0, 0
    for capture in iterate_captures(found, line.records):
        taken.append(capture)
        weight += capture.weight
        if len(taken) >= MOST_RECORDS or weight >= MOST_BYTES:
            line = replace(line, records=capture.turn)
            yield Unit(ledger=line, size=capture.reached - reached, captures=tuple(taken))
            taken, weight, reached = [], 0, capture.reached
    line = replace(line, records=taken[-1].turn if taken else line.records, done=True)
    yield Unit(ledger=line, size=max(line.bytes - reached, 0), captures=tuple(taken))


def _measure(found: Found) -> tuple[str, int]:
    """Return the digest and the size of a file; nothing where it is no file or may not be read, which reading notes."""
    try:
        # A pipe would wait for ever.
        if not found.place.is_file():
            return "", 0
        with found.place.open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest(), found.place.stat().st_size
    except OSError:
        return "", 0
