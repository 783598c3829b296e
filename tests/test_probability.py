"""Do chances, weights and words turn into one another without loss?"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.errors import ModelError
from firsthand.probability import (
    WORD_EDGES,
    check_probability,
    find_word,
    from_decibans,
    show_decibans,
    show_interval,
    show_percent,
    to_decibans,
    weigh_ratio,
)

CHANCES = st.floats(0.0, 1.0)


@given(st.floats(1e-9, 1 - 1e-9))
def test_a_chance_survives_the_way_to_decibans_and_back(chance):
    assert from_decibans(to_decibans(chance)) == pytest.approx(chance, rel=1e-6)


@given(st.floats(-5000, 5000))
def test_no_weight_is_too_large_to_become_a_chance(weight):
    assert 0.0 <= from_decibans(weight) <= 1.0


def test_three_decibans_double_the_odds_and_ten_make_them_tenfold():
    assert to_decibans(2 / 3) == pytest.approx(3.0103, abs=1e-4)
    assert to_decibans(10 / 11) == pytest.approx(10.0)
    assert (to_decibans(0.0), to_decibans(1.0)) == (-math.inf, math.inf)


@given(CHANCES)
def test_a_printed_number_never_crosses_the_edge_of_its_word(chance):
    shown = show_percent(chance).removesuffix("\u00a0%")
    if shown.startswith(("under", "over")):
        bound = float(shown.split()[1]) / 100
        assert (chance < bound) == shown.startswith("under")
        return
    assert find_word(float(shown) / 100) == find_word(chance)
    assert (0 < float(shown) < 100) == (0 < chance < 1)


def test_a_chance_a_hair_under_an_edge_is_said_to_lie_under_it():
    assert show_percent(0.2 - 1e-13) == "under 20\u00a0%"
    assert show_percent(1 - 1e-15) == "over 99.9999\u00a0%"
    assert show_percent(1e-15) == "under 0.0001\u00a0%"


@pytest.mark.parametrize("edge", WORD_EDGES)
def test_an_edge_belongs_to_the_higher_word(edge):
    assert find_word(edge) != find_word(math.nextafter(edge, 0))
    assert find_word(edge) == find_word(math.nextafter(edge, 1))


def test_under_one_percent_keeps_its_decimal():
    assert show_percent(0.003) == "0.3\u00a0%"
    assert show_percent(0.197) == "19.7\u00a0%"
    assert show_interval(0.14, 0.37) == "14\u201337\u00a0%"


def test_a_weight_always_shows_its_sign():
    assert show_decibans(1.671) == "+1.67\u00a0dB"
    assert show_decibans(-0.589) == "\u22120.59\u00a0dB"
    assert show_decibans(-0.0001) == "0.00\u00a0dB"
    assert show_decibans(math.inf) == "+\u221e\u00a0dB"


@pytest.mark.parametrize("value", [-0.1, 1.1, math.nan, math.inf])
def test_what_is_no_probability_is_refused(value):
    with pytest.raises(ModelError, match="lies between 0 and 1"):
        check_probability(value, "a prior")


def test_equal_likelihoods_weigh_nothing():
    assert weigh_ratio(0.0, 0.0) == weigh_ratio(0.4, 0.4) == 0.0
    assert weigh_ratio(0.7, 0.1) == pytest.approx(8.45, abs=0.01)
    assert (weigh_ratio(0.0, 0.1), weigh_ratio(0.1, 0.0)) == (-math.inf, math.inf)
