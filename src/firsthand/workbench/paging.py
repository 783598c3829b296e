"""What of a report stands on one page, and where does each of its roles begin and end?

A long report is cut into pages at its paragraphs. No character of a page is lost; each stretch says which character
it begins with, so that what is selected in the browser is known by its place in the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from firsthand.model import Attribution, ContentKind, Report
from firsthand.workbench.marks import Mark

LENGTH, SLACK = 20_000, 2_000
ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Characters that are shown as something else, or that a browser changes: each is a stretch of its own."""
ROLES = ("source", "cue", "content")


class Page(NamedTuple):
    """A part of a report's text: its first character and its end, and where the pages before and after begin."""

    start: int
    end: int
    before: int | None
    after: int | None


class Stretch(NamedTuple):
    """Some words of a page. `roles`: class names; `marks`: the ids of their attributions; `tag`: what begins here."""

    start: int
    text: str
    roles: str = ""
    marks: str = ""
    tag: str = ""
    aside: bool = False
    anchor: bool = False
    short: bool = False


class _Role(NamedTuple):
    start: int
    end: int
    name: str
    mark: Mark


def find_page(report: Report, place: int) -> Page:
    """Return the page of a report that a character stands on, whichever text there is."""
    cuts = _cut_pages(report.text)
    number = max((n for n, cut in enumerate(cuts[:-1]) if cut <= place), default=0)
    return Page(
        start=cuts[number],
        end=cuts[number + 1],
        before=cuts[number - 1] if number else None,
        after=cuts[number + 1] if number + 2 < len(cuts) else None,
    )


def _cut_pages(text: str) -> list[int]:
    """Return where pages begin, and the end: after a blank line or a line near the full length, else right there."""
    cuts = [0]
    while len(text) - cuts[-1] > LENGTH + SLACK:
        full = cuts[-1] + LENGTH
        near = [text.find(end, full, full + SLACK) + len(end) for end in ("\n\n", "\n", " ")]
        cuts.append(next((place for place in near if place > full), full))
    return [*cuts, len(text)]


def cut_page(
    report: Report, page: Page, marks: Sequence[Mark], chosen: Mark | None, anchors: Iterable[int] = ()
) -> list[Stretch]:
    """Return the words of a page in stretches, cut where a role, the body of the report or an anchor begins or ends."""
    roles = [role for mark in marks for role in list_roles(mark) if role.start < page.end and role.end > page.start]
    wanted = {place for place in anchors if page.start <= place < page.end}
    cuts = {page.start, page.end} | wanted
    cuts |= {place for role in roles for place in (role.start, role.end)}
    cuts |= {place for span in report.body for place in span}
    for found in ODD.finditer(report.text, page.start, page.end):
        cuts |= {found.start(), found.end()}
    edges = sorted(cut for cut in cuts if page.start <= cut <= page.end)
    wanted |= {role.start for role in roles}
    return [
        _make_stretch(
            report, start, end, [role for role in roles if role.start <= start and end <= role.end], chosen
        )._replace(anchor=start in wanted)
        for start, end in zip(edges, edges[1:], strict=False)
    ]


def list_roles(mark: Mark) -> list[_Role]:
    """Return the stretches of a mark's source, cue and content."""
    mentions = (mark.shown.source_mention, mark.shown.cue, mark.shown.content)
    return [
        _Role(start, end, name, mark)
        for name, mention in zip(ROLES, mentions, strict=True)
        for start, end in mention.spans
    ]


def tell_spans(shown: Attribution | None) -> dict[str, list[list[int]]]:
    """Return the places of an attribution's roles, for a script."""
    if shown is None:
        return {}
    mentions = (shown.source_mention, shown.cue, shown.content)
    return {name: [list(span) for span in one.spans] for name, one in zip(ROLES, mentions, strict=True)}


def _make_stretch(report: Report, start: int, end: int, here: list[_Role], chosen: Mark | None) -> Stretch:
    names = {name for role in here for name in _name_role(role, chosen)}
    contents = [role for role in here if role.name == "content"]
    names |= {"opens" for role in contents if role.start == start} | {"shuts" for role in contents if role.end == end}
    # The innermost says most of a word: a source within what somebody else said is a source.
    inner = sorted(here, key=lambda role: (role.end - role.start, role.mark.id))
    aside = bool(report.body) and not any(first <= start and end <= last for first, last in report.body)
    begins = [role for role in inner if role.start == start]
    return Stretch(
        start=start,
        text=report.text[start:end],
        roles=" ".join(sorted(names)),
        marks=" ".join(dict.fromkeys(role.mark.id for role in inner)),
        tag=_name_tag(begins),
        aside=aside,
        short=bool(begins) and end - start < 12 and begins[0].end == end and "\n" not in report.text[start:end],
    )


def _name_role(role: _Role, chosen: Mark | None) -> Iterator[str]:
    yield role.name
    if role.mark.status == "rejected":
        yield f"{role.name}-rejected"
    elif not role.mark.is_open:
        yield f"{role.name}-solid"
    if chosen is not None and role.mark.id == chosen.id:
        yield "now"


def _name_tag(begins: Sequence[_Role]) -> str:
    """Return what is written above words where roles begin, of the innermost: "source", "content, quoted"."""
    if not begins:
        return ""
    role = begins[0]
    quoted = ", quoted" if role.name == "content" and role.mark.shown.content_kind is ContentKind.DIRECT else ""
    first = role.name == "content" and role.start == role.mark.shown.content.spans[0][0]
    return f"{role.name}{quoted}{', rejected' if first and role.mark.status == 'rejected' else ''}"
