"""Which piece of evidence moved the chance, which way, and how far?"""

from __future__ import annotations

import math

from firsthand.model import Assessment, Posterior
from firsthand.probability import WORDS, show_percent
from firsthand.views.bases import NO_BASES, Bases, link_mark
from firsthand.views.notes import Notes
from firsthand.views.plain import count_things
from firsthand.views.scales import PERCENTS, Scale, clip_decibans, make_scale
from firsthand.views.steps import Step, gather_steps
from firsthand.views.svg import (
    Svg,
    circle,
    frame,
    group,
    line,
    measure_text,
    path,
    rect,
    whisker,
    wrap_text,
    write,
    write_cites,
    write_pieces,
)  # fmt: skip
from firsthand.views.tables import Table
from firsthand.views.wording import (
    find_asked,
    name_asked,
    name_evidence,
    show_decibans_range,
    show_likelihood,
    show_plain_decibans,
    show_range,
)  # fmt: skip

HEAD = 62.0
EDGES = tuple((edge, word) for edge, word in WORDS)


def draw_waterfall(assessment: Assessment, notes: Notes, width: float, bases: Bases = NO_BASES) -> Svg:
    """Return the steps from prior to posterior in dB, with the chances they lead to above.

    `width` is in pixels; under 600 the labels stand above the bars.
    """
    layout = _Layout(assessment, gather_steps(assessment, notes), width)
    layout.bases = bases
    marks = [*layout.draw_ground(), *layout.draw_rows()]
    asked = find_asked(assessment.case, assessment.posteriors)
    return frame(
        f"waterfall-{width:.0f}",
        (width, layout.bottom + (56 if layout.wide else 30)),
        (
            "What each piece of evidence did",
            f"From {show_percent(asked.prior)} before any report, {count_things(len(layout.steps), 'step')} lead to "
            f"{show_likelihood(asked.probability, asked.low, asked.high)}.",
        ),
        marks,
    )


def tabulate_waterfall(assessment: Assessment) -> Table:
    """Return the same numbers as a table, every echo in its own row."""
    names = name_evidence(assessment)
    return Table(
        "What each piece of evidence did, in order of arrival",
        ("Evidence", "Weight, dB (interval)", "Chance after it", "Why"),
        tuple(
            (
                names[item.evidence],
                f"{show_plain_decibans(item.weight_db)} {show_decibans_range(item.low_db, item.high_db)}",
                show_percent(item.after),
                item.reason.sentence,
            )
            for item in assessment.contributions
        ),
    )


