"""What does a web page say?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urljoin

from firsthand.model import Link, Part, PartKind
from firsthand.reading.gather import Unreadable
from firsthand.reading.item import Facts, Item
from firsthand.reading.page_facts import PageFacts, find_stated_links
from firsthand.reading.page_parts import PartFinder, Taken, build_parts
from firsthand.reading.page_text import Text, find_root, find_text, find_text_again, is_doubtful
from firsthand.reading.page_tree import Page, parse_page
from firsthand.reading.regions import find_regions


def read_page(markup: str) -> Item:
    """Read a web page: its main text, what it says about itself, and the parts around the report.

    Raises Unreadable where the page has no text.
    """
    page = parse_page(markup)
    if not page.nodes:
        raise Unreadable("is a page without any text")
    stated = PageFacts(page)
    finder = PartFinder(page)
    root = find_root(page, finder.take_prose())
    taken = finder.take_rest(page.nodes[0])
    text = find_text(page, root, taken.kinds, stated)
    if is_doubtful(page, root, taken.kinds, text):
        text = find_text_again(page, taken.kinds, stated, markup, text)
    if not text.lines:
        # A page that seems to be nothing but parts is read whole rather than lost.
        taken, text = Taken(kinds=(), boxes=()), _read_whole(page)
    main = "\n".join(text.lines)
    if not main:
        raise Unreadable("is a page without any text")
    facts = stated.read_all()
    parts, pingbacks = build_parts(page, taken)
    rest = _find_rest(page, taken, text, facts.title)
    links = find_stated_links(stated) + _find_links(page, text.numbers, main, facts.url) + pingbacks
    return Item(text=main, body=((0, len(main)),), facts=facts, parts=parts + rest, links=links)


def read_main_text(markup: str) -> str:
    """Return the main text of a web page alone, as read_page finds it; empty where the page has none.

    The same steps, asked for less: of the page, of its parts and of what it says about itself.
    """
    page = parse_page(markup, whole=False)
    if page.nodes:
        finder = PartFinder(page)
        root = find_root(page, finder.take_prose())
        taken = finder.take_rest(root)
        text = find_text(page, root, taken.kinds, PageFacts(page))
        if text.lines and not is_doubtful(page, root, taken.kinds, text):
            return "\n".join(text.lines)
    try:
        return read_page(markup).text
    except Unreadable:
        return ""


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
