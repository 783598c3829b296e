"""Which of a plain text is the report, and which is the page around it?

A saved page is read from top to bottom: the report, then the readers, then the machinery of the site.
"""

from __future__ import annotations

import re

from firsthand.model import Link, Part, PartKind, record
from firsthand.reading.blocks import NUMBERED, REGIONS, Block, is_listed, split_blocks
from firsthand.reading.dates import is_date
from firsthand.reading.lists import load_pattern

SHORT = 300
LAST = 3
HEADLINE = 160
PROSE = 120


@record
class Regions:
    """The report's stretches of a text, the parts around it, and what the page says at its head."""

    body: tuple[tuple[int, int], ...] = ()
    parts: tuple[Part, ...] = ()
    links: tuple[Link, ...] = ()
    title: str = ""
    published: str = ""


def find_regions(text: str, start: int, title: str = "", publisher: str = "") -> Regions:
    """Tell the report in `text`, from `start` on, from the comments, link-backs and furniture around it.

    `title`: the headline if it is known; otherwise a first line that looks like one is taken. It is not in the body.
    `publisher`, if known, tells its imprint ("the Bell is printed by") from the report's own words.
    """
    blocks = split_blocks(text, start)
    labels = _label_imprint(blocks, _label_blocks(blocks), publisher)
    headline = _find_headline(blocks, labels, title)
    if headline is not None:
        labels[headline] = "headline"
    dateline = _find_dateline(blocks, labels)
    if dateline is not None:
        labels[dateline] = PartKind.FURNITURE
    return Regions(
        body=_join_body(blocks, labels),
        parts=_gather_parts(text, blocks, labels),
        links=_gather_pingbacks(blocks, labels),
        title=title or (" ".join(blocks[headline].text.split()) if headline is not None else ""),
        published=blocks[dateline].text if dateline is not None else "",
    )


def _label_blocks(blocks: tuple[Block, ...]) -> list[str]:
    """Label every block "body" or with the kind of part it is."""
    labels: list[str] = []
    where = "body"
    rest = sum(len(block.text) for block in blocks if _is_prose(block))
    told = 0
    begun = False
    for block in blocks:
        where = _enter_region(where, block, begun, begun and told >= rest)
        labels.append(_label_line(block) or _label_paragraph(where, block))
        begun = begun or labels[-1] == "body"
        if _is_prose(block):
            rest -= len(block.text)
            told += len(block.text) if labels[-1] == "body" else 0
    return _label_menu(blocks, labels)


def _enter_region(where: str, block: Block, begun: bool, ends: bool) -> str:
    """Return the region of the page that a block stands in, given the region of the block above.

    `begun`: some of the report stands above; `ends`: more of its prose stands above than below.
    """
    if where == "end" or not begun:
        return where
    if block.kind == "page_end":
        return "end" if ends or where == "comments" else where
    if block.kind in ("comment_heading", "pingback"):
        return "comments"
    if block.kind == "related_heading":
        return "end" if where == "comments" else "list"
    return "body" if where == "list" and _is_prose(block) else where


def _label_line(block: Block) -> str:
    """Label a line by the list it is on, wherever it stands; an empty string where it is on none."""
    return {
        "pingback": PartKind.PINGBACK,
        "comment_heading": PartKind.FURNITURE,
        "page_end": PartKind.FURNITURE,
        "furniture_line": PartKind.FURNITURE,
        "related_heading": PartKind.RELATED,
        "related_line": PartKind.RELATED,
    }.get(block.kind, "")


def _label_paragraph(where: str, block: Block) -> str:
    """Label a paragraph by the region it stands in."""
    if where == "body" and len(block.text) < SHORT and is_listed(block.text, "cookie_notice"):
        return PartKind.FURNITURE
    return {"end": PartKind.FURNITURE, "comments": PartKind.COMMENT, "list": PartKind.RELATED}.get(where, "body")


def _is_prose(block: Block) -> bool:
    return len(block.text) > PROSE or block.text.rstrip("\"'”’»)").endswith((".", "!", "?", "…", ":"))


def _label_menu(blocks: tuple[Block, ...], labels: list[str]) -> list[str]:
    """Label the menu above the report: blocks of short lines, two of them or more words of a menu."""
    menu = load_pattern(REGIONS, "menu_line")
    last = -1
    hits = 0
    for number, block in enumerate(blocks):
        if _is_prose(block):
            break
        found = sum(menu.fullmatch(line.strip(" \t*•|>-")) is not None for line in block.text.splitlines())
        hits += found
        last = number if found else last
    if hits < 2:
        return labels
    return [PartKind.FURNITURE if number <= last else label for number, label in enumerate(labels)]


