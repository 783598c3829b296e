"""Does a hand on the judgements see what weighing the case anew would show?"""

from __future__ import annotations

import time

import pytest

from firsthand.case import turn_knobs
from firsthand.commands import open_what_if
from firsthand.errors import ModelError, UnknownName
from firsthand.hypotheses import compare_hypotheses, list_contributions, posterior
from firsthand.model import EvidenceId, KnobId
from firsthand.probability import find_word
from firsthand.weighing.solving import weigh_case
from random_cases import build_random_case
from test_weighing import build_long_case, build_wide_case
from vector_one import POSTERIOR, build_case


def test_nothing_turned_is_the_verdict() -> None:
    found = open_what_if(build_case()).verdict()
    assert [one.probability for one in found] == pytest.approx(POSTERIOR, abs=1e-11)
    assert all(one.low == one.probability == one.high and one.sampling is None for one in found)


@pytest.mark.parametrize("seed", range(8))
def test_numbers_turned_and_evidence_left_out_give_what_weighing_anew_gives(seed: int) -> None:
    case = build_random_case(seed)
    turning = open_what_if(case)
    weighing = weigh_case(case, 0)
    names = [knob.id for knob in weighing.knobs if not knob.id.startswith(("scenario.", "question."))][::3]
    left = [one.id for one in weighing.centre.evidence if one.likelihood.scope][::2]
    for turns, without in (({names[0]: 0.37}, left[:1]), (dict.fromkeys(names[:4], 0.21), left), ({}, left[:2])):
        anew = weigh_case(turn_knobs(case, turns), 0, without=frozenset(without))
        expected = compare_hypotheses(case, anew.centre, anew.centre)
        moved = turning.full(turns, without)
        for found in (turning.verdict(turns, without), moved.posteriors):
            for one, other in zip(found, expected, strict=True):
                assert one.prior == pytest.approx(other.prior, abs=1e-12)
                assert one.probability == pytest.approx(other.probability, abs=1e-12)
        rows = list_contributions(case, anew.centre, anew.centre)
        assert [one.evidence for one in moved.contributions] == [one.evidence for one in rows]
        for row, other_row in zip(moved.contributions, rows, strict=True):
            assert row.weight_db == pytest.approx(other_row.weight_db, abs=1e-8)
            assert row.without == pytest.approx(other_row.without, abs=1e-10)


def test_what_the_word_hangs_on_is_named() -> None:
    case = build_case()
    moved = open_what_if(case).full()
    now = next(one.probability for one in moved.posteriors if one.hypothesis == case.asks)
    without = {row.evidence: row.without[case.asks] for row in moved.contributions}
    hangs = {name for name, chance in without.items() if find_word(chance) != find_word(now)}
    assert {flip.moves[0][0] for flip in moved.flips} == hangs
    assert hangs
    assert all(flip.probability == pytest.approx(without[EvidenceId(flip.moves[0][0])]) for flip in moved.flips)


def test_a_stranger_is_refused_with_the_nearest_name() -> None:
    turning = open_what_if(build_case())
    with pytest.raises(ModelError, match="not a number of this case"):
        turning.verdict({KnobId("source.nobody.access"): 0.5})
    with pytest.raises(UnknownName, match="did you mean 'official-missiles'"):
        turning.verdict({}, [EvidenceId("official-missile")])


def test_a_case_too_large_to_count_is_estimated_at_every_move() -> None:
    turning = open_what_if(build_wide_case(18, 20))
    assert turning.calibrated is None
    moved = turning.full({KnobId("campaign.k0.prior"): 0.9})
    assert (moved.contributions, moved.flips) == ((), ())
    assert all(one.sampling and one.sampling.effective >= 100 for one in moved.posteriors)


def test_a_case_too_large_for_its_steps_still_has_its_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    turning = open_what_if(build_case())
    monkeypatch.setattr(posterior, "WORK", 1)
    moved = turning.full()
    assert [one.probability for one in moved.posteriors] == pytest.approx(POSTERIOR, abs=1e-11)
    assert moved.contributions == ()


def test_five_hundred_reports_follow_the_hand() -> None:
    """Measured when this was written, in processor time: .1 to .3 ms for one number, 60 ms for every step."""
    turning = open_what_if(build_long_case(168))
    turning.full()
    started = time.process_time()
    for number in range(0, 168, 8):
        turning.verdict({KnobId(f"source.w{number}.error"): 0.2})
    assert (time.process_time() - started) / 21 < 0.01
    started = time.process_time()
    assert len(turning.full({KnobId("source.w9.error"): 0.2}).contributions) > 500
    assert time.process_time() - started < 1


def test_what_is_left_out_of_an_echo_changes_nothing() -> None:
    case = build_case()
    turning = open_what_if(case)
    echoes = [one.id for one in case.assertions if one.copy is not None and one.copy.value == 1.0]
    assert echoes
    assert [one.probability for one in turning.verdict({}, echoes)] == pytest.approx(POSTERIOR, abs=1e-11)
