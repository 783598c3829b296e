"""Is what is held before any report complete?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from firsthand.errors import ModelError
from firsthand.hypotheses import centre_knobs, prior_factors, read_knobs
from firsthand.model import Case, Factor
from vector_one import assertion, build_case, profile


def find_frame(case: Case) -> dict[str, Factor]:
    return {" ".join(one.scope): one for one in prior_factors(case, centre_knobs(read_knobs(case)))}


def test_a_claim_may_be_the_hypothesis_itself() -> None:
    table = find_frame(build_case())["H C:missiles"].table[..., 0]
    assert table.tolist() == [[1, 0], [0, 1], [0, 1], [0, 1]]


def test_every_table_adds_to_one_over_its_own_variable() -> None:
    for factor in find_frame(build_case()).values():
        assert factor.table.sum(axis=-2) == pytest.approx(1)


def test_priors_are_scaled_to_add_to_one() -> None:
    case = build_case()
    doubled = tuple(replace(one, prior=replace(one.prior, high=0.6, value=0.5, low=0.4)) for one in case.hypotheses)
    assert find_frame(replace(case, hypotheses=doubled))["H"].table[:, 0] == pytest.approx([0.25] * 4)


def test_a_claim_that_lacks_a_hypothesis_names_it() -> None:
    case = build_case()
    partial = {name: one for name, one in case.claims[1].given.items() if name != "arms"}
    with pytest.raises(ModelError, match="'convoy'.*'arms'"):
        find_frame(replace(case, claims=(case.claims[0], replace(case.claims[1], given=partial), case.claims[2])))


def test_a_claim_nobody_gave_a_chance_is_named() -> None:
    case = build_case()
    with pytest.raises(ModelError, match="'new' is about claim 'rain'"):
        find_frame(replace(case, assertions=(*case.assertions, assertion("new", "rain", "president"))))


def test_a_campaign_the_case_does_not_have_is_named() -> None:
    case = build_case()
    with pytest.raises(ModelError, match="'ally' names campaign 'nowhere'"):
        find_frame(
            replace(case, profiles=(*case.profiles, profile("ally", access=0.5, spin=(0, 1), campaign="nowhere")))
        )


def test_one_hypothesis_is_not_a_question() -> None:
    case = build_case()
    alone = replace(case, hypotheses=case.hypotheses[:1], claims=case.claims[:1], assertions=(), observations=())
    with pytest.raises(ModelError, match="at least two"):
        find_frame(replace(alone, statements=(), expectations=(), questions=()))


def with_priors(values: tuple[float, ...]) -> Case:
    case = build_case()
    return replace(
        case,
        hypotheses=tuple(
            replace(one, prior=replace(one.prior, low=value, value=value, high=value))
            for one, value in zip(case.hypotheses, values, strict=True)
        ),
    )


def test_a_prior_of_nothing_or_of_certainty_is_refused_with_the_reason() -> None:
    for values in ((0.0, 0.5, 0.3, 0.2), (1.0, 0.0, 0.0, 0.0)):
        with pytest.raises(ModelError, match="has a prior of 0, and no evidence could then speak for it"):
            find_frame(with_priors(values))
    with pytest.raises(ModelError, match="'sam' has a prior of 1, and no evidence could then speak against it"):
        find_frame(with_priors((1.0, 0.2, 0.2, 0.2)))
