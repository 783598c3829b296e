"""What is written beside each mark of the provenance, and where is there room for it?"""

from __future__ import annotations

from typing import NamedTuple

from firsthand.model import ProvenanceNode
from firsthand.views.curves import Point
from firsthand.views.lanes import LINE, Label, Plan
from firsthand.views.svg import Svg, group, write_pieces


class Box(NamedTuple):
    """A rectangle already taken by a label or a mark."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Box) -> bool:
        """Say whether two rectangles overlap, or stand so close in one line that they read as one."""
        apart = self.right + 6 < other.left or other.right + 6 < self.left
        return not (apart or self.bottom < other.top or other.bottom < self.top)


def find_box(node: str, plan: Plan, width: float) -> Box:
    """Return the rectangle the label of a mark takes, kept within the graphic."""
    (x, y), label = plan.places[node], plan.labels[node]
    wide, high = label.width, label.height
    if label.side == "beside":
        return Box(x + 14, y - 9, x + 14 + wide + 20, y + 9)
    if label.side == "over":
        return Box(x - 9, y - 31, x - 9 + wide + 76, y - 13)
    if label.side == "after":
        return Box(x + 15, y + 9 - high, x + 15 + wide, y + 9)
    left = max(0.0, min(x - wide + 8 if label.side == "before" else x - wide / 2, width - wide))
    top = y - 16 - high if label.side == "above" else y + 13
    return Box(left, top, left + wide, top + high)


def name_origin(number: int) -> str:
    """Return the tag of an origin; 0 is one that speaks of something else than the claim asked about."""
    return f"Origin {number}" if number else "On another matter"


def write_label(node: ProvenanceNode, number: int, ground: tuple[Plan, float], cites: Svg) -> Svg:
    """Return the label of a mark; `number` is that of an origin, `ground` the plan and the width of the graphic."""
    plan, width = ground
    label, box = plan.labels[node.id], find_box(node.id, plan, width)
    if label.side == "over":
        pieces = ((f"{name_origin(number)} ", "accent"), (label.bold[0], "bold"))
        return write_pieces(box.left, box.top + 12, pieces, "halo", cites=cites)
    if label.side == "beside":
        pieces = ((label.bold[0], "semibold"), (" " + " ".join(label.plain), "small ink2"))
        return write_pieces(box.left, box.top + 13, pieces, "halo", cites=cites)
    return _write_lines(label, number, _find_anchor(label, box, plan.places[node.id][0]), box.top, cites)


def _write_lines(label: Label, number: int, anchor: tuple[str, float], top: float, cites: Svg) -> Svg:
    side, x = anchor
    lines = [(name_origin(number), "accent halo")] if label.side == "above" else []
    lines += [(words, "bold halo") for words in label.bold] + [(words, "small ink2 halo") for words in label.plain]
    cited = len(lines) - len(label.plain) - 1
    marks = []
    for place, (words, style) in enumerate(lines):
        own = cites if place == cited else Svg("")
        marks.append(write_pieces(x, top + 12 + LINE * place, ((words, ""),), style, side, own))
    return group(*marks)


def _find_anchor(label: Label, box: Box, x: float) -> tuple[str, float]:
    if label.side == "before":
        return "end", box.right
    centred = abs((box.left + box.right) / 2 - x) < 1
    return ("middle", x) if centred else ("start", box.left)


def stand_beside(at: Point, away: float, size: tuple[float, float], most: float) -> Box:
    """Return a rectangle beside a point, to the right where `away` is positive, within `most` pixels."""
    width, height = size
    left = at[0] + away if away > 0 else at[0] - width + away
    left = max(0.0, min(left, most - width))
    return Box(left, at[1] - height / 2, left + width, at[1] + height / 2)
