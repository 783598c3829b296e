"""Which step does which variant take differently: two ways from prior to posterior, side by side?

Both stand on one scale in dB, so that lengths compare; the rows are those of the first, so that none jumps while a
number is turned.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from firsthand.model import Assessment, Posterior
from firsthand.probability import WORD_EDGES, show_percent
from firsthand.views.scales import FAR_DB, PERCENTS, Scale, clip_decibans, make_scale
from firsthand.views.steps import Step, gather_steps
from firsthand.views.svg import (
    Svg,
    circle,
    draw,
    frame,
    group,
    line,
    rect,
    whisker,
    wrap_text,
    write,
    write_pieces,
)  # fmt: skip
from firsthand.views.tables import Table
from firsthand.views.wording import find_asked, show_likelihood, show_plain_decibans

OTHERS = "others"
MOST = 14
HEAD, ROW, NUMBERS, GAP = 42.0, 29.0, 58.0, 22.0


class Course(NamedTuple):
    """One variant: its letter, the asked hypothesis in it, and its steps by evidence; None while not worked out."""

    letter: str
    asked: Posterior
    steps: dict[str, Step] | None


class Row(NamedTuple):
    """One piece of evidence as a row: its id, its title, whether it is an echo, and the address of its basis."""

    evidence: str
    title: str
    echo: bool
    address: str


def choose_rows(assessment: Assessment, addresses: dict[str, str] | None = None, most: int = MOST) -> tuple[Row, ...]:
    """Return the evidence that weighs most, in order of arrival, and one row for all the others where there are more.

    `addresses`: where the basis of each piece of evidence is read.
    """
    steps, known = gather_steps(assessment, {}), addresses or {}
    strongest = sorted(steps, key=lambda step: (step.echo, -abs(step.weight[0]), step.evidence))
    kept = {step.evidence for step in strongest[: most if len(steps) <= most else most - 1]}
    shown = [one for one in steps if one.evidence in kept]
    rows = [Row(one.evidence, one.title, one.echo, known.get(one.evidence, "")) for one in shown]
    rest = len(steps) - len(kept)
    return (*rows, *([Row(OTHERS, f"The other {rest} together", False, "")] if rest else []))


def follow_course(letter: str, assessment: Assessment, rows: Sequence[Row]) -> Course:
    """Return a variant's steps for these rows, each beginning where the one above it ends.

    What has no row of its own goes into that of the others; what was left out has no step.
    """
    asked = find_asked(assessment.case, assessment.posteriors)
    found = {step.evidence: step for step in gather_steps(assessment, {})}
    shown = {row.evidence for row in rows}
    rest = sum(step.weight[0] for step in found.values() if step.evidence not in shown)
    steps, at = {}, clip_decibans(asked.prior)
    for row in rows:
        made = _make_step(row, rest if row.evidence == OTHERS else 0.0)
        step = made if row.evidence == OTHERS else found.get(row.evidence, made if row.echo else None)
        if step is not None:
            weight, low, high = step.weight
            ends = [_clip(at + each) for each in (weight, low, high)]
            steps[row.evidence] = step._replace(start=at, end=ends[0], low=ends[1], high=ends[2])
            at = ends[0]
    return Course(letter, asked, steps)


def draw_variants(rows: Sequence[Row], courses: Sequence[Course], width: float) -> Svg:
    """Return the courses beside one another, `width` pixels wide; under 600 the labels stand above the bars."""
    return _Sheet(rows, courses, width).draw_all()


def tabulate_variants(rows: Sequence[Row], courses: Sequence[Course]) -> Table:
    """Return the same numbers as a table."""
    return Table(
        "What each piece of evidence does in each variant, in dB",
        ("Evidence", *(course.letter for course in courses)),
        tuple((row.title, *(_tell_step(course, row) for course in courses)) for row in rows),
    )


def _make_step(row: Row, weight: float) -> Step:
    return Step(row.title, 0.0, 0.0, 0.0, 0.0, (weight, weight, weight), (), row.evidence, row.echo)


def _tell_step(course: Course, row: Row) -> str:
    if course.steps is None:
        return "…"
    step = course.steps.get(row.evidence)
    return "left out" if step is None else show_plain_decibans(step.weight[0], 1)


class _Sheet:
    """Where rows and courses stand; one plot for each course, all on one scale."""

    def __init__(self, rows: Sequence[Row], courses: Sequence[Course], width: float) -> None:
        self.rows, self.courses, self.width = rows, courses, width
        self.wide = width >= 600
        self.room = 196.0 if self.wide else 0.0
        self.ends = self._find_ends()
        self.height = ROW if self.wide else 52.0
        self.bottom = HEAD + self.height * (len(rows) + 2)
        share = (width - self.room) / len(courses)
        lefts = [self.room + share * place for place in range(len(courses))]
        self.scales = [make_scale(self.ends, (left + 6, left + share - NUMBERS - GAP * self.wide)) for left in lefts]

    def _find_ends(self) -> tuple[float, float]:
        marks = []
        for course in self.courses:
            one = course.asked
            chances = (one.prior, one.prior_low, one.prior_high, one.probability, one.low, one.high)
            marks += [clip_decibans(chance) for chance in chances]
            for step in (course.steps or {}).values():
                marks += [step.start, step.end, step.low, step.high]
        pad = max(0.6, (max(marks) - min(marks)) * 0.05)
        return min(marks) - pad, max(marks) + pad

    def draw_all(self) -> Svg:
        marks = [self._write_label(place, row) for place, row in enumerate(self.rows, start=1)]
        marks += [self._write_end(0, "Before any report"), self._write_end(len(self.rows) + 1, "After all of them")]
        for course, scale in zip(self.courses, self.scales, strict=True):
            marks += [*self._draw_ground(course, scale), *self._draw_course(course, scale)]
        told = "; ".join(
            f"{one.letter}: {show_likelihood(one.asked.probability, one.asked.low, one.asked.high)}"
            for one in self.courses
        )
        letters = "".join(one.letter for one in self.courses)
        words = "What each piece of evidence does in each variant", f"From the chance before any report to {told}."
        return frame(f"variants-{letters}-{self.width:.0f}", (self.width, self.bottom + 6), words, marks)

    def _find_y(self, place: int) -> float:
        return HEAD + self.height * place + (self.height / 2 if self.wide else 36.0)

    def _write_label(self, place: int, row: Row) -> Svg:
        y = self._find_y(place) + 4.5 if self.wide else HEAD + self.height * place + 18
        lines = wrap_text(row.title, self.room - 16 if self.wide else self.width - 8, 2 if self.wide else 1, 12.5)
        first = y - (7 if len(lines) == 2 else 0)
        style = "ink3 halo" if row.echo else "halo"
        label = group(*(write(0, first + 13.5 * number, words, style) for number, words in enumerate(lines)))
        return draw("a", label, href=row.address, class_="basis") if row.address else label

    def _write_end(self, place: int, words: str) -> Svg:
        y = self._find_y(place) + 4.5 if self.wide else HEAD + self.height * place + 18
        return write(0, y, words, "bold halo")

    def _draw_ground(self, course: Course, scale: Scale) -> list[Svg]:
        letter = write(scale.places[0] - 6, 12, course.letter, "bold")
        marks, shown = [letter] if len(self.courses) > 1 else [], list[float]()
        for chance in (*WORD_EDGES, *PERCENTS):
            at = clip_decibans(chance)
            x = scale.place(at)
            if not scale.holds(at) or any(abs(x - other) < 34 for other in shown) or x > scale.places[1] - 8:
                continue
            shown.append(x)
            marks.append(line(x, HEAD - 10, x, self.bottom, "edge" if chance in WORD_EDGES else "grid"))
            marks.append(write(x, HEAD - 15, show_percent(chance), "small ink2", "middle"))
        return marks

    def _draw_course(self, course: Course, scale: Scale) -> list[Svg]:
        one, last = course.asked, len(self.rows) + 1
        look = "live" if course is self.courses[-1] and len(self.courses) > 1 else "other"
        number = scale.places[1] + NUMBERS - 2
        marks = [self._draw_end(0, (one.prior, one.prior_low, one.prior_high), scale, "other")]
        at = clip_decibans(one.prior)
        for place, row in enumerate(self.rows, start=1):
            step = None if course.steps is None else course.steps.get(row.evidence)
            marks.append(self._tie(at, scale, place))
            if step is None:
                words = "…" if course.steps is None else "left out"
                marks.append(write(number, self._find_y(place) + 4.5, words, "small italic ink2 halo", "end"))
                continue
            marks.append(self._draw_step(step, scale, place))
            at = step.end
        marks.append(self._tie(at if course.steps else clip_decibans(one.probability), scale, last))
        marks.append(self._draw_end(last, (one.probability, one.low, one.high), scale, look))
        return marks

    def _tie(self, decibans: float, scale: Scale, place: int) -> Svg:
        x = scale.place(decibans)
        return line(x, self._find_y(place - 1), x, self._find_y(place), "tie")

    def _draw_end(self, place: int, chances: tuple[float, float, float], scale: Scale, look: str) -> Svg:
        y, (x, x1, x2) = self._find_y(place), (scale.place(clip_decibans(chance)) for chance in chances)
        look = "asked" if look == "live" else look
        tone = "bold accent halo" if look == "asked" else "bold halo"
        return group(
            line(x1, y, x2, y, f"interval {look}"),
            circle(x, y, 5.5, f"dot {look}"),
            write(scale.places[1] + NUMBERS - 2, y + 4.5, show_percent(chances[0]), tone, "end"),
        )

    def _draw_step(self, step: Step, scale: Scale, place: int) -> Svg:
        y, (weight, low, high) = self._find_y(place), step.weight
        x1, x2 = scale.place(step.start), scale.place(step.end)
        look = "none" if round(weight, 2) == 0 else "up" if weight > 0 else "down"
        length = x2 - x1 if abs(x2 - x1) >= 1 else (1.0 if weight > 0 else -1.0)
        bar = rect(x1 - 1, y - 6, 2, 12, "nothing") if look == "none" else rect(x1, y - 6.5, length, 13, f"bar {look}")
        ends = scale.place(step.low), scale.place(step.high)
        spread = () if low == high else (whisker(*ends, y, "whisker under"), whisker(*ends, y))
        pieces = ((show_plain_decibans(weight, 1), f"{look}-text"),)
        number = write_pieces(scale.places[1] + NUMBERS - 2, y + 4.5, pieces, "halo", "end")
        return group(bar, *spread, number, evidence=step.evidence)


def _clip(decibans: float) -> float:
    return max(-FAR_DB, min(FAR_DB, decibans))
