"""How good is attribution on the part of our own corpus that is never trained on?

Usage: measure_attribution.py [--train] [--setting NAME] prints the figures of the test part (or of that trained on).
A link is right where content and source each overlap the truth by half of the words of both. A chain is right where
every relay and the speaker are named, in order: a speaker who reports his own words is no relay of himself, and the
author's "I" is the outlet's. A quotation that goes on in its paragraph counts as one with its first.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import corpus

from firsthand.attribution import find_attributions
from firsthand.model import Attribution, Report, ReportId, Source, SourceId, SourceKind

WORD = re.compile(r"\w+(?:['’.\-]\w+)*")
SMALL = frozenset(re.findall(r"\w+", "a an the of in at for on and to s by from with who whom that his her its their"))
BINS = 10
Words = frozenset[int]


@dataclass(frozen=True)
class Found:
    """What is found on a corpus, beside the truth."""

    items: tuple[corpus.Item, ...]
    attributions: tuple[tuple[Attribution, ...], ...]
    sources: dict[SourceId, Source]


def read_items(test: bool = True, folder: Path = corpus.NEWS) -> tuple[corpus.Item, ...]:
    """Return the English items of the test part, or of the part trained on."""
    held_out = set(corpus.tomllib.loads((folder / "split.toml").read_text(encoding="utf-8"))["test"])
    paths = [path for path in sorted(folder.glob("*/*.txt")) if (path.parent.name in held_out) == test]
    return tuple(corpus.read_item(path, test) for path in paths if not path.parent.name.endswith("-presse"))


def digest_items(items: Iterable[corpus.Item]) -> str:
    """Return the sha256 of the files of a corpus, in their order."""
    told = hashlib.sha256()
    for item in items:
        told.update(item.path.read_bytes())
    return told.hexdigest()


def find_in(items: Sequence[corpus.Item], setting: str = "balanced") -> Found:
    """Return what is found in the items, each read as a pile of its own."""
    rows, sources = [], {}
    for number, item in enumerate(items):
        report = Report(
            id=ReportId(f"r{number}"),
            path=str(number),
            title=item.header.get("title", ""),
            publisher=item.header.get("publisher", ""),
            url="",
            published=None,
            retrieved=None,
            language="en",
            text=item.text,
            body=((0, len(item.text)),),
        )
        attributions, named = find_attributions([report], setting)
        renamed = {one.id: SourceId(f"{number} {one.id}") for one in named}
        sources |= {renamed[one.id]: one for one in named}
        rows.append(
            tuple(
                replace(one, source=renamed[one.source], chain=tuple(renamed[link] for link in one.chain))
                for one in attributions
            )
        )
    return Found(items=tuple(items), attributions=tuple(rows), sources=sources)


def cover(words: Sequence[re.Match[str]], spans: Iterable[tuple[int, int]]) -> Words:
    """Return the numbers of the words that spans cover."""
    held = list(spans)
    return frozenset(i for i, m in enumerate(words) if any(s < m.end() and m.start() < e for s, e in held))


def overlap(one: Words, other: Words) -> float:
    """Return how much two sets of words share, 0 to 1."""
    return len(one & other) / len(one | other) if one | other else 0.0


def join_truth(item: corpus.Item) -> tuple[corpus.Attribution, ...]:
    """Return an item's attributions; a quotation without a cue is joined to the one its paragraph goes on with."""
    joined: list[corpus.Attribution] = []
    for one in sorted(item.attributions, key=lambda a: a.get("c")):
        last = next((a for a in reversed(joined) if a.get("s") == one.get("s") and a.get("k")), None)
        if last is None or one.get("k") or "\n" in item.text[last.get("c")[-1][1] : one.get("c")[0][0]]:
            joined.append(one)
        else:
            roles = {**last.roles, "c": tuple(sorted((*last.get("c"), *one.get("c"))))}
            joined[joined.index(last)] = corpus.Attribution(
                last.number, last.cue_class, last.kind, last.who, last.via, last.plural, roles
            )
    return tuple(joined)


def pair(item: corpus.Item, found: Sequence[Attribution]) -> tuple[list[corpus.Attribution], dict[int, Attribution]]:
    """Return the truth of an item and, by its place, the likeliest attribution that says the same of it."""
    words = list(WORD.finditer(item.text))
    truth = list(join_truth(item))
    wanted = [(cover(words, one.get("c")), cover(words, one.get("s"))) for one in truth]
    paired: dict[int, Attribution] = {}
    for one in sorted(found, key=lambda a: (-a.probability, a.id)):
        content, source = cover(words, one.content.spans), cover(words, one.source_mention.spans)
        fits = [
            (overlap(content, c), -i)
            for i, (c, s) in enumerate(wanted)
            if i not in paired and overlap(content, c) >= 0.5 and (source == s or overlap(source, s) >= 0.5)
        ]
        if fits:
            paired[-max(fits)[1]] = one
    return truth, paired


def is_named(known: Source, name: str) -> bool:
    """Say whether a source is the one the truth names: half of the words of the shorter name are shared."""
    wanted = _pick_words(name)
    return any(
        2 * len(wanted & mine) >= max(1, min(len(wanted), len(mine)))
        for mine in map(_pick_words, (known.name, *known.names))
        if wanted & mine
    )


def _pick_words(name: str) -> frozenset[str]:
    words = frozenset(w.lower().removesuffix("'s").removesuffix("’s") for w in re.findall(r"[\w'’]+", name))
    return words - SMALL or words


