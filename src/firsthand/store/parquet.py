"""How do other tools get at the reports?

As Parquet files of 10,000 reports each, or fewer where these are long. A full file is never written again, so a later
build only adds.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from firsthand.store.store import Store

FOLDER = "reports"
ROWS = 10_000
DIGITS = "[0-9]" * 9
LETTERS = 100_000_000


def write_parquet(store: Store, folder: Path) -> tuple[Path, ...]:
    """Write what is new in the store to `folder`/reports and return the files written. A file is there whole or not."""
    inside = folder / FOLDER
    inside.mkdir(exist_ok=True)
    written = []
    for first, after in _cut_ranges(store, _find_start(inside)):
        place = inside / f"{first:09d}-{after - 1:09d}.parquet"
        if not place.exists():
            unfinished = inside / "unfinished"
            store.copy_parquet(unfinished, first, after)
            unfinished.replace(place)
            written.append(place)
        for older in inside.glob(f"{first:09d}-*.parquet"):
            if older != place:
                older.unlink()
    return tuple(written)


def _find_start(inside: Path) -> int:
    """Return the number that the last file which is there begins with, those before it being full; else 0."""
    lasts = {int(place.name[:9]): int(place.name[10:19]) for place in sorted(inside.glob(f"{DIGITS}-{DIGITS}.parquet"))}
    start = 0
    while start in lasts and lasts[start] + 1 in lasts:
        start = lasts[start] + 1
    return start


def _cut_ranges(store: Store, start: int) -> Iterator[tuple[int, int]]:
    """Yield which reports go into each file from `start` on: as many as rows and letters allow."""
    first, weight, number = start, 0, start - 1
    for number, letters in store.read_lengths(start):
        if number > first and (number - first >= ROWS or weight + letters > LETTERS):
            yield first, number
            first, weight = number, 0
        weight += letters
    if number >= first:
        yield first, number + 1
