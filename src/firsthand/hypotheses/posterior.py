"""Which explanation fits, after each piece of evidence, and without each?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from firsthand.errors import Contradiction, TooCostly
from firsthand.hypotheses.arriving import count_path_cells, follow_arrivals
from firsthand.hypotheses.calibration import (
    calibrate,
    climb_items,
    climb_tree,
    compile_factors,
    find_chances,
    is_possible,
)
from firsthand.hypotheses.compiling import Tree
from firsthand.hypotheses.frame import HYPOTHESIS
from firsthand.hypotheses.tables import Table, take_logs
from firsthand.hypotheses.updating import find_home, leave_out
from firsthand.model import Evidence, Factor, VariableId

CHUNK = 2**16
"""Cells of the largest table worked on at once: half a megabyte stays in a processor's cache."""
WORK = 2**33
"""Cells in all, over every table and draw, that an answer may take: about forty seconds on one core."""
EASE = 2**31
"""The same for all the draws that intervals rest on: about ten seconds."""
STEPS = 2**27
"""The same for the draws that the intervals of single steps rest on: about two seconds."""
FEWEST = 100
"""Draws below which an interval says nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The posteriors of one run, in natural logarithms, shape (hypotheses, draws).

    `evidence` in order of arrival; `steps[k]` after the first k pieces, `without[k]` without piece k.
    `before` and `after`: chances of every variable asked about, shape (states, draws), without and with the evidence.
    `ends`: as in Draws.
    """

    evidence: tuple[Evidence, ...]
    steps: tuple[Table, ...]
    without: tuple[Table, ...]
    before: Mapping[VariableId, Table]
    after: Mapping[VariableId, Table]
    ends: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    """What one batch of draws gives: rows over the evidence that weighs anything."""

    steps: list[Table]
    without: list[Table]
    before: list[Table]
    after: list[Table]


def solve(
    frame: Sequence[Factor],
    evidence: Sequence[Evidence],
    about: Sequence[VariableId] = (),
    ends: int = 1,
    *,
    leave_out: bool = True,
) -> Solution:
    """Return the posterior after each piece of evidence in order of arrival, and without each.

    With `leave_out` false nothing is left out, `without` is empty, and it takes half the time: enough for intervals.
    Raises Contradiction naming the two pieces that contradict where two do, and TooCostly.
    """
    ordered = arrange_evidence(evidence)
    live = [one for one in ordered if one.likelihood.scope]
    factors = [*frame, *(one.likelihood for one in live)]
    alone = len(live) if leave_out else 0
    tree = compile_factors(factors, (HYPOTHESIS,))
    _check_time(factors, _count_cells(tree, range(len(frame), len(factors)), alone, len(about)))
    try:
        runs = [_solve_chunk(part, (len(frame), alone), tuple(about), tree) for part in _cut(factors, tree)]
    except Contradiction as impossible:
        raise Contradiction(_name_contradiction(frame, live)) from impossible
    steps, without = _merge(runs, lambda run: run.steps), _merge(runs, lambda run: run.without)
    before, after = _merge(runs, lambda run: run.before), _merge(runs, lambda run: run.after)
    seen = np.cumsum([0, *(bool(one.likelihood.scope) for one in ordered)])
    return Solution(
        evidence=ordered,
        steps=tuple(steps[count] for count in seen),
        without=tuple(
            without[seen[index]] if one.likelihood.scope else steps[-1]
            for index, one in enumerate(ordered if leave_out else ())
        ),
        before=dict(zip(about, before, strict=True)),
        after=dict(zip(about, after, strict=True)),
        ends=ends,
    )


def solve_ends(
    frame: Sequence[Factor], evidence: Sequence[Evidence], about: Sequence[VariableId] = (), ends: int = 1
) -> Solution:
    """Return the posterior before and after all the evidence, with no step between and nothing left out.

    It takes a fraction of the time of `solve`; `evidence`, `without` and `before` are empty. Raises the same.
    """
    live = [one for one in evidence if one.likelihood.scope]
    factors = [*frame, *(one.likelihood for one in live)]
    tree = compile_factors(factors, (HYPOTHESIS,))
    _check_time(factors, _count_cells(tree, (), 0, len(about)))
    try:
        runs = [_solve_ends(part, len(frame), tuple(about), tree) for part in _cut(factors, tree)]
    except Contradiction as impossible:
        raise Contradiction(_name_contradiction(frame, live)) from impossible
    after = _merge(runs, lambda run: run.after)
    return Solution(
        evidence=(),
        steps=tuple(_merge(runs, lambda run: run.steps)),
        without=(),
        before={},
        after=dict(zip(about, after, strict=True)),
        ends=ends,
    )


def find_posterior(frame: Sequence[Factor], evidence: Sequence[Evidence]) -> Table:
    """Return the chance of each hypothesis after all the evidence, shape (hypotheses, draws)."""
    live = [one for one in evidence if one.likelihood.scope]
    factors = [*frame, *(one.likelihood for one in live)]
    tree, parts = compile_factors(factors, (HYPOTHESIS,)), []
    _check_time(factors, tree.total)
    try:
        for part in _cut(factors, tree):
            parts.append(climb_tree(part, (HYPOTHESIS,), tree).posterior)
    except Contradiction as impossible:
        raise Contradiction(_name_contradiction(frame, live)) from impossible
    return np.asarray(np.exp(np.concatenate(parts, axis=-1)))


