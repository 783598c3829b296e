"""What does a web page say about itself?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from firsthand.model import Link
from firsthand.reading.dates import hints_at_date, is_date
from firsthand.reading.item import Facts
from firsthand.reading.lists import load_list
from firsthand.reading.markup import PAGE, Element, is_named, read_lines, read_words

TITLE_MARK = re.compile(r"\s+[|–—·»•-]\s+|\s*:\s+")
LONGEST_NAME = 60
LONGEST_DATE = 35
ITEM_TYPES = ("article", "posting", "report", "webpage", "creativework")
DATE_NAMES = load_list(PAGE)["date_fields"]
PUBLISHER_NAMES = load_list(PAGE)["publisher_fields"]


def find_facts(tree: Element) -> Facts:
    """Read title, publisher, address, date and language from a page; each from what states it most plainly."""
    meta = _read_meta(tree)
    linked = next((item for item in _read_linked_data(tree) if _is_item(item)), {})
    whole = _read_title(tree)
    headline = _first(_say(linked.get("headline")), meta.get("og:title", ""), _read_headline(tree, whole))
    publisher = _first(_name(linked.get("publisher")), *(meta.get(name, "") for name in PUBLISHER_NAMES))
    publisher = publisher or _find_masthead(tree, whole, headline) or _find_imprint(tree, meta)
    canonical = next((str(link.get("href")) for link in tree.iter("link") if link.get("rel") == "canonical"), "")
    url = _first(canonical, meta.get("og:url", ""), _say(linked.get("url")))
    return Facts(
        title=headline or _strip_publisher(whole, publisher),
        publisher=publisher,
        url=url if url.startswith("http") else "",
        published=_find_date(tree, meta, linked),
        language=tree.get("lang") or meta.get("og:locale", ""),
    )


def find_stated_links(tree: Element) -> tuple[Link, ...]:
    """Return the links a page states about itself: its canonical address, and what it says it is based on."""
    links = [
        Link(url=str(link.get("href")), rel="canonical")
        for link in tree.iter("link")
        if link.get("rel") == "canonical" and (link.get("href") or "").startswith("http")
    ]
    for item in _read_linked_data(tree):
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


def _read_meta(tree: Element) -> dict[str, str]:
    """Return the page's meta fields by name in lower case; the first of each name counts."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = (meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name, content)
    return found


def _read_linked_data(tree: Element) -> Iterator[Mapping[str, object]]:
    """Yield the things that a page's JSON-LD describes; what is no JSON is passed over."""
    for script in tree.iter("script"):
        try:
            data = json.loads(script.text or "", strict=False)
        except (json.JSONDecodeError, RecursionError):
            continue
        for thing in data if isinstance(data, list) else [data]:
            graph = thing.get("@graph") if isinstance(thing, Mapping) else None
            yield from (one for one in (graph if isinstance(graph, list) else [thing]) if isinstance(one, Mapping))


def _is_item(thing: Mapping[str, object]) -> bool:
    kinds = thing.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and name.lower().endswith(ITEM_TYPES) for name in names)


def _read_title(tree: Element) -> str:
    title = next(tree.iter("title"), None)
    return read_words(title) if title is not None else ""


def _read_headline(tree: Element, whole: str) -> str:
    """Return the page's headline: what is named so, the only h1, or the longest heading that the title repeats."""
    headings = [one for one in tree.iter("h1", "h2", "h3") if not is_named(one, "furniture")]
    named = [one for one in headings if is_named(one, "headline")]
    first = [one for one in headings if one.tag == "h1"]
    if named or len(first) == 1:
        return read_words((named or first)[0])
    return max((words for words in map(read_words, headings) if words and words in whole), key=len, default="")


def _find_masthead(tree: Element, whole: str, headline: str) -> str:
    """Find the publisher in the title: what the headline leaves of it, or the end of it that heads the page."""
    if headline and headline != whole and headline in whole:
        rest = whole.replace(headline, "", 1).strip(" \t|–—·»•:-")
        return rest if len(rest) <= LONGEST_NAME else ""
    lines = read_lines(tree.find("body")) if tree.find("body") is not None else []
    for mark in reversed(list(TITLE_MARK.finditer(whole))):
        ends = (whole[mark.end() :], whole[: mark.start()])
        for name, rest in (ends, ends[::-1]):
            heads = name in lines and (rest not in lines or lines.index(name) < lines.index(rest))
            if heads and len(name) <= LONGEST_NAME:
                return name
    return ""


def _find_imprint(tree: Element, meta: Mapping[str, str]) -> str:
    """Find the publisher in the footer: "X is published by", or the page's author where the footer names it."""
    foot = [read_words(one) for one in tree.iter() if one.tag == "footer" or is_named(one, "furniture")]
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


def _find_date(tree: Element, meta: Mapping[str, str], linked: Mapping[str, object]) -> str:
    """Find the date of publication: stated for machines, or in a short line of who and when near the headline."""
    stated = _first(_say(linked.get("datePublished")), *(meta.get(name, "") for name in DATE_NAMES))
    if stated:
        return stated
    for element in tree.iter("time"):
        if not any(is_named(above, "comment_box") or is_named(above, "related") for above in element.iterancestors()):
            return _first(element.get("datetime") or "", read_words(element))
    shown = [read_words(one) for one in tree.iter() if is_named(one, "dateline")]
    shown += _lines_below_headline(tree)
    shown = [line for line in shown if len(line) < 120]
    return next(filter(is_date, shown), "") or next(filter(hints_at_date, shown), "")


def _lines_below_headline(tree: Element) -> list[str]:
    """Return the first short lines of an old page, where a date may stand by itself."""
    lines = [read_words(one) for one in tree.iter("font", "small", "i")]
    return [line for line in lines if len(line) <= LONGEST_DATE][:12]
