"""How good are reading, attribution and origins on development data? (`make eval`)

The data is not part of the repository: its folder is the only argument, and without it this says so and ends.
Each figure comes from the scorer that lies beside its data.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from extraction import measure_extraction

from firsthand.attribution import find_attributions
from firsthand.model import Attribution, Report
from firsthand.reading import read_reports

FIRSTHAND = Path(sys.executable).with_name("firsthand")
TRAINING = Path(__file__).parent.parent / "training"
Marks = dict[str, list[tuple[int, int]]]


def load_scorer(path: Path) -> ModuleType:
    spec = spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score_piles(shared: Path) -> None:
    """Print the table of the piles' own scorer."""
    scorer = shared / "data" / "piles" / "score.py"
    print("Piles with answer keys", flush=True)
    subprocess.run([sys.executable, str(scorer), "run", "--cmd", f"{FIRSTHAND} trace {{dir}} --json"], check=False)


def score_attribution(shared: Path, name: str) -> None:
    """Print how well source, cue and content are found on one labelled corpus."""
    gold_path = shared / "data" / "attribution" / name
    scorer = load_scorer(shared / "score" / "attribution.py")
    with tempfile.TemporaryDirectory() as folder:
        size = 0
        with gzip.open(gold_path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                text = json.loads(line)["text"]
                size += len(text.split())
                Path(folder, f"{number:03d}.txt").write_text(text, encoding="utf-8", newline="")
        start = time.perf_counter()
        done = subprocess.run([str(FIRSTHAND), "trace", folder, "--json"], capture_output=True, check=True)
        took = time.perf_counter() - start
        traced = Path(folder, "trace.json")
        traced.write_bytes(done.stdout)
        docs = scorer.read(gold_path, traced)
    for label, part in (("all", docs), ("speech and evidence", scorer.speech_only(docs))):
        found = scorer.score(part)
        link, recall = found["link"], {kind: row["link"] for kind, row in found["recall_by_type"].items()}
        print(f"{name:28s} {label:20s} link P {link['P']} R {link['R']} F {link['F']}  recall {recall}")
    print(f"{name:28s} whole trace: {took:.1f} s, {size / took:,.0f} words/s")


def score_settings(shared: Path, name: str) -> None:
    """Print what each setting reaches on one labelled corpus, how far its chances can be believed, and its speed."""
    gold_path = shared / "data" / "attribution" / name
    scorer = load_scorer(shared / "score" / "attribution.py")
    with gzip.open(gold_path, "rt", encoding="utf-8") as lines:
        gold = [json.loads(line) for line in lines]
    with tempfile.TemporaryDirectory() as folder:
        for number, one in enumerate(gold):
            Path(folder, f"{number:03d}.txt").write_text(one["text"], encoding="utf-8", newline="")
        reports = sorted(read_reports([folder])[0], key=lambda report: report.path)
    wanted = [d["attributions"] if "attributions" in d else next(iter(d["ann"].values()))["attributions"] for d in gold]
    tokens = sum(len(scorer.WORD.findall(report.text)) for report in reports)
    for setting in ("precision", "balanced", "recall"):
        start = time.process_time()
        found = find_attributions(reports, setting)[0]
        took = time.process_time() - start
        rows = [[one for one in found if one.report == report.id] for report in reports]
        docs = [(d["text"], g, [mark(one) for one in row]) for d, g, row in zip(gold, wanted, rows, strict=True)]
        link = scorer.score(docs)["link"]
        error = measure_error(scorer, reports, wanted, rows)
        figures = f"link P {link['P']} R {link['R']} F {link['F']}  calibration error {error:.3f}"
        print(f"{name:28s} {setting:20s} {figures}  {tokens / took:,.0f} tokens/s")


def mark(one: Attribution) -> dict[str, tuple[tuple[int, int], ...]]:
    return {"source": one.source_mention.spans, "cue": one.cue.spans, "content": one.content.spans}


def measure_error(
    scorer: ModuleType, reports: Sequence[Report], wanted: Sequence[list[Marks]], rows: Sequence[list[Attribution]]
) -> float:
    """Return how far, in ten bins, probabilities lie from what was right."""
    judged = []
    for report, truth, row in zip(reports, wanted, rows, strict=True):
        words = list(scorer.WORD.finditer(report.text))
        edges = [m.start() for m in words], [m.end() for m in words]
        gold = [(scorer.covered(one["content"], *edges), scorer.covered(one["source"], *edges)) for one in truth]
        for one in sorted(row, key=lambda a: (-a.probability, a.id)):
            content, source = (scorer.covered(m.spans, *edges) for m in (one.content, one.source_mention))
            fits = (
                (c, s)
                for c, s in gold
                if scorer.jaccard(content, c) >= 0.5 and (source == s or scorer.jaccard(source, s) >= 0.5)
            )
            hit = next(fits, None)
            judged.append((one.probability, hit is not None))
            if hit is not None:
                gold.remove(hit)
    bins = [[pair for pair in judged if int(pair[0] * 10) == number] for number in range(11)]
    return sum(abs(sum(p for p, _ in row) - sum(r for _, r in row)) for row in bins) / max(1, len(judged))


def main() -> None:
    print("Attribution on the held-out styles of our own corpus", flush=True)
    subprocess.run([sys.executable, str(TRAINING / "measure_attribution.py")], check=True)
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else "")
    if not (shared / "data" / "piles").is_dir():
        print(f"no development data at '{shared}'; nothing was measured")
        return
    score_piles(shared)
    for name in ("polnear_dev.jsonl.gz", "gum_permissive.jsonl.gz"):
        score_attribution(shared, name)
        score_settings(shared, name)
    print("Main text of web pages", flush=True)
    measure_extraction(shared / "data" / "extraction")


if __name__ == "__main__":
    main()
