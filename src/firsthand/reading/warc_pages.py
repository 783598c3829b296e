"""What do the pages of a web archive (WARC or WACZ) say?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO

from firsthand.model import Link, Problem, Report
from firsthand.reading.bounds import MOST_EXPANDED
from firsthand.reading.gather import Unreadable, note_unreadable
from firsthand.reading.item import Content, Facts, Opener, merge_facts, place_content
from firsthand.reading.names import show_path
from firsthand.reading.wacz import Damage, iterate_wacz
from firsthand.reading.warc import Captured, iterate_warc

NO_PAGE = -1


def read_warc(path: str, data: bytes, opener: Opener) -> Content:
    """Read the bytes of a web archive; see `read_warc_stream`."""
    return read_warc_stream(path, BytesIO(data), opener)


def read_warc_stream(path: str, stream: BinaryIO, opener: Opener) -> Content:
    """Read every page of a web archive that holds text, each called by the number of its record.

    A revisit becomes a link at the page it points to. What holds no text is counted in one problem.
    """
    return _read_records(path, iterate_warc(stream), opener)


def read_wacz(path: str, data: bytes, opener: Opener) -> Content:
    """Read the bytes of a WACZ file; see `read_wacz_stream`."""
    return read_wacz_stream(path, BytesIO(data), opener)


def read_wacz_stream(path: str, stream: BinaryIO, opener: Opener) -> Content:
    """Read the pages of all web archives in a WACZ file, as `read_warc_stream` does of one."""
    return _read_records(path, iterate_wacz(stream), opener)


def _read_records(path: str, records: Iterator[Captured | Damage], opener: Opener) -> Content:
    contents, originals, revisits = list[Content](), dict[str, int](), list[Captured]()
    skipped: Counter[str] = Counter()
    ending = list[Problem]()
    try:
        for one in records:
            if isinstance(one, Damage):
                ending.append(note_unreadable(f"{path}{'#' if one.member else ''}{one.member}", one.fault))
            elif one.of:
                revisits.append(one)
            elif why := _explain_skip(one):
                skipped[why] += 1
                originals |= dict.fromkeys(_name(one), NO_PAGE)
            else:
                originals |= dict.fromkeys(_name(one), len(contents))
                contents.append(read_captured(path, one, opener))
    except Unreadable as error:
        if not any(one.items or one.reports for one in contents):
            raise
        ending.append(note_unreadable(path, error))
    skipped["repetition of what is no page"] += sum(_find_original(one, originals) == NO_PAGE for one in revisits)
    contents, lost = _join_revisits(path, contents, revisits, originals)
    return _bind(contents, (*lost, *_tell_skipped(path, +skipped), *ending))


def _bind(contents: Sequence[Content], noted: tuple[Problem, ...]) -> Content:
    """Return the pages of an archive as one content. Raises Unreadable where there is none."""
    whole = Content(
        items=tuple(item for one in contents for item in one.items),
        reports=tuple(report for one in contents for report in one.reports),
        problems=(*(problem for one in contents for problem in one.problems), *noted),
    )
    if not whole.items and not whole.reports:
        first = f" ({whole.problems[0].what})" if whole.problems else ""
        raise Unreadable(f"is a web archive without a page that can be read{first}")
    return whole


def read_captured(path: str, captured: Captured, opener: Opener) -> Content:
    """Read one record of a web archive, called by its number: its page with the address and time of capture."""
    place = f"#{captured.place}"
    # What one page unfolds into is bounded by itself: an archive as a whole may hold any number of pages.
    opener.allowance.left = MOST_EXPANDED
    facts = Facts(url=captured.url, retrieved=captured.retrieved)
    try:
        inner = opener.open(_name_page(captured), captured.data, captured.kind)
    except Unreadable as error:
        problem = note_unreadable(f"{path}{place}", error)
        return Content(problems=(replace(problem, what=f"{problem.what} ({show_path(captured.url[:200])})"),))
    placed = place_content(path, place, inner)
    items = tuple((at, replace(item, facts=merge_facts(item.facts, facts))) for at, item in placed.items)
    return replace(placed, items=items)


def _name_page(captured: Captured) -> str:
    """Return a file name for a page whose media type is not stated, from the end of its address."""
    return PurePosixPath(captured.url.partition("?")[0].rstrip("/")).name if not captured.kind else ""


def _explain_skip(captured: Captured) -> str:
    """Say why a record is left out, or return an empty string."""
    if captured.status >= 300:
        return f"status {captured.status}"
    return captured.fault or ("" if captured.data.strip() else captured.kind.partition(";")[0].strip() or "nothing")


def _tell_skipped(path: str, skipped: Mapping[str, int]) -> Iterator[Problem]:
    if skipped:
        most = sorted(skipped.items(), key=lambda pair: (-pair[1], pair[0]))
        shown = ", ".join(f"{count} {why[:80]}" for why, count in most[:6])
        more = f" and {len(most) - 6} other kinds" if len(most) > 6 else ""
        total = sum(skipped.values())
        yield Problem(where=path, what=f"{total} record{'s' * (total != 1)} without a report: {shown}{more}")


def _name(captured: Captured) -> Iterator[str]:
    """Yield the names by which a revisit may point to a record."""
    yield from (one for one in (captured.id, captured.digest, captured.url) if one)


def _find_original(revisit: Captured, originals: Mapping[str, int]) -> int | None:
    """Return which page a revisit points to: by the id of its record, else by its digest, else by its address."""
    record, address, digest = revisit.of or ("", "", "")
    return next((originals[name] for name in (record, digest, address) if name in originals), None)


def _join_revisits(
    path: str, contents: list[Content], revisits: Sequence[Captured], originals: Mapping[str, int]
) -> tuple[list[Content], list[Problem]]:
    """Note at every page when it was met again unchanged, and where; a revisit whose page is not here is a problem."""
    joined, lost = list(contents), list[Problem]()
    for one in revisits:
        number = _find_original(one, originals)
        link = Link(url=one.url, text=one.retrieved, rel="revisit")
        if number is None:
            lost.append(Problem(where=f"{path}#{one.place}", what=explain_lost(one.of[1] if one.of else one.url)))
        elif number != NO_PAGE:
            there = joined[number]
            items = tuple((at, replace(item, links=(*item.links, link))) for at, item in there.items)
            joined[number] = replace(there, items=items, reports=tuple(_link(report, link) for report in there.reports))
    return joined, lost


def explain_lost(address: str) -> str:
    """Return the rest of a sentence about a revisit of a page that is not here."""
    return f"points to {show_path(address[:200])}, which is not in this archive"


def _link(report: Report, link: Link) -> Report:
    return replace(report, links=(*report.links, link))
