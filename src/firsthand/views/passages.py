"""Where in each report do the quoted sentences stand?"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

from firsthand.model import Part, Report
from firsthand.views.notes import Notes


class Segment(NamedTuple):
    """A stretch of a report: the notes that quote it, those that begin here, and whether it is not the report."""

    text: str
    notes: tuple[int, ...]
    begins: tuple[int, ...]
    aside: bool


def cut_report(report: Report, notes: Notes) -> tuple[Segment, ...]:
    """Return the whole text of a report in stretches, no character lost, cut where a quotation begins or ends."""
    length = len(report.text)
    spans = sorted(
        (max(0, quote.span.start), min(length, quote.span.end), number)
        for quote, number in notes.items()
        if quote.span.report == report.id
    )
    cuts = {0, length}
    for start, end, _ in spans:
        cuts |= {start, end}
    for start, end in report.body:
        cuts |= {max(0, min(length, start)), max(0, min(length, end))}
    edges = sorted(cut for cut in cuts if 0 <= cut <= length)
    return tuple(
        Segment(
            report.text[start:end],
            tuple(number for first, last, number in spans if first <= start and end <= last),
            tuple(number for first, last, number in spans if first == start and last > start),
            bool(report.body) and not any(first <= start and end <= last for first, last in report.body),
        )
        for start, end in zip(edges, edges[1:], strict=False)
    )


def find_loose_parts(report: Report) -> tuple[Part, ...]:
    """Return the parts of a page whose words do not stand in the report's text."""
    return tuple(part for part in report.parts if part.span is None and part.text.strip())


def find_address(url: str) -> str:
    """Return an address that may be followed, or an empty string: http and https only."""
    try:
        found = urlsplit(url.strip())
    except ValueError:
        return ""
    plain = found.scheme in {"http", "https"} and found.netloc and not any(letter.isspace() for letter in url.strip())
    return url.strip() if plain and url.isprintable() else ""
