"""What does a plain text or a Markdown file say?"""

from __future__ import annotations

import re

from firsthand.model import Link, PartKind
from firsthand.reading.blocks import is_listed
from firsthand.reading.header import read_header
from firsthand.reading.item import Facts, Item, merge_facts
from firsthand.reading.regions import Regions, find_regions

BARE_LINK = re.compile(r"https?://[^\s<>\"'\])}]{3,2000}")
MARKED_LINK = re.compile(r"(?<!!)\[(?P<text>[^\[\]\n]{1,300})\]\((?P<url>[^()\s]{1,2000})(?:\s+\"[^\"\n]*\")?\)")
IMPRINT = re.compile(r"(?P<name>[A-Z].{1,59}?) is (?:published|printed|run|produced|edited|issued|funded) by\b")
MARKED_TITLE = re.compile(r"\s*#\s+(?P<title>[^\n]{1,300}?)[ \t#]*(?:\r?\n|$)")


def read_plain(path: str, text: str) -> Item:
    """Read a plain text: its header block, the report, and what a saved page has around it. `text` is kept as it is."""
    header = read_header(path, text)
    regions = find_regions(text, header.end, header.facts.title, header.facts.publisher)
    return Item(
        text=text,
        body=regions.body,
        facts=merge_facts(header.facts, find_shown_facts(regions)),
        parts=regions.parts,
        links=find_bare_links(text, regions.body) + regions.links,
        problems=header.problems,
    )


def read_markdown(path: str, text: str) -> Item:
    """Read a Markdown text: front matter or header block, headline and marked links. `text` is kept as it is."""
    header = read_header(path, text)
    headline = MARKED_TITLE.match(text, header.end)
    title = header.facts.title or (headline["title"] if headline else "")
    regions = find_regions(text, headline.end() if headline else header.end, title, header.facts.publisher)
    marked = [
        match
        for match in MARKED_LINK.finditer(text)
        if any(begin <= match.start() < end for begin, end in regions.body)
    ]
    links = tuple(Link(url=match["url"], text=match["text"], span=match.span("text")) for match in marked)
    taken = {match.start("url") for match in marked}
    bare = tuple(link for link in find_bare_links(text, regions.body) if link.span and link.span[0] not in taken)
    return Item(
        text=text,
        body=regions.body,
        facts=merge_facts(header.facts, find_shown_facts(regions)),
        parts=regions.parts,
        links=links + bare + regions.links,
        problems=header.problems,
    )


def find_shown_facts(regions: Regions) -> Facts:
    """Return what a text shows of itself without a header: headline, date, and who puts it out by its imprint."""
    imprints = [" ".join(part.text.split()) for part in regions.parts if part.kind == PartKind.FURNITURE]
    publisher = next((named["name"] for named in map(IMPRINT.match, imprints) if named), "")
    newsletter = re.match(r"(?P<name>[A-Z][^:]{1,40}): \S", regions.title)
    if not publisher and newsletter and any(is_listed(words, "newsletter") for words in imprints):
        publisher = newsletter["name"]
    return Facts(title=regions.title, published=regions.published, publisher=publisher)


def find_bare_links(text: str, body: tuple[tuple[int, int], ...]) -> tuple[Link, ...]:
    """Find the addresses written out in the body; a full stop at the end is the sentence's."""
    links = []
    for begin, end in body:
        for match in BARE_LINK.finditer(text, begin, end):
            url = match[0].rstrip(".,;:!?")
            links.append(Link(url=url, text=url, span=(match.start(), match.start() + len(url))))
    return tuple(links)