def limit_samples(frame: Sequence[Factor], evidence: Sequence[Evidence], about: int, samples: int) -> tuple[int, int]:
    """Return how many draws, up to `samples`, can be solved in some seconds: for the ends, and for each step between.

    `about` variables are asked about. 0 where that is too few to give an interval. See `solve_ends` and `solve`.
    """
    factors = [*frame, *(one.likelihood for one in evidence if one.likelihood.scope)]
    tree = compile_factors(factors, (HYPOTHESIS,))
    ends = _count_cells(tree, (), 0, about)
    cells = ends + count_path_cells(tree, range(len(frame), len(factors)))
    few = min(EASE // cells, max(FEWEST, STEPS // cells))
    whole, stepwise = (min(samples, draws) if draws >= FEWEST else 0 for draws in (EASE // ends, few))
    return whole, stepwise


def arrange_evidence(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return the evidence in order of arrival, which is when it had surely been published, then as given.

    What has no date comes last.
    """
    return tuple(sorted(evidence, key=_find_arrival))


def _find_arrival(one: Evidence) -> tuple[bool, datetime]:
    if one.when is None:
        return True, datetime.max.replace(tzinfo=UTC)
    end = one.when.end
    return False, end.replace(tzinfo=UTC) if end.tzinfo is None else end.astimezone(UTC)


def _count_cells(tree: Tree, said: Sequence[int], alone: int, about: int) -> int:
    """Return the cells that are worked out, per draw, to follow what was said and read off what is wanted."""
    ways = 3 * (bool(about) + bool(about or alone))
    homes = [find_home(tree, item) for item in said[:alone]]
    left_out = sum(tree.sizes[home] for home in homes if home >= 0)
    return tree.total * (2 + ways) + count_path_cells(tree, said) + left_out


def _check_time(factors: Sequence[Factor], cells: int) -> None:
    """Raise TooCostly where an answer would take minutes."""
    draws = _count_draws(factors)
    if cells * draws > WORK:
        raise TooCostly(
            f"working it out exactly would take {cells * draws:.1e} sums, and {WORK:.1e} is the limit: "
            "split the sources that speak of most claims, or drop claims that nobody asks about"
        )


def _count_draws(factors: Sequence[Factor]) -> int:
    return max(int(factor.table.shape[-1]) for factor in factors)


def _cut(factors: Sequence[Factor], tree: Tree) -> list[list[Factor]]:
    """Return the factors in batches of draws that fit the cache."""
    draws, size = _count_draws(factors), max(1, CHUNK // tree.largest)
    return [[_cut_factor(one, start, start + size) for one in factors] for start in range(0, draws, size)]


def _cut_factor(one: Factor, start: int, stop: int) -> Factor:
    return one if one.table.shape[-1] == 1 else Factor(one.scope, one.table[..., start:stop])


def _solve_chunk(factors: Sequence[Factor], counts: tuple[int, int], about: tuple[VariableId, ...], tree: Tree) -> _Run:
    """Return what one batch of draws gives; `counts`: factors of the frame, and factors left out in turn."""
    framed, alone = counts
    said, draws = range(framed, len(factors)), _count_draws(factors)
    logs = take_logs(factors, tree.axes, len(tree.given))
    start = climb_items(tree, [*logs[:framed], *(np.zeros_like(log) for log in logs[framed:])])

    def spread(table: Table) -> Table:
        return np.broadcast_to(table, (len(table), draws))

    before = calibrate(start) if about else None
    steps, now = follow_arrivals(start, {item: logs[item] for item in said})
    after = calibrate(now) if about or alone else None
    return _Run(
        steps=[spread(one) for one in steps],
        without=[spread(table) for table in leave_out(after, said[:alone])] if after else [],
        before=[spread(find_chances(before, variable)) for variable in about] if before else [],
        after=[spread(find_chances(after, variable)) for variable in about] if after else [],
    )


def _solve_ends(factors: Sequence[Factor], framed: int, about: tuple[VariableId, ...], tree: Tree) -> _Run:
    """Return what one batch of draws gives before and after all that was said."""
    draws, logs = _count_draws(factors), take_logs(factors, tree.axes, len(tree.given))
    start = climb_items(tree, [*logs[:framed], *(np.zeros_like(log) for log in logs[framed:])])
    now = climb_items(tree, logs)
    after = calibrate(now) if about else None
    return _Run(
        steps=[np.broadcast_to(one, (len(one), draws)) for one in (start.posterior, now.posterior)],
        without=[],
        before=[],
        after=[np.broadcast_to(one, (len(one), draws)) for one in (find_chances(after, name) for name in about)]
        if after
        else [],
    )


def _merge(runs: Sequence[_Run], rows: Callable[[_Run], list[Table]]) -> list[Table]:
    return [np.concatenate(parts, axis=-1) for parts in zip(*(rows(run) for run in runs), strict=True)]


def _name_contradiction(frame: Sequence[Factor], evidence: Sequence[Evidence]) -> str:
    """Return a sentence that names the two pieces of evidence that cannot both be, or as near as can be found."""
    for count, last in enumerate(evidence):
        if _is_possible(frame, evidence[: count + 1]):
            continue
        if not _is_possible(frame, [last]):
            return f"evidence {last.id!r} ({last.title}) is impossible under every hypothesis"
        for other in evidence[:count]:
            if not _is_possible(frame, [other, last]):
                return f"evidence {other.id!r} and {last.id!r} contradict each other: no hypothesis allows both"
        return f"evidence {last.id!r} ({last.title}) contradicts the evidence before it taken together"
    return "the evidence is impossible under every hypothesis"


def _is_possible(frame: Sequence[Factor], evidence: Sequence[Evidence]) -> bool:
    return is_possible([*frame, *(one.likelihood for one in evidence)])
