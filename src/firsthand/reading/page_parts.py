"""Which parts of a web page are not its report?

They are taken out of the tree before the text is read: readers' comments, other items, machinery, columns of a table.
Nothing is taken that holds most of the page's prose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from firsthand.model import Link, Part, PartKind, record
from firsthand.reading.blocks import REGIONS, find_kind, is_listed
from firsthand.reading.lists import load_pattern
from firsthand.reading.markup import Element, is_named, measure_prose, read_lines, read_words, remove

MOST = 0.5
MOST_COMMENTS = 0.9
ARTICLE = 0.3
INSET = 160
ENDS = (".", "!", "?", "…", '"', "”", "»", ":", ")", "'", "’")


@record
class Taken:
    """What was taken out of a page."""

    parts: tuple[Part, ...] = ()
    links: tuple[Link, ...] = ()


def take_parts(tree: Element, published: str = "") -> Taken:
    """Take everything that is not the report out of `tree` (which is changed), and return it as parts and links.

    `published`: the date as the page shows it, taken out where it stands by itself in an old page.
    """
    total = max(measure_prose(tree), 1)
    taken = Taken()
    shown = [one for one in tree.iter("font", "small", "i", "em") if published and read_words(one) == published]
    for element in shown[:1]:
        if element.getparent().tag != "p":
            taken = _add(taken, element, PartKind.FURNITURE)
            remove(element)
    for rule in RULES:
        for element, kind in list(rule(tree)):
            if any(above is tree for above in element.iterancestors()) and _may_go(element, total, kind):
                taken = _add(taken, element, kind)
                remove(element)
    return taken


def find_comment_boxes(tree: Element) -> Iterator[tuple[Element, PartKind]]:
    """Readers' comments stand in a box named so, or below a heading such as "3 comments"."""
    for element in tree.iter("div", "section", "ol", "ul", "aside", "li", "dl", "table", "article", "p"):
        if is_named(element, "comment_box"):
            yield element, PartKind.COMMENT
    for heading in tree.iter("h2", "h3", "h4", "h5", "h6"):
        if find_kind(read_words(heading)) == "comment_heading":
            below = [one for one in heading.itersiblings() if isinstance(one.tag, str)]
            yield heading, PartKind.FURNITURE
            yield from ((one, PartKind.COMMENT) for one in below)


def find_replies(tree: Element) -> Iterator[tuple[Element, PartKind]]:
    """In a forum the first post is the report, and the posts after it in the same dress are replies."""
    title = next((read_words(one) for one in tree.iter("title")), "")
    for parent in list(tree.iter("div", "section", "main", "body", "ol", "ul", "tbody", "table", "td", "form")):
        posts = [child for child in parent if isinstance(child.tag, str) and _is_post(child, title)]
        same = [post for post in posts if post.tag == posts[0].tag and _dress(post) & _dress(posts[0])]
        if len(same) > 1:
            yield from ((poster, PartKind.FURNITURE) for poster in same[0].iter() if is_named(poster, "poster"))
            yield from ((post, PartKind.COMMENT) for post in same[1:])


def find_side_cells(tree: Element) -> Iterator[tuple[Element, PartKind]]:
    """In a page laid out as a table one cell holds the report, and the others hold menus and notices."""
    for table in tree.iter("table"):
        cells = [cell for cell in table.iter("td") if next(cell.iterancestors("table"), None) is table]
        if len(cells) < 2 or next(table.iter("th"), None) is not None:
            continue
        prose = [measure_prose(cell) for cell in cells]
        if max(prose) >= 200 and max(prose) >= 0.7 * sum(prose):
            winner = prose.index(max(prose))
            yield from ((cell, PartKind.FURNITURE) for number, cell in enumerate(cells) if number != winner)


def find_named_parts(tree: Element) -> Iterator[tuple[Element, PartKind]]:
    """Lists of other items and the machinery of a site are named so, or are elements made for that."""
    for element in tree.iter():
        if element.tag in ("html", "body", "main", "article", "h1"):
            continue
        if is_named(element, "related"):
            yield element, PartKind.RELATED
        elif element.tag in ("nav", "footer", "menu", "form") or is_named(element, "furniture"):
            yield element, PartKind.FURNITURE
        elif element.tag == "aside":
            yield element, PartKind.RELATED


def find_related_lists(tree: Element) -> Iterator[tuple[Element, PartKind]]:
    """A list below "related stories" or the like is of other items."""
    for heading in tree.iter("h2", "h3", "h4", "h5", "h6", "p", "div"):
        below = heading.getnext()
        if below is not None and below.tag in ("ul", "ol") and find_kind(read_words(heading)) == "related_heading":
            yield heading, PartKind.RELATED
            yield below, PartKind.RELATED


def find_datelines(tree: Element) -> Iterator[tuple[Element, PartKind]]:
    """Short lines of who and when are read for the facts."""
    for element in tree.iter("p", "div", "span", "time", "ul", "header"):
        if is_named(element, "dateline") and len(read_words(element)) < INSET:
            yield element, PartKind.FURNITURE


