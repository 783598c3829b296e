"""Which parts of a web page are not its report?

Readers' comments, other items, machinery, columns of a table: found from the top of the page down, so that nothing
inside a part is asked again. Nothing is taken that holds most of the page's prose.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from firsthand.model import Link, Part, PartKind, record
from firsthand.reading.blocks import REGIONS
from firsthand.reading.lists import load_pattern
from firsthand.reading.page_tree import Node, Page

MOST = 0.5
MOST_COMMENTS = 0.9
ARTICLE = 0.3
INSET = 160
# What is said of an author is shorter.
LIFE = 600
ENDS = (".", "!", "?", "…", '"', "”", "»", ":", ")", "'", "’", "。")
POST_PARENTS = frozenset(("div", "section", "main", "body", "ol", "ul", "tbody", "table", "td", "form"))
INSET_PARENTS = frozenset(("div", "article", "section", "main", "td", "body"))
INSETS = frozenset(("div", "aside", "section"))
NEVER_PARTS = frozenset(("html", "body", "main", "article", "h1"))
HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
MACHINERY = frozenset(("nav", "footer", "menu", "form", "figcaption"))
MARKING = HEADINGS | POST_PARENTS | INSET_PARENTS | {"p"}
LINE_KINDS = (("furniture_line", PartKind.FURNITURE), ("related_line", PartKind.RELATED))
KINDS = (
    ("comment_box", PartKind.COMMENT),
    ("related", PartKind.RELATED),
    ("furniture", PartKind.FURNITURE),
    ("caption", PartKind.FURNITURE),
)
LABELS = HEADINGS | {"p", "div"}
LISTS = frozenset(("ul", "ol"))
REPLY = ("re:", "aw:", "rép:")


@record
class Taken:
    """What is not the report: for each line of the page the kind of its part (None: it may be the report)."""

    kinds: Sequence[PartKind | None]
    boxes: Sequence[tuple[Node, PartKind]]


def build_parts(page: Page, taken: Taken) -> tuple[tuple[Part, ...], tuple[Link, ...]]:
    """Make the parts of what was taken: a box of comments gives one for each comment and each link-back."""
    parts: list[Part] = []
    links: list[Link] = []
    for box, kind in taken.boxes:
        items = _split_comments(page, box) if kind == PartKind.COMMENT else [box]
        noted = [(one, _find_kind_of(page, one, kind), "\n".join(page.read_lines(one))) for one in items]
        parts += [Part(kind=found, text=words) for _, found, words in noted if words]
        said = {number for one, _, words in noted if words for number in range(one.first, one.last)}
        rest = [line for n, line in enumerate(page.lines[box.first : box.last], box.first) if line and n not in said]
        parts += [Part(kind=PartKind.FURNITURE, text="\n".join(rest))] if rest else []
        links += [_read_pingback(page, one) for one, found, words in noted if words and found == PartKind.PINGBACK]
    return tuple(parts), tuple(links)


class PartFinder:
    """Walks a page from the top down and keeps what is not the report: by its name, where it stands, what heads it.

    What holds no prose is left for last, and need not be asked where it stands outside of the report.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.kinds: list[PartKind | None] = [None] * len(page.lines)
        self.boxes: list[tuple[Node, PartKind]] = []
        self.marked: dict[int, PartKind] = {}
        self.left: list[Node] = []
        self.total = max(sum(page.prose), 1)
        least = ARTICLE * self.total
        self.articles = [n.number for n in page.nodes if n.tag == "article" and page.measure_prose(n) > least]
        self.kept = [node.number for node in page.nodes if node.tag in ("h1", "main")]
        self.paragraphs = Counter(node.parent for node in page.nodes if node.tag == "p")

    def take_prose(self) -> Sequence[PartKind | None]:
        """Take the parts that hold prose; return for each line of the page the kind of its part, as far as known."""
        nodes = self.page.nodes
        number = 0
        while number < len(nodes):
            node = nodes[number]
            if self.page.measure_prose(node) or self._may_head(node):
                number = self._ask(node)
            else:
                self.left.append(node)
                number = node.end
        return self.kinds

    def take_rest(self, root: Node) -> Taken:
        """Take the parts without prose inside an element as well."""
        for one in self.left:
            number = one.number if root.number <= one.number < root.end else one.end
            while number < one.end:
                number = self._ask(self.page.nodes[number])
        return Taken(kinds=self.kinds, boxes=sorted(self.boxes, key=lambda box: box[0].number))

    def _may_head(self, node: Node) -> bool:
        """Say whether an element may say something about those after it: a heading, a line above a list."""
        if node.tag in HEADINGS:
            return True
        below = self.page.nodes[node.end] if node.end < len(self.page.nodes) else node
        return below.tag in LISTS and node.tag in LABELS

    def _ask(self, node: Node) -> int:
        """Take an element or not; return the number of the next to ask: what is inside a part is passed over."""
        if node.first < node.last:
            kind = self.marked.get(node.number) or self._name_part(node)
            if kind is not None and self._may_go(node, kind):
                self._take(node, kind)
                return node.end
            if node.tag in MARKING and (node.last - node.first > 1 or node.tag in LABELS):
                self._mark_inside(node)
        return node.number + 1

    def _take(self, node: Node, kind: PartKind) -> None:
        self.boxes.append((node, kind))
        for line in range(node.first, node.last):
            self.kinds[line] = kind

    def _name_part(self, node: Node) -> PartKind | None:
        """Comments, lists of other items and the machinery of a site are named so, or are elements made for that."""
        if node.tag in MACHINERY:
            return PartKind.FURNITURE
        if not node.attributes:
            return PartKind.RELATED if node.tag == "aside" else None
        roles = node.roles
        named = _name_kind(roles) if roles else None
        if named == PartKind.COMMENT:
            return named
        if node.tag in NEVER_PARTS or "content" in roles:
            return None
        if node.tag == "aside":
            return named or PartKind.RELATED
        dated = "dateline" in roles and self.page.measure(node) < (LIFE if "poster" in roles else INSET)
        return PartKind.FURNITURE if dated or node.is_hidden() else named

    def _may_go(self, node: Node, kind: PartKind) -> bool:
        """Keep whatever holds the headline or most of the prose; a long discussion may go if it leaves a report."""
        if _holds(node, self.kept):
            return False
        share = self.page.measure_prose(node) / self.total
        if _holds(node, self.articles):
            return kind == PartKind.COMMENT and "comment_box" in node.roles and share <= MOST
        return share <= (MOST_COMMENTS if kind == PartKind.COMMENT else MOST)

    def _mark_inside(self, node: Node) -> None:
        """Mark what a node that stays says about those in it or after it."""
        tag = node.tag
        if tag in HEADINGS:
            self._mark_below_heading(node)
        if tag in LABELS and node.last - node.first == 1:
            self._mark_list_below(node)
        if tag == "table":
            self._mark_side_cells(node)
        if tag in POST_PARENTS:
            self._mark_replies(node)
        if tag in INSET_PARENTS and self.paragraphs[node] > 2:
            self._mark_insets(node)

    def _siblings_after(self, node: Node) -> Iterator[Node]:
        """Yield the elements that follow one in the same box."""
        number, end = node.end, node.parent.end if node.parent else 0
        while number < end:
            yield self.page.nodes[number]
            number = self.page.nodes[number].end

    def _mark_below_heading(self, node: Node) -> None:
        """What stands below a heading such as "3 comments" is comments."""
        words = self.page.read_words(node)
        if len(words) <= INSET and load_pattern(REGIONS, "comment_heading").fullmatch(words):
            self._take(node, PartKind.FURNITURE)
            for one in self._siblings_after(node):
                self.marked.setdefault(one.number, PartKind.COMMENT)

    def _mark_list_below(self, node: Node) -> None:
        """A list below "related stories" is of those."""
        below = self.page.nodes[node.end] if node.end < len(self.page.nodes) else node
        words = self.page.lines[node.first] if below.tag in LISTS and below.parent is node.parent else ""
        if 0 < len(words) <= 60 and load_pattern(REGIONS, "related_heading").fullmatch(words):
            self._take(node, PartKind.RELATED)
            self.marked.setdefault(below.number, PartKind.RELATED)

    def _mark_side_cells(self, table: Node) -> None:
        """In a page laid out as a table one cell holds the report, and the others hold menus and notices."""
        inside = self.page.inside(table)
        cells = [one for one in inside if one.tag == "td" and _table_of(one) is table]
        if len(cells) < 2 or any(one.tag == "th" for one in inside):
            return
        prose = [self.page.measure_prose(cell) for cell in cells]
        if max(prose) >= 200 and max(prose) >= 0.7 * sum(prose):
            winner = prose.index(max(prose))
            self.marked.update((cell.number, PartKind.FURNITURE) for n, cell in enumerate(cells) if n != winner)

    def _mark_replies(self, parent: Node) -> None:
        """In a forum the first post is the report, and the posts after it in the same dress are replies."""
        named = [one for one in self.page.children(parent) if one.attributes and "post" in one.roles]
        posts = [one for one in named if self._is_post(one)] if len(named) > 1 else []
        same = [one for one in posts if one.tag == posts[0].tag and _dress(one) & _dress(posts[0])]
        if len(same) > 1:
            posters = [one for one in self.page.inside(same[0]) if "poster" in one.roles]
            self.marked.update((one.number, PartKind.FURNITURE) for one in posters)
            self.marked.update((one.number, PartKind.COMMENT) for one in same[1:])

    def _is_post(self, node: Node) -> bool:
        """Say whether an element is a post of a thread: it names a poster, and has no headline but the thread's."""
        inside = self.page.inside(node)
        headings = [self.page.read_words(one) for one in inside if one.tag in ("h1", "h2", "h3")]
        if not all(words in self.page.title or words.lower().startswith(REPLY) for words in headings):
            return False
        return any("poster" in one.roles for one in inside) or self.page.names_inline(node, "poster")

    def _mark_insets(self, parent: Node) -> None:
        """A short box between paragraphs that ends without a full stop points elsewhere."""
        children = list(self.page.children(parent))
        paragraphs = [number for number, one in enumerate(children) if one.tag == "p"]
        if len(paragraphs) < 3:
            return
        for child in children[paragraphs[0] : paragraphs[-1] + 1]:
            if child.tag in INSETS and self.page.measure(child) < INSET:
                words = self.page.read_words(child)
                held = {one.tag for one in self.page.inside(child)}
                if not words.endswith(ENDS) and held.isdisjoint(("p", "h2", "h3", "h4", "img", "blockquote")):
                    self.marked.setdefault(child.number, PartKind.RELATED)


