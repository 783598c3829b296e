"""Of which elements and lines does a web page consist?

An element is a range of lines, so that whatever is asked of it (how much prose, which words) is a subtraction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from itertools import accumulate
from typing import Any

from firsthand.reading.lists import load_list
from firsthand.reading.page_markup import (
    ANCHOR,
    ANY,
    APART,
    CONTROL,
    GAP,
    HIDDEN,
    HREF,
    INLINE,
    MARKS,
    OPEN,
    PROSE,
    SHUT,
    SIGN,
    TAG,
    measure_line,
    read_roles,
    read_words,
    spell_out,
)
from firsthand.reading.page_names import NOTHING, PAGE
from firsthand.reading.page_source import cut_unread

# Elements in which paragraphs stand beside one another.
BOXES = frozenset(load_list(PAGE)["box"])
ALONE = frozenset(("br", "hr"))
# No honest page is as deep; what lies deeper goes for what holds it.
DEEPEST = 250


class Node:
    """An element: its place among the nodes (`number`, up to `end`) and its lines (`first`, up to `last`)."""

    __slots__ = ("attributes", "end", "first", "last", "number", "parent", "tag")
    end: int
    last: int

    def __init__(self, opened: str, parent: Node | None, number: int, first: int) -> None:
        self.tag, _, self.attributes = opened.partition(" ")
        self.parent = parent
        self.number = number
        self.first = first

    @property
    def roles(self) -> frozenset[str]:
        """What the names of this element say it is."""
        return read_roles(self.attributes)

    def find_box(self) -> Node:
        """Return the box in which this element stands beside others: never one that holds a single line."""
        box = self
        if box.last - box.first == 1 and box.parent is not None:
            box = box.parent
        while box.tag not in BOXES and box.parent is not None:
            box = box.parent
        return box

    def read_names(self) -> list[str]:
        """Return the classes of an element."""
        found = re.search(r'class="([^"]*)"', self.attributes)
        return found[1].split() if found else []

    def is_hidden(self) -> bool:
        """Say whether the page does not show this element."""
        own = self.attributes
        return ("hidden" in own or "none" in own) and HIDDEN.search(own) is not None

    def above(self) -> Iterator[Node]:
        """Yield the elements that hold this one, the nearest first."""
        one = self.parent
        while one is not None:
            yield one
            one = one.parent


class Page:
    """The block elements and the lines of a page in document order (some lines empty).

    `raw`: the lines with their inline markup. `linked`: how many characters of each line are links. `scripts`: the
    JSON-LD in the page. `head`, `markup`: its head and, without what is no text, its body, as the parser writes them.
    """

    def __init__(self, tree: Any, scripts: Sequence[str]) -> None:
        body = tree.body.html if tree.body is not None else ""
        self.head: str = tree.head.html if tree.head is not None else ""
        self.scripts = scripts
        self.markup = APART.sub("", body).replace(GAP, "")
        self.title = " ".join((tree.title or "").split())
        root = tree.document.document_element
        self.language: str = (root.getattr("lang") or "") if root is not None else ""
        self.nodes, self.owners, self.raw = _build(self.markup)
        self.lines, self.sizes, self.linked = _read_all(self.raw)
        self.prose = [
            size if size >= PROSE and 3 * linked < size else 0
            for size, linked in zip(self.sizes, self.linked, strict=True)
        ]
        self._prose = [0, *accumulate(self.prose)]
        self._size = [0, *accumulate(self.sizes)]

    def measure_prose(self, node: Node) -> int:
        """Count the characters of an element's lines that are long enough to be sentences of a report."""
        return self._prose[node.last] - self._prose[node.first]

    def measure(self, node: Node) -> int:
        """Count the characters of an element."""
        return self._size[node.last] - self._size[node.first]

    def inside(self, node: Node) -> Sequence[Node]:
        """Return the elements inside an element, in document order."""
        return self.nodes[node.number + 1 : node.end]

    def children(self, node: Node) -> Iterator[Node]:
        """Yield the elements directly inside an element."""
        number = node.number + 1
        while number < node.end:
            yield self.nodes[number]
            number = self.nodes[number].end

    def read_lines(self, node: Node) -> list[str]:
        """Return the words of an element line by line."""
        return list(filter(None, self.lines[node.first : node.last]))

    def read_words(self, node: Node) -> str:
        """Return the words of an element on one line."""
        return " ".join(filter(None, self.lines[node.first : node.last]))

    def names_inline(self, node: Node, role: str) -> bool:
        """Say whether an element within the lines of another is named so."""
        lines = self.raw[node.first : node.last]
        return any(role in read_roles(opened) for raw in lines if "<" in raw for opened in INLINE.findall(raw))

    def read_line_roles(self, number: int) -> frozenset[str]:
        """Return what the element within a line that the line begins with is named, where there is one."""
        opened = INLINE.match(self.raw[number].lstrip())
        return read_roles(opened[0]) if opened else NOTHING

    def read_anchors(self, number: int) -> Iterator[tuple[str, str]]:
        """Yield the links of a line: their words and where they lead."""
        for opened in ANCHOR.finditer(self.raw[number]):
            href = HREF.search(opened[1])
            if href:
                end = self.raw[number].find("</a>", opened.end())
                words = read_words(self.raw[number][opened.end() : end if end >= 0 else None])
                yield words, unescape(href[1])


