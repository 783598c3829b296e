"""Do reports that credit one absent relay have it from one person?"""

import pytest

from origins.piles import Pile

SUNK = "four barges sank at Ennis"
RULE = "credits the same absent relay"


def credit(pile, outlet, chain, content=SUNK, kind="unnamed", day=1):
    report = pile.add_report(outlet, f"As the Moor Agency has it, {content}.", day=day)
    return pile.say(report, content, chain, kind=kind)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Moor Agency > a diver", "Moor Agency > a diver in Ennis"),
        ("Moor Agency > a diver", "Moor Agency > sources"),
        ("Moor Agency > a diver", "Moor Agency"),
    ],
)
def test_two_papers_with_one_dispatch_have_one_origin(first, second):
    pile = Pile()
    pile.add_source("Moor Agency", "group")
    one = credit(pile, "Evening Lamp", first)
    two = credit(pile, "Quay Portal", second, "at Ennis four barges sank", day=2)
    traced = pile.trace()
    assert traced.origin_of(one) == traced.origin_of(two)
    (tie,) = [d for d in traced.derivations if d.parent]
    assert not tie.directed
    assert tie.reason.rule in (RULE, "passes on what he was told")


def test_two_names_in_dispatches_of_one_agency_stay_two():
    pile = Pile()
    one = credit(pile, "Evening Lamp", "Moor Agency > Rhea Coll", kind="named")
    two = credit(pile, "Quay Portal", "Moor Agency > Obe Lund", "at Ennis four barges sank", kind="named", day=2)
    traced = pile.trace()
    assert traced.origin_of(one) != traced.origin_of(two)


def test_other_figures_from_one_agency_are_another_dispatch():
    pile = Pile()
    credit(pile, "Evening Lamp", "Moor Agency > a diver")
    credit(pile, "Quay Portal", "Moor Agency > sources", "nine barges sank at Ennis", day=2)
    assert RULE not in [d.reason.rule for d in pile.trace().derivations]


def test_an_agency_whose_report_is_in_the_pile_is_credited_and_not_absent():
    pile = Pile()
    wire = pile.add_report("Moor Agency", f"A diver told the Moor Agency that {SUNK}.")
    pile.say(wire, SUNK, "a diver", kind="unnamed")
    credit(pile, "Evening Lamp", "Moor Agency > a diver", day=2)
    credit(pile, "Quay Portal", "Moor Agency > sources", day=3)
    assert RULE not in [d.reason.rule for d in pile.trace().derivations]
