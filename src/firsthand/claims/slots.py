"""Which details does each attribution give: who, what, how many, from, via, to, where, when?

Read from the content alone, so that each detail is something the source is said to have said.
Several values of one slot in one attribution are joined with "; ".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from firsthand.claims.actors import find_actors, find_things
from firsthand.claims.places import find_places
from firsthand.claims.quantities import find_quantities
from firsthand.claims.terms import blank_addresses
from firsthand.claims.times import find_times
from firsthand.claims.vocabulary import Detail, find_tokens
from firsthand.model import Attribution, Report, ReportId, Slot

LONGEST_READ = 4000  # characters; a content longer than this is a document, and is not compared detail by detail
SLOT_ORDER = ("who", "what", "how many", "from", "via", "to", "where", "when")


def find_details(text: str) -> tuple[Detail, ...]:
    """Return every detail a text gives, in slot order and then as they stand."""
    text = blank_addresses(text[:LONGEST_READ])
    tokens = find_tokens(text)
    times = find_times(tokens)
    places = tuple(p for p in find_places(tokens) if not any(overlaps(p, time) for time in times))
    counts = find_quantities(text, tokens, (*times, *places))
    actors = find_actors(tokens)
    things = find_things(tokens, (*times, *places, *actors))
    found = (*times, *places, *counts, *actors, *things)
    return tuple(sorted(found, key=lambda d: (SLOT_ORDER.index(d.slot), d.start, d.end)))


def overlaps(one: Detail, other: Detail) -> bool:
    """Say whether two details share a character."""
    return one.start < other.end and other.start < one.end


def read_details(attribution: Attribution, reports: Mapping[ReportId, Report]) -> tuple[Detail, ...]:
    """Return the details of an attribution's content, at their places in the report's text where it is known."""
    report, spans = reports.get(attribution.report), attribution.content.spans
    if report is None or not spans:
        return find_details(attribution.content.text)
    found = []
    for start, end in spans:
        for detail in find_details(report.text[start:end]):
            found.append(Detail(detail.slot, detail.start + start, detail.end + start, detail.facts))
    return tuple(sorted(found, key=lambda d: (SLOT_ORDER.index(d.slot), d.start, d.end)))


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
            slots.append(Slot(name=name, value=join_values(filling, text), attribution=attribution.id, span=span))
    return tuple(slots)


def join_values(details: Sequence[Detail], text: str) -> str:
    """Return the words of the details, each once, in order."""
    words = (" ".join(text[detail.start : detail.end].split()) for detail in details)
    return "; ".join(dict.fromkeys(words))
