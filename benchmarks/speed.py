"""How quick are the commands a user waits for?

Each row is a whole process, run several times; the median counts, and the spread says how noisy the machine was.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from table import print_row, print_title

FIRSTHAND = Path(sys.executable).with_name("firsthand")
EXAMPLE = Path(__file__).parent.parent / "examples" / "libya-2011"
RUNS = 5


def time_command(*arguments: str) -> list[float]:
    times = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run([str(FIRSTHAND), *arguments], capture_output=True, check=True)
        times.append(time.perf_counter() - start)
    return sorted(times[1:])


def copy_case(folder: str, copies: int) -> str:
    """Return the path of the example with one report copied many times over."""
    case = Path(folder, f"case-{copies}")
    shutil.copytree(EXAMPLE, case, ignore=shutil.ignore_patterns("build"))
    first = sorted(case.joinpath("reports").glob("*.txt"))[0]
    for number in range(copies):
        shutil.copy(first, first.with_name(f"copy-{number:04d}.txt"))
    return str(case)


def measure_commands() -> None:
    """Print how long a user waits for a command."""
    print_title("Commands, as whole processes")
    with tempfile.TemporaryDirectory() as folder:
        rows: list[tuple[str, tuple[str, ...], float | None]] = [
            ("--help", ("--help",), 0.3),
            ("trace, example", ("trace", str(EXAMPLE), "--json"), 2.0),
            ("assess, no intervals", ("assess", str(EXAMPLE), "--json", "--samples", "0"), 2.0),
            ("assess, 2,000 draws", ("assess", str(EXAMPLE), "--json"), 5.0),
            ("assess, with 100 copies", ("assess", copy_case(folder, 100), "--json", "--samples", "0"), None),
        ]
        for label, arguments, goal in rows:
            times = time_command(*arguments)
            spread = f"{times[0]:.2f} to {times[-1]:.2f} s"
            print_row(label, f"{statistics.median(times):.2f} s", spread, f"{goal:.1f} s" if goal else "")


if __name__ == "__main__":
    measure_commands()