def find_insets(tree: Element) -> Iterator[tuple[Element, PartKind]]:
    """A short box between paragraphs that ends without a full stop points elsewhere."""
    for parent in list(tree.iter("div", "article", "section", "main", "td", "body")):
        paragraphs = [child for child in parent if child.tag == "p"]
        if len(paragraphs) < 3:
            continue
        first, last = parent.index(paragraphs[0]), parent.index(paragraphs[-1])
        for child in parent[first : last + 1]:
            words = read_words(child)
            box = child.tag in ("div", "aside", "section") and len(words) < INSET and not words.endswith(ENDS)
            if box and next(child.iter("p", "h2", "h3", "h4", "img", "blockquote"), None) is None:
                yield child, PartKind.RELATED


def find_listed_lines(tree: Element) -> Iterator[tuple[Element, PartKind]]:
    """A line with the words of a region that plain pages have too: advertising, sharing, "see also"."""
    kinds = {"furniture_line": PartKind.FURNITURE, "related_line": PartKind.RELATED, "pingback": PartKind.PINGBACK}
    for element in tree.iter("p", "div", "li", "span"):
        words = read_words(element)
        if len(words) < 200 and find_kind(words) in kinds:
            yield element, kinds[find_kind(words)]
        elif len(words) < INSET and is_listed(words, "cookie_notice") and element.tag != "span":
            yield element, PartKind.FURNITURE


RULES: tuple[Callable[[Element], Iterator[tuple[Element, PartKind]]], ...] = (
    find_comment_boxes,
    find_replies,
    find_side_cells,
    find_named_parts,
    find_related_lists,
    find_datelines,
    find_insets,
    find_listed_lines,
)


def _may_go(element: Element, total: int, kind: PartKind) -> bool:
    """Keep whatever holds the headline or most of the prose; a long discussion may go if it leaves a report."""
    if next(element.iter("h1", "main"), None) is not None:
        return False
    share = measure_prose(element) / total
    if any(measure_prose(article) > ARTICLE * total for article in element.iter("article")):
        return kind == PartKind.COMMENT and is_named(element, "comment_box") and share <= MOST
    return share <= (MOST_COMMENTS if kind == PartKind.COMMENT else MOST)


def _is_post(element: Element, title: str) -> bool:
    """Say whether an element is a post of a thread: it names a poster, and has no headline but the thread's."""
    headings = [read_words(heading) for heading in element.iter("h1", "h2", "h3")]
    if not is_named(element, "post") or any(not _is_reply_heading(words, title) for words in headings):
        return False
    return any(is_named(inner, "poster") for inner in element.iter() if inner is not element)


def _is_reply_heading(words: str, title: str) -> bool:
    return words.lower().startswith(("re:", "aw:", "rép:")) or words in title


def _dress(element: Element) -> frozenset[str]:
    return frozenset((element.get("class") or "").split())


def _add(taken: Taken, element: Element, kind: PartKind) -> Taken:
    """Note an element that is taken out: a box of comments as a part for each comment and each link-back."""
    items = _split_comments(element) if kind == PartKind.COMMENT else [element]
    noted = [(one, _find_kind_of(one, kind), "\n".join(read_lines(one))) for one in items]
    parts = [Part(kind=found, text=words) for _, found, words in noted if words]
    said = {line for part in parts for line in part.text.splitlines()}
    rest = "\n".join(line for line in read_lines(element) if line not in said)
    parts += [Part(kind=PartKind.FURNITURE, text=rest)] if rest else []
    links = [_read_pingback(one, words) for one, found, words in noted if words and found == PartKind.PINGBACK]
    return Taken(parts=taken.parts + tuple(parts), links=taken.links + tuple(links))


def _find_kind_of(element: Element, kind: PartKind) -> PartKind:
    """Return what an item among comments is: a link-back if it is named so or says so."""
    says = load_pattern(REGIONS, "pingback").match(read_words(element)) is not None
    return PartKind.PINGBACK if kind == PartKind.COMMENT and (says or is_named(element, "pingback")) else kind


def _read_pingback(element: Element, words: str) -> Link:
    urls = [str(anchor.get("href")) for anchor in element.iter("a") if (anchor.get("href") or "").startswith("http")]
    text = load_pattern(REGIONS, "pingback").sub("", words, count=1)
    return Link(url=urls[0] if urls else "", text=text, rel="pingback")


def _split_comments(box: Element) -> list[Element]:
    """Return the outermost items of a box of comments, or the box where it has none."""
    for tag in ("li", "article", "div", "p"):
        items = [one for one in box.iter(tag) if one is not box and read_words(one)]
        if tag == "div":
            items = [one for one in items if is_named(one, "comment_one") or is_named(one, "pingback")]
        inner = {one for item in items for one in item.iterdescendants()}
        outer = [one for one in items if one not in inner]
        if outer and (tag == "p" or len(outer) > 1 or tag == "li"):
            return outer
    return [box]
