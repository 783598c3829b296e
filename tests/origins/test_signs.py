"""Do signs become chances as a reader would expect?"""

import pytest

from firsthand.origins.signs import HIGHEST, LOWEST, load_weights, shift_chance, weigh_signs
from origins.piles import Pile

LONG = "the ferry left the quay at dawn with its ramp down and its lamps out while nobody stood watch on the bridge"


def test_no_sign_makes_certain():
    for rule in load_weights():
        for value in (-100.0, 100.0):
            chance = weigh_signs(rule, dict.fromkeys(load_weights()[rule], value))
            assert LOWEST <= chance <= HIGHEST


@pytest.mark.parametrize("sign", ["words", "more is shared", "crosses a sentence", "one originator"])
def test_more_that_is_shared_is_never_less_of_a_sign(sign):
    assert load_weights()["shared passage"][sign] > 0


def test_other_figures_speak_against_a_retelling():
    assert load_weights()["retold without credit"]["other figures"] < 0
    assert load_weights()["shared passage"]["other figures"] < 0


def test_a_sign_without_a_weight_weighs_nothing():
    assert weigh_signs("shared passage", {"a sign of no kind": 9.0}) == weigh_signs("shared passage", {})


def test_two_copies_of_one_credited_report_are_siblings_and_neither_is_the_others_child():
    pile = Pile()
    first = pile.add_report("Quay Gazette", f"A pilot saw it. {LONG}, Ann Reth told the Quay Gazette.", day=1)
    pile.say(first, LONG, "Ann Reth")
    copies = []
    for day, paper in ((2, "Evening Bell"), (3, "Morning Oar")):
        copies.append(pile.add_report(paper, f"{LONG}, Ann Reth told the Quay Gazette. {paper} has no more.", day=day))
        pile.say(copies[-1], LONG, "Quay Gazette > Ann Reth")
    traced = pile.trace()
    assert all(d.directed for copy in copies for d in traced.between(copy, first))
    assert not any(d.directed for d in traced.joining(*copies))
    assert traced.voices.high == 1


def test_the_name_of_a_place_that_two_witnesses_share_ties_them_to_nobody():
    pile = Pile()
    place = "at the old tannery behind Saint Orrin's Church in Upper Vell"
    for paper, who, many in (("Quay Gazette", "Ann Reth", "31"), ("Evening Bell", "Jon Ebb", "44")):
        held = pile.add_report(paper, f"{who} said {many} sheds burned {place} last night.", day=1)
        pile.say(held, f"{many} sheds burned {place}", who)
    traced = pile.trace()
    assert not traced.derivations
    assert (traced.voices.low, traced.voices.high) == (2, 2)


def test_a_judged_chance_moves_towards_what_it_turned_out_to_be_and_never_to_certainty():
    assert 0.95 < shift_chance("explicit credit", 0.95) < 1.0
    assert shift_chance("quoted fragment", 0.75) < 0.75
    assert shift_chance("a rule that was never seen", 0.6) == 0.6
