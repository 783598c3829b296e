"""How does the command line speak, and where may it write?"""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from firsthand.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

STANDARD_INPUT = "standard-input:"
OWN = ("case.toml", "sources.toml", "claims.toml", "expectations.toml", "judgements.jsonl")
FOLDERS = ("reports", "custody")
WIDTH = 110


def say(sentence: str) -> None:
    """Print one line on standard output; what a terminal might obey is written out."""
    from firsthand.views.plain import show_text

    print(show_text(sentence))


def complain(sentence: str) -> None:
    """Print what is wrong on standard error."""
    from firsthand.views.plain import show_text

    print(f"firsthand: {show_text(sentence)}", file=sys.stderr)


def waiting(sentence: str) -> AbstractContextManager[object]:
    """Return a context in which a terminal shows that work goes on; elsewhere nothing is said."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(f"{sentence} \u2026")


def print_drawing(drawing: RenderableType) -> None:
    """Print a drawing as wide as the terminal, or 110 columns."""
    _make_console().print(drawing)


def print_json(data: object) -> None:
    """Print plain data as JSON."""
    from firsthand.exports import show_json

    print(show_json(data))


def check_output(case: Path, output: Path | None) -> None:
    """Refuse what could only overwrite the case, or cannot be written, before any work is done."""
    if output is None:
        return
    if str(output) == STANDARD_INPUT:
        raise InputError("-o needs the name of a file; leave it out to see the assessment here")
    place, root = output.resolve(), case.resolve()
    kept = any(place.is_relative_to(root / folder) for folder in FOLDERS)
    if kept or (place.parent == root and place.name in OWN):
        raise InputError(f"{output} is a file of the case itself; write to {case / 'build'} or elsewhere")
    if output.is_dir():
        raise InputError(f"{output} is a folder; name a file in it, such as {output / 'assessment.html'}")


def save(output: Path, words: str) -> None:
    """Write words to a file, making its folder where there is none; raise InputError where that cannot be."""
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(words, encoding="utf-8", errors="replace")
    except OSError as error:
        raise InputError(f"{output} cannot be written: {error.strerror}; name another file") from None


def _make_console() -> Console:
    from rich.console import Console

    stated = os.environ.get("COLUMNS", "")
    width = int(stated) if stated.isdecimal() and int(stated) else WIDTH
    return Console(width=None if sys.stdout.isatty() else width, markup=False, highlight=False, emoji=False)
