"""How soon is the workbench there, how quick are its pages, and what memory does it take? (`benchmarks/workbench.py`)

A case of reports of our own generator is made, with the machine's own suggestions in it, and a server of its own is
asked. `--reports N`: how many reports (2,000 unless told). `--case FOLDER`: a case that is there already.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cascades import make_copies, make_stories
from cascades.truth import write_item
from table import print_row, print_title

from firsthand.case import new_case
from firsthand.commands import draft_folder
from firsthand.workbench.showing import PAGES

FIRSTHAND = Path(sys.executable).with_name("firsthand")
EXAMPLE = Path(__file__).parent.parent / "examples" / "libya-2011"
SEED = 11
COPIES = 10
CHROMIUM = os.environ.get("FIRSTHAND_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
TURN = """share => new Promise(resolve => {
  const input = document.querySelector(".slider input");
  const begun = performance.now();
  new MutationObserver((_, watcher) => {
    watcher.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun), 0));
  }).observe(document.getElementById("variants"), { childList: true, subtree: true, characterData: true });
  input.value = String(100 * share);
  input.dispatchEvent(new Event("input", { bubbles: true }));
})"""
"""Turns the first slider, and tells the milliseconds until what follows is on the screen."""
ADDRESS = re.compile(r"http://([\d.]+):(\d+)/\?token=(\S+)")


@dataclass
class Bench:
    """A server that runs: its process, its place and its token, and when its address was printed."""

    process: subprocess.Popen[str]
    host: str
    port: int
    token: str
    ready: float

    def ask(self, path: str) -> tuple[int, bytes, float]:
        """Return the status, the words and the seconds of a page."""
        start = time.perf_counter()
        connection = http.client.HTTPConnection(self.host, self.port, timeout=900)
        connection.request("GET", path, headers={"cookie": f"firsthand-{self.port}={self.token}"})
        answer = connection.getresponse()
        body = answer.read()
        return answer.status, body, time.perf_counter() - start

    def measure_memory(self) -> tuple[float, float]:
        """Return the memory it takes now and the most it took, in MB."""
        told = Path(f"/proc/{self.process.pid}/status").read_text("utf-8")
        found = {key: int(value) / 1024 for key, value in re.findall(r"(VmRSS|VmHWM):\s+(\d+)", told)}
        return found["VmRSS"], found["VmHWM"]


@contextmanager
def serve(case: Path) -> Iterator[Bench]:
    """Serve a case with `firsthand serve` for as long as it is asked."""
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen([str(FIRSTHAND), "serve", str(case)], stdout=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stdout is not None
        for line in process.stdout:
            found = ADDRESS.search(line)
            if found:
                yield Bench(process, found[1], int(found[2]), found[3], time.perf_counter())
                break
    finally:
        process.terminate()
        process.wait()


def make_case(folder: Path, reports: int) -> Path:
    """Write a case of that many generated reports, half of them stories and half copies, with suggestions."""
    case = folder / f"case-{reports}"
    new_case(case, "Did it happen as the reports say?")
    stories = [item for story in make_stories(SEED, max(1, reports // 100)) for item in story.items]
    copies = make_copies(SEED, max(1, reports // 2 // COPIES))
    half = reports // 2
    for number, item in enumerate([*stories[:half], *copies[: reports - min(half, len(stories))]]):
        name = f"{number:05d}-{item.file}"
        (case / "reports" / name).write_text(write_item(item), encoding="utf-8", newline="")
    draft_folder(case)
    return case


def wait_until_open(bench: Bench) -> float:
    """Return the seconds from the address being printed to the verdict being on the first page."""
    while True:
        _, words, _ = bench.ask("/")
        if b'class="headline"' in words:
            return time.perf_counter() - bench.ready
        if b"Nothing can be concluded" in words or b"needs mending" in words:
            sys.exit("this case cannot be assessed; open it to see why")
        time.sleep(0.1)


def measure(case: Path, goal: tuple[str, str, str]) -> None:
    """Print how soon a case is open, how quick each page is, and the memory it takes."""
    with serve(case) as bench:
        print_row("verdict on the first page after", f"{wait_until_open(bench):.2f} s", "", goal[0])
        look = re.search(rb'href="(/reports/[^"#?]+)', bench.ask("/reports")[1])
        addresses = [address for address, _ in PAGES] + ["/assessment", *([look[1].decode()] if look else [])]
        for address in addresses:
            status, words, first = bench.ask(address)
            again = min(bench.ask(address)[2] for _ in range(3))
            beside = f"{again:.2f} s again, {len(words) / 1e6:.2f} MB"
            print_row(
                address if "/reports/" not in address else "/reports/ONE",
                f"{first:.2f} s",
                beside if status == 200 else str(status),
                goal[1],
            )
        now, most = bench.measure_memory()
        print_row("memory", f"{now:.0f} MB", f"{most:.0f} MB at most", goal[2])


def measure_slider(case: Path) -> None:
    """Print how long after the finger the verdict follows, in a real browser, where there is one."""
    if CHROMIUM is None:
        print_row("a slider, in the browser", "no chromium here")
        return
    from playwright.sync_api import sync_playwright

    with serve(case) as bench, sync_playwright() as playwright:
        wait_until_open(bench)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(f"http://{bench.host}:{bench.port}/?token={bench.token}")
        page.goto(f"http://{bench.host}:{bench.port}/what-if")
        times = sorted(page.evaluate(TURN, share) for share in (0.3, 0.45, 0.6, 0.4, 0.7, 0.35, 0.5))
        browser.close()
    print_row(
        "a slider, in the browser",
        f"{times[len(times) // 2]:.0f} ms",
        f"{times[0]:.0f} to {times[-1]:.0f} ms",
        "100 ms",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the workbench.")
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--case", type=Path)
    given = parser.parse_args()
    print_title("The workbench on the example case")
    measure(EXAMPLE, ("1 s", "", ""))
    measure_slider(EXAMPLE)
    with tempfile.TemporaryDirectory() as folder:
        if given.case is None:
            print_title(f"The workbench on a case of {given.reports} reports")
            start = time.perf_counter()
            case = make_case(Path(folder), given.reports)
            print_row("making it, with suggestions", f"{time.perf_counter() - start:.1f} s")
        else:
            print_title(f"The workbench on {given.case}")
            case = given.case
        measure(case, ("", "2 s", "400 MB"))
        measure_slider(case)


if __name__ == "__main__":
    main()
