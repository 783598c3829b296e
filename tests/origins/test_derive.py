"""Who took what from whom?"""

from dataclasses import replace

import pytest

from firsthand.model import DerivationKind, Link, Reason, SourceKind
from origins.piles import Pile

WIRE = "Four barges sank in the lock at Ennis, harbour master Rhea Coll said on Tuesday."
LONG = (
    "Four barges laden with wet gravel broke loose above the lock at Ennis before dawn "
    "and sank one after another while the keeper slept, a clerk of the canal office said."
)


def test_a_credit_to_a_report_in_the_pile_is_a_directed_derivation_between_attributions():
    pile = Pile()
    wire = pile.add_report("Marsh Wire", WIRE, day=1)
    paper = pile.add_report("Evening Lamp", "Four barges sank at Ennis, Marsh Wire reported, citing Rhea Coll.", day=2)
    first = pile.say(wire, "Four barges sank in the lock at Ennis", "Rhea Coll")
    second = pile.say(paper, "Four barges sank at Ennis", "Marsh Wire > Rhea Coll")
    (found,) = pile.trace().between(paper, wire)
    assert (found.child_attribution, found.parent_attribution) == (second, first)
    assert found.directed
    assert found.probability >= 0.9
    assert "Marsh Wire" in found.reason.sentence
    assert any("citing Rhea Coll" in quote.text for quote in found.reason.quotes)


def test_a_credit_to_somebody_outside_the_pile_is_a_latent_derivation():
    pile = Pile()
    paper = pile.add_report("Evening Lamp", "Four barges sank at Ennis, Marsh Wire reported, citing Rhea Coll.")
    pile.say(paper, "Four barges sank at Ennis", "Marsh Wire > Rhea Coll")
    latent = [d.latent for d in pile.trace().derivations if d.latent]
    assert latent == ["s-marsh-wire"]


def test_whoever_told_the_report_himself_is_no_latent_source():
    pile = Pile()
    paper = pile.add_report("Evening Lamp", "Four barges sank at Ennis, the harbour master Rhea Coll said.")
    said = pile.say(paper, "Four barges sank at Ennis", "Rhea Coll")
    traced = pile.trace()
    assert not [d for d in traced.derivations if d.latent]
    assert not traced.origin_of(said).latent


def test_an_agency_without_a_name_is_no_latent_source():
    pile = Pile()
    paper = pile.add_report("Abendlampe", "Vier Kähne seien gesunken, meldete die Agentur.", language="de")
    pile.say(paper, "Vier Kähne seien gesunken", "die Agentur > Rhea Coll")
    assert [d.latent for d in pile.trace().derivations] == ["s-rhea-coll"]


def test_what_was_said_to_many_at_once_was_first_said_elsewhere():
    pile = Pile()
    paper = pile.add_report("Evening Lamp", "Four barges sank at Ennis, Rhea Coll told reporters.")
    said = pile.say(paper, "Four barges sank at Ennis", "Rhea Coll")
    traced = pile.trace()
    assert [d.latent for d in traced.derivations] == ["s-rhea-coll"]
    assert traced.origin_of(said).latent


def test_a_report_that_came_out_later_is_nobodys_parent():
    pile = Pile()
    early = pile.add_report("Evening Lamp", "Four barges sank at Ennis, Marsh Wire reported.", day=1)
    late = pile.add_report("Marsh Wire", WIRE, day=3)
    pile.say(early, "Four barges sank at Ennis", "Marsh Wire")
    pile.say(late, "Four barges sank in the lock at Ennis", "Rhea Coll")
    assert not pile.trace().between(early, late)


def test_a_publisher_named_next_to_a_word_of_saying_is_cited():
    pile = Pile()
    wire = pile.add_report("Marsh Wire", WIRE, day=1)
    blog = pile.add_report("Canal Notes", "I read it in the Marsh Wire and I believe it. The rain goes on.", day=2)
    (found,) = pile.trace().between(blog, wire)
    assert found.directed
    assert found.reason.quotes[0].text == "I read it in the Marsh Wire and I believe it."


@pytest.mark.parametrize(
    "text",
    [
        "The Ministry of Canals did not reply to a letter of ours.",
        "The drowned clerk had worked at the Ministry of Canals for nineteen years and was fond of geese.",
        "Coll said the gravel was wet. The canals ministry garden was under water.",
    ],
)
def test_a_publisher_that_is_only_spoken_about_is_not_cited(text):
    pile = Pile()
    office = pile.add_report("Ministry of Canals", "The lock at Ennis is open to traffic.", day=1)
    paper = pile.add_report("Evening Lamp", text, day=2)
    assert not pile.trace().joining(paper, office)


