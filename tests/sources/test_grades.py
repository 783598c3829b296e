"""Is the Admiralty label derived from the model, on two axes that are never coupled?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from firsthand.model import Case, Grade, Modes, Profile
from firsthand.sources import grade_source
from firsthand.sources.grades import read_bands
from vector_one import build_case, profile


def modes(informed: float, spinning: float) -> Modes:
    return Modes(informed=informed, rumour=1 - informed - spinning, spinning=spinning)


def grade(after: Modes | None, chance: float = 0.5, voices: float = 2, who: Profile | None = None) -> Grade:
    case = build_case(echoes=0)
    judged = who or case.profiles[1]
    return grade_source(judged, case, after, {"missiles": chance}, {"missiles": voices})


def test_the_letter_follows_the_modes_after_the_evidence() -> None:
    letters = [
        grade(modes(*pair)).reliability for pair in ((0.9, 0.02), (0.6, 0.1), (0.3, 0.3), (0.2, 0.6), (0.05, 0.82))
    ]
    assert letters == ["A", "B", "C", "D", "E"]


def test_the_letter_never_improves_as_a_source_spins_more() -> None:
    letters = [grade(modes(0.9 * (1 - spin / 100), spin / 100)).reliability for spin in range(101)]
    assert letters == sorted(letters)


def test_the_figure_follows_the_chance_of_what_it_said() -> None:
    figures = [grade(modes(0.5, 0.1), chance).credibility for chance in (0.97, 0.7, 0.45, 0.3, 0.1)]
    assert figures == ["1", "2", "3", "4", "5"]


def test_confirmed_needs_a_second_independent_origin() -> None:
    assert grade(modes(0.5, 0.1), 0.99, voices=1.9).credibility == "2"
    assert "second independent origin" in grade(modes(0.5, 0.1), 0.99, voices=1).reason.sentence


def test_the_two_axes_are_never_coupled() -> None:
    assert {grade(modes(0.9, 0.02), chance).reliability for chance in (0.01, 0.5, 0.99)} == {"A"}
    assert {grade(modes(*pair), 0.1).credibility for pair in ((0.9, 0.02), (0.05, 0.82))} == {"5"}


def test_a_machines_suggestion_is_not_a_judgement() -> None:
    assert grade(modes(0.9, 0.02), who=replace(build_case().profiles[1], judged=False)).reliability == "F"


@pytest.mark.parametrize("imported", ["F6", "f 6"])
def test_an_imported_f_stays_missing_until_it_has_been_heard(imported: str) -> None:
    silent = replace(profile("silent", access=0.9, spin=(0.01, 0.01)), imported_grade=imported)
    assert (grade(None, who=silent).reliability, grade(None, who=silent).credibility) == ("F", "6")


def test_the_author_of_a_purported_statement_is_no_witness() -> None:
    assert grade(None, who=profile("group", access=0.5, spin=(0.2, 0.2))).reliability == "F"


def test_one_that_asserts_nothing_is_graded_by_its_position_alone() -> None:
    silent = grade(None, who=profile("commander", access=0.7, spin=(0.1, 0.1), campaign=None))
    assert (silent.reliability, silent.credibility) == ("B", "6")
    assert "alone" in silent.reason.sentence


def test_a_denial_is_as_credible_as_its_claim_is_not() -> None:
    case: Case = build_case(echoes=0)
    denies = replace(case, assertions=tuple(replace(one, denies=True) for one in case.assertions))
    found = grade_source(case.profiles[1], denies, modes(0.5, 0.1), {"missiles": 0.1}, {"missiles": 2})
    assert found.credibility == "2"


def test_the_bands_are_ordered_from_the_best_and_leave_no_gap() -> None:
    letters, figures = read_bands()
    assert [one.letter for one in letters] == list("ABCDE")
    assert [one.figure for one in figures] == list("12345")
    assert letters[-1].spinning_below > 1
    assert figures[-1].at_least == 0
