"""What does a web page say about itself?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import TypeAlias

from firsthand.model import Link, record
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
META_NAME = re.compile(r'\b(?:property|name|itemprop)="([^"]+)"')
CONTENT = re.compile(r'\bcontent="([^"]*)"')
DATETIME = re.compile(r'datetime="([^"]*)"')
# Parts of a page whose dates are not the report's.
NOT_OURS = frozenset(("comment_box", "related"))
DATE_NAMES = load_list(PAGE)["date_fields"]
PUBLISHER_NAMES = load_list(PAGE)["publisher_fields"]


@record
class Head:
    """What a page states for machines: its meta fields by name, its canonical addresses, the things in its JSON-LD."""

    meta: Mapping[str, str]
    canonical: Sequence[str]
    things: Sequence[Thing]


def read_head(page: Page) -> Head:
    """Read what the head of a page states for machines, and its JSON-LD; what is no JSON is passed over."""
    return Head(
        meta=_read_meta(page.head) or _read_meta(page.markup),
        canonical=tuple(_find_canonical(page.head)),
        things=tuple(thing for script in page.scripts for thing in _read_script(script)),
    )


def _read_meta(markup: str) -> dict[str, str]:
    """Return the meta fields in some markup by name in lower case; the first of each name counts."""
    found: dict[str, str] = {}
    for piece in markup.split("<meta ")[1:]:
        meta = VALUE.match(piece)
        name, content = (META_NAME.search(meta[0]), CONTENT.search(meta[0])) if meta else (None, None)
        if name and content and content[1].strip():
            found.setdefault(name[1].lower(), unescape(content[1]).strip())
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


def find_facts(page: Page, head: Head) -> Facts:
    """Read title, publisher, address, date and language from a page; each from what states it most plainly."""
    meta = head.meta
    linked = next((item for item in head.things if _is_item(item)), {})
    whole = page.title
    headline = _first(_say(linked.get("headline")), meta.get("og:title", "")) or _read_headline(page, whole)
    publisher = _first(_name(linked.get("publisher")), *(meta.get(name, "") for name in PUBLISHER_NAMES))
    publisher = publisher or _find_masthead(page, whole, headline) or _find_imprint(page, meta)
    url = _first(*head.canonical, meta.get("og:url", ""), _say(linked.get("url")))
    return Facts(
        title=headline or _strip_publisher(whole, publisher),
        publisher=publisher,
        url=url if url.startswith("http") else "",
        published=_find_date(page, meta, linked),
        language=page.language or meta.get("og:locale", ""),
    )


def find_stated_links(head: Head) -> tuple[Link, ...]:
    """Return the links a page states about itself: its canonical address, and what it says it is based on."""
    links = [Link(url=url, rel="canonical") for url in head.canonical if url.startswith("http")]
    for item in head.things:
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
