"""Which records do the web archives in a WACZ file hold?

A WACZ file is a zip archive with web archives in its folder `archive`. Nothing is ever unpacked to the disk.
Source: Web Archive Collection Zipped 1.1.1 (Webrecorder).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from os import SEEK_END
from typing import BinaryIO, cast
from zipfile import ZipInfo

from firsthand.model import record
from firsthand.reading.bounds import ZIP_DAMAGE, open_zip
from firsthand.reading.gather import Unreadable
from firsthand.reading.names import show_path
from firsthand.reading.warc import Captured, iterate_warc

LARGEST_ARCHIVE = 64 << 30


@record
class Damage:
    """A file in a WACZ file that cannot be read on: its number among the records, and the rest of a sentence."""

    place: int
    member: str
    fault: Unreadable


def iterate_wacz(stream: BinaryIO) -> Iterator[Captured | Damage]:
    """Yield the records of all web archives in a WACZ file, by the names of these; the numbers run on.

    A member that is damaged, or whose name leads out of its folder, is given as Damage, and the next one is read.
    Raises Unreadable where the zip archive is damaged or holds no web archive.
    """
    packed = stream.seek(0, SEEK_END)
    stream.seek(0)
    last = found = 0
    with open_zip(stream, packed, largest=LARGEST_ARCHIVE) as archive:
        for member in sorted(archive.infolist(), key=lambda one: one.filename):
            if not _is_safe(member):
                last += 1
                what = f"holds '{show_path(member.filename[:200])}', which leads out of its folder; it was left alone"
                yield Damage(place=last, member="", fault=Unreadable(what))
            elif _is_archive(member):
                found += 1
                before = last
                try:
                    with archive.open(member) as inner:
                        for captured in iterate_warc(cast(BinaryIO, inner)):
                            last = before + captured.place
                            yield replace(captured, place=last)
                except (Unreadable, *ZIP_DAMAGE) as error:
                    last += 1
                    fault = error if isinstance(error, Unreadable) else Unreadable("is damaged")
                    yield Damage(place=last, member=show_path(member.filename), fault=fault)
    if not found:
        raise Unreadable("is a zip archive without a web archive that can be read")


def _is_safe(member: ZipInfo) -> bool:
    name = member.filename.replace("\\", "/")
    return not name.startswith("/") and ".." not in name.split("/") and ":" not in name.split("/")[0]


def _is_archive(member: ZipInfo) -> bool:
    name = member.filename
    return name.startswith("archive/") and name.lower().endswith((".warc", ".warc.gz"))
