"""Are chances, counts and names said as agreed?"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from firsthand.model import Count
from firsthand.probability import find_word
from firsthand.views.svg import measure_text, shorten_text, wrap_text
from firsthand.views.wording import (
    name_asked,
    show_decibans_range,
    show_likelihood,
    show_share,
    show_voices,
)
from tests.views.sample_case import make_case


def test_word_number_and_interval_stand_together() -> None:
    assert show_likelihood(0.2124, 0.14, 0.37) == "unlikely, 21\u00a0% (14–37\u00a0%)"


def test_no_interval_is_shown_where_none_was_sampled() -> None:
    assert show_likelihood(0.25, 0.25, 0.25) == "unlikely, 25\u00a0%"


def test_an_interval_whose_ends_read_the_same_is_not_shown() -> None:
    assert show_likelihood(1 / 3, 0.3333, 0.3334) == "unlikely, 33\u00a0%"


def test_a_share_beside_which_no_word_stands_is_rounded_plainly() -> None:
    assert [show_share(chance) for chance in (0.19999, 0.2, 0.004)] == ["20\u00a0%", "20\u00a0%", "0.4\u00a0%"]


@given(st.floats(1e-4, 1 - 1e-4))
def test_a_shown_number_keeps_its_word(probability: float) -> None:
    word, number = show_likelihood(probability, 0.0, 1.0).split("\u00a0%")[0].rsplit(", ", 1)
    assert word == find_word(probability) == find_word(float(number) / 100)


def test_a_weight_has_its_sign_and_a_true_minus() -> None:
    assert show_decibans_range(-0.5, 1.0) == "(\u22120.5 to +1.0)"


def test_voices_are_a_number_and_a_range_where_lineage_is_unknown() -> None:
    assert show_voices(Count(low=2, expected=2, high=2)) == ("2", "")
    assert show_voices(Count(low=1, expected=1.75, high=2)) == ("2", "(1–2)")


def test_a_name_goes_small_only_where_the_case_writes_it_small() -> None:
    case = make_case(())
    assert name_asked(case) == "drone boat"
    assert name_asked(replace(case, question="Who did it?", hypotheses=(
        replace(case.hypotheses[0], name="Merrow did it", sentence="Merrow sank its own ship"), *case.hypotheses[1:]
    ))) == "“Merrow did it”"  # fmt: skip


def test_a_name_of_which_the_case_writes_only_the_first_word_stays_in_quotes() -> None:
    case = make_case(())
    told = replace(case.hypotheses[0], name="As reported", sentence="It happened as the reports say")
    assert name_asked(replace(case, hypotheses=(told, *case.hypotheses[1:]))) == "“As reported”"


@given(st.text(max_size=80), st.floats(20, 400))
def test_a_shortened_text_fits(words: str, width: float) -> None:
    assert measure_text(shorten_text(words, width)) <= width or shorten_text(words, width) == "…"


@given(st.text(max_size=200), st.integers(1, 4))
def test_wrapped_text_has_no_more_lines_than_asked(words: str, lines: int) -> None:
    assert len(wrap_text(words, 120.0, lines)) <= lines


def test_wrapping_keeps_every_word_that_fits() -> None:
    assert " ".join(wrap_text("one two three four five", 80.0, 5)) == "one two three four five"
