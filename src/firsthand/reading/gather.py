"""Which files are to be read?"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from firsthand.errors import InputError
from firsthand.model import Problem, record
from firsthand.reading.names import show_path

LARGEST = 50 * 1024 * 1024
STANDARD_INPUT = "-"
CASE_FILE = "case.toml"


@record
class Found:
    """A file to be read: what we call it and where it is. `root`: the folder it was found in, if it was."""

    path: str
    place: Path
    root: Path | None = None


class Unreadable(Exception):
    """A file cannot be read; the message is the rest of a sentence about it."""


def find_files(paths: Sequence[str]) -> tuple[Found, ...]:
    """Return the files that `paths` name, folders opened and sorted; each file once. Raises InputError."""
    if not paths:
        raise InputError("nothing to read: name a file, a folder or '-' for standard input")
    found: dict[str, Found] = {}
    for path in paths:
        for one in _find_at(path):
            found.setdefault(os.path.abspath(one.place), one)  # noqa: PTH100 (resolve() would follow links)
    return tuple(found.values())


def read_bytes(found: Found) -> bytes:
    """Return the bytes of a file. Raises Unreadable with the reason and, where there is one, the remedy."""
    if found.path == STANDARD_INPUT:
        data = sys.stdin.buffer.read(LARGEST + 1)
        return _check_size(len(data), data)
    try:
        _check_place(found)
        _check_size(found.place.stat().st_size)
        return found.place.read_bytes()
    except PermissionError as error:
        raise Unreadable("may not be read by you; change its permissions") from error
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error


@contextmanager
def open_stream(found: Found) -> Iterator[BinaryIO]:
    """Open a file of any size to be read piece by piece. Raises Unreadable, also where reading it fails."""
    try:
        _check_place(found)
        with found.place.open("rb") as stream:
            yield stream
    except PermissionError as error:
        raise Unreadable("may not be read by you; change its permissions") from error
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error


def find_sidecar(found: Found) -> Path | None:
    """Return the file of metadata beside a report, if there is one."""
    beside = found.place.with_suffix(".toml") if found.path != STANDARD_INPUT else None
    return beside if beside and beside != found.place and beside.is_file() else None


def drop_sidecars(found: Sequence[Found]) -> tuple[Found, ...]:
    """Return the files that are not the metadata of another one beside them."""
    reports = {one.place.with_suffix("") for one in found if one.place.suffix != ".toml"}
    return tuple(one for one in found if one.place.suffix != ".toml" or one.place.with_suffix("") not in reports)


def _check_size(size: int, data: bytes = b"") -> bytes:
    if size > LARGEST:
        raise Unreadable(f"is larger than {LARGEST >> 20} MB; split it")
    return data


def _check_place(found: Found) -> None:
    """Refuse a link that leads out of its folder, and whatever is no file (a pipe would wait for ever)."""
    if found.root and not found.place.resolve().is_relative_to(found.root.resolve()):
        raise Unreadable("is a link out of its folder and was not followed; copy the file into the folder")
    if not stat.S_ISREG(found.place.stat().st_mode):
        raise Unreadable("is no ordinary file")


def _find_at(path: str) -> Iterator[Found]:
    if path == STANDARD_INPUT:
        yield Found(path=path, place=Path("/dev/stdin"))
        return
    if "://" in path[:12]:
        what = "an address on the web is not read here; fetch it with firsthand add, or save the page and name the file"
        raise InputError(f"{show_path(path)}: {what}")
    place = Path(path)
    try:
        known = bool(path) and place.exists()
    except (OSError, ValueError) as error:
        raise InputError(f"{show_path(path)}: this is no path; check the spelling") from error
    if not known:
        raise InputError(f"{show_path(path)}: there is no such file or folder; check the spelling")
    if place.is_dir():
        yield from _open_folder(path, place)
    else:
        yield Found(path=show_path(path), place=place)


def _open_folder(path: str, folder: Path) -> Iterator[Found]:
    """Yield the files of a folder, or of the reports of a case, in the order of their paths."""
    if (folder / CASE_FILE).is_file():
        folder = folder / "reports"
    places = sorted(_walk(folder), key=lambda place: place.relative_to(folder).parts)
    if not places:
        raise InputError(f"{show_path(path)}: there is no report in this folder; put files in it or name another")
    for place in places:
        yield Found(path=show_path(place.relative_to(folder).as_posix()), place=place, root=folder)


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        inside = [name for name in folders if not name.startswith(".") and name != "build"]
        folders[:] = [name for name in inside if not (Path(parent) / name).is_symlink()]
        yield from (Path(parent) / name for name in inside if name not in folders)
        yield from (Path(parent) / name for name in files if not name.startswith("."))


def note_unreadable(path: str, error: Exception) -> Problem:
    """Make the problem of a file that was left out."""
    what, _, remedy = str(error).partition("; ")
    return Problem(where=path, what=what, remedy=remedy)
