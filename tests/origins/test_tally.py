"""Is a number of chances spread as it should be?"""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.origins.tally import TAIL, count_chances

CHANCES = st.lists(st.floats(0.0, 1.0), max_size=8)


def spread_by_hand(chances):
    spread = [0.0] * (len(chances) + 1)
    for there in itertools.product((False, True), repeat=len(chances)):
        weight = 1.0
        for chance, one in zip(chances, there, strict=True):
            weight *= chance if one else 1.0 - chance
        spread[sum(there)] += weight
    return spread


@given(CHANCES)
def test_no_more_than_a_tail_lies_beyond_either_end(chances):
    count, spread = count_chances(chances), spread_by_hand(chances)
    assert sum(spread[: int(count.low)]) <= TAIL + 1e-6 or count.low == 1
    assert sum(spread[int(count.high) + 1 :]) <= TAIL + 1e-6


@given(CHANCES)
def test_low_expected_and_high_stand_in_order(chances):
    count = count_chances(chances)
    assert 0 <= count.low <= count.expected <= count.high <= len(chances)


@given(CHANCES, st.floats(0.0, 1.0))
def test_one_thing_more_never_makes_the_number_smaller(chances, chance):
    before, after = count_chances(chances), count_chances([*chances, chance])
    assert after.low >= before.low
    assert after.high >= before.high
    assert after.expected >= before.expected - 1e-9


@pytest.mark.parametrize("number", [0, 1, 5])
def test_what_is_certain_has_no_width(number):
    count = count_chances([1.0] * number)
    assert (count.low, count.expected, count.high) == (number, number, number)
