"""What are the numbers behind a graphic, as a table?"""

from __future__ import annotations

from typing import NamedTuple


class Table(NamedTuple):
    """A caption, the heads of the columns, and rows of text whose first cell heads the row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
