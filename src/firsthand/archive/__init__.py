"""How are reports by the million kept and found again?

`build_archive` reads files into an archive on all cores; `list_archive`, `show_report` and `search_archive` ask it.
`trace_archive` finds the texts that spread through it.
"""

from firsthand.archive.build import Built, build_archive
from firsthand.archive.look import Found, Listed, Shown, list_archive, make_filter, search_archive, show_report
from firsthand.archive.progress import Progress, Tracing
from firsthand.archive.trace import trace_archive

__all__ = [
    "Built",
    "Found",
    "Listed",
    "Progress",
    "Shown",
    "Tracing",
    "build_archive",
    "list_archive",
    "make_filter",
    "search_archive",
    "show_report",
    "trace_archive",
]
