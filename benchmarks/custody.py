"""How long does it take to keep, enter and check many reports?

Run: .venv/bin/python benchmarks/custody.py [REPORTS]
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from table import print_row, print_title

SIZE = 12_000


def time_act(what: str, count: int, act: Callable[[], object]) -> None:
    """Print how many reports a second an act takes."""
    start = perf_counter()
    act()
    seconds = perf_counter() - start
    print_row(what, f"{count / seconds:,.0f} reports/s", f"{count * SIZE / seconds / 1e6:.1f} MB/s")


def measure_custody(count: int) -> None:
    """Print how quick custody is kept, checked and handed on."""
    from firsthand.case import new_case
    from firsthand.custody import check_custody, enter_reports, write_bundle

    words = [f"word{number}" for number in range(4000)]
    chance = random.Random(1)
    print_title(f"Custody ({count:,} reports of {SIZE // 1000} kB)")
    with tempfile.TemporaryDirectory() as parent:
        case = Path(parent) / "case"
        new_case(case, "How long does it take?")
        names = [f"report-{number:06}.txt" for number in range(count)]
        for name in names:
            (case / "reports" / name).write_text(" ".join(chance.choices(words, k=SIZE // 8))[:SIZE], "ascii")
        time_act("kept and entered", count, lambda: enter_reports(case, [(name, name) for name in names]))
        time_act("checked", count, lambda: check_custody(case))
        time_act("bundled (checked first)", count, lambda: write_bundle(case, Path(parent) / "bundle.zip", {}))


if __name__ == "__main__":
    measure_custody(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
