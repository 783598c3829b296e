"""In which order are the nine questions answered?

`trace_reports` answers 1 and 2 from a pile alone; `assess_case` answers them all. Nothing here touches the disk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from firsthand.assessment import Basis, apply_standards, judge_confidence, write_summary
from firsthand.attribution import find_attributions, judge_attributions
from firsthand.authenticity import check_statement, weigh_statements
from firsthand.claims import gather_claims, join_claims, judge_claims
from firsthand.hypotheses import (
    Draws,
    Solution,
    believe_genuine,
    build_matrix,
    centre_knobs,
    compare_hypotheses,
    date_posteriors,
    draw_knobs,
    find_asked,
    find_posterior,
    join,
    list_contributions,
    name_nodes,
    prior_factors,
    read_knobs,
    solve,
    state_beliefs,
    state_modes,
    turn_knobs,
    weigh_evidence,
    weigh_testimony,
)
from firsthand.impact import weigh_scenarios
from firsthand.model import (
    Assessment,
    Attribution,
    Case,
    Claim,
    ClaimId,
    Count,
    Derivation,
    Evidence,
    EvidenceId,
    Factor,
    KnobId,
    Knobs,
    Posterior,
    Problem,
    Report,
    Source,
    StatementAssessment,
    Trace,
    VariableId,
    record,
)
from firsthand.origins import (
    count_voices,
    draw_provenance,
    find_derivations,
    find_origins,
    find_repeated,
    judge_derivations,
    weigh_echoes,
)
from firsthand.probability import find_interval
from firsthand.sensitivity import Probe, find_flips, rank_questions
from firsthand.silence import describe_silences, weigh_silences
from firsthand.sources import assess_sources, count_disinterested, find_spoken, mode_factors, name_mode

NOBODY = Count(low=0.0, expected=0.0, high=0.0)


def trace_reports(reports: Sequence[Report], problems: Sequence[Problem] = ()) -> Trace:
    """Return who said what in a pile, and how many voices there are."""
    attributions, sources = find_attributions(reports)
    claims = gather_claims(reports, attributions, sources)
    derivations = find_derivations(reports, attributions, sources, claims)
    told = Told(reports=reports, attributions=attributions, sources=sources, derivations=derivations)
    return _count_voices(told, claims, attributions, problems)


def trace_case(case: Case) -> Trace:
    """Return the same for a case: the analyst's judgements stand in place of what the machine found at the same words.

    Claims hold judged attributions only, and the tree shows these and what echoes them.
    """
    judged = judge_attributions(case, *find_attributions(case.reports))
    attributions, sources = judged.attributions, judged.sources
    gathered = gather_claims(case.reports, attributions, sources)
    joined = join_claims(case, gathered, judged.placed)
    copies = judge_derivations(case, judged.placed)
    derivations = find_derivations(case.reports, attributions, sources, joined, judged=copies)
    claims = judge_claims(case, gathered, attributions, judged.placed)
    told = Told(reports=case.reports, attributions=attributions, sources=sources, derivations=derivations)
    shown = find_repeated(set(judged.placed.values()), derivations)
    drawn = [one for one in attributions if one.id in shown] or attributions
    trace = _count_voices(told, claims, drawn, case.problems)
    return replace(trace, disinterested=count_disinterested(find_spoken(case)))


@record
class Told:
    """Who said what, and who had it from whom, on the way to counting voices."""

    reports: Sequence[Report]
    attributions: Sequence[Attribution]
    sources: Sequence[Source]
    derivations: Sequence[Derivation]


def _count_voices(
    told: Told, claims: Sequence[Claim], drawn: Sequence[Attribution], problems: Sequence[Problem]
) -> Trace:
    reports, sources, derivations = told.reports, told.sources, told.derivations
    origins = find_origins(reports, told.attributions, sources, derivations)
    counted = [replace(one, origins=count_voices(one, told.attributions, derivations, origins)) for one in claims]
    shown = {one.id for one in drawn}
    kept = [one for one in derivations if one.child_attribution is None or one.child_attribution in shown]
    roots = [replace(one, attributions=tuple(a for a in one.attributions if a in shown)) for one in origins]
    return Trace(
        reports=tuple(reports),
        attributions=tuple(told.attributions),
        sources=tuple(sources),
        claims=tuple(counted),
        derivations=tuple(derivations),
        origins=origins,
        publishers=len({report.publisher or report.path for report in reports}),
        voices=next((claim.origins for claim in counted if claim.origins), NOBODY),
        disinterested=None,
        provenance=draw_provenance(reports, drawn, sources, kept, [one for one in roots if one.attributions]),
        problems=(*problems, *(problem for report in reports for problem in report.problems)),
    )


def assess_case(case: Case, *, samples: int | None = None) -> Assessment:
    """Return the assessment of a case; `samples` draws make the intervals, none with 0, as the case says by default.

    Raises Contradiction, TooCostly or ModelError where the numbers cannot be computed with.
    """
    trace = trace_case(case)
    knobs = read_knobs(case)
    centre_values = centre_knobs(knobs)
    samples = case.samples if samples is None else samples
    draws = draw_knobs(knobs, samples, case.seed) if samples else Draws(knobs=centre_values)
    echoes = weigh_echoes(case, trace.claims[0], trace.attributions, trace.derivations) if trace.claims else ()
    centre = _solve_case(case, centre_values, echoes)
    drawn = _solve_case(case, draws.knobs, echoes, draws.ends) if samples else centre

    posteriors = compare_hypotheses(case, centre, drawn)
    contributions = list_contributions(case, centre, drawn)
    beliefs = state_beliefs(case, centre, drawn)
    weight, weight_low, weight_high = weigh_evidence(case, centre, drawn)
    spoken = find_spoken(case)
    disinterested = count_disinterested(spoken)
    flips = find_flips(case, knobs, contributions, _make_probe(case, centre_values, draws))
    basis = Basis(
        case=case,
        voices=trace.voices,
        spoken=spoken,
        disinterested=disinterested,
        asked=posteriors[find_asked(case)],
        flips=flips,
    )
    confidence, why = judge_confidence(basis)
    voices = {claim.id: claim.origins.low for claim in trace.claims if claim.origins}
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
        disinterested=disinterested,
        timeline=date_posteriors(case, centre, drawn),
        contributions=contributions,
        matrix=build_matrix(case, centre),
        beliefs=beliefs,
        sources=assess_sources(case, state_modes(case, centre), beliefs, voices),
        silences=describe_silences(case, centre_values, contributions),
        statements=_assess_statements(case, centre_values, centre, drawn),
        scenarios=weigh_scenarios(case, centre_values, draws.knobs),
        questions=rank_questions(case, centre_values, *_find_joints(case, centre_values)),
        flips=flips,
        standards=apply_standards(case, trace.voices, [profile for profile, _ in spoken]),
        problems=trace.problems,
        sampled=samples > 0,
    )


def compare_posteriors(
    case: Case, *, samples: int | None = None, without: frozenset[EvidenceId] = frozenset()
) -> tuple[Posterior, ...]:
    """Return only the hypotheses before and after the evidence, some of it left out if wanted: what a what-if needs."""
    knobs = read_knobs(case)
    samples = case.samples if samples is None else samples
    values = centre_knobs(knobs)
    draws = draw_knobs(knobs, samples, case.seed) if samples else Draws(knobs=values)
    runs = []
    for numbers, ends in ((values, 1), (draws.knobs, draws.ends)):
        kept = [one for one in gather_evidence(case, numbers) if one.id not in without]
        runs.append(solve(build_frame(case, numbers), kept, (), ends))
    return compare_hypotheses(case, runs[0], runs[1])


def build_frame(case: Case, knobs: Knobs) -> tuple[Factor, ...]:
    """Return what is believed before any evidence: hypotheses, claims, campaigns, postures and the sources' modes."""
    return (*prior_factors(case, knobs), *mode_factors(case, knobs))


