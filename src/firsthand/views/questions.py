"""Which answer would teach the most, and where would it leave the chance?"""

from __future__ import annotations

from firsthand.model import Assessment, QuestionValue
from firsthand.probability import WORD_EDGES, show_percent
from firsthand.views.bases import NO_BASES, Bases, link_mark
from firsthand.views.plain import count_things
from firsthand.views.scales import Scale, make_scale
from firsthand.views.svg import Svg, circle, frame, group, line, measure_text, rect, wrap_text, write
from firsthand.views.tables import Table
from firsthand.views.wording import find_asked, name_asked

HEAD = 44.0
EDGES = (0.0, *WORD_EDGES, 1.0)


def draw_questions(assessment: Assessment, width: float, bases: Bases = NO_BASES) -> Svg:
    """Return for every question the bits expected, and the chance if the answer is no (square) or yes (dot).

    `width` is in pixels; under 600 the titles stand above the bars.
    """
    marks = _draw_wide(assessment, width, bases) if width >= 600 else _draw_narrow(assessment, width, bases)
    height = _measure_height(assessment, width)
    words = f"{count_things(len(assessment.questions), 'question')}, those that teach the most first."
    return frame(f"questions-{width:.0f}", (width, height), ("What each answer would change", words), marks)


def tabulate_questions(assessment: Assessment) -> Table:
    """Return the same numbers as a table."""
    return Table(
        "What each answer would change",
        ("Question", "Bits expected", "Chance of yes", "If no", "If yes"),
        tuple(
            (
                item.title,
                f"{item.bits:.3f}",
                show_percent(item.chance_of_yes),
                show_percent(item.probability_if_no),
                show_percent(item.probability_if_yes),
            )
            for item in assessment.questions
        ),
    )


def _measure_height(assessment: Assessment, width: float) -> float:
    if width >= 600:
        return HEAD + 36.0 * len(assessment.questions) + 4
    return HEAD + sum(40.0 + 17 * len(_wrap(item, width)) for item in assessment.questions) + 4


def _wrap(item: QuestionValue, width: float) -> tuple[str, ...]:
    return wrap_text(item.title, width - 22, 3)


def _draw_wide(assessment: Assessment, width: float, bases: Bases) -> list[Svg]:
    left = round(width * 0.567)
    scale = make_scale((0.0, 1.0), (left, width - 4))
    bottom = HEAD + 36.0 * len(assessment.questions)
    marks = [
        write(370, 12, "Bits expected", "small semibold ink2"),
        write(left - 28, 12, "Chance of yes", "small semibold ink2", "end"),
        write(left, 12, f"Chance of {name_asked(assessment.case)} if the answer is no, or yes", "small semibold ink2"),
        *_draw_ground(assessment, scale, bottom),
    ]
    for place, item in enumerate(assessment.questions):
        y = HEAD + 36.0 * place + 18
        lines = wrap_text(item.title, 330, 2)
        for number, words in enumerate(lines):
            marks.append(write(18, y + 4.5 + 15 * (number - (len(lines) - 1) / 2), words))
        marks.append(write(0, y + 4.5 - 7.5 * (len(lines) - 1), str(place + 1), "ink2"))
        marks.append(link_mark(_draw_bits(item, _find_most(assessment), 370, 150, y), f"question:{item.id}", bases))
        chance = write(left - 40, y + 4.5, show_percent(item.chance_of_yes), "", "end")
        marks.append(link_mark(chance, f"question:{item.id}", bases))
        marks.append(_draw_answer(item, scale, y))
    return marks


def _draw_narrow(assessment: Assessment, width: float, bases: Bases) -> list[Svg]:
    scale = make_scale((0.0, 1.0), (width * 0.43, width - 6))
    marks = _draw_ground(assessment, scale, _measure_height(assessment, width) - 4)
    top = HEAD
    for place, item in enumerate(assessment.questions):
        lines = _wrap(item, width)
        marks.append(write(0, top + 18, str(place + 1), "ink2 halo"))
        marks += [write(16, top + 18 + 17 * number, words, "halo") for number, words in enumerate(lines)]
        y = top + 24 + 17 * len(lines)
        bits = _draw_bits(item, _find_most(assessment), 0, width * 0.43 - 60, y)
        marks.append(link_mark(bits, f"question:{item.id}", bases))
        marks.append(_draw_answer(item, scale, y))
        top += 40 + 17 * len(lines)
    return marks


def _find_most(assessment: Assessment) -> float:
    return max((item.bits for item in assessment.questions), default=0.0) or 1.0


def _draw_bits(item: QuestionValue, most: float, x: float, room: float, y: float) -> Svg:
    length = max(1.0, item.bits / most * room)
    return group(rect(x, y - 6, length, 12, "filled"), write(x + length + 8, y + 4.5, f"{item.bits:.3f}"))


def _draw_answer(item: QuestionValue, scale: Scale, y: float) -> Svg:
    yes, no = scale.place(item.probability_if_yes), scale.place(item.probability_if_no)
    return group(line(yes, y, no, y, "span"), rect(no - 4.5, y - 4.5, 9, 9, "square"), circle(yes, y, 5, "dot other"))


def _draw_ground(assessment: Assessment, scale: Scale, bottom: float) -> list[Svg]:
    marks, taken = [], -1e9
    for edge in EDGES:
        x = scale.place(edge)
        words = "100\u00a0%" if edge == 1 else f"{100 * edge:.0f}"
        if edge in {0.05, 0.95}:
            continue
        marks.append(line(x, HEAD - 4, x, bottom, "grid"))
        half = measure_text(words, 12) / 2
        left = x - 2 * half if edge == 1 else x - half
        if left > taken + 3:
            marks.append(write(x, 32, words, "small ink2", "end" if edge == 1 else "middle"))
            taken = x + half
    now = scale.place(find_asked(assessment.case, assessment.posteriors).probability)
    marks.append(line(now, HEAD - 4, now, bottom, "now"))
    return marks
