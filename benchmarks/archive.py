"""How quick is an archive read and built, and how much memory does it take? (`archive.py [--big]`)

The web archives are made by repetition with variations: pages of our own words, each different, all of them HTML.
Speed is measured on one core and on two, in the same run. Memory is that of all processes together (proportional set
size, sampled); it is shown for stretches of one build, so that growth would be seen.
`--big` builds from 2 GB of compressed pages, which takes some ten minutes or more; without it from 40 MB.
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
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from table import print_row, print_title

MEGA = 1 << 20
SMALL, BIG = 40, 2048
TIMED = 40
MOST_MEMORY = 1536
STRETCHES = 10
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
tell = lambda progress: print("share", progress.done / progress.total, flush=True)
build_archive(sys.argv[1], sys.argv[2:], workers={cores}, tell=tell)"""


def write_page(chance: random.Random, number: int, heavy: str = "") -> bytes:
    """Return a page of some 40 KB, of which 4 to 8 KB are the report: the rest is menus, lists and scripts.

    `heavy`: what a page carries inline besides, as many do: pictures and states of scripts, which hardly shrink.
    """
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
        f"<aside class='related'><ul>{links}</ul></aside><footer>Imprint</footer>"
        f"<script>state = '{heavy}'</script></body></html>"
    ).encode()


def write_sentences(chance: random.Random) -> str:
    return " ".join(" ".join(chance.choices(WORDS, k=18)).capitalize() + "." for _ in range(4))


def write_archive(place: Path, size: int, inline: int = 0) -> int:
    """Write a web archive of pages that takes about `size` bytes; return how many pages.

    `inline`: how many letters that hardly shrink each page carries.
    """
    chance, number, written = random.Random(2011), 0, 0
    pool = b64encode(chance.randbytes(4 * MEGA)).decode("ascii")
    with place.open("wb") as stream:
        while written < size:
            number += 1
            at = chance.randrange(len(pool) - inline)
            record = write_record(write_page(chance, number, pool[at : at + inline]), number)
            written += stream.write(pack_record(record) if place.suffix == ".gz" else record)
    return number


def write_record(body: bytes, number: int) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    stream = BytesIO()
    writer = WARCWriter(stream, gzip=False)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    record = writer.create_warc_record(
        f"http://skell{number % 50}.example/{number}",
        "response",
        payload=BytesIO(body),
        http_headers=headers,
        warc_headers_dict={"WARC-Date": "2012-01-01T00:00:00Z"},
    )
    writer.write_record(record)
    return stream.getvalue()


def pack_record(record: bytes) -> bytes:
    """Return a record as a gzip member of its own, packed quickly."""
    packer = zlib.compressobj(level=3, wbits=31)
    return packer.compress(record) + packer.flush()


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
    """Print MB/s of the file for each way to read its pages: the processor's time, the quickest of some runs."""
    readers: tuple[tuple[str, Callable[[Path], int]], ...] = (
        ("firsthand", read_ours),
        ("fastwarc alone", read_fastwarc),
        ("warcio", read_warcio),
    )
    best = dict.fromkeys((name for name, _ in readers), float("inf"))
    for _ in range(runs):
        for name, read in readers:
            start = time.process_time()
            read(place)
            best[name] = min(best[name], time.process_time() - start)
    kind, size = place.name.removeprefix("timed"), place.stat().st_size / MEGA
    for name, seconds in best.items():
        beside = "" if name == "warcio" else f"{best['warcio'] / seconds:.1f} times warcio"
        print_row(f"{kind}, {name}", f"{size / seconds:,.0f} MB/s", beside)


class Watched:
    """A build in a process of its own: how far it is, and the most memory it took in each stretch of its way."""

    def __init__(self, folder: Path, place: Path, cores: int) -> None:
        words = [sys.executable, "-c", BUILD.format(cores=cores), str(folder), str(place)]
        self.peaks = [0] * STRETCHES
        self.share = 0.0
        before = os.times()
        self.child = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        follower = threading.Thread(target=self._follow)
        follower.start()
        self._watch()
        follower.join()
        after = os.times()
        if self.child.wait():
            sys.exit("the build failed")
        self.seconds = after.elapsed - before.elapsed
        self.worked = after.children_user + after.children_system - before.children_user - before.children_system

    def _follow(self) -> None:
        for line in self.child.stdout or ():
            name, _, value = line.partition(" ")
            self.share = float(value) if name == "share" else self.share

    def _watch(self) -> None:
        while self.child.poll() is None:
            stretch = min(int(self.share * STRETCHES), STRETCHES - 1)
            self.peaks[stretch] = max(self.peaks[stretch], sum(map(measure_memory, find_family(self.child.pid))))
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


def measure_archive(megabytes: int) -> None:
    """Print how quick web archives are read and archives built, and the memory a build takes on its way."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print_title(f"Reading a web archive of pages ({TIMED} MB; fastwarc and warcio give the bytes and nothing more)")
        for ending in (".warc", ".warc.gz"):
            place = folder / f"timed{ending}"
            pages = write_archive(place, TIMED * MEGA, inline=0 if ending == ".warc" else 30_000)
            time_reading(place)
        print_title("From a web archive to an archive that can be searched")
        rates = [time_build(folder, place, pages, cores) for cores in (1, 2)]
        print_row("two cores beside one", f"{rates[1] / rates[0]:.2f} times")
        measure_memories(folder, megabytes)


def time_build(folder: Path, place: Path, pages: int, cores: int) -> float:
    built = Watched(folder / f"on-{cores}", place, cores)
    rate, each = pages / built.seconds, pages / built.worked
    print_row(f"archive build, {pages} pages, {cores} core(s)", f"{rate:,.0f} pages/s", f"{each:,.0f} a core-second")
    return rate


def measure_memories(folder: Path, megabytes: int) -> None:
    large = folder / "large.warc.gz"
    pages = write_archive(large, megabytes * MEGA, inline=60_000)
    unpacked = f"{pages:,} pages, {large.stat().st_size / MEGA:,.0f} MB packed"
    print_title(f"Memory of all processes while an archive is built ({unpacked}, two workers)")
    built = Watched(folder / "large", large, 2)
    for number, peak in enumerate(built.peaks, 1):
        if peak:
            print_row(f"up to {100 * number // STRETCHES} % of the file", f"{peak / MEGA:,.0f} MB at most")
    print_row("at most", f"{max(built.peaks) / MEGA:,.0f} MB", f"in {built.seconds:,.0f} s", f"{MOST_MEMORY:,} MB")
    kept = sum(path.stat().st_size for path in (folder / "large").rglob("*") if path.is_file())
    print_row("the archive on the disk", f"{kept / MEGA:,.0f} MB", f"{pages / built.seconds:,.0f} pages/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--big", action="store_true", help=f"build from {BIG:,} MB of pages instead of {SMALL}")
    measure_archive(BIG if parser.parse_args().big else SMALL)


if __name__ == "__main__":
    main()
