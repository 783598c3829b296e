"""What does a file of this name and these bytes hold?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from firsthand.model import Problem
from firsthand.reading.bounds import Allowance, check_length, check_markup, check_text, expand_gzip
from firsthand.reading.decode import NotText, decode_text, find_declared_encoding, find_stated_encoding
from firsthand.reading.feed import read_feed
from firsthand.reading.gather import Unreadable
from firsthand.reading.item import Content, Item, Opener, join_contents
from firsthand.reading.jsonl import read_json_lines
from firsthand.reading.kinds import OF_TEXT, choose_reader, find_reader, name_formats
from firsthand.reading.mail import read_mail
from firsthand.reading.mailbox import read_mailbox
from firsthand.reading.page import read_page
from firsthand.reading.pdf import read_pdf
from firsthand.reading.plain import read_markdown, read_plain
from firsthand.reading.plugins import find_plugin, read_plugged
from firsthand.reading.warc_pages import read_wacz, read_warc
from firsthand.reading.word import read_word

Reader = Callable[[str, bytes, Opener], Content]


def read_gzip(path: str, data: bytes, opener: Opener, kind: str = "") -> Content:
    """Read what a gzip file holds, as a file of the same name without ".gz", and of the media type where one is told.

    A page is often kept as it was sent, packed, and then called by the type of what it holds.
    """
    inner, doubt = expand_gzip(data, opener.allowance)
    media = kind.partition(";")[0].strip().lower()
    told = "" if find_reader(media, "media_") == "gzip" else kind
    content = opener.open(path[:-3] if path.lower().endswith(".gz") else path, inner, told)
    return join_contents(content, Content(problems=(Problem(where=path, what=doubt),) if doubt else ()))


READERS: Mapping[str, Reader] = {
    "mail": read_mail,
    "pdf": read_pdf,
    "word": read_word,
    "mailbox": read_mailbox,
    "lines": read_json_lines,
    "warc": read_warc,
    "wacz": read_wacz,
}


class FileOpener:
    """Opens one file the user named and all that stands inside it, within one allowance."""

    def __init__(self) -> None:
        self.allowance = Allowance()

    def open(self, path: str, data: bytes, kind: str = "") -> Content:
        """Return what a file holds. Raises Unreadable with the rest of a sentence about it."""
        if not data.strip():
            raise Unreadable("is empty")
        self.allowance.enter()
        try:
            plugin = find_plugin(path)
            if plugin:
                return read_plugged(plugin, path, data)
            reader = choose_reader(path, data, kind)
            if reader == "gzip":
                return read_gzip(path, data, self, kind)
            return _read_words(reader, path, data, kind) if reader in OF_TEXT else READERS[reader](path, data, self)
        except NotText as error:
            raise Unreadable(f"{error}; firsthand reads {name_formats()}") from error
        finally:
            self.allowance.leave()


def _read_words(reader: str, path: str, data: bytes, kind: str) -> Content:
    """Read bytes that are words: decoded as stated with them or in them, else as they look."""
    own = find_declared_encoding(data) if reader in ("page", "feed") else ()
    text, doubt = decode_text(data, (*find_stated_encoding(kind), *own))
    if reader == "feed":
        check_markup(text)
        return Content(items=tuple((f"#{number}", item) for number, item in enumerate(read_feed(text), 1)))
    if reader == "page":
        check_markup(text)
        item = read_page(text)
        check_length(item.text)
    else:
        check_text(text)
        item = read_markdown(path, text) if reader == "markdown" else read_plain(path, text)
    return Content(items=(("", _note_doubt(path, item, doubt)),))


def _note_doubt(path: str, item: Item, doubt: str) -> Item:
    problems = (Problem(where=path, what=doubt, remedy="save it as UTF-8"),) if doubt else ()
    return replace(item, problems=problems + item.problems)
