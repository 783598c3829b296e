"""Which records does a web archive hold, and how far is it read?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from os import SEEK_END
from typing import BinaryIO, cast
from zipfile import BadZipFile

from firsthand.model import Problem, record
from firsthand.reading.bounds import open_zip
from firsthand.reading.gather import Found, Unreadable, note_unreadable, open_stream
from firsthand.reading.warc import Captured, Truncated, iterate_warc
from firsthand.reading.warc_pages import LARGEST_ARCHIVE

ENDINGS = (".warc", ".warc.gz")
PACKED = ".wacz"


@record
class Capture:
    """A record of a web archive, or, at its end, why it could not be read on. `reached`: bytes of the file read."""

    turn: int
    reached: int
    captured: Captured | None = None
    problem: Problem | None = None

    @property
    def weight(self) -> int:
        """Return how many bytes of content it holds."""
        return len(self.captured.data) if self.captured else 0


def is_web_archive(path: str) -> bool:
    """Say whether a file is a web archive by its name."""
    return path.lower().endswith((*ENDINGS, PACKED))


def iterate_captures(found: Found, skip: int = 0) -> Iterator[Capture]:
    """Yield the records of a WARC or WACZ file that may hold a page, those numbered `skip` and below left out.

    A file of any size takes the memory of its largest page. In a WACZ file the numbers run on from archive to archive.
    """
    turn, reached = skip, 0
    try:
        with open_stream(found) as stream:
            for captured in _iterate_packed(stream) if found.path.lower().endswith(PACKED) else iterate_warc(stream):
                turn, reached = captured.place, max(reached, stream.tell())
                if turn > skip:
                    yield Capture(turn=turn, reached=reached, captured=captured)
    except (Unreadable, BadZipFile) as error:
        fault = (
            error if isinstance(error, Unreadable) else Unreadable("is a zip archive that is damaged; fetch it again")
        )
        yield Capture(turn=turn + 1, reached=reached, problem=note_unreadable(found.path, fault))


def _iterate_packed(stream: BinaryIO) -> Iterator[Captured]:
    """Yield the records of the web archives in a WACZ file. Nothing is unpacked to the disk.

    Raises Unreadable, after all that can be read, where one of them is damaged or there is none.
    """
    packed = stream.seek(0, SEEK_END)
    last, fault = 0, Unreadable("is a zip archive without a web archive that can be read")
    with open_zip(stream, packed, largest=LARGEST_ARCHIVE) as archive:
        names = [name for name in archive.namelist() if name.startswith("archive/") and name.lower().endswith(ENDINGS)]
        for name in sorted(names):
            before = last
            try:
                with archive.open(name) as member:
                    for captured in iterate_warc(cast(BinaryIO, member)):
                        last = before + captured.place
                        yield replace(captured, place=last)
            except Unreadable as error:
                fault = error
    if not last or isinstance(fault, Truncated):
        raise fault
