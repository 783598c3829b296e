"""Which reports share runs of words, asked of fingerprints in memory?

What `store.passages` asks in SQL, by sorting: both give the same rows, and a test holds them together.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from firsthand.archive.choosing import choose_prints
from firsthand.store.passages import CANDIDATES, CLOSE, MANY, TEMPLATE_REPORTS, TEMPLATE_SECONDS, TEMPLATE_SHARE, weigh

# So many fingerprints are looked at in one part, but each part reads all of them.
PART_PRINTS, MOST_PARTS = 2_000_000, 32
SHIFT = np.int64(32)

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
    summed = _sum_pairs(Pairs(*map(np.concatenate, zip(*found, strict=True))))
    best = _keep_best(summed)
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
    hashes, reports = choose_prints(prints.hashes, prints.begins, how[:2], wanted, how[2])
    order = np.argsort(hashes)
    hashes, reports = hashes[order], reports[order]
    starts = find_starts(hashes)
    holders = np.diff(np.append(starts, len(hashes)))
    templates = _find_templates(holders, reports, ranked)
    ranks = ranked.ranks[reports]
    first = np.repeat(np.minimum.reduceat(ranks, starts) if len(starts) else ranks, holders)
    kept = np.flatnonzero((ranks > first) & renewed[reports] & np.repeat(~templates, holders))
    weights = np.repeat(weigh(np.arange(holders.max(initial=0) + 1))[holders], holders)
    ones = np.ones(len(kept), np.int64)
    return _sum_pairs(Pairs(ranks[kept], first[kept], ones, weights[kept], np.repeat(holders, holders)[kept]))


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


def _sum_pairs(pairs: Pairs) -> Pairs:
    """Add up the rows of each pair; return them by child and parent."""
    keys = pairs.child.astype(np.int64) << SHIFT | pairs.parent
    order = np.argsort(keys)
    keys = keys[order]
    starts = find_starts(keys)
    if not len(starts):
        return pairs
    return Pairs(
        child=keys[starts] >> SHIFT,
        parent=keys[starts] & ((1 << 32) - 1),
        shared=np.add.reduceat(pairs.shared[order], starts),
        weight=np.add.reduceat(pairs.weight[order], starts),
        holders=np.minimum.reduceat(pairs.holders[order], starts),
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
