"""How often do unrelated texts share five words in a row by chance? `cd benchmarks; python -m cascades.overlap [TEXTS]`

Each text is cut to its first 300 words. Printed are the share of a text's 5-grams that stand in one other text, and the
share that stand in any of 60 others: for our own press prose, for what the generator writes, and for texts given.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from statistics import mean

from cascades.articles import make_articles
from cascades.copies import read_texts
from cascades.grammar import write_sentences
from cascades.kinds import make_stories

NEWS = Path(__file__).parents[2] / "training" / "news"
GRAM, LENGTH, SHORTEST, OTHERS, PAIRS = 5, 300, 150, 60, 20_000
_MARK = re.compile(r"\{[skcianh]\d+(?: [skcianh]\d+)*\|([^{}]*)\}")

Grams = frozenset[tuple[str, ...]]


def read_news() -> list[str]:
    """Return the items of our own corpus without header and marks."""
    texts = []
    for path in sorted(NEWS.glob("*/*.txt")):
        text = path.read_text(encoding="utf-8").split("\n---\n")[0].split("\n\n", 1)[1]
        while _MARK.search(text):
            text = _MARK.sub(r"\1", text)
        texts.append(text)
    return texts


def list_grams(text: str) -> Grams:
    words = re.findall(r"\w+", text.casefold())[:LENGTH]
    return frozenset(tuple(words[at : at + GRAM]) for at in range(len(words) - GRAM + 1))


def measure_overlap(texts: Sequence[str]) -> tuple[int, float, float]:
    """Return (texts, share of 5-grams in one other, share in any of `OTHERS` others)."""
    held = [grams for grams in map(list_grams, texts) if len(grams) >= SHORTEST - GRAM + 1]
    rng, places = Random(1), range(len(held))
    pairs = [rng.sample(places, 2) for _ in range(PAIRS)]
    one = mean(len(held[a] & held[b]) / len(held[a]) for a, b in pairs)
    many = []
    for at in places:
        others = rng.sample([n for n in places if n != at], min(OTHERS, len(held) - 1))
        many.append(len(held[at] & frozenset().union(*(held[n] for n in others))) / len(held[at]))
    return len(held), one, mean(many)


def main() -> None:
    rng = Random(3)
    rows = [
        ("our own press prose", read_news()),
        ("sentences of the grammar", [" ".join(write_sentences(rng, 28)) for _ in range(200)]),
        ("short articles", [text for *_, text in make_articles(3, 300, copied=0.0)]),
        ("first reports of stories", [story.items[0].text for story in make_stories(11, 30)]),
    ]
    rows += [(path, rng.sample(texts := read_texts(Path(path)), min(400, len(texts)))) for path in sys.argv[1:]]
    for name, texts in rows:
        count, one, many = measure_overlap(texts)
        print(f"{name[-40:]:42s} {count:5d} texts  in one other {one:.4%}  in any of {OTHERS} others {many:.2%}")


if __name__ == "__main__":
    main()
