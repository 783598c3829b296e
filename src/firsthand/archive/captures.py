"""Which records does a web archive hold, and how far is it read?"""

from __future__ import annotations

from collections.abc import Iterator

from firsthand.model import Problem, record
from firsthand.reading.gather import Found, Unreadable, note_unreadable, open_stream
from firsthand.reading.wacz import Damage, iterate_wacz
from firsthand.reading.warc import Captured, iterate_warc

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
            for one in iterate_wacz(stream) if found.path.lower().endswith(PACKED) else iterate_warc(stream):
                turn, reached = one.place, max(reached, stream.tell())
                if turn > skip:
                    yield _make_capture(found.path, one, reached)
    except Unreadable as error:
        yield Capture(turn=turn + 1, reached=reached, problem=note_unreadable(found.path, error))


def _make_capture(path: str, one: Captured | Damage, reached: int) -> Capture:
    if isinstance(one, Captured):
        return Capture(turn=one.place, reached=reached, captured=one)
    problem = note_unreadable(f"{path}{'#' if one.member else ''}{one.member}", one.fault)
    return Capture(turn=one.place, reached=reached, problem=problem)
