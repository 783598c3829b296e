"""How long does it take to keep, enter and check many reports?

Run: .venv/bin/python benchmarks/custody.py [REPORTS]
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import perf_counter

from firsthand.case import new_case
from firsthand.custody import check_custody, enter_reports, write_bundle

SIZE = 12_000


def measure(what: str, count: int, act: Callable[[], object]) -> None:
    """Print how many reports a second an act takes, and the most memory used so far."""
    start = perf_counter()
    act()
    seconds = perf_counter() - start
    peak = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:<24}{count / seconds:>10.0f} reports/s{count * SIZE / seconds / 1e6:>8.1f} MB/s{peak:>8.0f} MB peak")


def main(count: int) -> None:
    words = [f"word{number}" for number in range(4000)]
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as parent:
        case = Path(parent) / "case"
        new_case(case, "How long does it take?")
        names = [f"report-{number:06}.txt" for number in range(count)]
        for name in names:
            (case / "reports" / name).write_text(" ".join(chance.choices(words, k=SIZE // 8))[:SIZE], "ascii")
        measure("kept and entered", count, lambda: enter_reports(case, [(name, name) for name in names]))
        measure("checked", count, lambda: check_custody(case))
        measure("bundled (checked first)", count, lambda: write_bundle(case, Path(parent) / "bundle.zip", {}))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
