"""How does the parser write a page, and how are its tags told from its words?

The parser (resiliparse) mends whatever is wrong with a page and writes it out in one form: every element closed, every
value in double quotes, "<" in words spelt out. In that form patterns can tell block from block and word from markup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from firsthand.reading.lists import load_list
from firsthand.reading.page_names import NOTHING, PAGE, find_roles


def _spell_tags(tags: Sequence[str]) -> str:
    """Return a pattern of any of some tags, by their first letters: so most tags in a page fail at the first."""
    first = sorted({tag[0] for tag in tags})
    return "|".join(f"{letter}(?:{'|'.join(tag[1:] for tag in tags if tag[0] == letter)})" for letter in first)


NEVER = _spell_tags(load_list(PAGE)["never"])
BLOCK = _spell_tags(load_list(PAGE)["block"])
VOID = "img|input|source"
VALUES = r'[^">]*+(?:"[^"]*+"[^">]*+)*+'
# What is no text: elements that are never part of it, whatever they hold, remarks, and elements that hold nothing.
APART = re.compile(
    rf"<(?:({NEVER})\b{VALUES}>[^<]*+(?:<(?!/\1>)[^<]*+)*+</\1|!--.*?--|(?:{VOID})\b{VALUES})>", re.DOTALL
)
TAG = re.compile(rf"<(/(?:{BLOCK})|(?:{BLOCK})(?: {VALUES})?)>")
# Never over more than one line: in words that the parser leaves as they are a "<" may stand alone.
WITHIN = r'[^">\0]*+(?:"[^"\0]*+"[^">\0]*+)*+>'
INLINE = re.compile(rf"<{WITHIN}")
# The same, the beginning and the end of a link told from the rest.
ANY = re.compile(rf"<(a(?= )|/a(?=>))?{WITHIN}")
ANCHOR = re.compile(rf"<a ({VALUES})>")
HREF = re.compile(r'\bhref="([^"]*)"')
# Kana, Chinese characters, Hangul.
SIGN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
NAMED = re.compile(r'(?:class|id|role|itemprop)="([^"]*)"')
HIDDEN = re.compile(r'(?:^| )(?:hidden(?:=""|="hidden")?(?: |$)|style="[^"]*display: ?none)')
# What the parser lets through and no page means anything by (XML 1.0, Char).
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# Stands between lines; the parser lets no such character through. The others begin and end the words of a link.
GAP, OPEN, SHUT = "\0", "\1", "\2"
MARKS = {"a": OPEN, "/a": SHUT, None: ""}
# Characters from which on a line may be a sentence of a report.
PROSE = 80


@lru_cache(maxsize=1 << 12)
def read_roles(attributes: str) -> frozenset[str]:
    """Return what the id, the classes, the role and the property among the attributes of an element name it."""
    if not attributes:
        return NOTHING
    return find_roles(" ".join(NAMED.findall(attributes)))


def measure_line(line: str) -> int:
    """Count the characters of a line; a sign that stands for a syllable or a word counts as three letters."""
    return len(line) * (1 if line.isascii() or not SIGN.search(line) else 3)


def strip_markup(words: str) -> str:
    """Return words without inline markup and the entities that the parser writes."""
    return spell_out(INLINE.sub("", words))


def spell_out(words: str) -> str:
    """Return words without the entities that the parser writes."""
    if "&" in words:
        words = words.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return words


def read_words(words: str) -> str:
    """Return words without markup and control characters, white space collapsed."""
    return " ".join(CONTROL.sub(" ", strip_markup(words)).split())
