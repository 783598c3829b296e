"""What is the main text of a web page?

The box with the most prose of its own is found, and widened to what holds the rest of the report; in it each line is
taken or left by what it is: a paragraph, a heading above one, an item of a list, a loose word.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import accumulate
from logging import NullHandler, getLogger

from firsthand.model import PartKind, record
from firsthand.reading.blocks import REGIONS, is_listed
from firsthand.reading.lists import load_pattern
from firsthand.reading.page_facts import PageFacts
from firsthand.reading.page_markup import measure_line
from firsthand.reading.page_parts import INSET, LINE_KINDS
from firsthand.reading.page_tree import BOXES, Node, Page
from firsthand.reading.regions import SHORT, is_imprint, names_owner

HEADS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
CELLS = frozenset(("li", "td", "th"))
PARAGRAPHS = frozenset(("p", "blockquote", "pre", "dd", "dt"))
TEASERS = frozenset(("li", "h1", "h2", "h3", "h4"))
SUSPECT = frozenset(("furniture", "related", "comment_box", "caption"))
# What a line is when all of it is named so.
SIDE = SUSPECT | {"dateline"}
ADDRESS = ("http://", "https://", "www.")
ENDS = (".", "!", "?", "…", ",", '"', "”", "»", ":", ")", "'", "’", ";", "。", "！", "？", "؟", "।")
# A box that seems to be of the site's machinery must have so much more prose than another to be the report's.
DISTRUST = 0.3
# A box that is named as a report's may have so much less prose.
TRUST = 2.0
# A single paragraph from which on a box may be more than a teaser.
SOLID = 300
# Lines of a card that points to another page, at most.
CARD = 6
# How much prose a wider box must add: inside what is named as a report's box, and elsewhere.
MORE_INSIDE = 0.1
MORE_OUTSIDE = 0.25
# How many boxes may stand around another where nothing is named.
WIDEST = 4
# Words from which on a loose line may be a sentence without its mark.
LOOSE = 40
# Characters below which a text is doubted, and trafilatura asked; what it must find to be believed.
LITTLE = 200
MORE = 1.5
# The same for a text that is so small a share of the page's prose.
SHARE = 0.3
LESS = 0.3
# Characters from which on a line may repeat the whole report for machines.
WHOLE = 600
# Lines from which on its second opinion, whose cost grows with their square, is not asked.
MANY = 3000


@record
class Text:
    """The main text of a page: its lines, and the numbers of the page's lines it may stand in."""

    lines: Sequence[str]
    numbers: Sequence[int]


def find_text(page: Page, root: Node, kinds: Sequence[PartKind | None], facts: PageFacts) -> Text:
    """Find the main text of a page in an element, among the lines that are in no part; headline and date left out.

    `root`: as find_root gives it. `kinds`: of the page's lines, as PartFinder gives them.
    """
    chosen = _trim(page, _choose_lines(page, kinds, root, facts.title), facts)
    lines = [page.lines[number] for number in chosen]
    if lines and facts.published:
        lines[0] = lines[0].removeprefix(facts.published).strip() or lines[0]
    return Text(lines=lines, numbers=chosen)


def is_doubtful(page: Page, root: Node, kinds: Sequence[PartKind | None], text: Text) -> bool:
    """Say whether a text is so short, or so small a share of the prose, that another reader should be asked."""
    if _is_named(root):
        return False
    found = _count(text.lines)
    return found < LITTLE or found < SHARE * sum(_measure_free(page, kinds))


def find_text_again(page: Page, kinds: Sequence[PartKind | None], facts: PageFacts, markup: str, text: Text) -> Text:
    """Return what trafilatura finds in a page in place of a doubtful text, if that is much more."""
    other = ask_trafilatura(page, kinds, markup, facts.title)
    found = _count(text.lines)
    better = _count(other) > (MORE if found < LITTLE else LESS) * found
    return Text(lines=other, numbers=range(len(page.lines))) if better else text


