"""Is attribution as good as it was on the part of our corpus that is never trained on?"""

import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PINNED = tomllib.loads(Path(__file__).with_name("quality_gate.toml").read_text(encoding="utf-8"))
SLACK = 0.001

sys.path.insert(0, str(ROOT / "training"))
import measure_attribution  # noqa: E402


@pytest.fixture(scope="module")
def items():
    return measure_attribution.read_items()


@pytest.fixture(scope="module")
def figures(items):
    return measure_attribution.measure(measure_attribution.find_in(items))


def test_the_figures_are_those_of_this_corpus(items):
    told = measure_attribution.digest_items(items)
    assert told == PINNED["corpus"], "the test part has changed: measure anew and pin what is reached"


@pytest.mark.parametrize("name", sorted(PINNED["at_least"]))
def test_a_figure_does_not_go_down(figures, name):
    assert figures[name] >= PINNED["at_least"][name] - SLACK


@pytest.mark.parametrize("name", sorted(PINNED["at_most"]))
def test_an_error_does_not_go_up(figures, name):
    assert figures[name] <= PINNED["at_most"][name] + SLACK


def test_the_precision_setting_is_surer_than_the_balanced_and_that_than_recall(items, figures):
    surest, widest = (
        measure_attribution.measure(measure_attribution.find_in(items, name)) for name in ("precision", "recall")
    )
    assert surest["link precision"] > figures["link precision"] >= widest["link precision"]
    assert surest["link recall"] < figures["link recall"] <= widest["link recall"]


def test_nothing_measured_was_trained_on(items):
    digests = tomllib.loads((ROOT / "training" / "digests.toml").read_text(encoding="utf-8"))
    trained = {name for name in digests["files"]}
    assert not {f"news/{item.style}/{item.path.name}" for item in items} & trained
