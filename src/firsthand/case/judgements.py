"""What has the analyst decided since, and what does the case look like after it?"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from firsthand.case.knobs import list_knobs, list_ownable, own_knobs, turn_knobs
from firsthand.case.limit import keep_evidence, list_items
from firsthand.case.quantities import check_quantity
from firsthand.case.readings import check_reading, is_reading, read_lineages, read_readings
from firsthand.case.text import show_plainly, writing
from firsthand.errors import CaseError, UnknownName, suggest
from firsthand.model import Case, Judgement, record

FILE = "judgements.jsonl"
FIELDS = ("when", "who", "about", "value", "why")
DECISIONS = ("retracted", "restored", "accepted", "rejected")
GONE = ("retracted", "rejected")
RESTORED = "restored"
"""Takes back what was judged before: a number stands again as the files have it."""


PLACE = re.compile(r"place\.[\w-]+")
"""Which of several places a name means: `place.tripoli`, judged to be "LY"; it moves no number."""
LONGEST_PLACE = 60


@record
class Known:
    """What a judgement may be about."""

    decidable: frozenset[str]
    numbers: frozenset[str]


def _list_known(case: Case) -> Known:
    numbers = frozenset(str(knob.id) for knob in list_knobs(case))
    return Known(decidable=frozenset(list_decidable(case)), numbers=numbers | list_ownable(case))


def _list_named(case: Case) -> Known:
    """Return what a further judgement may be about: also what an earlier one took out of the case."""
    known = _list_known(case)
    decided = {one.about for one in case.judgements if one.value in DECISIONS and one.value != RESTORED}
    turned = {one.about for one in case.judgements if one.value not in DECISIONS}
    return Known(decidable=known.decidable | decided, numbers=known.numbers | turned)


def read_judgements(folder: Path) -> tuple[Judgement, ...]:
    """Return the judgements in their order; raise CaseError with the line for one that is not well formed."""
    path = folder / FILE
    try:
        lines = path.read_bytes().decode("utf-8").removeprefix("\ufeff").split("\n")
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError as error:
        raise CaseError(f"is not UTF-8 text (byte {error.start}); save it as UTF-8", FILE) from None
    except OSError as error:
        raise CaseError(f"cannot be read: {error.strerror}", FILE) from None
    return tuple(_read_line(line, number) for number, line in enumerate(lines, 1) if line.strip())


def _read_line(line: str, number: int) -> Judgement:
    try:
        data: Any = json.loads(line)
    except (ValueError, RecursionError):
        raise CaseError("is not JSON here; one judgement stands on one line", FILE, number) from None
    if not isinstance(data, dict):
        raise CaseError("a judgement is an object with when, who, about, value and why", FILE, number)
    for key in data:
        if key not in FIELDS:
            raise UnknownName(f"'{key}' is not a key of a judgement{suggest(key, FIELDS)}", FILE, number)
    missing = [key for key in FIELDS if key not in data]
    if missing:
        raise CaseError(f"this judgement has no '{missing[0]}'; add it", FILE, number)
    try:
        when = datetime.fromisoformat(str(data["when"]))
    except ValueError:
        raise CaseError(f"'{data['when']}' is not a moment such as 2011-04-08T12:00:00", FILE, number) from None
    value = data["value"] if isinstance(data["value"], str) else json.dumps(data["value"])
    return Judgement(when=when, who=str(data["who"]), about=str(data["about"]), value=value, why=str(data["why"]))


def apply_judgements(case: Case, judgements: Sequence[Judgement]) -> Case:
    """Return the case after the judgements, in order: a later one about the same thing outweighs an earlier.

    Raises CaseError for a judgement about something that is not in the case, or with a value that cannot be meant.
    """
    latest: dict[str, Judgement] = {}
    known = _list_known(case)
    for number, judgement in enumerate(judgements, 1):
        _check_judgement(judgement, known, number)
        if is_reading(judgement.about) or PLACE.fullmatch(judgement.about):
            continue
        latest.pop(judgement.about, None)
        latest[judgement.about] = judgement
    turns = {one.about: parse_value(one.value) for one in latest.values() if one.value not in DECISIONS}
    case = turn_knobs(own_knobs(case, turns), turns) if turns else case
    for judgement in latest.values():
        if judgement.value in DECISIONS:
            case = _apply_decision(case, judgement)
    return replace(
        case,
        judgements=tuple(judgements),
        readings=read_readings(judgements),
        lineages=read_lineages(judgements),
    )


def parse_value(value: str) -> Any:
    """Return the number, list or word that a judgement's value stands for."""
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def _check_judgement(judgement: Judgement, known: Known, number: int | None = None) -> None:
    """Raise CaseError where a judgement is about nothing in the case, or says what cannot be said about it."""
    where, about, value = FILE if number else "", judgement.about, judgement.value
    if is_reading(about):
        if fault := check_reading(judgement):
            raise CaseError(show_plainly(fault), where, number)
        return
    if PLACE.fullmatch(about):
        if not value.strip() or len(value) > LONGEST_PLACE:
            raise CaseError(f"'{about}' is the country code of the place meant, or 'open'", where, number)
        return
    if about not in known.decidable and about not in known.numbers:
        names = known.decidable if value in DECISIONS else known.numbers
        what = f"there is nothing called '{about}' in this case{suggest(about, names)}"
        raise UnknownName(show_plainly(what), where, number)
    if value in DECISIONS and value != RESTORED and about not in known.decidable:
        fault = f"'{value}' cannot be decided about the number '{about}'; give a number, [low, high] or a word"
    elif value not in DECISIONS and about not in known.numbers:
        fault = f"'{value}' cannot be decided about '{about}'; say one of {', '.join(DECISIONS)}"
    else:
        lineage = about.endswith(".copy")
        fault = "" if value in DECISIONS else check_quantity(parse_value(value), about, lineage=lineage)
    if fault:
        raise CaseError(show_plainly(fault), where, number)


