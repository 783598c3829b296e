"""Does the desk work a large case out apart, and only what has changed?"""

from __future__ import annotations

import pytest

from firsthand.workbench import Desk, desk


def tell(look):
    assert look.assessment is not None, look.mistake
    return look.assessment.posteriors, look.assessment.trace, look.case


def test_a_large_case_is_worked_out_apart_and_comes_to_the_same(example, monkeypatch):
    here = tell(Desk(example, samples=50).look())
    monkeypatch.setattr(desk, "MANY", 2)
    large = Desk(example, samples=50)
    assert large.look(wait=0).opening
    assert tell(large.look(wait=120)) == here


def test_a_mistake_of_a_large_case_is_told_and_so_is_what_was_found(example, monkeypatch):
    monkeypatch.setattr(desk, "MANY", 2)
    with (example / "claims.toml").open("a") as file:
        file.write('\n[[observation]]\nid = "none"\n')
    look = Desk(example, samples=50).look(wait=120)
    assert look.place == "claims.toml" and look.line and look.assessment is None


@pytest.mark.parametrize("many", [2, 300])
def test_a_number_judged_anew_asks_nobody_again_who_said_what(many, example, monkeypatch):
    monkeypatch.setattr(desk, "MANY", many)
    kept = Desk(example, samples=50)
    before = kept.look(wait=120)
    line = '{"when": "2031-05-20T10:00:00", "who": "ann", "about": "source.deby.access", "value": 0.2, "why": "x"}\n'
    (example / "judgements.jsonl").write_text(line)
    after = kept.look(wait=120)
    assert after.assessment.posteriors != before.assessment.posteriors
    assert after.assessment.trace == before.assessment.trace
    assert after.found is before.found or after.found == before.found
