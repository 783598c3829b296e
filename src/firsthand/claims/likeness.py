"""How probable is it that two contents say the same?

Signs of a pair, each a number from 0 to 1, are weighed together by a logistic regression.
Its weights are in `weights.toml`, fitted by `training/train_claims.py` on texts written for that purpose.
"To say the same" is to answer one question of fact about one event, with whatever answer: a denial says the same
as what it denies, and eight trucks the same as twelve, for the difference is shown as a discrepancy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firsthand.claims.profiles import Profile, Weights
from firsthand.claims.terms import load_toml

Table = NDArray[np.float64]
SHARPNESS = 8  # the norm that stands for "the rarest shared term": high enough to be near the maximum
FEW_WORDS = 6.0
EMBEDDED, EMBEDDED_MIDDLE = 6.0, 0.5
Embed = Callable[[Sequence[str]], Sequence[Sequence[float]]]
"""What a plug-in under the entry point `firsthand.embedders` is: texts in, one vector of floats for each out."""
KINDS = ("how many", "place", "when", "who")
WAY = ("from", "via", "to")


@cache
def load_weights() -> Mapping[str, float]:
    """Return the weight of each sign, and of `bias`."""
    table = load_toml("weights.toml")["weights"]
    assert isinstance(table, dict)
    return {str(name): float(value) for name, value in table.items()}


def weigh_pairs(profiles: Sequence[Profile], embed: Embed | None = None) -> Table:
    """Return the chance that each pair of contents says the same, shape (n, n), 0 to 1 and symmetric.

    Rounded, so that the order in which a processor adds up never decides between two equal pairs.
    `embed`: a plug-in's vectors of the texts, whose cosine is one more sign, of a weight that is not fitted.
    """
    known = load_weights()
    logit = np.full((len(profiles), len(profiles)), known["bias"])
    for name, sign in list_signs(profiles):
        logit += known[name] * sign
    if embed is not None and profiles:
        logit += EMBEDDED * (compare_vectors(embed([p.text for p in profiles])) - EMBEDDED_MIDDLE)
    return np.asarray(np.round(1.0 / (1.0 + np.exp(-logit)), 9), dtype=np.float64)


def list_signs(profiles: Sequence[Profile]) -> Iterator[tuple[str, Table]]:
    """Yield each sign with its value for every pair, shape (n, n)."""
    for name, sign in _measure_signs(profiles):
        yield name, np.asarray(sign, dtype=np.float64)


def _measure_signs(profiles: Sequence[Profile]) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield the same as numbers or truth values."""
    content = compare_all([p.content for p in profiles])
    near = find_equal([p.place[0] for p in profiles]) & find_neighbours([p.place[1] for p in profiles])
    around = np.where(near, content, compare_all([p.weights for p in profiles]))
    contained = share_least([p.rarity for p in profiles])
    abroad = ~find_equal([p.language for p in profiles])
    brief = np.array([min(1.0, len(p.content) / FEW_WORDS) for p in profiles], dtype=np.float64)
    brief = 1.0 - np.minimum(brief[:, None], brief[None, :])
    own = find_equal([p.source for p in profiles])
    yield "content", content
    yield "around", around
    yield "contained", contained
    yield "rarest", find_rarest([p.rarity for p in profiles])
    yield "meanings", np.minimum(1.0, count_shared([p.meanings for p in profiles]) / 2.0)
    yield "words in a row", share_least([dict.fromkeys(p.runs, 1.0) for p in profiles])
    yield from _list_names(profiles)
    yield from _list_facts(profiles)
    yield "one source", own
    yield "one source, alike", own * around
    yield "neighbours", near
    yield "two languages", abroad
    yield "two languages, alike", abroad * around
    yield "brief", brief
    context = np.where(near, content, compare_all([p.context for p in profiles]))
    yield "context", context
    yield "brief, in context", brief * context
    yield "headline", _meet_headline(profiles)


def _meet_headline(profiles: Sequence[Profile]) -> Table:
    """Return how far both of a pair stand near what the pile's titles say."""
    headline = np.array([p.headline for p in profiles], dtype=np.float64)
    return np.asarray(np.sqrt(headline[:, None] * headline[None, :]))


