"""With what weights do the signs of a derivation become the chance that it is one?

Makes stories of the kinds set apart for tuning (`benchmarks/cascades`), traces them, and fits for each rule a logistic
regression of whether one report did take from the other, or both from a third, on the signs the rule saw, or where a
rule has one judged chance, by how much that is to be moved; and on the topics of `train_claims.py`, whether what was
gathered in a claim, or in one near it, says the same; on the part of our news that attribution is not trained on, by
how much likelier it is that somebody speaks in a place than that all is read rightly there. Writes
`src/firsthand/origins/weights.toml` with digests of what the stories were made from.
Run from the repository's root: `python training/train_origins.py`.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
BENCHMARKS = ROOT / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import measure_attribution  # noqa: E402
from cascades import TEST_KINDS, TUNE_KINDS, make_stories, write_story  # noqa: E402 - lies beside the package
from logistic import Table, fit_shift, fit_weights, measure_calibration, predict  # noqa: E402
from train_claims import HELD_OUT, TEXTS, read_pile  # noqa: E402

from firsthand import trace_paths  # noqa: E402
from firsthand.claims import gather_claims  # noqa: E402
from firsthand.model import Attribution, Claim, Derivation  # noqa: E402
from firsthand.origins import common, echoes, retold, saying, shared  # noqa: E402
from firsthand.origins.derive import list_stated  # noqa: E402
from firsthand.origins.index import Index  # noqa: E402
from firsthand.origins.signs import SHIFTS, Signs, load_shifts  # noqa: E402
from origins import list_true_edges, match_attributions, match_reports  # noqa: E402

WEIGHTS = ROOT / "src" / "firsthand" / "origins" / "weights.toml"
SEED, EVENTS = 101, 30
# How far, in log odds, a judged chance is taken to be off before anything is seen.
DOUBT = 0.5
# One story in so many is asked what its claims say, so that they weigh no more than the topics of `train_claims.py`.
SPARSE = 4
FITTED = (shared.RULE, retold.RULE, retold.DESCRIBED)
Row = tuple[str, Signs, bool]
Finding = tuple[str, float, bool]
Ends = frozenset[str]


@dataclass(frozen=True)
class Seen:
    """What the rules look at in some stories (rule, signs, whether it is so), and what they say at a judged chance."""

    rows: list[Row] = field(default_factory=list)
    judged: list[Finding] = field(default_factory=list)


def look_at_stories(kinds: Iterable[str], seed: int, events: int) -> Seen:
    """Return all that the rules look at in stories of these kinds."""
    seen = Seen()
    for number, story in enumerate(make_stories(seed, events, list(kinds))):
        with tempfile.TemporaryDirectory() as folder:
            reports = write_story(story, Path(folder))
            truth = json.loads(Path(folder, "truth.json").read_text(encoding="utf-8"))
            trace = trace_paths([str(reports)])
        files = match_reports(truth, trace)
        found = match_attributions(truth, trace, files)
        said = [(one["claim"], found[one["id"]]) for one in truth["attributions"] if one["id"] in found]
        if number % SPARSE == 0:
            seen.rows.extend(compare_sayings(trace.claims, said))
        direct, _, removed, siblings = list_true_edges(truth)
        tied = {frozenset(edge) for edge in direct | removed} | siblings
        index = Index(trace.reports, trace.attributions, trace.sources, trace.claims)
        told = list_stated(index)
        for rule, signs, ends in list_signs(index, told):
            seen.rows.append((rule, signs, frozenset(files[end] for end in ends) in tied))
        for rule, chance, ends in list_judged(index, told, files):
            seen.judged.append((rule, chance, ends in tied))
    return seen


def list_signs(index: Index, told: Sequence[Derivation]) -> Iterator[tuple[str, Signs, tuple[str, str]]]:
    """Yield (rule, signs, the two reports) of what is shared and what is retold."""
    for sharing in shared.list_shared(index):
        ends = sharing.child.span.report, sharing.parent.span.report
        yield shared.RULE, shared.list_signs(index, sharing), ends
    for found in echoes.list_retold(index, told):
        rule = retold.DESCRIBED if found.described else retold.RULE
        yield rule, found.signs, (found.child.report, found.parent.report)


def list_judged(index: Index, told: Sequence[Derivation], files: Mapping[str, str]) -> list[tuple[str, float, Ends]]:
    """Return (rule, judged chance, the two files) of what the rules without signs say, each pair of files once."""
    found = [*told, *echoes.find_echoes(index, told)]
    found += common.find_common(index, found)
    held = set()
    for one in found:
        ends = frozenset(files[end.report] for end in (one.child, one.parent) if end)
        if len(ends) == 2 and one.reason.rule not in FITTED:
            held.add((one.reason.rule, unshift_chance(one.reason.rule, one.probability), ends))
    return sorted(held, key=lambda row: (row[0], row[1], sorted(row[2])))


def unshift_chance(rule: str, chance: float) -> float:
    """Return the chance as it was judged, before the shift that is in force was added."""
    return round(1.0 / (1.0 + (1.0 - chance) / chance * math.exp(load_shifts().get(rule, 0.0))), 3)


def list_sayings(topics: Iterable[Path]) -> Iterator[Row]:
    """Yield (rule, signs, whether it is so) of what says the same as a claim: its own contents and those near it."""
    for path in topics:
        reports, said = read_pile(path)
        claims = gather_claims(reports, [attribution for _, attribution in said], ())
        yield from compare_sayings(claims, said)


def compare_sayings(claims: Sequence[Claim], said: Sequence[tuple[str, Attribution]]) -> Iterator[Row]:
    """Yield whether each content in a claim, or near it, bears the label of the one nearest to the claim's sentence."""
    labels = {attribution.id: label for label, attribution in said}
    for claim in claims:
        near = {a for other in claims if other.matter == claim.matter for a in other.attributions}
        asked = {a.id: len(saying.share_details(claim, a)) for _, a in said if a.id in claim.attributions}
        head = max(sorted(asked), key=lambda a: asked[a], default=None)
        for _, attribution in said:
            if len(asked) > 1 and attribution.id in near and attribution.id != head:
                same = labels[attribution.id] == labels[head]
                yield saying.RULE, saying.list_signs(claim, attribution), same


