"""Does a report that only repeats weigh exactly nothing, and is it still shown?"""

import shutil
from pathlib import Path

import pytest

from firsthand.case import load_case
from firsthand.pipeline import assess_case

GOLDEN = Path(__file__).parent.parent / "golden"


@pytest.fixture
def louder(tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(GOLDEN / "loud-silence", folder)
    reports = folder / "reports"
    text = (reports / "coast-news.txt").read_text(encoding="utf-8")
    for number in range(3):
        (reports / f"more-{number}.txt").write_text(text.replace("Coast News", f"Paper {number}"), encoding="utf-8")
    return folder


def test_reports_nobody_judged_are_counted_as_echoes_of_what_was(louder):
    before = assess_case(load_case(GOLDEN / "loud-silence"), samples=0)
    after = assess_case(load_case(louder), samples=0)
    assert [p.probability for p in after.posteriors] == [p.probability for p in before.posteriors]
    echoes = [row for row in after.contributions if row.kind == "echo"]
    assert len(echoes) == 1 + 3
    assert all(row.weight_db == 0 and row.quotes for row in echoes)
    assert after.voices == before.voices
