"""What should be there, and is not?

Three questions, each asked: would it have been produced, by now, and would *we* have seen it? A silence weighs only as
far as somebody looked. A producer that lies low explains all its silences at once, so they share its posture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from math import fsum

from firsthand.errors import ModelError
from firsthand.model import (
    Case,
    Channel,
    Contribution,
    Evidence,
    EvidenceKind,
    Expectation,
    Factor,
    Knob,
    Knobs,
    Number,
    Period,
    Posture,
    Reason,
    Silence,
    VariableId,
)
from firsthand.probability import tabulate

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def weigh_silences(case: Case, knobs: Knobs) -> tuple[Evidence, ...]:
    """Return every expectation that was not met as evidence: 1 - produced * by_now * damp[lying low] * coverage.

    Scope (H or C,) or, with a posture, (H or C, Q). Raises ModelError for a posture or a state that is not there.
    """
    postures = {posture.id: posture for posture in case.postures}
    return tuple(_weigh_silence(one, case, postures, knobs) for one in case.expectations)


def cover_window(channels: Sequence[Channel], window: Period) -> float:
    """Return how much of where it would appear was watched while it would appear, in [0, 1].

    Each channel counts by its share; shares that add to more than 1 are scaled down, shares that add to less leave
    places nobody could look. Watches that overlap count once.
    """
    total = fsum(channel.share for channel in channels)
    seen = fsum(channel.share * _watched_fraction(channel.watched, window) for channel in channels)
    return min(1.0, seen / max(1.0, total))


def describe_silences(case: Case, knobs: Knobs, contributions: Sequence[Contribution]) -> tuple[Silence, ...]:
    """Return each silence with its three numbers and the weight inference gave it; `knobs` are the judged values."""
    weights = {one.evidence: one for one in contributions}
    return tuple(_describe(one, case, knobs, weights.get(one.id)) for one in case.expectations)


def _weigh_silence(one: Expectation, case: Case, postures: Mapping[str, Posture], knobs: Knobs) -> Evidence:
    if one.posture is not None and one.posture not in postures:
        raise ModelError(f"expectation {one.id!r} names posture {one.posture!r}, which the case does not have")
    quotes = () if one.quote is None else (one.quote,)
    return Evidence(
        id=one.id,
        kind=EvidenceKind.SILENCE,
        title=_name_silence(one.title),
        likelihood=_silence_factor(one, case, None if one.posture is None else postures[one.posture], knobs),
        when=None if one.window is None else _find_closing(one.window),
        quotes=quotes,
        reason=Reason(rule="silence", sentence=_explain(one), quotes=quotes),
    )


def _name_silence(title: str) -> str:
    """Return the title of a silence: that the thing expected was not seen, unless the title says so itself."""
    if title.lower().startswith(("no ", "not ", "nobody ")):
        return title
    return f"Not seen: {title[:1].lower()}{title[1:]}"


def _explain(one: Expectation) -> str:
    if one.coverage.high == 0:
        return "Nobody looked where it would have appeared, so its absence weighs nothing."
    shared = " A producer that lies low explains all its silences at once." if one.posture is not None else ""
    return f"It would be expected, it should have appeared by now, and somebody looked; it was not seen.{shared}"


def _silence_factor(one: Expectation, case: Case, posture: Posture | None, knobs: Knobs) -> Factor:
    produced = _read_produced(one, case)
    variable = VariableId("H") if one.claim is None else VariableId(f"C:{one.claim}")
    reach = knobs[one.by_now.id] * knobs[one.coverage.id]
    if posture is None:
        return Factor((variable,), tabulate([1 - knobs[knob.id] * reach for knob in produced]))
    damps: tuple[Number, Number] = (knobs[posture.damp.id], 1.0)
    cells = [[1 - knobs[knob.id] * reach * damp for damp in damps] for knob in produced]
    return Factor((variable, VariableId(f"Q:{posture.id}")), tabulate(cells))


def _read_produced(one: Expectation, case: Case) -> list[Knob]:
    states = ["true", "false"] if one.claim is not None else [str(each.id) for each in case.hypotheses]
    missing = [state for state in states if state not in one.produced]
    if missing:
        raise ModelError(f"expectation {one.id!r} does not say how likely it would be produced under {missing[0]!r}")
    return [one.produced[state] for state in states]


def _describe(one: Expectation, case: Case, knobs: Knobs, weight: Contribution | None) -> Silence:
    state = "true" if one.claim is not None else str(case.asks)
    produced, by_now, coverage = (
        float(tabulate(knobs[k.id])[0]) for k in (one.produced[state], one.by_now, one.coverage)
    )
    return Silence(
        evidence=one.id,
        title=one.title,
        produced=produced,
        by_now=by_now,
        coverage=coverage,
        seen=produced * by_now * coverage,
        weight_db=0.0 if weight is None else weight.weight_db,
        low_db=0.0 if weight is None else weight.low_db,
        high_db=0.0 if weight is None else weight.high_db,
        watched=_describe_watch(one, case, coverage),
        quotes=() if one.quote is None else (one.quote,),
    )


def _describe_watch(one: Expectation, case: Case, coverage: float) -> str:
    if coverage == 0:
        return "nobody looked: weighs nothing"
    channels = [channel for channel in case.channels if channel.id in one.channels]
    if not channels or one.window is None:
        return "as judged; no log of what was watched"
    watched = sum(_watched_fraction(channel.watched, one.window) > 0 for channel in channels)
    return f"{watched} of {len(channels)} known channels watched, {_show_window(one.window)}"


def _show_window(window: Period) -> str:
    """Return "20 Mar – 8 Apr", with years where they differ; a window that ends at midnight ends the day before."""
    start, end = window.start, _find_closing(window).start
    year = start.year != end.year
    days = [f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "") for day in (start, end)]
    return days[0] if days[0] == days[1] else " – ".join(days)


def _find_closing(window: Period) -> Period:
    """Return the last instant of a window: only then is it known that nothing appeared in it."""
    return Period(start=max(window.start, window.end - timedelta(microseconds=1)), end=window.end)


def _watched_fraction(watched: Sequence[Period], window: Period) -> float:
    """Return how much of the window somebody watched, counting overlapping watches once."""
    start, end = _to_utc(window.start), _to_utc(window.end)
    clipped = sorted((max(start, _to_utc(one.start)), min(end, _to_utc(one.end))) for one in watched)
    if start == end:
        return float(any(low <= start <= high for low, high in clipped))
    covered, reached = timedelta(), start
    for low, high in clipped:
        if high > max(low, reached):
            covered += high - max(low, reached)
            reached = high
    return covered / (end - start)


def _to_utc(when: datetime) -> datetime:
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
