"""Does our grammar read French as the press writes it?"""

import pytest

from attribution.pages import read, read_one
from firsthand.attribution.conjugation import inflect_french


def pair(text: str) -> tuple[str, str]:
    one = read_one(text, language="fr")
    return one.source_mention.text, one.content.text


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "La mairie d'Orsol a annoncé que le pont resterait fermé.",
            "La mairie d'Orsol",
            "le pont resterait fermé",
        ),
        ("« Le pont tiendra », a-t-elle déclaré.", "elle", "Le pont tiendra"),
        ("« Le pont tiendra », explique-t-il à la presse.", "il", "Le pont tiendra"),
        (
            "Le pont sera fermé lundi, assure un riverain du quai.",
            "un riverain du quai",
            "Le pont sera fermé lundi",
        ),
        ("Selon la préfecture, deux barges ont coulé.", "la préfecture", "deux barges ont coulé"),
        (
            "Selon un marin, qui a vu la scène, deux barges ont coulé.",
            "un marin, qui a vu la scène",
            "deux barges ont coulé",
        ),
        ("Deux barges ont coulé, d'après le port.", "le port", "Deux barges ont coulé"),
        ("À en croire le port, deux barges ont coulé.", "le port", "deux barges ont coulé"),
        (
            "De source judiciaire, deux suspects ont été relâchés.",
            "De source judiciaire",
            "deux suspects ont été relâchés",
        ),
        (
            "Deux suspects ont été relâchés, a-t-on appris de source proche du dossier.",
            "de source proche du dossier",
            "Deux suspects ont été relâchés",
        ),
        (
            "Le maire, Odon Brassac, prétend n'avoir rien signé.",
            "Le maire, Odon Brassac",
            "n'avoir rien signé",
        ),
        ("Il refuse de répondre aux juges.", "Il", "de répondre aux juges"),
        ("Le port dément tout retard.", "Le port", "tout retard"),
        (
            "Odon Brassac a parlé d'une « cabale ».",
            "Odon Brassac",
            "cabale",
        ),
        (
            "L'armateur, la compagnie Brume, conteste cette version.",
            "L'armateur, la compagnie Brume",
            "cette version",
        ),
    ],
)
def test_a_french_sentence_gives_its_source_and_what_it_says(text, source, content):
    named, said = pair(text)
    assert named == source
    assert content in said and len(said) <= len(content) + 8


def test_a_second_verb_borrows_the_subject_of_the_first():
    found = read("Le port dit que le quai est vide et ajoute que la grue est à vendre.", language="fr")
    assert [(a.source_mention.text, a.content.text) for a in found] == [
        ("Le port", "le quai est vide"),
        ("Le port", "la grue est à vendre"),
    ]


def test_a_participle_goes_on_with_the_speaker_of_the_quotation():
    text = "« Le quai est vide », a dit Odon Brassac, ajoutant que la grue était à vendre."
    assert {a.source_mention.text for a in read(text, language="fr")} == {"Odon Brassac"}


def test_the_conditional_of_the_press_is_hearsay_where_nobody_is_named():
    one = read_one("Les rebelles auraient livré huit camions à Sarmes.", language="fr")
    assert one.source_mention.text == ""
    assert one.content.spans == ((0, 12), (22, 49))
    assert one.hedge >= 0.5
    assert one.cue_class == "hearsay"


@pytest.mark.parametrize(
    "text",
    [
        "Les rebelles auraient dû partir plus tôt.",
        "Si le pont tenait, les barges seraient passées.",
        "La demande a baissé de moitié en mars.",
        "Le rapport est annoncé pour mardi.",
        "Il a requis l'anonymat.",
    ],
)
def test_what_looks_like_saying_but_says_nothing_is_left_alone(text):
    assert read(text, language="fr") == ()


def test_a_rumour_names_nobody():
    one = read_one("Le bruit court que la grue est déjà vendue.", language="fr")
    assert (one.source_mention.text, one.content.text) == ("", "la grue est déjà vendue")


def test_a_newspaper_that_cites_somebody_is_his_relay():
    text = "Le Fanal, citant un docker, a rapporté que la grue était vendue."
    assert any(a.source_mention.text == "un docker" for a in read(text, publisher="Varnel", language="fr"))


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("annoncer", {"annonce", "annoncent", "annonçait", "annoncé", "annonça"}),
        ("révéler", {"révèle", "révélé", "révèlent"}),
        ("rappeler", {"rappelle", "rappelé", "rappelait"}),
        ("nier", {"nie", "nié", "nient"}),
    ],
)
def test_verbs_in_er_are_inflected(lemma, forms):
    assert forms <= set(inflect_french(lemma, {}))


def test_an_irregular_verb_takes_its_listed_forms_in_phrases_too():
    assert set(inflect_french("faire savoir", {"faire": ["fait", "font"]})) == {"fait savoir", "font savoir"}
