"""How likely is each explanation, beside the words of probability?"""

from __future__ import annotations

from typing import NamedTuple

from firsthand.model import Assessment, Posterior
from firsthand.probability import WORD_EDGES, find_word, show_percent
from firsthand.views.bases import NO_BASES, Bases, link_mark
from firsthand.views.scales import Scale, make_scale
from firsthand.views.svg import Svg, circle, frame, group, line, measure_text, rect, wrap_text, write, write_pieces
from firsthand.views.tables import Table
from firsthand.views.wording import find_asked, name_hypotheses, show_likelihood, show_range

LABELS = ("", "very unlikely", "unlikely", "even", "likely", "very likely", "")
EDGES = (0.0, *WORD_EDGES, 1.0)
HEAD = 36.0


class Gaps(NamedTuple):
    """Room in a narrow row: above its label, from there to its bar and to its end, and half its tick."""

    above: float
    bar: float
    below: float
    tick: float


AIRY, DENSE = Gaps(28.0, 19.0, 36.0, 9.5), Gaps(19.0, 14.0, 23.0, 6.5)
Drawn = tuple[tuple[float, float], list[Svg]]


def draw_forest(
    assessment: Assessment, width: float, bases: Bases = NO_BASES, name: str = "forest", *, dense: bool = False
) -> Svg:
    """Return dots, 5 to 95 % bars and prior ticks of all hypotheses on one axis banded by the words.

    `width` is in pixels; under 600 the labels stand above the bars. `name` tells it from others on the same page;
    `dense` is for a narrow one that shares the page with much else.
    """
    gaps = DENSE if dense else AIRY
    size, marks = _draw_wide(assessment, width, bases) if width >= 600 else _draw_narrow(assessment, width, bases, gaps)
    return _frame(assessment, name, size, marks)


def tabulate_forest(assessment: Assessment) -> Table:
    """Return the same numbers as a table."""
    names = name_hypotheses(assessment.case)
    return Table(
        "Every explanation: before and after the evidence",
        ("Explanation", "Before", "After"),
        tuple(
            (
                names[item.hypothesis],
                show_likelihood(item.prior, item.prior_low, item.prior_high),
                show_likelihood(item.probability, item.low, item.high),
            )
            for item in assessment.posteriors
        ),
    )


def _draw_wide(assessment: Assessment, width: float, bases: Bases) -> Drawn:
    names = name_hypotheses(assessment.case)
    likely = max(measure_text(show_likelihood(p.probability, p.low, p.high)) for p in assessment.posteriors)
    room = min(210.0, max(measure_text(names[p.hypothesis], bold=True) for p in assessment.posteriors))
    left = max(room + 20 + likely + 26, 300.0)
    scale = make_scale((0.0, 1.0), (left, width - 2))
    rows, top = [], HEAD
    for posterior in assessment.posteriors:
        lines = wrap_text(names[posterior.hypothesis], room, 2, bold=True)
        height = 46.0 if len(lines) == 1 else 54.0
        middle = top + height / 2
        asked = posterior.hypothesis == assessment.case.asks
        label = [
            write(0, middle + 4.5 + 16 * (place - (len(lines) - 1) / 2), words, "bold" if asked else "")
            for place, words in enumerate(lines)
        ]
        likelihood = _write_likelihood(posterior, room + 20, middle + 4.5, "start")
        rows.append(group(*label, link_mark(likelihood, f"hypothesis:{posterior.hypothesis}", bases)))
        rows.append(_draw_row(posterior, scale, middle, asked))
        top += height
    return (width, top + 2), [*_draw_ground(scale, top), *rows]


def _draw_narrow(assessment: Assessment, width: float, bases: Bases, gaps: Gaps) -> Drawn:
    names = name_hypotheses(assessment.case)
    scale = make_scale((0.0, 1.0), (1.0, width - 6))
    rows, top = [], HEAD
    for posterior in assessment.posteriors:
        asked = posterior.hypothesis == assessment.case.asks
        likely = measure_text(show_likelihood(posterior.probability, posterior.low, posterior.high))
        lines = wrap_text(names[posterior.hypothesis], width, 3, bold=asked)
        beside = len(lines) == 1 and measure_text(lines[0], bold=asked) + likely + 12 < width
        at = top + gaps.above
        for words in lines:
            rows.append(write(0, at, words, "bold halo" if asked else "halo"))
            at += 17
        at -= 17 if beside else 0
        likelihood = _write_likelihood(posterior, width if beside else 0, at, "end" if beside else "start")
        rows.append(link_mark(likelihood, f"hypothesis:{posterior.hypothesis}", bases))
        rows.append(_draw_row(posterior, scale, at + gaps.bar, asked, gaps.tick))
        top = at + gaps.below
    return (width, top), [*_draw_ground(scale, top), *rows]


def _write_likelihood(posterior: Posterior, x: float, y: float, anchor: str) -> Svg:
    shown = f"{find_word(posterior.probability)}, {show_percent(posterior.probability)} "
    return write_pieces(x, y, ((shown, ""), (show_range(posterior.low, posterior.high), "ink2")), "halo", anchor)


def _draw_row(posterior: Posterior, scale: Scale, y: float, asked: bool, tick: float = 9.5) -> Svg:
    low, high, middle = scale.place(posterior.low), scale.place(posterior.high), scale.place(posterior.probability)
    look = "asked" if asked else "other"
    return group(
        line(low, y, high, y, f"interval {look}"),
        circle(middle, y, 6.0 if asked else 5.0, f"dot {look}"),
        line(scale.place(posterior.prior), y - tick, scale.place(posterior.prior), y + tick, "prior"),
    )


def _draw_ground(scale: Scale, bottom: float) -> list[Svg]:
    marks = []
    for place, (low, high) in enumerate(zip(EDGES, EDGES[1:], strict=False)):
        x1, x2 = scale.place(low), scale.place(high)
        if place % 2 == 0:
            marks.append(rect(x1, HEAD, x2 - x1, bottom - HEAD, "band"))
        if LABELS[place] and measure_text(LABELS[place], 12) <= (x2 - x1) * 1.12:
            marks.append(write((x1 + x2) / 2, 10, LABELS[place], "small ink2", "middle"))
    for edge in EDGES:
        x = scale.place(edge)
        marks.append(line(x, HEAD - 5, x, HEAD, "tick"))
        if edge not in {0.95, 0.05} or (edge == 0.05 and x - scale.place(0) > 18):
            words = "100\u00a0%" if edge == 1 else f"{100 * edge:.0f}"
            marks.append(write(x, 28, words, "small ink2", "start" if edge == 0 else "end" if edge == 1 else "middle"))
    return marks


def _frame(assessment: Assessment, graphic: str, size: tuple[float, float], marks: list[Svg]) -> Svg:
    asked = find_asked(assessment.case, assessment.posteriors)
    name = name_hypotheses(assessment.case)[asked.hypothesis]
    return frame(
        f"{graphic}-{size[0]:.0f}",
        size,
        (
            "How likely each explanation is",
            f"{len(assessment.posteriors)} explanations on one axis from 0 to 100 %; "
            f"{name} is {show_likelihood(asked.probability, asked.low, asked.high)}.",
        ),
        marks,
    )
