"""Does the line of the chance say each word once, and name the evidence behind each step?"""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.probability import WORDS
from firsthand.views.notes import number_notes
from firsthand.views.timeline import draw_timeline
from tests.views.sample import make_assessment

SAMPLE = make_assessment()
NOTES = number_notes(SAMPLE)


def list_words(graphic: str) -> list[str]:
    shown = re.findall(r'class="small italic ink2 halo"[^>]*>([^<]+)<', graphic)
    return [words for words in shown if words in {word for _, word in WORDS}]


@settings(max_examples=60, deadline=None)
@given(st.floats(0.001, 0.999), st.floats(0.001, 0.999), st.floats(0.001, 0.999))
def test_no_word_is_written_twice_and_none_in_the_place_of_another(one: float, two: float, three: float) -> None:
    low, middle, high = sorted((one, two, three))
    points = tuple(replace(point, probability=middle, low=low, high=high) for point in SAMPLE.timeline)
    graphic = draw_timeline(replace(SAMPLE, timeline=points), NOTES, 1216.0)
    words = list_words(graphic)
    assert len(words) == len(set(words))
    order = [word for _, word in WORDS]
    assert words == sorted(words, key=order.index)


def test_undated_evidence_is_cited_at_the_last_step() -> None:
    undated = tuple(replace(row, when=None) for row in SAMPLE.contributions)
    graphic = draw_timeline(replace(SAMPLE, contributions=undated), {quote: 7 for quote in NOTES}, 1216.0)
    plot = graphic.partition('class="course"')[2].partition('class="axis"')[0]
    assert plot.count('href="#note-7"') == 1
