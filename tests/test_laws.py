"""Do the ten laws of firsthand hold, seen from outside, through what anybody can call?"""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firsthand import assess_folder, describe_assessment, describe_trace, load_case, trace_paths, turn_knobs
from firsthand.case import record_judgement
from firsthand.commands import draft_folder, retract_name
from firsthand.model import EvidenceId, Interest, Knob, KnobId
from firsthand.pipeline import compare_posteriors, trace_reports
from firsthand.probability import WORDS
from firsthand.reading import read_reports
from firsthand.views.write import write_assessment
from vector_one import build_case

EXAMPLE = Path(__file__).parent.parent / "examples" / "libya-2011"
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CHANCES = st.floats(0.02, 0.98)


def find_chances(case) -> list[float]:
    return [posterior.probability for posterior in compare_posteriors(case, samples=0)]


def find_asked(case) -> float:
    return next(p.probability for p in compare_posteriors(case, samples=0) if p.hypothesis == case.asks)


def find_spans(data: object):
    """Every quotation in a JSON document."""
    if isinstance(data, dict):
        if {"report", "start", "end", "quote"} <= data.keys():
            yield data
        for value in data.values():
            yield from find_spans(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from find_spans(value)


def find_sentences(data: object):
    """Every piece of prose in a JSON document."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key not in {"quote", "text", "word", "level"} or isinstance(value, dict | list):
                yield from find_sentences(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from find_sentences(value)
    elif isinstance(data, str):
        yield from re.split(r"(?<=[.?!]) ", data)


@pytest.fixture
def case_folder(tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("build"))
    return folder


@FEW
@given(st.integers(0, 40))
def test_law_1_an_echo_adds_nothing(echoes):
    assert find_chances(build_case(echoes=echoes)) == pytest.approx(find_chances(build_case(echoes=0)), abs=1e-12)


@pytest.mark.parametrize("copies", [1, 3, 6, 12, 100])
def test_law_1_copies_of_the_agency_report_change_no_probability(case_folder, copies):
    before = assess_folder(case_folder, samples=0)
    agency = case_folder / "reports" / "reuters-convoy.txt"
    for number in range(copies):
        shutil.copy(agency, agency.with_name(f"copy-{number:03d}.txt"))
    after = assess_folder(case_folder, samples=0)
    assert len(after.trace.reports) == len(before.trace.reports) + copies
    for old, new in zip(before.posteriors, after.posteriors, strict=True):
        assert new.probability == pytest.approx(old.probability, abs=1e-12)
    assert (after.voices.low, after.voices.high) == (before.voices.low, before.voices.high)
    assert after.voices.expected == pytest.approx(before.voices.expected, abs=1e-9)
    echoes = [row for row in after.contributions if row.kind == "echo"]
    assert len(echoes) == copies + sum(row.kind == "echo" for row in before.contributions)
    assert all(row.weight_db == 0 for row in echoes)


def test_law_2_unknown_lineage_is_an_interval_and_never_independence():
    case = build_case(echoes=0)
    copied = next(one for one in case.assertions if one.copy_of)
    knob = replace(copied.copy, low=0.0, value=0.5, high=1.0, unknown=True)
    assertions = tuple(replace(one, copy=knob) if one is copied else one for one in case.assertions)
    (asked, *_) = compare_posteriors(replace(case, assertions=assertions), samples=50)
    ends = []
    for weight in (0.0, 1.0):
        fixed = replace(knob, low=weight, value=weight, high=weight, unknown=False)
        ends.append(
            find_asked(
                replace(
                    case,
                    assertions=tuple(replace(one, copy=fixed) if one is copied else one for one in case.assertions),
                )
            )
        )
    assert asked.low <= min(ends)
    assert asked.high >= max(ends)
    assert asked.high - asked.low > 0.01


def test_law_3_every_number_resolves_to_words_that_stand_in_a_report():
    assessment = assess_folder(EXAMPLE, samples=0)
    texts = {report.id: report.text for report in assessment.trace.reports}
    spans = list(find_spans(json.loads(json.dumps(describe_assessment(assessment)))))
    assert len(spans) > 20
    for span in spans:
        assert texts[span["report"]][span["start"] : span["end"]].split() == span["quote"].split()
    for row in assessment.contributions:
        assert row.quotes
        assert row.reason.sentence


def test_law_3_every_attribution_and_derivation_resolves_too():
    trace = trace_paths([str(EXAMPLE / "reports")])
    texts = {report.id: report.text for report in trace.reports}
    for said in trace.attributions:
        for mention in (said.source_mention, said.cue, said.content):
            words = " ".join(texts[said.report][start:end] for start, end in mention.spans)
            assert words.split() == mention.text.split()
    for derivation in trace.derivations:
        assert derivation.reason.quotes
        for quote in derivation.reason.quotes:
            assert texts[quote.span.report][quote.span.start : quote.span.end] == quote.text


@FEW
@given(CHANCES, CHANCES)
def test_law_4_silence_weighs_only_as_far_as_somebody_looked(first, second):
    base = build_case(echoes=0)
    name = "expectation.video.coverage"
    unseen = replace(base, expectations=tuple(one for one in base.expectations if one.id != "video"))
    nobody = turn_knobs(base, {name: 0.0})
    assert find_chances(nobody) == pytest.approx(find_chances(unseen), abs=1e-12)
    low, high = sorted((first, second))
    drop = [find_asked(unseen) - find_asked(turn_knobs(base, {name: coverage})) for coverage in (low, high)]
    assert drop[0] <= drop[1] + 1e-12


@FEW
@given(st.floats(0.3, 1.0), st.floats(0.05, 0.6), st.floats(0.8, 1.0))
def test_law_5_words_against_interest_weigh_more_than_words_for_it(access, spin, shameless):
    case = build_case(echoes=0)
    case = turn_knobs(
        case, {"source.president.access": access, "source.president.spin_off": spin, "model.shameless": shameless}
    )
    spoken = next(one for one in case.assertions if one.source == "president")
    chances = []
    for interest in (Interest.FOR, Interest.AGAINST):
        alone = replace(
            case, assertions=(replace(spoken, interest=interest),), statements=(), expectations=(), observations=()
        )
        chances.append(find_asked(alone))
    assert chances[1] >= chances[0] - 1e-12


@FEW
@given(CHANCES, CHANCES)
def test_law_6_what_it_would_mean_says_nothing_about_whether_it_is_so(chance, if_so):
    case = build_case()
    moved = turn_knobs(case, {"scenario.hoard.chance": chance, "scenario.hoard.1.if_so": if_so})
    assert find_chances(moved) == find_chances(case)


def test_law_7_likelihood_and_confidence_never_share_a_sentence():
    document = json.loads(json.dumps(describe_assessment(assess_folder(EXAMPLE, samples=50))))
    words = "|".join(word for _, word in WORDS)
    for sentence in find_sentences(document):
        assert not (re.search(rf"\b({words})\b", sentence) and "confiden" in sentence.lower()), sentence


def test_law_8_the_same_input_gives_the_same_bytes():
    first, second = (json.dumps(describe_assessment(assess_folder(EXAMPLE, samples=50))) for _ in range(2))
    assert first == second
    paths = [str(EXAMPLE / "reports")]
    assert json.dumps(describe_trace(trace_paths(paths))) == json.dumps(describe_trace(trace_paths(paths)))


@FEW
@given(st.randoms(use_true_random=False))
def test_law_8_the_order_of_the_reports_is_irrelevant(chance):
    reports, _ = read_reports([str(EXAMPLE / "reports")])
    shuffled = list(reports)
    chance.shuffle(shuffled)
    straight, mixed = trace_reports(reports), trace_reports(shuffled)
    assert straight.voices == mixed.voices
    assert {claim.id for claim in straight.claims} == {claim.id for claim in mixed.claims}
    assert {origin.id for origin in straight.origins} == {origin.id for origin in mixed.origins}


def test_law_9_a_judgement_is_never_overwritten(case_folder):
    source = f"source.{load_case(case_folder).assertions[0].source}"
    retract_name(case_folder, source, why="a test", who="ann")
    first = (case_folder / "judgements.jsonl").read_text(encoding="utf-8")
    fewer = len(load_case(case_folder).assertions)
    retract_name(case_folder, source, why="a mistake", who="bob", undo=True)
    second = (case_folder / "judgements.jsonl").read_text(encoding="utf-8")
    assert second.startswith(first)
    assert len(load_case(case_folder).assertions) > fewer


def test_law_9_a_draft_touches_nothing_that_an_analyst_wrote(case_folder):
    before = {path: path.read_text(encoding="utf-8") for path in case_folder.glob("*.toml")}
    draft_folder(case_folder)
    for path, text in before.items():
        assert text.strip() in path.read_text(encoding="utf-8")
    load_case(case_folder)


def test_law_9_what_a_machine_suggested_looks_like_a_suggestion(tmp_path):
    from firsthand import add_reports, new_case

    new_case(tmp_path / "case", "Did it happen?")
    add_reports(tmp_path / "case", [str(EXAMPLE / "reports")])
    draft_folder(tmp_path / "case")
    case = load_case(tmp_path / "case")
    assert case.profiles
    assert not any(part.judged for part in (*case.profiles, *case.assertions, *case.expectations))
    assessment = assess_folder(tmp_path / "case", samples=0)
    assert "suggest" in " ".join(s.text for s in assessment.confidence_why)
    for form in ("text", "html", "md"):
        words = " ".join(write_assessment(assessment, form).split())
        assert "suggested, not judged" in words, form
    rows = describe_assessment(assessment)["evidence"]
    assert [row["id"] for row in rows if not row["judged"]] == [
        row["id"] for row in rows if row["id"] in case.suggested
    ]
    assert any(not row["judged"] for row in rows)


@FEW
@given(st.lists(st.binary(max_size=300), min_size=1, max_size=5))
def test_law_10_nothing_read_is_lost_silently(tmp_path_factory, contents):
    folder = tmp_path_factory.mktemp("pile")
    (folder / "good.txt").write_text("The dam leaks, Orla Finch said.\n", encoding="utf-8")
    for number, content in enumerate(contents):
        (folder / f"{number}.txt").write_bytes(content)
    reports, problems = read_reports([str(folder)])
    named = {report.path for report in reports} | {Path(problem.where.split(",")[0]).name for problem in problems}
    assert {path.name for path in folder.iterdir()} <= {Path(name).name for name in named}


def test_an_added_report_and_its_retraction_return_to_the_start(case_folder):
    case = load_case(case_folder)
    before = find_chances(case)
    spoken = case.assertions[0]
    extra = replace(spoken, id=EvidenceId("extra"), title="Said again", copy_of=None, copy=None)
    more = replace(case, assertions=(*case.assertions, extra))
    assert find_chances(more) != before
    left = compare_posteriors(more, samples=0, without=frozenset({extra.id}))
    assert [posterior.probability for posterior in left] == pytest.approx(before, abs=1e-12)


def test_a_knob_names_itself_wherever_it_stands():
    case = build_case()
    turned = turn_knobs(case, {"model.shameless": 0.5})
    assert turned.profiles[0].shameless == Knob(id=KnobId("model.shameless"), low=0.5, value=0.5, high=0.5, text="0.5")
    assert record_judgement.__doc__
