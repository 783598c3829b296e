"""With what weights do the signs of a derivation become the chance that it is one?

Makes stories of the kinds set apart for tuning (`benchmarks/cascades`), traces them, and fits for each rule a logistic
regression of whether one report did take from the other, or both from a third, on the signs the rule saw. Writes
`src/firsthand/origins/weights.toml` with digests of what the stories were made from.
Run from the repository's root: `python training/train_origins.py`.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).parent.parent
BENCHMARKS = ROOT / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

from cascades import TEST_KINDS, TUNE_KINDS, make_stories, write_story  # noqa: E402 - lies beside the package

from firsthand import trace_paths  # noqa: E402
from firsthand.model import Derivation  # noqa: E402
from firsthand.origins import echoes, retold, shared  # noqa: E402
from firsthand.origins.derive import list_stated  # noqa: E402
from firsthand.origins.index import Index  # noqa: E402
from firsthand.origins.signs import Signs  # noqa: E402
from origins import list_true_edges, match_reports  # noqa: E402

WEIGHTS = ROOT / "src" / "firsthand" / "origins" / "weights.toml"
SEED, EVENTS = 101, 30
RIDGE, STEPS = 1.0, 60
Table = NDArray[np.float64]
Row = tuple[str, Signs, bool]


def list_rows(kinds: Iterable[str], seed: int, events: int) -> Iterator[Row]:
    """Yield (rule, signs, whether it is so) of all that the rules look at in stories of these kinds."""
    for story in make_stories(seed, events, list(kinds)):
        with tempfile.TemporaryDirectory() as folder:
            reports = write_story(story, Path(folder))
            truth = json.loads(Path(folder, "truth.json").read_text(encoding="utf-8"))
            trace = trace_paths([str(reports)])
        files = match_reports(truth, trace)
        direct, _, removed, siblings = list_true_edges(truth)
        tied = {frozenset(edge) for edge in direct | removed} | siblings
        index = Index(trace.reports, trace.attributions, trace.sources, trace.claims)
        told = list_stated(index)
        for rule, signs, ends in list_seen(index, told):
            yield rule, signs, frozenset(files[end] for end in ends) in tied


def list_seen(index: Index, told: Sequence[Derivation]) -> Iterator[tuple[str, Signs, tuple[str, str]]]:
    """Yield (rule, signs, the two reports) of what is shared and what is retold."""
    for sharing in shared.list_shared(index):
        ends = sharing.child.span.report, sharing.parent.span.report
        yield shared.RULE, shared.list_signs(index, sharing), ends
    for found in echoes.list_retold(index, told):
        if not found.described:
            yield retold.RULE, found.signs, (found.child.report, found.parent.report)


def fit_weights(signs: Table, true: Table) -> Table:
    """Return bias and weights that make what was seen likeliest, drawn to zero by a ridge (Newton's method)."""
    table = np.column_stack([np.ones(len(signs)), signs])
    penalty = np.full(table.shape[1], RIDGE)
    penalty[0] = 1e-6
    weights = np.zeros(table.shape[1])
    for _ in range(STEPS):
        chance = predict(weights, signs)
        slope = table.T @ (chance - true) + penalty * weights
        curve = (table * (chance * (1 - chance))[:, None]).T @ table + np.diag(penalty)
        weights -= np.linalg.solve(curve, slope)
    return weights


def predict(weights: Table, signs: Table) -> Table:
    """Return the chance of each row."""
    return np.asarray(1.0 / (1.0 + np.exp(-(weights[0] + signs @ weights[1:]))))


def measure_calibration(chance: Table, true: Table, bins: int = 10) -> float:
    """Return the expected calibration error over bins of equal width."""
    place = np.minimum((chance * bins).astype(int), bins - 1)
    gaps = (abs((chance - true)[place == b].sum()) for b in range(bins))
    return float(sum(gaps) / max(1, len(chance)))


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


def write_weights(fitted: Mapping[str, tuple[list[str], Table]], told: str) -> None:
    """Write the weights with digests of the sources that the stories are made from."""
    lines = [
        f'source = "Fitted by training/train_origins.py on generated stories of the kinds '
        f'{", ".join(TUNE_KINDS)}, seed {SEED}. {told}"',
        "",
    ]
    for rule, (names, weights) in fitted.items():
        lines += [f'["{rule}"]', f"bias = {weights[0]:.3f}"]
        lines += [f'"{name}" = {weight:.3f}' for name, weight in zip(names, weights[1:], strict=True)]
        lines.append("")
    lines.append("[digests]")
    for path in sorted([*BENCHMARKS.glob("cascades/*.py"), *BENCHMARKS.glob("cascades/*.toml")]):
        lines.append(f'"{path.name}" = "{hashlib.sha256(path.read_bytes()).hexdigest()}"')
    WEIGHTS.write_text("\n".join([*lines, ""]), encoding="utf-8")


def main() -> None:
    """Fit on the kinds to tune on, measure on those held out, and write."""
    seen = gather_rows(list_rows(TUNE_KINDS, SEED, EVENTS))
    held = gather_rows(list_rows(TEST_KINDS, SEED, EVENTS // 2))
    fitted, told = {}, []
    for rule, (names, values, true) in seen.items():
        weights = fit_weights(values, true)
        fitted[rule] = names, weights
        error = measure_calibration(predict(weights, values), true)
        _, others, so = held[rule]
        chance = predict(weights, others)
        right = float(np.mean((chance >= 0.5) == (so >= 0.5)))
        told.append(
            f"{rule}: {len(true)} rows, calibration error {error:.3f}; kinds held out: {len(so)} rows, "
            f"error {measure_calibration(chance, so):.3f}, {right:.2f} on the right side of .5."
        )
    print("\n".join(told))
    for rule, (names, weights) in fitted.items():
        print(rule, {n: round(float(w), 2) for n, w in zip(["bias", *names], weights, strict=True)})
    write_weights(fitted, " ".join(told))


if __name__ == "__main__":
    main()
