"""What does a Word document (DOCX) say?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from firsthand.model import Link, Part, PartKind, record
from firsthand.reading.bounds import ZIP_DAMAGE, check_text, open_zip
from firsthand.reading.gather import Unreadable
from firsthand.reading.item import Content, Facts, Item, Opener, merge_facts
from firsthand.reading.plain import find_shown_facts
from firsthand.reading.regions import find_regions

BETWEEN = "\n\n"
MOST_BLOCKS = 40_000
# python-docx has types, but not of what a document's parts hold.
Document: TypeAlias = Any


@record
class Written:
    """A paragraph or a row of a table, its links as address and words, and whether it is in the style of a title."""

    text: str
    links: tuple[tuple[str, str], ...] = ()
    title: bool = False


def read_word(path: str, data: bytes, opener: Opener) -> Content:
    """Read a DOCX file: paragraphs, tables as lines, links, comments apart. Raises Unreadable where it is damaged."""
    archive = open_zip(data, len(data))
    opener.allowance.spend(sum(member.file_size for member in archive.infolist()))
    document = _open_document(data)
    written = list(_list_blocks(document))
    text = BETWEEN.join(one.text for one in written)
    check_text(text)
    if not text:
        raise Unreadable("is a document without text")
    stated = next((one.text for one in written if one.title), "")
    regions = find_regions(text, 0, stated)
    item = Item(
        text=text,
        body=regions.body,
        facts=merge_facts(Facts(title=stated), find_shown_facts(regions)),
        parts=regions.parts + tuple(_find_beside(document)),
        links=tuple(_place_links(written)) + regions.links,
    )
    return Content(items=(("", item),))


def _open_document(data: bytes) -> Document:
    from io import BytesIO

    from docx import Document as open_document
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    try:
        document = open_document(BytesIO(data))
        _ = document.element.body
    except (*ZIP_DAMAGE, PackageNotFoundError, XMLSyntaxError, KeyError, AttributeError, TypeError) as error:
        raise Unreadable("is no Word document that can be opened; save it as DOCX again") from error
    return document


def _list_blocks(document: Document) -> Iterator[Written]:
    """Yield the paragraphs and rows of a document that have words, in order."""
    from docx.table import Table

    if document.element.body is None:
        return
    for number, block in enumerate(document.iter_inner_content()):
        if number >= MOST_BLOCKS:
            raise Unreadable(f"has more than {MOST_BLOCKS:,} paragraphs; split it")
        if isinstance(block, Table):
            yield from filter(lambda one: one.text, map(_write_row, block._tbl.tr_lst))
        # The style by its name in the file: python-docx would search all styles for every paragraph.
        elif words := _clean(block.text):
            yield Written(text=words, links=tuple(_list_links(block)), title=block._p.style == "Title")


def _write_row(row: Document) -> Written:
    """Read a row from its elements: python-docx looks every cell up again, which takes the square of their number."""
    cells = [_clean("".join(piece.text or "" for piece in cell.xpath(".//w:t"))) for cell in row.tc_lst]
    return Written(text=" | ".join(cell for cell in cells if cell))


def _list_links(paragraph: Document) -> Iterator[tuple[str, str]]:
    for link in paragraph.hyperlinks:
        try:
            url = link.url
        except (KeyError, AttributeError, ValueError):
            continue
        if url.startswith(("http://", "https://")):
            yield url, _clean(link.text)


def _place_links(written: list[Written]) -> Iterator[Link]:
    at = 0
    for one in written:
        start = 0
        for url, words in one.links:
            found = one.text.find(words, start) if words else -1
            if found >= 0:
                start = found + len(words)
                yield Link(url=url, text=words, span=(at + found, at + start))
        at += len(one.text) + len(BETWEEN)


def _find_beside(document: Document) -> Iterator[Part]:
    """Yield what stands beside the text: remarks in the margin, and the words at the head and foot of every page."""
    try:
        remarks = [_clean(one.text) for one in document.comments]
        edges = [edge for section in document.sections for edge in (section.header, section.footer)]
        lines = [_clean(one.text) for edge in edges if not edge.is_linked_to_previous for one in edge.paragraphs]
    except (KeyError, AttributeError, ValueError, TypeError):
        return
    yield from (Part(kind=PartKind.COMMENT, text=words) for words in remarks if words)
    yield from (Part(kind=PartKind.FURNITURE, text=words) for words in lines if words)


def _clean(words: str) -> str:
    return "\n".join(line for line in (" ".join(line.split()) for line in words.split("\n")) if line)
