"""In which order are the nine questions answered?

`trace_reports` answers 1 and 2 from a pile alone; `assess_case` answers them all. Nothing here touches the disk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from firsthand.assessment import (
    Basis,
    Turned,
    apply_standards,
    find_weaknesses,
    judge_confidence,
    mark_matrix,
    write_summary,
)
from firsthand.attribution import Attributor, find_attributions, judge_attributions, propose_findings
from firsthand.authenticity import check_statement
from firsthand.claims import gather_claims, join_claims, judge_claims
from firsthand.errors import ModelError, TooCostly
from firsthand.hypotheses import (
    believe_genuine,
    build_matrix,
    compare_hypotheses,
    date_posteriors,
    find_asked,
    list_contributions,
    state_beliefs,
    state_modes,
    weigh_evidence,
)
from firsthand.impact import weigh_scenarios
from firsthand.model import (
    Assessment,
    Attribution,
    AttributionId,
    Case,
    Claim,
    Contribution,
    Count,
    Derivation,
    EvidenceId,
    Finding,
    Flip,
    Origin,
    Posterior,
    Problem,
    Report,
    Robustness,
    Severity,
    Source,
    StatementAssessment,
    Structure,
    TimePoint,
    Trace,
    record,
)
from firsthand.origins import (
    count_voices,
    draw_provenance,
    drop_impossible,
    find_derivations,
    find_origins,
    find_repeated,
    join_judged,
    judge_derivations,
    judge_lineages,
    weigh_echoes,
)
from firsthand.origins.side_by_side import lay_largest
from firsthand.sensitivity import find_bounds, find_fewest, find_flips, rank_questions, sweep_knobs, vary_structure
from firsthand.silence import describe_silences
from firsthand.sources import assess_sources, count_disinterested, find_spoken
from firsthand.weighing.estimating import assess_chances, estimate_posteriors
from firsthand.weighing.solving import Weighing, find_joints, make_probe, weigh_case, weigh_ends

NOBODY = Count(low=0.0, expected=0.0, high=0.0)
FEW_DRAWS = 500
"""Draws that the intervals under other structures rest on: they are for comparison only."""
MOST_LAID = 24
"""Pairs of reports whose shared text an assessment shows."""


def trace_reports(
    reports: Sequence[Report], problems: Sequence[Problem] = (), attributors: Sequence[Attributor] = ()
) -> Trace:
    """Return who said what in a pile, and how many voices there are; `attributors` are heard beside our own reading."""
    proposed, failed = propose_findings(reports, attributors)
    attributions, sources = find_attributions(reports, proposed=proposed)
    claims = gather_claims(reports, attributions, sources)
    derivations = find_derivations(reports, attributions, sources, claims)
    origins = find_origins(reports, attributions, sources, derivations, claims=claims)
    told = Told(reports=reports, attributions=attributions, sources=sources, derivations=derivations, origins=origins)
    return _count_voices(told, claims, attributions, (*problems, *failed))


Found = tuple[tuple[Attribution, ...], tuple[Source, ...]]


def find_in_reports(reports: Sequence[Report]) -> Found:
    """Return what the machine finds in reports, judged by nobody: the attributions and the sources they name."""
    return find_attributions(reports)


def judge_found(case: Case, found: Found) -> tuple[Found, Mapping[EvidenceId, AttributionId]]:
    """Return what was found as the case judges it, and the attribution of each piece of evidence that has one."""
    judged = judge_attributions(case, *found)
    return (judged.attributions, judged.sources), judged.placed


def trace_case(case: Case, found: Found | None = None) -> Trace:
    """Return the same for a case: the analyst's judgements stand in place of what the machine found at the same words.

    Claims hold judged attributions only, and the tree shows these and what echoes them. `found`: what the machine
    finds in these very reports, where that is known already.
    """
    judged = judge_attributions(case, *(found or find_attributions(case.reports)))
    attributions, sources = judged.attributions, judged.sources
    case = replace(case, readings=judged.readings)
    gathered = gather_claims(case.reports, attributions, sources)
    joined = join_claims(case, gathered, judged.placed)
    lineages, lost = judge_lineages(case, attributions)
    ruled = join_judged(judge_derivations(case, judged.placed), lineages)
    derivations = drop_impossible(find_derivations(case.reports, attributions, sources, joined, judged=ruled))
    origins = find_origins(case.reports, attributions, sources, derivations, claims=joined)
    told = Told(
        reports=case.reports, attributions=attributions, sources=sources, derivations=derivations, origins=origins
    )
    claims = judge_claims(case, gathered, attributions, judged.placed)
    shown = find_repeated(set(judged.placed.values()), derivations)
    drawn = [one for one in attributions if one.id in shown] or attributions
    trace = _count_voices(told, claims, drawn, (*case.problems, *judged.problems, *lost))
    return replace(trace, disinterested=count_disinterested(find_spoken(case)))


@record
class Told:
    """Who said what, and who had it from whom, on the way to counting voices."""

    reports: Sequence[Report]
    attributions: Sequence[Attribution]
    sources: Sequence[Source]
    derivations: Sequence[Derivation]
    origins: Sequence[Origin]


def _count_voices(
    told: Told, claims: Sequence[Claim], drawn: Sequence[Attribution], problems: Sequence[Problem]
) -> Trace:
    reports, sources, derivations, origins = told.reports, told.sources, told.derivations, told.origins
    matters: dict[str, list[AttributionId]] = {}
    for one in claims:
        matters.setdefault(one.matter, []).extend(one.attributions if one.matter else ())
    counted = [
        replace(one, origins=count_voices(one, told.attributions, derivations, origins, near=matters[one.matter]))
        for one in claims
    ]
    shown = {one.id for one in drawn}
    kept = [one for one in derivations if one.child_attribution is None or one.child_attribution in shown]
    roots = [replace(one, attributions=tuple(a for a in one.attributions if a in shown)) for one in origins]
    return Trace(
        reports=tuple(reports),
        attributions=tuple(told.attributions),
        sources=tuple(sources),
        claims=tuple(counted),
        derivations=tuple(derivations),
        origins=tuple(origins),
        publishers=len({report.publisher or report.path for report in reports}),
        voices=next((claim.origins for claim in counted if claim.origins), NOBODY),
        disinterested=None,
        provenance=draw_provenance(
            reports,
            drawn,
            sources,
            kept,
            [one for one in roots if one.attributions],
            claims[0].attributions if claims else (),
        ),
        problems=(*problems, *(problem for report in reports for problem in report.problems)),
    )


def assess_case(case: Case, *, samples: int | None = None, trace: Trace | None = None) -> Assessment:
    """Return the assessment of a case; `samples` draws make the intervals, none with 0, as the case says by default.

    `trace`: who said what in this very case, where that is known already.

    A case too large to be weighed piece by piece gives its chances alone; `withheld` says so. Raises Contradiction,
    TooCostly or ModelError where the numbers cannot be computed with.
    """
    trace, samples = trace or trace_case(case), case.samples if samples is None else samples
    shared, sharing = lay_largest(trace.derivations, trace.reports, MOST_LAID)
    echoes = weigh_echoes(case, trace.claims[0], trace.attributions, trace.derivations) if trace.claims else ()
    try:
        weighing = weigh_case(case, samples, echoes)
    except TooCostly as fault:
        return replace(assess_chances(case, trace, fault, samples), shared=shared, sharing=sharing)
    centre, drawn = weighing.centre, weighing.drawn
    posteriors = compare_hypotheses(case, centre, drawn)
    contributions = list_contributions(case, centre, weighing.followed)
    beliefs = state_beliefs(case, centre, drawn)
    weight, weight_low, weight_high = weigh_evidence(case, centre, drawn)
    flips, robustness, untried = _try_moves(weighing, contributions)
    spoken, asked = find_spoken(case), posteriors[find_asked(case)]
    basis = Basis(case=case, voices=trace.voices, spoken=spoken, asked=asked, flips=flips, tried=not untried)
    confidence, why = judge_confidence(basis)
    return Assessment(
        case=case,
        as_of=case.as_of,
        trace=trace,
        posteriors=posteriors,
        weight_db=weight,
        weight_low_db=weight_low,
        weight_high_db=weight_high,
        summary=write_summary(case, len(case.reports), trace.voices, spoken, contributions, weight),
        confidence=confidence,
        confidence_why=why,
        voices=trace.voices,
        disinterested=count_disinterested(spoken),
        timeline=_date_posteriors(weighing, asked),
        contributions=contributions,
        matrix=mark_matrix(case, build_matrix(case, centre), contributions, posteriors),
        beliefs=beliefs,
        sources=assess_sources(case, state_modes(case, centre), beliefs, trace.claims),
        silences=describe_silences(case, weighing.values, contributions),
        statements=_assess_statements(weighing),
        scenarios=weigh_scenarios(case, weighing.values, weighing.draws.knobs),
        questions=rank_questions(case, weighing.values, *find_joints(weighing)),
        flips=flips,
        standards=apply_standards(case, trace.voices, [profile for profile, _ in spoken]),
        problems=(*trace.problems, *weighing.problems, *untried),
        sampled=weighing.sampled,
        robustness=robustness,
        shared=shared,
        sharing=sharing,
    )


def check_weights(case: Case) -> tuple[Finding, ...]:
    """Return what hangs by a thread once a case has been weighed; that it cannot be weighed is a finding too."""
    try:
        assessment = assess_case(case)
    except ModelError as fault:
        remedy = "Mend what is named; until then nothing can be concluded."
        return (Finding(severity=Severity.WRONG, where="case.toml", what=f"{fault}.", remedy=remedy),)
    if assessment.robustness is None:
        remedy = "Split what is named; until then nobody can see what the verdict hangs on."
        return (Finding(severity=Severity.WEAK, where="case.toml", what=assessment.problems[-1].what, remedy=remedy),)
    weighing = weigh_case(case, 0)
    swept = sweep_knobs(weighing.knobs, make_probe(weighing))
    return find_weaknesses(assessment, [Turned(knob=one.knob, at_low=one.at_low, at_high=one.at_high) for one in swept])


def compare_posteriors(
    case: Case, *, samples: int | None = None, without: frozenset[EvidenceId] = frozenset()
) -> tuple[Posterior, ...]:
    """Return only the hypotheses before and after the evidence, some of it left out if wanted: what a what-if needs."""
    try:
        centre, drawn = weigh_ends(case, case.samples if samples is None else samples, without=without)
    except TooCostly:
        return estimate_posteriors(case, without)
    return compare_hypotheses(case, centre, drawn)


def compare_steps(
    case: Case, *, samples: int, without: frozenset[EvidenceId] = frozenset()
) -> tuple[tuple[Posterior, ...], tuple[Contribution, ...]]:
    """Return the hypotheses, and what each piece of evidence did, with intervals: what a what-if shows at rest.

    Raises TooCostly where only an estimate can be had.
    """
    weighing = weigh_case(case, samples, without=without)
    centre = weighing.centre
    return compare_hypotheses(case, centre, weighing.drawn), list_contributions(case, centre, weighing.followed)


def _date_posteriors(weighing: Weighing, asked: Posterior) -> tuple[TimePoint, ...]:
    """Return the chance of the asked hypothesis by each date; the last is the verdict, its interval too."""
    points = date_posteriors(weighing.case, weighing.centre, weighing.followed)
    return (*points[:-1], *(replace(point, low=asked.low, high=asked.high) for point in points[-1:]))


def _try_moves(
    weighing: Weighing, contributions: Sequence[Contribution]
) -> tuple[tuple[Flip, ...], Robustness | None, tuple[Problem, ...]]:
    """Return what would change the word and how far the verdict holds, or the problem that it takes too long to try."""
    try:
        flips = find_flips(weighing.case, weighing.knobs, contributions, make_probe(weighing))
        return flips, _stress(weighing), ()
    except TooCostly as fault:
        what = f"what would change the word, and how far it holds, was not tried: {fault}"
        return (), None, (Problem(where="case.toml", what=what),)


def _stress(weighing: Weighing) -> Robustness:
    """Return how far the verdict holds over all ranges at once, against moves, and under other structures."""
    case, probe = weighing.case, make_probe(weighing)
    bounds = find_bounds(weighing.knobs, probe)
    draws = FEW_DRAWS if weighing.sampled else 0
    found = []
    for one in vary_structure(case):
        asked = compare_posteriors(one.case, samples=min(draws, case.samples))[find_asked(case)]
        drawn = f" Estimated, standard error {100 * asked.sampling.error:.2g} points." if asked.sampling else ""
        found.append(
            Structure(
                id=one.id,
                title=one.title,
                sentence=f"{one.sentence}{drawn}",
                probability=asked.probability,
                low=asked.low,
                high=asked.high,
            )
        )
    fewest = find_fewest(case, weighing.knobs, bounds, probe)
    return Robustness(bounds=bounds, fewest=fewest, structures=tuple(found))


def _assess_statements(weighing: Weighing) -> tuple[StatementAssessment, ...]:
    found = []
    for statement in weighing.case.statements:
        genuine, low, high = believe_genuine(statement.id, weighing.centre, weighing.drawn)
        checks = check_statement(statement, weighing.values)
        found.append(StatementAssessment(statement=statement, checks=checks, genuine=genuine, low=low, high=high))
    return tuple(found)
