"""Who is the one whom another report did not name?"""

from dataclasses import replace

from firsthand.model import SourceKind
from origins.piles import Pile


def make_pile(later: str, said: str, who: str = "Rhea Coll", mention: str = "", **more: object):
    """Make a pile of an unnamed clerk's words and a later report; return it, both reports and both attributions."""
    pile = Pile()
    first = pile.add_report("Marsh Wire", "The lock gates were opened by hand, a night clerk said.", day=1)
    second = pile.add_report("Evening Lamp", later, day=3)
    masked = pile.say(first, "The lock gates were opened by hand", "a night clerk", kind="unnamed")
    named = pile.say(second, said, who, "other", **more)
    return pile, first, second, masked, named


def test_who_owns_up_to_having_spoken_is_the_unnamed_source():
    later = "Rhea Coll said that it was she who had spoken to the Marsh Wire."
    pile, first, second, masked, named = make_pile(later, "it was she who had spoken to the Marsh Wire")
    traced = pile.trace()
    (found,) = traced.between(second, first)
    assert found.reason.rule == "said to be the unnamed source"
    assert "Rhea Coll" in found.reason.sentence
    assert traced.origin_of(masked) == traced.origin_of(named)


def test_all_that_an_unnamed_source_says_follows_him_to_his_name():
    later = "Rhea Coll said that it was she who had spoken to the Marsh Wire."
    pile = Pile()
    text = "The lock gates were opened by hand, a night clerk said. The lamps had been out, the clerk said."
    first = pile.add_report("Marsh Wire", text, day=1)
    second = pile.add_report("Evening Lamp", later, day=3)
    gates = pile.say(first, "The lock gates were opened by hand", "a night clerk", kind="unnamed")
    lamps = pile.say(first, "The lamps had been out", "a night clerk", "other", kind="unnamed")
    named = pile.say(second, "it was she who had spoken to the Marsh Wire", "Rhea Coll", "third")
    traced = pile.trace()
    assert traced.origin_of(gates) == traced.origin_of(lamps) == traced.origin_of(named)


def test_who_only_read_the_other_report_is_not_its_source():
    later = "Rhea Coll said that the Marsh Wire was wrong about the gates."
    pile, first, second, masked, named = make_pile(later, "the Marsh Wire was wrong about the gates")
    traced = pile.trace()
    assert traced.origin_of(masked) != traced.origin_of(named)


def test_who_is_named_in_a_report_is_not_the_one_it_leaves_unnamed():
    pile = Pile()
    text = "The lock gates were opened by hand, a night clerk said. Rhea Coll was away."
    first = pile.add_report("Marsh Wire", text, day=1)
    second = pile.add_report("Evening Lamp", "Rhea Coll said that she had spoken to the Marsh Wire in May.", day=3)
    masked = pile.say(first, "The lock gates were opened by hand", "a night clerk", kind="unnamed")
    named = pile.say(second, "she had spoken to the Marsh Wire in May", "Rhea Coll", "other")
    traced = pile.trace()
    assert traced.origin_of(masked) != traced.origin_of(named)


def test_an_earlier_report_does_not_unmask_a_later_one():
    pile = Pile()
    first = pile.add_report("Marsh Wire", "The lock gates were opened by hand, a night clerk said.", day=5)
    second = pile.add_report("Evening Lamp", "Rhea Coll said that she had spoken to the Marsh Wire.", day=2)
    masked = pile.say(first, "The lock gates were opened by hand", "a night clerk", kind="unnamed")
    named = pile.say(second, "she had spoken to the Marsh Wire", "Rhea Coll", "other")
    traced = pile.trace()
    assert traced.origin_of(masked) != traced.origin_of(named)


def test_a_spokesman_with_words_of_his_own_is_not_taken_for_the_unnamed_source():
    pile = Pile()
    first = pile.add_report("Marsh Wire", "The lock gates were opened by hand at Ennis, a night clerk said.", day=1)
    later = "The Marsh Wire reported trouble. Rhea Coll said that the barges were insured and dry."
    second = pile.add_report("Evening Lamp", later, day=3)
    masked = pile.say(first, "The lock gates were opened by hand at Ennis", "a night clerk", kind="unnamed")
    named = pile.say(second, "the barges were insured and dry", "Rhea Coll")
    traced = pile.trace()
    assert traced.origin_of(masked) != traced.origin_of(named)


