"""How are short articles made by the million?

Frames are drawn down to pools of words once; a batch of articles is then one array of random numbers and a join.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import numpy as np

from cascades.grammar import compile_frame

SKELETONS = 4000
BATCH = 2000
WORDS = 480
# A copied article keeps its first part, and its head is its copier's own.
KEPT = 0.8


def make_articles(
    seed: int, count: int, words: int = WORDS, copied: float = 0.2, outlets: int = 400
) -> Iterator[tuple[int, int, int, str]]:
    """Yield (number, family, outlet, text) of articles of about `words` words, 3 kB; some copy an earlier one.

    A share of `copied` opens with words of its own and keeps a stretch of about `KEPT` of its parent.
    A family's number is its root's. The same seed gives the same articles.
    """
    rng, numbers = Random(seed), np.random.default_rng(seed)
    pool, starts, sizes, frames = _lay_pools(rng)
    lengths = np.diff(frames)
    recent: list[tuple[int, list[str]]] = []
    for first in range(0, count, BATCH):
        many = min(BATCH, count - first)
        per = max(4, round(words / float(lengths.mean())))
        chosen = numbers.integers(0, len(lengths), many * per)
        ends = np.cumsum(lengths[chosen])
        cells = np.arange(ends[-1]) + np.repeat(frames[chosen] - ends + lengths[chosen], lengths[chosen])
        drawn = (starts[cells] + numbers.random(len(cells)) * sizes[cells]).astype(np.int64)
        bounds = np.concatenate([[0], ends[per - 1 :: per]])
        copies = numbers.random(many) < copied
        for at in range(many):
            text = [pool[n] for n in drawn[bounds[at] : bounds[at + 1]].tolist()]
            family = first + at
            if copies[at] and recent:
                family, parent = recent[int(numbers.integers(len(recent)))]
                keep = round(KEPT * len(parent))
                text = text[: words - keep] + parent[len(parent) - keep :]
            else:
                recent.append((family, text))
            yield first + at, family, int(numbers.integers(outlets)), " ".join(text)
        del recent[: max(0, len(recent) - 2 * BATCH)]


def _lay_pools(rng: Random) -> tuple[list[str], np.ndarray, np.ndarray, np.ndarray]:
    """Return all words in one list; where the pool of each place starts, and its size; where each frame begins."""
    pool: list[str] = []
    known: dict[tuple[str, ...], int] = {}
    starts, sizes, frames = [], [], [0]
    for _ in range(SKELETONS):
        places = compile_frame("SENTENCE", rng)
        places[-1] = tuple(word + "." for word in places[-1])
        for words in places:
            if words not in known:
                known[words] = len(pool)
                pool += words
            starts.append(known[words])
            sizes.append(len(words))
        frames.append(len(starts))
    return pool, np.array(starts), np.array(sizes), np.array(frames)
