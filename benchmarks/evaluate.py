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
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from extraction import measure_extraction

FIRSTHAND = Path(sys.executable).with_name("firsthand")


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


def main() -> None:
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else "")
    if not (shared / "data" / "piles").is_dir():
        print(f"no development data at '{shared}'; nothing was measured")
        return
    score_piles(shared)
    for name in ("polnear_dev.jsonl.gz", "gum_permissive.jsonl.gz"):
        score_attribution(shared, name)
    print("Main text of web pages", flush=True)
    measure_extraction(shared / "data" / "extraction")


if __name__ == "__main__":
    main()
