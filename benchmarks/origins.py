"""How well is it found who took what from whom, and how many voices there are? (`python benchmarks/origins.py`)

Measured on stories and copies of our own generator, apart for the kinds that numbers were fitted on and for those held
out, and on any folders with a `truth.json` in the form of our piles that are given as arguments.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path, PurePath
from statistics import mean
from typing import Any

from agreement import measure_agreement
from cascades import TEST_KINDS, TUNE_KINDS, make_stories, write_story
from copied import print_copies
from directions import print_directions
from table import print_row, print_title

from firsthand import trace_paths
from firsthand.model import Attribution, Trace

SEED, EVENTS = 7, 10
SAME_WORDS, SAME_NAME = 0.5, 0.5
BINS = 10
Edge = tuple[str, str]
Truth = Mapping[str, Any]


@dataclass
class Figures:
    """What is counted over the stories of a kind."""

    found: Counter[str] = field(default_factory=Counter)
    agreement: list[float] = field(default_factory=list)
    errors: list[float] = field(default_factory=list)
    inside: list[bool] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    chances: list[tuple[float, bool]] = field(default_factory=list)

    def add(self, other: Figures) -> None:
        """Take in the figures of another story or kind."""
        self.found.update(other.found)
        for name in ("agreement", "errors", "inside", "widths", "chances"):
            getattr(self, name).extend(getattr(other, name))


def split_words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def compare_words(first: str, second: str) -> float:
    mine, theirs = set(split_words(first)), set(split_words(second))
    return len(mine & theirs) / max(1, len(mine | theirs))


def is_same_name(first: str, second: str) -> bool:
    mine, theirs = (set(split_words(one)) - {"a", "an", "the", "of"} for one in (first, second))
    return bool(mine and theirs) and len(mine & theirs) / min(len(mine), len(theirs)) >= SAME_NAME


def join_quote(said: Truth) -> str:
    return " ".join(said["quote"]) if isinstance(said["quote"], list) else str(said["quote"])


def match_reports(truth: Truth, trace: Trace) -> dict[str, str]:
    """Return the truth's file of each report; the items of a feed in their order."""
    files = defaultdict(list)
    for held in truth["reports"]:
        files[held["file"].split("#")[0]].append(held["file"])
    found = {}
    for report in trace.reports:
        names = files.get(PurePath(report.path).name.split("#")[0], [])
        if names:
            found[str(report.id)] = names.pop(0)
    return found


def match_attributions(truth: Truth, trace: Trace, files: Mapping[str, str]) -> dict[str, Attribution]:
    """Return the attribution found for each true one: the same words, the same source where there is a choice."""
    by_file = defaultdict(list)
    for one in trace.attributions:
        by_file[files.get(one.report)].append(one)
    ranked = []
    for said in truth["attributions"]:
        for one in by_file[said["file"]]:
            alike = compare_words(join_quote(said), one.content.text)
            if alike >= SAME_WORDS:
                named = is_same_name(said["source_text"], one.source_mention.text)
                ranked.append((not named, -alike, said["id"], one.id, one))
    matched: dict[str, Attribution] = {}
    taken = set()
    for _, _, name, found, one in sorted(ranked, key=lambda row: row[:4]):
        if name not in matched and found not in taken:
            matched[name] = one
            taken.add(found)
    return matched


def measure_calibration(chances: Sequence[tuple[float, bool]]) -> float:
    """Return the expected calibration error over `BINS` bins of equal width."""
    bins = defaultdict(list)
    for chance, right in chances:
        bins[min(BINS - 1, int(chance * BINS))].append((chance, right))
    gaps = (abs(sum(c for c, _ in held) - sum(r for _, r in held)) for held in bins.values())
    return sum(gaps) / max(1, len(chances))