def list_decidable(case: Case) -> list[str]:
    """Return what can be retracted, restored, accepted or rejected."""
    names = [f"source.{one.source.id}" for one in case.profiles] + [f"report.{one.path}" for one in case.reports]
    return names + [f"{kind}.{item.id}" for kind, item in list_items(case)]


def _apply_decision(case: Case, judgement: Judgement) -> Case:
    kind, _, name = judgement.about.partition(".")
    if judgement.value in GONE:
        return _drop(case, kind, name)
    return _accept(case, kind, name) if judgement.value == "accepted" else case


def _drop(case: Case, kind: str, name: str) -> Case:
    """Leave out an item, or all that a source said, or all that stands in a report."""
    if kind == "source":
        return keep_evidence(case, lambda item: name not in (getattr(item, "source", ""), getattr(item, "author", "")))
    if kind == "report":
        gone = {report.id for report in case.reports if report.path == name}
        return keep_evidence(case, lambda item: item.quote is None or item.quote.span.report not in gone)
    return keep_evidence(case, lambda item: item.id != name)


def _accept(case: Case, kind: str, name: str) -> Case:
    if kind == "source":
        accepted = tuple(replace(one, judged=True) if one.source.id == name else one for one in case.profiles)
        return replace(case, profiles=accepted)
    if kind == "assertion":
        return replace(case, assertions=_mark_judged(case.assertions, name))
    if kind == "expectation":
        return replace(case, expectations=_mark_judged(case.expectations, name))
    return case


def _mark_judged(items: Iterable[Any], name: str) -> tuple[Any, ...]:
    return tuple(replace(item, judged=True) if item.id == name else item for item in items)


def record_judgement(folder: str | Path, judgement: Judgement, case: Case | None = None) -> None:
    """Append one judgement to judgements.jsonl, on disk before this returns; nothing written is ever changed.

    Raises CaseError, and writes nothing, where the judgement is about something that is not in the case.
    """
    from firsthand.case import load_case

    case = case or load_case(folder)
    _check_judgement(judgement, _list_named(case))
    if is_reading(judgement.about) and (fault := check_reading(judgement, case.reports)):
        raise CaseError(show_plainly(fault))
    if not judgement.why.strip():
        raise CaseError('a judgement needs its reason; give one with: --why "what speaks for it"')
    line = {
        "when": judgement.when.isoformat(),
        "who": judgement.who,
        "about": judgement.about,
        "value": parse_value(judgement.value),
        "why": judgement.why,
    }
    path = Path(folder) / FILE
    torn = path.exists() and path.stat().st_size and not path.read_bytes().endswith(b"\n")
    words = b"\n" * bool(torn) + (json.dumps(line, ensure_ascii=False) + "\n").encode("utf-8", "replace")
    with writing(path), path.open("ab") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())
