"""Where in each report do the quoted sentences stand?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from firsthand.model import Attribution, Part, Report
from firsthand.views.notes import Notes


class Role(NamedTuple):
    """A stretch of text that is a source, a cue or a content, and whether an analyst has judged it so."""

    start: int
    end: int
    name: str
    judged: bool


class Segment(NamedTuple):
    """A stretch of a report: the notes that quote it, those that begin or end here, and whether it is not the report.

    `roles` are class names: "source", "cue", "content", with "opens" and "shuts" at the ends of a content, and
    "judged" where an analyst has judged the attribution.
    """

    text: str
    notes: tuple[int, ...]
    begins: tuple[int, ...]
    ends: tuple[int, ...]
    aside: bool
    roles: str = ""


def cut_report(report: Report, notes: Notes, attributions: Sequence[Attribution] = ()) -> tuple[Segment, ...]:
    """Return the whole text of a report in stretches, no character lost, cut where a quotation or a role changes."""
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
    played = _list_roles(report, attributions)
    for role in played:
        cuts |= {role.start, role.end}
    edges = sorted(cut for cut in cuts if 0 <= cut <= length)
    return tuple(
        Segment(
            report.text[start:end],
            tuple(number for first, last, number in spans if first <= start and end <= last),
            tuple(number for first, last, number in spans if first == start and last > start),
            tuple(number for first, last, number in spans if last == end and last > first),
            bool(report.body) and not any(first <= start and end <= last for first, last in report.body),
            _name_roles(start, end, played),
        )
        for start, end in zip(edges, edges[1:], strict=False)
    )


def _list_roles(report: Report, attributions: Sequence[Attribution]) -> tuple[Role, ...]:
    """Return what the words of a report do in its attributions, clipped to its text."""
    length = len(report.text)
    return tuple(
        Role(max(0, start), min(length, end), role, item.reason.rule == "judged")
        for item in attributions
        if item.report == report.id
        for role, mention in (("source", item.source_mention), ("cue", item.cue), ("content", item.content))
        for start, end in mention.spans
        if max(0, start) < min(length, end)
    )


def _name_roles(start: int, end: int, played: Sequence[Role]) -> str:
    here = [role for role in played if role.start <= start and end <= role.end]
    names = {role.name for role in here} | {"judged" for role in here if role.judged}
    contents = [role for role in here if role.name == "content"]
    names |= {"opens" for role in contents if role.start == start} | {"shuts" for role in contents if role.end == end}
    return " ".join(sorted(names))


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
