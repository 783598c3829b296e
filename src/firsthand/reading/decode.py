"""Which characters do these bytes stand for?"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from contextlib import suppress

from firsthand.reading.lists import load_groups, load_list

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(
    rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)
CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
MOST_CONTROL = 0.02
SAMPLE = 1 << 16


class NotText(ValueError):
    """The bytes are no text; the message says what they are."""


def decode_text(data: bytes, declared: Sequence[str] = ()) -> tuple[str, str]:
    """Return the text of `data`, and a sentence about a doubt in how it was read (empty where there is none).

    `declared`: encodings the format names. A byte order mark is dropped. Raises NotText.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], encoding)
    wide = _guess_wide(data)
    if wide:
        return data.decode(wide), f"has no mark of its encoding and was read as {wide.upper()}"
    _check_text(data)
    for encoding in ("utf-8", *declared):
        try:
            return data.decode(encoding), ""
        except (UnicodeDecodeError, LookupError):
            continue
    return _guess_encoding(data)


def find_declared_encoding(data: bytes) -> tuple[str, ...]:
    """Return the encoding a web page or a feed names for itself, if it is one of text that is used on the web."""
    match = DECLARED.search(data[:4096])
    return name_encodings(match[1].decode("ascii")) if match else ()


def find_stated_encoding(kind: str) -> tuple[str, ...]:
    """Return the encoding that a media type names ("text/html; charset=koi8-r"), if it is one used on the web."""
    match = CHARSET.search(kind)
    return name_encodings(match[1]) if match else ()


def name_encodings(label: str) -> tuple[str, ...]:
    """Return Python's name of an encoding called `label`, as browsers take it; nothing where no page is written in it.

    Browsers read Latin-1 and ASCII as Windows-1252, and other older sets as the larger ones that took their place.
    Source: WHATWG Encoding Standard.
    """
    name = label.strip().lower()
    with suppress(LookupError):
        name = codecs.lookup(name).name
    groups = load_groups("encodings.toml", "encodings")
    return tuple(known for known, names in groups.items() if name == known or name in names)


def _decode_marked(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), ""
    except UnicodeDecodeError:
        return data.decode(encoding, "replace"), f"has bytes that are not {encoding.upper()}; they are shown as \ufffd"


def _guess_wide(data: bytes) -> str:
    """Name the UTF-16 that unmarked bytes are in: every other byte of most Western text is then 0."""
    sample = data[: min(len(data), SAMPLE) // 2 * 2]
    if len(sample) < 8 or len(data) % 2:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    most, least = 0.2 * len(sample), 0.025 * len(sample)
    encoding = "utf-16-be" if even > most and odd < least else "utf-16-le" if odd > most and even < least else ""
    if not encoding:
        return ""
    try:
        return encoding if "\0" not in data.decode(encoding) else ""
    except UnicodeDecodeError:
        return ""


def _check_text(data: bytes) -> None:
    """Refuse bytes that are no text; a format is told by its first bytes (of words only where they are its own)."""
    sample = data[:SAMPLE]
    control = len(sample) - len(sample.translate(None, CONTROL))
    binary = b"\0" in data or control > MOST_CONTROL * len(sample)
    for entry in load_list("formats.toml")["magic" if binary else "magic_words"]:
        magic, _, name = entry.partition(" = ")
        if data.startswith(magic.encode("latin-1")):
            raise NotText(f"is {name}, not text")
    if binary:
        raise NotText("is binary, not text")


def _guess_encoding(data: bytes) -> tuple[str, str]:
    encoding = "cp1252" if _is_western(data) else _identify(data)
    return data.decode(encoding, "replace"), f"is not UTF-8 and was read as {encoding}; check its accented letters"


def _is_western(data: bytes) -> bool:
    """Say whether every mark in `data`, read as Windows-1252, is one that Western European texts have."""
    marks = set(data.decode("cp1252", "replace")) - set(map(chr, range(128)))
    return marks <= set("".join(load_list("formats.toml")["western"]))


def _identify(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE], cp_isolation=list(load_list("formats.toml")["encodings"])).best()
    return best.encoding if best else "cp1252"
