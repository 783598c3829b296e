"""Which words stand in quotation marks?

An automaton over the characters of a report, one pass: curly, straight, guillemets, German low marks, nested.
It never gives up: a quotation left open ends with its paragraph, or goes on where a later mark closes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from firsthand.model import record

Stretch = tuple[int, int]

CLOSERS = {"“": "”", "„": '“”‟"', "«": "»", "»": "«", "‹": "›", "‘": "’", "‚": "‘’", '"': '"', "'": "'", "‟": "”"}
CLOSERS |= {"”": "”", "›": "‹"}
MISTYPED = {"“": '"“', '"': "”“", "”": '"', "«": '"', "„": "»"}
CARRIED = "¶"
QUOTE_MARKS = frozenset("".join((*CLOSERS, *CLOSERS.values())))
ANY_MARK = re.compile(f"[{''.join(sorted(QUOTE_MARKS))}]")
ANY_DOUBLE = re.compile('[“”„«»"‟]')
DOUBLED = re.compile(r"''|``")
SPACE_OR_OPEN = frozenset(' \t\n\r\u00a0([{—–-/“„«"‘‚‹|')
FEET = re.compile(r"\d ?['’′] ?\d{1,2}$")
ENDS = frozenset(".,;:!?)]…'’”»")


@record
class Quotation:
    """Words in quotation marks: the marks included, and the words within. `closed` is False where no mark ends it."""

    start: int
    end: int
    inner: Stretch
    closed: bool


def find_quotations(text: str, paragraphs: Sequence[Stretch], low: int, high: int) -> tuple[Quotation, ...]:
    """Return the outermost quotations, sorted, each inside one paragraph.

    `low` and `high` bound the stretch looked at. A quotation over several paragraphs is given paragraph by paragraph.
    """
    text = _join_singles(text)
    found: list[Quotation] = []
    carried = False
    doubles = [m.start() for m in ANY_DOUBLE.finditer(text, low, high)]
    pointer = 0
    for start, end in paragraphs:
        carried = _read_paragraph(text, start, end, carried, found)
        while pointer < len(doubles) and doubles[pointer] < end:
            pointer += 1
        carried = carried and pointer < len(doubles) and _closes_later(text, doubles[pointer], high)
    return tuple(found)


@lru_cache(maxsize=1)
def _join_singles(text: str) -> str:
    """Return the text with two single marks in a row as one double mark, no offset changed.

    Kept for the next call: quotations inside quotations are looked for in the same text.
    """
    if "''" not in text and "``" not in text:
        return text
    return DOUBLED.sub(lambda m: '" ' if m.end() < len(text) and text[m.end()].isalnum() else ' "', text)


def _closes_later(text: str, at: int, high: int) -> bool:
    """Say whether the next double mark after an open paragraph has the look of a closing one."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2] if at + 1 < high else ""
    return text[at] in '”"»' and not before.isspace() and (not after or after.isspace() or after in ".,;:)")


def _read_paragraph(text: str, start: int, end: int, carried: bool, found: list[Quotation]) -> bool:
    """Add one paragraph's outermost quotations to `found`; return whether one stays open at its end."""
    stack: list[str] = [CARRIED] if carried else []
    opened = inner = start
    for match in ANY_MARK.finditer(text, start, end):
        at, mark = match.start(), match.group()
        if mark == '"' and FEET.search(text[max(start, at - 7) : at]):
            continue
        if stack and _may_close(text, at, end, stack[-1]):
            stack.pop()
        elif mark in "”»" and len(stack) > 1 and mark in _close(stack[0]):
            stack.clear()
        elif _may_open(text, at, start, end, bool(stack)):
            if not stack:
                opened, inner = at, at + 1
            stack.append(mark)
            continue
        else:
            continue
        if not stack:
            found.append(Quotation(start=opened, end=at + 1, inner=(inner, at), closed=True))
    if not stack or stack[0] in "'‘‚":
        return False
    found.append(Quotation(start=opened, end=end, inner=(inner, end), closed=False))
    return True


def _close(opener: str) -> str:
    return '"”»' if opener == CARRIED else CLOSERS[opener]


def _may_close(text: str, at: int, end: int, opener: str) -> bool:
    """Say whether a mark can end a quotation: an apostrophe in a word cannot, a wrong mark where it must be an end."""
    mark = text[at]
    after = text[at + 1] if at + 1 < end else " "
    if mark in _close(opener):
        return mark not in "'’" or not after.isalnum()
    before = text[at - 1]
    ends = not before.isspace() and before not in SPACE_OR_OPEN and (after.isspace() or after in ENDS)
    return ends and mark in MISTYPED.get(opener, "")


def _may_open(text: str, at: int, start: int, end: int, nested: bool) -> bool:
    """Say whether a mark can begin a quotation: a word or a mark follows, and a blank or a mark comes before."""
    mark = text[at]
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if mark in "“„«‹‟":
        return True
    if mark in "»”›":
        return before in SPACE_OR_OPEN and after.isalnum() and not (nested and mark == "”")
    if mark == '"':
        return before in SPACE_OR_OPEN or not before.isdigit()
    opens = mark in "'‘‚" and before in SPACE_OR_OPEN and after.isalnum()
    return opens and (nested or _has_end(text, at, end))


def _has_end(text: str, at: int, end: int) -> bool:
    """Say whether a single mark that may be an apostrophe is answered by another soon after."""
    closing = "’" if text[at] in "‘‚" else "'"
    near = text[at + 1 : min(end, at + 400)]
    place = near.find(closing)
    while place >= 0:
        if not near[place + 1 : place + 2].isalnum():
            return True
        place = near.find(closing, place + 1)
    return False
