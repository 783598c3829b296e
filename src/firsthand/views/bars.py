"""How is one chance drawn inside the cell of a table?

Such a bar stands beside the number it draws and adds nothing to it, so it is hidden from screen readers.
"""

from __future__ import annotations

from firsthand.views.svg import Svg, circle, draw, line, rect


def draw_bar(share: float, width: float, height: float = 7.0) -> Svg:
    """Return a bar filled to a share of its outline."""
    marks = [rect(0.5, 0.5, width - 1, height - 1, "outline")]
    if share > 0:
        marks.append(rect(0.5, 0.5, max(1.0, share * (width - 1)), height - 1, "filled"))
    return _hide(width, height, marks)


def draw_interval(probability: float, low: float, high: float, width: float) -> Svg:
    """Return a dot and its interval on a line from 0 to 100 %."""
    start, end = 7.0, width - 7.0
    x, x1, x2 = (start + value * (end - start) for value in (probability, low, high))
    marks = [
        line(start, 8, end, 8, "grid"),
        line(start, 4, start, 12, "tick"),
        line(end, 4, end, 12, "tick"),
        line(x1, 8, x2, 8, "interval other"),
        circle(x, 8, 5, "dot other"),
    ]
    return _hide(width, 16, marks)


def draw_pair(before: float, after: float, asked: bool, width: float = 104.0) -> Svg:
    """Return an outlined bar for before and a solid one for after; `asked` draws the solid one in accent."""
    marks = [rect(0.5, 0.5, max(1.0, before * (width - 1)), 6, "outline strong")]
    marks.append(rect(0, 8, max(1.0, after * width), 7, "filled accent-fill" if asked else "filled"))
    return _hide(width, 16, marks)


def _hide(width: float, height: float, marks: list[Svg]) -> Svg:
    return draw(
        "svg", *marks, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {width:.0f} {height:.0f}",
        width=width, height=height, class_="cell", aria_hidden="true", focusable="false",
    )  # fmt: skip
