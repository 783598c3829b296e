"""Where in the case are we, and which numbers, quotations and names stand here?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from firsthand.case.quantities import read_knob
from firsthand.case.text import CaseText, Key, Place
from firsthand.errors import CaseError, suggest
from firsthand.model import HypothesisId, Knob, Period, Quote, Report, Span, record

TRUTH = ("true", "false")
PLAIN_MARKS = str.maketrans("“”„«»‘’‚–—‑", '"""""\'\'\'---')


@record
class Entry:
    """One table of a case file, its place, and the reports that its quotations must stand in."""

    text: CaseText
    place: Place
    data: Mapping[str, Any]
    reports: Mapping[str, Report]

    def fault(self, what: str, *keys: Key) -> CaseError:
        """Return the error that says what is wrong at a key of this table."""
        return self.text.fault(what, *self.place, *keys)

    def read_text(self, key: str) -> str:
        """Return a text, empty where there is none."""
        return str(self.data.get(key, "")).strip()

    def read_knob(self, key: str, knob: str) -> Knob | None:
        """Return the knob at a key, or None where nothing stands there."""
        return read_knob(self.data[key], knob) if key in self.data else None

    def need_knob(self, key: str, knob: str) -> Knob:
        """Return the knob at a key that the schema asks for."""
        return read_knob(self.data[key], knob)

    def read_date(self, key: str) -> date | None:
        """Return a date; raise CaseError for a day that does not exist."""
        return self._read_day(self.data[key], key) if key in self.data else None

    def read_period(self, key: str) -> Period | None:
        """Return the period from the first day to the end of the last one."""
        return self.make_period(self.data[key], key) if key in self.data else None

    def make_period(self, days: Sequence[str], key: str) -> Period:
        """Return the period of two days, both included."""
        first, last = (self._read_day(day, key) for day in days)
        if last < first:
            raise self.fault(f"{key} ends on {last} before it begins on {first}; write the earlier day first", key)
        start, end = datetime.combine(first, time()), datetime.combine(last, time()) + timedelta(days=1)
        return Period(start=start, end=end, text=f"{first} to {last}")

    def _read_day(self, day: str, key: str) -> date:
        try:
            return date.fromisoformat(day)
        except ValueError:
            raise self.fault(f"'{day}' is not a day of the calendar; write it as 2011-04-08", key) from None

    def check_name(self, name: str, known: Collection[str], noun: str, key: str) -> str:
        """Return a name that is known; raise UnknownName with the nearest one otherwise."""
        if name in known:
            return name
        what = f"there is no {noun} '{name}'{suggest(name, known) or '; known are ' + (', '.join(known) or 'none')}"
        raise self.text.unknown(what, *self.place, key)

    def read_given(self, key: str, knob: str, states: Sequence[str]) -> dict[str, Knob]:
        """Return one knob for each state; raise CaseError for a state that is missing or unknown."""
        table: Mapping[str, Any] = self.data[key]
        noun = "state of a claim" if tuple(states) == TRUTH else "hypothesis"
        for state in table:
            self.check_name(state, states, noun, key)
        missing = [state for state in states if state not in table]
        if missing:
            raise self.fault(f"{key} says nothing about {' and '.join(missing)}; give each its number", key)
        return {state: read_knob(table[state], f"{knob}.{state}") for state in states}

    def read_by_hypothesis(self, key: str, knob: str, states: Sequence[str]) -> dict[HypothesisId, Knob]:
        """Return one knob for each hypothesis."""
        return {HypothesisId(state): given for state, given in self.read_given(key, knob, states).items()}

    def read_quote(self) -> Quote | None:
        """Return the quotation at `report` and `quote`; raise CaseError where it does not stand in the report."""
        if "report" not in self.data and "quote" not in self.data:
            return None
        name = str(self.data.get("report", ""))
        if not name.strip() or not self.read_text("quote"):
            raise self.fault(
                "a quotation needs both 'report' and 'quote'", "report" if "report" in self.data else "quote"
            )
        self.check_name(name, self.reports, "report", "report")
        found = find_quote(self.reports[name], self.read_text("quote"))
        if found is None:
            raise self.fault(_tell_missing(self.reports[name], self.read_text("quote")), "quote")
        return found

    def need_quote(self) -> Quote:
        """Return the quotation that the schema asks for."""
        quote = self.read_quote()
        if quote is None:
            raise self.fault("a quotation needs both 'report' and 'quote'")
        return quote

    def read_quotes(self, key: str = "quotes") -> tuple[Quote, ...]:
        """Return the quotations in a list of `report` and `quote`."""
        return tuple(entry.need_quote() for entry in self.list_entries(key))

    def list_entries(self, key: str) -> Iterator[Entry]:
        """Yield the tables of a list below this one."""
        for index, data in enumerate(self.data.get(key, ())):
            yield Entry(text=self.text, place=(*self.place, key, index), data=data, reports=self.reports)


def open_entry(text: CaseText, place: Place, data: Any, reports: Mapping[str, Report]) -> Entry:
    """Return the entry for a table at a place."""
    return Entry(text=text, place=place, data=data, reports=reports)


def list_tables(text: CaseText, key: str, reports: Mapping[str, Report]) -> Iterator[tuple[str, Entry]]:
    """Yield the id and the entry of each [key.ID] or [[key]] with its id."""
    tables = text.data.get(key, {})
    pairs = list(tables.items()) if isinstance(tables, dict) else [(str(one["id"]), one) for one in tables]
    for index, (name, data) in enumerate(pairs):
        place = (key, name) if isinstance(tables, dict) else (key, index)
        yield name, open_entry(text, place, data, reports)


def _tell_missing(report: Report, words: str) -> str:
    """Say that words do not stand in a report, and which ones do that differ only in case or in kinds of marks."""
    shown = words if len(words) <= 60 else words[:57] + "..."
    flat = replace(report, text=report.text.translate(PLAIN_MARKS))
    near = find_quote(flat, words.translate(PLAIN_MARKS), ignore_case=True)
    meant = " ".join(report.text[near.span.start : near.span.end].split()) if near else ""
    remedy = f"did you mean '{meant}'?" if near else "copy the words as they stand there"
    return f"'{shown}' does not stand in reports/{report.path}; {remedy}"


def find_quote(report: Report, words: str, *, ignore_case: bool = False) -> Quote | None:
    """Return where the words stand in a report, white space aside, in its body if they stand there; or None."""
    parts = words.split()
    if not parts:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, parts)), re.IGNORECASE if ignore_case else re.NOFLAG)
    places = [match.span() for match in pattern.finditer(report.text)]
    if not places:
        return None
    inside = [place for place in places if any(s <= place[0] and place[1] <= e for s, e in report.body)]
    start, end = (inside or places)[0]
    return Quote(span=Span(report=report.id, start=start, end=end), text=report.text[start:end])
