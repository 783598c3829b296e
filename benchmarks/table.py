"""How is a figure shown?"""

from __future__ import annotations

WIDTHS = (46, 24, 40)


def print_title(title: str) -> None:
    """Print the head of a part of the table."""
    print(f"\n{title}", flush=True)


def print_row(what: str, figure: str, beside: str = "", goal: str = "") -> None:
    """Print a line of the table: what was measured, the figure, what to hold it against, and what is aimed at."""
    cells = [cell.ljust(width) for cell, width in zip((f"  {what}", figure, beside), WIDTHS, strict=True)]
    print("".join(f"{cell} " for cell in (*cells, goal)).rstrip(), flush=True)
