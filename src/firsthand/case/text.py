"""Which line of a case file says what, and how is a mistake in it told?"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from firsthand.errors import CaseError, UnknownName
from firsthand.model import record

SCHEMA = 1
FILES = ("case.toml", "sources.toml", "claims.toml", "expectations.toml")
Key = str | int
Place = tuple[Key, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_STRING_OR_COMMENT = re.compile(
    r'"""(?:\\.|[^\\])*?"""|"""[\s\S]*\Z|"(?:\\.|[^"\\\n])*"'
    r"|'''[\s\S]*?'''|'''[\s\S]*\Z|'[^'\n]*'|#[^\n]*",
    re.DOTALL,
)
# C1 controls, line separators and the marks that override the direction of text (Unicode 15, Bidi_Control).
_MARKS = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_WHERE = re.compile(r"\s*\(at line (\d+), column \d+\)|\s*\(at end of document\)")


@record
class CaseText:
    """One file of a case: its plain data (dates as ISO text) and the line on which each key stands."""

    name: str
    data: Mapping[str, Any]
    lines: Mapping[Place, int]

    def find_line(self, path: Place) -> int | None:
        """Return the line of a key, or of the nearest table around it, or else of the first one below it."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        within = (line for place, line in self.lines.items() if path and place[: len(path)] == path)
        return min(within, default=None)

    def fault(self, what: str, *path: Key) -> CaseError:
        """Return the error that says what is wrong at this place."""
        return CaseError(show_plainly(what), self.name, self.find_line(path))

    def unknown(self, what: str, *path: Key) -> UnknownName:
        """Return the error that says which name or key does not exist."""
        return UnknownName(show_plainly(what), self.name, self.find_line(path))


def show_plainly(words: str) -> str:
    """Return words on one line, with what a terminal might obey written out."""
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in words)


def spell_out_marks(words: str) -> str:
    """Return TOML in which what would turn, break or command the text of an editor stands as \\uXXXX in its strings."""
    return _MARKS.sub(lambda mark: f"\\u{ord(mark[0]):04x}", words)


class Mistakes:
    """What is wrong with a case so far; the first is told, with the number of the others."""

    def __init__(self) -> None:
        self.found: list[CaseError] = []

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Note a CaseError raised inside and go on with the next thing."""
        try:
            yield
        except CaseError as error:
            self.found.append(error)

    def tell(self) -> None:
        """Raise the first mistake, saying how many further ones there are."""
        if not self.found:
            return
        first, others = self.found[0], len(self.found) - 1
        more = f" (and {others} further mistake{'s' if others > 1 else ''} in this case)" if others else ""
        raise type(first)(first.what + more, first.where, first.line)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Tell a CaseError where something cannot be written."""
    try:
        yield
    except OSError as error:
        raise CaseError(f"'{path}' cannot be written: {error.strerror or error}") from None


def read_text(folder: Path, name: str) -> CaseText:
    """Return one file of a case, empty where an optional one is missing.

    Raises CaseError for a missing case.toml, bad TOML, bytes that are not UTF-8 and a schema newer than ours.
    """
    words = read_words(folder, name)
    text = CaseText(name=name, data=_parse(words, name), lines=map_lines(words))
    _check_version(text)
    return text


def read_words(folder: Path, name: str, *, mark: bool = False) -> str:
    """Return what stands in one file of a case, with its byte order mark if wanted."""
    try:
        words = (folder / name).read_bytes().decode("utf-8")
    except FileNotFoundError:
        if name != "case.toml":
            return ""
        raise CaseError(f"there is no case.toml in '{folder}'; make a case with: firsthand new FOLDER") from None
    except UnicodeDecodeError as error:
        raise CaseError(f"is not UTF-8 text (byte {error.start}); save it as UTF-8", name) from None
    except OSError as error:
        raise CaseError(f"cannot be read: {error.strerror}", name) from None
    return words if mark else words.removeprefix("\ufeff")


def _parse(words: str, name: str) -> dict[str, Any]:
    try:
        plain: dict[str, Any] = _flatten_dates(tomllib.loads(words.replace("\r\n", "\n")))
    except RecursionError:
        raise CaseError("is nested too deeply to be read", name) from None
    except tomllib.TOMLDecodeError as error:
        place = _WHERE.search(str(error))
        line = int(place[1]) if place and place[1] else words.count("\n") + 1
        what = _WHERE.sub("", str(error)).rstrip(".")
        twice = re.fullmatch(r"Cannot declare \((.+)\) twice", what)
        if twice:
            what = f"[{'.'.join(_split(twice[1]))}] stands twice; give each its own id"
        raise CaseError(what if twice else f"is not TOML here: {what}", name, line) from None
    except ValueError:
        raise CaseError("holds a number with more digits than can be read", name, _find_digits(words)) from None
    return plain


def _find_digits(words: str) -> int | None:
    """Return the line of the first number that Python refuses to read for its length."""
    lines = enumerate(words.split("\n"), 1)
    return next((number for number, line in lines if re.search(r"[\d_]{1000}", line)), None)


def _flatten_dates(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _flatten_dates(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_flatten_dates(inner) for inner in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value


def _check_version(text: CaseText) -> None:
    version = text.data.get("schema", SCHEMA)
    if isinstance(version, int) and version > SCHEMA:
        raise text.fault(
            f"this case is of schema {version}, this firsthand reads {SCHEMA}; upgrade firsthand", "schema"
        )


def map_lines(words: str) -> dict[Place, int]:
    """Return the 1-based line of every table and key that begins a line of TOML."""
    lines: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    prefix: Place = ()
    pending = ""
    for number, line in enumerate(words.split("\n"), 1):
        if pending:
            pending = _leave_open(pending + "\n" + line)
        elif header := _HEADER.match(line):
            prefix = _place_header(_split(header[2]), header[1] == "[[", counts)
            lines.setdefault(prefix, number)
        elif key := _KEY.match(line):
            lines.setdefault(prefix + _split(key[1]), number)
            pending = _leave_open(line[key.end() :])
    return lines


def _split(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(r"""[\w-]+|"[^"]*"|'[^']*'""", dotted))


def _place_header(parts: tuple[str, ...], repeated: bool, counts: dict[Place, int]) -> Place:
    place: Place = ()
    for index, part in enumerate(parts):
        place += (part,)
        if repeated and index == len(parts) - 1:
            counts[place] = counts.get(place, 0) + 1
        if place in counts:
            place += (counts[place] - 1,)
    return place


def _leave_open(value: str) -> str:
    """Return the value where it goes on over the next line, otherwise nothing."""
    unclosed = any(
        match[0][:3] in ('"""', "'''") and not _is_closed(match[0]) for match in _STRING_OR_COMMENT.finditer(value)
    )
    bare = _STRING_OR_COMMENT.sub("", value)
    depth = sum(bare.count(mark) for mark in "[{") - sum(bare.count(mark) for mark in "]}")
    return value if unclosed or depth > 0 else ""


def _is_closed(quoted: str) -> bool:
    return len(quoted) >= 6 and quoted.endswith(quoted[:3])
