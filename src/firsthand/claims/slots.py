"""Which details does each attribution give: who, what, how many, from, via, to, where, when, first or again?

Read from the content alone, so that each detail is something the source is said to have said.
Several values of one slot in one attribution are joined with "; ".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from firsthand.claims.actors import find_actors, find_things
from firsthand.claims.dating import resolve_time
from firsthand.claims.places import find_places
from firsthand.claims.quantities import find_quantities
from firsthand.claims.terms import blank_addresses
from firsthand.claims.times import find_rounds, find_times
from firsthand.claims.vocabulary import Detail, find_tokens
from firsthand.model import Attribution, Period, Report, ReportId, Slot

ONE_DAY = timedelta(days=1)
LONGEST_READ = 4000  # characters; a content longer than this is a document, and is not compared detail by detail
SLOT_ORDER = ("who", "what", "how many", "from", "via", "to", "where", "when", "first or again")


@lru_cache(maxsize=2048)
def find_details(text: str) -> tuple[Detail, ...]:
    """Return every detail a text gives, in slot order and then as they stand."""
    text = blank_addresses(text[:LONGEST_READ])
    tokens = find_tokens(text)
    times = find_times(tokens)
    places = tuple(p for p in find_places(tokens) if not any(overlaps(p, time) for time in times))
    counts = find_quantities(text, tokens, (*times, *places))
    actors = find_actors(tokens)
    things = find_things(tokens, (*times, *places, *actors))
    found = (*times, *places, *counts, *actors, *things, *find_rounds(tokens))
    return tuple(sorted(found, key=lambda d: (SLOT_ORDER.index(d.slot), d.start, d.end)))


def overlaps(one: Detail, other: Detail) -> bool:
    """Say whether two details share a character."""
    return one.start < other.end and other.start < one.end


def read_details(attribution: Attribution, reports: Mapping[ReportId, Report]) -> tuple[Detail, ...]:
    """Return the details of an attribution's content, at their places in the report's text where it is known.

    A time is also the day it means, seen from the day of the report, where that is known.
    """
    report, spans = reports.get(attribution.report), attribution.content.spans
    published = report.published if report else None
    if report is None or not spans:
        return tuple(date_detail(detail, published) for detail in find_details(attribution.content.text))
    found = []
    for start, end in spans:
        for detail in find_details(report.text[start:end]):
            placed = Detail(detail.slot, detail.start + start, detail.end + start, detail.facts)
            found.append(date_detail(placed, published))
    return tuple(sorted(found, key=lambda d: (SLOT_ORDER.index(d.slot), d.start, d.end)))


def date_detail(detail: Detail, published: Period | None) -> Detail:
    """Return a detail of time with the day it means as one more fact, and any other as it is."""
    meant = resolve_time(detail.facts, published) if detail.slot == "when" else None
    if meant is None or meant.end - meant.start > ONE_DAY:
        return detail
    return replace(detail, facts=detail.facts | {("date", meant.start.date().isoformat())})


def fill_slots(
    attribution: Attribution, details: Sequence[Detail], reports: Mapping[ReportId, Report]
) -> tuple[Slot, ...]:
    """Return one Slot for each slot the details fill; the span runs from the first value to the last."""
    report = reports.get(attribution.report)
    placed = report is not None and bool(attribution.content.spans)
    text = report.text if report is not None and placed else attribution.content.text
    slots = []
    for name in SLOT_ORDER:
        filling = [detail for detail in details if detail.slot == name]
        if filling:
            span = (filling[0].start, max(detail.end for detail in filling)) if placed else None
            meant = resolve_time(filling[0].facts, report.published if report else None) if name == "when" else None
            value = join_values(filling, text)
            slots.append(Slot(name=name, value=value, attribution=attribution.id, span=span, period=meant))
    return tuple(slots)


def join_values(details: Sequence[Detail], text: str) -> str:
    """Return the words of the details, each once, in order."""
    words = (" ".join(text[detail.start : detail.end].split()) for detail in details)
    return "; ".join(dict.fromkeys(words))
