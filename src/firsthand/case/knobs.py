"""Which numbers does a case hold, what does each ask, and what if one were different?"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from firsthand.case.quantities import check_quantity, read_knob
from firsthand.errors import CaseError, UnknownName, suggest
from firsthand.model import Case, Judgement, Knob, KnobId, Report, find_knobs

T = TypeVar("T")
Turn = float | int | str | list[float] | tuple[float, ...] | Knob
_WITHOUT_KNOBS = (Report, Judgement)
OWNABLE = ("talk", "rumour", "error", "spin_talk", "shameless", "spin_against")


def list_knobs(case: Case) -> tuple[Knob, ...]:
    """Return every judged number of a case once, in order of id."""
    # Reports are thousands of records, and hold no number.
    found = {knob.id: knob for knob in find_knobs(replace(case, reports=(), judgements=()))}
    return tuple(found[name] for name in sorted(found))


def find_knob(case: Case, name: str) -> Knob:
    """Return the judged number of that id; raise UnknownName with the nearest one otherwise."""
    found = {str(knob.id): knob for knob in list_knobs(case)}
    if name not in found:
        raise UnknownName(f"there is no number '{name}' in this case{suggest(name, found)}")
    return found[name]


def turn_knobs(case: Case, turns: Mapping[str, Turn]) -> Case:
    """Return the case with some numbers different; other priors are rescaled so that they still add up to 1.

    A turn is a number, [low, high], [low, value, high], a word, or a knob.
    Raises UnknownName for an id that is not in the case, CaseError for a number that cannot be meant.
    """
    turned = {name: _read_turn(find_knob(case, name), turn) for name, turn in turns.items()}
    turned |= _rescale_priors(case, turned)
    return map_knobs(case, lambda knob: turned.get(knob.id, knob))


def list_ownable(case: Case) -> frozenset[str]:
    """Return the numbers that a source shares with others and could have of its own, as `source.ID.error`."""
    return frozenset(
        f"source.{one.source.id}.{field}"
        for one in case.profiles
        for field in OWNABLE
        if getattr(one, field).id != f"source.{one.source.id}.{field}"
    )


def own_knobs(case: Case, names: Collection[str]) -> Case:
    """Return the case in which sources have those of their shared numbers for themselves, as they stand."""
    wanted = list_ownable(case) & frozenset(names)
    if not wanted:
        return case
    profiles = []
    for one in case.profiles:
        ids = {field: KnobId(f"source.{one.source.id}.{field}") for field in OWNABLE}
        own = {field: replace(getattr(one, field), id=name) for field, name in ids.items() if name in wanted}
        profiles.append(replace(one, **own))
    return replace(case, profiles=tuple(profiles))


def _read_turn(knob: Knob, turn: Turn) -> Knob:
    if isinstance(turn, Knob):
        return replace(turn, id=knob.id)
    value = list(turn) if isinstance(turn, tuple) else turn
    fault = check_quantity(value, knob.id, lineage=knob.id.endswith(".copy"))
    if fault:
        raise CaseError(fault)
    return read_knob(value, knob.id)


def _rescale_priors(case: Case, turned: Mapping[str, Knob]) -> dict[str, Knob]:
    moved = {one.prior.id: turned[one.prior.id] for one in case.hypotheses if one.prior.id in turned}
    others = [one.prior for one in case.hypotheses if one.prior.id not in turned]
    if not moved:
        return {}
    rest = 1.0 - sum(knob.value for knob in moved.values())
    if rest < -1e-9 or (not others and abs(rest) > 1e-6):
        raise CaseError(f"the priors would add up to {1 - rest:g}, and must add up to 1")
    before = sum(knob.value for knob in others)
    share = [knob.value / before if before > 0 else 1.0 / len(others) for knob in others]
    return {knob.id: _scale(knob, max(rest, 0.0) * part) for knob, part in zip(others, share, strict=True)}


def _scale(knob: Knob, value: float) -> Knob:
    """Return the knob moved to a value, its range scaled with it and kept inside [0, 1]."""
    factor = value / knob.value if knob.value > 0 else 1.0
    low, high = min(value, knob.low * factor), min(1.0, max(value, knob.high * factor))
    return replace(knob, low=low, value=value, high=high)


def map_knobs(value: T, change: Callable[[Knob], Knob]) -> T:
    """Return a record with every knob in it changed; what holds no changed knob is the very same object."""
    changed: Any = _map(value, change)
    result: T = changed
    return result


def _map(value: Any, change: Callable[[Knob], Knob]) -> Any:
    if isinstance(value, Knob):
        return change(value)
    if isinstance(value, tuple):
        inner = tuple(_map(one, change) for one in value)
        return inner if any(new is not old for new, old in zip(inner, value, strict=True)) else value
    if isinstance(value, Mapping):
        table = {key: _map(one, change) for key, one in value.items()}
        return table if any(table[key] is not value[key] for key in table) else value
    if is_dataclass(value) and not isinstance(value, (*_WITHOUT_KNOBS, type)):
        parts = {one.name: _map(getattr(value, one.name), change) for one in fields(value)}
        moved = {name: part for name, part in parts.items() if part is not getattr(value, name)}
        return replace(value, **moved) if moved else value
    return value


@cache
def _load_questions() -> tuple[tuple[tuple[str, ...], str], ...]:
    table = tomllib.loads((files(__package__) / "knob_questions.toml").read_text("utf-8"))
    return tuple((tuple(one["knob"].split(".")), one["asks"]) for one in table["question"])


def ask_knobs(case: Case) -> dict[str, str]:
    """Return for every knob the plain question that its number answers."""
    names = _name_things(case)
    return {str(knob.id): _ask(str(knob.id), names) for knob in list_knobs(case)}


def _ask(knob: str, names: Mapping[tuple[str, str], str]) -> str:
    parts = knob.split(".")
    for pattern, sentence in _load_questions():
        if len(pattern) == len(parts) and all(want in ("*", part) for want, part in zip(pattern, parts, strict=True)):
            subject = names.get((parts[0], parts[1]), parts[1])
            last = names.get(("hypothesis", parts[-1]), parts[-1])
            return sentence.format(subject=subject, last=last, part=parts[-2])
    return knob


def _name_things(case: Case) -> dict[tuple[str, str], str]:
    names: dict[tuple[str, str], str] = {}
    for kind, things in (
        ("hypothesis", case.hypotheses),
        ("campaign", case.campaigns),
        ("posture", case.postures),
        ("scenario", case.scenarios),
    ):
        names |= {(kind, str(thing.id)): thing.name for thing in things}
    for kind, items in (
        ("assertion", case.assertions),
        ("observation", case.observations),
        ("statement", case.statements),
        ("expectation", case.expectations),
        ("question", case.questions),
    ):
        names |= {(kind, str(item.id)): item.title for item in items}
    names |= {("source", str(one.source.id)): one.source.name for one in case.profiles}
    return names | {("claim", str(one.id)): one.sentence for one in case.claims}