def gather_evidence(case: Case, knobs: Knobs) -> tuple[Evidence, ...]:
    """Return testimony, statements and silences, each as Evidence; inference sees one type."""
    return (*weigh_testimony(case, knobs), *weigh_statements(case, knobs), *weigh_silences(case, knobs))


def _solve_case(case: Case, knobs: Knobs, echoes: Sequence[Evidence], ends: int = 1) -> Solution:
    frame, evidence = build_frame(case, knobs), gather_evidence(case, knobs)
    known = {variable for factor in (*frame, *(one.likelihood for one in evidence)) for variable in factor.scope}
    wanted = [*name_nodes(case), *(name_mode(profile.source.id) for profile in case.profiles)]
    wanted += [VariableId(f"A:{statement.id}") for statement in case.statements]
    return solve(frame, (*evidence, *echoes), [variable for variable in wanted if variable in known], ends)


def _make_probe(case: Case, centre: Knobs, draws: Draws) -> Probe:
    asked = find_asked(case)

    def find_chances(knobs: Knobs, left: frozenset[EvidenceId]) -> NDArray[np.float64]:
        kept = [one for one in gather_evidence(case, knobs) if one.id not in left]
        return np.asarray(find_posterior(build_frame(case, knobs), kept)[asked])

    def evaluate(turns: Mapping[KnobId, NDArray[np.float64]], left: frozenset[EvidenceId]) -> NDArray[np.float64]:
        return find_chances(turn_knobs(case, centre, turns), left)

    def find_range(turns: Mapping[KnobId, float], left: frozenset[EvidenceId]) -> tuple[float, float]:
        return find_interval(find_chances(turn_knobs(case, draws.knobs, turns), left), draws.ends)

    return Probe(evaluate=evaluate, find_range=find_range)


def _assess_statements(case: Case, knobs: Knobs, centre: Solution, drawn: Solution) -> tuple[StatementAssessment, ...]:
    found = []
    for statement in case.statements:
        genuine, low, high = believe_genuine(statement.id, centre, drawn)
        checks = check_statement(statement, knobs)
        found.append(StatementAssessment(statement=statement, checks=checks, genuine=genuine, low=low, high=high))
    return tuple(found)


def _find_joints(case: Case, knobs: Knobs) -> tuple[NDArray[np.float64], dict[ClaimId, NDArray[np.float64]]]:
    factors = [*build_frame(case, knobs), *(one.likelihood for one in gather_evidence(case, knobs))]
    hypothesis = VariableId("H")
    claims = {question.claim for question in case.questions if question.claim is not None}
    joints = {claim: join(factors, (hypothesis, VariableId(f"C:{claim}")))[..., 0] for claim in sorted(claims)}
    return join(factors, (hypothesis,))[..., 0], joints