def score_origins(truth: Truth, trace: Trace, matched: Mapping[str, Attribution], figures: Figures) -> None:
    """Count how well origins are told apart, claim by claim, and whether originators are right."""
    origin_of = {member: origin.id for origin in trace.origins for member in origin.attributions}
    names = {source.id: (source.name, *source.names) for source in trace.sources}
    for claim in truth["claims"]:
        items = {(s["file"], s["origin"]): s for s in truth["attributions"] if s["claim"] == claim["id"]}
        found = [origin_of.get(matched[s["id"]].id, s["id"]) if s["id"] in matched else s["id"] for s in items.values()]
        value = measure_agreement([origin for _, origin in items], found)
        if value is not None:
            figures.agreement += [value] * (len(items) if len(truth["claims"]) > 1 else 1)
    for said in truth["attributions"]:
        figures.found["said"] += 1
        if one := matched.get(said["id"]):
            figures.found["matched"] += 1
            wanted = [*said["chain"][-1].split("|"), said["source_text"]]
            last = one.chain[-1] if one.chain else one.source
            held = [*names.get(last, ()), re.sub(r"[-_:]+", " ", last)]
            figures.found["originator"] += any(is_same_name(a, b) for a in wanted for b in held)


def list_true_edges(truth: Truth) -> tuple[set[Edge], set[Edge], set[Edge], set[frozenset[str]]]:
    """Return edges shown by the texts, those only inferred, those at several removes, and pairs with one parent."""
    direct, hidden, parents = set(), set(), defaultdict(set)
    closure: set[Edge] = set()
    for held in truth["reports"]:
        for tie in held["derives_from"]:
            edge = held["file"], tie["parent"]
            parents[held["file"]].add(tie["parent"])
            if tie.get("latent"):
                continue
            closure.add(edge)
            if tie["kind"] != "indirect":
                direct.add(edge)
                if tie.get("signal") == ["inferred"]:
                    hidden.add(edge)
    while more := {(a, d) for a, b in closure for c, d in closure if b == c and a != d} - closure:
        closure |= more
    siblings = {frozenset(pair["pair"]) for pair in truth["undirected"]}
    siblings |= {frozenset(pair) for pair in combinations(parents, 2) if parents[pair[0]] & parents[pair[1]]}
    return direct, hidden, closure - direct, siblings


def score_edges(truth: Truth, trace: Trace, files: Mapping[str, str], figures: Figures) -> None:
    """Count edges between reports, the most probable of each pair, and whether they point the right way."""
    direct, hidden, removed, siblings = list_true_edges(truth)
    best: dict[frozenset[str], tuple[float, Edge, bool, str]] = {}
    for one in trace.derivations:
        child, parent = files.get(one.child.report), files.get(one.parent.report) if one.parent else None
        if child is None or parent is None or child == parent:
            continue
        pair = frozenset((child, parent))
        row = one.probability, (child, parent), one.directed, one.reason.rule
        if pair not in best or row[0] > best[pair][0]:
            best[pair] = row
    wanted = {frozenset(edge) for edge in direct}
    count = figures.found
    count["edges"] += len(wanted - {frozenset(edge) for edge in hidden})
    for pair, (chance, edge, directed, rule) in best.items():
        back = edge[1], edge[0]
        tolerated = edge in removed or (not directed and (back in removed or pair in siblings))
        right = pair in wanted or tolerated
        figures.chances.append((chance, right))
        count[f"rule {rule} {'right' if right else 'wrong'}"] += 1
        if pair in wanted:
            count["edges right"] += 1
            count["edges met"] += edge not in hidden and back not in hidden
            count["directed"] += directed
            count["right way"] += directed and edge in direct
        elif not tolerated:
            count["edges wrong"] += 1


def score_count(truth: Truth, trace: Trace, matched: Mapping[str, Attribution], figures: Figures) -> None:
    """Compare the number of voices behind the main claim with the truth: the claim that holds most of its words."""
    held, main = truth["origins"], {claim["id"] for claim in truth["claims"] if claim.get("main")}
    said = {matched[s["id"]].id for s in truth["attributions"] if s["claim"] in main and s["id"] in matched}
    claim = max(trace.claims, key=lambda c: len(said & set(c.attributions)), default=None)
    voices = (claim.origins if claim else None) or trace.voices
    true = (held["asserting_min"] + held["asserting_max"]) / 2
    figures.errors.append(abs(voices.expected - true))
    figures.inside.append(voices.low <= true <= voices.high)
    figures.widths.append(voices.high - voices.low)


