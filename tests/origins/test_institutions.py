from dataclasses import replace

import pytest

from firsthand.model import Mention
from firsthand.origins import institutions
from firsthand.origins.index import Index
from firsthand.origins.institutions import find_institutions, list_parties
from origins.piles import Pile

SUNK = "four barges sank at Ennis"
LOCK = "the lock holds four sunken barges"


def tell(pile, outlet, name, kind="group", *, content=SUNK, text="", day=1, language="en", claim="main"):
    report = pile.add_report(outlet, text or f"The {name} said that {content}.", day=day, language=language)
    return pile.say(report, content, name, claim=claim, kind=kind)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("police", "la police"),
        ("Ennis fire service", "fire service"),
        ("Provincial Central Bank", "Zentralbank der Provinz"),
    ],
)
def test_one_institution_in_two_reports_is_one_origin(first, second):
    pile = Pile()
    one = tell(pile, "Evening Lamp", first)
    two = tell(pile, "Quay Portal", second, content=LOCK, day=2)
    traced = pile.trace()
    assert traced.origin_of(one) == traced.origin_of(two)


def test_two_institutions_of_one_kind_stay_two():
    pile = Pile()
    one = tell(pile, "Evening Lamp", "Ennis Police")
    two = tell(pile, "Quay Portal", "Moor Police", content=LOCK, day=2)
    traced = pile.trace()
    assert traced.origin_of(one) != traced.origin_of(two)
    assert traced.voices.high == 2


def test_a_short_name_that_fits_two_institutions_does_not_make_them_one():
    pile = Pile()
    one = tell(pile, "Evening Lamp", "Ennis Police")
    two = tell(pile, "Quay Portal", "Moor Police", content=LOCK, day=2)
    tell(pile, "Radio Fen", "police", content="barges lie in the water by Ennis", day=3)
    traced = pile.trace()
    assert traced.origin_of(one) != traced.origin_of(two)
    assert not [d for d in traced.derivations if d.reason.rule == "speaks for one institution"]


def test_who_speaks_by_office_speaks_for_the_institution_with_less_than_certainty():
    pile = Pile()
    body = tell(pile, "Evening Lamp", "Ennis fire service")
    text = f"Rhea Coll, the fire commander, said that {SUNK}."
    person = tell(pile, "Quay Portal", "Rhea Coll", "named", text=text, day=2)
    traced = pile.trace()
    assert traced.origin_of(body) == traced.origin_of(person)
    assert traced.voices.low < traced.voices.expected < traced.voices.high == 2
    (tie,) = [d for d in traced.derivations if d.reason.rule == "speaks for one institution"]
    assert not tie.directed
    assert tie.probability < 0.8


def test_a_bystander_does_not_speak_for_an_institution():
    pile = Pile()
    body = tell(pile, "Evening Lamp", "Ennis fire service")
    text = f"Rhea Coll, a baker by the fire station, said that {SUNK}."
    person = tell(pile, "Quay Portal", "Rhea Coll", "named", text=text, day=2)
    traced = pile.trace()
    assert traced.origin_of(body) != traced.origin_of(person)


def test_who_contradicts_an_institution_does_not_speak_for_it():
    pile = Pile()
    body = tell(pile, "Evening Lamp", "Ennis fire service")
    denial = "no barge sank at Ennis"
    text = f"Rhea Coll, the fire commander, said that {denial}."
    person = tell(pile, "Quay Portal", "Rhea Coll", "named", content=denial, text=text, day=2)
    traced = pile.trace()
    assert traced.origin_of(body) != traced.origin_of(person)


def test_one_institution_on_two_matters_is_one_voice_and_took_nothing_from_itself():
    pile = Pile()
    one = tell(pile, "Evening Lamp", "Ennis fire service")
    other = pile.add_report(
        "Quay Portal", "The bakery on Moor Street may open again, the Ennis fire service said.", day=2
    )
    said = pile.say(
        other, "The bakery on Moor Street may open again", "the fire service of Ennis", "bakery", kind="group"
    )
    traced = pile.trace()
    assert traced.origin_of(one) == traced.origin_of(said)
    assert not [d for d in traced.derivations if d.reason.rule == "speaks for one institution"]


def test_its_director_speaks_for_the_institution_named_just_before():
    pile = Pile()
    body = tell(pile, "Evening Lamp", "Ennis Canal Trust")
    text = f"The Moor Police were there. The Ennis Canal Trust was not, and its director, Rhea Coll, said that {LOCK}."
    report = pile.add_report("Quay Portal", text, day=2)
    pile.add_source("Moor Police", "group")
    person = pile.say(report, LOCK, "Rhea Coll")
    mention = "its director, Rhea Coll"
    place = text.index(mention)
    named = Mention(text=mention, spans=((place, place + len(mention)),))
    pile.attributions[-1] = replace(pile.attributions[-1], source_mention=named)
    traced = pile.trace()
    assert traced.origin_of(body) == traced.origin_of(person)


def test_institutions_are_looked_for_once_for_all_rules(monkeypatch):
    pile = Pile()
    tell(pile, "Evening Lamp", "Ennis Police")
    tell(pile, "Quay Portal", "Moor Police", content=LOCK, day=2)
    index = Index(pile.reports, pile.attributions, tuple(pile.sources.values()), pile.list_claims())
    asked = []
    monkeypatch.setattr(institutions, "_list_tied", lambda held: asked.append(held) or iter(()))
    assert list_parties(index) == list_parties(index) == ()
    assert not list(find_institutions(index))
    assert asked == [index]
