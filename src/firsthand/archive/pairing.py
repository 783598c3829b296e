"""Which reports share runs of words, asked of fingerprints in memory?

What `store.passages` asks in SQL, by sorting: both give the same rows, and a test holds them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from firsthand.archive.choosing import choose_prints, split_prints
from firsthand.store.passages import CANDIDATES, CLOSE, MANY, TEMPLATE_REPORTS, TEMPLATE_SECONDS, TEMPLATE_SHARE, weigh

# So many fingerprints are looked at in one part, but each part reads all of them.
PART_PRINTS, MOST_PARTS = 16_000_000, 32
SHIFT, LAST = np.int64(32), np.int64((1 << 32) - 1)

Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]
Short = NDArray[np.int32]


class Prints(NamedTuple):
    """The fingerprints of all reports (n,), in the order of their numbers; those of each begin at (reports + 1,)."""

    hashes: Hashes
    begins: Numbers


class Ranked(NamedTuple):
    """Of each report by its number (reports,): its place in the order of publication from 1 on, its publisher, moment.

    `dated`: whether there is a moment.
    """

    ranks: Short
    publishers: Short
    moments: Numbers
    dated: NDArray[np.bool_]


class Pairs(NamedTuple):
    """Of each pair (n,): two reports, how many fingerprints they share, their weight, the fewest that hold one."""

    child: Numbers | Short
    parent: Numbers | Short
    shared: Numbers
    weight: Numbers
    holders: Numbers


def pair_prints(prints: Prints, ranked: Ranked, since: int, compiled: bool) -> tuple[Pairs, NDArray[np.bool_]]:
    """Return the candidates of reports from number `since` on and of those they touch, and which reports these are."""
    renewed, wanted = np.ones(len(ranked.ranks), np.bool_), None
    if since:
        renewed = _find_renewed(prints, since, compiled)
        wanted = np.unique(prints.hashes[np.repeat(renewed, np.diff(prints.begins))])
    parts = min(MOST_PARTS, 1 << (len(prints.hashes) // PART_PRINTS).bit_length())
    found = [_pair_part(prints, ranked, renewed, wanted, (part, parts, compiled)) for part in range(parts)]
    best = _keep_best(_sum_pairs(found) if parts > 1 else found[0])
    reports = np.empty(len(ranked.ranks) + 1, np.int64)
    reports[ranked.ranks] = np.arange(len(ranked.ranks))
    return best._replace(child=reports[best.child], parent=reports[best.parent]), renewed


def _find_renewed(prints: Prints, since: int, compiled: bool) -> NDArray[np.bool_]:
    """Say of each report whether it is new or shares a fingerprint with one, that not more than `MANY` hold."""
    fresh = np.unique(prints.hashes[prints.begins[since] :])
    hashes, reports = choose_prints(prints.hashes, prints.begins, (0, 1), fresh, compiled)
    places = np.searchsorted(fresh, hashes)
    few = np.bincount(places, minlength=len(fresh)) <= MANY
    renewed = np.arange(len(prints.begins) - 1) >= since
    renewed[reports[few[places]]] = True
    return renewed


def _pair_part(
    prints: Prints, ranked: Ranked, renewed: NDArray[np.bool_], wanted: Hashes | None, how: tuple[int, int, bool]
) -> Pairs:
    """Pair the holders of each fingerprint of one part with its first, by rank."""
    if wanted is None:
        pieces = split_prints(prints.hashes, prints.begins, how[:2], how[2])
    else:
        pieces = iter([choose_prints(prints.hashes, prints.begins, how[:2], wanted, how[2])])
    found = [_pair_holders(hashes, reports, ranked, renewed) for hashes, reports in pieces]
    keys, holders = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.argsort(keys)
    keys, holders = keys[order], holders[order]
    starts = find_starts(keys)
    return Pairs(
        child=keys[starts] >> SHIFT,
        parent=keys[starts] & LAST,
        shared=np.diff(np.append(starts, len(keys))),
        weight=_reduce(np.add, weigh(np.arange(holders.max(initial=0) + 1))[holders], starts),
        holders=_reduce(np.minimum, holders, starts),
    )


def _pair_holders(
    hashes: Hashes, reports: Short, ranked: Ranked, renewed: NDArray[np.bool_]
) -> tuple[Numbers, Numbers]:
    """Pair the holders of each fingerprint with its first: both as one number, and how many hold it."""
    order = np.argsort(hashes)
    hashes, reports = hashes[order], reports[order]
    starts = find_starts(hashes)
    holders = np.diff(np.append(starts, len(hashes)))
    templates = _find_templates(holders, reports, ranked)
    ranks = ranked.ranks[reports]
    first = np.repeat(_reduce(np.minimum, ranks, starts), holders)
    kept = np.flatnonzero((ranks > first) & renewed[reports] & np.repeat(~templates, holders))
    return ranks[kept].astype(np.int64) << SHIFT | first[kept], np.repeat(holders, holders)[kept]


def _reduce(way: np.ufunc, values: Numbers | Short, starts: Numbers) -> Numbers:
    """Return what is made of the values of each group; nothing where there is none."""
    return np.asarray(way.reduceat(values, starts) if len(starts) else values)


def find_starts(values: Hashes | Numbers | Short) -> Numbers:
    """Return where each other value begins, in a row in which equal ones are neighbours."""
    return np.flatnonzero(np.append(True, values[1:] != values[:-1])[: len(values)])


def _find_templates(holders: Numbers, reports: Short, ranked: Ranked) -> NDArray[np.bool_]:
    """Say of each fingerprint whether one publisher prints it again and again and hardly anybody else does."""
    templates = np.zeros(len(holders), np.bool_)
    many = np.flatnonzero(holders >= TEMPLATE_REPORTS)
    if not len(many):
        return templates
    groups = np.repeat(many, holders[many])
    held = reports[np.repeat(holders >= TEMPLATE_REPORTS, holders)]
    keys = groups << SHIFT | ranked.publishers[held]
    order = np.argsort(keys)
    groups, held = groups[order], held[order]
    begins = find_starts(keys[order])
    often, group = np.diff(np.append(begins, len(keys))), groups[begins]
    most = np.iinfo(np.int64).max // 2
    moments, dated = ranked.moments[held], ranked.dated[held]
    latest = np.maximum.reduceat(np.where(dated, moments, -most), begins)
    earliest = np.minimum.reduceat(np.where(dated, moments, most), begins)
    own = (often >= TEMPLATE_REPORTS) & (often >= TEMPLATE_SHARE * holders[group])
    templates[group[own & (latest - earliest >= TEMPLATE_SECONDS)]] = True
    return templates


def _sum_pairs(parts: Sequence[Pairs]) -> Pairs:
    """Add up the rows of each pair; return them by child and parent."""
    child, parent, *_ = pairs = Pairs(*map(np.concatenate, zip(*parts, strict=True)))
    keys = child << SHIFT | parent
    order = np.argsort(keys)
    starts = find_starts(keys[order])
    return Pairs(
        child=child[order[starts]],
        parent=parent[order[starts]],
        shared=_reduce(np.add, pairs.shared[order], starts),
        weight=_reduce(np.add, pairs.weight[order], starts),
        holders=_reduce(np.minimum, pairs.holders[order], starts),
    )


def _keep_best(pairs: Pairs) -> Pairs:
    """Keep of each child the pairs of most weight, of the same weight the earlier parents."""
    starts = find_starts(pairs.child)
    if not len(starts):
        return pairs
    heaviest = np.repeat(np.maximum.reduceat(pairs.weight, starts), np.diff(np.append(starts, len(pairs.child))))
    close = np.flatnonzero(pairs.weight * CLOSE >= heaviest)
    close = close[np.lexsort((pairs.parent[close], -pairs.weight[close], pairs.child[close]))]
    starts = find_starts(pairs.child[close])
    places = np.arange(len(close)) - np.repeat(starts, np.diff(np.append(starts, len(close))))
    best = close[places < CANDIDATES]
    return Pairs(pairs.child[best], pairs.parent[best], pairs.shared[best], pairs.weight[best], pairs.holders[best])
