"""What does a PDF say?

Its pages are kept as positions: a form feed stands between them. Lines are joined into paragraphs by how they lie on
the page. Scripts and forms are never run; pages that are pictures only are counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any, TypeAlias

from firsthand.model import Part, PartKind, Problem, record
from firsthand.reading.bounds import LONGEST_TEXT
from firsthand.reading.gather import Unreadable
from firsthand.reading.item import Content, Facts, Item, Opener, merge_facts
from firsthand.reading.lists import load_pattern
from firsthand.reading.plain import find_bare_links, find_shown_facts
from firsthand.reading.regions import find_regions
from firsthand.reading.spans import subtract_spans

MOST_PAGES = 3000
MOST_MARKS = 200_000
PAGE_BREAK = "\n\f\n"
WIDE_GAP = 1.5
# How far lines stand apart, in heights of a letter: a page of few long paragraphs has no usual gap of its own.
LEADING = 1.3
SCRIPT = re.compile(rb"/(?:JavaScript|JS)\b")
ENDS = (".", "!", "?", ":", '"', "”", "»", ")", "…")
# What PDFium puts for a hyphen at the end of a line.
HYPHENS = ("\ufffe", "\x02", "\u00ad")
Page: TypeAlias = Any


@record
class Line:
    """A line of a page, how far its foot stands above that of the page and how high its letters are, in points."""

    text: str
    foot: float
    height: float


def read_pdf(path: str, data: bytes, opener: Opener) -> Content:
    """Read a PDF as one item. Raises Unreadable where it is damaged, locked or has no text."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise Unreadable("is a PDF with a password; save it without" if locked else "is a damaged PDF") from error
    try:
        pages, problems = _read_pages(path, document)
        facts = _read_facts(document.get_metadata_dict())
    finally:
        document.close()
    if SCRIPT.search(data):
        problems.append(Problem(where=path, what="holds a script, which was not run"))
    return Content(items=(("", _lay_out(pages, facts, problems)),))


def _read_pages(path: str, document: Any) -> tuple[list[str], list[Problem]]:
    """Read the text of every page; a page that is no text or too much of it is left empty and noted."""
    pages, empty, crowded, problems = list[str](), list[int](), list[int](), list[Problem]()
    count = len(document)
    for number in range(min(count, MOST_PAGES)):
        lines = _read_lines(document, number)
        if lines is None:
            crowded.append(number + 1)
        elif not lines:
            empty.append(number + 1)
        pages.append("\n\n".join(_join_paragraphs(lines or [])))
        if sum(map(len, pages)) > LONGEST_TEXT:
            raise Unreadable(f"holds more than {LONGEST_TEXT:,} characters of text; split it")
    if len(empty) + len(crowded) == count:
        pages_of = f"{count} {_plural(count)}, probably scanned"
        raise Unreadable(f"is a PDF without text ({pages_of}); have its text recognised (OCR)")
    if empty:
        what = f"{len(empty)} of {count} pages hold no text and are probably scanned: {_list(empty)}"
        problems.append(Problem(where=path, what=what, remedy="have their text recognised (OCR)"))
    if crowded:
        what = f"{_plural(len(crowded))} {_list(crowded)} cannot be read or hold more than {MOST_MARKS:,} marks"
        problems.append(Problem(where=path, what=what))
    if count > MOST_PAGES:
        problems.append(Problem(where=path, what=f"has {count:,} pages; the first {MOST_PAGES:,} were read"))
    return pages, problems


def _read_lines(document: Any, number: int) -> list[Line] | None:
    """Return the lines of one page from top to bottom; None where it cannot be read."""
    import pypdfium2

    try:
        page = document.get_page(number)
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return None
    try:
        count = text_page.count_chars()
        return list(_find_lines(text_page, count)) if count <= MOST_MARKS else None
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        return None
    finally:
        text_page.close()
        page.close()


def _find_lines(text_page: Page, count: int) -> Iterator[Line]:
    at = 0
    for line in text_page.get_text_range(0, count).split("\r\n") if count else ():
        words = " ".join(line.split())
        if words:
            # Where the characters do not count as PDFium counts them, lines lie too far down: they end no paragraph.
            inside = at + len(line) - len(line.lstrip())
            _, foot, _, top = text_page.get_charbox(inside, loose=True) if inside < count else (0.0, 0.0, 0.0, 0.0)
            yield Line(text=words, foot=foot, height=top - foot)
        at += len(line) + 2


def _join_paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    """Join the lines of a page into paragraphs: one ends at a wide gap, or where a short line ends a sentence."""
    gaps = [above.foot - below.foot for above, below in pairwise(lines)]
    height = median([line.height for line in lines] or [0.0])
    usual = min(median([gap for gap in gaps if gap > 0] or [0.0]), LEADING * height)
    width = max((len(line.text) for line in lines), default=0)
    words = ""
    for line, gap in zip(lines, [*gaps, 0.0], strict=False):
        words = _join_words(words, line.text)
        apart = bool(usual) and (gap > WIDE_GAP * usual or gap < -2 * usual)
        if apart or (line.text.endswith(ENDS) and len(line.text) < 0.75 * width):
            yield words
            words = ""
    if words:
        yield words.rstrip("".join(HYPHENS))


def _join_words(words: str, line: str) -> str:
    if not words:
        return line
    return words[:-1] + line if words.endswith(HYPHENS) else f"{words} {line}"


def _lay_out(pages: Sequence[str], facts: Facts, problems: Sequence[Problem]) -> Item:
    """Put the pages one after another and tell the report from what every page repeats."""
    clean = ["".join(letter for letter in page if letter not in HYPHENS) for page in pages]
    text = PAGE_BREAK.join(clean)
    places, at = list[tuple[int, int]](), 0
    for page in clean:
        places.append((at, at + len(page)))
        at += len(page) + len(PAGE_BREAK)
    running = _find_running(text, places)
    first = next((end for start, end in running if start == places[0][0]), 0)
    regions = find_regions(text, first, facts.title, facts.publisher)
    heads = tuple(Part(kind=PartKind.FURNITURE, text=text[start:end], span=(start, end)) for start, end in running)
    body = subtract_spans(text, regions.body, running)
    return Item(
        text=text,
        body=body,
        facts=merge_facts(facts, find_shown_facts(regions)),
        parts=regions.parts + heads,
        links=find_bare_links(text, body) + regions.links,
        problems=tuple(problems),
        pages=tuple(places),
    )


def _find_running(text: str, pages: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Find the first and last paragraphs of pages that most of at least three pages repeat, numbers apart."""
    found: list[tuple[str, tuple[int, int]]] = []
    for start, end in pages:
        blocks = list(re.finditer(r"[^\n]+", text[start:end]))
        for block in {id(one): one for one in (blocks[:1] + blocks[-1:])}.values():
            span = (start + block.start(), start + block.end())
            found.append((re.sub(r"\d+", "#", text[slice(*span)]), span))
    counted = Counter(words for words, _ in found)
    least = max(3, len([1 for start, end in pages if end > start]) // 2 + 1)
    return tuple(span for words, span in found if counted[words] >= least and len(words) < 200)


def _read_facts(stated: dict[str, str]) -> Facts:
    """Return the title a PDF states, unless a program made it up. When the file was made is no date of publication."""
    title = " ".join(stated.get("Title", "").split())
    return Facts() if load_pattern("formats.toml", "made_up_title").search(title) else Facts(title=title[:300])


def _list(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:8]))
    return f"{shown} and {len(numbers) - 8} more" if len(numbers) > 8 else shown


def _plural(count: int) -> str:
    return "page" if count == 1 else "pages"
