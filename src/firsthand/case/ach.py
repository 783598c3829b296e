"""What does a plain matrix of competing hypotheses say, and which case does it make?

A table of comma-, semicolon- or tab-separated values with hypotheses in rows and evidence in columns, or the other
way round. Each mark becomes the interval that its word has in a case.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from firsthand.case.append import add_entries, replace_files
from firsthand.case.folder import new_case
from firsthand.case.text import show_plainly, spell_out_marks, writing
from firsthand.case.wording import flatten_words, make_slug
from firsthand.custody import enter_reports
from firsthand.errors import InputError, suggest
from firsthand.model import record

REPORT = "ach-matrix.txt"
MOST_HYPOTHESES = 12
MOST_CELLS = 100_000
FORMULA = re.compile(r"^'(?=[=+\-@])")
NUMBERED = re.compile(r"h\d+\b", re.IGNORECASE)


@record
class Sheet:
    """Hypotheses, evidence, and the word of consistency for each pair: a row for each hypothesis."""

    hypotheses: tuple[str, ...]
    evidence: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]


@cache
def load_spellings() -> Mapping[str, Any]:
    """Return how marks and headings are spelt."""
    return tomllib.loads((files(__package__) / "ach.toml").read_text("utf-8"))


def new_case_from_matrix(folder: str | Path, question: str, path: Path, as_of: date | None = None) -> tuple[Path, ...]:
    """Start a case from a matrix: its hypotheses equally likely, its evidence as observations, itself as their report.

    The first hypothesis is the one asked about; "something else" is added, neutral to all, where it is missing.
    Raises InputError for a file that is no such matrix, CaseError where the folder holds anything.
    """
    sheet = read_matrix(path)
    made = new_case(folder, question, as_of)
    place, report = Path(folder), _write_report(sheet, path.name)
    with writing(place / "reports" / REPORT):
        (place / "reports" / REPORT).write_text("\n".join(report) + "\n", "utf-8")
    enter_reports(place, [(REPORT, path.name)])
    hypotheses = _name_hypotheses(sheet)
    start = (place / "case.toml").read_text("utf-8")
    observations = add_entries(place, "claims.toml", {}, {"observation": _list_observations(sheet, hypotheses, report)})
    replace_files(place, {"case.toml": _swap_hypotheses(start, hypotheses), "claims.toml": observations})
    return made


def read_matrix(path: Path) -> Sheet:
    """Return what a file of separated values says; raise InputError with the line for what cannot be meant."""
    try:
        words = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path} is not UTF-8 text; save the matrix as CSV in UTF-8") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None
    rows = _split_rows(words, path)
    if len(rows) < 3 or len(rows[0][1]) < 3:
        wanted = "a heading row, and at least two hypotheses and one piece of evidence"
        raise InputError(f"{path} is no matrix of competing hypotheses: it needs {wanted}")
    heads, names, marks = _take_apart(rows, path)
    if _has_evidence_in_rows(rows[0][1][0], heads, names):
        heads, names, marks = names, heads, [list(column) for column in zip(*marks, strict=True)]
    _check_names(names, heads, path)
    return Sheet(hypotheses=tuple(names), evidence=tuple(heads), words=tuple(tuple(row) for row in marks))


def _split_rows(words: str, path: Path) -> list[tuple[int, list[str]]]:
    """Return the rows that hold anything, each with its line, by the separator that the heading has most of."""
    first = next((line for line in words.splitlines() if line.strip()), "")
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(words), delimiter=mark)
    rows = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((reader.line_num, [FORMULA.sub("", flatten_words(cell)) for cell in cells]))
    except csv.Error as error:
        raise InputError(f"{path}, line {reader.line_num}: {error}; save the matrix as plain CSV") from None
    if sum(len(cells) for _, cells in rows) > MOST_CELLS:
        raise InputError(f"{path} has more than {MOST_CELLS} cells, which is no matrix an analyst made")
    return rows


def _take_apart(rows: Sequence[tuple[int, list[str]]], path: Path) -> tuple[list[str], list[str], list[list[str]]]:
    """Return the headings, the names of the rows and the word in every cell; scores and notes are left aside."""
    aside = load_spellings()["headings"]["aside"]
    heads = rows[0][1]
    kept = [place for place, head in enumerate(heads) if place and head and head.casefold() not in aside]
    names, marks = [], []
    for line, cells in rows[1:]:
        if not cells[0] or cells[0].casefold() in aside:
            continue
        names.append(cells[0])
        padded = cells + [""] * (len(heads) - len(cells))
        marks.append([_read_mark(padded[place], heads[place], line, path) for place in kept])
    return [heads[place] for place in kept], names, marks


def _read_mark(cell: str, head: str, line: int, path: Path) -> str:
    spellings: Mapping[str, Sequence[str]] = load_spellings()["marks"]
    plain = cell.casefold()
    for word, spelt in spellings.items():
        if plain in spelt:
            return word
    known = [one.upper() for spelt in spellings.values() for one in spelt if one]
    what = f"'{cell[:40]}' under '{head[:40]}' is no mark{suggest(cell.upper(), known)}; write CC, C, N, I or II"
    raise InputError(show_plainly(f"{path}, line {line}: {what}"))


def _has_evidence_in_rows(corner: str, heads: Sequence[str], names: Sequence[str]) -> bool:
    """Tell which way round a matrix stands: as its corner says, or else where the H1, H2 are; or hypotheses in rows."""
    headings = load_spellings()["headings"]
    if corner.casefold() in headings["evidence"]:
        return True
    if corner.casefold() in headings["hypotheses"]:
        return False
    return all(NUMBERED.match(head) for head in heads) and not all(NUMBERED.match(name) for name in names)


def _check_names(hypotheses: Sequence[str], evidence: Sequence[str], path: Path) -> None:
    if not 2 <= len(hypotheses) <= MOST_HYPOTHESES or not evidence:
        counted = f"{len(hypotheses)} hypotheses and {len(evidence)} pieces of evidence"
        remedy = f"it takes 2 to {MOST_HYPOTHESES} and at least one; write 'hypothesis' or 'evidence' in its first cell"
        raise InputError(f"{path} has {counted}; {remedy}, for what stands below")
    for noun, names in (("hypothesis", hypotheses), ("piece of evidence", evidence)):
        twice = next((name for place, name in enumerate(names) if name in names[:place]), None)
        if twice is not None:
            raise InputError(show_plainly(f"{path} has the {noun} '{twice[:60]}' twice; name each differently"))


def _name_hypotheses(sheet: Sheet) -> dict[str, tuple[str, str, bool]]:
    """Return id, name, sentence and whether it is the rest, for every hypothesis and for something else."""
    named: dict[str, tuple[str, str, bool]] = {}
    spelt = load_spellings()["hypotheses"]
    rest = [name for name in sheet.hypotheses[1:] if any(word in name.casefold() for word in spelt["rest"])][-1:]
    for name in sheet.hypotheses:
        named[make_slug(name, named)] = (name, name, name in rest)
    if not rest:
        named[make_slug(spelt["name"], named)] = (spelt["name"], spelt["sentence"], True)
    return named


def _write_report(sheet: Sheet, name: str) -> list[str]:
    head = ["Title: Matrix of competing hypotheses", f"Publisher: {flatten_words(name)}", ""]
    rows = zip(*sheet.words, strict=True)
    marked = [
        f"{title}: " + "; ".join(f"{word} with “{one}”" for one, word in zip(sheet.hypotheses, row, strict=True)) + "."
        for title, row in zip(sheet.evidence, rows, strict=True)
    ]
    return [*head, *(line for mark in marked for line in (mark, ""))]


def _list_observations(
    sheet: Sheet, hypotheses: Mapping[str, tuple[str, str, bool]], report: Sequence[str]
) -> list[dict[str, Any]]:
    lines = [line for line in report[3:] if line]
    found: list[dict[str, Any]] = []
    taken: list[str] = []
    for place, title in enumerate(sheet.evidence):
        words = [row[place] for row in sheet.words]
        words += ["neutral"] * (len(hypotheses) - len(words))
        taken.append(make_slug(title, taken))
        found.append(
            {
                "id": taken[-1],
                "title": title,
                "report": REPORT,
                "quote": lines[place],
                "given": dict(zip(hypotheses, words, strict=True)),
                "why": "As marked in the matrix of competing hypotheses.",
            }
        )
    return found


def _swap_hypotheses(start: str, hypotheses: Mapping[str, tuple[str, str, bool]]) -> str:
    """Return the starting case with these hypotheses in place of its own, and with nobody pushing the story yet."""
    import tomlkit

    table = tomlkit.table(is_super_table=True)
    for name, (short, sentence, rest) in hypotheses.items():
        one = tomlkit.table()
        one.update({"name": short, "sentence": sentence} | ({"something_else": True} if rest else {}))
        table.append(name, one)
    made = tomlkit.document()
    made.append("hypothesis", table)
    asked = tomlkit.string(next(iter(hypotheses))).as_string()
    begin, end = start.index("[hypothesis.so]"), start.index("# Is somebody pushing this story?")
    whole = start[:begin] + spell_out_marks(made.as_string().lstrip("\n")) + "\n" + start[end:]
    return re.sub(r'^asks = "so"$', lambda _: f"asks = {asked}", whole, count=1, flags=re.MULTILINE)
