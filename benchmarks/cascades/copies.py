"""Which reports are copies of which, wholly or in part?

Families of one root and its copies, by texts of our own or by any texts the user points at.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from cascades.grammar import expand, write_sentences
from cascades.items import Item, Tie
from cascades.names import make_outlets, slug
from cascades.takings import Taken, Text, abridge, cut_quote, edit, lay_out, new_words, read_text, smudge, splice

START = datetime(2021, 3, 1, 6)
# The first are whole documents; the last two take parts of one or two others.
WHOLE_KINDS = ("verbatim", "abridged", "edited 8 %", "edited 20 %", "scanned", "template")
COPY_KINDS = (*WHOLE_KINDS, "spliced", "quoting")
Taking = Callable[[Text, Text, Random], list[Taken]]


def _quote(first: Text, second: Text, rng: Random) -> list[Taken]:
    """Return sentences of its own around three quotes of 12 to 40 words."""
    words: list[Taken] = []
    lengths = [rng.randrange(12, 25), rng.randrange(25, 41), rng.randrange(12, 41)]
    for third in rng.sample(range(3), 3):
        words += new_words(" ".join(write_sentences(rng, 4)))
        size = len(first.places) // 3
        part = replace(first, places=first.places[third * size : (third + 1) * size])
        quote = [replace(w, parent=first, at=w.at + third * size) for w in cut_quote(part, rng, lengths[third])]
        words += [*quote, Taken("wrote"), Taken(expand("NAME", rng) + ".")]
    return words


TAKINGS: Mapping[str, Taking] = {
    "verbatim": lambda first, second, rng: first.words,
    "abridged": lambda first, second, rng: abridge(first.words, rng),
    "edited 8 %": lambda first, second, rng: edit(first.words, rng, 0.08),
    "edited 20 %": lambda first, second, rng: edit(first.words, rng, 0.20),
    "scanned": lambda first, second, rng: smudge(first.words, rng),
    "template": lambda first, second, rng: abridge(first.words, rng, 0.8),
    "spliced": splice,
    "quoting": _quote,
}


def make_copies(
    seed: int, families: int, kinds: Sequence[str] = COPY_KINDS, texts: Sequence[str] = (), outlets: int = 40
) -> list[Item]:
    """Return families of a root and a copy of each kind, in order of time; publishers have templates of their own.

    `texts`: what the roots say; where there are too few, or none, sentences of our own grammar. A spliced copy takes
    from its own root and the next family's. What takes only parts of others is a family of its own.
    """
    rng = Random(seed)
    papers = make_outlets(rng, outlets)
    templates = {paper: write_template(paper, rng) for paper in papers}
    roots, shown = [], []
    for number in range(families):
        body = texts[number].strip() if number < len(texts) else write_paragraphs(rng, rng.randrange(10, 26))
        header, footer = templates[rng.choice(papers)]
        text = header + body + footer
        roots.append(read_text(f"f{number:05d}-root.txt", text, len(header), len(header) + len(body)))
        shown.append(
            (next(p for p in papers if templates[p][0] == header), START + timedelta(minutes=rng.randrange(90_000)))
        )
    items = []
    for number, (root, (paper, when)) in enumerate(zip(roots, shown, strict=True)):
        family = f"family-{number:05d}"
        items.append(make_copy(root.file, paper, root.text, when, family))
        others = rng.sample([p for p in papers if p != paper], len(kinds))
        for kind, other in zip(kinds, others, strict=True):
            words = TAKINGS[kind](root, roots[(number + 1) % families], rng)
            held = templates[other] if kind == "template" or rng.random() < 0.5 else ("", "")
            text, runs = lay_out(words, rng, *held)
            name = root.file.replace("root", re.sub(r"\W+", "-", kind).strip("-"))
            parents = dict.fromkeys(w.parent.file for w in words if w.parent)
            ties = tuple(Tie(parent, "quoted" if kind == "quoting" else "copied", "text") for parent in parents)
            later = when + timedelta(minutes=rng.randrange(20, 4000))
            copy = make_copy(name, other, text, later, family if kind in WHOLE_KINDS else name)
            items.append(replace(copy, ties=ties, runs=runs))
    return sorted(items, key=lambda item: (item.published, item.file))


def make_copy(file: str, publisher: str, text: str, when: datetime, family: str) -> Item:
    """Return an item with nothing known about it yet."""
    return Item(
        file=file,
        publisher=publisher,
        title="",
        url=f"https://{slug(publisher)}.example/{file[:-4]}",
        text=text,
        published=when,
        shown=when,
        family=family,
    )


def write_template(paper: str, rng: Random) -> tuple[str, str]:
    """Return what a publisher puts before and after all it prints."""
    before, after = (" ".join(write_sentences(rng, count)) for count in (2, 3))
    return f"{paper} \u2013 {before}\n\n", f"\n\nAbout {paper}: {after}\n"


def write_paragraphs(rng: Random, count: int) -> str:
    """Return so many sentences in paragraphs."""
    sentences = write_sentences(rng, count)
    return "".join(s + ("\n\n" if rng.random() < 0.3 else " ") for s in sentences).strip()


def read_texts(path: Path) -> list[str]:
    """Return the texts of a folder of .txt files, or the "text" of each line of a .jsonl or .jsonl.gz file."""
    if path.is_dir():
        return [held.read_text(encoding="utf-8", errors="replace") for held in sorted(path.rglob("*.txt"))]
    data = path.read_bytes()
    lines = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8").splitlines()
    return [str(json.loads(line)["text"]) for line in lines if line.strip()]
