"""Which explanation fits, after each piece of evidence, and without each?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from firsthand.errors import Contradiction, TooCostly
from firsthand.hypotheses.calibration import calibrate, climb_tree, compile_factors, find_chances, is_possible
from firsthand.hypotheses.compiling import Plan, Tree, plan_elimination
from firsthand.hypotheses.frame import HYPOTHESIS
from firsthand.hypotheses.tables import Table, count_states
from firsthand.hypotheses.updating import change_items, leave_out, set_items, take_changes
from firsthand.model import Evidence, Factor, VariableId

CHUNK = 2**16
"""Cells of the largest table worked on at once: half a megabyte stays in a processor's cache."""
WORK = 2**33
"""Cells in all, over every table, run and draw, that an answer may take: about ten seconds on one core."""
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
    plan = _plan(factors, _count_runs(len(live), alone, len(about)))
    tree = compile_factors(factors, (HYPOTHESIS,))
    try:
        runs = [_solve_chunk(part, (len(frame), alone), tuple(about), tree) for part in _cut(factors, plan)]
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


def find_posterior(frame: Sequence[Factor], evidence: Sequence[Evidence]) -> Table:
    """Return the chance of each hypothesis after all the evidence, shape (hypotheses, draws)."""
    live = [one for one in evidence if one.likelihood.scope]
    factors = [*frame, *(one.likelihood for one in live)]
    plan, tree, parts = _plan(factors, runs=1), compile_factors(factors, (HYPOTHESIS,)), []
    try:
        for part in _cut(factors, plan):
            parts.append(climb_tree(part, (HYPOTHESIS,), tree).posterior)
    except Contradiction as impossible:
        raise Contradiction(_name_contradiction(frame, live)) from impossible
    return np.asarray(np.exp(np.concatenate(parts, axis=-1)))


def limit_samples(frame: Sequence[Factor], evidence: Sequence[Evidence], about: int, samples: int) -> int:
    """Return how many draws, up to `samples`, can be solved in about ten seconds, `about` variables asked about.

    0 where that is too few to give an interval. Nothing need be left out in those runs; see `solve`.
    """
    live = [one.likelihood for one in evidence if one.likelihood.scope]
    factors = [*frame, *live]
    plan = plan_elimination([one.scope for one in factors], (HYPOTHESIS,), count_states(factors))
    affordable = WORK // (plan.total * _count_runs(len(live), 0, about))
    return min(samples, affordable) if affordable >= FEWEST else 0


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


def _count_runs(steps: int, alone: int, about: int) -> int:
    return 1 + steps + alone + 2 * about


def _plan(factors: Sequence[Factor], runs: int) -> Plan:
    cards = count_states(factors)
    plan = plan_elimination([factor.scope for factor in factors], (HYPOTHESIS,), cards)
    draws = _count_draws(factors)
    if plan.total * draws * runs > WORK:
        raise TooCostly(
            f"{draws} draws of {runs} runs over {plan.total:.1e} numbers each would take too long: "
            "take fewer samples, or split the sources that speak of most claims"
        )
    return plan


def _count_draws(factors: Sequence[Factor]) -> int:
    return max(int(factor.table.shape[-1]) for factor in factors)


def _cut(factors: Sequence[Factor], plan: Plan) -> list[list[Factor]]:
    """Return the factors in batches of draws that fit the cache."""
    draws, size = _count_draws(factors), max(1, CHUNK // plan.largest)
    return [[_cut_factor(one, start, start + size) for one in factors] for start in range(0, draws, size)]


def _cut_factor(one: Factor, start: int, stop: int) -> Factor:
    return one if one.table.shape[-1] == 1 else Factor(one.scope, one.table[..., start:stop])


def _solve_chunk(factors: Sequence[Factor], counts: tuple[int, int], about: tuple[VariableId, ...], tree: Tree) -> _Run:
    """Return what one batch of draws gives; `counts`: factors of the frame, and factors left out in turn."""
    framed, alone = counts
    said, draws = range(framed, len(factors)), _count_draws(factors)
    unsaid = [Factor(factor.scope, np.ones_like(factor.table)) for factor in factors[framed:]]
    start = climb_tree([*factors[:framed], *unsaid], (HYPOTHESIS,), tree)
    tables = take_changes(tree, {item: factors[item] for item in said})

    def spread(table: Table) -> Table:
        return np.broadcast_to(table, (len(table), draws))

    before = calibrate(start) if about else None
    now, steps = change_items(start, {}), [spread(start.posterior)]
    for item in said:
        now = set_items(now, {item: tables[item]})
        steps.append(spread(now.posterior))
    after = calibrate(now) if about or alone else None
    return _Run(
        steps=steps,
        without=[spread(table) for table in leave_out(after, said[:alone])] if after else [],
        before=[spread(find_chances(before, variable)) for variable in about] if before else [],
        after=[spread(find_chances(after, variable)) for variable in about] if after else [],
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
