"""How many voices assert a claim?"""

from dataclasses import replace

import pytest

from firsthand.origins import find_loops
from origins.piles import Pile

SEEN = "Four barges sank in the lock at Ennis"


def make_wire() -> tuple[Pile, str]:
    pile = Pile()
    wire = pile.add_report("Marsh Wire", f"{SEEN}, harbour master Rhea Coll told Marsh Wire on Tuesday.", day=1)
    pile.say(wire, SEEN, "Rhea Coll")
    return pile, wire


@pytest.mark.parametrize("copies", [1, 3, 12, 100])
def test_an_echo_is_not_a_second_voice(copies):
    pile, _ = make_wire()
    before = pile.trace().voices
    for number in range(copies):
        echo = pile.add_report(f"Paper {chr(0x3B1 + number)}", f"{SEEN}, Marsh Wire reported, citing Coll.", day=2)
        pile.say(echo, SEEN, "Marsh Wire > Rhea Coll")
    traced = pile.trace()
    assert traced.voices == before
    assert len(traced.origins) == 1


@pytest.mark.parametrize("copies", [1, 3, 12])
def test_a_copy_without_credit_adds_no_origin(copies):
    pile, wire = make_wire()
    text = pile.reports[0].text
    for number in range(copies):
        echo = pile.add_report(f"Paper {chr(0x3B1 + number)}", text, day=2)
        pile.say(echo, SEEN, "Rhea Coll")
    assert len(pile.trace().origins) == 1
    assert pile.trace().voices.high == 1


def test_a_round_up_of_two_agencies_does_not_melt_two_origins():
    pile, _ = make_wire()
    other = pile.add_report("Fen Agency", "The lock at Ennis swallowed four barges, Obe Lund told Fen Agency.", day=1)
    pile.say(other, "The lock at Ennis swallowed four barges", "Obe Lund")
    text = "Marsh Wire has four barges lost, from Rhea Coll. Fen Agency says four barges were swallowed, from Obe Lund."
    digest = pile.add_report("Weekly Digest", text, day=3)
    one = pile.say(digest, "four barges lost", "Marsh Wire > Rhea Coll")
    two = pile.say(digest, "four barges were swallowed", "Fen Agency > Obe Lund")
    traced = pile.trace()
    assert (traced.voices.low, traced.voices.high) == (2, 2)
    assert traced.origin_of(one) != traced.origin_of(two)


def test_unknown_lineage_is_an_interval():
    pile, _ = make_wire()
    other = pile.add_report("Evening Lamp", "In the lock at Ennis four barges sank, sources say.", day=None)
    pile.say(other, "In the lock at Ennis four barges sank", "sources", kind="unnamed")
    voices = pile.trace().voices
    assert voices.low == 1
    assert voices.high == 2
    assert 1 < voices.expected < 2


def test_an_unnamed_source_with_details_of_its_own_may_still_be_another():
    pile, _ = make_wire()
    other = pile.add_report("Evening Lamp", "The gates burst under the weight, an official said.", day=None)
    pile.say(other, "The gates burst under the weight", "an official", kind="unnamed")
    voices = pile.trace().voices
    assert (voices.low, voices.high) == (1, 2)
    assert voices.low < voices.expected < voices.high


def test_a_denial_is_not_a_voice_for_the_claim():
    pile, _ = make_wire()
    office = pile.add_report("Canal Board", "No barges sank in the lock at Ennis. We deny that any sank.", day=2)
    pile.say(office, "No barges sank in the lock at Ennis", "")
    pile.say(office, "any sank", "", polarity=-1)
    assert pile.trace().voices.high == 1


def test_a_source_met_directly_and_through_a_relay_is_one_voice():
    pile, _ = make_wire()
    other = pile.add_report("Evening Lamp", f"\u201c{SEEN},\u201d Rhea Coll told the Lamp.", day=1)
    far = pile.add_report(
        "Le Fanal", "Quatre barges ont coulé, selon l'agence Delta citant Rhea Coll.", day=3, language="fr"
    )
    pile.say(other, SEEN, "Rhea Coll")
    pile.say(far, "Quatre barges ont coulé", "Delta > Rhea Coll")
    assert pile.trace().voices.high == 1
    assert len(pile.trace().origins) == 1


def test_who_passes_on_another_is_not_a_voice_of_his_own():
    pile = Pile()
    office = pile.add_report("Canal Board", f"Director Pell told the press that his keeper reports: {SEEN}.", day=1)
    paper = pile.add_report("Evening Lamp", f"{SEEN}, Director Pell said.", day=2)
    pile.say(office, SEEN, "Pell > the keeper", kind="role")
    second = pile.say(paper, SEEN, "Pell")
    traced = pile.trace()
    assert traced.voices.high == 1
    assert traced.origin_of(second).source == "s-the-keeper"


def test_an_unnamed_source_is_joined_with_the_named_one_whose_report_he_was_credited_through():
    pile = Pile()
    paper = pile.add_report("Evening Lamp", f"\u201c{SEEN},\u201d said an official who would not be named.", day=1)
    wire = pile.add_report("Marsh Wire", f"{SEEN}, insiders told the Evening Lamp.", day=2)
    one = pile.say(paper, SEEN, "an official", kind="unnamed")
    two = pile.say(wire, SEEN, "Evening Lamp > insiders", kind="unnamed")
    traced = pile.trace()
    assert traced.origin_of(one) == traced.origin_of(two)
    assert traced.voices.high == 1


