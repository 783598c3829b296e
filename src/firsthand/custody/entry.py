"""What does one entry of the log say, and how does its hash bind it to the entry before?

An entry is one line of canonical JSON: keys sorted, no spaces, everything beyond ASCII escaped.
Its hash is the SHA-256 of that line without the key `hash`; `previous` is the hash of the entry before it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from firsthand.model import record

AGAIN = "again"
BEGINNING = "0" * 64
WARC = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.warc\.gz")


class Unsound(Exception):
    """A line of the log is not an entry as it was written; the message is the rest of a sentence about it."""


@record
class Entry:
    """What was kept: who, when, what of which name and address, and where its bytes stand.

    `what` is `added` (a local file), `captured` (from the network), `again` (from the network, with the bytes of an
    entry before, so that its record has no body), `opened` (a WARC file was begun) or `left` (bytes without an entry
    were met). `bytes` and `sha256` are those of the content as it came;
    `offset`, `length` and `record_sha256` are those of the compressed record in the WARC file.
    """

    n: int
    when: str
    who: str
    what: str
    name: str
    url: str
    note: str
    bytes: int
    sha256: str
    warc: str
    offset: int
    length: int
    record_sha256: str
    firsthand: str
    previous: str
    hash: str = ""


KINDS: Mapping[str, type] = {one.name: int if one.type == "int" else str for one in fields(Entry)}


def write_line(entry: Entry) -> bytes:
    """Return an entry as its line of the log, without the line break."""
    return _write_canonically(asdict(entry))


def compute_hash(entry: Entry) -> str:
    """Return the hash an entry must carry, in 64 hexadecimal digits."""
    data = asdict(entry)
    del data["hash"]
    return hashlib.sha256(_write_canonically(data)).hexdigest()


def parse_line(line: bytes) -> Entry:
    """Return the entry that a line of the log holds. Raises Unsound where it is none, or not written as we write it."""
    try:
        data: Any = json.loads(line)
    except (ValueError, RecursionError):
        raise Unsound("is not JSON") from None
    if not isinstance(data, dict) or set(data) != set(KINDS):
        raise Unsound("does not have the keys of an entry")
    wrong = sorted(key for key, kind in KINDS.items() if type(data[key]) is not kind)
    if wrong:
        raise Unsound(f"has a '{wrong[0]}' of the wrong kind")
    entry = Entry(**data)
    if write_line(entry) != line:
        raise Unsound("is not written as firsthand writes an entry (spaces, order or escapes differ)")
    _check_values(entry)
    return entry


def _check_values(entry: Entry) -> None:
    if min(entry.bytes, entry.offset, entry.length) < 0:
        raise Unsound("has a size or place below zero")
    if not WARC.fullmatch(entry.warc):
        raise Unsound("names a WARC file outside the folder of the log")


def _write_canonically(data: Mapping[str, object]) -> bytes:
    return json.dumps(data, sort_keys=True, separators=(",", ":")).encode("ascii")
