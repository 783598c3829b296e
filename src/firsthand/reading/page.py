"""What does a web page say?"""

from __future__ import annotations

from urllib.parse import urljoin

from firsthand.model import Link, Part, PartKind
from firsthand.reading.gather import Unreadable
from firsthand.reading.item import Facts, Item
from firsthand.reading.markup import Element, parse_page, read_lines, read_words
from firsthand.reading.page_facts import find_facts, find_stated_links
from firsthand.reading.page_parts import Taken, take_parts
from firsthand.reading.page_text import extract_text
from firsthand.reading.regions import find_regions


def read_page(text: str) -> Item:
    """Read a web page: its main text, what it says about itself, and the parts around the report.

    Raises Unreadable where the page has no text.
    """
    tree = parse_page(text)
    if tree is None or tree.find("body") is None:
        raise Unreadable("is a page without any text")
    facts, stated = find_facts(tree), find_stated_links(tree)
    taken = take_parts(tree, facts.published)
    main = extract_text(tree, facts)
    if not main.strip():
        # A page that seems to be nothing but parts is read whole rather than lost.
        taken, main = Taken(), "\n".join(read_lines(parse_page(text)))
    if not main.strip():
        raise Unreadable("is a page without any text")
    parts = taken.parts + _find_rest(tree, main, facts.title)
    links = stated + find_links(tree, main, facts.url) + taken.links
    return Item(text=main, body=((0, len(main)),), facts=facts, parts=parts, links=links)


def read_fragment(markup: str, facts: Facts) -> Item:
    """Read a piece of a page, such as the content of a feed's item: all of it, an imprint at its end apart."""
    tree = parse_page(f"<html><body>{markup}</body></html>")
    text = "\n\n".join(read_lines(tree)) if tree is not None else ""
    regions = find_regions(text, 0, facts.title, facts.publisher)
    return Item(text=text, body=regions.body, facts=facts, parts=regions.parts, links=find_links(tree, text, facts.url))


def _find_rest(tree: Element, main: str, title: str) -> tuple[Part, ...]:
    """Return the page's other lines as one part, so that nothing read is lost."""
    flat = " ".join(main.split())
    rest = [line for line in read_lines(tree.find("body")) if line not in flat and line != title]
    return (Part(kind=PartKind.FURNITURE, text="\n".join(rest)),) if rest else ()


def find_links(tree: Element | None, text: str, base: str) -> tuple[Link, ...]:
    """Find the links whose words stand in `text`, in order, each with where they stand."""
    links: list[Link] = []
    start = 0
    for anchor in tree.iter("a") if tree is not None else ():
        words, href = read_words(anchor), (anchor.get("href") or "").strip()
        at = text.find(words, start) if words else -1
        url = _join(base, href)
        if at < 0 or not url.startswith(("http://", "https://")):
            continue
        links.append(Link(url=url, text=words, span=(at, at + len(words))))
        start = at + len(words)
    return tuple(links)


def _join(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return ""
