"""Are the questions ranked by what they teach, and the moves by how few and small they are?"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from firsthand.errors import ModelError
from firsthand.hypotheses import (
    centre_knobs,
    draw_knobs,
    find_asked,
    find_posterior,
    join,
    list_contributions,
    read_knobs,
    solve,
    turn_knobs,
)
from firsthand.model import Case, EvidenceId, Flip, Knobs, Question, QuestionValue
from firsthand.probability import find_interval, find_word
from firsthand.sensitivity import Probe, find_flips, rank_questions, sweep_knobs
from vector_one import build_case, by_hypothesis, by_truth, knob, weigh


def make_probe(case: Case) -> Probe:
    knobs = read_knobs(case)
    centre, draws = centre_knobs(knobs), draw_knobs(knobs, 200, 1)

    def ask(turned: Knobs, left: frozenset[EvidenceId]) -> np.ndarray:
        frame, evidence = weigh(case, turned)
        return find_posterior(frame, [one for one in evidence if one.id not in left])[find_asked(case)]

    return Probe(
        evaluate=lambda turns, left: ask(turn_knobs(case, centre, turns), left),
        turn=lambda name, settings: np.broadcast_to(
            ask(turn_knobs(case, centre, {name: settings}), frozenset()), settings.shape
        ),
        find_range=lambda turns, left: find_interval(ask(turn_knobs(case, draws.knobs, turns), left), draws.ends),
    )


def find_all_flips(case: Case) -> tuple[Flip, ...]:
    solution = solve(*weigh(case, centre_knobs(read_knobs(case))))
    return find_flips(case, read_knobs(case), list_contributions(case, solution, solution), make_probe(case))


def rank(case: Case, *questions: Question) -> tuple[QuestionValue, ...]:
    asking = replace(case, questions=questions or case.questions)
    knobs = centre_knobs(read_knobs(asking))
    frame, evidence = weigh(asking, knobs)
    factors = [*frame, *(one.likelihood for one in evidence)]
    joints = {one.id: join(factors, ("H", f"C:{one.id}"))[..., 0] for one in asking.claims}
    return rank_questions(asking, knobs, find_posterior(frame, evidence)[:, 0], joints)


def question(name: str, yes: Mapping[str, object], claim: str | None = None) -> Question:
    return Question(id=name, title=name, yes=yes, claim=claim)  # type: ignore[arg-type]  # a claim's name


def test_questions_come_with_the_one_that_teaches_most_first() -> None:
    found = rank(build_case())
    assert [one.id for one in found] == ["serial", "second", "idle"]
    assert [one.bits for one in found] == sorted((one.bits for one in found), reverse=True)


def test_an_answer_equally_likely_under_everything_teaches_nothing() -> None:
    idle = next(one for one in rank(build_case()) if one.id == "idle")
    assert idle.bits == pytest.approx(0, abs=1e-12)
    assert idle.probability_if_yes == pytest.approx(idle.probability_if_no)


def test_what_is_expected_of_an_answer_is_what_is_believed_now() -> None:
    now = make_probe(build_case()).evaluate({}, frozenset())[0]
    for one in rank(build_case()):
        mean = one.chance_of_yes * one.probability_if_yes + (1 - one.chance_of_yes) * one.probability_if_no
        assert mean == pytest.approx(now, abs=1e-12)


def test_a_perfect_answer_takes_off_all_the_uncertainty_it_can() -> None:
    (perfect,) = rank(build_case(), question("sure", by_hypothesis("question.sure.yes", (1, 0, 0, 0))))
    chance = perfect.chance_of_yes
    assert perfect.bits == pytest.approx(-chance * np.log2(chance) - (1 - chance) * np.log2(1 - chance))
    assert (perfect.probability_if_yes, perfect.probability_if_no) == (1.0, 0.0)


def test_a_question_about_a_claim_reaches_the_hypotheses_through_it() -> None:
    about = question("about", by_truth("question.about.yes", 0.8, 0.2), "missiles")
    direct = question("direct", by_hypothesis("question.direct.yes", (0.8, 0.2, 0.2, 0.2)))
    one, other = rank(build_case(), about, direct)
    assert one.bits == pytest.approx(other.bits, abs=1e-12)
    assert one.probability_if_yes == pytest.approx(other.probability_if_yes, abs=1e-12)


def test_asking_is_never_expected_to_confuse() -> None:
    rng = np.random.default_rng(1)
    asked = [question(f"q{n}", by_hypothesis(f"question.q{n}.yes", tuple(rng.random(4)))) for n in range(50)]
    assert min(one.bits for one in rank(build_case(), *asked)) >= 0


def test_a_chance_of_yes_that_is_not_given_is_named() -> None:
    with pytest.raises(ModelError, match="'false'"):
        rank(build_case(), question("half", {"true": knob("question.half.yes.true", 0.5)}, "convoy"))


def test_sweeps_are_sorted_by_how_far_they_carry_the_verdict() -> None:
    swept = sweep_knobs(read_knobs(build_case(ranges=True)), make_probe(build_case(ranges=True)))
    widths = [abs(one.at_high - one.at_low) for one in swept]
    assert widths == sorted(widths, reverse=True)
    assert swept[0].knob == "model.shameless"
    assert not [one for one in swept if one.knob.startswith(("scenario.", "question."))]


def test_every_end_of_a_sweep_is_the_model_with_that_one_knob_turned() -> None:
    case = build_case(ranges=True)
    probe, knobs = make_probe(case), {one.id: one for one in read_knobs(case)}
    for one in sweep_knobs(tuple(knobs.values()), probe):
        for end, chance in ((knobs[one.knob].low, one.at_low), (knobs[one.knob].high, one.at_high)):
            assert probe.evaluate({one.knob: np.array([end])}, frozenset())[0] == pytest.approx(chance, abs=1e-13)


def test_every_flip_changes_the_word_and_can_be_done_again() -> None:
    case = build_case(ranges=True)
    probe = make_probe(case)
    now = find_word(float(probe.evaluate({}, frozenset())[0]))
    for flip in find_all_flips(case):
        assert find_word(flip.probability) != now
        assert flip.low <= flip.probability <= flip.high
        turns = {name: np.array([float(to.split()[0]) / 100]) for name, _, to in flip.moves if to != "left out"}
        left = frozenset(name for name, _, to in flip.moves if to == "left out")
        assert probe.evaluate(turns, left)[0] == pytest.approx(flip.probability, abs=1e-9)


def test_the_reference_case_flips_where_its_analyst_was_told() -> None:
    moves = {(flip.moves[0][0], flip.moves[0][2]): flip.probability for flip in find_all_flips(build_case(ranges=True))}
    assert moves["president-missiles", "left out"] == pytest.approx(0.168, abs=5e-4)
    assert moves["model.shameless", "89\u00a0%"] == pytest.approx(0.197, abs=5e-4)
    assert moves["hypothesis.sam.prior", "14\u00a0%"] == pytest.approx(0.199, abs=5e-4)


def test_a_move_beyond_the_range_judged_says_so_and_comes_last() -> None:
    flips = find_all_flips(build_case(ranges=True))
    beyond = ["beyond" in flip.title for flip in flips]
    assert beyond == sorted(beyond)
    assert any(beyond)
    assert not all(beyond)


def test_no_smaller_turn_of_the_same_knob_changes_the_word() -> None:
    case = build_case(ranges=True)
    probe, centre = make_probe(case), centre_knobs(read_knobs(case))
    now = find_word(float(probe.evaluate({}, frozenset())[0]))
    for flip in find_all_flips(case):
        name, _, to = flip.moves[0]
        if to != "left out":
            end = float(to.split()[0]) / 100
            short = end + (0.011 if centre[name] > end else -0.011)
            between = np.linspace(centre[name], short, 50)
            assert {find_word(float(one)) for one in probe.evaluate({name: between}, frozenset())} == {now}


def test_where_no_single_move_is_enough_pairs_are_tried() -> None:
    case = build_case(echoes=0)
    firm = replace(case.hypotheses[0], prior=knob("hypothesis.sam.prior", 0.19))
    rest = tuple(replace(one, prior=knob(one.prior.id, one.prior.value * 0.81 / 0.85)) for one in case.hypotheses[1:])
    single = find_all_flips(replace(case, hypotheses=(firm, *rest)))
    pairs = [flip for flip in single if len(flip.moves) == 2]
    assert not [flip for flip in single if len(flip.moves) == 1 and "beyond" not in flip.title]
    assert {name for flip in pairs for name, _, _ in flip.moves} >= {"president-missiles", "official-missiles"}


def test_finding_flips_is_quick() -> None:
    started = time.perf_counter()
    find_all_flips(build_case(ranges=True))
    assert time.perf_counter() - started < 2
