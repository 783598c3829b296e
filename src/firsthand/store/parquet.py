"""How do other tools get at the reports?

As Parquet files of 10,000 reports each. A full file is never written again, so a later build only adds.
"""

from __future__ import annotations

from pathlib import Path

from firsthand.store.store import Store

FOLDER = "reports"
ROWS = 10_000


def write_parquet(store: Store, folder: Path) -> tuple[Path, ...]:
    """Write what is new in the store to `folder`/reports and return the files written. A file is there whole or not."""
    inside = folder / FOLDER
    inside.mkdir(exist_ok=True)
    many = store.count_reports()
    written = []
    for first in range(0, many, ROWS):
        after = min(first + ROWS, many)
        place = inside / f"{first:09d}-{after - 1:09d}.parquet"
        if place.exists():
            continue
        unfinished = inside / "unfinished"
        store.copy_parquet(unfinished, first, after)
        unfinished.replace(place)
        for older in inside.glob(f"{first:09d}-*.parquet"):
            if older != place:
                older.unlink()
        written.append(place)
    return tuple(written)
