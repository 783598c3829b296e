"""Does the JSON keep the fixed form that other programs rely on?"""

import json
from datetime import datetime
from pathlib import Path

import pytest

from firsthand.commands import assess_folder, trace_paths
from firsthand.exports import describe_assessment, describe_trace
from firsthand.exports.trace_json import describe_period
from firsthand.model import Period

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "libya-2011"
TRACE = {
    "reports": {
        *("id", "path", "title", "publisher", "url", "published", "language", "text", "body", "parts", "problems"),
    },
    "attributions": {"id", "report", "source", "cue", "content", "chain", "hedge", "polarity", "probability"},
    "sources": {"id", "name", "kind", "speaks_for"},
    "claims": {"id", "sentence", "slots", "attributions", "origins", "discrepancies"},
    "derivations": {"child", "parent", "kind", "probability", "directed", "reason"},
    "origins": {"id", "source", "latent", "attributions", "reports"},
}
ASSESSMENT = {
    "posterior": {"hypothesis", "prior", "probability", "low", "high", "word"},
    "evidence": {"id", "kind", "title", "weight_db", "without", "spans", "reason"},
    "sources": {"id", "grade", "modes"},
    "questions": {"title", "bits", "probability_if_yes"},
    "standard": {"rule", "holds", "why"},
}


@pytest.fixture(scope="module")
def trace():
    return json.loads(json.dumps(describe_trace(trace_paths([str(EXAMPLE / "reports")]))))


@pytest.fixture(scope="module")
def assessment():
    return json.loads(json.dumps(describe_assessment(assess_folder(EXAMPLE, samples=0))))


@pytest.mark.parametrize("part", TRACE)
def test_a_trace_keeps_its_keys(trace, part):
    assert trace["schema"] == "firsthand.trace/1"
    assert trace[part]
    for one in trace[part]:
        assert TRACE[part] <= one.keys()


def test_the_pieces_of_an_attribution_keep_their_keys(trace):
    for one in trace["attributions"]:
        assert {"text", "spans", "kind", "id"} <= one["source"].keys()
        assert {"text", "spans", "class"} <= one["cue"].keys()
        assert {"text", "spans", "kind"} <= one["content"].keys()
        assert one["polarity"] in (1, -1)
        assert 0 <= one["hedge"] <= 1 and 0 <= one["probability"] <= 1


def test_every_id_in_a_trace_is_known(trace):
    reports, sources = ({one["id"] for one in trace[part]} for part in ("reports", "sources"))
    attributions, origins = ({one["id"] for one in trace[part]} for part in ("attributions", "origins"))
    for one in trace["attributions"]:
        assert one["report"] in reports
        assert {one["source"]["id"], *one["chain"]} <= sources
    for one in trace["derivations"]:
        assert one["child"]["report"] in reports
        assert one["parent"].get("report") in reports or one["parent"].get("latent") in sources | origins
        assert one["prov"] in ("quoted", "primary", "revised", "derived")
    for one in trace["origins"]:
        assert one["source"] in sources
        assert set(one["attributions"]) <= attributions
        assert set(one["reports"]) <= reports
    placed = [a for one in trace["origins"] for a in one["attributions"]]
    assert sorted(placed) == sorted(attributions)


def test_a_summary_is_low_expected_and_high(trace):
    voices = trace["summary"]["origins"]
    assert voices["low"] <= voices["expected"] <= voices["high"]
    assert trace["summary"]["reports"] == len(trace["reports"])


@pytest.mark.parametrize("part", ASSESSMENT)
def test_an_assessment_keeps_its_keys(assessment, part):
    assert assessment["schema"] == "firsthand.assessment/1"
    assert assessment[part]
    for one in assessment[part]:
        assert ASSESSMENT[part] <= one.keys()
    wanted = ("question", "as_of", "verdict", "weight_db", "origins", "silences", "authenticity", "campaigns")
    assert set(wanted) <= assessment.keys()
    assert {"impact", "flips", "problems"} <= assessment.keys()
    assert {"hypothesis", "probability", "low", "high", "word"} <= assessment["verdict"].keys()


def test_contributions_add_up_to_the_weight_of_the_evidence(assessment):
    assert sum(one["weight_db"] for one in assessment["evidence"]) == pytest.approx(assessment["weight_db"], abs=1e-9)


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2011-04-04", "2011-04-05", "2011-04-04"),
        ("2011-04-04T07:44", "2011-04-04T07:45", "2011-04-04T07:44"),
        ("2010-07-01", "2010-08-01", "2010-07-01T00:00/2010-08-01T00:00"),
    ],
)
def test_a_date_keeps_its_precision(start, end, shown):
    period = Period(start=datetime.fromisoformat(start), end=datetime.fromisoformat(end))
    assert describe_period(period) == shown


def test_no_date_is_null():
    assert describe_period(None) is None
