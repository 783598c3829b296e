"""Given factors over few variables each, how likely is every state, exactly?

Bucket elimination (Dechter 1999) in logarithms, so that no amount of evidence underflows, batched over the draws of the
judged numbers (last axis). The order is greedy min-fill (Rose 1970), and its cost is known before anything is computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from firsthand.errors import Contradiction, ModelError, TooCostly
from firsthand.hypotheses.ordering import order_variables
from firsthand.model import Factor, VariableId

Table: TypeAlias = NDArray[np.float64]
BUDGET = 2**24
"""The largest table, in cells per draw, that is computed exactly: 134 MB."""


@dataclass(frozen=True, slots=True, eq=False)
class LogTable:
    """A factor in natural logarithms, its axes in order of name. `items`: a bit for each factor it was made from."""

    scope: tuple[VariableId, ...]
    table: Table
    items: int


Memo: TypeAlias = dict[tuple[int, tuple[VariableId, ...]], LogTable]


@dataclass(frozen=True, slots=True)
class Plan:
    """An order of elimination and what it will cost: cells of the largest table and of all, per draw."""

    order: tuple[VariableId, ...]
    largest: int
    total: int


def infer(
    factors: Sequence[Factor], queries: Sequence[VariableId], cards: Mapping[VariableId, int] | None = None
) -> dict[VariableId, Table]:
    """Return the chances of each queried variable, shape (states, draws), each draw adding to one.

    `cards` gives the number of states of variables no factor mentions; these come out even.
    Raises Contradiction where the evidence is impossible, TooCostly where a table would be too large to compute.
    """
    cards = {**(cards or {}), **count_states(factors)}
    tables, memo = take_logs(factors), Memo()
    order = plan_elimination([one.scope for one in tables], (), cards).order
    return {query: np.exp(eliminate(tables, order, (query,), cards, memo)) for query in queries}


def join(factors: Sequence[Factor], scope: tuple[VariableId, ...]) -> Table:
    """Return the joint chances of several variables, an axis each in the order of `scope`, then the draws."""
    tables, cards = take_logs(factors), count_states(factors)
    order = plan_elimination([one.scope for one in tables], scope, cards).order
    return np.asarray(np.exp(eliminate(tables, order, scope, cards, {})))


def plan_elimination(
    scopes: Iterable[tuple[VariableId, ...]],
    keep: Sequence[VariableId],
    cards: Mapping[VariableId, int],
    budget: int = BUDGET,
) -> Plan:
    """Return the order and its cost before anything is run; raise TooCostly beyond budget, naming what to split."""
    order, cliques = order_variables(scopes, frozenset(keep), cards)
    sizes = [prod(cards[variable] for variable in clique) for clique in cliques]
    largest = max(sizes, default=1)
    if largest > budget:
        clique = cliques[sizes.index(largest)]
        hubs = sorted(name.partition(":")[2] for name in clique if name.startswith(("M:", "C:")))
        raise TooCostly(
            f"exact inference would need a table of {largest:.1e} numbers, and {budget:.1e} is the limit: "
            f"split the case, or some of these sources and claims, into parts: {', '.join(hubs)}"
        )
    return Plan(order=order, largest=largest, total=sum(sizes))


def count_states(factors: Iterable[Factor]) -> dict[VariableId, int]:
    """Return the number of states of each variable; raise ModelError where two factors disagree."""
    cards: dict[VariableId, int] = {}
    for factor in factors:
        for variable, states in zip(factor.scope, factor.table.shape, strict=False):
            if cards.setdefault(variable, states) != states:
                raise ModelError(f"{variable} has {cards[variable]} states in one table and {states} in another")
    return cards


def take_logs(factors: Sequence[Factor]) -> tuple[LogTable, ...]:
    """Return the factors as log tables, axes by name; a factor over nothing is constant and is left out.

    Raises ModelError for a table with a negative or undefined number.
    """
    return tuple(_take_log(factor, 1 << index) for index, factor in enumerate(factors) if factor.scope)


def eliminate(
    tables: Sequence[LogTable],
    order: Sequence[VariableId],
    keep: tuple[VariableId, ...],
    cards: Mapping[VariableId, int],
    memo: Memo,
) -> Table:
    """Return the log of the joint chances of `keep`, every other variable of `order` summed out in turn, normalised.

    What a set of tables comes to once some variables are summed out does not depend on the order, so `memo` keeps it:
    leaving one piece of evidence out recomputes only what it touched.
    Raises Contradiction where nothing is possible.
    """
    gone = [variable for variable in order if variable not in keep]
    rank = {variable: index for index, variable in enumerate(gone)}
    buckets: dict[int, list[LogTable]] = {}
    for one in tables:
        _drop(one, rank, buckets)
    for index, variable in enumerate(gone):
        bucket = buckets.pop(index, None)
        if bucket:
            _drop(_sum_out(bucket, variable, memo), rank, buckets)
    left = _add_up(buckets.get(len(gone), []))
    return _normalise(_spread(left, keep, cards))


def add_exponentials(logs: Table, axis: int | tuple[int, ...]) -> Table:
    """Return log(sum(exp(logs))) over an axis, kept with length 1; minus infinity where every term is."""
    peak = logs.max(axis=axis, keepdims=True)
    peak = np.where(np.isfinite(peak), peak, 0.0)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(np.exp(logs - peak).sum(axis=axis, keepdims=True)) + peak)


def _take_log(factor: Factor, item: int) -> LogTable:
    axes = sorted(range(len(factor.scope)), key=lambda axis: factor.scope[axis])
    table = factor.table if factor.table.ndim > len(factor.scope) else factor.table[..., None]
    if not (table >= 0).all():
        raise ModelError(f"a chance over {', '.join(factor.scope)} is negative or not a number")
    with np.errstate(divide="ignore"):
        logs = np.log(table.transpose(*axes, len(axes)))
    return LogTable(tuple(factor.scope[axis] for axis in axes), logs, item)


def _drop(one: LogTable, rank: Mapping[VariableId, int], buckets: dict[int, list[LogTable]]) -> None:
    """Put a table into the bucket of the first of its variables to be summed out; the last bucket keeps the rest."""
    first = min((rank.get(variable, len(rank)) for variable in one.scope), default=len(rank))
    buckets.setdefault(first, []).append(one)


def _sum_out(bucket: Sequence[LogTable], variable: VariableId, memo: Memo) -> LogTable:
    scope = tuple(sorted({name for one in bucket for name in one.scope} - {variable}))
    items = 0
    for one in bucket:
        items |= one.items
    if (items, scope) not in memo:
        whole = _add_up(bucket)
        axis = whole.scope.index(variable)
        memo[items, scope] = LogTable(scope, add_exponentials(whole.table, axis).squeeze(axis), items)
    return memo[items, scope]


def _add_up(bucket: Sequence[LogTable]) -> LogTable:
    """Return the product of the tables, a sum of logs.

    They are added in pairs, the small ones first, so most sums stay small and rounding does not pile up.
    """
    scope = tuple(sorted({name for one in bucket for name in one.scope}))
    parts = [_align(one, scope) for one in sorted(bucket, key=lambda one: one.table.size)]
    while len(parts) > 1:
        odd = parts[-1:] if len(parts) % 2 else []
        parts = [one + other for one, other in zip(parts[::2], parts[1::2], strict=False)] + odd
    return LogTable(scope, parts[0] if parts else np.zeros((*(1 for _ in scope), 1)), 0)


def _align(one: LogTable, scope: tuple[VariableId, ...]) -> Table:
    """Return a table with an axis for every variable of `scope`, of length 1 where it does not depend on it."""
    lengths = dict(zip(one.scope, one.table.shape, strict=False))
    return one.table.reshape(*(lengths.get(name, 1) for name in scope), one.table.shape[-1])


def _spread(left: LogTable, keep: tuple[VariableId, ...], cards: Mapping[VariableId, int]) -> Table:
    """Return the table with an axis for each of `keep`, in that order."""
    missing = [name for name in keep if name not in left.scope]
    sized = np.broadcast_to(
        left.table.reshape(*(1 for _ in missing), *left.table.shape),
        (*(cards[name] for name in missing), *left.table.shape),
    )
    scope = [*missing, *left.scope]
    return sized.transpose(*(scope.index(name) for name in keep), len(scope))


def _normalise(logs: Table) -> Table:
    total = add_exponentials(logs, tuple(range(logs.ndim - 1)))
    if not np.isfinite(total).all():
        raise Contradiction("the evidence is impossible under every hypothesis")
    return np.minimum(logs - total, 0.0)
