"""How does a case folder begin, and how do reports get into it?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path

from firsthand.case.text import FILES, show_plainly, spell_out_marks, writing
from firsthand.custody import enter_reports
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
        done = "already there as" if self.known else "added as"
        return show_plainly(f"{self.given}: {done} reports/{self.path}")


def new_case(folder: str | Path, question: str, as_of: date | None = None) -> tuple[Path, ...]:
    """Write a commented starting case that loads as it is, as of today unless told, and return its files.

    Raises CaseError where the folder holds anything.
    """
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CaseError(f"'{folder}' is not empty, and nothing in it is overwritten; name a new folder")
    if not question.strip():
        raise CaseError('a case needs a question; give one with: --question "Did it happen?"')
    asked, today = _quote(question), (as_of or date.today()).isoformat()
    with writing(folder):
        (folder / "reports").mkdir(parents=True)
        for name in FILES:
            words = (files(__package__) / "start" / name).read_text("utf-8")
            words = words.replace('"AS_OF"', today).replace('"QUESTION"', asked)
            (folder / name).write_text(words, "utf-8")
    return tuple(folder / name for name in FILES)


def _quote(words: str) -> str:
    import tomlkit

    plain = words.encode("utf-8", "replace").decode()
    return spell_out_marks(tomlkit.string(" ".join(plain.split())).as_string())


def add_reports(folder: str | Path, paths: Sequence[str | Path]) -> tuple[Added, ...]:
    """Copy report files into `reports/`, overwriting nothing.

    A file whose content is there already is said to be known and is not copied;
    one whose name is taken by another is numbered. Each is entered in the log of custody.
    Raises InputError for a path that cannot be read.
    """
    place = Path(folder) / "reports"
    if not (Path(folder) / "case.toml").is_file():
        raise CaseError(f"'{folder}' is no case: it has no case.toml; make one with: firsthand new FOLDER")
    given = list(_list_files(paths, Path(folder).resolve()))
    with writing(place):
        place.mkdir(exist_ok=True)
    known = {_digest(one.read_bytes()): one.name for one in sorted(place.iterdir()) if one.is_file()}
    added = tuple(_add(place, one, known) for one in given)
    enter_reports(folder, [(one.path, Path(one.given).name) for one in added])
    return added


def _list_files(paths: Iterable[str | Path], case: Path) -> Iterator[Path]:
    """Yield the files that are meant; never those of the case itself, which are no reports, except its reports."""
    for path in map(Path, paths):
        found = _open_folder(path) if path.is_dir() else [path]
        meant = [one for one in found if not _is_of_case(one, case)]
        if found and not meant:
            raise InputError(f"'{path}' holds only files of the case itself; name the files to be added")
        if not meant:
            raise InputError(f"there is no file in '{path}'; put files in it or name another")
        if not path.is_dir() and not path.is_file():
            raise InputError(f"there is no file '{path}'; check the path")
        yield from meant


def _open_folder(folder: Path) -> list[Path]:
    inner = sorted(one for one in folder.rglob("*") if one.is_file() and not one.is_symlink())
    return [one for one in inner if not any(part.startswith(".") for part in one.relative_to(folder).parts)]


def _is_of_case(path: Path, case: Path) -> bool:
    place = path.resolve()
    return place.is_relative_to(case) and not place.is_relative_to(case / "reports")


def _add(place: Path, source: Path, known: dict[str, str]) -> Added:
    if source.resolve().is_relative_to(place.resolve()):
        return Added(given=str(source), path=source.resolve().relative_to(place.resolve()).as_posix(), known=True)
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
