"""What does a web page say about itself?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from html import unescape
from typing import TypeAlias

from firsthand.model import Link
from firsthand.reading.dates import hints_at_date, is_date
from firsthand.reading.item import Facts
from firsthand.reading.lists import load_list
from firsthand.reading.page_markup import HREF, VALUES, read_roles
from firsthand.reading.page_names import PAGE
from firsthand.reading.page_tree import Node, Page

# A thing that linked data describes, as its JSON has it.
Thing: TypeAlias = Mapping[str, object]
TITLE_MARK = re.compile(r"\s+[|–—·»•-]\s+|\s*:\s+")
LONGEST_NAME = 60
LONGEST_DATE = 35
ITEM_TYPES = ("article", "posting", "report", "webpage", "creativework")
CANONICAL = 'rel="canonical"'
VALUE = re.compile(VALUES)
META_NAMES = ("property=", "name=", "itemprop=")
DATETIME = re.compile(r'datetime="([^"]*)"')
# Parts of a page whose dates are not the report's.
NOT_OURS = frozenset(("comment_box", "related"))
DATE_NAMES = load_list(PAGE)["date_fields"]
PUBLISHER_NAMES = load_list(PAGE)["publisher_fields"]


class PageFacts:
    """What a page says about itself, each thing found when it is asked for, from what states it most plainly."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @cached_property
    def meta(self) -> Mapping[str, str]:
        """Its meta fields by name in lower case."""
        return _read_meta(self.page.head) or _read_meta(self.page.markup)

    @cached_property
    def canonical(self) -> Sequence[str]:
        """The canonical addresses that its head states."""
        return tuple(_find_canonical(self.page.head))

    @cached_property
    def things(self) -> Sequence[Thing]:
        """The things that its JSON-LD describes; what is no JSON is passed over."""
        return tuple(thing for script in self.page.scripts for thing in _read_script(script))

    @cached_property
    def item(self) -> Thing:
        """The one of them that is the report."""
        return next((thing for thing in self.things if _is_item(thing)), {})

    @cached_property
    def headline(self) -> str:
        """Its headline, as it states or shows it."""
        stated = _first(_say(self.item.get("headline")), self.meta.get("og:title", ""))
        return stated or _read_headline(self.page, self.page.title)

    @cached_property
    def title(self) -> str:
        """Its headline, or its title without the publisher."""
        return self.headline or _strip_publisher(self.page.title, self.publisher)

    @cached_property
    def publisher(self) -> str:
        """Who put it out."""
        page, meta = self.page, self.meta
        stated = _first(_name(self.item.get("publisher")), *(meta.get(name, "") for name in PUBLISHER_NAMES))
        return stated or _find_masthead(page, page.title, self.headline) or _find_imprint(page, meta)

    @cached_property
    def published(self) -> str:
        """When it was put out, in the page's own words."""
        return _find_date(self.page, self.meta, self.item)

    @cached_property
    def url(self) -> str:
        """Its canonical address on the web."""
        url = _first(*self.canonical, self.meta.get("og:url", ""), _say(self.item.get("url")))
        return url if url.startswith("http") else ""

    def read_all(self) -> Facts:
        """Return title, publisher, address, date and language."""
        return Facts(
            title=self.title,
            publisher=self.publisher,
            url=self.url,
            published=self.published,
            language=self.page.language or self.meta.get("og:locale", ""),
        )


def _read_meta(markup: str) -> dict[str, str]:
    """Return the meta fields in some markup by name in lower case; the first of each name counts."""
    found: dict[str, str] = {}
    for piece in markup.split("<meta ")[1:]:
        values = piece[: piece.find('">')].split('"')
        name = content = ""
        for key, value in zip(values[::2], values[1::2], strict=False):
            name = name or (value if key.endswith(META_NAMES) else "")
            content = content or (value if key.endswith("content=") else "")
        if name and content.strip():
            found.setdefault(name.lower(), unescape(content).strip())
    return found


def _find_canonical(head: str) -> Iterator[str]:
    """Yield the canonical addresses that the head of a page states."""
    at = head.find(CANONICAL)
    while at >= 0:
        link = VALUE.match(head, max(head.rfind("<link ", 0, at), 0) + 1)
        href = HREF.search(link[0]) if link else None
        if href and href[1].strip():
            yield unescape(href[1]).strip()
        at = head.find(CANONICAL, at + 1)


def find_stated_links(facts: PageFacts) -> tuple[Link, ...]:
    """Return the links a page states about itself: its canonical address, and what it says it is based on."""
    links = [Link(url=url, rel="canonical") for url in facts.canonical if url.startswith("http")]
    for item in facts.things:
        for key in ("isBasedOn", "isBasedOnUrl", "citation"):
            based = item.get(key)
            for one in based if isinstance(based, list) else [based]:
                url = _say(one) or _find_address(one)
                if url.startswith("http"):
                    links.append(Link(url=url, rel="based-on"))
    return tuple(links)