def test_a_name_is_found_in_another_order_of_its_words():
    pile = Pile()
    office = pile.add_report("Ministry of Canals", "The lock at Ennis is open to traffic.", day=1)
    paper = pile.add_report("Evening Lamp", "The Canals Ministry said in a statement that all was well.", day=2)
    assert pile.trace().between(paper, office)


def test_a_link_to_a_report_shows_that_it_is_cited():
    pile = Pile()
    wire = pile.add_report("Marsh Wire", WIRE, day=2, url="https://marsh.example/ennis/")
    blog = pile.add_report("Canal Notes", "Worth a look.", day=None, links=["http://www.marsh.example/ennis#top"])
    (found,) = pile.trace().between(blog, wire)
    assert found.directed
    assert found.kind is DerivationKind.CITED


def test_a_pingback_points_from_the_citing_page_to_the_cited_one_and_proves_little():
    pile = Pile()
    blog = pile.add_report("Canal Notes", "Worth a look.", day=2, url="https://notes.example/look")
    back = Link(url="https://notes.example/look", rel="pingback")
    wire = pile.add_report("Marsh Wire", WIRE, day=1, linked=[back])
    (found,) = pile.trace().between(blog, wire)
    assert found.kind is DerivationKind.CITED
    assert found.probability < 0.8


def test_copied_words_without_a_date_have_no_direction():
    pile = Pile()
    first = pile.add_report("Marsh Wire", LONG, day=None)
    second = pile.add_report("Evening Lamp", LONG + " Nobody was hurt.", day=None)
    (found,) = pile.trace().joining(first, second)
    assert not found.directed
    assert found.kind is DerivationKind.COPIED


def test_copied_words_point_from_the_later_to_the_earlier_report():
    pile = Pile()
    late = pile.add_report("Evening Lamp", LONG + " Nobody was hurt.", day=4)
    early = pile.add_report("Marsh Wire", LONG, day=2)
    (found,) = pile.trace().between(late, early)
    assert found.directed


def test_a_quoted_fragment_is_found_in_the_report_it_was_taken_from():
    pile = Pile()
    office = pile.add_report("Ministry of Canals", "The sluices performed admirably throughout the night.", day=1)
    paper = pile.add_report(
        "Evening Lamp", "So much for sluices that \u201cperformed admirably throughout\u201d.", day=3
    )
    (found,) = pile.trace().between(paper, office)
    assert found.kind is DerivationKind.QUOTED
    assert "performed admirably throughout" in found.reason.sentence


def test_a_correction_is_a_revision_of_the_publishers_earlier_report():
    pile = Pile()
    flash = pile.add_report("Marsh Wire", WIRE, day=1)
    mended = pile.add_report("Marsh Wire", "Corrects our report of Tuesday: three barges sank at Ennis.", day=2)
    (found,) = pile.trace().between(mended, flash)
    assert found.kind is DerivationKind.REVISED
    assert found.directed


def test_a_report_is_cited_by_the_number_it_bears():
    pile = Pile()
    notice = pile.add_report("Canal Board", "Nobody shall moor at Ennis.", day=1, title="Order 77/C on mooring")
    paper = pile.add_report("Evening Lamp", "Bargees laugh about 77/C and moor where they like.", day=2)
    assert pile.trace().between(paper, notice)


def test_one_person_met_by_two_reports_is_a_common_source_without_direction():
    pile = Pile()
    first = pile.add_report("Marsh Wire", "\u201cI lost four barges,\u201d Rhea Coll told us.", day=1)
    second = pile.add_report("Evening Lamp", "\u201cFour are gone, all of them mine,\u201d Rhea Coll told us.", day=3)
    pile.say(first, "I lost four barges", "Rhea Coll")
    pile.say(second, "Four are gone, all of them mine", "Rhea Coll")
    (found,) = pile.trace().joining(first, second)
    assert found.kind is DerivationKind.COMMON
    assert not found.directed


def test_an_unnamed_source_with_the_same_details_may_be_an_echo():
    pile = Pile()
    first = pile.add_report("Marsh Wire", "Four barges with gravel sank at Ennis lock, Rhea Coll said.", day=1)
    second = pile.add_report("Evening Lamp", "At Ennis lock four barges sank with their gravel, sources say.", day=3)
    pile.say(first, "Four barges with gravel sank at Ennis lock", "Rhea Coll")
    pile.say(second, "At Ennis lock four barges sank with their gravel", "sources", kind="unnamed")
    (found,) = pile.trace().between(second, first)
    assert 0.3 <= found.probability < 0.9
    assert "not named" in found.reason.sentence


