"""How many reports, and how few voices behind them?"""

from __future__ import annotations

import math
from typing import NamedTuple

from firsthand.model import Assessment
from firsthand.views.svg import Svg, circle, frame, line
from firsthand.views.wording import show_voices

WIDTH = 280.0
MOST_DOTS = 240


class StripItem(NamedTuple):
    """One number of the strip with its row of dots, and the place on the page that tells more of it, if it has one."""

    number: str
    range: str
    dots: Svg
    label: str
    place: str = ""


def draw_strip(assessment: Assessment) -> tuple[StripItem, ...]:
    """Return reports, publishers, origins and disinterested origins, one dot for each."""
    trace = assessment.trace
    voices, spread = show_voices(assessment.voices)
    sure, perhaps = _count_sure(assessment.voices.low), math.ceil(assessment.voices.high - 1e-9)
    reports, publishers, disinterested = len(trace.reports), trace.publishers, assessment.disinterested
    return (
        StripItem(
            str(reports),
            "",
            _draw_dots("reports", reports, reports),
            "report" if reports == 1 else "reports",
            "#inplace",
        ),
        StripItem(
            str(publishers),
            "",
            _draw_dots("publishers", publishers, publishers),
            "publisher" if publishers == 1 else "publishers",
            "#part-0",
        ),
        StripItem(voices, spread, _draw_dots("origins", sure, perhaps), "origins: who can have known first hand"),
        StripItem(
            str(disinterested),
            "",
            _draw_dots("disinterested", disinterested, disinterested),
            "of them disinterested",
            "#part-3",
        ),
    )


def _count_sure(low: float) -> int:
    return math.floor(low + 1e-9)


def _draw_dots(name: str, sure: int, perhaps: int) -> Svg:
    step = 14.5 if perhaps <= 57 else 9.0
    in_row = int(WIDTH // step)
    drawn = min(perhaps, MOST_DOTS)
    marks = [
        circle(
            5 + step * (place % in_row),
            6 + step * (place // in_row),
            step * 0.34,
            "dot other" if place < sure else "perhaps",
        )
        for place in range(drawn)
    ]
    if not drawn:
        marks.append(line(0.5, 6, 10.5, 6, "dash"))
    height = 12 + step * max(0, (drawn - 1) // in_row)
    words = f"{sure}" if sure == perhaps else f"{sure} for certain and up to {perhaps}"
    extra = f", of which {drawn} are drawn" if drawn < perhaps else ""
    return frame(f"strip-{name}", (WIDTH, height), (f"Number of {name}", f"One dot for each: {words}{extra}."), marks)
