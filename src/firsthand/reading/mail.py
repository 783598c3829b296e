"""What does a mail say?"""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr

from firsthand.reading.decode import decode_text
from firsthand.reading.gather import Unreadable
from firsthand.reading.item import Facts, Item, merge_facts
from firsthand.reading.page import read_page
from firsthand.reading.regions import find_regions


def read_mail(data: bytes) -> Item:
    """Read a mail: its text part, or its page where it has no text. Raises Unreadable where it has neither."""
    try:
        message = message_from_bytes(data, policy=default)
        part = message.get_body(("plain", "html")) if isinstance(message, EmailMessage) else None
        payload = part.get_payload(decode=True) if part is not None else None
        facts = _read_facts(message) if isinstance(message, EmailMessage) else Facts()
    except (MessageError, LookupError, ValueError, AttributeError, TypeError, IndexError) as error:
        raise Unreadable("is a mail that cannot be taken apart; save its text instead") from error
    if part is None or not isinstance(payload, bytes) or not payload.strip():
        raise Unreadable("is a mail without text")
    text, _ = decode_text(payload, tuple(filter(None, [part.get_content_charset()])))
    if part.get_content_type() == "text/html":
        item = read_page(text)
        return replace(item, facts=merge_facts(facts, item.facts))
    regions = find_regions(text, 0, facts.title, facts.publisher)
    return Item(text=text, body=regions.body, facts=facts, parts=regions.parts, links=regions.links)


def _read_facts(message: EmailMessage) -> Facts:
    name, address = parseaddr(str(message.get("From", "")))
    published = str(message.get("Date", ""))
    return Facts(title=str(message.get("Subject", "")), publisher=name or address, published=published)
