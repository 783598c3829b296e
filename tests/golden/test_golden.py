"""What does each stage make of the example and of six traps? A difference names the stage that moved.

Each trap is a small folder; `expected/` holds one file for each stage.
After a change that is meant, write them anew with `FIRSTHAND_GOLDEN=write make test`, and read the difference.
What each trap is about stands in words below and does not change with the files.
"""

import json
import os
from functools import cache
from pathlib import Path

import pytest

from firsthand.case import load_case
from firsthand.commands import trace_paths
from firsthand.model import Trace
from firsthand.pipeline import assess_case
from firsthand.probability import find_word

HERE = Path(__file__).parent
EXAMPLE = HERE.parent.parent / "examples" / "libya-2011"
TRAPS = ("round-up", "translation", "latent-origin", "circular-reporting", "forged-statement", "loud-silence")
PLACES = {trap: HERE / trap for trap in TRAPS} | {"libya-2011": EXAMPLE}
CASES = [name for name, place in PLACES.items() if (place / "case.toml").exists()]


@cache
def trace_place(name: str) -> Trace:
    return trace_paths([str(PLACES[name])])


@cache
def assess_place(name: str):
    return assess_case(load_case(PLACES[name]), samples=0)


def show_reading(trace: Trace) -> object:
    return [
        {
            "path": report.path,
            "title": report.title,
            "publisher": report.publisher,
            "published": [str(report.published.start), str(report.published.end)] if report.published else None,
            "language": report.language,
            "body": [report.text[start:end] for start, end in report.body],
            "parts": [[part.kind, part.text] for part in report.parts],
        }
        for report in trace.reports
    ]


def show_attribution(trace: Trace) -> object:
    names, paths = name_sources(trace), {report.id: report.path for report in trace.reports}
    return [
        {
            "report": paths[a.report],
            "chain": [names[link] for link in a.chain],
            "kind": a.source_kind,
            "cue": a.cue.text,
            "content": a.content.text,
            "polarity": a.polarity,
            "hedge": a.hedge,
            "probability": round(a.probability, 6),
        }
        for a in trace.attributions
    ]


def show_claims(trace: Trace) -> object:
    said = {a.id: a.content.text for a in trace.attributions}
    return [
        {
            "sentence": claim.sentence,
            "attributions": [said[a] for a in claim.attributions],
            "differences": [[d.slot, d.verdict, [value for _, value in d.values]] for d in claim.discrepancies],
        }
        for claim in trace.claims
    ]


def show_origins(trace: Trace) -> object:
    names, paths = name_sources(trace), {report.id: report.path for report in trace.reports}
    return {
        "voices": [trace.voices.low, round(trace.voices.expected, 6), trace.voices.high],
        "origins": [
            {"source": names[o.source], "latent": o.latent, "reports": [paths[r] for r in o.reports]}
            for o in trace.origins
        ],
        "derivations": [
            {
                "child": paths[d.child.report],
                "parent": paths[d.parent.report] if d.parent else f"latent: {names[d.latent]}",
                "kind": d.kind,
                "probability": round(d.probability, 6),
                "directed": d.directed,
                "reason": d.reason.sentence,
            }
            for d in trace.derivations
        ],
    }


def show_assessment(name: str) -> object:
    assessment = assess_place(name)
    return {
        "posterior": {p.hypothesis: [round(p.probability, 9), find_word(p.probability)] for p in assessment.posteriors},
        "weight_db": round(assessment.weight_db, 6),
        "contributions": {row.evidence: round(row.weight_db, 6) for row in assessment.contributions},
        "silences": {s.evidence: round(s.weight_db, 6) for s in assessment.silences},
        "statements": {s.statement.id: round(s.genuine, 9) for s in assessment.statements},
        "confidence": assessment.confidence,
        "summary": [[sentence.text for sentence in paragraph] for paragraph in assessment.summary],
    }


def name_sources(trace: Trace) -> dict[str, str]:
    return {source.id: source.name for source in trace.sources}


STAGES = {
    "reading": show_reading,
    "attribution": show_attribution,
    "claims": show_claims,
    "origins": show_origins,
}


def compare(name: str, stage: str, found: object) -> None:
    path = HERE / name / "expected" / f"{stage}.json"
    text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("FIRSTHAND_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(text), f"{stage} moved in {name}"


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("name", PLACES)
def test_a_stage_makes_of_a_trap_what_it_made_before(name, stage):
    compare(name, stage, STAGES[stage](trace_place(name)))


@pytest.mark.parametrize("name", CASES)
def test_an_assessment_says_what_it_said_before(name):
    compare(name, "assessment", show_assessment(name))


def test_a_round_up_of_two_agencies_does_not_melt_two_origins():
    trace = trace_place("round-up")
    assert (trace.voices.low, trace.voices.high) == (2, 2)
    digest = [r.id for r in trace.reports if r.path.endswith("valley-digest.txt")][0]
    assert sum(digest in origin.reports for origin in trace.origins) == 2


def test_a_translation_is_an_echo():
    trace = trace_place("translation")
    assert trace.voices.expected == pytest.approx(1, abs=0.2)
    main = trace.claims[0]
    assert len({a.report for a in trace.attributions if a.id in main.attributions}) == 3


def test_an_agency_that_is_not_in_the_pile_is_one_latent_origin():
    trace = trace_place("latent-origin")
    assert trace.voices.expected == pytest.approx(1, abs=0.2)
    origin = next(o for o in trace.origins if len(o.reports) == 3)
    assert origin.latent


def test_two_outlets_that_cite_each_other_are_not_two_voices():
    trace = trace_place("circular-reporting")
    assert trace.voices.expected <= 1
    assert trace.voices.high == 1
    assert any(edge.kind == "loop" for edge in trace.provenance.edges)


def test_a_forged_statement_lowers_what_its_allies_say():
    assessment = assess_place("forged-statement")
    (statement,) = assessment.statements
    assert statement.genuine < 0.1
    campaign = next(belief for belief in assessment.beliefs if belief.variable == "K:smear")
    assert campaign.probability > campaign.prior
    letter = next(row for row in assessment.contributions if row.evidence == "letter")
    assert letter.without["strike"] > assessment.posteriors[0].probability


def test_a_loud_silence_lowers_and_an_unwatched_one_weighs_nothing():
    assessment = assess_place("loud-silence")
    photos, smell = assessment.silences
    assert photos.weight_db < -3
    assert smell.coverage == 0
    assert smell.weight_db == 0
    echo = next(row for row in assessment.contributions if row.kind == "echo")
    assert echo.weight_db == 0
