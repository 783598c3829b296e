"""Which pages does a web archive (WARC) hold?

Records are read one after another and none is kept, so an archive of any size needs the memory of its largest page.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from os import SEEK_END
from typing import Any, BinaryIO, TypeAlias

from firsthand.model import record
from firsthand.reading.bounds import check_ratio
from firsthand.reading.gather import Unreadable
from firsthand.reading.lists import load_list

LARGEST_PAGE = 20 << 20
LARGEST_RECORD = 4 << 30
CHUNK = 1 << 16
# fastwarc's records have types, but they are compiled and mypy does not see them.
Raw: TypeAlias = Any


@record
class Captured:
    """A record of a web archive. `place`: its number in the archive, from 1; `kind`: its media type.

    `fault`: why `data` is empty. `digest`: that of the body as the archive states it.
    `of`: for a revisit of what may be a page, the id, the address and the digest of what it points to.
    """

    place: int
    url: str
    retrieved: str
    kind: str
    data: bytes
    id: str = ""
    digest: str = ""
    status: int = 0
    fault: str = ""
    of: tuple[str, str, str] | None = None


class Truncated(Unreadable):
    """An archive ends or breaks before its end; what stood before has been given."""


class _Counted:
    """A stream that counts what is read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.count = stream, 0

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.count += len(data)
        return data

    def tell(self) -> int:
        return self.count

    def seek(self, place: int, whence: int = 0) -> int:
        return self.stream.seek(place, whence)

    def close(self) -> None:
        """Leave the stream open: who opened it closes it."""


def iterate_warc(stream: BinaryIO) -> Iterator[Captured]:
    """Yield the responses, resources, conversions and revisits of an archive, compressed or not, in order.

    `stream` is read from its start. Raises Truncated, after all that can be read, where the archive is cut off.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion | WarcRecordType.revisit
    counted = _Counted(stream)
    number = unpacked = last = 0
    try:
        for number, raw in enumerate(ArchiveIterator(counted, parse_http=False, quirks_mode=True), 1):
            last = raw.stream_pos
            if raw.content_length > LARGEST_RECORD:
                size = f"{raw.content_length:,} bytes"
                raise Truncated(f"holds a record said to be of {size}; what stands before was read")
            unpacked += raw.content_length
            check_ratio(unpacked, counted.count)
            if raw.record_type & kinds:
                yield _capture(number, raw)
    except (OSError, ValueError, EOFError, UnicodeDecodeError) as error:
        raise Truncated(f"is damaged after {_count(number)}; what stands before was read") from error
    if not number:
        raise Unreadable("is no web archive: it holds no record")
    if stream.seekable() and not _ends_whole(stream, last):
        raise Truncated(f"is cut off after {_count(number)}; what stands before was read")


def _count(number: int) -> str:
    return "1 record" if number == 1 else f"{number:,} records"


def _capture(number: int, raw: Raw) -> Captured:
    """Read one record. Only what could be text is read, and no more of it than a page may hold."""
    headers = raw.headers
    captured = Captured(
        place=number,
        url=(headers.get("WARC-Target-URI") or "").strip("<> "),
        retrieved=headers.get("WARC-Date") or "",
        kind=headers.get("Content-Type") or "",
        data=b"",
        id=headers.get("WARC-Record-ID") or "",
        digest=headers.get("WARC-Payload-Digest") or "",
    )
    if raw.is_http or "application/http" in captured.kind:
        raw.parse_http(auto_decode="all")
        status, kind = _read_status(raw)
        captured = replace(captured, status=status, kind=kind)
    if (headers.get("WARC-Type") or "").lower() == "revisit":
        return _point_back(captured, headers) if is_readable(captured.kind) else captured
    if not is_readable(captured.kind) or captured.status >= 300:
        return captured
    data = raw.reader.read(LARGEST_PAGE + 1)
    if len(data) > LARGEST_PAGE:
        return replace(captured, fault=f"is larger than {LARGEST_PAGE >> 20} MB")
    return replace(captured, data=data)


def _point_back(captured: Captured, headers: Raw) -> Captured:
    """Return a revisit with what it points to; where nothing is stated, the address itself was met before."""
    record, address = headers.get("WARC-Refers-To") or "", headers.get("WARC-Refers-To-Target-URI") or ""
    return replace(captured, of=(record, address.strip("<> ") or captured.url, captured.digest))


def _read_status(raw: Raw) -> tuple[int, str]:
    """Return the status and the media type with its parameters that a response states."""
    http = raw.http_headers
    if http is None:
        return 0, ""
    try:
        status = int(http.status_code or 0)
    except (TypeError, ValueError):
        status = 0
    return status, " ".join((http.get("Content-Type") or "").split())


def is_readable(kind: str) -> bool:
    """Say whether a media type is one that may hold a report."""
    name = kind.partition(";")[0].strip().lower()
    media = load_list("formats.toml")
    return not name or any(name in known for key, known in media.items() if key.startswith("media_"))


def _ends_whole(stream: BinaryIO, last: int) -> bool:
    """Say whether the last record that was found, and whatever follows it, is there to its end."""
    stream.seek(last)
    start = stream.read(2)
    stream.seek(last)
    return _gzip_ends(stream) if start == b"\x1f\x8b" else _record_ends(stream)


def _gzip_ends(stream: BinaryIO) -> bool:
    unpacker = zlib.decompressobj(wbits=31)
    while data := stream.read(CHUNK):
        while data:
            try:
                unpacker.decompress(data, CHUNK)
            except zlib.error:
                return False
            data = unpacker.unconsumed_tail
            if unpacker.eof:
                data = unpacker.unused_data.lstrip(b"\0")
                unpacker = zlib.decompressobj(wbits=31) if data else unpacker
        if unpacker.eof:
            rest = stream.read(1)
            if not rest:
                return True
            stream.seek(-1, 1)
            unpacker = zlib.decompressobj(wbits=31)
    return unpacker.eof


def _record_ends(stream: BinaryIO) -> bool:
    """Say whether the bytes that a record states follow its head, and nothing but blank lines after them."""
    size = 0
    while line := stream.readline(CHUNK):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            size = int(value)
        if not line.strip():
            break
    else:
        return False
    end = stream.tell() + size
    if stream.seek(0, SEEK_END) < end:
        return False
    stream.seek(end)
    return not stream.read(CHUNK).strip()
