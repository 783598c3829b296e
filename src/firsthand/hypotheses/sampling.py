"""How likely is each explanation where too many sources speak of everything to count exactly?

The few hubs that make the tables large are drawn, everything else stays exact (collapsed importance sampling, Koller
and Friedman 2009, 12.4): for each draw of the hubs the rest is one pass up the tree. Hubs are drawn from what loopy
propagation believes of them, mixed with an even chance so that nothing is missed; the weights put right what it has
wrong. Every number carries its standard error and the effective sample size, and is refused where these are too poor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from firsthand.errors import Contradiction, TooCostly
from firsthand.hypotheses.calibration import climb_tree, compile_factors
from firsthand.hypotheses.compiling import compile_tree
from firsthand.hypotheses.frame import HYPOTHESIS
from firsthand.hypotheses.loopy import Loopy, pass_messages
from firsthand.hypotheses.tables import Table, add_exponentials, count_states
from firsthand.model import Factor, VariableId
from firsthand.probability import WORD_EDGES, find_word

SLICE = 2**11
"""The largest table, in cells per draw, that is left once the hubs are drawn."""
HELD = 2**24
"""Cells of all tables and draws held at once: 134 MB, and as much again for what is sent."""
BATCH, MOST = 500, 8000
FEWEST = 100
"""Effective samples below which nothing is said."""
EVEN = 0.1
"""The share of each hub's draws that is even over its states."""
SURE, SURER = 1.96, 2.4
"""Standard errors either way of a 95 % interval, looked at once and up to three times."""


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """Chances of each hypothesis with their standard errors, shape (hypotheses,); `effective`: as good as so many
    independent draws; `draws` taken; `hubs` drawn."""

    chances: Table
    errors: Table
    effective: float
    draws: int
    hubs: tuple[VariableId, ...]

    def bound(self, index: int, reach: float = SURE) -> tuple[float, float]:
        """Return the interval of one hypothesis, `reach` standard errors either way: 95 %."""
        centre, reach = float(self.chances[index]), reach * float(self.errors[index])
        return max(0.0, centre - reach), min(1.0, centre + reach)


def estimate_posterior(
    factors: Sequence[Factor], asked: int | None = None, seed: int = 1, most: int = MOST
) -> Estimate:
    """Return the chances of the hypotheses from as many draws as it takes, up to `most`.

    With `asked`, draws are taken until the interval of that hypothesis lies within one word; looked at three times at
    most, and then with a wider interval, since who stops when it suits him is too sure.
    Raises TooCostly, saying what to split, where the effective sample stays below 100 or the word stays open.
    """
    hubs = find_hubs(factors)
    proposal = _propose(factors, hubs)
    chance = np.random.default_rng(seed)
    logs: list[Table] = []
    while True:
        states, density = _draw(proposal, min(BATCH, most), chance)
        logs.append(_weigh_draws(factors, hubs, states) - density)
        estimate = _sum_up(np.concatenate(logs, axis=1), hubs)
        looked = estimate.draws in (4 * BATCH, 8 * BATCH)
        if (looked and _is_enough(estimate, asked)) or estimate.draws + BATCH > most:
            break
    _check(estimate, asked)
    return estimate


def find_hubs(factors: Sequence[Factor]) -> tuple[VariableId, ...]:
    """Return the variables to draw so that what is left fits: each time those in the largest table with most ties.

    As many at once as that table needs at the very least.
    """
    cards, hubs = count_states(factors), list[VariableId]()
    while True:
        scopes = [tuple(name for name in factor.scope if name not in hubs) for factor in factors]
        tree = compile_tree(scopes, [HYPOTHESIS], cards, budget=10**30)
        if tree.largest <= SLICE:
            return tuple(hubs)
        widest = max(tree.buckets, key=lambda bucket: (len(bucket.scope), bucket.scope)).scope
        ties = {name: sum(name in scope for scope in scopes) for name in widest if name[0] in "MC"}
        if not ties:
            raise TooCostly("the campaigns and postures alone make too many worlds: drop or join some of them")
        least = max(1, int(log(tree.largest / SLICE, max(cards.values()))))
        hubs += sorted(ties, key=lambda name: (-ties[name], name))[:least]


@dataclass(frozen=True, slots=True, eq=False)
class _Proposal:
    """A mixture: the chance of each world of what is held fixed, and each hub's chances in it, (states, worlds)."""

    worlds: Table
    hubs: tuple[Table, ...]


def _propose(factors: Sequence[Factor], hubs: tuple[VariableId, ...]) -> _Proposal:
    outer = sorted({name for factor in factors for name in factor.scope if name[0] in "HKQ"})
    loopy: Loopy = pass_messages(factors, outer)
    worlds = np.exp(loopy.weights).ravel()
    worlds = (1 - EVEN) * worlds / worlds.sum() + EVEN / len(worlds)
    mixed = [(1 - EVEN) * np.exp(loopy.beliefs[hub]) + EVEN / len(loopy.beliefs[hub]) for hub in hubs]
    return _Proposal(worlds, tuple(one / one.sum(axis=0) for one in mixed))