def test_two_named_witnesses_in_like_words_are_not_tied():
    pile = Pile()
    first = pile.add_report("Marsh Wire", "Four barges with gravel sank at Ennis lock, Rhea Coll said.", day=1)
    second = pile.add_report("Evening Lamp", "At Ennis lock four barges sank with their gravel, Obe Lund said.", day=3)
    pile.say(first, "Four barges with gravel sank at Ennis lock", "Rhea Coll")
    pile.say(second, "At Ennis lock four barges sank with their gravel", "Obe Lund")
    traced = pile.trace()
    assert not traced.joining(first, second)
    assert (traced.voices.low, traced.voices.high) == (2, 2)


def test_what_a_source_denies_in_its_own_report_is_not_taken_from_that_report():
    pile = Pile()
    office = pile.add_report("Canal Board", "No order to close the lock at Ennis has been given.", day=None)
    blog = pile.add_report("Canal Notes", "The Canal Board gave the order to close the lock at Ennis.", day=None)
    denied = pile.say(office, "No order to close the lock at Ennis has been given", "")
    said = pile.say(blog, "gave the order to close the lock at Ennis", "Canal Board", kind="group")
    traced = pile.trace()
    assert not traced.joining(blog, office)
    assert traced.origin_of(denied) != traced.origin_of(said)


def test_a_judgement_replaces_what_the_machine_says_of_the_same_pair():
    pile = Pile()
    first = pile.add_report("Marsh Wire", "Four barges with gravel sank at Ennis lock, Rhea Coll said.", day=1)
    second = pile.add_report("Evening Lamp", "At Ennis lock four barges sank with their gravel, sources say.", day=3)
    pile.say(first, "Four barges with gravel sank at Ennis lock", "Rhea Coll")
    pile.say(second, "At Ennis lock four barges sank with their gravel", "sources", kind="unnamed")
    (machine,) = pile.trace().between(second, first)
    judged = replace(machine, probability=0.02, reason=Reason(rule="judged", sentence="He rang them both."))
    (found,) = pile.trace(judged=[judged]).between(second, first)
    assert found == judged


def test_what_one_person_told_another_was_put_out_by_nobody():
    pile = Pile()
    record = pile.add_report("Town Council", "Mr Dane told the council that Rhea Coll had seen four barges sink.")
    pile.add_source("Dane", SourceKind.NAMED)
    said = pile.say(record, "four barges sink", "Dane > Rhea Coll")
    traced = pile.trace()
    assert not traced.derivations
    assert traced.origin_of(said).latent


def test_a_credited_report_is_not_matched_with_the_words_of_another_named_person():
    pile = Pile()
    text = "Four barges with gravel sank at Ennis, Obe Lund said. The lamps were out, Rhea Coll said."
    wire = pile.add_report("Marsh Wire", text, day=1)
    lund = pile.say(wire, "Four barges with gravel sank at Ennis", "Obe Lund")
    coll = pile.say(wire, "The lamps were out", "Rhea Coll")
    paper = pile.add_report("Evening Lamp", "Barges with gravel sank at Ennis, Rhea Coll told Marsh Wire.", day=2)
    child = pile.say(paper, "Barges with gravel sank at Ennis", "Marsh Wire > Rhea Coll")
    traced = pile.trace()
    assert traced.origin_of(child) == traced.origin_of(coll) != traced.origin_of(lund)


def test_what_a_credited_outlet_hides_is_matched_with_what_the_echo_hides():
    pile = Pile()
    text = "Barges sank at Ennis lock, a diver said. Barges were raised at Ennis lock, Rhea Coll said."
    wire = pile.add_report("Marsh Wire", text, day=1)
    hidden = pile.say(wire, "Barges sank at Ennis lock", "a diver", kind="unnamed")
    pile.say(wire, "Barges were raised at Ennis lock", "Rhea Coll")
    paper = pile.add_report(
        "Evening Lamp", "Barges at Ennis lock were raised or sank, insiders told Marsh Wire.", day=2
    )
    child = pile.say(paper, "Barges at Ennis lock were raised or sank", "Marsh Wire > insiders", kind="unnamed")
    traced = pile.trace()
    assert traced.origin_of(child) == traced.origin_of(hidden)


def test_who_speaks_by_office_is_no_retelling_of_a_hidden_source():
    pile = Pile()
    first = pile.add_report("Marsh Wire", "Four barges with gravel sank at Ennis lock, a diver said.", day=1)
    second = pile.add_report("Evening Lamp", "At Ennis lock four barges sank with their gravel, management say.", day=3)
    pile.say(first, "Four barges with gravel sank at Ennis lock", "a diver", kind="unnamed")
    pile.say(second, "At Ennis lock four barges sank with their gravel", "management", kind="role")
    assert not pile.trace().between(second, first)