def _first(*words: str) -> str:
    return next((one.strip() for one in words if one and one.strip()), "")


def _say(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _name(value: object) -> str:
    """Return the name of a linked-data thing, or of the first of several."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return _say(value.get("name")) if isinstance(value, Mapping) else _say(value)


def _find_address(thing: object) -> str:
    return _first(_say(thing.get("url")), _say(thing.get("@id"))) if isinstance(thing, Mapping) else ""


def _read_script(script: str) -> Iterator[Thing]:
    try:
        data = json.loads(script, strict=False)
    except (json.JSONDecodeError, RecursionError):
        return
    for thing in data if isinstance(data, list) else [data]:
        graph = thing.get("@graph") if isinstance(thing, Mapping) else None
        yield from (one for one in (graph if isinstance(graph, list) else [thing]) if isinstance(one, Mapping))


def _is_item(thing: Mapping[str, object]) -> bool:
    kinds = thing.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and name.lower().endswith(ITEM_TYPES) for name in names)


def _read_headline(page: Page, whole: str) -> str:
    """Return the page's headline: what is named so, the only h1, or the longest heading that the title repeats."""
    headings = [one for one in page.nodes if one.tag in ("h1", "h2", "h3") and "furniture" not in one.roles]
    named = [one for one in headings if "headline" in one.roles]
    first = [one for one in headings if one.tag == "h1"]
    if named or len(first) == 1:
        return page.read_words((named or first)[0])
    return max((words for words in map(page.read_words, headings) if words and words in whole), key=len, default="")


def _find_masthead(page: Page, whole: str, headline: str) -> str:
    """Find the publisher in the title: what the headline leaves of it, or the end of it that heads the page."""
    if headline and headline != whole and headline in whole:
        rest = whole.replace(headline, "", 1).strip(" \t|–—·»•:-")
        return rest if len(rest) <= LONGEST_NAME else ""
    lines = page.lines
    for mark in reversed(list(TITLE_MARK.finditer(whole))):
        ends = (whole[mark.end() :], whole[: mark.start()])
        for name, rest in (ends, ends[::-1]):
            heads = name in lines and (rest not in lines or lines.index(name) < lines.index(rest))
            if heads and len(name) <= LONGEST_NAME:
                return name
    return ""


def _find_imprint(page: Page, meta: Mapping[str, str]) -> str:
    """Find the publisher in the footer: "X is published by", or the page's author where the footer names it."""
    foot = [page.read_words(one) for one in page.nodes if one.tag == "footer" or "furniture" in one.roles]
    author = meta.get("author", "")
    for line in foot:
        named = re.match(r"(.{2,60}?) is (?:published|printed|run|produced|edited|issued) by\b", line)
        if named:
            return named[1]
        if author and author in line:
            return author
    return ""


def _strip_publisher(whole: str, publisher: str) -> str:
    """Return a page's title without the publisher at either end."""
    for mark in TITLE_MARK.finditer(whole):
        if publisher and whole[mark.end() :].strip() == publisher:
            return whole[: mark.start()].strip()
        if publisher and whole[: mark.start()].strip() == publisher:
            return whole[mark.end() :].strip()
    return whole


def _find_date(page: Page, meta: Mapping[str, str], linked: Mapping[str, object]) -> str:
    """Find the date of publication: stated for machines, or in a short line of who and when near the headline."""
    stated = _first(_say(linked.get("datePublished")), *(meta.get(name, "") for name in DATE_NAMES))
    inner = _read_meta(page.markup) if not stated else {}
    stated = stated or _first(*(inner.get(name, "") for name in DATE_NAMES))
    if stated:
        return stated
    for owner, attributes, words in _find_inline(page, ("time",)):
        if all(above.roles.isdisjoint(NOT_OURS) for above in (owner, *owner.above())):
            return _first(unescape(next(iter(DATETIME.findall(attributes)), "")), words)
    shown = [page.read_words(one) for one in page.nodes if "dateline" in one.roles]
    shown += [words for _, names, words in _find_inline(page, ("span", "em", "i")) if "dateline" in read_roles(names)]
    shown += [words for _, _, words in _find_inline(page, ("font", "small", "i")) if len(words) <= LONGEST_DATE][:12]
    shown = [line for line in shown if len(line) < 120]
    return next(filter(is_date, shown), "") or next(filter(hints_at_date, shown), "")


def _find_inline(page: Page, tags: Sequence[str]) -> Iterator[tuple[Node, str, str]]:
    """Yield elements within lines that hold nothing but words: what they stand in, their attributes, their words."""
    pattern = re.compile(rf"<({'|'.join(tags)})\b([^>]*)>([^<]+)</\1>")
    for raw, owner in zip(page.raw, page.owners, strict=True):
        if "<" in raw:
            for found in pattern.finditer(raw):
                yield owner, found[2], " ".join(unescape(found[3]).split())
