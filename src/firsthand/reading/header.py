"""What does the block of fields above a text, or the file beside it, say about a report?"""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date, datetime

from firsthand.errors import suggest
from firsthand.model import Problem, record
from firsthand.reading.decode import name_encodings
from firsthand.reading.item import FACT_NAMES, Facts, explain_unknown_field
from firsthand.reading.lists import load_list

FIELD = re.compile(r"(?P<indent>[ \t]*)(?P<name>[A-Za-z][A-Za-z_-]{1,19})[ \t]*:(?:[ \t]+(?P<value>.*))?$")
FENCE = re.compile(r"---[ \t]*\r?$")
WRAPPED = 60
TAKEN_AS = {"date": "published", "lang": "language", "source_url": "url", "link": "url"}


@record
class Header:
    """The facts a header block states, where the text below it starts, and what could not be used."""

    facts: Facts = Facts()
    end: int = 0
    problems: tuple[Problem, ...] = ()


def read_header(path: str, text: str) -> Header:
    """Read the block of fields, or the front matter between two lines of dashes, that a text starts with."""
    lines = text.splitlines(keepends=True)
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    fenced = bool(lines) and FENCE.match(lines[start]) is not None
    first = start + 1 if fenced else start
    last = _find_fence(lines, first) if fenced else _find_blank(lines, first)
    block = lines[first:last]
    if last > len(lines) or not _is_header(block):
        return Header()
    facts, used, problems = _read_fields(path, block, first)
    last = last + 1 if fenced else first + used
    return Header(facts=facts, end=sum(map(len, lines[:last])), problems=problems)


@record
class Sidecar:
    """What the file beside a report states: its facts, the encoding it was sent in, and what could not be used."""

    facts: Facts = Facts()
    charset: str = ""
    problems: tuple[Problem, ...] = ()


def read_sidecar(path: str, text: str) -> Sidecar:
    """Read the TOML file of metadata that stands beside a report."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Sidecar(problems=(Problem(where=path, what=f"is not TOML: {error}", remedy="mend it or take it away"),))
    facts, problems = Facts(), list[Problem]()
    charset = table.pop("charset", "")
    if not isinstance(charset, str) or (charset and not name_encodings(charset)):
        what = f"'charset' is '{charset}', which is no encoding of text"
        problems.append(Problem(where=path, what=what, remedy='write it as web pages do: "windows-1251"'))
        charset = ""
    for name, value in table.items():
        if name not in FACT_NAMES:
            what, remedy = explain_unknown_field(name)
            problems.append(Problem(where=path, what=what, remedy=f"{remedy}, and Charset"))
        elif isinstance(value, str | date | datetime):
            facts = replace(facts, **{name: value if isinstance(value, str) else value.isoformat()})
        else:
            problems.append(Problem(where=path, what=f"'{name}' is not text", remedy="put it in quotation marks"))
    return Sidecar(facts=facts, charset=charset, problems=tuple(problems))


def _find_blank(lines: list[str], first: int) -> int:
    return next((number for number in range(first, len(lines)) if not lines[number].strip()), len(lines))


def _find_fence(lines: list[str], first: int) -> int:
    """Return the line of the closing dashes, or one past the end where there is none."""
    return next((number for number in range(first, len(lines)) if FENCE.match(lines[number])), len(lines) + 1)


def _name(line: str) -> str:
    """Return the field a line states, in lower case, or an empty string."""
    match = FIELD.match(line.rstrip("\r\n"))
    name = match["name"].lower() if match and not match["indent"] else ""
    return TAKEN_AS.get(name, name)


def _is_field(line: str) -> bool:
    """Say whether a line states a field of a report, or one that is nearly spelt so."""
    name = _name(line)
    return name in FACT_NAMES or bool(name and suggest(name, FACT_NAMES))


def _is_header(block: list[str]) -> bool:
    """Say whether a block is a header: its first line states a field, and a line of it one we know."""
    return bool(block) and bool(_name(block[0])) and any(_name(line) in FACT_NAMES for line in block)


def _read_fields(path: str, block: list[str], first: int) -> tuple[Facts, int, tuple[Problem, ...]]:
    """Read the lines of a header. A line that states no field goes on with the one above, if fields follow it."""
    values: dict[str, str] = {}
    problems: list[Problem] = []
    last_known = max(number for number, line in enumerate(block) if _is_field(line))
    name, used = "", 0
    for number, line in enumerate(block):
        stated = _name(line)
        indented = line[:1] in " \t"
        if number > last_known and not indented and not _is_wrapped(block, number):
            break
        used = number + 1
        if stated in FACT_NAMES and stated not in values:
            name = stated
            values[name] = _unquote(line.partition(":")[2])
        elif stated and not indented:
            problems += _find_fault(path, first + number + 1, line)
            name = ""
        elif name:
            values[name] += " " + line.strip()
    return Facts(**values), used, tuple(problems)


def _is_wrapped(block: list[str], number: int) -> bool:
    """Say whether a header's last line goes on with the line above it, which was too long."""
    return number == len(block) - 1 and not _name(block[number]) and len(block[number - 1].rstrip()) >= WRAPPED


def _find_fault(path: str, number: int, line: str) -> list[Problem]:
    """Say what is wrong with a field that is not a report's, or is stated twice."""
    written = line.partition(":")[0].strip()
    where = f"{path}, line {number}"
    if _name(line) in FACT_NAMES:
        return [Problem(where=where, what=f"'{written}' is stated twice", remedy="the first one was used")]
    if _name(line) in load_list("regions.toml")["fields_left_alone"]:
        return []
    what, remedy = explain_unknown_field(written)
    return [Problem(where=where, what=what, remedy=remedy)]


def _unquote(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
