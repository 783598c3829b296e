"""How often is it right, of two reports of an archive that share text, which had it from which? (part of `origins.py`)

Families of a root and its copies as an archive holds them: some copies credit whom they took it from, or somebody else,
some link to it, some bear no date or one that is too early, and of some families the root is not in the archive, so
that none of its copies had it from another.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random

from cascades import Item, make_copies, write_cascades
from cascades.names import make_outlets
from table import print_row, print_title

from firsthand.archive import build_archive, trace_archive
from firsthand.model import FamilyEdge

SEED, FAMILIES = 17, 80
# The share of families without their root; of copies with a credit, a credit to another, a link, no date, a wrong date.
ROOTLESS, CREDITED, ASIDE, LINKED, UNDATED, MISDATED = 0.15, 0.3, 0.05, 0.15, 0.12, 0.06
# The parts of a reason's sentence that say what a direction rests on.
GROUNDS = {"credit": "beside it.", "link": "links to", "dates": "came first."}


@dataclass(frozen=True)
class Told:
    """What is said of one pair: what it rests on, whether one truly had it from the other, whether the way is right."""

    ground: str
    tied: bool
    directed: bool
    right: bool


def make_archived(seed: int, families: int) -> list[Item]:
    """Return copies and their roots as an archive holds them; who took from a root that is not there, from a latent."""
    rng, items = Random(seed), make_copies(seed, families)
    roots = {item.file: item for item in items if not item.ties}
    outside = make_outlets(rng, 8)
    gone = {name for name in sorted(roots) if rng.random() < ROOTLESS}
    held = [press(item, roots, rng, outside) for item in items if item.file not in gone]
    return [
        replace(item, ties=tuple(replace(tie, latent=tie.parent in gone) for tie in item.ties)) if item.ties else item
        for item in held
    ]


def press(item: Item, roots: dict[str, Item], rng: Random, outside: Sequence[str]) -> Item:
    """Return a copy with what its page shows of where it is from, and when."""
    if not item.ties:
        return item
    parent = roots[item.ties[0].parent]
    credited, aside, linked, undated, misdated = (
        rng.random() < share for share in (CREDITED, ASIDE, LINKED, UNDATED, MISDATED)
    )
    name = parent.publisher if credited else rng.choice(outside) if aside else ""
    credit = rng.choice(("({})", "Reporting by {}.", "With material from {}.")).format(name) if name else ""
    text = "\n\n".join(part for part in (item.text.rstrip(), credit) if part)
    if linked:
        text = f"{text}\n\nSee <>the report<> that this follows."
    early = item.published - timedelta(days=rng.randrange(4, 9))
    return replace(
        item,
        file=item.file.replace(".txt", ".html") if linked else item.file,
        text=text,
        links=(parent.url,) if linked else (),
        shown=None if undated else early if misdated else item.published,
    )


def read_edge(edge: FamilyEdge, names: dict[str, Item]) -> Told:
    """Return what one edge says, beside the truth."""
    child, parent = names[edge.child], names[edge.parent]
    tied = parent.file in child.parents or child.file in parent.parents
    ground = next((name for name, told in GROUNDS.items() if told in edge.reason.sentence), "none")
    return Told(ground, tied, edge.directed, edge.directed and parent.file in child.parents)


def list_told(items: Sequence[Item]) -> list[Told]:
    """Build an archive of the items, trace it, and return what is said of the pairs of each family."""
    by_file = {item.file: item for item in items}
    with tempfile.TemporaryDirectory() as folder:
        reports = write_cascades(items, Path(folder, "items"))
        build_archive(Path(folder, "archive"), [str(reports)], workers=0)
        spread = trace_archive(Path(folder, "archive"), limit=len(items))
    names = {report.id: by_file[Path(report.path).name] for report in spread.reports}
    edges = (edge for family in spread.families for edge in family.edges)
    return [read_edge(edge, names) for edge in edges if names[edge.child].publisher != names[edge.parent].publisher]


def print_directions(title: str) -> None:
    """Print how many directions are told and right, by what they rest on."""
    told = list_told(make_archived(SEED, FAMILIES))
    print_title(title)
    for ground in (*GROUNDS, ""):
        some = [one for one in told if one.directed and ground in ("", one.ground)]
        right = sum(one.right for one in some)
        print_row(
            f"direction, by {ground}" if ground else "direction, precision",
            _share(right, len(some)),
            f"of {len(some)}",
            "" if ground else ">= .95",
        )
    tied = [one for one in told if one.tied]
    print_row("direction, coverage", _share(sum(one.directed for one in tied), len(tied)), f"of {len(tied)}")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"


if __name__ == "__main__":
    print_directions("Directions in an archive of our own")
