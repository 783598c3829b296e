"""How is what a server sends taken in without its filling the memory?"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from firsthand.errors import FetchError

WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
BLOCK = 1 << 16
MOST_STREAMS = 1000


def collect_bytes(chunks: Iterable[bytes], most: int, *, cut: bool = False) -> bytes:
    """Return all bytes of an answer; where there are more than `most`, only so many if `cut`, else FetchError."""
    taken = bytearray()
    for chunk in chunks:
        taken += chunk
        if len(taken) > most:
            if cut:
                return bytes(taken[:most])
            raise FetchError(_tell_size(most))
    return bytes(taken)


def expand_body(payload: bytes, encoding: str, most: int) -> bytes:
    """Return a body as it was before its transport encoding (gzip, deflate or none), at most `most` bytes.

    Raises FetchError for another encoding, for more bytes and for broken ones.
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity") or not payload:
        return payload
    if encoding not in WINDOWS:
        raise FetchError(f"was sent packed as '{encoding[:40]}', which was not asked for")
    try:
        return _inflate(payload, WINDOWS[encoding], most)
    except zlib.error:
        if encoding != "deflate":
            raise FetchError("is packed, and the packing is broken") from None
    try:
        # Many servers mean by "deflate" the bare stream (RFC 9110, 8.4.1.2).
        return _inflate(payload, -15, most)
    except zlib.error:
        raise FetchError("is packed, and the packing is broken") from None


def _inflate(payload: bytes, window: int, most: int) -> bytes:
    """Unpack a stream, or several one after the other. No call unpacks more than is still allowed, and one byte."""
    taken, stream, streams = bytearray(), zlib.decompressobj(window), 1
    for start in range(0, len(payload), BLOCK):
        rest = payload[start : start + BLOCK]
        while rest:
            if stream.eof:
                stream, streams = zlib.decompressobj(window), streams + 1
            taken += stream.decompress(rest, most + 1 - len(taken))
            if len(taken) > most:
                raise FetchError(f"{_tell_size(most)} once unpacked")
            if streams > MOST_STREAMS:
                raise FetchError("is packed in too many pieces")
            rest = stream.unused_data.lstrip(b"\0") if stream.eof else b""
    if not stream.eof:
        raise zlib.error("cut off")
    return bytes(taken)


def _tell_size(most: int) -> str:
    return f"is larger than {most >> 20} MB" if most >= 1 << 20 else f"is larger than {most} bytes"
