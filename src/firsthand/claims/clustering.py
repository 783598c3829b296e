"""Which attributions say the same?

Average-linkage agglomeration of profiles by the chance that they say the same (Sokal and Michener 1958), by
nearest-neighbour chains (Benzecri 1982): quadratic time, and the same groups whatever pair is taken first.
Two contents whose numbers or places differ may well be in one claim: the difference is what a reader is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from firsthand.claims.likeness import Embed, compare_all, weigh_pairs
from firsthand.claims.profiles import Profile, Weights

# The upper end of the plateau (.18 to .30) of the F1 of pairs when each of 23 training topics is left out in turn:
# what is joined wrongly lends a claim voices that never spoke to it.
THRESHOLD = 0.3
# Who speaks to one claim may echo who speaks to a near one: lineage is looked for in matters.
MATTER = 0.1
ALIKE_OVER_BLOCKS = 0.1
LARGEST_TABLE = 2000


def group_profiles(profiles: Sequence[Profile], embed: Embed | None = None) -> list[list[list[int]]]:
    """Return matters, each with its claims, each with the indices of profiles that say the same, all in order.

    A matter is the same tree of profiles cut lower: what is about the same thing, whatever is said of it.
    Beyond `LARGEST_TABLE` profiles, those that share their weightiest term are grouped first and then the groups.
    `embed`: the vectors of a plug-in, where one is wanted.
    """
    groups: list[list[int]] = []
    wide: list[list[int]] = []
    blocks = split_blocks(profiles)
    for block in blocks:
        chances = weigh_pairs([profiles[at] for at in block], embed)
        groups += [[block[row] for row in group] for group in cut_tree(chances, THRESHOLD)]
        wide += [[block[row] for row in group] for group in cut_tree(chances, MATTER)]
    if len(blocks) > 1:
        groups = join_over_blocks(groups, profiles)
        wide = [*groups]
    return nest_groups(sorted(groups), wide)


def nest_groups(groups: Sequence[list[int]], wide: Sequence[Sequence[int]]) -> list[list[list[int]]]:
    """Return each group under the wider group that holds its first member, in the order of first members."""
    holder = {member: at for at, members in enumerate(wide) for member in members}
    nested: dict[int, list[list[int]]] = {}
    for group in groups:
        nested.setdefault(holder[group[0]], []).append(group)
    return list(nested.values())


def join_over_blocks(groups: Sequence[list[int]], profiles: Sequence[Profile]) -> list[list[int]]:
    """Return groups joined where their means are alike, which is their average likeness; the largest alone if many."""
    ordered = sorted(groups, key=lambda group: (-len(group), group))
    large, rest = ordered[:LARGEST_TABLE], ordered[LARGEST_TABLE:]
    means = [average_weights([profiles[at].weights for at in group]) for group in large]
    rows = cut_tree(compare_all(means), ALIKE_OVER_BLOCKS, [len(group) for group in large])
    return [sorted(at for row in joined for at in large[row]) for joined in rows] + rest


def average_weights(members: Sequence[Weights]) -> Weights:
    """Return the mean weight of each term over members of a group."""
    total: Counter[str] = Counter()
    for weights in members:
        total.update(weights)
    return {term: weight / len(members) for term, weight in total.items()}


def split_blocks(profiles: Sequence[Profile]) -> list[list[int]]:
    """Return indices in blocks small enough to compare all pairs, like things together."""
    if len(profiles) <= LARGEST_TABLE:
        return [list(range(len(profiles)))] if profiles else []
    keyed: dict[str, list[int]] = {}
    for at, profile in enumerate(profiles):
        keyed.setdefault(find_weightiest(profile.weights), []).append(at)
    return [
        sorted(members[start : start + LARGEST_TABLE])
        for _, members in sorted(keyed.items())
        for start in range(0, len(members), LARGEST_TABLE)
    ]


def find_weightiest(weights: Weights) -> str:
    """Return the term of greatest weight, the first by name among equals."""
    return min(weights, key=lambda term: (-weights[term], term), default="")


def cut_tree(likeness: NDArray[np.float64], threshold: float, sizes: Sequence[int] = ()) -> list[list[int]]:
    """Return groups of rows such that no two groups are, on average over their pairs, as like as `threshold`.

    `sizes` is how many things each row stands for, one each where it is empty.
    """
    counts = list(sizes) or [1] * len(likeness)
    alike = likeness.astype(np.float64, copy=True)
    np.fill_diagonal(alike, -np.inf)
    groups: list[list[int]] = [[row] for row in range(len(alike))]
    done: list[list[int]] = []
    chain: list[int] = []
    waiting = list(range(len(alike)))[::-1]
    while chain or waiting:
        if not chain:
            chain.append(waiting.pop())
        if not groups[chain[-1]]:
            chain.pop()
            continue
        nearest = find_nearest(alike, chain)
        if alike[chain[-1], nearest] < threshold:
            retired = chain.pop()
            done.append(sorted(groups[retired]))
            groups[retired] = []
            alike[retired], alike[:, retired] = -np.inf, -np.inf
        elif len(chain) > 1 and nearest == chain[-2]:
            waiting.append(join_groups(alike, groups, counts, (chain.pop(), chain.pop())))
        else:
            chain.append(nearest)
    return sorted(done)


def find_nearest(alike: NDArray[np.float64], chain: Sequence[int]) -> int:
    """Return the row likest to the chain's last, the one before it in the chain where there is a tie."""
    row = alike[chain[-1]]
    nearest = int(row.argmax())
    return chain[-2] if len(chain) > 1 and row[chain[-2]] == row[nearest] else nearest


def join_groups(alike: NDArray[np.float64], groups: list[list[int]], counts: list[int], pair: tuple[int, int]) -> int:
    """Put the second group into the first, its likeness to all others being the mean over pairs; return the first."""
    first, second = pair
    one, two = counts[first], counts[second]
    merged = (one * alike[first] + two * alike[second]) / (one + two)
    alike[first], alike[:, first] = merged, merged
    alike[second], alike[:, second] = -np.inf, -np.inf
    alike[first, first] = -np.inf
    counts[first] += two
    groups[first] += groups[second]
    groups[second] = []
    return first
