"""What should be there, would it be there by now, and did anybody look?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from firsthand.case.claims import Names
from firsthand.case.entries import TRUTH, Entry, list_tables
from firsthand.case.frame import read_claim_name
from firsthand.case.text import CaseText, Mistakes
from firsthand.model import Channel, EvidenceId, Expectation, Knob, KnobId, Report
from firsthand.silence import cover_window

Looked = tuple[Sequence[Channel], date]


def read_channels(text: CaseText, reports: Mapping[str, Report], mistakes: Mistakes) -> Iterator[Channel]:
    """Yield the places where something would appear, and when somebody looked there."""
    for name, entry in list_tables(text, "channel", reports):
        with mistakes.noting():
            yield Channel(
                id=name,
                name=entry.read_text("name"),
                share=float(entry.data["share"]),
                watched=tuple(entry.make_period(days, "watched") for days in entry.data.get("watched", ())),
            )


def read_expectations(
    text: CaseText, reports: Mapping[str, Report], mistakes: Mistakes, names: Names, looked: Looked
) -> Iterator[Expectation]:
    """Yield what is missing; `looked` is the channels and the day of the assessment."""
    for name, entry in list_tables(text, "expectation", reports):
        with mistakes.noting():
            yield _read_expectation(name, entry, names, looked)


def _read_expectation(name: str, entry: Entry, names: Names, looked: tuple[Sequence[Channel], date]) -> Expectation:
    knob = f"expectation.{name}"
    channels, as_of = looked
    claim = read_claim_name(entry, names.claims)
    posture = entry.read_text("posture") or None
    if posture:
        entry.check_name(posture, names.postures, "posture", "posture")
    known = [channel.id for channel in channels]
    chosen = tuple(entry.check_name(one, known, "channel", "channels") for one in entry.data.get("channels", known))
    return Expectation(
        id=EvidenceId(name),
        title=entry.read_text("title"),
        posture=posture,
        produced=entry.read_given("produced", f"{knob}.produced", TRUTH if claim else names.hypotheses),
        by_now=_read_by_now(entry, f"{knob}.by_now", as_of),
        coverage=_read_coverage(entry, f"{knob}.coverage", [one for one in channels if one.id in chosen]),
        window=entry.read_period("window"),
        claim=claim,
        channels=chosen,
        quote=entry.read_quote(),
        judged=not entry.data.get("suggested", False),
    )


def _read_by_now(entry: Entry, knob: str, as_of: date) -> Knob:
    if "half_life_days" not in entry.data:
        if "since" in entry.data:
            raise entry.fault("'since' needs 'half_life_days', the days in which half of such things are out", "since")
        return entry.read_knob("by_now", knob) or _fix(knob, 1.0, "taken as certain")
    since = entry.read_date("since")
    if since is None:
        raise entry.fault("'half_life_days' needs 'since', the day from which it counts", "half_life_days")
    if "by_now" in entry.data:
        raise entry.fault("'by_now' and 'half_life_days' say the same thing; keep one of them", "by_now")
    half_life = float(entry.data["half_life_days"])
    days = max(0, (as_of - since).days)
    return _fix(knob, 1.0 - 0.5 ** (days / half_life), f"half in {half_life:g} days, {days} days since {since}")


def _read_coverage(entry: Entry, knob: str, channels: Sequence[Channel]) -> Knob:
    stated = entry.read_knob("coverage", knob)
    if stated is not None:
        return stated
    window = entry.read_period("window")
    if window is None:
        raise entry.fault("needs 'window', first and last day, to work out its coverage; or state 'coverage'")
    watched = sum(cover_window([replace(channel, share=1.0)], window) > 0 for channel in channels)
    return _fix(knob, cover_window(channels, window), f"{watched} of {len(channels)} channels watched")


def _fix(knob: str, value: float, text: str) -> Knob:
    return Knob(id=KnobId(knob), low=value, value=value, high=value, text=text)
