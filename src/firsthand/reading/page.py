"""What does a web page say?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urljoin

from firsthand.model import Link, Part, PartKind
from firsthand.reading.gather import Unreadable
from firsthand.reading.item import Facts, Item
from firsthand.reading.page_facts import find_facts, find_stated_links, read_head
from firsthand.reading.page_parts import Taken, build_parts, take_parts
from firsthand.reading.page_text import Text, find_text
from firsthand.reading.page_tree import Page, parse_page
from firsthand.reading.regions import find_regions


def read_page(markup: str) -> Item:
    """Read a web page: its main text, what it says about itself, and the parts around the report.

    Raises Unreadable where the page has no text.
    """
    page = parse_page(markup)
    if not page.nodes:
        raise Unreadable("is a page without any text")
    head = read_head(page)
    facts = find_facts(page, head)
    taken = take_parts(page)
    text = find_text(page, taken.kinds, facts, markup)
    if not text.lines:
        # A page that seems to be nothing but parts is read whole rather than lost.
        taken, text = Taken(kinds=(), boxes=()), _read_whole(page)
    main = "\n".join(text.lines)
    if not main:
        raise Unreadable("is a page without any text")
    parts, pingbacks = build_parts(page, taken)
    rest = _find_rest(page, taken, text, facts.title)
    links = find_stated_links(head) + _find_links(page, text.numbers, main, facts.url) + pingbacks
    return Item(text=main, body=((0, len(main)),), facts=facts, parts=parts + rest, links=links)


def read_main_text(markup: str) -> str:
    """Return the main text of a web page alone, as read_page finds it; empty where the page has none."""
    page = parse_page(markup, whole=False)
    if not page.nodes:
        return ""
    text = find_text(page, take_parts(page).kinds, find_facts(page, read_head(page)), markup)
    return "\n".join(text.lines)


def read_fragment(markup: str, facts: Facts) -> Item:
    """Read a piece of a page, such as the content of a feed's item: all of it, an imprint at its end apart."""
    page = parse_page(f"<html><body>{markup}</body></html>")
    whole = _read_whole(page)
    text = "\n\n".join(whole.lines)
    regions = find_regions(text, 0, facts.title, facts.publisher)
    links = _find_links(page, whole.numbers, text, facts.url)
    return Item(text=text, body=regions.body, facts=facts, parts=regions.parts, links=links)


def _read_whole(page: Page) -> Text:
    numbers = [number for number, line in enumerate(page.lines) if line]
    return Text(lines=[page.lines[number] for number in numbers], numbers=numbers)


def _find_rest(page: Page, taken: Taken, text: Text, title: str) -> tuple[Part, ...]:
    """Return the page's other lines as one part, so that nothing read is lost."""
    said = {title, *text.lines}
    kinds = taken.kinds or [None] * len(page.lines)
    rest = [line for line, kind in zip(page.lines, kinds, strict=True) if kind is None and line and line not in said]
    return (Part(kind=PartKind.FURNITURE, text="\n".join(rest)),) if rest else ()


def _find_links(page: Page, numbers: Sequence[int], text: str, base: str) -> tuple[Link, ...]:
    """Find the links whose words stand in `text`, in order, each with where they stand."""
    links: list[Link] = []
    start = 0
    for words, href in _read_anchors(page, numbers):
        at = text.find(words, start)
        url = _join(base, href.strip())
        if at < 0 or not url.startswith(("http://", "https://")):
            continue
        links.append(Link(url=url, text=words, span=(at, at + len(words))))
        start = at + len(words)
    return tuple(links)


def _read_anchors(page: Page, numbers: Sequence[int]) -> Iterable[tuple[str, str]]:
    return (anchor for number in numbers for anchor in page.read_anchors(number))


def _join(base: str, href: str) -> str:
    try:
        return href if href.startswith(("http://", "https://")) else urljoin(base, href)
    except ValueError:
        return ""