def list_speaking() -> Iterator[Finding]:
    """Yield (rule, chance of an attribution, whether its content and source touch a true one's) of our news."""
    found = measure_attribution.find_in(measure_attribution.read_items(test=True))
    for item, row in zip(found.items, found.attributions, strict=True):
        truth = [(one.get("c"), one.get("s")) for one in item.attributions]
        for one in row:
            spoken = any(
                touch(one.content.spans, content) and (not source or touch(one.source_mention.spans, source))
                for content, source in truth
            )
            yield saying.SPEAKS, one.probability, spoken


def touch(mine: Iterable[tuple[int, int]], theirs: Sequence[tuple[int, int]]) -> bool:
    """Tell whether two lists of spans overlap anywhere."""
    return any(start < stop and begin < end for start, end in mine for begin, stop in theirs)


def gather_rows(rows: Iterable[Row]) -> Mapping[str, tuple[list[str], Table, Table]]:
    """Return for each rule the names of its signs, their values (rows, signs), and what is so (rows,)."""
    found = defaultdict(list)
    for rule, signs, true in rows:
        found[rule].append((signs, true))
    gathered = {}
    for rule, held in sorted(found.items()):
        names = list(held[0][0])
        values = np.array([[signs[name] for name in names] for signs, _ in held], dtype=np.float64)
        gathered[rule] = names, values, np.array([true for _, true in held], dtype=np.float64)
    return gathered


def fit_shifts(judged: Sequence[Finding]) -> dict[str, float]:
    """Return by how much, in log odds, the judged chances of each rule must move."""
    found = defaultdict(list)
    for rule, chance, true in judged:
        found[rule].append((chance, float(true)))
    tables = {rule: np.array(held) for rule, held in sorted(found.items())}
    return {rule: fit_shift(held[:, 0], held[:, 1], DOUBT) for rule, held in tables.items()}


def write_weights(fitted: Mapping[str, tuple[list[str], Table]], shifts: Mapping[str, float], told: str) -> None:
    """Write the weights with digests of the sources that the stories are made from."""
    lines = [
        f'source = "Fitted by training/train_origins.py on generated stories of the kinds '
        f'{", ".join(TUNE_KINDS)}, seed {SEED}, on training/claims/*.txt and the test part of training/news. {told}"',
        "",
    ]
    for rule, (names, weights) in fitted.items():
        lines += [f'["{rule}"]', f"bias = {weights[0]:.3f}"]
        lines += [f'"{name}" = {weight:.3f}' for name, weight in zip(names, weights[1:], strict=True)]
        lines.append("")
    lines += [f"[{SHIFTS}]", *(f'"{rule}" = {shift:.2f}' for rule, shift in shifts.items()), "", "[digests]"]
    for path in sorted([*BENCHMARKS.glob("cascades/*.py"), *BENCHMARKS.glob("cascades/*.toml")]):
        lines.append(f'"{path.name}" = "{hashlib.sha256(path.read_bytes()).hexdigest()}"')
    WEIGHTS.write_text("\n".join([*lines, ""]), encoding="utf-8")


def main() -> None:
    """Fit on the kinds to tune on, measure on those held out, and write."""
    seen, unseen = look_at_stories(TUNE_KINDS, SEED, EVENTS), look_at_stories(TEST_KINDS, SEED, EVENTS // 2)
    topics = sorted(TEXTS.glob("*.txt"))
    held = gather_rows([*unseen.rows, *list_sayings(path for path in topics if path.stem in HELD_OUT)])
    rows = [*seen.rows, *list_sayings(path for path in topics if path.stem not in HELD_OUT)]
    fitted, told = {}, []
    for rule, (names, values, true) in gather_rows(rows).items():
        weights = fit_weights(values, true)
        fitted[rule] = names, weights
        error = measure_calibration(predict(weights, values), true)
        _, others, so = held[rule]
        chance = predict(weights, others)
        right = float(np.mean((chance >= 0.5) == (so >= 0.5)))
        told.append(
            f"{rule}: {len(true)} rows, calibration error {error:.3f}; held out: {len(so)} rows, "
            f"error {measure_calibration(chance, so):.3f}, {right:.2f} on the right side of .5."
        )
    judged = [*seen.judged, *list_speaking()]
    shifts = fit_shifts(judged)
    print("\n".join(told))
    for rule, (names, weights) in fitted.items():
        print(rule, {n: round(float(w), 2) for n, w in zip(["bias", *names], weights, strict=True)})
    for rule, shift in shifts.items():
        print(f"{rule}: {sum(row[0] == rule for row in judged)} findings, moved by {shift:.2f}")
    write_weights(fitted, shifts, " ".join(told))


if __name__ == "__main__":
    main()
