"""How much may one file hold?

A small file can hold a very large one, or a file that holds a file that holds a file. Every limit counts bytes, parts
or levels and none counts seconds, so the same file always ends the same way.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import BinaryIO
from zipfile import BadZipFile, LargeZipFile, ZipFile

from firsthand.reading.gather import LARGEST, Unreadable

# A saved page shrinks 3 to 20 times, an archive of near copies 100 times; nothing people write shrinks 300 times.
MOST_RATIO = 300
RATIO_FROM = 4 << 20
MOST_EXPANDED = 200 << 20
DEEPEST = 4
MOST_MEMBERS = 20_000
LONGEST_TEXT = 5_000_000
LONGEST_LINE = 500_000
MOST_LINES = 100_000
MOST_TAGS = 50_000
CHUNK = 1 << 20
# What zipfile raises at damage of one kind or another, encryption and methods it does not know among them.
ZIP_DAMAGE = (
    *(BadZipFile, LargeZipFile, NotImplementedError, RuntimeError, OSError, ValueError),
    *(EOFError, OverflowError, IndexError, zlib.error, struct.error),
)


class Allowance:
    """What one file named by the user may still unfold into: bytes, and levels of files inside files."""

    def __init__(self) -> None:
        self.left = MOST_EXPANDED
        self.depth = 0

    def spend(self, count: int) -> None:
        """Count unfolded bytes. Raises Unreadable where they are too many."""
        self.left -= count
        if self.left < 0:
            raise Unreadable(f"unfolds to more than {MOST_EXPANDED >> 20} MB; unpack it and name the files")

    def enter(self) -> None:
        """Go one level further in. Raises Unreadable where that is too deep."""
        if self.depth >= DEEPEST:
            raise Unreadable(f"is packed more than {DEEPEST} times over; unpack it and name the files")
        self.depth += 1

    def leave(self) -> None:
        """Come one level out."""
        self.depth -= 1


def expand_gzip(data: bytes, allowance: Allowance) -> tuple[bytes, str]:
    """Return what gzip bytes hold, and a sentence if they end too early. Raises Unreadable where it is a bomb."""
    pieces, size, rest = list[bytes](), 0, data
    while rest:
        unpacker = zlib.decompressobj(wbits=31)
        feed = rest
        while not unpacker.eof and (feed or unpacker.unconsumed_tail):
            try:
                piece = unpacker.decompress(feed, CHUNK)
            except zlib.error as error:
                if size:
                    return b"".join(pieces), "is damaged; only what stands before the damage was read"
                raise Unreadable("is a gzip file that is damaged; fetch it again") from error
            feed = unpacker.unconsumed_tail
            size += len(piece)
            allowance.spend(len(piece))
            check_ratio(size, len(data))
            check_size(size)
            pieces.append(piece)
            if not piece and not feed:
                break
        if not unpacker.eof:
            return b"".join(pieces), "is cut off; only its beginning was read"
        # Several gzip members may follow one another; padding after them is no member.
        rest = unpacker.unused_data.lstrip(b"\0")
    return b"".join(pieces), ""


def check_ratio(unpacked: int, packed: int) -> None:
    """Raise Unreadable where something unfolds to so many times its size that it can only be a bomb."""
    if unpacked > RATIO_FROM and unpacked > MOST_RATIO * max(packed, 1):
        raise Unreadable(f"unfolds to more than {MOST_RATIO} times its size, as only a bomb does; it was left alone")


def check_size(size: int) -> None:
    """Raise Unreadable where something unpacked is larger than a file may be."""
    if size > LARGEST:
        raise Unreadable(f"unfolds to more than {LARGEST >> 20} MB; unpack and split it")


def check_length(text: str) -> None:
    """Raise Unreadable where a text is longer than any report."""
    if len(text) > LONGEST_TEXT:
        raise Unreadable(f"holds more than {LONGEST_TEXT:,} characters of text; split it")


def check_text(text: str) -> None:
    """Raise Unreadable where a text is longer than any report, or has a line no person wrote."""
    check_length(text)
    if text.count("\n") > MOST_LINES:
        raise Unreadable(f"has more than {MOST_LINES:,} lines; split it")
    if max(map(len, text.splitlines()), default=0) > LONGEST_LINE:
        raise Unreadable(f"has a line of more than {LONGEST_LINE:,} characters; break it into lines")


def check_markup(markup: str) -> None:
    """Raise Unreadable where a page has more elements than any page people write."""
    if markup.count("<") > 2 * MOST_TAGS:
        raise Unreadable(f"has more than {MOST_TAGS:,} elements; save it as text")


def open_zip(source: bytes | BinaryIO, packed: int, *, largest: int = MOST_EXPANDED) -> ZipFile:
    """Open a zip archive, nothing of it unpacked yet. Raises Unreadable where it is damaged or a bomb.

    `packed`: its size; `largest`: what it may unfold to. What a member declares bounds what reading it can give.
    """
    try:
        archive = ZipFile(BytesIO(source) if isinstance(source, bytes) else source)
    except ZIP_DAMAGE as error:
        raise Unreadable("is a zip archive that is damaged or cut off; fetch it again") from error
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise Unreadable(f"holds {len(members):,} files; unpack it and name the files")
    unpacked = sum(member.file_size for member in members)
    check_ratio(unpacked, packed)
    if unpacked > largest:
        raise Unreadable(f"unfolds to more than {largest >> 20} MB; unpack it and name the files")
    return archive
