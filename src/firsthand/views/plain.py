"""How is text from anywhere shown in a terminal without being obeyed?"""

from __future__ import annotations

import re
from datetime import time, timedelta

from firsthand.model import Period

# C0 and C1 controls, and the marks that override the direction of text (Unicode 15, Bidi_Control).
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def show_text(text: str) -> str:
    """Return text on one line with every control character spelled out, so that no terminal obeys it."""
    return " ".join(_OBEYED.sub(lambda found: f"\\x{ord(found[0]):02x}", text).split())


def shorten_text(text: str, width: int) -> str:
    """Return text of at most `width` characters, cut at a word and marked with an ellipsis."""
    text = show_text(text)
    if len(text) <= width:
        return text
    return text[: width - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def show_period(period: Period | None) -> str:
    """Return a period as a reader writes it: "4 Apr 2011", "20–26 Mar 2011", "undated"."""
    if period is None:
        return "undated"
    first, last = period.start, period.end
    if (last - first).total_seconds() <= 86400:
        return f"{first.day} {first:%b %Y}"
    if last.time() == time.min:
        last -= timedelta(days=1)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}\u2013{last.day} {first:%b %Y}"
    if first.year == last.year:
        return f"{first.day} {first:%b} \u2013 {last.day} {last:%b %Y}"
    return f"{first.day} {first:%b %Y} \u2013 {last.day} {last:%b %Y}"


def count_things(number: float, one: str, many: str = "") -> str:
    """Return "1 report", "14 reports", "1.8 origins"."""
    shown = f"{number:g}" if float(number).is_integer() else f"{number:.1f}"
    return f"{shown} {one if number == 1 else many or one + 's'}"
