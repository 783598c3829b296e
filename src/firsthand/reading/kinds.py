"""Which reader does a file want?"""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from zipfile import ZipFile

from firsthand.reading.bounds import ZIP_DAMAGE
from firsthand.reading.gather import STANDARD_INPUT, Unreadable
from firsthand.reading.lists import load_list

READERS = ("text", "markdown", "page", "feed", "mail", "pdf", "word", "mailbox", "lines", "warc", "wacz", "gzip")
# The ones whose bytes are read as text first.
OF_TEXT = ("text", "markdown", "page", "feed")
LOOK = 4096
GZIP = b"\x1f\x8b"
PAGE = re.compile(rb"(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*(?:<!doctype\s+html|<html)", re.IGNORECASE | re.DOTALL)
FEED = re.compile(rb"(?:<\?[^>]*>\s*|<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)[\s>]", re.DOTALL)
MAILBOX = re.compile(rb"From \S+ [^\r\n]*\d{4}\s*\r?\n[A-Za-z-]+:")
MAIL_FIELD = re.compile(
    rb"^(?:from|to|date|subject|received|return-path|message-id|mime-version|delivered-to|content-type):",
    re.IGNORECASE | re.MULTILINE,
)


def choose_reader(path: str, data: bytes, kind: str = "") -> str:
    """Choose by the media type, else the ending of the name, else by what the bytes start like. Raises Unreadable.

    Bytes of gzip are opened whatever the name says, for saved pages often stay compressed.
    """
    media = kind.partition(";")[0].strip().lower()
    name = find_reader(media, "media_") if media else None
    if data.startswith(GZIP) and name not in ("warc", "gzip") and not path.lower().endswith(".warc.gz"):
        return "gzip"
    if name == "feed" and recognise(data) == "page":
        return "page"
    if name:
        return name
    ending = find_ending(path)
    if path == STANDARD_INPUT or not ending or ending == ".xml":
        found = recognise(data)
        return "feed" if ending == ".xml" and found != "page" else found
    reader = find_reader(ending)
    if reader is None:
        raise Unreadable(f"is a '{ending}' file, a format that is not read; firsthand reads {name_formats()}")
    return reader


def find_ending(path: str) -> str:
    """Return the ending of a file name in lower case, two-fold for compressed web archives; empty without one."""
    lower = path.lower()
    return ".warc.gz" if lower.endswith(".warc.gz") else PurePath(lower).suffix


def find_reader(name: str, prefix: str = "") -> str | None:
    """Return the reader that an ending belongs to, or with the prefix "media_" a media type."""
    formats = load_list("formats.toml")
    return next((reader for reader in READERS if name in formats.get(prefix + reader, ())), None)


def recognise(data: bytes) -> str:
    """Tell a format by its first bytes; what looks like none of them is text."""
    if data.startswith(b"PK\3\4"):
        return _recognise_zip(data)
    start = data[:LOOK].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"%PDF-"):
        return "pdf"
    if start.startswith(b"WARC/"):
        return "warc"
    if data.startswith(GZIP):
        return "gzip"
    for name, pattern in (("page", PAGE), ("feed", FEED), ("mailbox", MAILBOX)):
        if pattern.match(start):
            return name
    return "mail" if _is_mail(start) else "lines" if _is_line(data) else "text"


def name_formats() -> str:
    """List the endings of the files that are read."""
    formats = load_list("formats.toml")
    return ", ".join(ending for reader in READERS for ending in formats[reader] if ending)


def _recognise_zip(data: bytes) -> str:
    from io import BytesIO

    try:
        names = ZipFile(BytesIO(data)).namelist()
    except ZIP_DAMAGE as error:
        raise Unreadable("is a zip archive that is damaged or cut off; fetch it again") from error
    if "word/document.xml" in names:
        return "word"
    if any(name.startswith("archive/") for name in names):
        return "wacz"
    raise Unreadable("is a zip archive; unpack it and name the files")


def _is_mail(start: bytes) -> bool:
    """Say whether bytes start with a mail's head: three fields of mails, of which one only mails have."""
    head = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    fields = {match[0].lower() for match in MAIL_FIELD.finditer(head)}
    own = {b"received:", b"return-path:", b"message-id:", b"mime-version:", b"delivered-to:", b"from:"}
    return len(fields) >= 3 and bool(fields & own) and re.match(rb"[A-Za-z][\w-]*:", head) is not None


def _is_line(data: bytes) -> bool:
    """Say whether the first line is a JSON object with a text."""
    first = data[: data.find(b"\n")] if b"\n" in data else data
    if not first.startswith(b"{") or len(first) > 1 << 24:
        return False
    try:
        said = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and "text" in said
