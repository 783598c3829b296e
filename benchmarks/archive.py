"""How quick is an archive built, and how much memory does it take? (`python benchmarks/archive.py [--megabytes N]`)

The web archive is made by repetition with variations: pages of our own words, each different, among images.
Speed is measured on one core and on two, in the same run; memory is that of all processes together (proportional set
size, sampled), and of the largest alone.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

MEGA = 1 << 20
TEXT = (
    "the harbour master told reporters on the quay that two boats had left before dawn and that nobody saw smoke over "
    "the island until a trawler called in with news of a convoy which had crossed the plain of Ténéré by night while "
    "officials of the ministry denied any part in it and a witness who would not be named spoke of crates "
    "without marks"
)
WORDS = TEXT.split()
BUILD = """import os, sys
from firsthand.archive import build_archive
os.sched_setaffinity(0, range({cores}))
build_archive(sys.argv[1], sys.argv[2:], workers={cores})"""


def write_page(chance: random.Random, number: int) -> bytes:
    """Return a page of some 40 KB, of which 4 to 8 KB are the report: the rest is menus, lists and scripts."""
    paragraphs = "".join(f"<p>{write_sentences(chance)}</p>" for _ in range(chance.randint(8, 16)))
    links = "".join(
        f"<li><a href='/a/{number + step}'>{' '.join(chance.choices(WORDS, k=5))}</a></li>" for step in range(80)
    )
    day = f"2011-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    return (
        f"<!doctype html><html lang='en'><head><title>Boats, part {number} | Skell Herald {number % 50}</title>"
        f"<meta property='og:site_name' content='Skell Herald {number % 50}'>"
        f"<meta property='article:published_time' content='{day}T08:00:00Z'><script>{'var a=1;' * 1500}</script></head>"
        f"<body><nav><ul>{links}</ul></nav><article><h1>Boats, part {number}</h1>{paragraphs}</article>"
        f"<aside class='related'><ul>{links}</ul></aside><footer>Imprint</footer></body></html>"
    ).encode()


def write_sentences(chance: random.Random) -> str:
    return " ".join(" ".join(chance.choices(WORDS, k=18)).capitalize() + "." for _ in range(4))


def write_archive(place: Path, size: int, share: float) -> int:
    """Write a web archive of about `size` bytes, `share` of them pages and the rest images; return the pages."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    chance, pages, text, rest, number = random.Random(2011), 0, 0, 0, 0
    images = [chance.randbytes(chance.randint(50_000, 400_000)) for _ in range(20)]
    with place.open("wb") as stream:
        writer = WARCWriter(stream, gzip=place.suffix == ".gz")
        while text + rest < size:
            number += 1
            page = text <= share * (text + rest)
            body = write_page(chance, number) if page else images[number % 20] + number.to_bytes(8, "big")
            pages, text, rest = pages + page, text + len(body) * page, rest + len(body) * (not page)
            kind = "text/html; charset=utf-8" if page else "image/jpeg"
            headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
            address = f"http://skell{number % 50}.example/{number}"
            told = {"WARC-Date": "2012-01-01T00:00:00Z"}
            record = writer.create_warc_record(
                address, "response", payload=BytesIO(body), http_headers=headers, warc_headers_dict=told
            )
            writer.write_record(record)
    return pages


def read_ours(place: Path) -> int:
    from firsthand.reading.warc import iterate_warc

    with place.open("rb") as stream:
        return sum(len(one.data) for one in iterate_warc(stream))


def read_fastwarc(place: Path) -> int:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    with place.open("rb") as stream:
        found = ArchiveIterator(stream, record_types=WarcRecordType.response)
        return sum(len(one.reader.read()) for one in found if "text/html" in (one.http_content_type or ""))


def read_warcio(place: Path) -> int:
    from warcio.archiveiterator import ArchiveIterator

    with place.open("rb") as stream:
        return sum(
            len(one.content_stream().read())
            for one in ArchiveIterator(stream)
            if one.rec_type == "response" and "text/html" in (one.http_headers.get_header("Content-Type") or "")
        )


def time_reading(place: Path, runs: int = 3) -> None:
    """Print MB/s of the file for each way to read its pages; the quickest of some runs."""
    readers: tuple[tuple[str, Callable[[Path], int]], ...] = (
        ("firsthand", read_ours),
        ("fastwarc alone", read_fastwarc),
        ("warcio", read_warcio),
    )
    size = place.stat().st_size / MEGA
    best = dict.fromkeys((name for name, _ in readers), float("inf"))
    for _ in range(runs):
        for name, read in readers:
            start = time.perf_counter()
            read(place)
            best[name] = min(best[name], time.perf_counter() - start)
    for name, seconds in best.items():
        print(f"read {place.suffix:5} {size:6.0f} MB  {name:16} {size / seconds:7.0f} MB/s")


def build(label: str, folder: Path, place: Path, pages: int, cores: int) -> None:
    """Build an archive on some cores and print its rate and its memory."""
    words = [sys.executable, "-c", BUILD.format(cores=cores), str(folder), str(place)]
    before = os.times()
    child = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    peaks = [0, 0]
    watcher = threading.Thread(target=watch_memory, args=(child, peaks))
    watcher.start()
    if child.wait():
        sys.exit("the build failed")
    watcher.join()
    after = os.times()
    seconds = after.elapsed - before.elapsed
    worked = after.children_user + after.children_system - before.children_user - before.children_system
    rates = f"{pages / seconds:6.0f} pages/s {pages / worked:6.0f} a core-second"
    memory = f"{peaks[0] / MEGA:5.0f} MB together, {peaks[1] / MEGA:5.0f} MB the largest process"
    print(f"{label:34} {rates} {seconds:6.0f} s, {memory}", flush=True)


def watch_memory(child: subprocess.Popen[bytes], peaks: list[int]) -> None:
    while child.poll() is None:
        found = [measure_memory(pid) for pid in find_family(child.pid)]
        peaks[0] = max(peaks[0], sum(found))
        peaks[1] = max([peaks[1], *found])
        time.sleep(0.2)


def find_family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for one in children:
            yield from find_family(int(one))


def measure_memory(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=100, help="size of the archive whose memory is measured")
    parser.add_argument("--share", type=float, default=0.25, help="how much of it is pages; the rest is images")
    parser.add_argument("--pages-only", type=int, default=40, help="megabytes of the archive that is timed, all pages")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if chosen.pages_only:
            time_all(folder, chosen.pages_only * MEGA)
        large = folder / "large.warc"
        pages = write_archive(large, chosen.megabytes * MEGA, chosen.share)
        build(f"build, {large.stat().st_size / MEGA:.0f} MB, {pages} pages", folder / "large", large, pages, 2)
        kept = sum(path.stat().st_size for path in (folder / "large").rglob("*") if path.is_file())
        print(f"the archive takes {kept / MEGA:.0f} MB")


def time_all(folder: Path, size: int) -> None:
    for ending in (".warc", ".warc.gz"):
        place = folder / f"timed{ending}"
        pages = write_archive(place, size, 1.0)
        time_reading(place)
    for cores in (1, 2):
        label = f"build, {pages} pages, {cores} core{'s' * (cores > 1)}"
        build(label, folder / f"on-{cores}", place, pages, cores)


if __name__ == "__main__":
    main()