def _label_imprint(blocks: tuple[Block, ...], labels: list[str], publisher: str) -> list[str]:
    """Label the imprint below the report: short last blocks that speak to the reader about the item itself."""
    body = [number for number, label in enumerate(labels) if label == "body"]
    for number in reversed(body[1:][-LAST:]):
        if not is_imprint(" ".join(blocks[number].text.split()), publisher):
            break
        labels[number] = PartKind.FURNITURE
    return labels


def is_imprint(words: str, publisher: str) -> bool:
    """Say whether a short paragraph speaks to the reader about the item itself: "unsubscribe", "the Bell is run by"."""
    if len(words) > SHORT:
        return False
    return is_listed(words, "imprint") or (names_owner(words) and _begins_with(words, publisher))


def names_owner(words: str) -> bool:
    """Say whether words tell who runs something, or when it appears; so an imprint does of its publisher."""
    return is_listed(words, "imprint_of")


def _begins_with(words: str, publisher: str) -> bool:
    name = " ".join(publisher.split()[:2]).casefold()
    return bool(name) and words.casefold().removeprefix("the ").startswith(name.removeprefix("the "))


def _find_headline(blocks: tuple[Block, ...], labels: list[str], title: str) -> int | None:
    """Find the first block of the body if it is the headline: the known title, or a line that looks like one."""
    body = [number for number, label in enumerate(labels) if label == "body"]
    if len(body) < 2:
        return None
    words = " ".join(blocks[body[0]].text.split())
    if title:
        return body[0] if words.casefold() == " ".join(title.split()).casefold() else None
    return body[0] if _is_headline(blocks[body[0]].text) else None


def _is_headline(words: str) -> bool:
    """Say whether words could be a headline: one line, not long, no end of a sentence and no speaker's name."""
    if "\n" in words or len(words) > HEADLINE or words.endswith((".", ":", ",", ";", '"', "”")):
        return False
    return words[0].isalnum() and not re.match(r"[A-Z]{2,12}: ", words)


def _find_dateline(blocks: tuple[Block, ...], labels: list[str]) -> int | None:
    """Find the line near the top that only says when, and by whom, this was published."""
    top = [number for number, label in enumerate(labels) if label in ("body", "headline")][:4]
    for number in top:
        words = blocks[number].text
        if labels[number] == "body" and load_pattern(REGIONS, "dateline").fullmatch(words) and is_date(words):
            return number
    return None


def _join_body(blocks: tuple[Block, ...], labels: list[str]) -> tuple[tuple[int, int], ...]:
    """Join the blocks of the body that follow one another."""
    spans: list[tuple[int, int]] = []
    above = ""
    for block, label in zip(blocks, labels, strict=True):
        if label == "body":
            if above == "body":
                spans[-1] = (spans[-1][0], block.end)
            else:
                spans.append((block.start, block.end))
        above = label
    return tuple(spans)


def _gather_parts(text: str, blocks: tuple[Block, ...], labels: list[str]) -> tuple[Part, ...]:
    """Make a part of every stretch of one kind; a comment begins at a number or at "name says:"."""
    parts: list[Part] = []
    above = ""
    for block, label in zip(blocks, labels, strict=True):
        if label in ("body", "headline"):
            above = label
            continue
        goes_on = label == above and not _opens_part(block, label, parts)
        start = parts[-1].span[0] if goes_on and parts[-1].span else block.start
        part = Part(kind=PartKind(label), text=text[start : block.end], span=(start, block.end))
        parts[-1:] = [part] if goes_on else [*parts[-1:], part]
        above = label
    return tuple(parts)


def _opens_part(block: Block, label: str, parts: list[Part]) -> bool:
    """Say whether a block opens a part of its own below one of its kind. Below "name says:" only a name does."""
    if label != PartKind.COMMENT:
        return label == PartKind.PINGBACK
    if block.kind == "comment_author" or NUMBERED.match(block.text):
        return True
    first = parts[-1].text.splitlines()[0].strip()
    named = NUMBERED.match(first) or load_pattern(REGIONS, "comment_author").fullmatch(first)
    return not named


def _gather_pingbacks(blocks: tuple[Block, ...], labels: list[str]) -> tuple[Link, ...]:
    pattern = load_pattern(REGIONS, "pingback")
    return tuple(
        Link(url="", text=pattern.sub("", block.text, count=1).strip(), span=(block.start, block.end), rel="pingback")
        for block, label in zip(blocks, labels, strict=True)
        if label == PartKind.PINGBACK
    )
