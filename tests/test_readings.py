"""Are judgements about attributions and lineage followed, never lost, and never fatal?"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import jsonschema
import pytest

from case_folders import REPORTS, write_case
from firsthand.case import load_case, record_judgement
from firsthand.case.judgements import read_judgements
from firsthand.case.readings import read_lineages, read_readings, write_reading
from firsthand.case.schema import load_schema
from firsthand.errors import CaseError
from firsthand.model import AttributionId, Judgement, Verdict, find_knobs
from firsthand.pipeline import find_in_reports, trace_case

EXAMPLE = Path(__file__).parent.parent / "examples" / "libya-2011"


def say(about, value, why="read in place"):
    words = value if isinstance(value, str) else json.dumps(value)
    return Judgement(when=datetime(2031, 5, 21), who="Ida", about=about, value=words, why=why)


@pytest.fixture(scope="module")
def pile():
    case = load_case(EXAMPLE)
    return case, find_in_reports(case.reports)


def trace(pile, *judgements):
    case, found = pile
    case = replace(case, readings=read_readings(judgements), lineages=read_lineages(judgements))
    return trace_case(case, found)


def find(pile, path, words):
    case, (attributions, _) = pile
    reports = {report.id: report.path for report in case.reports}
    return next(one for one in attributions if reports[one.report] == path and one.content.text.startswith(words))


def test_nothing_judged_changes_nothing(pile):
    assert trace(pile) == trace_case(pile[0])


def test_what_is_rejected_is_gone_and_comes_back_when_that_is_taken_back(pile):
    one = find(pile, "ctc-sentinel.txt", "Mokhtar")
    about = f"attribution.{one.id}"
    gone = trace(pile, say(about, "rejected"))
    assert one.id not in {a.id for a in gone.attributions}
    assert all(one.id not in claim.attributions for claim in gone.claims)
    assert trace(pile, say(about, "rejected"), say(about, "restored")) == trace(pile)


def test_what_is_accepted_is_certain_and_judged(pile):
    one = find(pile, "ctc-sentinel.txt", "Mokhtar")
    told = next(a for a in trace(pile, say(f"attribution.{one.id}", "accepted")).attributions if a.id == one.id)
    assert (told.probability, told.reason.rule) == (1.0, "judged")
    assert (told.content, told.source) == (one.content, one.source)


def test_a_correction_moves_the_spans_and_keeps_the_id(pile):
    one = find(pile, "ctc-sentinel.txt", "Mokhtar")
    start, end = one.content.spans[0]
    value = {"content": [start, end - 5], "named": "deby", "hedge": 0.4, "denies": True}
    told = next(a for a in trace(pile, say(f"attribution.{one.id}", value)).attributions if a.id == one.id)
    assert told.content.spans == ((start, end - 5),)
    assert told.content.text == one.content.text[:-5]
    assert (told.cue, told.source_mention) == (one.cue, one.source_mention)
    assert (told.source, told.chain[-1], told.hedge, told.polarity) == ("deby", "deby", 0.4, -1)


def test_what_is_added_speaks_for_its_claim(pile):
    case, _ = pile
    report = next(one for one in case.reports if one.path == "week-in-papers.txt")
    start = report.text.index("The week") if "The week" in report.text else 0
    claim = case.claims[0].id
    value = {"report": report.path, "content": [start, start + 40], "named": "A porter at Gao", "claim": claim}
    before, after = trace(pile), trace(pile, say("attribution.new.one", value))
    added = next(a for a in after.attributions if a.id == "new.one")
    assert added.content.text == report.text[start : start + 40]
    assert added.source in {source.id for source in after.sources}
    counts = [next(one for one in told.claims if one.id == claim) for told in (before, after)]
    assert "new.one" in counts[1].attributions
    assert counts[1].origins.high > counts[0].origins.high
    assert trace(pile, say("attribution.new.one", value), say("attribution.new.one", "restored")) == before


def test_a_judgement_of_what_is_no_longer_there_is_a_problem_and_no_crash(pile):
    case, _ = pile
    lost = [
        say("attribution.a-000000000000", "rejected"),
        say("attribution.new.gone", {"report": "gone.txt", "content": [0, 4]}),
        say("attribution.new.beyond", {"report": case.reports[0].path, "content": [0, 10**7]}),
        say("attribution.new.moved", {"report": case.reports[0].path, "content": [0, 4], "said": "other words"}),
        say("attribution.new.claim", {"report": case.reports[0].path, "content": [0, 4], "claim": "nothing"}),
        say("lineage.a-000000000000.a-000000000001", "same"),
    ]
    told = trace(pile, *lost)
    assert len([one for one in told.problems if one.where == "judgements.jsonl"]) == len(lost)
    assert told.attributions == trace(pile).attributions
    assert told.voices == trace(pile).voices


@pytest.mark.parametrize(("value", "chance"), [("same", 1.0), (0.25, 0.25), ([0.1, 0.3], 0.2), ("unknown", 0.5)])
def test_a_judged_lineage_stands_in_place_of_the_machines(pile, value, chance):
    child, parent = find(pile, "terror-wire-digest.txt", "Al-Qaeda"), find(pile, "reuters-convoy.txt", "Al-Qaeda")
    ends = (child.id, parent.id)
    held = [
        one
        for one in trace(pile, say(f"lineage.{child.id}.{parent.id}", value)).derivations
        if {one.child_attribution, one.parent_attribution} == set(ends)
    ]
    assert [(one.child_attribution, one.parent_attribution, one.probability) for one in held] == [(*ends, chance)]


def test_what_is_judged_apart_has_no_line_between(pile):
    child, parent = find(pile, "terror-wire-digest.txt", "Al-Qaeda"), find(pile, "reuters-convoy.txt", "Al-Qaeda")
    told = trace(pile, say(f"lineage.{child.id}.{parent.id}", "apart"))
    pairs = {frozenset((one.child_attribution, one.parent_attribution)) for one in told.derivations}
    assert frozenset((child.id, parent.id)) not in pairs


def test_a_lineage_judged_again_the_other_way_round_is_one_judgement():
    held = read_lineages([say("lineage.a-1.a-2", "same"), say("lineage.a-2.a-1", "unknown")])
    assert [(one.child, one.parent) for one in held] == [("a-2", "a-1")]
    assert (held[0].low, held[0].value, held[0].high) == (0.0, 0.5, 1.0)


def test_an_added_attribution_can_be_an_end_of_a_lineage():
    held = read_lineages([say("lineage.new.x-1.a-2", "apart")])
    assert [(one.child, one.parent, one.high) for one in held] == [("new.x-1", "a-2", 0.0)]


GOOD = [
    ("attribution.a-1", "accepted"),
    ("attribution.a-1", {"source": [0, 4], "content": [[5, 9], [12, 20]], "hedge": 1}),
    ("attribution.new.x", {"report": "radio.txt", "content": [0, 4], "said": "A li", "claim": "burst"}),
    ("lineage.a-1.a-2", "very likely"),
]
BAD = [
    ("attribution.a-1", "retracted"),
    ("attribution.a-1", 0.5),
    ("attribution.new.x", "accepted"),
    ("attribution.new.x", {"content": [0, 4]}),
    ("attribution.a-1", {"source": [4, 0]}),
    ("attribution.a-1", {"content": [[5, 9], [7, 20]]}),
    ("attribution.a-1", {"content": [-1, 3]}),
    ("attribution.a-1", {"cue": [1.5, 3]}),
    ("attribution.a-1", {"hedge": 2}),
    ("attribution.a-1", {"denies": "yes"}),
    ("attribution.a-1", {"named": 4}),
    ("attribution.a-1", {"contnet": [0, 4]}),
    ("attribution.a-1.b.c", "accepted"),
    ("lineage.a-1", "same"),
    ("lineage.a-1.a-2", "perhaps so"),
]


@pytest.mark.parametrize(("about", "value"), GOOD)
def test_it_is_recorded_and_holds_to_the_schema(about, value, tmp_path):
    folder = write_case(tmp_path / "weir")
    case = load_case(folder, reports=REPORTS)
    record_judgement(folder, say(about, value), case)
    line = json.loads((folder / "judgements.jsonl").read_text("utf-8"))
    jsonschema.validate(line, dict(load_schema("judgements.jsonl")))
    loaded = load_case(folder, reports=REPORTS)
    assert len(loaded.readings) + len(loaded.lineages) == 1
    assert read_judgements(folder)[0].about == about


@pytest.mark.parametrize(("about", "value"), BAD)
def test_what_cannot_be_meant_is_refused_and_not_written(about, value, tmp_path):
    folder = write_case(tmp_path / "weir")
    with pytest.raises(CaseError):
        record_judgement(folder, say(about, value), load_case(folder, reports=REPORTS))
    assert not (folder / "judgements.jsonl").exists()


def test_spans_outside_of_the_report_are_refused_when_judged_but_not_when_read(tmp_path):
    folder = write_case(tmp_path / "weir")
    case = load_case(folder, reports=REPORTS)
    far = say("attribution.new.x", {"report": "radio.txt", "content": [0, 99999]})
    with pytest.raises(CaseError, match="radio.txt has"):
        record_judgement(folder, far, case)
    line = {"when": "2031-05-21", "who": "Ida", "about": far.about, "value": json.loads(far.value), "why": "x"}
    (folder / "judgements.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    told = trace_case(load_case(folder, reports=REPORTS))
    assert any("beyond the end" in one.what for one in told.problems)


def test_a_correction_is_written_without_what_it_does_not_say():
    assert json.loads(write_reading({"content": [0, 4], "named": "", "hedge": None, "report": "a.txt"})) == {
        "report": "a.txt",
        "content": [0, 4],
    }
    assert json.loads(write_reading({"hedge": 0, "denies": False})) == {"hedge": 0, "denies": False}


def test_an_added_one_that_is_rejected_is_simply_gone():
    put = say("attribution.new.x", {"report": "radio.txt", "content": [0, 4]})
    assert [one.verdict for one in read_readings([put])] == [Verdict.ADDED]
    assert read_readings([put, say("attribution.new.x", "rejected")]) == ()


def test_an_assertion_drafted_at_rejected_words_still_loads(tmp_path):
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "case", ignore=shutil.ignore_patterns("build")))
    case = load_case(folder)
    attributions, _ = find_in_reports(case.reports)
    judged = {one.quote.span.report for one in case.assertions}
    for one in attributions:
        if one.report in judged:
            record_judgement(folder, say(f"attribution.{AttributionId(one.id)}", "rejected"), case)
    told = trace_case(load_case(folder))
    assert {one.quote.span.report for one in case.assertions} <= {one.report for one in told.attributions}


def test_judgements_of_readings_are_no_numbers_to_be_weighed_or_turned(pile):
    case, _ = pile
    told = replace(case, lineages=read_lineages([say("lineage.a-1.a-2", [0.2, 0.4])]))
    assert list(find_knobs(told)) == list(find_knobs(case))