def test_one_unnamed_source_gets_one_name_and_that_of_the_outlets_own_later_report():
    pile = Pile()
    said = "The lock gates at Ennis were opened by hand before dawn"
    first = pile.add_report("Marsh Wire", f"{said}, a night clerk said.", day=1)
    other = pile.add_report("Evening Lamp", f"The Marsh Wire reported it first. {said}, Obe Lund said.", day=3)
    own = pile.add_report("Marsh Wire", f"Correction to our report of 1 May. {said}, Rhea Coll told us.", day=4)
    masked = pile.say(first, said, "a night clerk", kind="unnamed")
    pile.say(other, said, "Obe Lund")
    named = pile.say(own, said, "Rhea Coll")
    traced = pile.trace()
    rules = [d for d in traced.derivations if d.reason.rule == "may name the unnamed"]
    assert {d.child_attribution for d in rules} <= {named}
    assert all(d.parent_attribution == masked for d in rules)


def test_who_says_it_was_he_is_the_one_whom_the_same_outlet_did_not_name():
    pile = Pile()
    first = pile.add_report("Marsh Wire", "The lock gates were opened by hand, a senior official said.", day=1)
    second = pile.add_report("Marsh Wire", "Rhea Coll says she was that official.", day=3)
    masked = pile.say(first, "The lock gates were opened by hand", "a senior official", kind="unnamed")
    named = pile.say(second, "she was that official", "Rhea Coll", "other")
    traced = pile.trace()
    assert traced.origin_of(masked) == traced.origin_of(named)


def test_what_he_was_told_himself_goes_back_to_whom_he_had_it_from():
    pile = Pile()
    first = pile.add_report("Marsh Wire", "The lock gates were opened by hand, a senior official said.", day=1)
    text = "Rhea Coll says she was that official. Obe Lund had told her that somebody opened the gates by hand."
    second = pile.add_report("Marsh Wire", text, day=3)
    masked = pile.say(first, "The lock gates were opened by hand", "a senior official", kind="unnamed")
    pile.say(second, "she was that official", "Rhea Coll", "other")
    told = pile.say(second, "somebody opened the gates by hand", "Rhea Coll > Obe Lund")
    pile.sources["s-rhea-coll"] = replace(pile.sources["s-rhea-coll"], kind=SourceKind.NAMED)
    traced = pile.trace()
    assert traced.origin_of(masked) == traced.origin_of(told)
    assert traced.origin_of(told).source == "s-obe-lund"


def test_who_says_somebody_else_was_that_official_owns_up_to_nothing():
    pile = Pile()
    first = pile.add_report("Marsh Wire", "The lock gates were opened by hand, a senior official said.", day=1)
    second = pile.add_report("Marsh Wire", "Rhea Coll says nobody knows that official.", day=3)
    masked = pile.say(first, "The lock gates were opened by hand", "a senior official", kind="unnamed")
    named = pile.say(second, "nobody knows that official", "Rhea Coll", "other")
    traced = pile.trace()
    assert traced.origin_of(masked) != traced.origin_of(named)


def test_a_minister_who_took_the_report_up_is_not_the_nurse_it_does_not_name():
    pile = Pile()
    first = pile.add_report("Marsh Wire", "Five gates at the lock were opened by hand, a nurse said.", day=1)
    later = "The Marsh Wire was read out. The minister Bo Brandt said that five gates at the lock were opened by hand."
    second = pile.add_report("Evening Lamp", later, day=3)
    masked = pile.say(first, "Five gates at the lock were opened by hand", "a nurse", kind="unnamed")
    named = pile.say(second, "five gates at the lock were opened by hand", "Bo Brandt")
    traced = pile.trace()
    assert "may name the unnamed" not in {d.reason.rule for d in traced.between(second, first)}
    assert traced.origin_of(masked).source != traced.origin_of(named).source


def test_who_is_of_a_union_is_not_the_union():
    pile = Pile()
    first = pile.add_report("Mill Workers' Union", "The mill was shut on Monday.", day=1)
    second = pile.add_report("Evening Lamp", "The mill was shut, a union worker said.", day=3)
    own = pile.say(first, "The mill was shut on Monday", "Mill Workers' Union", kind="group")
    other = pile.say(second, "The mill was shut", "a union worker", kind="unnamed")
    traced = pile.trace()
    assert "may be the same person" not in {d.reason.rule for d in traced.between(second, first)}
    assert traced.origin_of(own) != traced.origin_of(other)