@cache
def _name_kind(roles: frozenset[str]) -> PartKind | None:
    return next((kind for role, kind in KINDS if role in roles), None)


def _holds(node: Node, numbers: Sequence[int]) -> bool:
    """Say whether one of the nodes with these numbers, in order, is the node or inside it."""
    place = bisect_left(numbers, node.number)
    return place < len(numbers) and numbers[place] < node.end


def _table_of(node: Node) -> Node | None:
    return next((one for one in node.above() if one.tag == "table"), None)


def _dress(node: Node) -> frozenset[str]:
    return frozenset(node.read_names())


def _find_kind_of(page: Page, node: Node, kind: PartKind) -> PartKind:
    """Return what an item among comments is: a link-back if it is named so or says so."""
    if kind != PartKind.COMMENT:
        return kind
    says = load_pattern(REGIONS, "pingback").match(page.read_words(node)) is not None
    return PartKind.PINGBACK if says or "pingback" in node.roles else kind


def _read_pingback(page: Page, node: Node) -> Link:
    hrefs = [href for number in range(node.first, node.last) for _, href in page.read_anchors(number)]
    text = load_pattern(REGIONS, "pingback").sub("", page.read_words(node), count=1)
    return Link(url=next((one for one in hrefs if one.startswith("http")), ""), text=text, rel="pingback")


def _split_comments(page: Page, box: Node) -> list[Node]:
    """Return the outermost items of a box of comments, or the box where it has none."""
    for tag in ("li", "article", "div", "p"):
        items = [one for one in page.inside(box) if one.tag == tag and one.first < one.last]
        if tag == "div":
            items = [one for one in items if "comment_one" in one.roles or "pingback" in one.roles]
        outer: list[Node] = []
        for one in items:
            if not outer or one.number >= outer[-1].end:
                outer.append(one)
        if outer and (tag == "p" or len(outer) > 1 or tag == "li"):
            return outer
    return [box]