def _draw(proposal: _Proposal, count: int, chance: np.random.Generator) -> tuple[NDArray[np.int64], Table]:
    """Return states of the hubs, shape (hubs, draws), and the log density of each draw under the whole mixture."""
    worlds = chance.choice(len(proposal.worlds), size=count, p=proposal.worlds)
    density = np.log(proposal.worlds)[:, None] + np.zeros(count)
    states = np.zeros((len(proposal.hubs), count), dtype=np.int64)
    for index, chances in enumerate(proposal.hubs):
        steps = np.cumsum(chances, axis=0)[:, worlds]
        states[index] = np.minimum((chance.random(count) > steps).sum(axis=0), len(chances) - 1)
        density += np.log(chances)[states[index]].T
    return states, add_exponentials(density, 0)[0]


def _weigh_draws(factors: Sequence[Factor], hubs: Sequence[VariableId], states: NDArray[np.int64]) -> Table:
    """Return the log weight of each hypothesis with the hubs at each draw, as many draws at once as fit."""
    size = max(1, HELD // compile_factors(_fix_hubs(factors, hubs, states[:, :1])[0], (HYPOTHESIS,)).total)
    rows = []
    for start in range(0, states.shape[1], size):
        rest, alone = _fix_hubs(factors, hubs, states[:, start : start + size])
        weights = climb_tree(rest, (HYPOTHESIS,)).weights
        rows.append(np.broadcast_to(weights, (len(weights), len(alone))) + alone)
    return np.concatenate(rows, axis=1)


def _fix_hubs(
    factors: Sequence[Factor], hubs: Sequence[VariableId], states: NDArray[np.int64]
) -> tuple[list[Factor], Table]:
    """Return the factors with the hubs at their drawn states, and the logs of those over nothing else, (draws,)."""
    number = {hub: index for index, hub in enumerate(hubs)}
    met = [any(name in number for name in factor.scope) for factor in factors]
    fixed = [_fix_factor(factor, number, states) for factor, meets in zip(factors, met, strict=True) if meets]
    rest = [factor for factor, meets in zip(factors, met, strict=True) if not meets]
    rest += [factor for factor in fixed if factor.scope]
    with np.errstate(divide="ignore"):
        alone = np.add.reduce([np.log(factor.table) for factor in fixed if not factor.scope], axis=0)
    return rest, np.broadcast_to(alone, states.shape[1:])


def _fix_factor(factor: Factor, number: dict[VariableId, int], states: NDArray[np.int64]) -> Factor:
    drawn = [axis for axis, name in enumerate(factor.scope) if name in number]
    left = [axis for axis in range(len(factor.scope)) if axis not in drawn]
    table = factor.table if factor.table.ndim == len(factor.scope) else factor.table[..., 0]
    picked = table.transpose(*drawn, *left)[tuple(states[number[factor.scope[axis]]] for axis in drawn)]
    return Factor(tuple(factor.scope[axis] for axis in left), np.moveaxis(picked, 0, -1))


def _sum_up(logs: Table, hubs: tuple[VariableId, ...]) -> Estimate:
    """Return the estimate, a ratio of sums with its error by the delta method; `logs`: (hypotheses, draws)."""
    peak = logs.max()
    if not np.isfinite(peak):
        raise Contradiction("the evidence is impossible under every hypothesis")
    weights = np.exp(logs - peak)
    shares = weights.sum(axis=0) / weights.sum()
    chances = weights.sum(axis=1) / weights.sum()
    off = weights / weights.sum() - shares * chances[:, None]
    return Estimate(
        chances=chances,
        errors=np.sqrt((off**2).sum(axis=1)),
        effective=float(1 / (shares**2).sum()),
        draws=logs.shape[1],
        hubs=hubs,
    )


def _is_enough(estimate: Estimate, asked: int | None) -> bool:
    return estimate.effective >= 4 * FEWEST and (asked is None or _lies_in_one_word(estimate, asked))


def _lies_in_one_word(estimate: Estimate, asked: int) -> bool:
    low, high = estimate.bound(asked, SURER)
    return not any(low < edge <= high for edge in WORD_EDGES)


def _check(estimate: Estimate, asked: int | None) -> None:
    """Raise TooCostly where the draws say too little to print a number."""
    names = ", ".join(hub.partition(":")[2] for hub in estimate.hubs)
    if estimate.effective < FEWEST:
        raise TooCostly(
            f"{estimate.draws} draws are worth {estimate.effective:.0f}, and {FEWEST} are the least: "
            f"split the case, or some of these sources and claims, into parts: {names}"
        )
    if asked is not None and not _lies_in_one_word(estimate, asked):
        low, high = estimate.bound(asked, SURER)
        raise TooCostly(
            f"after {estimate.draws} draws the chance still lies between {low:.1%} and {high:.1%}, "
            f"from {find_word(low)!r} to {find_word(high)!r}: split the case, or some of these, into parts: {names}"
        )
