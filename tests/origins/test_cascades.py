"""Does the truth of generated reports hold in their texts?"""

import json
import re
import sys
from importlib import import_module
from pathlib import Path

import pytest

from firsthand import trace_paths

BENCHMARKS = str(Path(__file__).parents[2] / "benchmarks")


@pytest.fixture(scope="module")
def cascades():
    sys.path.insert(0, BENCHMARKS)
    try:
        yield import_module("cascades")
    finally:
        sys.path.remove(BENCHMARKS)


def squeeze(text):
    return re.findall(r"\w+", text)


def test_the_same_seed_gives_the_same_reports(cascades):
    assert cascades.make_cascades(5, 1) == cascades.make_cascades(5, 1)
    assert cascades.make_cascades(5, 1) != cascades.make_cascades(6, 1)


def test_a_story_is_the_same_whatever_else_is_asked_for(cascades):
    alone = cascades.make_stories(5, 1, ["ring"])
    assert alone[0] in cascades.make_stories(5, 3)


def test_kinds_are_tuned_on_or_held_out_and_never_both(cascades):
    assert not set(cascades.TUNE_KINDS) & set(cascades.TEST_KINDS)
    assert set(cascades.TUNE_KINDS) | set(cascades.TEST_KINDS) == set(cascades.STORY_KINDS)


def test_a_run_is_the_same_words_in_child_and_parent(cascades):
    items = cascades.make_copies(5, 6)
    texts = {item.file: item.text for item in items}
    runs = [(item, run) for item in items for run in item.runs]
    assert len(runs) > 50
    for item, run in runs:
        here, there = item.text[slice(*run.here)], texts[run.parent][slice(*run.there)]
        assert squeeze(here) == squeeze(there)
        assert len(squeeze(here)) == run.words >= 12


def test_a_copy_comes_after_what_it_was_taken_from(cascades):
    stories = [s for s in cascades.make_stories(5, 2) if s.kind not in ("loop", "ring")]
    for items in [*(story.items for story in stories), cascades.make_copies(5, 5)]:
        when = {item.file: item.published for item in items}
        ties = [(item, parent) for item in items for parent in item.parents]
        assert all(item.published > when[parent] for item, parent in ties if "spliced" not in item.file)


def test_every_attribution_stands_where_the_truth_says(cascades, tmp_path):
    for story in cascades.make_stories(5, 1):
        reports = cascades.write_story(story, tmp_path / story.name)
        truth = json.loads((tmp_path / story.name / "truth.json").read_text(encoding="utf-8"))
        files = {held["file"] for held in truth["reports"]}
        assert files == {path.name for path in reports.iterdir()}
        for said in truth["attributions"]:
            text = reports.joinpath(said["file"]).read_text(encoding="utf-8")
            assert text[slice(*said["span"])] == said["quote"]
            assert said["source_text"] in text
        parents = {t["parent"] for held in truth["reports"] for t in held["derives_from"] if not t.get("latent")}
        assert parents <= files


def test_a_hidden_wire_is_in_no_report_of_its_own(cascades):
    for story in cascades.make_stories(5, 3, ["hidden", "retold", "wired"]):
        assert story.hidden and not {item.publisher for item in story.items} & set(story.hidden)


def test_a_story_can_be_traced(cascades, tmp_path):
    (story,) = cascades.make_stories(5, 1, ["credited"])
    trace = trace_paths([str(cascades.write_story(story, tmp_path))])
    assert len(trace.reports) == len(story.items)
    assert trace.voices.low <= sum(story.voices.values()) <= trace.voices.high


def test_texts_of_a_users_own_are_copied(cascades):
    words = " ".join(f"word{n}" for n in range(200)) + "."
    items = cascades.make_copies(5, 1, ["verbatim", "abridged"], texts=[words], outlets=6)
    assert all("word57 word58" in item.text for item in items)


def test_short_articles_are_quick_and_know_their_family(cascades):
    made = list(cascades.make_articles(5, 400, copied=0.3))
    assert made == list(cascades.make_articles(5, 400, copied=0.3))
    first = {number: text for number, _, _, text in made}
    copies = [(text, first[family]) for number, family, _, text in made if family != number]
    assert 60 < len(copies) < 180
    assert all(copy.split()[-200:] == root.split()[-200:] for copy, root in copies)
    assert 2000 < sum(len(text) for text in first.values()) / len(first) < 5000
