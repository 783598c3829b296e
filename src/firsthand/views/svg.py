"""How is a graphic written down so that no text in it can become markup?

Everything that goes into an element is escaped here, and only here; `Svg` marks what has been.
Colours, weights and sizes are class names, which `page.css` gives a meaning in light, dark and print.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from html import escape
from typing import NewType

Svg = NewType("Svg", str)

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_NARROW = set("iljtfrI.,'|!:;()[]‘’“”-·")
_WIDE = set("mwMW@%—")


def clean_text(words: str) -> str:
    """Return text whose control and direction-changing characters are spelt out, so that they can do nothing."""
    return _CONTROL.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", words)


def draw(name: str, *children: Svg, **attributes: str | float) -> Svg:
    """Return one element; `class_` becomes class, `font_size` font-size, and numbers keep two decimals at most."""
    written = "".join(f' {_name(key)}="{_value(value)}"' for key, value in attributes.items())
    return Svg(f"<{name}{written}/>" if not children else f"<{name}{written}>{''.join(children)}</{name}>")


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-") if key != "viewBox" else key


def _value(value: str | float) -> str:
    return escape(clean_text(value)) if isinstance(value, str) else show_number(value)


def show_number(value: float) -> str:
    """Return a coordinate with two decimals at most and no trailing zeros."""
    shown = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def quote_text(words: str) -> Svg:
    """Return text as it stands between tags, escaped."""
    return Svg(escape(clean_text(words)))


def isolate_text(words: str) -> Svg:
    """Return escaped text, isolated in direction where it holds letters written from right to left."""
    turned = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in words)
    return Svg(f"\u2068{quote_text(words)}\u2069") if turned else quote_text(words)


def write(x: float, y: float, words: str | Svg, style: str = "", anchor: str = "start") -> Svg:
    """Return a line of text at a point; `style` is class names, `anchor` start, middle or end."""
    return write_pieces(x, y, ((words, ""),), style, anchor)


def write_pieces(
    x: float, y: float, pieces: Iterable[tuple[str, str]], style: str = "", anchor: str = "start", cites: Svg = Svg("")
) -> Svg:
    """Return a line of text made of (words, class names) pieces, each isolated in direction, and its citations."""
    inside = [
        draw("tspan", isolate_text(words), class_=look) if look else isolate_text(words) for words, look in pieces
    ]
    extra = {"class_": style} if style else {}
    if anchor != "start":
        extra["text_anchor"] = anchor
    return draw("text", *inside, cites, x=x, y=y, **extra)


def write_cites(numbers: Sequence[int]) -> Svg:
    """Return raised citation numbers, each a link to its end note."""
    links = (
        draw(
            "a",
            draw("tspan", quote_text(f"\u2009{number}"), class_="number", dy=-4 if place == 0 else 0),
            href=f"#note-{number}",
            class_="cite",
            aria_label=f"note {number}",
        )
        for place, number in enumerate(numbers)
    )
    return Svg("".join(links))


def line(x1: float, y1: float, x2: float, y2: float, style: str) -> Svg:
    """Return a straight line."""
    return draw("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=style)


def rect(x: float, y: float, width: float, height: float, style: str) -> Svg:
    """Return a rectangle; a negative width is drawn to the left."""
    return draw("rect", x=min(x, x + width), y=y, width=abs(width), height=height, class_=style)


def circle(x: float, y: float, radius: float, style: str) -> Svg:
    """Return a circle."""
    return draw("circle", cx=x, cy=y, r=radius, class_=style)


def path(shape: str, style: str) -> Svg:
    """Return a path; `shape` is path data of our own making."""
    return draw("path", d=shape, class_=style)


def group(*children: Svg, style: str = "", evidence: str = "") -> Svg:
    """Return a group; `evidence` lets the page light the same evidence in every graphic."""
    extra = {"class_": style} if style else {}
    if evidence:
        extra["data_evidence"] = evidence
    return draw("g", *children, **extra)


def whisker(x1: float, x2: float, y: float, style: str = "whisker") -> Svg:
    """Return an interval: a thin line with a cap at each end."""
    shape = f"M{x1:.2f} {y - 3.5:.2f}v7M{x1:.2f} {y:.2f}H{x2:.2f}M{x2:.2f} {y - 3.5:.2f}v7"
    return path(shape, style)


def frame(name: str, size: tuple[float, float], words: tuple[str, str], children: Iterable[Svg]) -> Svg:
    """Return a whole graphic: `name` is unique on the page, `words` its title and its one-sentence description."""
    inside = list(children)
    linked = any("<a " in child for child in inside)
    return draw(
        "svg",
        draw("title", quote_text(words[0]), id=f"{name}-title"),
        draw("desc", quote_text(words[1]), id=f"{name}-desc"),
        *inside,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {show_number(size[0])} {show_number(size[1])}",
        width=size[0],
        height=size[1],
        class_="graphic",
        role="group" if linked else "img",
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-desc",
    )


def measure_text(words: str, size: float = 13.0, bold: bool = False) -> float:
    """Return the width of a line of text, estimated on the wide side so that labels keep their distance."""
    return sum(_measure_letter(letter) for letter in words) * size * (1.06 if bold else 1.0)


def _measure_letter(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in _NARROW:
        return 0.31
    if letter in _WIDE:
        return 0.9
    if letter.isspace():
        return 0.27
    return 0.66 if letter.isupper() else 0.57


def shorten_text(words: str, width: float, size: float = 13.0, bold: bool = False) -> str:
    """Return the text, or as much of it as fits followed by an ellipsis."""
    words = " ".join(clean_text(words).split())
    if measure_text(words, size, bold) <= width:
        return words
    while words and measure_text(words + "…", size, bold) > width:
        words = words[:-1]
    return words.rstrip(" ,;:.-–") + "…"


def wrap_text(words: str, width: float, lines: int = 2, size: float = 13.0, bold: bool = False) -> tuple[str, ...]:
    """Return the text broken into at most `lines` lines, the last one shortened where it must be."""
    rest = clean_text(words).split()
    done: list[str] = []
    while rest and len(done) < lines - 1:
        taken = 1
        while taken < len(rest) and measure_text(" ".join(rest[: taken + 1]), size, bold) <= width:
            taken += 1
        done.append(shorten_text(" ".join(rest[:taken]), width, size, bold))
        rest = rest[taken:]
    if rest:
        done.append(shorten_text(" ".join(rest), width, size, bold))
    return tuple(done)
