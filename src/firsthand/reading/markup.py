"""What do the elements of a web page say, as plain words?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from firsthand.reading.lists import load_list, load_pattern

PAGE = "page.toml"
# lxml has no types of its own.
Element: TypeAlias = Any
BLOCKS = frozenset(load_list(PAGE)["block"])
CONTAINERS = load_list(PAGE)["container"]
INLINE = load_list(PAGE)["inline"]
BREAK = "\n"


# Characters a tree may not hold (XML 1.0, Char), which a page may still spell out: &#27;
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def parse_page(text: str) -> Element | None:
    """Parse a page; None where there is nothing in it. Never fetches anything, and limits the depth of the tree."""
    from lxml import html
    from lxml.etree import ParserError

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = html.document_fromstring(NOT_IN_XML.sub(" ", text).encode("utf-8", "replace"), parser=parser)
    except (ParserError, AssertionError):
        return None
    for element in tree.iter():
        _clean(element)
    for element in list(tree.iter(*load_list(PAGE)["never"])):
        if not (element.tag == "script" and "ld+json" in (element.get("type") or "")):
            remove(element)
    return tree


def _clean(element: Element) -> None:
    if element.text and NOT_IN_XML.search(element.text):
        element.text = NOT_IN_XML.sub(" ", element.text)
    if element.tail and NOT_IN_XML.search(element.tail):
        element.tail = NOT_IN_XML.sub(" ", element.tail)


def remove(element: Element) -> None:
    """Take an element out of its tree and leave the words after it."""
    if element.getparent() is not None:
        element.drop_tree()


def unwrap_tables(tree: Element) -> None:
    """Replace every table that has words in one cell only by that cell's content (`tree` is changed)."""
    for table in list(tree.iter("table")):
        cells = [cell for cell in table.iter("td", "th") if next(cell.iterancestors("table")) is table]
        filled = [cell for cell in cells if read_words(cell)]
        if len(filled) == 1 and table.getparent() is not None:
            filled[0].tag = "div"
            filled[0].tail = table.tail
            table.getparent().replace(table, filled[0])


def wrap_loose_words(tree: Element) -> None:
    """Put words that stand loose between paragraphs into paragraphs of their own (`tree` is changed)."""
    for parent in {paragraph.getparent(): None for paragraph in tree.iter("p")}:
        if parent is not None and parent.tag in CONTAINERS:
            _wrap_children(parent)


def _wrap_children(parent: Element) -> None:
    children, words, parent.text = list(parent), parent.text, None
    paragraph: Element = _insert_paragraph(parent, 0, words) if words and words.strip() else None
    for child in children:
        if child.tag in INLINE:
            if paragraph is None:
                paragraph = _insert_paragraph(parent, parent.index(child), "")
            paragraph.append(child)
        else:
            words, child.tail = child.tail, None
            loose = bool(words and words.strip())
            paragraph = _insert_paragraph(parent, parent.index(child) + 1, words) if loose else None


def _insert_paragraph(parent: Element, position: int, words: str) -> Element:
    paragraph = parent.makeelement("p")
    paragraph.text = words
    parent.insert(position, paragraph)
    return paragraph


def read_lines(element: Element) -> list[str]:
    """Return the words of an element, a line for each block or break, white space collapsed, empty lines left out."""
    lines = "".join(_pieces(element)).split(BREAK)
    return [line for line in (" ".join(line.split()) for line in lines) if line]


def read_words(element: Element) -> str:
    """Return the words of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def find_names(element: Element) -> tuple[str, ...]:
    """Return the id, the classes and the role of an element."""
    return tuple(f"{element.get('id') or ''} {element.get('class') or ''} {element.get('role') or ''}".split())


def is_named(element: Element, key: str) -> bool:
    """Say whether the id or a class of an element is on a list of the data file."""
    pattern = load_pattern(PAGE, key)
    return any(pattern.fullmatch(name) for name in find_names(element))


def measure_prose(element: Element) -> int:
    """Count the characters of an element's lines that are long enough to be sentences of a report."""
    return sum(len(line) for line in read_lines(element) if len(line) >= 80)


def _pieces(element: Element) -> Iterator[str]:
    """Yield the text of an element with breaks around blocks; iterative, for trees may be deep."""
    for event, one in _walk(element):
        tag = one.tag if isinstance(one.tag, str) else ""
        if event == "start":
            yield BREAK if tag in BLOCKS or tag == "br" else ""
            yield re.sub(r"\s+", " ", one.text or "") if tag != "script" else ""
        else:
            yield BREAK if tag in BLOCKS else ""
            if one is not element:
                yield re.sub(r"\s+", " ", one.tail or "")


def _walk(element: Element) -> Iterator[tuple[str, Element]]:
    from lxml.etree import iterwalk

    yield from iterwalk(element, events=("start", "end"))
