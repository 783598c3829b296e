"""Who took what from whom, where an analyst has judged it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from firsthand.model import (
    Assertion,
    Attribution,
    AttributionId,
    Case,
    Derivation,
    DerivationKind,
    EvidenceId,
    Lineage,
    Problem,
    Quote,
    Reason,
    Span,
)

ECHO = 1.0
WHERE = "judgements.jsonl"


def judge_derivations(case: Case, of_assertion: Mapping[EvidenceId, AttributionId]) -> tuple[Derivation, ...]:
    """Return a derivation for every assertion judged to repeat another, with the chance given to that."""
    by_id = {one.id: one for one in case.assertions}
    return tuple(
        _judge_copy(one, by_id[one.copy_of], of_assertion)
        for one in case.assertions
        if one.copy_of is not None and one.copy is not None
    )


def _judge_copy(child: Assertion, parent: Assertion, of_assertion: Mapping[EvidenceId, AttributionId]) -> Derivation:
    chance = child.copy.value if child.copy is not None else ECHO
    verb = "repeats" if chance >= ECHO else "may repeat"
    why = f" {child.copy_why}" if child.copy_why else ""
    return Derivation(
        child=child.quote.span,
        parent=parent.quote.span,
        latent=None,
        kind=DerivationKind.DERIVED,
        probability=chance,
        directed=True,
        reason=Reason(
            rule="judged",
            sentence=f"Judged by the analyst: \u201c{child.title}\u201d {verb} \u201c{parent.title}\u201d.{why}",
            quotes=(child.quote, parent.quote),
        ),
        child_attribution=of_assertion[child.id],
        parent_attribution=of_assertion[parent.id],
        low=child.copy.low if child.copy is not None else chance,
        high=child.copy.high if child.copy is not None else chance,
    )


def judge_lineages(
    case: Case, attributions: Sequence[Attribution]
) -> tuple[tuple[Derivation, ...], tuple[Problem, ...]]:
    """Return a derivation for every judged lineage, with the chance given to it, and those whose ends are gone."""
    by_id = {one.id: one for one in attributions}
    names = {report.id: report.publisher or report.title or report.path for report in case.reports}
    found, problems = [], []
    for one in case.lineages:
        child, parent = by_id.get(one.child), by_id.get(one.parent)
        if child is None or parent is None:
            problems.append(_tell_gone(one))
        else:
            found.append(_judge_lineage(one, child, parent, (names[child.report], names[parent.report])))
    return tuple(found), tuple(problems)


def join_judged(copies: Sequence[Derivation], lineages: Sequence[Derivation]) -> tuple[Derivation, ...]:
    """Return what is judged of each pair once: a lineage outweighs what the files of the case say of the same two."""
    ruled = {frozenset((one.child_attribution, one.parent_attribution)) for one in lineages}
    rest = [one for one in copies if frozenset((one.child_attribution, one.parent_attribution)) not in ruled]
    return (*rest, *lineages)


def drop_impossible(derivations: Sequence[Derivation]) -> tuple[Derivation, ...]:
    """Return the derivations without those judged to be none."""
    return tuple(one for one in derivations if one.probability or one.high)


def _judge_lineage(one: Lineage, child: Attribution, parent: Attribution, names: tuple[str, str]) -> Derivation:
    told = one.judgement
    verb = "has it from" if one.low >= ECHO else "may have it from" if one.high else "has it not from"
    when = f"{told.who}, {told.when:%Y-%m-%d}"
    why = told.why if told.why[-1:] in (".", "!", "?") else f"{told.why}."
    return Derivation(
        child=_find_span(child),
        parent=_find_span(parent),
        latent=None,
        kind=DerivationKind.DERIVED,
        probability=one.value,
        directed=True,
        reason=Reason(
            rule="judged",
            sentence=f"Judged by {when}: {names[0]} {verb} {names[1]}. {why}",
            quotes=(_quote_content(child), _quote_content(parent)),
        ),
        child_attribution=child.id,
        parent_attribution=parent.id,
        low=one.low,
        high=one.high,
    )


def _find_span(one: Attribution) -> Span:
    return Span(report=one.report, start=one.content.spans[0][0], end=one.content.spans[-1][1])


def _quote_content(one: Attribution) -> Quote:
    return Quote(span=_find_span(one), text=one.content.text)


def _tell_gone(one: Lineage) -> Problem:
    return Problem(
        where=WHERE,
        what=f"who had {one.child} from whom, which {one.judgement.who} judged on {one.judgement.when:%Y-%m-%d},"
        " is left out: one of the two is no longer there",
        remedy="Judge it again where it stands now; the record keeps what was judged.",
    )
