"""Where does a sentence begin and end?

Paragraphs first: a blank line ends one; in text wrapped at a fixed width a single line break does not.
Then sentences, with offsets into the text. A quotation is one piece: no sentence ends inside it.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from importlib import resources

Stretch = tuple[int, int]

LONGEST = 2500
WRAPPED_AT = 100
SHORT_LINE = 45
DATELINE = re.compile(r"[A-Z][\w ,.'’/-]{2,60}\((\w[\w .&-]{1,30})\)\s*[-–—]\s*")
PLACE_LINE = re.compile(r"[A-Z][A-Z .'’]{2,30}(?:, [\w .]{2,20})?\s[-–—]\s+")
STOP = re.compile(r"[.!?…]+[)\]”’\"»'“]{0,3}(?=\s|$)|(?<=[a-z]{3})\.(?=[A-Z][a-z]+[ ,])|[.!?]+[”\"»](?=[A-Z“„«])")
NEW_BLOCK = re.compile(
    r"[-•*–]\s|\d{1,2}[.)]\s|[A-Z][\w.'’-]{0,20}(?:\s[A-Z\d][\w.'’-]{0,20}){0,4}(?: \([^)\n]{0,60}\))?:\s"
)


@cache
def load_abbreviations() -> dict[str, frozenset[str]]:
    """Return the lists of abbreviations by the rule they follow."""
    text = resources.files("firsthand.attribution").joinpath("packs/abbreviations.toml").read_text(encoding="utf-8")
    lists = tomllib.loads(text)
    return {name: frozenset(words) for name, words in lists.items() if isinstance(words, list)}


def split_paragraphs(text: str, start: int, end: int) -> tuple[Stretch, ...]:
    """Return the paragraphs of `text[start:end]` as offsets, blank edges trimmed."""
    lines = _find_lines(text, start, end)
    wrapped = max((e - s for s, e in lines), default=0) <= WRAPPED_AT
    blocks: list[Stretch] = []
    before: Stretch | None = None
    for line in lines:
        if line[0] == line[1]:
            before = None
            continue
        if before is not None and wrapped and _is_wrapped(text, before, line):
            blocks[-1] = (blocks[-1][0], line[1])
        else:
            blocks.append(line)
        before = line
    return tuple(blocks)


def _find_lines(text: str, start: int, end: int) -> list[Stretch]:
    """Return the lines, and the cells of a table's line, without the blanks around them."""
    lines = []
    at = start
    for line in re.split(r"(?<=[\n|\r\x0b\x0c\x85\u2028\u2029])", text[start:end]):
        body = line.strip("| \t\r\n\x0b\x0c\x85\u2028\u2029\u00a0")
        first = at + (line.find(body) if body else 0)
        lines.append((first, first + len(body)))
        at += len(line)
    return lines


def _is_wrapped(text: str, before: Stretch, line: Stretch) -> bool:
    """Say whether a line break only wraps: the line before is long and the next begins nothing new."""
    return before[1] - before[0] >= SHORT_LINE and not NEW_BLOCK.match(text, line[0], min(line[1], line[0] + 110))


def skip_dateline(text: str, start: int, end: int) -> int:
    """Return where a paragraph begins after a line such as "VARNEL, Feb 9 (Brill) - "."""
    match = DATELINE.match(text, start, min(end, start + 120)) or PLACE_LINE.match(text, start, min(end, start + 60))
    return match.end() if match else start


def split_sentences(text: str, start: int, end: int, quotations: Sequence[Stretch] = ()) -> tuple[Stretch, ...]:
    """Return the sentences of one paragraph as offsets; `quotations` are sorted stretches no sentence ends inside."""
    starts = [s for s, _ in quotations]
    sentences: list[Stretch] = []
    begin = start
    for stop in STOP.finditer(text, start, end):
        if stop.end() >= end or not _ends_sentence(text, begin, stop, end):
            continue
        inside = bisect_right(starts, stop.start()) - 1
        if inside >= 0 and stop.end() < quotations[inside][1]:
            continue
        sentences.append((begin, stop.end()))
        begin = _skip_blanks(text, stop.end(), end)
    if begin < end:
        sentences.append((begin, end))
    return tuple(piece for sentence in sentences for piece in _cut_long(text, *sentence))


def _cut_long(text: str, start: int, end: int) -> list[Stretch]:
    """Return a sentence of no more than `LONGEST` characters as it is, a longer one in pieces."""
    pieces = []
    while end - start > LONGEST:
        blank = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        stop = blank if blank > 0 else start + LONGEST
        pieces.append((start, stop))
        start = _skip_blanks(text, stop, end)
    return [*pieces, (start, end)] if start < end else pieces


def _skip_blanks(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def _ends_sentence(text: str, begin: int, stop: re.Match[str], end: int) -> bool:
    """Say whether a full stop ends its sentence, by what stands before and after it."""
    after = _skip_blanks(text, stop.end(), end)
    following = text[after : after + 1]
    if following.islower() or following in {",", ";", ")"}:
        return False
    if following in {"―", "—", "–"} and stop.group()[-1] in "”\"»'’":
        return False
    if stop.group()[0] != "." or len(stop.group().rstrip(")]”’\"»'“")) > 1:
        return True
    return _is_full_stop(text, begin, stop.start(), after)


def _is_full_stop(text: str, begin: int, at: int, after: int) -> bool:
    """Tell a full stop from the point of an abbreviation, an initial or a list number."""
    first = max(text.rfind(" ", begin, at), text.rfind("\n", begin, at)) + 1 or begin
    word = text[max(first, begin) : at].strip("(“„«\"'‘").casefold()
    lists = load_abbreviations()
    following = re.compile(r"[\w'’]+").match(text, after)
    next_word = following.group().casefold() if following else ""
    if word in lists["always"] or (len(word) == 1 and word.isalpha() and word != "i"):
        return False
    if word in lists["before_digits"] and next_word[:1].isdigit():
        return False
    if word in lists["unless_start"] or (word in lists["places"] and text[first : first + 1].isupper()):
        return next_word in lists["starts"] or not next_word
    return not (word.isdigit() and len(word) <= 2 and first <= begin)
