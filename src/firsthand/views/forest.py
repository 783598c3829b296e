"""How likely is each explanation, beside the words of probability?"""

from __future__ import annotations

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


def draw_forest(assessment: Assessment, width: float, bases: Bases = NO_BASES) -> Svg:
    """Return dots, 5 to 95 % bars and prior ticks of all hypotheses on one axis banded by the words.

    `width` is in pixels; under 600 the labels stand above the bars.
    """
    return _draw_wide(assessment, width, bases) if width >= 600 else _draw_narrow(assessment, width, bases)


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


def _draw_wide(assessment: Assessment, width: float, bases: Bases) -> Svg:
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
    return _frame(assessment, (width, top + 2), [*_draw_ground(scale, top), *rows])


def _draw_narrow(assessment: Assessment, width: float, bases: Bases) -> Svg:
    names = name_hypotheses(assessment.case)
    scale = make_scale((0.0, 1.0), (1.0, width - 6))
    rows, top = [], HEAD
    for posterior in assessment.posteriors:
        asked = posterior.hypothesis == assessment.case.asks
        likely = measure_text(show_likelihood(posterior.probability, posterior.low, posterior.high))
        lines = wrap_text(names[posterior.hypothesis], width, 3, bold=asked)
        beside = len(lines) == 1 and measure_text(lines[0], bold=asked) + likely + 12 < width
        at = top + 28
        for words in lines:
            rows.append(write(0, at, words, "bold halo" if asked else "halo"))
            at += 17
        at -= 17 if beside else 0
        likelihood = _write_likelihood(posterior, width if beside else 0, at, "end" if beside else "start")
        rows.append(link_mark(likelihood, f"hypothesis:{posterior.hypothesis}", bases))
        rows.append(_draw_row(posterior, scale, at + 19, asked))
        top = at + 36
    return _frame(assessment, (width, top), [*_draw_ground(scale, top), *rows])


def _write_likelihood(posterior: Posterior, x: float, y: float, anchor: str) -> Svg:
    shown = f"{find_word(posterior.probability)}, {show_percent(posterior.probability)} "
    return write_pieces(x, y, ((shown, ""), (show_range(posterior.low, posterior.high), "ink2")), "halo", anchor)


def _draw_row(posterior: Posterior, scale: Scale, y: float, asked: bool) -> Svg:
    low, high, middle = scale.place(posterior.low), scale.place(posterior.high), scale.place(posterior.probability)
    look = "asked" if asked else "other"
    return group(
        line(low, y, high, y, f"interval {look}"),
        circle(middle, y, 6.0 if asked else 5.0, f"dot {look}"),
        line(scale.place(posterior.prior), y - 9.5, scale.place(posterior.prior), y + 9.5, "prior"),
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


def _frame(assessment: Assessment, size: tuple[float, float], marks: list[Svg]) -> Svg:
    asked = find_asked(assessment.case, assessment.posteriors)
    name = name_hypotheses(assessment.case)[asked.hypothesis]
    return frame(
        f"forest-{size[0]:.0f}",
        size,
        (
            "How likely each explanation is",
            f"{len(assessment.posteriors)} explanations on one axis from 0 to 100 %; "
            f"{name} is {show_likelihood(asked.probability, asked.low, asked.high)}.",
        ),
        marks,
    )
