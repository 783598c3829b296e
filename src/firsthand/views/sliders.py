"""Where on its way from 0 to 100 % does a judged number stand: as assessed, as allowed, and as turned?"""

from __future__ import annotations

from firsthand.model import Knob
from firsthand.views.svg import Svg, draw

WIDE, HIGH = 100.0, 22.0
MIDDLE = HIGH / 2


def draw_track(knob: Knob, now: float) -> Svg:
    """Return the ground of a slider: an upright tick as assessed, a dark stretch for the range, accent for the move.

    It stretches to any width, so that it holds straight lines only; the thumb is the slider's own.
    """
    at, low, high = 100 * knob.value, 100 * knob.low, 100 * knob.high
    return draw(
        "svg",
        _lie(0, WIDE, "track"),
        _lie(low, high, "allowed"),
        _lie(min(at, 100 * now), max(at, 100 * now), "moved"),
        draw("line", x1=at, x2=at, y1=MIDDLE - 7, y2=MIDDLE + 7, class_="assessed", vector_effect="non-scaling-stroke"),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDE:.0f} {HIGH:.0f}",
        preserveAspectRatio="none",
        class_="track-of",
        aria_hidden="true",
        focusable="false",
    )


def _lie(start: float, end: float, style: str) -> Svg:
    return draw("line", x1=start, x2=end, y1=MIDDLE, y2=MIDDLE, class_=style, vector_effect="non-scaling-stroke")
