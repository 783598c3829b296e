"""Which quoted sentence has which number on the page?

Quotations are numbered in the order in which a reader meets them, and every number is a link to its end note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from firsthand.model import Assessment, EvidenceKind, Quote

Notes = Mapping[Quote, int]


def number_notes(assessment: Assessment) -> dict[Quote, int]:
    """Return every quotation of the assessment with its number, from 1, in the order of the page."""
    numbers: dict[Quote, int] = {}
    for quote in _walk_quotes(assessment):
        numbers.setdefault(quote, len(numbers) + 1)
    return numbers


def find_numbers(quotes: Iterable[Quote], notes: Notes) -> tuple[int, ...]:
    """Return the numbers of some quotations, each once, in order."""
    return tuple(sorted({notes[quote] for quote in quotes if quote in notes}))


def find_notes_of_report(report: str, notes: Notes, most: int = 1) -> tuple[int, ...]:
    """Return the first numbers of the quotations taken from one report."""
    return tuple(sorted(number for quote, number in notes.items() if quote.span.report == report))[:most]


def _walk_quotes(assessment: Assessment) -> Iterator[Quote]:
    for paragraph in (*assessment.summary, assessment.confidence_why):
        for sentence in paragraph:
            yield from sentence.quotes
    for node in assessment.trace.provenance.nodes:
        yield from node.quotes[:1]
    yield from _walk_sources(assessment)
    for contribution in assessment.contributions:
        if contribution.kind != EvidenceKind.ECHO:
            yield from contribution.quotes
    for silence in assessment.silences:
        yield from silence.quotes
    for posture in assessment.case.postures:
        yield from posture.quotes
    yield from _walk_last_sections(assessment)
    for contribution in assessment.contributions:
        yield from contribution.quotes
    yield from _walk_lineage(assessment)


def _walk_lineage(assessment: Assessment) -> Iterator[Quote]:
    for edge in assessment.trace.provenance.edges:
        if edge.kind in {"may derive", "loop", "linked"}:
            yield from edge.reason.quotes


def _walk_sources(assessment: Assessment) -> Iterator[Quote]:
    said = {assertion.source: assertion.quote for assertion in reversed(assessment.case.assertions)}
    for source in assessment.sources:
        if source.profile.source.id in said:
            yield said[source.profile.source.id]
        yield from source.said
        yield from source.profile.quotes
        for tie in source.profile.ties:
            yield from tie.quotes


def _walk_last_sections(assessment: Assessment) -> Iterator[Quote]:
    for judged in assessment.statements:
        yield judged.statement.quote
        yield from _keep(check.check.quote for check in judged.checks)
    for scenario in assessment.scenarios:
        yield from (consideration.quote for consideration in scenario.scenario.considerations)


def _keep(quotes: Iterable[Quote | None]) -> Sequence[Quote]:
    return [quote for quote in quotes if quote is not None]