def find_root(page: Page, kinds: Sequence[PartKind | None]) -> Node:
    """Find the smallest element that holds the report: the box with the most prose, and what belongs to it around."""
    prose = _measure_free(page, kinds)
    own = _sum_boxes(page, prose)
    if not own:
        return page.nodes[0]
    best = page.nodes[max(own, key=lambda number: (_trust(page.nodes[number]) * sum(own[number]), -number))]
    return _widen(page, best, prose, own)


def _measure_free(page: Page, kinds: Sequence[PartKind | None]) -> list[int]:
    """Return the prose of each line that is in no part; a linked item of a list is a pointer to another page."""
    return [
        0 if kind is not None or (linked and owner.tag in TEASERS) else size
        for size, kind, linked, owner in zip(page.prose, kinds, page.linked, page.owners, strict=True)
    ]


def _sum_boxes(page: Page, prose: Sequence[int]) -> Mapping[int, Sequence[int]]:
    """Return the sizes of the lines of prose that stand in each box, by its number."""
    own: dict[int, list[int]] = {}
    for size, owner in zip(prose, page.owners, strict=True):
        if size:
            own.setdefault(owner.find_box().number, []).append(size)
    return own


def _trust(box: Node) -> float:
    """Say how far a box is trusted to be the report's by its names and those around it."""
    for one in (box, *box.above()):
        if not SUSPECT.isdisjoint(one.roles) and "content" not in one.roles and one.tag not in ("body", "html"):
            return DISTRUST
    return TRUST if _is_named(box) else 1.0


def _widen(page: Page, best: Node, prose: Sequence[int], own: Mapping[int, Sequence[int]]) -> Node:
    """Return the element around a box that holds the rest of the report: the other boxes of an article in pieces.

    Where the element is named as a report's box, all prose counts; elsewhere only that of boxes that are no teasers.
    """
    everything = [0, *accumulate(prose)]
    weak = {number for number, sizes in own.items() if len(sizes) < 2 and sizes[0] < SOLID}
    pairs = zip(prose, page.owners, strict=True)
    solid = [0, *accumulate(size if size and owner.find_box().number not in weak else 0 for size, owner in pairs)]
    path = [best, *best.above()]
    last_named = max((step for step, one in enumerate(path) if _is_named(one)), default=-1)
    base = everything[best.last] - everything[best.first]
    here, around = best, 0
    for step, one in enumerate(path[1:], 1):
        around += one.tag in BOXES
        if one.tag == "body":
            break
        if here.tag == "article" and any(inner.tag in ("h1", "h2") for inner in page.inside(here)):
            if not _is_entry(page, here, one):
                break
            here = one
        named = step <= last_named
        sums = everything if named else solid
        extra = sums[one.last] - sums[one.first] - sums[here.last] + sums[here.first]
        if extra >= (MORE_INSIDE if named else MORE_OUTSIDE) * base and (named or around <= WIDEST):
            here = one
    return here


def _is_named(node: Node) -> bool:
    return node.tag == "article" or "content" in node.roles


def _is_entry(page: Page, article: Node, around: Node) -> bool:
    """Say whether an article with a heading is one of the entries of a running report, under one headline above them.

    Otherwise what stands around it is other articles.
    """
    beside = sum(one.tag == "article" for one in page.children(around))
    return beside > 1 and any(one.tag == "h1" for one in page.nodes[around.number : article.number])


def _find_teasers(page: Page, root: Node) -> set[int]:
    """Find the lines of cards in a row: boxes beside one another, each with one short paragraph and a linked line."""
    rows: dict[Node | None, list[Node]] = {}
    for number in range(root.first, root.last):
        size = page.prose[number]
        box = page.owners[number].find_box() if 0 < size < SOLID else root
        lines = range(box.first, box.last)
        alone = box.number > root.number and len(lines) <= CARD and page.measure_prose(box) == size
        if alone and any(page.linked[n] == page.sizes[n] > 0 for n in lines):
            rows.setdefault(box.parent, []).append(box)
    return {n for cards in rows.values() if len(cards) > 1 for card in cards for n in range(card.first, card.last)}


