"""How does an assessment look as JSON? (schema firsthand.assessment/1: fields may be added, none renamed)"""

from __future__ import annotations

from collections.abc import Mapping

from firsthand.exports.robustness_json import describe_robustness
from firsthand.exports.trace_json import describe_count, describe_problem, describe_quote
from firsthand.model import (
    Assessment,
    Contribution,
    Flip,
    Modes,
    NodeBelief,
    Posterior,
    QuestionValue,
    Sampling,
    ScenarioAssessment,
    Sentence,
    Silence,
    SourceAssessment,
    StandardResult,
    StatementAssessment,
)
from firsthand.probability import find_word

Json = Mapping[str, object]


def describe_assessment(assessment: Assessment) -> Json:
    """Return the assessment as plain data in the fixed form `firsthand.assessment/1`; weights in dB."""
    asked = next(p for p in assessment.posteriors if p.hypothesis == assessment.case.asks)
    campaigns = [belief for belief in assessment.beliefs if belief.variable.startswith("K:")]
    return {
        "schema": "firsthand.assessment/1",
        "title": assessment.case.title,
        "question": assessment.case.question,
        "as_of": assessment.as_of.isoformat(),
        "verdict": _describe_verdict(asked),
        "posterior": [describe_posterior(posterior) for posterior in assessment.posteriors],
        "weight_db": assessment.weight_db,
        "weight_interval_db": [assessment.weight_low_db, assessment.weight_high_db],
        "summary": [[_describe_sentence(sentence) for sentence in part] for part in assessment.summary],
        "confidence": {
            "level": assessment.confidence,
            "because": [_describe_sentence(sentence) for sentence in assessment.confidence_why],
        },
        "reports": len(assessment.trace.reports),
        "publishers": assessment.trace.publishers,
        "origins": describe_count(assessment.voices),
        "disinterested": assessment.disinterested,
        "evidence": [
            {**describe_contribution(row), "judged": row.evidence not in assessment.case.suggested}
            for row in assessment.contributions
        ],
        "matrix": {
            "hypotheses": list(assessment.matrix.hypotheses),
            "evidence": list(assessment.matrix.evidence),
            "cells_db": [list(row) for row in assessment.matrix.cells],
            "marks": [list(row) for row in assessment.matrix.marks],
            "inconsistency": list(assessment.matrix.inconsistency),
        },
        "silences": [
            {**describe_silence(silence), "judged": silence.evidence not in assessment.case.suggested}
            for silence in assessment.silences
        ],
        "authenticity": [describe_statement(statement) for statement in assessment.statements],
        "sources": [describe_source_assessment(source) for source in assessment.sources],
        "campaigns": [_describe_belief(belief) for belief in campaigns],
        "beliefs": [_describe_belief(belief) for belief in assessment.beliefs],
        "impact": [describe_scenario(scenario) for scenario in assessment.scenarios],
        "questions": [describe_question(question) for question in assessment.questions],
        "flips": [describe_flip(flip) for flip in assessment.flips],
        "robustness": describe_robustness(assessment.robustness) if assessment.robustness else None,
        "standard": [describe_standard(result) for result in assessment.standards],
        "timeline": [
            {"when": point.when.isoformat(), "probability": point.probability, "low": point.low, "high": point.high}
            for point in assessment.timeline
        ],
        "withheld": assessment.withheld or None,
        "unknowns": list(assessment.case.unknowns),
        "problems": [describe_problem(problem) for problem in assessment.problems],
    }


def describe_posterior(posterior: Posterior) -> Json:
    """Return one hypothesis before and after, with its word."""
    return {
        "hypothesis": posterior.hypothesis,
        "prior": posterior.prior,
        "prior_interval": [posterior.prior_low, posterior.prior_high],
        "probability": posterior.probability,
        "low": posterior.low,
        "high": posterior.high,
        "word": find_word(posterior.probability),
        "estimate": _describe_sampling(posterior.sampling),
    }


def describe_contribution(row: Contribution) -> Json:
    """Return one piece of evidence: its weight in order of arrival, and every posterior without it."""
    return {
        "id": row.evidence,
        "kind": row.kind,
        "title": row.title,
        "weight_db": row.weight_db,
        "interval_db": [row.low_db, row.high_db],
        "after": row.after,
        "without": dict(row.without),
        "spans": [describe_quote(quote) for quote in row.quotes],
        "reason": row.reason.sentence,
        "rule": row.reason.rule,
    }


def describe_silence(silence: Silence) -> Json:
    """Return a silence with its three numbers and their product."""
    return {
        "id": silence.evidence,
        "title": silence.title,
        "produced": silence.produced,
        "by_now": silence.by_now,
        "coverage": silence.coverage,
        "seen": silence.seen,
        "weight_db": silence.weight_db,
        "interval_db": [silence.low_db, silence.high_db],
        "watched": silence.watched,
        "spans": [describe_quote(quote) for quote in silence.quotes],
    }