def _list_names(profiles: Sequence[Profile]) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield whether names are shared, and whether both name somebody or something and never the same."""
    shared = share_least([dict.fromkeys(p.names, 1.0) for p in profiles])
    named = np.array([bool(p.names) for p in profiles], dtype=np.bool_)
    yield "names", shared
    yield "other names", ~shared.astype(np.bool_) & named[:, None] & named[None, :]


def _list_facts(profiles: Sequence[Profile]) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield for each kind of detail whether a value is shared, and whether one thing has two values.

    That something leaves, passes or reaches one place in both tells of one event, however generally the one and in
    however much detail the other tells it; that a place is named in both tells little.
    """
    ways = [frozenset((f[0], f[2]) for f in p.facts if f[0] in WAY and f[1] == "name") for p in profiles]
    yield "route agrees", count_shared(ways).astype(np.bool_)
    for kind in KINDS:
        facts = [frozenset(f[1:] for f in p.facts if f[0] == kind) for p in profiles]
        same = count_shared(facts).astype(np.bool_)
        typed = count_shared([frozenset(name for name, _ in some) for some in facts]).astype(np.bool_)
        yield f"{kind} agrees", same
        yield f"{kind} differs", typed & ~same


def compare_vectors(vectors: Sequence[Sequence[float]]) -> Table:
    """Return the cosine of each pair of vectors, shape (n, n); a vector of nothing is like none."""
    table = np.asarray(vectors, dtype=np.float64)
    length = np.linalg.norm(table, axis=1, keepdims=True)
    table = np.divide(table, length, out=np.zeros_like(table), where=length > 0)
    return np.asarray(np.round(table @ table.T, 9))


def find_equal(names: Sequence[str]) -> NDArray[np.bool_]:
    """Return which pairs have the same name, shape (n, n)."""
    codes = np.unique(np.array(names), return_inverse=True)[1]
    return np.asarray(codes[:, None] == codes[None, :])


def find_neighbours(places: Sequence[int]) -> NDArray[np.bool_]:
    """Return which pairs of sentences are one or stand side by side, shape (n, n); an unknown place (-1) has none."""
    numbers = np.array(places, dtype=np.int64)
    known = numbers >= 0
    near = np.abs(numbers[:, None] - numbers[None, :]) <= 1
    return np.asarray(near & known[:, None] & known[None, :])


def fill_table(rows: Sequence[Weights], change: Callable[[float], float] = float) -> Table:
    """Return the weights of those terms that two rows or more share, shape (n, terms)."""
    counts = Counter(term for row in rows for term in row)
    shared = {term: at for at, term in enumerate(sorted(term for term, count in counts.items() if count > 1))}
    table = np.zeros((len(rows), len(shared)))
    for at, row in enumerate(rows):
        for term, weight in row.items():
            if term in shared:
                table[at, shared[term]] = change(weight)
    return table


def compare_all(rows: Sequence[Weights]) -> Table:
    """Return the cosine of each pair of unit vectors, shape (n, n)."""
    table = fill_table(rows)
    return np.asarray(np.round(table @ table.T, 12))


def share_least(rows: Sequence[Weights]) -> Table:
    """Return what each pair shares, as a part of what the lesser of the two weighs, shape (n, n)."""
    table = fill_table(rows, lambda weight: float(weight**0.5))
    mass = np.array([sum(weight for _, weight in sorted(row.items())) for row in rows], dtype=np.float64)
    least = np.minimum(mass[:, None], mass[None, :])
    return np.asarray(np.divide(table @ table.T, least, out=np.zeros_like(least), where=least > 0))


def find_rarest(rows: Sequence[Weights]) -> Table:
    """Return the weight of the rarest term that each pair shares, as a part of the highest there is, shape (n, n)."""
    top = max((weight for row in rows for weight in row.values()), default=1.0) or 1.0
    table = fill_table(rows, lambda weight: float((weight / top) ** (SHARPNESS / 2)))
    return np.asarray(np.minimum(1.0, (table @ table.T) ** (1.0 / SHARPNESS)))


def count_shared(rows: Sequence[Collection[object]]) -> Table:
    """Return how many members each pair of sets shares, shape (n, n)."""
    table = fill_table([{str(member): 1.0 for member in row} for row in rows])
    return np.asarray(table @ table.T)