def _choose_lines(page: Page, kinds: Sequence[PartKind | None], root: Node, title: str) -> list[int]:
    """Choose the report's lines in an element; a heading is taken with what follows it, a sentence only once."""
    chosen: list[int] = []
    heads: list[int] = []
    said: set[str] = set()
    sure = "content" in root.roles
    teasers = _find_teasers(page, root)
    for number in range(root.first, root.last):
        words, size = page.lines[number], page.sizes[number]
        if kinds[number] is not None or 2 * page.linked[number] >= size or number in teasers:
            continue
        owner = page.owners[number]
        if owner.tag in HEADS:
            heads += [number] if (chosen or owner.tag != "h1") and words != title else []
        elif size < INSET and not SIDE.isdisjoint(page.read_line_roles(number)):
            continue
        elif not _is_said(words, said) and _is_text(page, number, owner is root, sure or bool(chosen)):
            chosen += [*heads, number]
            heads = []
            if page.prose[number]:
                said.add(words)
    return chosen


def _is_said(words: str, said: Collection[str]) -> bool:
    """Say whether a line repeats a sentence, or in one line much of the report: for a small screen, for machines."""
    return words in said or (len(words) > WHOLE and any(one in words for one in said))


def _is_text(page: Page, number: int, in_root: bool, begun: bool) -> bool:
    """Say whether a line that is no heading is the report's: long, an item, a sentence, or a paragraph of one."""
    tag, size, words = page.owners[number].tag, page.sizes[number], page.lines[number]
    if page.prose[number] or tag in CELLS:
        return True
    ends = words.endswith(ENDS)
    if tag in PARAGRAPHS:
        return ends or begun
    if in_root:
        return ends or (not page.linked[number] and size > LOOSE and not words.startswith(ADDRESS))
    return ends and size > LOOSE / 2


def _trim(page: Page, chosen: list[int], facts: PageFacts) -> list[int]:
    """Leave out the headline and the date, lines listed as machinery, and an imprint at the end."""
    head = {" ".join(words.split()).casefold() for words in (facts.title, facts.published) if words}
    start = 0
    while start < len(chosen) and page.lines[chosen[start]].casefold() in head:
        start += 1
    chosen = [n for n in chosen[start:] if page.prose[n] > INSET or find_listed_kind(page.lines[n]) is None]
    while len(chosen) > 1 and _is_imprint(page.lines[chosen[-1]], facts):
        chosen = chosen[:-1]
    return chosen


def _is_imprint(words: str, facts: PageFacts) -> bool:
    """Say whether a line is an imprint; the publisher is looked for only where the line may name one."""
    return len(words) <= SHORT and is_imprint(words, facts.publisher if names_owner(words) else "")


def find_listed_kind(words: str) -> PartKind | None:
    """Return the part that a line is by its words alone: advertising, sharing, "see also", a notice about cookies."""
    if len(words) >= 200:
        return None
    if len(words) < INSET and "ook" in words and is_listed(words, "cookie_notice"):
        return PartKind.FURNITURE
    if load_pattern(REGIONS, "pingback").match(words):
        return PartKind.PINGBACK
    return next((kind for key, kind in LINE_KINDS if load_pattern(REGIONS, key).fullmatch(words)), None)


def ask_trafilatura(page: Page, kinds: Sequence[PartKind | None], markup: str, title: str) -> list[str]:
    """Return trafilatura's lines of a page (Barbaresi 2021, ACL demo) without those that are in a part."""
    import trafilatura

    _silence("trafilatura")
    out = {line for line, kind in zip(page.lines, kinds, strict=True) if kind is not None} | {title}
    fast = len(page.lines) > MANY
    text = trafilatura.extract(markup, include_comments=False, with_metadata=False, fast=fast) or ""
    known = frozenset(page.lines)
    lines = [" ".join(line.split()) for line in text.splitlines()]
    lines = [line if line in known else line.removeprefix("- ") for line in lines]
    return [line for line in lines if line and line not in out and find_listed_kind(line) is None]


@cache
def _silence(library: str) -> None:
    """Keep from the screen what a library has to say of a page it cannot read; a log that is set up has it still."""
    getLogger(library).addHandler(NullHandler())


def _count(lines: Iterable[str]) -> int:
    return sum(map(measure_line, lines))
