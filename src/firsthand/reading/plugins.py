"""Which readers have been installed beside our own?

A reader is a function `(path, data) -> tuple[Report, ...]` with an attribute `suffixes`, such as `(".odt",)`, named
in a package's entry points under `firsthand.readers`. It comes before our own reader of the same suffix.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from firsthand.model import Report, record
from firsthand.reading.gather import Unreadable
from firsthand.reading.item import Content

GROUP = "firsthand.readers"
Read = Callable[[str, bytes], tuple[Report, ...]]


@record
class Plugin:
    """An installed reader: its name, the suffixes it takes, the function; or the sentence why it cannot be used."""

    name: str
    suffixes: tuple[str, ...] = ()
    read: Read | None = None
    fault: str = ""


@cache
def find_plugins() -> tuple[Plugin, ...]:
    """Return the installed readers in the order of their names."""
    return tuple(load_plugin(one) for one in sorted(entry_points(group=GROUP), key=lambda one: (one.name, one.value)))


def load_plugin(entry: EntryPoint) -> Plugin:
    """Load one reader; whatever goes wrong in it becomes its fault and no crash."""
    try:
        read = entry.load()
        suffixes = tuple(str(one).lower() for one in read.suffixes)
    except Exception as error:  # somebody else's code may fail in any way
        return Plugin(name=entry.name, fault=f"cannot be loaded ({type(error).__name__}: {error})")
    if not callable(read) or not suffixes:
        return Plugin(name=entry.name, fault="is no function with suffixes")
    return Plugin(name=entry.name, suffixes=suffixes, read=read)


def find_plugin(path: str) -> Plugin | None:
    """Return the reader that takes a file of this name, or None."""
    return next((one for one in find_plugins() if one.read and path.lower().endswith(one.suffixes)), None)


def read_plugged(plugin: Plugin, path: str, data: bytes) -> Content:
    """Let an installed reader read a file. Raises Unreadable where it fails or returns anything but sound reports."""
    given = f"was given to the reader '{plugin.name}', which"
    if plugin.read is None:
        raise Unreadable(f"{given} {plugin.fault}")
    try:
        reports = tuple(plugin.read(path, data))
    except Exception as error:  # somebody else's code may fail in any way
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise Unreadable(f"{given} failed ({what}); remove it or mend it") from error
    if not reports or not all(isinstance(one, Report) and _is_sound(one) for one in reports):
        raise Unreadable(f"{given} returned no sound report; remove it or mend it")
    return Content(reports=reports)


def _is_sound(report: Report) -> bool:
    """Say whether a report's stretches stand in its text."""
    size = len(report.text)
    spans = [*report.body, *(part.span for part in report.parts if part.span)]
    return bool(report.text) and all(0 <= start <= end <= size for start, end in spans)
