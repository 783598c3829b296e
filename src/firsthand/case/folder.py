"""How does a case folder begin, and how do reports get into it?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path

from firsthand.case.text import FILES, writing
from firsthand.errors import CaseError, InputError
from firsthand.model import record


@record
class Added:
    """What became of one report file: where it stands now, and whether it was there already."""

    given: str
    path: str
    known: bool = False

    def __str__(self) -> str:
        """Return the line that tells the user."""
        return f"{self.given}: {'already there as' if self.known else 'added as'} reports/{self.path}"


def new_case(folder: str | Path, question: str, as_of: date | None = None) -> tuple[Path, ...]:
    """Write a commented starting case that loads as it is, as of today unless told, and return its files.

    Raises CaseError where the folder holds anything.
    """
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CaseError(f"'{folder}' is not empty, and nothing in it is overwritten; name a new folder")
    if not question.strip():
        raise CaseError('a case needs a question; give one with: --question "Did it happen?"')
    today = (as_of or date.today()).isoformat()
    with writing(folder):
        (folder / "reports").mkdir(parents=True)
    for name in FILES:
        words = (files(__package__) / "start" / name).read_text("utf-8")
        words = words.replace('"QUESTION"', _quote(question)).replace('"AS_OF"', today)
        (folder / name).write_text(words, "utf-8")
    return tuple(folder / name for name in FILES)


def _quote(words: str) -> str:
    import tomlkit

    return tomlkit.string(" ".join(words.split())).as_string()


def add_reports(folder: str | Path, paths: Sequence[str | Path]) -> tuple[Added, ...]:
    """Copy report files into `reports/`, overwriting nothing.

    A file whose content is there already is said to be known and is not copied;
    one whose name is taken by another is numbered. Raises InputError for a path that cannot be read.
    """
    place = Path(folder) / "reports"
    if not (Path(folder) / "case.toml").is_file():
        raise CaseError(f"'{folder}' is no case: it has no case.toml; make one with: firsthand new FOLDER")
    given = list(_list_files(paths))
    with writing(place):
        place.mkdir(exist_ok=True)
    known = {_digest(one.read_bytes()): one.name for one in sorted(place.iterdir()) if one.is_file()}
    return tuple(_add(place, one, known) for one in given)


def _list_files(paths: Iterable[str | Path]) -> Iterator[Path]:
    for path in map(Path, paths):
        if path.is_dir():
            inner = sorted(one for one in path.rglob("*") if one.is_file() and not one.is_symlink())
            yield from (one for one in inner if not any(part.startswith(".") for part in one.relative_to(path).parts))
        elif path.is_file():
            yield path
        else:
            raise InputError(f"there is no file '{path}'; check the path")


def _add(place: Path, source: Path, known: dict[str, str]) -> Added:
    try:
        words = source.read_bytes()
    except OSError as error:
        raise InputError(f"'{source}' cannot be read: {error.strerror}") from None
    digest = _digest(words)
    if digest in known:
        return Added(given=str(source), path=known[digest], known=True)
    target = place / source.name
    number = 1
    while target.exists() or target.is_symlink():
        number += 1
        target = place / f"{source.stem}-{number}{source.suffix}"
    with writing(target), target.open("xb") as file:
        file.write(words)
    known[digest] = target.name
    return Added(given=str(source), path=target.name)


def _digest(words: bytes) -> str:
    return hashlib.sha256(words).hexdigest()
