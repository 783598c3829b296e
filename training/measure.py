"""How well does firsthand find who said what, in folders of our own corpus?

Usage: measure.py FOLDER ... [--half odd|even] [--show]
The figures are percentages. A link is an attribution whose content and whose source each share at least half of their
words (Jaccard) with one that was found, one to one; where no source stands in the text, none may have been found.
`--half` keeps the items with an odd or an even number; `--show` names what was missed and what was made up.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import NEWS, Item, Spans, read_item, tell_mode

from firsthand.attribution import find_attributions
from firsthand.model import Report, ReportId

WORD = re.compile(r"\w+(?:['’.\-]\w+)*")
MODES = ("direct", "mixed", "indirect")
HALF = 0.5


@dataclass(frozen=True)
class Link:
    """A source and a content, as spans and as the numbers of the words they cover."""

    source: Spans
    content: Spans
    source_words: frozenset[int]
    content_words: frozenset[int]


def score_items(items: Sequence[Item], language: str, show: bool = False) -> Counter[str]:
    """Count links marked, found and right, and by mode how many there are and how many of them were found."""
    counts: Counter[str] = Counter()
    for item in items:
        marked, found = _read_marked(item), _read_found(item, language)
        pairs = match_links(marked, found)
        counts.update(items=1, marked=len(marked), found=len(found), right=len(pairs))
        for number, link in enumerate(marked):
            mode = tell_mode(item.text, link.content)
            counts[mode] += 1
            counts[f"{mode} right"] += number in pairs
        if show:
            _show(item, marked, found, pairs)
    return counts


def match_links(marked: Sequence[Link], found: Sequence[Link]) -> dict[int, int]:
    """Return which marked link is which found one: contents paired best first, then both overlaps asked."""
    shares = sorted(
        (
            (_overlap(one.content_words, other.content_words), n, m)
            for n, one in enumerate(marked)
            for m, other in enumerate(found)
        ),
        reverse=True,
    )
    taken: dict[int, int] = {}
    for share, n, m in shares:
        if share > 0 and n not in taken and m not in taken.values():
            taken[n] = m
    return {n: m for n, m in taken.items() if _is_same(marked[n], found[m])}


def _is_same(one: Link, other: Link) -> bool:
    nobody = not one.source_words and not other.source_words
    return _overlap(one.content_words, other.content_words) >= HALF and (
        nobody or _overlap(one.source_words, other.source_words) >= HALF
    )


def _overlap(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _read_marked(item: Item) -> list[Link]:
    return [_make_link(item.text, a.get("s"), a.get("c")) for a in item.attributions]


def _read_found(item: Item, language: str) -> list[Link]:
    report = Report(
        id=ReportId(item.path.stem),
        path=item.path.name,
        title=item.header.get("title", ""),
        publisher=item.header.get("publisher", ""),
        url="",
        published=None,
        retrieved=None,
        language=language,
        text=item.text,
        body=((0, len(item.text)),),
    )
    return [_make_link(item.text, a.source_mention.spans, a.content.spans) for a in find_attributions((report,))[0]]


def _make_link(text: str, source: Spans, content: Spans) -> Link:
    return Link(source, content, frozenset(_cover(text, source)), frozenset(_cover(text, content)))


def _cover(text: str, spans: Spans) -> Iterator[int]:
    for number, word in enumerate(WORD.finditer(text)):
        if any(word.start() < end and start < word.end() for start, end in spans):
            yield number


def _show(item: Item, marked: Sequence[Link], found: Sequence[Link], pairs: dict[int, int]) -> None:
    print(f"== {item.style}/{item.path.name}")
    for sign, links, known in (("-", marked, set(pairs)), ("+", found, set(pairs.values()))):
        for number, link in enumerate(links):
            if number not in known:
                print(f"{sign} [{_say(item.text, link.source)}] {_say(item.text, link.content)}")


def _say(text: str, spans: Spans) -> str:
    return " ~ ".join(text[s:e] for s, e in spans)


def say_figures(counts: Counter[str]) -> str:
    """Return precision, recall and their harmonic mean, and recall by mode."""
    found, marked, right = (counts[name] for name in ("found", "marked", "right"))
    both = 200 * right / (found + marked) if found + marked else 0.0
    modes = ", ".join(f"{m} {_share(counts[f'{m} right'], counts[m])} of {counts[m]}" for m in MODES)
    return f"{counts['items']} items: P {_share(right, found)} R {_share(right, marked)} F {both:.1f}; recall {modes}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", help="folders of training/news, such as fr-presse")
    parser.add_argument("--half", choices=("odd", "even"))
    parser.add_argument("--show", action="store_true")
    chosen = parser.parse_args()
    for name in chosen.folders:
        paths = sorted((NEWS / name).glob("*.txt"))
        wanted = [p for n, p in enumerate(paths, 1) if chosen.half is None or (n % 2 == 1) == (chosen.half == "odd")]
        language = name[:2] if name[:3] in {"fr-", "de-", "es-"} else "en"
        print(f"{name}: {say_figures(score_items([read_item(Path(p)) for p in wanted], language, chosen.show))}")


if __name__ == "__main__":
    main()
