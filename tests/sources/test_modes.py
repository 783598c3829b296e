"""Is a source's mode what access, spin, campaign and anonymity make it?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from firsthand.errors import ModelError
from firsthand.hypotheses import centre_knobs, read_knobs, testimony
from firsthand.model import Case, Factor, Interest, Profile, SourceId
from firsthand.sources import expect_modes, find_witnesses, mode_factors
from vector_one import assertion, build_case, echo, find_chance_of_asked, knob, profile


def find_mode(case: Case, source: str) -> Factor:
    factors = mode_factors(case, centre_knobs(read_knobs(case)))
    return next(one for one in factors if one.scope[-1] == f"M:{source}")


def with_official(**more: object) -> Case:
    case = build_case(echoes=0)
    official, president = case.profiles
    return replace(case, profiles=(replace(official, **more), president))


def with_chances(employer: float, himself: float, nobody: float) -> Case:
    who = with_official().profiles[0].anonymity
    assert who is not None
    changed = {
        name: knob(f"source.official.anonymity.{name}", value)
        for name, value in (("employer", employer), ("himself", himself), ("nobody", nobody))
    }
    return with_official(anonymity=replace(who, **changed))


def test_a_tied_source_spins_more_while_its_campaign_is_on() -> None:
    factor = find_mode(build_case(), "president")
    assert factor.scope == ("K:push", "M:president")
    assert factor.table[0, :, 0] == pytest.approx([0.5 * 0.4, 0.5 * 0.6, 0.5])
    assert factor.table[1, :, 0] == pytest.approx([0.75 * 0.4, 0.75 * 0.6, 0.25])


def test_a_source_without_a_campaign_depends_on_none() -> None:
    factor = find_mode(with_official(campaign=None, anonymity=None), "official")
    assert factor.scope == ("M:official",)
    assert factor.table[:, 0] == pytest.approx([0.85 * 0.6, 0.85 * 0.4, 0.15])


def test_an_unnamed_source_is_a_mixture_over_who_he_may_be() -> None:
    factor = find_mode(build_case(), "official")
    assert factor.table[:, 2, 0] == pytest.approx([0.85 * 0.7 + 0.15 * 0.1, 0.85 * 0.15 + 0.15 * 0.1])


def test_one_who_does_not_exist_only_passes_on_rumour() -> None:
    factor = find_mode(with_chances(0, 0, 1), "official")
    assert factor.table[0, :, 0] == pytest.approx([0, 1, 0])
    assert find_chance_of_asked(with_chances(0, 0, 1)) < find_chance_of_asked(with_chances(0, 1, 0))


def test_the_chances_of_who_he_is_are_scaled_to_add_to_one() -> None:
    assert find_mode(with_chances(0.4, 0.4, 0), "official").table == pytest.approx(
        find_mode(with_chances(0.5, 0.5, 0), "official").table
    )


def test_an_unnamed_source_who_can_be_nobody_at_all_is_refused() -> None:
    with pytest.raises(ModelError, match="three chances are all 0"):
        find_mode(with_chances(0, 0, 0), "official")


def test_every_mode_table_adds_to_one() -> None:
    for factor in mode_factors(build_case(), centre_knobs(read_knobs(build_case()))):
        assert factor.table.sum(axis=-2) == pytest.approx(1)


def test_one_that_only_echoes_is_no_witness() -> None:
    case = build_case(echoes=0)
    parrot = replace(
        case,
        profiles=(*case.profiles, profile("parrot", access=0.5, spin=(0.1, 0.2))),
        assertions=(*case.assertions, replace(echo("e", "official-missiles"), source=SourceId("parrot"))),
    )
    assert [one.source.id for one in find_witnesses(parrot)] == ["official", "president"]


def test_the_modes_before_average_the_campaign_out() -> None:
    modes = expect_modes(build_case().profiles[1], build_case())
    assert (modes.informed, modes.rumour, modes.spinning) == pytest.approx((0.275, 0.4125, 0.3125))


def test_an_unnamed_source_that_may_be_one_already_heard_counts_for_less() -> None:
    def same(weight: float) -> float:
        who = with_official().profiles[0].anonymity
        assert who is not None
        maybe = replace(who, same_as=SourceId("president"), same_weight=knob("source.official.same", weight))
        return find_chance_of_asked(with_official(anonymity=maybe))

    silent = build_case(echoes=0)
    without = replace(silent, assertions=tuple(one for one in silent.assertions if one.id != "official-missiles"))
    assert same(0.0) == pytest.approx(find_chance_of_asked(silent), abs=1e-12)
    assert same(0.0) > same(0.5) > same(1.0)
    assert same(1.0) == pytest.approx(find_chance_of_asked(without), abs=1e-12)


def say(interest: Interest, *, denies: bool = False, source: Profile | None = None) -> list[list[float]]:
    """P(says it | claim true or false, each mode) for a source with the shared defaults."""
    case = build_case(echoes=0)
    said = assertion("new", "missiles", "president", interest=interest, denies=denies)
    changed = replace(case, assertions=(said,), profiles=(source or case.profiles[1],))
    evidence = testimony.weigh_testimony(changed, centre_knobs(read_knobs(changed)))[0]
    assert evidence.likelihood.scope == ("C:missiles", "M:president")
    return [[float(cell[0]) for cell in row] for row in evidence.likelihood.table]


def test_the_table_of_testimony_is_the_documented_one() -> None:
    assert say(Interest.FOR) == [
        pytest.approx([0.5 * 0.9, 0.5 * 0.35, 0.9]),
        pytest.approx([0.5 * 0.1, 0.5 * 0.35, 0.9 * 0.85]),
    ]


def test_a_spinning_source_hardly_ever_speaks_against_its_interest() -> None:
    assert [row[2] for row in say(Interest.AGAINST)] == pytest.approx([0.9 * 0.02, 0.9 * 0.02])


def test_a_spinning_source_without_a_stake_repeats_what_goes_round() -> None:
    assert [row[2] for row in say(Interest.NEUTRAL)] == pytest.approx([0.5 * 0.35, 0.5 * 0.35])


@pytest.mark.parametrize("interest", list(Interest))
def test_a_denial_is_the_mirror_image(interest: Interest) -> None:
    assert say(interest, denies=True) == say(interest)[::-1]
