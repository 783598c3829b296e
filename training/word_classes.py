"""Which words stand in like company?

Words are gathered into classes by the words beside them: counts of left and right neighbours, weighed by positive
mutual information, brought to a few dimensions, and clustered. Deterministic: the same texts give the same classes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

WORD = re.compile(r"[^\W_]+(?:['’\-&.][^\W_]+)*|[^\w\s]")
CONTEXTS, DIMENSIONS, ROUNDS = 1200, 60, 25


def class_words(texts: Iterable[str], classes: int, least: int = 8) -> dict[str, int]:
    """Return the class of each word met at least `least` times, numbered from the class of the most frequent word."""
    lines = [[w.lower().replace("’", "'") for w in WORD.findall(text)] for text in texts]
    counts = Counter(w for line in lines for w in line)
    words = [w for w, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])) if n >= least]
    points = place_words(lines, words)
    groups = cluster_points(points, classes)
    order = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    return {word: order[group] for word, group in zip(words, groups, strict=True) if word[0].isalpha()}


def place_words(lines: Sequence[Sequence[str]], words: Sequence[str]) -> NDArray[np.float64]:
    """Return a point of unit length for each word, by its neighbours one and two places away on either side."""
    place = {word: i for i, word in enumerate(words)}
    table = np.zeros((len(words), 4 * CONTEXTS))
    for line in lines:
        known = [place.get(word, -1) for word in line]
        for step, block in ((-1, 0), (1, 1), (-2, 2), (2, 3)):
            for i, word in enumerate(known):
                j = i + step
                if word >= 0 and 0 <= j < len(known) and 0 <= known[j] < CONTEXTS:
                    table[word, block * CONTEXTS + known[j]] += 1
    total = table.sum()
    expected = np.outer(table.sum(1), table.sum(0) ** 0.75)
    expected *= total / max(expected.sum(), 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        gain = np.where(table > 0, np.log(table / expected), 0.0)
    gain = np.maximum(gain, 0)
    values, vectors = np.linalg.eigh(gain.T @ gain)
    best = np.argsort(-values)[:DIMENSIONS]
    points = gain @ vectors[:, best] / np.sqrt(np.maximum(values[best], 1e-9)) ** 0.5
    return points / np.maximum(np.linalg.norm(points, axis=1, keepdims=True), 1e-9)


def cluster_points(points: NDArray[np.float64], classes: int) -> list[int]:
    """Return the class of each point: spherical k-means from the first points that lie far from those chosen."""
    chosen = [0]
    nearest = points @ points[0]
    pool = min(len(points), 3000)
    while len(chosen) < classes:
        chosen.append(int(np.argmin(nearest[:pool])))
        nearest = np.maximum(nearest, points @ points[chosen[-1]])
    centres = points[chosen]
    for _ in range(ROUNDS):
        groups = np.argmax(points @ centres.T, axis=1)
        for k in range(classes):
            mine = points[groups == k]
            if len(mine):
                centres[k] = mine.sum(0) / max(float(np.linalg.norm(mine.sum(0))), 1e-9)
    return [int(k) for k in np.argmax(points @ centres.T, axis=1)]
