"""What does a feed say?"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from io import BytesIO

from firsthand.reading.gather import Unreadable
from firsthand.reading.item import Facts, Item
from firsthand.reading.page import read_fragment

# What feedparser lets through from the parsers below it.
DAMAGE = (ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError, OverflowError)
# Its cleaning takes the square of an item's length, and we take an item's words only.
AS_IS = {"sanitize_html": False, "resolve_relative_uris": False}
# So that what we have decoded is not decoded again by what the feed declares.
DECODED = {"content-type": "application/xml; charset=utf-8"}


def read_feed(text: str) -> tuple[Item, ...]:
    """Read an RSS or Atom feed, an item for each entry. Raises Unreadable where there is no entry."""
    import feedparser

    # A stream, never a string: feedparser would open a string that looks like an address or a path.
    try:
        feed = feedparser.parse(BytesIO(text.encode("utf-8", "replace")), response_headers=DECODED, **AS_IS)
    except DAMAGE as error:
        raise Unreadable("is a feed that cannot be taken apart; save its items as pages") from error
    publisher, language = str(feed.feed.get("title", "")), str(feed.feed.get("language", ""))
    if not feed.entries:
        raise Unreadable("is no feed with items; firsthand reads RSS and Atom")
    return tuple(_read_entry(entry, publisher, language) for entry in feed.entries)


def _read_entry(entry: Mapping[str, object], publisher: str, language: str) -> Item:
    contents = entry.get("content")
    markups = [str(one.get("value", "")) for one in contents] if isinstance(contents, list) else []
    facts = Facts(
        title=str(entry.get("title", "")),
        publisher=publisher,
        url=str(entry.get("link", "")),
        published=str(entry.get("published", "") or entry.get("updated", "")),
        language=language,
    )
    item = read_fragment(max([*markups, str(entry.get("summary", ""))], key=len), facts)
    return item if item.text else read_fragment(escape(facts.title), facts)