class _Layout:
    """Where the rows of one waterfall stand: the scale and the heights, worked out once."""

    def __init__(self, assessment: Assessment, steps: tuple[Step, ...], width: float) -> None:
        self.assessment, self.steps, self.width = assessment, steps, width
        self.bases: Bases = NO_BASES
        self.wide = width >= 600
        self.asked: Posterior = find_asked(assessment.case, assessment.posteriors)
        self.left = 300.0 if self.wide else 0.0
        self.right = width - 190.0 if self.wide else width - 2
        self.scale = self._make_scale()
        self.heads = self._find_heads()
        self.bottom = HEAD + sum(self.heads) + (34.0 if self.wide else 0.0)

    def _make_scale(self) -> Scale:
        ends = [clip_decibans(chance) for chance in (
            self.asked.prior, self.asked.prior_low, self.asked.prior_high,
            self.asked.probability, self.asked.low, self.asked.high,
        )]  # fmt: skip
        for step in self.steps:
            ends += [step.start, step.end, step.low, step.high]
        pad = max(0.6, (max(ends) - min(ends)) * 0.05)
        return make_scale((min(ends) - pad, max(ends) + pad), (self.left, self.right))

    def _find_heads(self) -> list[float]:
        """Return the height of every row, the first and the last included."""
        if self.wide:
            return [34.0] * (len(self.steps) + 2)
        return [53.0, *(38.0 + 15.0 * len(self._fit_title(step)) for step in self.steps), 53.0]

    def _fit_title(self, step: Step) -> tuple[str, ...]:
        spread = sum(measure_text(words) for words, _ in self._word_step(step))
        room = self.left - 20 if self.wide else self.width - spread - 12
        return wrap_text(step.title, room - measure_text("".join(f" {number}" for number in step.cites), 11), 2)

    def _word_step(self, step: Step) -> tuple[tuple[str, str], ...]:
        """Return the weight of a step and its interval, each with its class names."""
        weight, low, high = step.weight
        shown = show_plain_decibans(weight)
        if step.echo:
            return ((f"{shown} an echo adds nothing" if self.wide else shown, "ink3"),)
        tail = "" if low == high else f" {show_decibans_range(low, high)}"
        return ((shown, f"{_find_look(weight)}-text"), (tail, "ink2"))

    def draw_ground(self) -> list[Svg]:
        """Return the ticks in percent, the edges of the words, and the axis in dB."""
        marks = [*self._draw_percents(), *self._draw_words()]
        if self.wide:
            marks += self._draw_axis()
            marks.append(
                write(self.left - 16, 46, f"chance of {name_asked(self.assessment.case)}", "small ink2", "end")
            )
            marks.append(write(self.width, 46, "weight, dB (interval)", "small ink2", "end"))
        return marks

    def _draw_percents(self) -> list[Svg]:
        shown: list[tuple[float, float]] = []
        edges = [edge for edge, _ in EDGES[:-1] if self.scale.holds(clip_decibans(edge))]
        for chance in (*edges, *PERCENTS):
            x = self.scale.place(clip_decibans(chance))
            far = all(abs(x - other) > (46 if self.wide else 38) for other, _ in shown)
            if self.scale.holds(clip_decibans(chance)) and far and self.left + 8 < x < self.right - 8:
                shown.append((x, chance))
        bottom = self.bottom - (34 if self.wide else 0)
        marks = []
        for x, chance in shown:
            is_edge = chance in edges
            marks.append(line(x, 54, x, bottom, "edge" if is_edge else "grid"))
            marks.append(write(x, 46, show_percent(chance), "small bold" if is_edge else "small ink2", "middle"))
        return marks

    def _draw_words(self) -> list[Svg]:
        marks, low = [], self.left
        for edge, word in EDGES:
            at = clip_decibans(min(edge, 1.0))
            high = min(self.right, self.scale.place(at)) if at > self.scale.values[0] else self.left
            if high - low > measure_text(word, 12) + 8:
                marks.append(write((low + high) / 2, 26, word, "small italic ink2", "middle"))
            low = max(low, high)
        return marks

    def _draw_axis(self) -> list[Svg]:
        low, high = self.scale.values
        step = next(size for size in (1, 2, 5, 10, 20) if (high - low) / size <= 10)
        y = self.bottom + 14
        marks = [line(self.left, y, self.right, y, "axis")]
        for value in range(math.ceil(low / step) * step, math.floor(high) + 1, step):
            x = self.scale.place(value)
            marks.append(line(x, y, x, y + 5, "axis"))
            shown = f"\u2212{-value}" if value < 0 else f"+{value}" if value else "0"
            marks.append(write(x, y + 20, shown, "small ink2", "middle"))
        marks.append(write(self.width, y + 20, "log-odds, dB", "small ink2", "end"))
        return marks

    def draw_rows(self) -> list[Svg]:
        """Return the prior, the steps, the posterior and the weight of it all."""
        prior, posterior = clip_decibans(self.asked.prior), clip_decibans(self.asked.probability)
        ends = [prior, *(step.end for step in self.steps)]
        middles = [self._find_middle(place) for place in range(len(self.heads))]
        x, last = self.scale.place(prior), middles[-1] + self.heads[-1]
        marks = [line(x, middles[0], x, last, "dotted")] if self.wide else []
        marks += [self._tie(end, *middles[place : place + 2]) for place, end in enumerate(ends)]
        marks.append(self._draw_end(0, "Before any report", "other", prior=True))
        marks += [self._draw_step(step, place) for place, step in enumerate(self.steps, start=1)]
        marks.append(self._draw_end(len(self.heads) - 1, "After all of them", "asked", prior=False))
        return [*marks, self._draw_weight(prior, posterior, last)] if self.wide else marks

    def _find_top(self, row: int) -> float:
        return HEAD + sum(self.heads[:row])

    def _find_middle(self, row: int) -> float:
        return self._find_top(row) + (17.0 if self.wide else self.heads[row] - 17.0)

    def _find_label(self, row: int) -> float:
        return self._find_top(row) + (21.5 if self.wide else 19.0)

    def _tie(self, decibans: float, y1: float, y2: float) -> Svg:
        x = self.scale.place(decibans)
        return line(x, y1, x, y2, "tie")

    def _draw_end(self, row: int, title: str, look: str, prior: bool) -> Svg:
        asked, y = self.asked, self._find_middle(row)
        chance, low, high = (
            (asked.prior, asked.prior_low, asked.prior_high) if prior else (asked.probability, asked.low, asked.high)
        )
        x1, x2, x = (self.scale.place(clip_decibans(value)) for value in (low, high, chance))
        tone = "accent bold" if look == "asked" else "bold"
        pieces = ((show_percent(chance) + " ", tone if look == "asked" else ""), (show_range(low, high), "ink2"))
        return group(
            line(x1, y, x2, y, f"interval {look}"),
            circle(x, y, 6 if look == "asked" else 5, f"dot {look}"),
            write(0, self._find_label(row), title, f"{tone} halo"),
            self._link(write_pieces(self.width, self._find_label(row), pieces, "halo", "end")),
        )

    def _link(self, mark: Svg, key: str = "") -> Svg:
        return link_mark(mark, key or f"hypothesis:{self.assessment.case.asks}", self.bases)

    def _draw_step(self, step: Step, row: int) -> Svg:
        y, (weight, low, high) = self._find_middle(row), step.weight
        x1, x2 = self.scale.place(step.start), self.scale.place(step.end)
        look = _find_look(weight)
        if look == "none":
            bar = rect(x1 - 1, y - 6, 2, 12, "nothing")
        else:
            bar = rect(x1, y - 7, x2 - x1 if abs(x2 - x1) >= 1 else math.copysign(1, weight), 14, f"bar {look}")
        spread = () if low == high else (self._draw_whisker(step, y),)
        return group(bar, *spread, *self._write_step(step, row), evidence=step.evidence)

    def _draw_whisker(self, step: Step, y: float) -> Svg:
        x1, x2 = self.scale.place(step.low), self.scale.place(step.high)
        return group(whisker(x1, x2, y, "whisker under"), whisker(x1, x2, y))

    def _write_step(self, step: Step, row: int) -> list[Svg]:
        weight = write_pieces(self.width, self._find_label(row), self._word_step(step), "halo", "end")
        marks = [self._link(weight, f"evidence:{step.evidence}")]
        style = "ink3 halo" if step.echo else "halo"
        lines = self._fit_title(step)
        first = self._find_label(row) - (7.5 if self.wide and len(lines) == 2 else 0)
        for place, words in enumerate(lines):
            cites = write_cites(step.cites) if place == len(lines) - 1 else Svg("")
            marks.append(write_pieces(0, first + 15 * place, ((words, ""),), style, cites=cites))
        return marks

    def _draw_weight(self, prior: float, posterior: float, y: float) -> Svg:
        x1, x2 = self.scale.place(prior), self.scale.place(posterior)
        way = 1 if x2 >= x1 else -1
        found = self.assessment
        pieces = (
            (show_plain_decibans(found.weight_db), f"bold {_find_look(found.weight_db)}-text"),
            (f" {show_decibans_range(found.weight_low_db, found.weight_high_db)}", "ink2"),
        )
        head = path(f"M{x2 - 7 * way:.1f} {y - 4.5:.1f}L{x2:.1f} {y:.1f}L{x2 - 7 * way:.1f} {y + 4.5:.1f}", "arrow")
        return group(
            line(x1, y, x2, y, "arrow"),
            head if abs(x2 - x1) > 4 else Svg(""),
            write(0, y + 4.5, "Weight of all the evidence, whatever the start"),
            self._link(write_pieces(self.width, y + 4.5, pieces, "", "end")),
        )


def _find_look(weight: float) -> str:
    return "none" if round(weight, 2) == 0 else "up" if weight > 0 else "down"