def test_outlets_that_cite_each_other_are_one_voice_with_no_known_beginning():
    pile = Pile()
    portal = pile.add_report("Quay Portal", f"{SEEN}, Radio Fen reported.", day=1)
    radio = pile.add_report("Radio Fen", f"{SEEN}, according to Quay Portal.", day=1)
    one = pile.say(portal, SEEN, "Radio Fen", kind="group")
    pile.say(radio, SEEN, "Quay Portal", kind="group")
    traced = pile.trace()
    assert find_loops(pile.reports, traced.derivations) == ((portal, radio),)
    assert traced.voices.high == 1
    assert traced.origin_of(one).latent


def test_a_portal_confirmed_by_its_own_echo_is_a_loop():
    pile = Pile()
    first = pile.add_report("Quay Portal", f"{SEEN}, sources told Quay Portal.", day=1)
    radio = pile.add_report("Radio Fen", f"{SEEN}, Quay Portal reported.", day=2)
    again = pile.add_report("Quay Portal", f"Confirmed: {SEEN}, Radio Fen reported.", day=3)
    pile.say(first, SEEN, "sources", kind="unnamed")
    pile.say(radio, SEEN, "Quay Portal > sources", kind="unnamed")
    pile.say(again, SEEN, "Radio Fen", kind="group")
    traced = pile.trace()
    assert find_loops(pile.reports, traced.derivations) == ((first, radio, again),)
    assert traced.voices.high == 1


def test_a_chain_of_credits_without_a_circle_is_no_loop():
    pile, wire = make_wire()
    echo = pile.add_report("Evening Lamp", f"{SEEN}, Marsh Wire reported, citing Coll.", day=2)
    pile.say(echo, SEEN, "Marsh Wire > Rhea Coll")
    assert find_loops(pile.reports, pile.trace().derivations) == ()


def test_an_origin_heard_in_the_pile_is_not_latent_and_one_only_credited_is():
    pile, _ = make_wire()
    other = pile.add_report("Evening Lamp", "Six cranes fell at Moor, the Delta agency said, citing Ada Brin.", day=2)
    cranes = pile.say(other, "Six cranes fell at Moor", "Delta > Ada Brin", claim="cranes")
    traced = pile.trace()
    assert not traced.origin_of("a-0").latent
    assert traced.origin_of(cranes).latent


def test_a_headline_is_no_voice_beside_the_source_it_sums_up():
    pile = Pile()
    text = f"Barges sank in lock at Ennis, says harbour master.\n\n{SEEN}, Rhea Coll told us on Tuesday."
    wire = pile.add_report("Marsh Wire", text)
    pile.say(wire, "Barges sank in lock at Ennis", "")
    pile.say(wire, SEEN, "Rhea Coll")
    assert pile.trace().voices.high == 1
    assert len(pile.trace().origins) == 1


def test_reports_that_are_summed_up_before_they_are_told_are_no_voice():
    pile = Pile()
    text = f"Two reports suggest that barges sank at Ennis. {SEEN}, Rhea Coll told Marsh Wire."
    blog = pile.add_report("Canal Notes", text)
    pile.say(blog, "barges sank at Ennis", "Two reports", kind="document")
    pile.say(blog, SEEN, "Marsh Wire > Rhea Coll")
    assert pile.trace().voices.high == 1


def test_one_official_described_twice_in_one_report_is_one_voice():
    pile = Pile()
    text = "Official: barges sank at Ennis.\n\n\u201cThe lock is full of gravel,\u201d a senior canal official said."
    wire = pile.add_report("Marsh Wire", text)
    pile.say(wire, "barges sank at Ennis", "Official", kind="unnamed")
    pile.say(wire, "The lock is full of gravel", "a senior canal official", kind="unnamed")
    assert pile.trace().voices.high == 1


def test_who_was_unnamed_may_be_the_one_a_later_report_on_that_report_names():
    pile = Pile()
    first = pile.add_report("Evening Lamp", f"\u201c{SEEN},\u201d an official told the Lamp.", day=1)
    text = "In the Lamp of Monday I read of an official. Mr Dane told the council that barges went down."
    record = pile.add_report("Town Council", "The Evening Lamp wrote it. " + text, day=4)
    one = pile.say(first, SEEN, "an official", kind="unnamed")
    two = pile.say(record, "barges went down", "Mr Dane")
    traced = pile.trace()
    assert traced.origin_of(one) == traced.origin_of(two)
    assert traced.origin_of(one).source == "s-mr-dane"
    assert traced.voices.low == 1


def test_a_doubtful_attribution_counts_for_the_chance_that_somebody_speaks_and_an_unlikely_one_not_at_all():
    pile, wire = make_wire()
    other = pile.add_report("Evening Lamp", "The gates burst, Obe Lund said. The geese fled, Ada Brin said.", day=1)
    pile.say(other, "The gates burst", "Obe Lund")
    pile.say(other, "The geese fled", "Ada Brin")
    pile.attributions[1] = replace(pile.attributions[1], probability=0.3)
    pile.attributions[2] = replace(pile.attributions[2], probability=0.15)
    voices = pile.trace().voices
    assert (voices.low, voices.high) == (1, 2)
    assert 1.3 < voices.expected < 1.8


def test_who_says_both_is_heard_by_what_he_says_nearest_to_the_claim():
    pile, _ = make_wire()
    text = "No barges sank in the lock at Ennis. Two crates were taken for barges."
    office = pile.add_report("Canal Board", text, day=2)
    pile.say(office, "No barges sank in the lock at Ennis", "")
    pile.say(office, "Two crates were taken for barges", "")
    assert pile.trace().voices.high == 1
