"""What does a mail say, and what is attached to it?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from typing import TypeAlias

from firsthand.model import Part, PartKind, Problem
from firsthand.reading.bounds import check_markup, check_text
from firsthand.reading.decode import NotText, decode_text, find_declared_encoding, name_encodings
from firsthand.reading.gather import Unreadable, note_unreadable
from firsthand.reading.item import Content, Facts, Item, Opener, join_contents, merge_facts, place_content
from firsthand.reading.page import read_page
from firsthand.reading.plain import find_bare_links
from firsthand.reading.regions import find_regions
from firsthand.reading.spans import subtract_spans

MOST_PARTS = 200
LONGEST_HEAD = 2000
# A plain part much shorter than the page beside it only says that there is a page.
LEAST_SHARE = 0.2
SIGNATURE = re.compile(r"^-- \n(?=\S)", re.MULTILINE)
LONGEST_SIGNATURE = 12
Mail: TypeAlias = "Message[str, str]"
DAMAGE = (MessageError, LookupError, ValueError, AttributeError, TypeError, AssertionError, RecursionError)


def read_mail(path: str, data: bytes, opener: Opener) -> Content:
    """Read a mail and every attachment that can be read, each as an item. Raises Unreadable where there is nothing."""
    try:
        message = message_from_bytes(data)
        facts = _read_facts(message)
        parts = list(_walk(message))
        item = _read_body([part for part in parts[:MOST_PARTS] if _is_inline(part)], facts)
        attached = _open_attached(path, parts, opener)
    except DAMAGE as error:
        raise Unreadable("is a mail that cannot be taken apart; save its text instead") from error
    if not item and not attached.items and not attached.reports:
        first = next(iter(attached.problems), None)
        raise Unreadable(f"is a mail without text{f' ({first.where} {first.what})' if first else ''}")
    return replace(attached, items=((("", item),) if item else ()) + attached.items)


def _walk(message: Mail) -> Iterator[Mail]:
    """Yield the parts of a mail that hold no others; a mail attached to it is one part."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        payload = part.get_payload()
        if isinstance(payload, list) and part.get_content_type() != "message/rfc822":
            waiting += [inner for inner in reversed(payload) if isinstance(inner, Message)]
        else:
            yield _shorten_fields(part)


def _shorten_fields(part: Mail) -> Mail:
    """Cut off fields of a part's head that are longer than any is: reading them takes the square of their length."""
    for name in ("Content-Type", "Content-Disposition"):
        if len(str(part.get(name, ""))) > LONGEST_HEAD:
            part.replace_header(name, str(part[name])[:LONGEST_HEAD])
    return part


def _is_inline(part: Mail) -> bool:
    """Say whether a part is shown with the mail: words without a file name of their own."""
    shown = part.get_content_type() in ("text/plain", "text/html")
    return shown and part.get_content_disposition() != "attachment" and not part.get_filename()


def _read_body(inline: list[Mail], facts: Facts) -> Item | None:
    """Read the mail's own words: its plain parts, or its page where these say much less; None where it has none."""
    plain = "\n\n".join(_decode(part) for part in inline if part.get_content_type() == "text/plain")
    pages = [text for part in inline if part.get_content_type() == "text/html" and (text := _decode(part)).strip()]
    if pages and len(plain.strip()) < LEAST_SHARE * _measure(pages[0]):
        check_markup(pages[0])
        item = read_page(pages[0])
        return replace(item, facts=merge_facts(facts, item.facts), parts=item.parts + _keep(plain))
    if not plain.strip():
        return None
    check_text(plain)
    regions = find_regions(plain, 0, facts.title, facts.publisher)
    signed = tuple(span for span in _find_signature(plain) if subtract_spans(plain, regions.body, [span]))
    body = subtract_spans(plain, regions.body, signed)
    signature = tuple(Part(kind=PartKind.FURNITURE, text=plain[slice(*span)], span=span) for span in signed)
    parts = tuple(part for part in regions.parts if not signed or not part.span or part.span[1] <= signed[0][0])
    links = find_bare_links(plain, body) + regions.links
    return Item(text=plain, body=body, facts=facts, parts=parts + signature, links=links)


def _find_signature(plain: str) -> Iterator[tuple[int, int]]:
    """Yield where a mail is signed: all below a line of two dashes and a space, if it is short (RFC 3676, 4.3)."""
    *_, last = (None, *SIGNATURE.finditer(plain))
    if last is not None and plain.count("\n", last.end()) <= LONGEST_SIGNATURE:
        yield last.start(), len(plain.rstrip())


def _measure(markup: str) -> int:
    return len(re.sub(r"<[^<>]*>|\s+", "", markup[:200_000]))


def _keep(plain: str) -> tuple[Part, ...]:
    words = plain.strip()
    return (Part(kind=PartKind.FURNITURE, text=words),) if words else ()


def _decode(part: Mail) -> str:
    data = _unpack(part)
    declared = name_encodings(part.get_content_charset() or "")
    try:
        return decode_text(data, (*declared, *find_declared_encoding(data)))[0].replace("\r\n", "\n")
    except NotText:
        return ""


def _unpack(part: Mail) -> bytes:
    """Return the bytes of a part, its transfer encoding undone."""
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        return inner[0].as_bytes() if isinstance(inner, list) and isinstance(inner[0], Message) else b""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _open_attached(path: str, parts: list[Mail], opener: Opener) -> Content:
    """Read what is attached; what cannot be read is a problem that names the attachment."""
    content = Content()
    for number, part in enumerate(parts[:MOST_PARTS], 1):
        if _is_inline(part):
            continue
        name = _name_part(part)
        place = f"#{number}{'/' if name else ''}{name}"
        kind = part.get_content_type()
        try:
            data = _unpack(part)
            opener.allowance.spend(len(data))
            inner = opener.open(name or place, data, kind if kind != "application/octet-stream" else "")
        except Unreadable as error:
            content = replace(content, problems=(*content.problems, note_unreadable(path + place, error)))
        else:
            content = join_contents(content, place_content(path, place, inner))
    if len(parts) > MOST_PARTS:
        what = f"has {len(parts):,} parts; the first {MOST_PARTS} were read"
        content = replace(content, problems=(*content.problems, Problem(where=path, what=what)))
    return content


def _name_part(part: Mail) -> str:
    """Return the file name an attachment states, without folders and control characters."""
    name = _read_words(part.get_filename() or "")
    return "".join(letter for letter in re.split(r"[/\\]", name)[-1] if letter.isprintable())[:80]


def _read_facts(message: Mail) -> Facts:
    name, address = parseaddr(_read_words(str(message.get("From", ""))))
    return Facts(
        title=_read_words(str(message.get("Subject", ""))),
        publisher=name or address,
        url=_read_archived(str(message.get("Archived-At", ""))),
        published=str(message.get("Date", ""))[:LONGEST_HEAD],
        language=str(message.get("Content-Language", ""))[:LONGEST_HEAD].partition(",")[0].strip(),
    )


def _read_archived(field: str) -> str:
    """Return the address at which a list keeps the mail, where it says so (RFC 5064)."""
    url = field[:LONGEST_HEAD].strip(" <>\t\r\n")
    return url if url.startswith(("http://", "https://")) else ""


def _read_words(raw: str) -> str:
    """Return the words of a header field, its encoded words decoded where they can be."""
    raw = raw[:LONGEST_HEAD]
    try:
        return str(make_header(decode_header(raw)))
    except (MessageError, LookupError, ValueError):
        return raw
