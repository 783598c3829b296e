"""How do reports come into a case, from the disk and from the web?

This is the one place where what is fetched meets a case: the pages are written as they came, and entered in custody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from firsthand.case import add_reports
from firsthand.case.captures import FEEDS, Page, add_page, find_reports
from firsthand.case.folder import Added
from firsthand.custody import Response, enter_reports, record_capture
from firsthand.errors import FetchError
from firsthand.fetching import Captured, Client, fetch_url, is_address
from firsthand.model import record
from firsthand.reading import read_report
from firsthand.reading.decode import find_stated_encoding
from firsthand.reading.gather import Unreadable

MOST_ITEMS = 50


@record
class NotAdded:
    """An address that gave no report, and why."""

    given: str
    why: str


def add_paths(
    folder: str | Path, paths: Sequence[str], client: Client, *, items: bool = False
) -> Iterator[Added | NotAdded]:
    """Add files, folders and addresses on the web to a case, and say of each what became of it, as it happens.

    `items`: also fetch the pages that the items of a feed lead to, 50 of a feed at most.
    Raises CaseError where `folder` is no case, InputError for a path that cannot be read, before anything is fetched.
    """
    find_reports(folder)
    local = [path for path in paths if not is_address(path)]
    if local:
        yield from add_reports(folder, local)
    for url in filter(is_address, paths):
        yield from _add_url(folder, url, client, items)


def _add_url(folder: str | Path, url: str, client: Client, items: bool) -> Iterator[Added | NotAdded]:
    try:
        captured = fetch_url(url, client=client)
    except FetchError as fault:
        yield NotAdded(given=url, why=str(fault))
        return
    yield _enter(folder, captured)
    if items and captured.ending in FEEDS:
        for link in _list_links(captured):
            yield from _add_url(folder, link, client, items=False)


def _enter(folder: str | Path, captured: Captured) -> Added:
    """Write a page into the case and enter it, with the file beside it, in the log of custody.

    A page whose bytes are there already is not written again; that it was met again is entered.
    """
    page = Page(
        url=captured.final_url,
        body=captured.body,
        ending=captured.ending,
        retrieved=captured.retrieved,
        charset=_find_charset(captured),
    )
    added = add_page(folder, page)
    if added.known:
        # It may lie there by hand, and then comes into custody now.
        enter_reports(folder, [(added.path, added.path)])
    response = Response(
        url=captured.final_url,
        status=captured.status,
        reason=captured.reason,
        headers=captured.headers,
        body=captured.body,
    )
    record_capture(folder, added.path, response, note=describe_capture(captured))
    if not added.known:
        beside = str(Path(added.path).with_suffix(".toml"))
        enter_reports(folder, [(beside, beside)])
    return added


def _find_charset(captured: Captured) -> str:
    """Return the encoding the server stated, or nothing where no page is written in it."""
    kind = next((value for name, value in captured.headers if name.lower() == "content-type"), "")
    return next(iter(find_stated_encoding(kind)), "")


def describe_capture(captured: Captured) -> str:
    """Return what custody notes of a capture: who asked and was asked, by which way, and how robots.txt was heeded."""
    agent = next((value for name, value in captured.asked if name == "User-Agent"), "")
    way = "".join(f"; {hop.url} led on with {hop.status}" for hop in captured.redirects)
    return f"asked {captured.peer} as {agent}{way}; robots.txt {captured.robots}"


def _list_links(captured: Captured) -> list[str]:
    """Return where the items of a feed lead to, each address once."""
    try:
        reports = read_report(f"feed{captured.ending}", captured.body)
    except Unreadable:
        return []
    return list(dict.fromkeys(report.url for report in reports if is_address(report.url)))[:MOST_ITEMS]
