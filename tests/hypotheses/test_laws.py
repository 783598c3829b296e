"""Do the model's laws hold on any case?"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.hypotheses import centre_knobs, list_contributions, read_knobs, solve, weigh_evidence
from firsthand.model import Case, ClaimId, EvidenceId, Interest, SourceId
from random_cases import build_random_case
from vector_one import (
    assertion,
    build_case,
    by_truth,
    echo,
    find_chance_of_asked,
    find_chances,
    knob,
    profile,
    weigh,
)

SEEDS = st.integers(min_value=0, max_value=100_000)
FEW = settings(max_examples=40, deadline=None)


def add_assertion(case: Case, name: str, source: str, **more: object) -> Case:
    return replace(case, assertions=(*case.assertions, assertion(name, "c0", source, **more)))


def add_witness(case: Case, **more: object) -> Case:
    """A case with one more source, which asserts the hypothesis asked about."""
    spin = more.pop("spin", (0.2, 0.2))
    access = more.pop("access", 0.5)
    interest = more.pop("interest", Interest.FOR)
    new = profile("new", access=access, spin=spin, campaign=None, **more)  # type: ignore[arg-type]  # by name
    return add_assertion(replace(case, profiles=(*case.profiles, new)), "new", "new", interest=interest)


@FEW
@given(SEEDS, st.integers(min_value=1, max_value=12))
def test_an_echo_adds_nothing(seed: int, copies: int) -> None:
    case = build_random_case(seed)
    echoes = tuple(replace(echo(f"echo-{n}", "a0"), claim=ClaimId("c0"), source=SourceId("s0")) for n in range(copies))
    louder = replace(case, assertions=(*case.assertions, *echoes))
    assert np.abs(find_chances(louder) - find_chances(case)).max() < 1e-12


def test_ten_thousand_echoes_cost_nothing_and_weigh_exactly_nothing() -> None:
    quiet, loud = build_case(echoes=0), build_case(echoes=10_000)
    assert (find_chances(loud) == find_chances(quiet)).all()
    frame, evidence = weigh(loud, centre_knobs(read_knobs(loud)))
    started = time.perf_counter()
    rows = list_contributions(loud, *[solve(frame, evidence)] * 2)
    assert time.perf_counter() - started < 2
    assert {row.weight_db for row in rows if row.kind == "echo"} == {0.0}


@FEW
@given(SEEDS, st.randoms(use_true_random=False))
def test_the_order_of_reports_is_irrelevant(seed: int, shuffle: object) -> None:
    case = build_random_case(seed)
    said = list(case.assertions)
    shuffle.shuffle(said)  # type: ignore[attr-defined]  # a random.Random
    turned = replace(case, assertions=tuple(said), expectations=case.expectations[::-1], profiles=case.profiles[::-1])
    assert np.abs(find_chances(turned) - find_chances(case)).max() < 1e-12


@FEW
@given(SEEDS)
def test_the_labels_of_hypotheses_are_irrelevant(seed: int) -> None:
    case = build_random_case(seed)
    turned = replace(case, hypotheses=case.hypotheses[::-1])
    assert np.abs(find_chances(turned)[::-1] - find_chances(case)).max() < 1e-12


@FEW
@given(SEEDS)
def test_posteriors_add_to_one(seed: int) -> None:
    assert abs(find_chances(build_random_case(seed)).sum() - 1) < 1e-12


@FEW
@given(SEEDS)
def test_contributions_add_up_to_posterior_minus_prior(seed: int) -> None:
    case = build_random_case(seed)
    solution = solve(*weigh(case, centre_knobs(read_knobs(case))))
    total = sum(row.weight_db for row in list_contributions(case, solution, solution))
    assert abs(total - weigh_evidence(case, solution, solution)[0]) < 1e-9


@FEW
@given(SEEDS, st.floats(0.05, 0.95))
def test_a_source_that_says_it_whether_or_not_it_is_true_moves_nothing(seed: int, talk: float) -> None:
    case = build_random_case(seed)
    before = find_chances(case)
    shameless = add_witness(case, spin=(1.0, 1.0), shameless=knob("source.new.shameless", 1.0))
    gossip = add_witness(case, spin=(0.0, 0.0), access=0.0, talk=knob("source.new.talk", talk))
    for witness in (shameless, gossip):
        assert np.abs(find_chances(witness) - before).max() < 1e-12


@FEW
@given(SEEDS, st.floats(0, 1))
def test_splitting_a_source_into_two_copied_names_never_raises_belief(seed: int, access: float) -> None:
    one = add_witness(build_random_case(seed), access=access)
    twin = profile("twin", access=access, spin=(0.2, 0.2), campaign=None)
    said = assertion("twin", "c0", "twin", copy_of=EvidenceId("new"), copy=knob("assertion.twin.copy", 1.0))
    two = replace(one, profiles=(*one.profiles, twin), assertions=(*one.assertions, said))
    assert find_chance_of_asked(two) <= find_chance_of_asked(one) + 1e-12


@FEW
@given(SEEDS, st.floats(0, 1), st.floats(0, 1))
def test_the_surer_the_copy_the_less_it_moves(seed: int, one: float, other: float) -> None:
    loose, close = sorted((one, other))
    case = build_random_case(seed)
    before = find_chance_of_asked(case)
    moved = []
    for weight in (loose, close):
        witness = add_witness(case)
        *rest, last = witness.assertions
        copied = replace(last, copy_of=EvidenceId("a0"), copy=knob("assertion.new.copy", weight))
        moved.append(abs(find_chance_of_asked(replace(witness, assertions=(*rest, copied))) - before))
    assert moved[1] <= moved[0] + 1e-12


@FEW
@given(SEEDS, st.floats(0.8, 1), st.floats(0.05, 0.6), st.floats(0.3, 1))
def test_a_claim_against_interest_moves_more_than_one_for_it(
    seed: int, shameless: float, spin: float, access: float
) -> None:
    case = build_random_case(seed)
    moved = {}
    for interest in (Interest.FOR, Interest.AGAINST):
        witness = add_witness(
            case,
            interest=interest,
            access=access,
            spin=(spin, spin),
            shameless=knob("source.new.shameless", shameless),
        )
        moved[interest] = find_chance_of_asked(witness) - find_chance_of_asked(case)
    assert moved[Interest.AGAINST] >= moved[Interest.FOR] - 1e-12


@FEW
@given(SEEDS)
def test_a_report_added_and_retracted_leaves_no_trace(seed: int) -> None:
    case = build_random_case(seed)
    frame, evidence = weigh(add_witness(case), centre_knobs(read_knobs(add_witness(case))))
    kept = solve(frame, [one for one in evidence if one.id != "new"])
    assert np.abs(np.exp(kept.steps[-1][:, 0]) - find_chances(case)).max() < 1e-12


@FEW
@given(SEEDS, st.floats(0, 1), st.floats(0, 1))
def test_a_silence_weighs_only_as_far_as_somebody_looked(seed: int, one: float, other: float) -> None:
    case = build_random_case(seed)
    produced = by_truth("expectation.gap.produced", 0.9, 0.0)
    chances = []
    for coverage in (0.0, *sorted((one, other))):
        gap = replace(
            build_case().expectations[1],
            id=EvidenceId("gap"),
            posture="q",
            claim=case.claims[0].id,
            produced=produced,
            by_now=knob("expectation.gap.by_now", 0.9),
            coverage=knob("expectation.gap.coverage", coverage),
        )
        chances.append(find_chance_of_asked(replace(case, expectations=(gap,))))
    unwatched = find_chance_of_asked(replace(case, expectations=()))
    assert abs(chances[0] - unwatched) < 1e-12
    assert chances[2] <= chances[1] + 1e-12 <= chances[0] + 2e-12


def test_three_statements_by_one_source_are_not_three_witnesses() -> None:
    base = replace(build_random_case(7), assertions=(), expectations=(), observations=(), statements=())
    sources = tuple(profile(name, access=0.5, spin=(0.3, 0.3), campaign=None) for name in ("x", "y", "z"))
    one_voice = tuple(assertion(f"a{n}", "c0", "x") for n in range(3))
    three_voices = tuple(assertion(f"a{n}", "c0", name) for n, name in enumerate("xyz"))
    alone = find_chance_of_asked(replace(base, profiles=sources, assertions=one_voice))
    together = find_chance_of_asked(replace(base, profiles=sources, assertions=three_voices))
    assert together > alone


def test_an_implausible_statement_lowers_what_the_others_are_worth() -> None:
    case = build_case()
    convoy = replace(
        case.claims[1], given={name: knob(f"claim.convoy.given.{name}", 0.02) for name in case.claims[1].given}
    )
    implausible = replace(case, claims=(case.claims[0], convoy, case.claims[2]))
    silent = replace(implausible, assertions=tuple(one for one in case.assertions if one.id != "official-convoy"))
    assert find_chance_of_asked(implausible) < find_chance_of_asked(silent)


def test_a_denial_by_a_straight_source_lowers_belief() -> None:
    case = replace(build_random_case(3), assertions=())
    witness = add_witness(case, spin=(0.0, 0.0))
    denial = replace(witness, assertions=tuple(replace(one, denies=True) for one in witness.assertions))
    assert find_chance_of_asked(denial) < find_chance_of_asked(case) < find_chance_of_asked(witness)
