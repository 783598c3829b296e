"""What in the source of a web page need never be parsed?

Scripts and styles are half of a page. They can be cut out by their ends alone; whatever is unsure (one that does not
end, one in a remark, a script that may hold another) is left to the parser.
"""

from __future__ import annotations

import re

LINKED_DATA = "ld+json"
OPENED = re.compile(r"<(!--|(?:script|style)(?=[\s/>]))")
ENDS = {"!--": "-->", "script": "</script", "style": "</style"}


def cut_unread(text: str) -> tuple[str, list[str]]:
    """Return the source of a page without scripts and styles, and what stands in its JSON-LD."""
    kept: list[str] = []
    linked: list[str] = []
    at = 0
    opened = OPENED.search(text)
    while opened:
        start, kind = opened.start(), opened[1]
        end = text.find(ENDS[kind], start + 2)
        after = text.find(">", end + 2) + 1
        if end < 0 or not after:
            break
        if kind == "script":
            begin = text.find(">", start) + 1
            if text.find(LINKED_DATA, start, begin) > 0:
                linked.append(text[begin:end])
        if kind == "style" or (kind == "script" and not _may_hold_script(text, start + 1, end)):
            kept.append(text[at:start])
            at = after
        opened = OPENED.search(text, after)
    return "".join((*kept, text[at:])), linked


def _may_hold_script(text: str, start: int, end: int) -> bool:
    """Say whether the first end in a script may not be its own: where another begins in a remark in it."""
    return text.find("<script", start, end) >= 0 and text.find("<!--", start, end) >= 0
