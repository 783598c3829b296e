"""Are weights that are known found again?"""

import numpy as np
import pytest
from logistic import fit_shift, fit_weights, measure_calibration, predict


def draw_rows(weights, rows=4000):
    rng = np.random.default_rng(3)
    signs = rng.normal(size=(rows, len(weights) - 1))
    return signs, (rng.random(rows) < predict(np.array(weights), signs)).astype(np.float64)


def test_known_weights_are_found_again():
    signs, true = draw_rows([-0.5, 1.0, -2.0])
    assert fit_weights(signs, true) == pytest.approx([-0.5, 1.0, -2.0], abs=0.2)


def test_true_chances_are_calibrated_and_overconfident_ones_are_not():
    signs, true = draw_rows([0.0, 1.0])
    assert measure_calibration(predict(np.array([0.0, 1.0]), signs), true) < 0.03
    assert measure_calibration(predict(np.array([0.0, 4.0]), signs), true) > 0.05


@pytest.mark.parametrize(("right", "way"), [(10, 1), (2, -1)])
def test_a_shift_goes_the_way_of_what_was_seen_and_is_small_where_little_was_seen(right, way):
    true = np.array([1.0] * right + [0.0] * (10 - right))
    few = fit_shift(np.full(10, 0.8), true, 0.5)
    many = fit_shift(np.full(1000, 0.8), np.tile(true, 100), 0.5)
    assert 0 < way * few < way * many
