"""When do the claims say that it happened, and how precisely?

A day is a day and a month a month. "Before 8 April" leaves one end open; "on Friday", in a report whose own day is
known only to a week, may be any of several days, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache

from anyascii import anyascii

from firsthand.claims.dating import resolve_time
from firsthand.claims.slots import read_details
from firsthand.claims.terms import load_toml
from firsthand.claims.vocabulary import Detail
from firsthand.model import Attribution, Claim, Dated, Period, Report, ReportId

LOOK_BACK = 24
"""Characters before a time in which a word such as "before" may stand."""
WIDEST_LOOSE = timedelta(days=40)
"""How wide a report's own date may be for "on Friday" to mean anything."""
ONE_DAY = timedelta(days=1)


def date_claims(
    claims: Sequence[Claim], attributions: Sequence[Attribution], reports: Sequence[Report]
) -> tuple[Dated, ...]:
    """Return every time that the attributions of claims give, claim by claim, in the order of their first days."""
    said = {one.id: one for one in attributions}
    texts = {one.id: one for one in reports}
    found = [
        _date_detail(claim, said[name], detail, texts)
        for claim in claims
        for name in claim.attributions
        if name in said
        for detail in read_details(said[name], texts)
        if detail.slot == "when"
    ]
    order = {claim.id: place for place, claim in enumerate(claims)}
    return tuple(sorted(found, key=lambda one: (order[one.claim], one.period is None, _first(one), one.attribution)))


def _first(one: Dated) -> str:
    return one.period.start.isoformat() if one.period else ""


def _date_detail(claim: Claim, one: Attribution, detail: Detail, reports: Mapping[ReportId, Report]) -> Dated:
    report, placed = reports.get(one.report), bool(one.content.spans)
    text = report.text if report is not None and placed else one.content.text
    published = report.published if report is not None else None
    facts = frozenset(fact for fact in detail.facts if fact[0] != "date")
    exact = resolve_time(facts, published)
    loose = None if exact else spread_time(facts, published)
    return Dated(
        claim=claim.id,
        attribution=one.id,
        words=" ".join(text[detail.start : detail.end].split()),
        start=detail.start if placed else 0,
        period=exact or loose,
        bound=find_bound(text, detail.start),
        loose=loose is not None and loose.end - loose.start > ONE_DAY,
    )


def spread_time(facts: frozenset[tuple[str, str]], published: Period | None) -> Period | None:
    """Return every day that a time may mean in a report published on one of several days; None where it is open."""
    if published is None or published.end - published.start > WIDEST_LOOSE:
        return None
    first = resolve_time(facts, Period(start=published.start, end=published.start + ONE_DAY))
    last = resolve_time(facts, Period(start=published.end - ONE_DAY, end=published.end))
    return Period(start=first.start, end=last.end) if first and last else None


def find_bound(text: str, start: int) -> str:
    """Return which end of a stretch the words before a time leave open: "before", "until", "since", "after"."""
    before = re.split(r"[.;:!?\n]", anyascii(text[max(0, start - LOOK_BACK) : start]).lower())[-1].rstrip()
    found = compile_bounds().search(before)
    return load_bounds()[found[1]] if found else ""


@cache
def load_bounds() -> dict[str, str]:
    """Return the phrases that leave an end of a stretch open, each with which."""
    table = load_toml("bounds.toml")["bounds"]
    assert isinstance(table, dict)
    return {str(phrase): str(bound) for bound, phrases in table.items() for phrase in phrases}


@cache
def compile_bounds() -> re.Pattern[str]:
    """Return what finds such a phrase at the end of a text, with or without an article after it."""
    phrases = "|".join(re.escape(one) for one in sorted(load_bounds(), key=lambda one: (-len(one), one)))
    return re.compile(rf"(?:^|\W)({phrases})(?: the| le| dem| den| el)?$")
