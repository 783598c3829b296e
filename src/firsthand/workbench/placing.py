"""Which places do the claims of a case name, who says so, and which of several places was judged to be meant?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from firsthand.claims import locate_places, name_reading
from firsthand.model import Attribution, Case, Located, Named, Place, PlaceKind, Report, Trace, record
from firsthand.views.map import Mark
from firsthand.views.outlines import load_outlines

OPEN = "open"
"""The judgement that nobody can say which place is meant."""
ABOUT = "place."
PARTS = {"from": "from", "via": "through", "to": "to", "where": "in or at"}
COMPASS = {(1, 0): "northern", (-1, 0): "southern", (0, 1): "eastern", (0, -1): "western"}
QUARTERS = {(1, 1): "north-eastern", (1, -1): "north-western", (-1, 1): "south-eastern", (-1, -1): "south-western"}


@record
class Said:
    """One place where a claim names a place: the report, where its words begin, and whose words they are."""

    report: Report
    attribution: str
    start: int
    words: str
    source: str


@record
class Option:
    """One reading of a name: what a judgement calls it, and what a reader does."""

    value: str
    words: str
    place: Place

    @property
    def people(self) -> str:
        """How many live there, in thousands or millions; nothing where that is not known."""
        count = self.place.weight
        if count < 2:
            return ""
        return f"{count / 1000:.1f} million people" if count >= 1000 else f"{count},000 people"


@record
class Spot:
    """One name on the map: its number, what is known of it, who says what of it, and what it may mean.

    `chosen`: the reading that was judged to be meant, "open" where it was judged that nobody can say, else empty.
    """

    number: int
    located: Located
    label: str
    precision: str
    said: tuple[tuple[str, str, tuple[Said, ...]], ...]
    options: tuple[Option, ...]
    chosen: str
    who: str

    @property
    def is_asked(self) -> bool:
        """Whether it still has to be judged which place is meant."""
        return len(self.options) > 1 and not self.chosen

    @property
    def about(self) -> str:
        """What a judgement of it is about."""
        return f"{ABOUT}{self.located.key}"


def find_spots(case: Case, trace: Trace, claim: str = "") -> tuple[tuple[Spot, ...], tuple[Located, ...]]:
    """Return every place that claims name, numbered, and what of them is in no list of ours; of one claim if wanted."""
    finder = _Finder(case, trace)
    located = locate_places(trace.claims)
    wanted = [one for one in (_limit(each, claim) for each in located) if one.named]
    spots = [finder.tell(one, number) for number, one in enumerate((o for o in wanted if o.readings), start=1)]
    return tuple(spots), tuple(one for one in wanted if not one.readings)


def list_marks(spots: Sequence[Spot]) -> tuple[Mark, ...]:
    """Return what is drawn: the reading meant, or every one that may be, each of these as not sure."""
    marks = []
    for one in spots:
        for option in one.options:
            if one.chosen and one.chosen != option.value:
                continue
            sure = len(one.options) == 1 or one.chosen == option.value
            label = one.label if sure else option.words
            marks.append(
                Mark(number=one.number, label=label, place=option.place, sure=sure, href=f"#place-{one.number}")
            )
    return tuple(marks)


def list_main(spots: Sequence[Spot], marks: Sequence[Mark]) -> list[Place]:
    """Return the places that the map is fitted to: the likeliest reading of each name, the widest regions left out."""
    first = {one.number: one.options[0].place for one in spots}
    found = [mark.place for mark in marks if mark.sure or mark.place == first[mark.number]]
    near = [one for one in found if one.radius_km <= 900]
    return near or found


def _limit(one: Located, claim: str) -> Located:
    from dataclasses import replace

    return replace(one, named=tuple(each for each in one.named if not claim or each.claim == claim))


class _Finder:
    """One trace, looked up by attribution."""

    def __init__(self, case: Case, trace: Trace) -> None:
        self.attributions: Mapping[str, Attribution] = {one.id: one for one in trace.attributions}
        self.reports = {one.id: one for one in trace.reports}
        self.names = {one.id: one.name for one in trace.sources}
        self.sentences = {one.id: one.sentence for one in trace.claims}
        self.spans = {(slot.attribution, slot.name): slot.span for claim in trace.claims for slot in claim.slots}
        self.judged = {one.about: one for one in case.judgements if one.about.startswith(ABOUT)}
        self.countries = {one.code: one.name for one in load_outlines() if one.code}

    def tell(self, one: Located, number: int) -> Spot:
        """Return a named place with who names it."""
        options = tuple(
            Option(value=name_reading(each, one.readings), words=self._tell_reading(each), place=each)
            for each in one.readings
        )
        told = self.judged.get(f"{ABOUT}{one.key}")
        known = told is not None and told.value in {OPEN, *(each.value for each in options)}
        grouped: dict[tuple[str, str], list[Said]] = {}
        for each in one.named:
            said = self._find_said(each)
            if said is not None:
                grouped.setdefault((each.part, self.sentences[each.claim]), []).append(said)
        return Spot(
            number=number,
            located=one,
            label=one.words,
            precision=_tell_precision(one.readings[0]) if len(options) == 1 else "",
            said=tuple((PARTS[part], claim, tuple(held)) for (part, claim), held in grouped.items()),
            options=options,
            chosen=told.value if told is not None and known else "",
            who=told.who if told is not None and known else "",
        )

    def _tell_reading(self, one: Place) -> str:
        """Return "Tripoli, Libya" or "Georgia, a region of the United States"."""
        country = self.countries.get(one.country, one.country)
        if one.kind == PlaceKind.COUNTRY:
            return f"{one.name}, the country"
        if one.kind == PlaceKind.REGION:
            return f"{one.name}, a region of {country}" if country else f"{one.name}, a region"
        if one.kind == PlaceKind.PART:
            return f"{name_side(one.side)} {one.name}"
        return f"{one.name}, {country}"

    def _find_said(self, one: Named) -> Said | None:
        attribution = self.attributions.get(one.attribution)
        if attribution is None:
            return None
        report = self.reports[attribution.report]
        span = self.spans.get((one.attribution, one.part)) or (0, 0)
        pattern = r"\s+".join(re.escape(word) for word in one.words.split())
        found = re.compile(pattern).search(report.text, span[0], max(span[1], span[0])) if span[1] else None
        return Said(
            report=report,
            attribution=attribution.id,
            start=found.start() if found else span[0],
            words=one.words,
            source=self.names.get(attribution.source, attribution.source_mention.text),
        )


def name_side(side: tuple[int, int]) -> str:
    """Return "northern" for the side of a country."""
    return COMPASS.get(side) or QUARTERS.get(side, "")


def _tell_precision(one: Place) -> str:
    """Return how precisely a place is known, in a few words."""
    if one.kind == PlaceKind.TOWN:
        return "a town: a point"
    if one.kind == PlaceKind.REGION:
        across = f"{2 * one.radius_km:,.0f}".replace(",", "\u202f")
        return f"a region without a border, some {across}\u00a0km across"
    if one.kind == PlaceKind.PART:
        return f"the {name_side(one.side)} half of {one.name}: an area without a border"
    return f"somewhere in {one.name}: an area"
