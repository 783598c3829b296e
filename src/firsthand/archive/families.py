"""Which reports go back to one text?

Every report is tied to at most one other: of those that came before it, the one it shares most with.
So a round-up that takes from two stories joins the one it took more from, and does not melt the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

# The share of the words of one of two texts that makes them versions of one. Within one publisher it is asked of both:
# what stands around every report of a publisher can be most of a short one.
VERSIONS, OWN_VERSIONS = 0.3, 0.4
# Less than that is a passage: so many words, in so few reports that it is no formula.
PASSAGE, RARE = 12, 200

Columns = Mapping[str, NDArray[Any]]
Numbers = NDArray[np.int64]


class Forest(NamedTuple):
    """For each report (n,): the one it is tied to or -1, the number of the first of its family, and its rank."""

    parents: Numbers
    roots: Numbers
    ranks: Numbers


def grow_forest(traced: Columns, ties: Columns) -> Forest:
    """Return whom each report is tied to. `traced`: number and rank of each; `ties`: what pairs share."""
    ranks = np.asarray(traced["rank"], np.int64)
    parents = np.full(len(ranks), -1, np.int64)
    kept = np.flatnonzero(_accept_ties(ties))
    share = np.maximum(ties["child_share"], ties["parent_share"])
    order = np.lexsort((ties["rank"][kept], -ties["parent_share"][kept], -ties["same"][kept], -share[kept]))
    backwards = kept[order][::-1]
    parents[ties["child"][backwards]] = ties["parent"][backwards]
    return Forest(parents, _find_roots(parents), ranks)


def list_families(forest: Forest, wanted: NDArray[np.bool_] | None = None) -> list[Numbers]:
    """Return the families of two and more, each by rank, those with most reports that are `wanted` first.

    Without `wanted` all are; a family none of whose reports is wanted is left out.
    """
    sizes = np.bincount(forest.roots, minlength=len(forest.roots))
    weights = sizes if wanted is None else np.bincount(forest.roots[wanted], minlength=len(sizes))
    roots = np.flatnonzero((sizes >= 2) & (weights > 0))
    roots = roots[np.lexsort((forest.ranks[roots], -sizes[roots], -weights[roots]))]
    members = np.lexsort((forest.ranks, forest.roots))
    starts = np.searchsorted(forest.roots[members], roots)
    return [members[start : start + sizes[root]] for start, root in zip(starts, roots, strict=True)]


def _accept_ties(ties: Columns) -> NDArray[np.bool_]:
    share = np.maximum(ties["child_share"], ties["parent_share"])
    own = np.asarray(ties["own"], np.bool_)
    both = np.minimum(ties["child_share"], ties["parent_share"])
    versions = np.where(own, both >= OWN_VERSIONS, share >= VERSIONS)
    passages = ~own & (ties["holders"] <= RARE)
    return np.asarray((ties["same"] >= PASSAGE) & (versions | passages), np.bool_)


def _find_roots(parents: Numbers) -> Numbers:
    """Return the first of each one's line, by jumping twice as far each time."""
    roots = np.where(parents < 0, np.arange(len(parents)), parents)
    while True:
        further = roots[roots]
        if np.array_equal(further, roots):
            return roots
        roots = further