def parse_page(text: str, *, whole: bool = True) -> Page:
    """Parse a page into block elements and lines, whatever is wrong with it. Fetches nothing, runs nothing.

    `whole`: otherwise what stands beside its report is left out (reading/page_source.py).
    """
    from resiliparse.parse.html import HTMLTree

    text, scripts = cut_unread(text, whole=whole)
    try:
        return Page(HTMLTree.parse(text), scripts)
    except UnicodeEncodeError:
        return Page(HTMLTree.parse(text.encode("utf-8", "replace").decode()), scripts)


def _build(markup: str) -> tuple[list[Node], list[Node], list[str]]:
    """Return the block elements, and the lines with their inline markup and the element each stands in.

    An element without lines is none.
    """
    nodes: list[Node] = []
    owners: list[Node] = []
    raw: list[str] = []
    here: Node | None = None
    depth = count = 0
    pieces = iter(TAG.split(markup)[1:])
    for tag, words in zip(pieces, pieces, strict=True):
        if tag[0] != "/":
            if tag[:2] not in ALONE:
                depth += 1
                if depth <= DEEPEST:
                    here = Node(tag, here, len(nodes), count)
                    nodes.append(here)
        elif depth > DEEPEST:
            depth -= 1
        elif here is not None and here.tag == tag[1:] and here.parent is not None:
            if here.first == count:
                del nodes[here.number :]
            here.end, here.last = len(nodes), count
            here = here.parent
            depth -= 1
        if words and here is not None and not words.isspace():
            raw.append(words)
            owners.append(here)
            count += 1
    while here is not None:
        here.end, here.last = len(nodes), len(raw)
        here = here.parent
    return nodes, owners, raw


def _read_all(raw: Sequence[str]) -> tuple[list[str], list[int], list[int]]:
    """Return the lines without markup, their sizes, and how much of each is links; one may run over many lines."""
    pieces = ANY.split(GAP.join(raw))
    pieces[1::2] = map(MARKS.get, pieces[1::2])
    marked = spell_out("".join(pieces))
    measure = len if marked.isascii() or not SIGN.search(marked) else measure_line
    lines: list[str] = []
    sizes: list[int] = []
    linked: list[int] = []
    inside = False
    for words in marked.split(GAP) if raw else ():
        line, share = words.strip(), 0
        if inside or OPEN in line or SHUT in line:
            line, share, inside = _measure_links(line, inside, measure)
        elif "  " in line or not line.isprintable():
            line = _tidy(line)
        lines.append(line)
        sizes.append(measure(line))
        linked.append(share)
    return lines, sizes, linked


def _measure_links(line: str, inside: bool, measure: Callable[[str], int]) -> tuple[str, int, bool]:
    """Return a line without the marks of links, how much of it is links, and whether it ends in one."""
    if line[:1] == OPEN and line.find(SHUT) == len(line) - 1 and line.find(OPEN, 1) < 0:
        line = _tidy(line[1:-1].strip())
        return line, measure(line), False
    share = 0
    line = " ".join(line.split())
    for number, piece in enumerate(line.split(OPEN)):
        inner, shut, _ = piece.partition(SHUT)
        share += measure(inner) if number or inside else 0
        inside = (bool(number) or inside) and not shut
    return _tidy(line.replace(OPEN, "").replace(SHUT, "").strip()), share, inside


def _tidy(line: str) -> str:
    """Return a line without control characters, its white space collapsed."""
    return line if line.isprintable() and "  " not in line else " ".join(CONTROL.sub(" ", line).split())
