"""What in the source of a web page need never be parsed?

Scripts and styles are half of a page. They can be cut out by their ends alone; whatever is unsure (one that does not
end, one in a remark, a script that may hold another) is left to the parser. Where the text of a page alone is wanted,
what stands beside a report goes too: menus, footers, drawings, remarks, links to other items. It is half of the rest.

No pattern goes twice over a place: each runs on to an end or to the next beginning of its kind, and never back.
"""

from __future__ import annotations

import re

from firsthand.reading.page_markup import SIGN

LINKED_DATA = "ld+json"
SCRIPT = r"script(?=[\s/>])([^<>]*+)[^<]*+(?:<(?!/?script)[^<]*+)*+</script[^<>]*+>"
STYLE = r"style(?=[\s/>])[^<]*+(?:<(?!/style)[^<]*+)*+</style[^<>]*+>"
REMARK = r"!(?=--)[^-]*+(?:-(?!-!?>)[^-]*+)*+--!?>"
# What stands in a title or in a field is words, whatever it looks like.
WORDS = r"title(?=[\s/>])[^<]*+(?:<(?!/title)[^<]*+)*+|textarea(?=[\s/>])[^<]*+(?:<(?!/textarea)[^<]*+)*+"
UNSURE = rf"script(?=[\s/>])[^<]*+(?:<(?!/script)[^<]*+)*+|style(?=[\s/>])[\s\S]*+|!--[\s\S]*+|{WORDS}"
DRAWING = r"(?P<name>svg|select|button|noscript)(?=[\s>])[^<]*+(?:<(?!/?(?P=name))[^<]*+)*+</(?P=name)\s*>"
# An item of a list that is a link and nothing else, without a heading or a box.
POINTER = (
    r"li(?: [^<>]*+)?>\s*+<a [^<>]*+>[^<]*+"
    r"(?:<(?!/a>|/?(?:a|li|div|ul|ol|h[1-6]|script)[ >])[^<]*+)*+</a>\s*+</li>"
)
UNREAD = re.compile(
    rf"<(?:{SCRIPT}|{STYLE}|(?P<remark>{REMARK})|(?P<unsure>{UNSURE})|{DRAWING}|(?P<pointer>{POINTER}))"
)
# A box beside a report; one that holds the headline is none.
BOX = re.compile(r"<(nav|footer|aside)(?=[\s>])[^<]*+(?:<(?!/?\1|h1|main)[^<]*+)*+</\1\s*>")
# A line that is long enough to be prose.
LONG = re.compile(rf">\s*+[^<]{{20}}(?:[^<]{{60}}|[^<]{{0,7}}{SIGN.pattern})")


def cut_unread(text: str, *, whole: bool = True) -> tuple[str, list[str]]:
    """Return the source of a page without what need not be parsed, and what stands in its JSON-LD.

    `whole`: scripts and styles alone are cut; otherwise what stands beside a report, too.
    """
    linked: list[str] = []

    def cut(found: re.Match[str]) -> str:
        kind = found.lastgroup
        if kind == "pointer":
            return found[0] if whole else ""
        if found[1] and LINKED_DATA in found[1]:
            linked.append(found[0][found[0].find(">") + 1 : found[0].rfind("</")])
        kept = kind == "unsure" or (kind and whole) or (kind == "remark" and _is_in_tag(text, found.start()))
        return found[0] if kept else ""

    text_left = UNREAD.sub(cut, text)
    return text_left if whole else BOX.sub(_keep_box, text_left), linked


def _is_in_tag(text: str, place: int) -> bool:
    """Say whether a place in a page is within a tag, such as in the value of an attribute."""
    return text.rfind("<", 0, place) > text.rfind(">", 0, place)


def _keep_box(found: re.Match[str]) -> str:
    """Return a box beside the report if it holds more than short lines, or ends what it did not begin."""
    box = found[0]
    return box if LONG.search(box) or box.count("<div") != box.count("</div") else ""
