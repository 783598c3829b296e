"""Where do the accounts of one claim differ?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from firsthand.model import (
    Assessment,
    Attribution,
    AttributionId,
    Claim,
    Discrepancy,
    Origin,
    Quote,
    ReportId,
    SourceId,
)
from firsthand.views.notes import Notes, find_notes_of_report, find_numbers

MOST_ACCOUNTS = 3
NOT_SAID = "not said"
MARKS = {"differs": "≠ differs", "agrees": "= agrees"}


class Account(NamedTuple):
    """The head of a column: who says it, in which report, and its notes."""

    source: str
    publisher: str
    cites: tuple[int, ...]


class Row(NamedTuple):
    """One slot laid side by side."""

    slot: str
    values: tuple[str, ...]
    verdict: str
    differs: bool


class SideBySide(NamedTuple):
    """A claim's accounts, one column for each origin."""

    sentence: str
    accounts: tuple[Account, ...]
    rows: tuple[Row, ...]
    more: int


def compare_accounts(assessment: Assessment, notes: Notes, most: int = 2) -> tuple[SideBySide, ...]:
    """Return the claims whose accounts can be laid side by side, the one most attributed first."""
    claims = [claim for claim in assessment.trace.claims if claim.discrepancies]
    found = [_compare_claim(claim, assessment, notes) for claim in claims]
    return tuple(side for side in found if _meets(side))[:most]


def _meets(side: SideBySide) -> bool:
    """Say whether two accounts both speak of at least two of the same details."""
    return sum(sum(value != NOT_SAID for value in row.values) > 1 for row in side.rows) > 1


def _compare_claim(claim: Claim, assessment: Assessment, notes: Notes) -> SideBySide:
    trace = assessment.trace
    attributions = {item.id: item for item in trace.attributions}
    speaking = {key for item in claim.discrepancies for key, value in item.values if value and key in attributions}
    columns: list[AttributionId] = []
    for origin in trace.origins:
        columns += [key for key in origin.attributions if key in speaking][:1]
    kept = columns[:MOST_ACCOUNTS]
    publishers = {report.id: report.publisher or report.title for report in trace.reports}
    names = {source.id: source.name for source in trace.sources}
    rows = []
    for item in claim.discrepancies:
        told = [_tell_values(item, key, trace.origins, attributions, publishers) for key in kept]
        rows.append(_lay_row(item, told))
    accounts = tuple(_head_account(attributions[key], names, publishers, notes) for key in kept)
    return SideBySide(claim.sentence, accounts, tuple(rows), len(columns) - len(kept))


def _lay_row(item: Discrepancy, told: Sequence[tuple[str, ...]]) -> Row:
    """Return a row whose verdict is borne out by what the row shows.

    Where one account alone speaks, all that is made of it in retelling is shown; if that is one thing, only one says.
    """
    alone = sum(bool(values) for values in told) < 2
    shown = tuple("; ".join(values[: MOST_ACCOUNTS if alone else 1]) or NOT_SAID for values in told)
    verdict = item.verdict if not alone or any(len(values) > 1 for values in told) else "only one says"
    return Row(item.slot.capitalize(), shown, MARKS.get(verdict, verdict), verdict == "differs")


def _tell_values(
    item: Discrepancy,
    key: AttributionId,
    origins: tuple[Origin, ...],
    attributions: Mapping[AttributionId, Attribution],
    publishers: Mapping[ReportId, str],
) -> tuple[str, ...]:
    """Return what an account says of a slot: in its own report first, then in those that retell it, which are named."""
    values = {name: value for name, value in item.values if value and name in attributions}
    voice = next((origin.attributions for origin in origins if key in origin.attributions), (key,))
    own = [name for name in (key, *voice) if name in values and attributions[name].report == attributions[key].report]
    found = {values[name]: values[name] for name in own}
    for name in voice:
        if name in values:
            found.setdefault(values[name], f"{values[name]} (in {publishers[attributions[name].report]})")
    return tuple(found.values())


def _head_account(
    item: Attribution, names: Mapping[SourceId, str], publishers: Mapping[ReportId, str], notes: Notes
) -> Account:
    source = names.get(item.source, item.source_mention.text)
    own = find_numbers((quote for quote in notes if _overlaps(quote, item)), notes)[:1]
    return Account(source, publishers.get(item.report, ""), own or find_notes_of_report(item.report, notes))


def _overlaps(quote: Quote, item: Attribution) -> bool:
    same = quote.span.report == item.report
    return same and any(start < quote.span.end and quote.span.start < end for start, end in item.content.spans)
