"""Is what a source disowns kept apart from its voice?"""

from origins.piles import Pile

ORDER = "it orders all jars of Orchard puree back"


def make_pile():
    """Make a pile of a forged order, who passes it on as the inspectorate's, and the inspectorate's own denial."""
    pile = Pile()
    pile.add_source("Food Inspectorate", "group")
    paper = pile.add_report("Evening Lamp", f"The Food Inspectorate says {ORDER}. The Food Inspectorate asks for calm.")
    relayed = pile.say(paper, ORDER, "Food Inspectorate", kind="group")
    besides = pile.say(paper, "asks for calm", "Food Inspectorate", "calm", kind="group")
    own = pile.add_report("Food Inspectorate", "It never ordered jars of Orchard puree back. It sampled jam.", day=2)
    denial = pile.say(own, "It never ordered jars of Orchard puree back", "")
    jam = pile.say(own, "It sampled jam", "", "jam")
    return pile, relayed, besides, denial, jam


def test_what_a_source_denies_is_another_partys_with_all_that_stands_beside_it():
    pile, relayed, besides, denial, jam = make_pile()
    traced = pile.trace()
    assert traced.origin_of(denial) == traced.origin_of(jam)
    assert traced.origin_of(relayed) != traced.origin_of(denial)
    assert traced.origin_of(besides) != traced.origin_of(denial)


def test_who_is_one_institution_with_it_goes_with_what_is_nearest_to_his_words():
    pile, relayed, _, denial, _ = make_pile()
    trade = pile.add_report("Grocer", "The Inspectorate never ordered Orchard puree back, it said.", day=3)
    again = pile.say(trade, "never ordered Orchard puree back", "Inspectorate", kind="group")
    traced = pile.trace()
    assert traced.origin_of(again) == traced.origin_of(denial) != traced.origin_of(relayed)


def test_a_denial_is_not_disowned_by_what_a_source_says_besides():
    pile = Pile()
    own = pile.add_report("Food Inspectorate", "The Food Inspectorate sampled jars of Orchard puree on Monday.")
    said = pile.say(own, "sampled jars of Orchard puree on Monday", "")
    paper = pile.add_report("Evening Lamp", "No jars of Orchard puree were bad, the Food Inspectorate said.", day=2)
    denial = pile.say(paper, "No jars of Orchard puree were bad", "Food Inspectorate", kind="group")
    traced = pile.trace()
    assert traced.origin_of(said) == traced.origin_of(denial)
