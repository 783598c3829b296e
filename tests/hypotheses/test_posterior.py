"""Is the posterior honest about ranges, unknown lineage and contradictions, and quick?"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from firsthand.errors import Contradiction, ModelError, TooCostly
from firsthand.hypotheses import (
    centre_knobs,
    compare_hypotheses,
    draw_knobs,
    find_posterior,
    limit_samples,
    list_contributions,
    posterior,
    read_knobs,
    solve,
    solve_ends,
    state_beliefs,
    weigh_evidence,
    weigh_testimony,
)
from firsthand.hypotheses.posterior import Solution
from firsthand.model import Case, Claim, ClaimId, EvidenceId, HypothesisId, Knob, Observation, Posterior
from random_cases import build_random_case
from vector_one import assertion, build_case, by_hypothesis, echo, knob, profile, quote, weigh


def solve_both(case: Case, samples: int = 400) -> tuple[Solution, Solution]:
    knobs = read_knobs(case)
    draws = draw_knobs(knobs, samples, 1)
    about = ("K:push", "C:convoy")
    return solve(*weigh(case, centre_knobs(knobs)), about), solve(*weigh(case, draws.knobs), about, draws.ends)


def with_copy(copied: Knob) -> Case:
    case = build_case()
    first, second, *rest = case.assertions
    return replace(case, assertions=(first, replace(second, copy=copied), *rest))


def assess_asked(case: Case) -> Posterior:
    return compare_hypotheses(case, *solve_both(case))[0]


def test_an_interval_holds_its_number_and_fixed_numbers_have_none() -> None:
    case = build_case(ranges=True)
    for row in compare_hypotheses(case, *solve_both(case)):
        assert row.low < row.probability < row.high
        assert row.prior_low < row.prior < row.prior_high
    priors = tuple(replace(one, prior=knob(one.prior.id, one.prior.value)) for one in case.hypotheses)
    fixed = assess_asked(replace(case, hypotheses=priors))
    assert fixed.prior_high - fixed.prior_low < 1e-12


def test_an_interval_is_widened_to_hold_a_value_at_the_end_of_its_range() -> None:
    case = build_case()
    first = replace(case.hypotheses[0], prior=knob("hypothesis.sam.prior", 0.15, 0.15, 0.5))
    row = assess_asked(replace(case, hypotheses=(first, *case.hypotheses[1:])))
    assert row.low == row.probability < row.high


def test_every_contribution_and_belief_has_an_interval_around_it() -> None:
    case = build_case(ranges=True)
    centre, drawn = solve_both(case)
    for row in list_contributions(case, centre, drawn):
        assert row.low_db <= row.weight_db <= row.high_db
        assert (row.low_db < row.high_db) == (row.kind != "echo")
    assert all(one.low < one.probability < one.high for one in state_beliefs(case, centre, drawn))
    weight, low, high = weigh_evidence(case, centre, drawn)
    assert low < weight < high


def test_unknown_lineage_is_an_interval_from_dependent_to_independent() -> None:
    unknown = assess_asked(with_copy(knob("assertion.official-missiles.copy", 0.5, 0.0, 1.0, unknown=True)))
    free = assess_asked(with_copy(knob("assertion.official-missiles.copy", 0.0)))
    bound = assess_asked(with_copy(knob("assertion.official-missiles.copy", 1.0)))
    assert unknown.low == pytest.approx(min(free.low, bound.low), abs=1e-12)
    assert unknown.high == pytest.approx(max(free.high, bound.high), abs=1e-12)


def test_draws_in_batches_equal_draws_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    case = build_case(ranges=True)
    whole = solve_both(case)[1]
    monkeypatch.setattr(posterior, "CHUNK", 500)
    parts = solve_both(case)[1]
    assert all(np.abs(one - other).max() < 1e-13 for one, other in zip(whole.steps, parts.steps, strict=True))
    assert (whole.after["K:push"] == parts.after["K:push"]).all()


def test_intervals_need_no_leaving_out() -> None:
    case = build_case(ranges=True)
    centre, drawn = solve_both(case)
    short = solve(*weigh(case, draw_knobs(read_knobs(case), 400, 1).knobs), leave_out=False)
    assert short.without == ()
    assert list_contributions(case, centre, short) == list_contributions(case, centre, drawn)


def test_the_ends_are_those_of_every_step_followed() -> None:
    for case in (build_case(ranges=True), *(build_random_case(seed) for seed in range(12))):
        told = weigh(case, draw_knobs(read_knobs(case), 30, 1).knobs)
        about = sorted({name for factor in told[0] for name in factor.scope})
        followed, ends = solve(*told, about), solve_ends(*told, about)
        assert len(ends.steps) == 2
        for one, other in zip(ends.steps, (followed.steps[0], followed.steps[-1]), strict=True):
            assert np.abs(np.exp(one) - np.exp(other)).max() < 1e-12
        assert all(np.abs(ends.after[name] - followed.after[name]).max() < 1e-12 for name in about)


def test_each_draw_is_a_case_of_its_own() -> None:
    case = build_case(ranges=True)
    draws = draw_knobs(read_knobs(case), 20, 1).knobs
    together = find_posterior(*weigh(case, draws))
    for index in range(20):
        alone = {name: float(np.atleast_1d(value)[min(index, np.size(value) - 1)]) for name, value in draws.items()}
        assert together[:, index] == pytest.approx(find_posterior(*weigh(case, alone))[:, 0], abs=1e-13)


def see(name: str, values: tuple[float, ...]) -> Observation:
    given = {str(key): one for key, one in by_hypothesis(f"observation.{name}", values).items()}
    return Observation(id=EvidenceId(name), title=name, quote=quote(), given=given)


def test_two_pieces_that_contradict_are_named() -> None:
    seen = (see("one", (1, 1, 0, 0)), see("harmless", (1, 1, 1, 0.5)), see("two", (0, 0, 1, 1)))
    case = replace(build_case(), observations=seen)
    with pytest.raises(Contradiction, match="'one' and 'two' contradict each other"):
        solve_both(case)
    with pytest.raises(Contradiction, match="'one' and 'two' contradict each other"):
        find_posterior(*weigh(case, centre_knobs(read_knobs(case))))
    with pytest.raises(Contradiction, match="'one' and 'two' contradict each other"):
        solve_ends(*weigh(case, centre_knobs(read_knobs(case))))


def test_a_piece_that_is_impossible_alone_is_named() -> None:
    with pytest.raises(Contradiction, match="'never'.*impossible under every hypothesis"):
        solve_both(replace(build_case(), observations=(see("never", (0, 0, 0, 0)),)))


def test_three_pieces_that_contradict_only_together_name_the_last() -> None:
    seen = (see("one", (1, 1, 0, 0)), see("two", (1, 0, 1, 0)), see("three", (0, 1, 1, 1)))
    with pytest.raises(Contradiction, match="'three'.*taken together"):
        solve_both(replace(build_case(), observations=seen))


def test_certainty_gives_infinite_weight_and_no_nan() -> None:
    case = replace(build_case(), observations=(see("proof", (0, 1, 1, 1)),))
    centre, _ = solve_both(case)
    rows = list_contributions(case, centre, centre)
    assert not any(np.isnan(row.weight_db) for row in rows)
    assert rows[-1].after == 0.0


def test_a_source_nobody_judged_is_refused() -> None:
    case = build_case()
    stranger = replace(case, assertions=(*case.assertions, assertion("new", "missiles", "stranger")))
    with pytest.raises(ModelError, match="'stranger'"):
        weigh_testimony(stranger, centre_knobs(read_knobs(stranger)))


def test_a_case_of_one_draw_is_solved_at_once_and_two_thousand_within_the_time() -> None:
    case = build_case(ranges=True)
    knobs = read_knobs(case)
    started = time.perf_counter()
    solve(*weigh(case, centre_knobs(knobs)))
    once = time.perf_counter() - started
    draws = draw_knobs(knobs, 2000, 1)
    solve(*weigh(case, draws.knobs), ends=draws.ends)
    assert once < 0.3
    assert time.perf_counter() - started < 2.5


def test_echoes_in_a_circle_leave_no_original_and_are_refused() -> None:
    case = build_case(echoes=0)
    circle = (echo("one", "two"), echo("two", "three"), echo("three", "one"))
    with pytest.raises(ModelError, match="one and three and two only repeat one another"):
        solve_both(replace(case, assertions=(*case.assertions, *circle)))
    chain = (echo("one", "two"), echo("two", "three"), echo("three", "official-missiles"))
    assert solve_both(replace(case, assertions=(*case.assertions, *chain)))


def build_wide_case(sources: int, claims: int) -> Case:
    case = build_random_case(1)
    names = [one.id for one in case.hypotheses]
    told = tuple(
        Claim(
            id=ClaimId(f"x{number}"),
            sentence="",
            given={name: knob(f"claim.x{number}.given.{name}", 0.8 if name == "h0" else 0.1) for name in names},
        )
        for number in range(claims)
    )
    return replace(
        case,
        claims=(*case.claims, *told),
        profiles=tuple(profile(f"w{n}", access=0.5, spin=(0.2, 0.2), campaign="k0") for n in range(sources)),
        assertions=tuple(assertion(f"w{n}-x{m}", f"x{m}", f"w{n}") for n in range(sources) for m in range(claims)),
        expectations=(),
        statements=(),
    )


def test_thirty_pieces_over_six_hypotheses_take_less_than_a_second() -> None:
    case = build_wide_case(5, 6)
    more = tuple(
        replace(case.hypotheses[0], id=HypothesisId(f"m{n}"), prior=knob(f"hypothesis.m{n}.prior", 0.1))
        for n in range(6 - len(case.hypotheses))
    )
    claims = tuple(
        claim
        if claim.hypothesis
        else replace(claim, given={**claim.given, **{one.id: knob(f"{claim.id}.{one.id}", 0.3) for one in more}})
        for claim in case.claims
    )
    wide = replace(case, hypotheses=(*case.hypotheses, *more), claims=claims, postures=(), observations=())
    frame, evidence = weigh(wide, centre_knobs(read_knobs(wide)))
    assert (len(wide.hypotheses), len(evidence)) == (6, 30)
    started = time.perf_counter()
    solve(frame, evidence)
    assert time.perf_counter() - started < 1


def test_a_case_where_everybody_speaks_of_everything_gets_as_many_draws_as_it_can_afford() -> None:
    few, many = build_wide_case(3, 3), build_wide_case(9, 11)
    for case, least, most in ((few, 2000, 2000), (many, 100, 1999)):
        frame, evidence = weigh(case, centre_knobs(read_knobs(case)))
        whole, stepwise = limit_samples(frame, evidence, 10, 2000)
        assert least <= stepwise <= most
        assert stepwise <= whole <= 2000
    huge = build_wide_case(12, 14)
    frame, evidence = weigh(huge, centre_knobs(read_knobs(huge)))
    assert limit_samples(frame, evidence, 10, 2000) == (0, 0)


def test_work_that_would_take_minutes_is_refused_before_it_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posterior, "WORK", 10_000)
    with pytest.raises(TooCostly, match="split the sources that speak of most claims"):
        solve_both(build_case(ranges=True))
