"""How are reports by the million kept and found again?

`build_archive` reads files into an archive on all cores; `list_archive`, `show_report` and `search_archive` ask it.
"""

from firsthand.archive.build import Built, build_archive
from firsthand.archive.look import Found, Listed, Shown, list_archive, make_filter, search_archive, show_report
from firsthand.archive.progress import Progress

__all__ = [
    "Built",
    "Found",
    "Listed",
    "Progress",
    "Shown",
    "build_archive",
    "list_archive",
    "make_filter",
    "search_archive",
    "show_report",
]
