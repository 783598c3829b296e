"""Which reports of a case only repeat what was already counted?"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from firsthand.model import (
    Attribution,
    AttributionId,
    Case,
    Claim,
    Derivation,
    Evidence,
    EvidenceId,
    EvidenceKind,
    Factor,
    Quote,
    Reason,
    Report,
    ReportId,
    Span,
)


def find_repeated(heard: Collection[AttributionId], derivations: Sequence[Derivation]) -> frozenset[AttributionId]:
    """Return some attributions and everything that is derived from them, at any remove, or linked to them."""
    repeats: dict[AttributionId, set[AttributionId]] = {}
    for one in derivations:
        child, parent = one.child_attribution, one.parent_attribution
        if child is not None and parent is not None:
            repeats.setdefault(parent, set()).add(child)
            if not one.directed:
                repeats.setdefault(child, set()).add(parent)
    found, waiting = set(heard), sorted(heard)
    while waiting:
        new = repeats.get(waiting.pop(), set()) - found
        found |= new
        waiting += sorted(new)
    return frozenset(found)


def weigh_echoes(
    case: Case, claim: Claim, attributions: Sequence[Attribution], derivations: Sequence[Derivation]
) -> tuple[Evidence, ...]:
    """Return, as evidence that weighs exactly nothing, each report nobody judged that repeats what was judged.

    `claim`: the one the case asks about, with the attributions judged to make it.
    """
    quotes = [*(a.quote for a in case.assertions), *(o.quote for o in case.observations)]
    judged = {quote.span.report for quote in (*quotes, *(s.quote for s in case.statements))}
    repeated = find_repeated(claim.attributions, derivations)
    repeats: dict[ReportId, Attribution] = {}
    for said in attributions:
        if said.report not in judged and said.id in repeated:
            repeats.setdefault(said.report, said)
    return tuple(_make_echo(report, repeats[report.id]) for report in case.reports if report.id in repeats)


def _make_echo(report: Report, said: Attribution) -> Evidence:
    start, end = said.content.spans[0]
    quote = Quote(span=Span(report=report.id, start=start, end=end), text=report.text[start:end])
    name = report.publisher or report.title or report.path
    return Evidence(
        id=EvidenceId(f"echo-{report.id}"),
        kind=EvidenceKind.ECHO,
        title=f"{name} repeats it",
        likelihood=Factor((), np.ones(1)),
        when=report.published,
        quotes=(quote,),
        reason=Reason(rule="echo", sentence=f"{name} repeats what was already counted; an echo adds nothing."),
    )
