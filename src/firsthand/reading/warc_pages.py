"""What do the pages of a web archive (WARC or WACZ) say?

A WACZ file is a zip archive with web archives in its folder `archive`; nothing is ever unpacked to the disk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from os import SEEK_END
from pathlib import PurePosixPath
from typing import BinaryIO
from zipfile import ZipInfo

from firsthand.model import Link, Problem, Report
from firsthand.reading.bounds import MOST_EXPANDED, ZIP_DAMAGE, open_zip
from firsthand.reading.gather import Unreadable, note_unreadable
from firsthand.reading.item import Content, Facts, Opener, join_contents, merge_facts, place_content
from firsthand.reading.names import show_path
from firsthand.reading.warc import Captured, iterate_warc

LARGEST_ARCHIVE = 64 << 30


def read_warc(path: str, data: bytes, opener: Opener) -> Content:
    """Read the bytes of a web archive; see `read_warc_stream`."""
    return read_warc_stream(path, BytesIO(data), opener)


def read_warc_stream(path: str, stream: BinaryIO, opener: Opener) -> Content:
    """Read every page of a web archive that holds text, each called by the number of its record.

    A revisit becomes a link at the page it points to. What holds no text is counted in one problem.
    """
    contents, originals, revisits = list[Content](), dict[str, int](), list[Captured]()
    skipped: Counter[str] = Counter()
    ending: tuple[Problem, ...] = ()
    try:
        for captured in iterate_warc(stream):
            if captured.of:
                revisits.append(captured)
            elif why := _explain_skip(captured):
                skipped[why] += 1
            else:
                originals |= dict.fromkeys(_name(captured), len(contents))
                contents.append(read_captured(path, captured, opener))
    except Unreadable as error:
        if not any(one.items or one.reports for one in contents):
            raise
        ending = (note_unreadable(path, error),)
    contents, lost = _join_revisits(path, contents, revisits, originals)
    return _bind(contents, (*lost, *_tell_skipped(path, skipped), *ending))


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
    yield from (one for one in (captured.id, captured.url, captured.digest) if one)


def _join_revisits(
    path: str, contents: list[Content], revisits: Sequence[Captured], originals: Mapping[str, int]
) -> tuple[list[Content], list[Problem]]:
    """Note at every page when it was met again unchanged, and where; a revisit whose page is not here is a problem."""
    joined, lost = list(contents), list[Problem]()
    for one in revisits:
        number = next((originals[name] for name in one.of or () if name in originals), None)
        link = Link(url=one.url, text=one.retrieved, rel="revisit")
        if number is None:
            shown = show_path((one.of or ("", "", ""))[1] or one.url)[:200]
            lost.append(Problem(where=f"{path}#{one.place}", what=f"points to {shown}, which is not in this archive"))
        else:
            there = joined[number]
            items = tuple((at, replace(item, links=(*item.links, link))) for at, item in there.items)
            joined[number] = replace(there, items=items, reports=tuple(_link(report, link) for report in there.reports))
    return joined, lost


def _link(report: Report, link: Link) -> Report:
    return replace(report, links=(*report.links, link))


def read_wacz(path: str, data: bytes, opener: Opener) -> Content:
    """Read the bytes of a WACZ file; see `read_wacz_stream`."""
    return read_wacz_stream(path, BytesIO(data), opener)


def read_wacz_stream(path: str, stream: BinaryIO, opener: Opener) -> Content:
    """Read the web archives in a WACZ file. A member whose name leads out of its folder is refused, as a problem."""
    packed = stream.seek(0, SEEK_END)
    stream.seek(0)
    content, found = Content(), 0
    with open_zip(stream, packed, largest=LARGEST_ARCHIVE) as archive:
        for member in sorted(archive.infolist(), key=lambda one: one.filename):
            if not _is_safe(member):
                what = f"holds '{show_path(member.filename[:200])}', which leads out of its folder; it was left alone"
                content = join_contents(content, Content(problems=(Problem(where=path, what=what),)))
            elif _is_archive(member):
                found += 1
                try:
                    with archive.open(member) as inner:
                        there = read_warc_stream(path, inner, opener)  # type: ignore[arg-type]
                    place = f"#{found}" if found > 1 else ""
                    content = join_contents(content, place_content(path, place, there) if place else there)
                except (Unreadable, *ZIP_DAMAGE) as error:
                    fault = error if isinstance(error, Unreadable) else Unreadable("is damaged")
                    problem = note_unreadable(f"{path}#{show_path(member.filename)}", fault)
                    content = join_contents(content, Content(problems=(problem,)))
    if not content.items and not content.reports:
        first = f" ({content.problems[0].what})" if content.problems else ""
        raise Unreadable(f"is a zip archive without a web archive that can be read{first}")
    return content


def _is_safe(member: ZipInfo) -> bool:
    name = member.filename.replace("\\", "/")
    return not name.startswith("/") and ".." not in name.split("/") and ":" not in name.split("/")[0]


def _is_archive(member: ZipInfo) -> bool:
    name = member.filename
    return name.startswith("archive/") and name.lower().endswith((".warc", ".warc.gz"))
