"""Does drawing the hubs give honest numbers, and say nothing where it has nothing to say?"""

from __future__ import annotations

import numpy as np
import pytest

from firsthand.errors import Contradiction, TooCostly
from firsthand.hypotheses import estimate_posterior, join, sampling
from firsthand.hypotheses.sampling import find_hubs
from firsthand.model import VariableId
from networks import make_network, over

H = VariableId("H")


def test_intervals_cover_the_truth_at_their_stated_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    """On 200 networks the 95 % interval of one explanation holds the exact chance about 190 times."""
    monkeypatch.setattr(sampling, "SLICE", 24)
    monkeypatch.setattr(sampling, "BATCH", 1000)
    covered = 0
    for seed in range(200):
        network = make_network(7, hubs=3, seed=seed)
        estimate = estimate_posterior(network.factors, seed=seed, most=1000)
        assert estimate.hubs
        low, high = estimate.bound(1)
        covered += low <= join(network.factors, (H,))[1, 0] <= high
    assert 180 <= covered <= 198


def test_more_draws_come_nearer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "SLICE", 24)
    monkeypatch.setattr(sampling, "FEWEST", 10**9)
    factors = make_network(7, hubs=3, seed=5).factors
    monkeypatch.setattr(sampling, "_check", lambda *_: None)
    few, many = (estimate_posterior(factors, most=most) for most in (500, 8000))
    assert many.draws == 8000
    assert many.errors.max() < few.errors.max() / 3
    assert many.effective > 10 * few.effective


def test_where_nothing_need_be_drawn_it_is_exact() -> None:
    factors = make_network(10).factors
    estimate = estimate_posterior(factors)
    assert estimate.hubs == ()
    assert estimate.chances == pytest.approx(join(factors, (H,))[:, 0], abs=1e-12)
    assert estimate.errors.max() < 1e-12


def test_what_is_too_large_to_count_is_estimated_with_its_error() -> None:
    factors = make_network(40, hubs=15).factors
    with pytest.raises(TooCostly):
        join(factors, (H,))
    estimate = estimate_posterior(factors)
    assert estimate.effective >= 100
    assert estimate.chances.sum() == pytest.approx(1)
    other = estimate_posterior(factors, seed=2)
    apart = np.abs(estimate.chances - other.chances)
    assert (apart < 4.5 * np.hypot(estimate.errors, other.errors) + 1e-9).all()


def test_the_same_seed_gives_the_same_numbers() -> None:
    factors = make_network(20, hubs=8).factors
    one, other = estimate_posterior(factors, seed=3), estimate_posterior(factors, seed=3)
    assert (one.chances == other.chances).all()
    assert one.hubs == other.hubs == find_hubs(factors)


def test_too_few_effective_draws_are_refused_with_what_to_split() -> None:
    factors = make_network(20, hubs=8).factors
    with pytest.raises(TooCostly, match=r"draws are worth \d+, and 100 are the least: split .*g0"):
        estimate_posterior(factors, most=40)


def test_a_word_left_open_is_refused_with_both_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "WORD_EDGES", (float(join(make_network(20, hubs=8).factors, (H,))[1, 0]),))
    with pytest.raises(TooCostly, match="still lies between .* split the case"):
        estimate_posterior(make_network(20, hubs=8).factors, asked=1, most=1500)
    assert estimate_posterior(make_network(20, hubs=8).factors, asked=0).effective >= 100


def test_impossible_evidence_is_a_contradiction() -> None:
    with pytest.raises(Contradiction):
        estimate_posterior([over("H", [0.5, 0.5]), over("H", [0, 0])])
