"""Who speaks, and how is each of them judged?"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from firsthand.case.entries import Entry, list_tables, open_entry
from firsthand.case.quantities import read_knob
from firsthand.case.text import CaseText, Mistakes
from firsthand.model import Anonymity, Knob, KnobId, Profile, Report, Source, SourceId, SourceKind, Tie

SHARED = ("talk", "rumour", "error", "spin_talk", "shameless", "spin_against")
UNJUDGED = "not judged"


@cache
def load_defaults() -> Mapping[str, Any]:
    """Return the starting numbers for what nobody has judged yet."""
    return tomllib.loads((files(__package__) / "defaults.toml").read_text("utf-8"))


def read_model(text: CaseText) -> dict[str, Knob]:
    """Return the numbers that all sources share unless they set their own."""
    own = text.data.get("model", {})
    return {name: read_knob(own.get(name, load_defaults()["model"][name]), f"model.{name}") for name in SHARED}


def read_profiles(
    texts: tuple[CaseText, CaseText], reports: Mapping[str, Report], mistakes: Mistakes, campaigns: Sequence[str]
) -> Iterator[Profile]:
    """Yield the sources with their judged numbers; `texts` are case.toml, for the shared ones, and sources.toml."""
    case_text, text = texts
    model = read_model(case_text)
    entries = list(list_tables(text, "source", reports))
    known = [name for name, _ in entries]
    for name, entry in entries:
        with mistakes.noting():
            yield _read_profile(SourceId(name), entry, model, (campaigns, known))


def _read_profile(
    name: SourceId, entry: Entry, model: Mapping[str, Knob], names: tuple[Sequence[str], Sequence[str]]
) -> Profile:
    campaigns, sources = names
    campaign = entry.read_text("campaign") or None
    if campaign:
        entry.check_name(campaign, campaigns, "campaign", "campaign")
    gains = entry.data.get("gains")
    spin_off, spin_on = _read_spin(name, entry, gains)
    shared = {key: entry.read_knob(key, f"source.{name}.{key}") or model[key] for key in SHARED}
    if "error" not in entry.data and entry.read_text("grade"):
        shared["error"] = _read_grade(name, entry, "error") or shared["error"]
    return Profile(
        source=_read_source(name, entry),
        role=entry.read_text("role"),
        access=_read_access(name, entry),
        spin_off=spin_off,
        spin_on=spin_on,
        campaign=campaign,
        gains=gains,
        interest=entry.read_text("interest"),
        access_why=entry.read_text("access_why"),
        ties=tuple(_read_tie(one) for one in entry.list_entries("ties")),
        anonymity=_read_anonymity(name, entry, sources),
        imported_grade=entry.read_text("grade").upper(),
        quotes=entry.read_quotes(),
        judged=not entry.data.get("suggested", False),
        **shared,
    )


def _read_source(name: SourceId, entry: Entry) -> Source:
    kind = SourceKind(entry.data.get("kind", "unnamed" if "anonymous" in entry.data else "named"))
    spellings = tuple(str(one) for one in entry.data.get("names", ()))
    return Source(
        id=name, name=entry.read_text("name"), kind=kind, speaks_for=entry.read_text("speaks_for"), names=spellings
    )


def _read_access(name: SourceId, entry: Entry) -> Knob:
    knob = entry.read_knob("access", f"source.{name}.access") or _read_grade(name, entry, "access")
    return knob or _unjudged(load_defaults()["unjudged"]["access"], f"source.{name}.access")


def _read_spin(name: SourceId, entry: Entry, gains: bool | None) -> tuple[Knob, Knob]:
    """Return spin with the campaign off and on: one knob twice where only one number is given."""
    value = entry.data.get("spin")
    if isinstance(value, dict):
        spin = open_entry(entry.text, (*entry.place, "spin"), value, entry.reports)
        return spin.need_knob("off", f"source.{name}.spin_off"), spin.need_knob("on", f"source.{name}.spin_on")
    knob = entry.read_knob("spin", f"source.{name}.spin_off") or _read_grade(name, entry, "spin")
    if knob is None:
        case = "gains_unknown" if gains is None else "gains" if gains else "gains_nothing"
        knob = _unjudged(load_defaults()["unjudged"][case], f"source.{name}.spin_off")
    return knob, knob


def _read_grade(name: SourceId, entry: Entry, key: str) -> Knob | None:
    """Return the wide interval that stands for an imported Admiralty letter; F stays missing."""
    grade = entry.read_text("grade").upper()
    ranges = load_defaults()["grade"].get(grade[:1])
    if not ranges:
        return None
    knob = f"source.{name}.{'spin_off' if key == 'spin' else key}"
    return replace(read_knob(ranges[key], knob), text=f"grade {grade}")


def _unjudged(value: Any, knob: str) -> Knob:
    return replace(read_knob(value, knob), id=KnobId(knob), text=UNJUDGED)


def _read_tie(entry: Entry) -> Tie:
    quote = entry.read_quote()
    return Tie(to=entry.read_text("to"), sentence=entry.read_text("sentence"), quotes=(quote,) if quote else ())


def _read_anonymity(name: SourceId, entry: Entry, sources: Sequence[str]) -> Anonymity | None:
    if "anonymous" not in entry.data:
        return None
    inner = open_entry(entry.text, (*entry.place, "anonymous"), entry.data["anonymous"], entry.reports)
    knob = f"source.{name}.anonymity"
    parts = {key: inner.need_knob(key, f"{knob}.{key}") for key in ("employer", "himself", "nobody", "own_spin")}
    total = sum(parts[key].value for key in ("employer", "himself", "nobody"))
    if abs(total - 1) > 1e-6:
        raise inner.fault(f"employer, himself and nobody add up to {total:g}, and must add up to 1")
    same_as = inner.read_text("same_as") or None
    if same_as:
        inner.check_name(same_as, sources, "source", "same_as")
    if (same_as is None) != ("same_weight" not in inner.data):
        raise inner.fault("'same_as' and 'same_weight' need each other: who it may be, and the chance of it")
    return Anonymity(
        **parts,
        same_as=SourceId(same_as) if same_as else None,
        same_weight=inner.read_knob("same_weight", f"{knob}.same_weight"),
    )