def score_folder(folder: Path) -> Figures:
    """Trace the reports of a folder and compare with its `truth.json`."""
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    trace, figures = trace_paths([str(folder / "reports")]), Figures()
    files = match_reports(truth, trace)
    matched = match_attributions(truth, trace, files)
    score_origins(truth, trace, matched, figures)
    score_edges(truth, trace, files, figures)
    score_count(truth, trace, matched, figures)
    return figures


def score_kinds(kinds: Iterable[str], seed: int = SEED, events: int = EVENTS) -> Iterator[tuple[str, Figures]]:
    """Yield the figures of stories of each kind."""
    for kind in kinds:
        figures = Figures()
        for story in make_stories(seed, events, [kind]):
            with tempfile.TemporaryDirectory() as folder:
                write_story(story, Path(folder))
                figures.add(score_folder(Path(folder)))
        yield kind, figures


def divide(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def list_figures(figures: Figures) -> dict[str, float]:
    """Return what a reader looks at."""
    n = figures.found
    return {
        "ARI": mean(figures.agreement) if figures.agreement else float("nan"),
        "edge P": divide(n["edges right"], n["edges right"] + n["edges wrong"]),
        "edge R": divide(n["edges met"], n["edges"]),
        "way": divide(n["right way"], n["directed"]),
        "told": divide(n["directed"], n["edges right"]),
        "ECE": measure_calibration(figures.chances),
        "orig": divide(n["originator"], n["matched"]),
        "found": divide(n["matched"], n["said"]),
        "err": mean(figures.errors),
        "in": mean(figures.inside),
        "width": mean(figures.widths),
    }


def print_kinds(title: str, scored: Iterable[tuple[str, Figures]]) -> Figures:
    """Print a line for each kind and one for all; return the figures of all."""
    total, head = Figures(), False
    print_title(title)
    for name, figures in scored:
        row = list_figures(figures)
        if not head:
            print(f"  {'':20s}" + "".join(f"{key:>8s}" for key in row), flush=True)
            head = True
        print(f"  {name:20s}" + "".join(f"{value:8.2f}" for value in row.values()), flush=True)
        total.add(figures)
    print(f"  {'all':20s}" + "".join(f"{value:8.2f}" for value in list_figures(total).values()), flush=True)
    return total


def print_goals(total: Figures) -> None:
    """Print the figures beside those asked for."""
    row = list_figures(total)
    print_row("origins per claim, adjusted Rand index", f"{row['ARI']:.2f}", "", ">= .80")
    print_row("edges, precision at recall", f"{row['edge P']:.2f} at {row['edge R']:.2f}", "", ">= .90 at .70")
    print_row("originators right", f"{row['orig']:.2f}", f"of {row['found']:.2f} found", ">= .85")
    print_row("direction, precision at coverage", f"{row['way']:.2f} at {row['told']:.2f}", "", ">= .95")
    print_row("calibration error of edges", f"{row['ECE']:.2f}", "", "<= .05")
    print_row("origin count, mean error", f"{row['err']:.2f}", f"width {row['width']:.2f}", "<= .3 (hidden wire)")
    print_row("truth inside [low, high]", f"{row['in']:.2f}", "", ">= .95")


def print_rules(total: Figures) -> None:
    """Print how often each rule, where it was the one that spoke loudest, was right."""
    rules = sorted({key.rsplit(" ", 1)[0] for key in total.found if key.startswith("rule ")})
    for rule in rules:
        right, wrong = total.found[f"{rule} right"], total.found[f"{rule} wrong"]
        print(f"  {rule.removeprefix('rule '):34s} right {right:4d}  wrong {wrong:4d}", flush=True)


def main() -> None:
    folders = [Path(one) for one in sys.argv[1:] if not one.startswith("--")]
    if folders:
        piles = [held.parent for folder in folders for held in sorted(folder.glob("**/truth.json"))]
        total = print_kinds("Given piles", ((pile.name, score_folder(pile)) for pile in piles))
        print_goals(total)
        print_rules(total)
        return
    print_rules(print_kinds("Kinds of story to tune on", score_kinds(TUNE_KINDS)))
    total = print_kinds("Kinds of story held out", score_kinds(TEST_KINDS))
    print_goals(total)
    print_rules(total)
    print_copies("Copies of texts of our own")
    print_directions("Directions in an archive of our own")


if __name__ == "__main__":
    main()
