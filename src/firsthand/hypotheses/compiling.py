"""Which small tables, and in what tree, hold all that the factors say?

Factors over the same variables are folded into one block. Each variable is summed out in a bucket of its own (Dechter
1999), in greedy min-fill order, so that a source heard once is stripped like a leaf and parts that only share what is
given fall apart by themselves. The variables `given` are never summed out: every bucket is computed for each of their
states, so the joint chances of the explanations and of anything in a bucket can be read off. Only names are looked at
here, so the cost is known before anything is computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import TypeAlias

from firsthand.errors import TooCostly
from firsthand.hypotheses.ordering import order_variables
from firsthand.model import VariableId

Index: TypeAlias = tuple[slice | None, ...]
"""Gives a table an axis of length 1 for each variable of a bucket that it does not depend on."""
BUDGET = 2**24
"""The largest table, in cells per draw, that is computed exactly: 134 MB."""


@dataclass(frozen=True, slots=True)
class Plan:
    """An order of elimination and what it will cost: cells of the largest table and of all, per draw."""

    order: tuple[VariableId, ...]
    largest: int
    total: int


@dataclass(frozen=True, slots=True)
class Block:
    """The factors over one set of variables, by index, and the bucket that holds them; -1: over what is given only."""

    items: tuple[int, ...]
    bucket: int


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where one variable, the first of `scope`, is summed out; what is left goes to `parent`, -1 for the root.

    `outside`: the axes of the parent's table that are not in what is left.
    """

    scope: tuple[VariableId, ...]
    parent: int
    outside: tuple[int, ...]
    blocks: tuple[tuple[int, Index], ...]
    children: tuple[tuple[int, Index], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """Buckets in the order their variables are summed out. `axes`: place of each variable among all, the given last.

    `place`: the block of each factor, -1 for one over nothing; `where`: the bucket of each variable summed out;
    `sizes`: the cells of each bucket, per draw.
    """

    given: tuple[VariableId, ...]
    cards: Mapping[VariableId, int]
    axes: Mapping[VariableId, int]
    buckets: tuple[Bucket, ...]
    blocks: tuple[Block, ...]
    place: tuple[int, ...]
    where: Mapping[VariableId, int]
    sizes: tuple[int, ...]

    @property
    def largest(self) -> int:
        """Cells of the largest table, per draw."""
        return max(self.sizes, default=1)

    @property
    def total(self) -> int:
        """Cells of all tables, per draw."""
        return sum(self.sizes) + 1


def compile_tree(
    scopes: Sequence[tuple[VariableId, ...]],
    given: Sequence[VariableId],
    cards: Mapping[VariableId, int],
    budget: int = BUDGET,
) -> Tree:
    """Return the tree for factors over these variables; raise TooCostly where a table would be larger than `budget`."""
    order, cliques = order_variables(scopes, frozenset(given), cards)
    outer = prod(cards[variable] for variable in given)
    free = [clique.difference(given) for clique in cliques[:-1]]
    sizes = [outer * prod(cards[variable] for variable in clique) for clique in free]
    check_cost(sizes, cliques, budget)
    axes = {variable: place for place, variable in enumerate([*order, *given])}
    where = {variable: number for number, variable in enumerate(order)}
    insides = [tuple(sorted(clique, key=axes.__getitem__)) for clique in free]
    blocks, place = _fold(scopes, where)
    return Tree(
        given=tuple(given),
        cards=cards,
        axes=axes,
        buckets=_grow(insides, [tuple(sorted(key, key=axes.__getitem__)) for key in blocks], where, len(given)),
        blocks=tuple(Block(tuple(items), _find_bucket(key, where)) for key, items in blocks.items()),
        place=place,
        where=where,
        sizes=tuple(sizes),
    )


def extend_tree(tree: Tree, scopes: Sequence[tuple[VariableId, ...]]) -> Tree | None:
    """Return the tree with a block for each further factor; None where its variables do not meet in any bucket."""
    blocks, buckets, place = list(tree.blocks), list(tree.buckets), list(tree.place)
    for scope in scopes:
        if any(name not in tree.axes for name in scope):
            return None
        free = sorted((name for name in scope if name in tree.where), key=tree.axes.__getitem__)
        home = tree.where[free[0]] if free else -1
        if home >= 0:
            bucket = buckets[home]
            if not set(free) <= set(bucket.scope):
                return None
            more = (len(blocks), fit(free, bucket.scope, len(tree.given)))
            buckets[home] = replace(bucket, blocks=(*bucket.blocks, more))
        place.append(len(blocks) if scope else -1)
        if scope:
            blocks.append(Block((len(place) - 1,), home))
    return replace(tree, buckets=tuple(buckets), blocks=tuple(blocks), place=tuple(place))


def find_scope(tree: Tree, block: int) -> tuple[VariableId, ...]:
    """Return the variables of a block that are summed out, in the order of the bucket that holds it."""
    bucket = tree.buckets[tree.blocks[block].bucket]
    index = next(index for number, index in bucket.blocks if number == block)
    return tuple(name for name, held in zip(bucket.scope, index, strict=False) if held is not None)


def plan_elimination(
    scopes: Iterable[tuple[VariableId, ...]],
    keep: Sequence[VariableId],
    cards: Mapping[VariableId, int],
    budget: int = BUDGET,
) -> Plan:
    """Return the order and its cost before anything is run; raise TooCostly beyond budget, naming what to split."""
    order, cliques = order_variables(scopes, frozenset(keep), cards)
    sizes = [prod(cards[variable] for variable in clique) for clique in cliques]
    check_cost(sizes, cliques, budget)
    return Plan(order=order, largest=max(sizes, default=1), total=sum(sizes))


def check_cost(sizes: Sequence[int], cliques: Sequence[frozenset[VariableId]], budget: int) -> None:
    """Raise TooCostly, naming the sources and claims that meet in the largest table, if it is beyond the budget."""
    largest = max(sizes, default=1)
    if largest > budget:
        clique = cliques[sizes.index(largest)]
        hubs = sorted(name.partition(":")[2] for name in clique if name.startswith(("M:", "C:")))
        raise TooCostly(
            f"exact inference would need a table of {largest:.1e} numbers, and {budget:.1e} is the limit: "
            f"split the case, or some of these sources and claims, into parts: {', '.join(hubs)}"
        )


def fit(inner: Sequence[VariableId], scope: Sequence[VariableId], given: int) -> Index:
    """Return how a table over some variables is laid out over those of a bucket."""
    whole = slice(None)
    return (*(whole if variable in inner else None for variable in scope), *[whole] * (given + 1))


def _fold(
    scopes: Sequence[tuple[VariableId, ...]], where: Mapping[VariableId, int]
) -> tuple[dict[frozenset[VariableId], list[int]], tuple[int, ...]]:
    """Return the factors over each set of free variables, and the block of each factor."""
    blocks: dict[frozenset[VariableId], list[int]] = {}
    numbers: dict[frozenset[VariableId], int] = {}
    place = []
    for index, scope in enumerate(scopes):
        if not scope:
            place.append(-1)
            continue
        key = frozenset(variable for variable in scope if variable in where)
        place.append(numbers.setdefault(key, len(numbers)))
        blocks.setdefault(key, []).append(index)
    return blocks, tuple(place)


def _find_bucket(scope: Iterable[VariableId], where: Mapping[VariableId, int]) -> int:
    """Return the bucket of the first of these variables to be summed out, -1 where there is none."""
    return min((where[variable] for variable in scope), default=-1)


def _grow(
    insides: Sequence[tuple[VariableId, ...]],
    blocks: Sequence[tuple[VariableId, ...]],
    where: Mapping[VariableId, int],
    given: int,
) -> tuple[Bucket, ...]:
    held: list[list[tuple[int, Index]]] = [[] for _ in insides]
    children: list[list[tuple[int, Index]]] = [[] for _ in insides]
    for number, scope in enumerate(blocks):
        if scope:
            bucket = where[scope[0]]
            held[bucket].append((number, fit(scope, insides[bucket], given)))
    parents: list[int] = []
    outsides: list[tuple[int, ...]] = []
    for number, inside in enumerate(insides):
        left = inside[1:]
        parent = where[left[0]] if left else -1
        parents.append(parent)
        outsides.append(())
        if left:
            children[parent].append((number, fit(left, insides[parent], given)))
            outsides[-1] = tuple(axis for axis, name in enumerate(insides[parent]) if name not in left)
    rows = zip(insides, parents, outsides, held, children, strict=True)
    return tuple(Bucket(inside, parent, out, tuple(own), tuple(kids)) for inside, parent, out, own, kids in rows)