def measure(found: Found) -> dict[str, float]:
    """Return the figures, each between 0 and 1."""
    count: Counter[str] = Counter()
    judged: list[tuple[float, bool]] = []
    for item, attributions in zip(found.items, found.attributions, strict=True):
        truth, paired = pair(item, attributions)
        right = {one.id for one in paired.values()}
        judged += [(one.probability, one.id in right) for one in attributions]
        count["found"] += len(attributions)
        for place, one in enumerate(truth):
            mode = corpus.tell_mode(item.text, one.get("c"))
            count["true"] += 1
            count[f"true {mode}"] += 1
            if place in paired:
                count["right"] += 1
                count[f"right {mode}"] += 1
                _count_chain(item, one, paired[place], found.sources, count)
                _count_unnamed(item, one, paired[place], found.sources, count)
    return _divide(count) | {"calibration error": round(measure_calibration(judged), 3)}


def _count_chain(
    item: corpus.Item, one: corpus.Attribution, mine: Attribution, sources: dict[SourceId, Source], count: Counter
) -> None:
    via = _list_relays(one)
    relays = [sources[link] for link in mine.chain[1:-1]]
    whole = len(relays) == len(via) and all(map(is_named, relays, via))
    speaker = one.kind == "none" or is_named(sources[mine.chain[-1]], one.who) or _is_author(item, one, mine)
    count["speakers"] += 1
    count["speakers right"] += speaker
    count["chains"] += 1
    count["chains right"] += whole and speaker
    if via:
        count["relayed"] += 1
        count["relayed right"] += whole and speaker


def _list_relays(one: corpus.Attribution) -> tuple[str, ...]:
    """Return the relays without the speaker himself, who stands among them in "she said she hoped"."""
    return tuple(link for link in one.via if _pick_words(link) != _pick_words(one.who))


def _is_author(item: corpus.Item, one: corpus.Attribution, mine: Attribution) -> bool:
    """Say whether the author speaks in the first person, whom a report knows only as its outlet."""
    return len(mine.chain) == 1 and bool(one.who) and one.who == item.header.get("author")


def _count_unnamed(
    item: corpus.Item, one: corpus.Attribution, mine: Attribution, sources: dict[SourceId, Source], count: Counter
) -> None:
    if one.kind != "unnamed":
        return
    count["unnamed"] += 1
    count["unnamed right"] += mine.source_kind is SourceKind.UNNAMED
    spoken = {"i": sources[mine.source].speaks_for, "a": mine.access, "n": mine.anonymity}
    for role, words in spoken.items():
        for start, end in one.get(role)[:1]:
            wanted, got = _pick_words(item.text[start:end]), _pick_words(words)
            count[f"unnamed {role}"] += 1
            count[f"unnamed {role} right"] += 2 * len(wanted & got) >= len(wanted)


def _divide(count: Counter) -> dict[str, float]:
    ratio = lambda a, b: round(count[a] / count[b], 3) if count[b] else 0.0  # noqa: E731
    precision, recall = ratio("right", "found"), ratio("right", "true")
    figures = {
        "link precision": precision,
        "link recall": recall,
        "link F": round(2 * count["right"] / max(1, count["found"] + count["true"]), 3),
    }
    figures |= {f"recall {mode}": ratio(f"right {mode}", f"true {mode}") for mode in ("direct", "mixed", "indirect")}
    clauses = [f"unnamed {role}" for role in "ian"]
    count["clauses"] = sum(count[name] for name in clauses)
    count["clauses right"] = sum(count[f"{name} right"] for name in clauses)
    names = {"speakers": "speakers", "chains": "chains", "chains with relays": "relayed"}
    names |= {"unnamed known as such": "unnamed", "clauses of the unnamed": "clauses"}
    names |= {"institutions": "unnamed i", "access": "unnamed a", "anonymity": "unnamed n"}
    return figures | {label: ratio(f"{name} right", name) for label, name in names.items()}


def measure_calibration(judged: Sequence[tuple[float, bool]]) -> float:
    """Return the expected calibration error: how far, in ten bins, chances lie from what was right."""
    return sum(len(row) / len(judged) * abs(said - so) for said, so, row in tabulate(judged)) if judged else 0.0


def tabulate(
    judged: Sequence[tuple[float, bool]],
) -> list[tuple[float, float, Sequence[tuple[float, bool]]]]:
    """Return for each bin of probability what was said, what was so, and its cases."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for chance, right in judged:
        bins[min(BINS - 1, int(chance * BINS))].append((chance, right))
    return [(sum(c for c, _ in row) / len(row), sum(r for _, r in row) / len(row), row) for row in bins if row]


def main() -> None:
    """Print the figures and how far the chances can be believed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", action="store_true", help="measure the part that is trained on")
    parser.add_argument("--setting", default="balanced")
    chosen = parser.parse_args()
    items = read_items(test=not chosen.train)
    found = find_in(items, chosen.setting)
    for name, figure in measure(found).items():
        print(f"{name:24s} {figure:.3f}")
    judged = []
    for item, attributions in zip(items, found.attributions, strict=True):
        right = {one.id for one in pair(item, attributions)[1].values()}
        judged += [(one.probability, one.id in right) for one in attributions]
    print("said   so     of")
    for said, so, row in tabulate(judged):
        print(f"{said:.2f}   {so:.2f}   {len(row)}")
    print(f"{len(items)} items, digest {digest_items(items)}")


if __name__ == "__main__":
    main()