def describe_statement(found: StatementAssessment) -> Json:
    """Return a purported statement's checks and the chance that it is genuine."""
    return {
        "id": found.statement.id,
        "title": found.statement.title,
        "author": found.statement.author,
        "genuine": found.genuine,
        "low": found.low,
        "high": found.high,
        "word": find_word(found.genuine),
        "checks": [
            {
                "kind": row.check.kind,
                "found": row.check.found,
                "genuine": row.check.genuine.value if row.check.genuine else None,
                "forged": row.check.forged.value if row.check.forged else None,
                "toward_forged_db": row.toward_forged_db,
                "counted": row.toward_forged_db is not None,
                "spans": [describe_quote(row.check.quote)] if row.check.quote else [],
            }
            for row in found.checks
        ],
        "spans": [describe_quote(found.statement.quote)],
    }


def describe_source_assessment(found: SourceAssessment) -> Json:
    """Return a source's grade, ties and modes; `modes` is null where it is no witness in the model."""
    profile = found.profile
    return {
        "id": profile.source.id,
        "name": profile.source.name,
        "kind": profile.source.kind.value,
        "role": profile.role,
        "speaks_for": profile.source.speaks_for or None,
        "grade": found.grade.reliability + found.grade.credibility,
        "grade_reason": found.grade.reason.sentence,
        "modes": _describe_modes(found.after),
        "modes_before": _describe_modes(found.before),
        "gains": profile.gains,
        "interest": profile.interest,
        "access": profile.access_why,
        "ties": [
            {"to": tie.to, "sentence": tie.sentence, "spans": [describe_quote(quote) for quote in tie.quotes]}
            for tie in profile.ties
        ],
        "judged": profile.judged,
        "spans": [describe_quote(quote) for quote in found.said],
    }


def describe_scenario(found: ScenarioAssessment) -> Json:
    """Return what may follow if a hypothesis is true, with the sentences for and against."""
    return {
        "id": found.scenario.id,
        "name": found.scenario.name,
        "hypothesis": found.scenario.hypothesis,
        "probability": found.probability,
        "low": found.low,
        "high": found.high,
        "word": find_word(found.probability),
        "follows": found.scenario.follows,
        "evidence": [
            {
                "sentence": item.sentence,
                "for": item.if_so.value > item.if_not.value,
                "spans": [describe_quote(item.quote)],
            }
            for item in found.scenario.considerations
        ],
    }


def describe_question(question: QuestionValue) -> Json:
    """Return what one answer would teach, in bits, and the asked hypothesis either way."""
    return {
        "id": question.id,
        "title": question.title,
        "bits": question.bits,
        "chance_of_yes": question.chance_of_yes,
        "probability_if_yes": question.probability_if_yes,
        "probability_if_no": question.probability_if_no,
    }


def describe_flip(flip: Flip) -> Json:
    """Return the moves that change the verdict's word, and the word it becomes."""
    return {
        "title": flip.title,
        "moves": [{"about": about, "from": before, "to": after} for about, before, after in flip.moves],
        "probability": flip.probability,
        "low": flip.low,
        "high": flip.high,
        "word": find_word(flip.probability),
    }


def describe_standard(result: StandardResult) -> Json:
    """Return whether a stated rule of evidence holds; null where that cannot be told."""
    return {
        "rule": result.standard.rule,
        "sentence": result.sentence,
        "holds": result.holds,
        "why": result.why,
    }


def _describe_verdict(posterior: Posterior) -> Json:
    return {
        "hypothesis": posterior.hypothesis,
        "probability": posterior.probability,
        "low": posterior.low,
        "high": posterior.high,
        "word": find_word(posterior.probability),
        "estimate": _describe_sampling(posterior.sampling),
    }


def _describe_sampling(sampling: Sampling | None) -> Json | None:
    if sampling is None:
        return None
    return {"standard_error": sampling.error, "effective_sample": sampling.effective, "draws": sampling.draws}


def _describe_belief(belief: NodeBelief) -> Json:
    return {
        "id": belief.variable,
        "name": belief.name,
        "prior": belief.prior,
        "probability": belief.probability,
        "low": belief.low,
        "high": belief.high,
    }


def _describe_modes(modes: Modes | None) -> Json | None:
    if modes is None:
        return None
    return {"informed": modes.informed, "rumour": modes.rumour, "spinning": modes.spinning}


def _describe_sentence(sentence: Sentence) -> Json:
    return {"text": sentence.text, "spans": [describe_quote(quote) for quote in sentence.quotes]}
