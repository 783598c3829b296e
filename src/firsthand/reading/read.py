"""How does a pile of files become reports?

Every file is read by the reader of its format; what cannot be read becomes a Problem, and the others are read on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath

from firsthand.errors import InputError
from firsthand.model import Problem, Report, ReportId
from firsthand.reading.decode import NotText, decode_text, find_declared_encoding
from firsthand.reading.feed import read_feed
from firsthand.reading.gather import (
    Found,
    Unreadable,
    drop_sidecars,
    find_files,
    find_sidecar,
    note_unreadable,
    read_bytes,
)
from firsthand.reading.header import read_sidecar
from firsthand.reading.item import Draft, Facts, Item, draft_item
from firsthand.reading.lists import load_list
from firsthand.reading.mail import read_mail
from firsthand.reading.page import read_page
from firsthand.reading.pile_dates import settle_dates
from firsthand.reading.plain import read_markdown, read_plain

READERS = ("text", "markdown", "page", "feed", "mail")
TEXT_READERS: dict[str, Callable[[str, str], Item]] = {
    "text": read_plain,
    "markdown": read_markdown,
    "page": lambda _, text: read_page(text),
}


def read_reports(paths: Sequence[str]) -> tuple[tuple[Report, ...], tuple[Problem, ...]]:
    """Read files, folders and "-" (standard input) into reports, in the order given; folders in order of their paths.

    Returns the reports, each with its own problems, and the problems of files that gave no report.
    Raises InputError where nothing can be read at all.
    """
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for one in drop_sidecars(find_files(paths)):
        try:
            drafts += _read_file(one)
        except Unreadable as error:
            problems.append(note_unreadable(one.path, error))
    if not drafts:
        raise InputError(_explain_nothing(problems))
    return number_reports(settle_dates(drafts)), tuple(problems)


def read_report(path: str, data: bytes) -> tuple[Report, ...]:
    """Read the bytes of one file called `path` into its reports: one, or as many as a feed has items.

    Raises Unreadable where the bytes are no text or of a format that is not read.
    """
    return number_reports(settle_dates(_draft(path, data, Facts())))


def number_reports(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Give the second and later of reports with the same text an id of their own, "~2" and so on."""
    seen: Counter[ReportId] = Counter()
    numbered = []
    for report in reports:
        seen[report.id] += 1
        count = seen[report.id]
        numbered.append(report if count == 1 else replace(report, id=ReportId(f"{report.id}~{count}")))
    return tuple(numbered)


def _draft(path: str, data: bytes, beside: Facts) -> list[Draft]:
    """Choose the reader of a file's format and let it read."""
    if not data.strip():
        raise Unreadable("is empty")
    reader = _choose_reader(path, data)
    try:
        if reader == "mail":
            return [draft_item(path, read_mail(data), beside)]
        text, doubt = decode_text(data, find_declared_encoding(data) if reader in ("page", "feed") else ())
    except NotText as error:
        raise Unreadable(f"{error}; firsthand reads {_name_formats()}") from error
    if reader == "feed":
        return [draft_item(f"{path}#{number}", item, beside) for number, item in enumerate(read_feed(text), 1)]
    item = TEXT_READERS[reader](path, text)
    doubts = (Problem(where=path, what=doubt, remedy="save it as UTF-8"),) if doubt else ()
    return [draft_item(path, replace(item, problems=doubts + item.problems), beside)]


def _read_file(found: Found) -> list[Draft]:
    facts, noted = _read_beside(found)
    drafts = _draft(found.path, read_bytes(found), facts)
    return [replace(draft, item=replace(draft.item, problems=noted + draft.item.problems)) for draft in drafts]


def _read_beside(found: Found) -> tuple[Facts, tuple[Problem, ...]]:
    sidecar = find_sidecar(found)
    if sidecar is None:
        return Facts(), ()
    path = str(PurePath(found.path).with_suffix(".toml"))
    try:
        text, _ = decode_text(read_bytes(Found(path=path, place=sidecar, root=found.root)))
    except (Unreadable, NotText) as error:
        return Facts(), (note_unreadable(path, error),)
    return read_sidecar(path, text)


def _choose_reader(path: str, data: bytes) -> str:
    """Choose by the ending of the name; a file without one is a page if it starts like one, else text."""
    suffix = PurePath(path).suffix.lower()
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    looks_like_page = start.startswith((b"<!doctype html", b"<html"))
    if suffix in ("", ".xml") and looks_like_page and path != "-":
        return "page"
    formats = load_list("formats.toml")
    for reader in READERS:
        if suffix in formats[reader]:
            return reader
    raise Unreadable(f"is a '{suffix}' file, a format that is not read; firsthand reads {_name_formats()}")


def _name_formats() -> str:
    formats = load_list("formats.toml")
    return ", ".join(ending for reader in READERS for ending in formats[reader] if ending)


def _explain_nothing(problems: Sequence[Problem]) -> str:
    if not problems:
        return "no report among the files given; name a text, a page, a feed or a mail"
    first = problems[0]
    remedy = f"; {first.remedy}" if first.remedy else ""
    others = f" (and {len(problems) - 1} more that cannot be read)" if len(problems) > 1 else ""
    return f"{first.where}: {first.what}{remedy}{others}"
