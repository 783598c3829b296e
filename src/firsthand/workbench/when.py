"""Which times do the claims of a case give, in whose words, and do they agree?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from firsthand.claims import date_claims
from firsthand.model import Case, ClaimId, Dated, Period, Report, Trace, record
from firsthand.views.dates import Band, Bar, is_at_odds
from firsthand.views.plain import show_period


@record
class Telling:
    """One report that gives a time: where its words begin, and whose they are."""

    report: Report
    attribution: str
    start: int
    source: str
    words: str


@record
class Time:
    """One stretch of time that a claim gives, and all who give it. `number` is its place in the drawing."""

    number: int
    claim: str
    sentence: str
    dated: Dated
    label: str
    meaning: str
    told: tuple[Telling, ...]
    differs: bool = False


def find_times(trace: Trace) -> tuple[tuple[Time, ...], tuple[Time, ...]]:
    """Return the times that claims give, those of one stretch together; and the words that name no stretch."""
    sentences = {one.id: one.sentence for one in trace.claims}
    found: dict[tuple[object, ...], list[Dated]] = {}
    for one in date_claims(trace.claims, trace.attributions, trace.reports):
        span = (one.period.start, one.period.end) if one.period else one.words.casefold()
        found.setdefault((one.claim, span, one.bound, one.loose), []).append(one)
    known = [held for held in found.values() if held[0].period is not None]
    open_ones = [held for held in found.values() if held[0].period is None]
    teller = _Teller(trace)
    told = [teller.tell(held, number, sentences) for number, held in enumerate(known, start=1)]
    return tuple(told), tuple(teller.tell(held, 0, sentences) for held in open_ones)


def list_bands(times: Sequence[Time]) -> list[Band]:
    """Return the times as they are drawn, claim by claim."""
    bands: list[Band] = []
    for claim in dict.fromkeys(one.claim for one in times):
        held = [one for one in times if one.claim == claim]
        bars = tuple(_make_bar(one) for one in held)
        bands.append(Band(title=held[0].sentence, bars=bars, differs=is_at_odds(bars)))
    return bands


def list_expected(case: Case, taken: int) -> list[Band]:
    """Return when something should have appeared, as one band; `taken`: numbers given already."""
    bars = tuple(
        Bar(
            number=number,
            label=one.title,
            period=one.window,
            href=f"/silence#expected-{one.id}",
            kind="expected",
        )
        for number, one in enumerate((one for one in case.expectations if one.window), start=taken + 1)
        if one.window is not None
    )
    return [Band(title="When something should have appeared", bars=bars)] if bars else []


class _Teller:
    """One trace, looked up by attribution."""

    def __init__(self, trace: Trace) -> None:
        self.attributions = {one.id: one for one in trace.attributions}
        self.reports = {one.id: one for one in trace.reports}
        self.names = {one.id: one.name for one in trace.sources}

    def tell(self, held: Sequence[Dated], number: int, sentences: Mapping[ClaimId, str]) -> Time:
        """Return one time with everybody who gives it."""
        one = held[0]
        bound = f"{one.bound} " if one.bound else ""
        return Time(
            number=number,
            claim=one.claim,
            sentence=sentences[one.claim],
            dated=one,
            label=f"{bound}{one.words}",
            meaning=_tell_meaning(one.period, bound, one.loose) if one.period else "names no day",
            told=tuple(self._tell_one(each) for each in held),
        )

    def _tell_one(self, one: Dated) -> Telling:
        attribution = self.attributions[one.attribution]
        return Telling(
            report=self.reports[attribution.report],
            attribution=attribution.id,
            start=one.start,
            source=self.names.get(attribution.source, attribution.source_mention.text),
            words=one.words,
        )


def _tell_meaning(period: Period, bound: str, loose: bool) -> str:
    """Return the stretch in words: a day, a month, a span, and what is not known of it."""
    if loose:
        return f"one day of {show_period(period)}; the report’s own day is not known"
    shown = show_period(period)
    if not bound and period.end - period.start > timedelta(days=1):
        return f"{shown}, no day said"
    return f"{bound}{shown}"


def _make_bar(one: Time) -> Bar:
    assert one.dated.period is not None
    return Bar(
        number=one.number,
        label=one.label,
        period=one.dated.period,
        bound=one.dated.bound,
        loose=one.dated.loose,
        href=f"#date-{one.number}",
    )
