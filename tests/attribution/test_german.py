"""Does our grammar read German as the press writes it?"""

import pytest

from attribution.pages import read, read_one
from firsthand.attribution.conjugation import inflect_german


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Die Brücke bleibe gesperrt, sagte ein Sprecher.", "ein Sprecher", "Die Brücke bleibe gesperrt"),
        ("Der Hafen teilte mit, die Brücke bleibe gesperrt.", "Der Hafen", "die Brücke bleibe gesperrt"),
        ("„Die Brücke hält“, teilte der Hafen am Montag mit.", "der Hafen", "Die Brücke hält"),
        ("Der Hafen kündigte eine Prüfung an.", "Der Hafen", "eine Prüfung"),
        ("Der Hafen hat angeordnet, die Brücke zu sperren.", "Der Hafen", "die Brücke zu sperren"),
        (
            "Ein Kapitän, der dabei war, erzählte, die Schranke sei offen gewesen.",
            "Ein Kapitän, der dabei war",
            "die Schranke sei offen gewesen",
        ),
        (
            "Wie das Blatt Nordwind am Montag berichtete, ist die Brücke alt.",
            "das Blatt Nordwind",
            "ist die Brücke alt",
        ),
        ("Wie aus Hafenkreisen verlautete, ist die Brücke verkauft.", "Hafenkreisen", "ist die Brücke verkauft"),
        ("Aus Sicherheitskreisen hieß es, die Lage sei ruhig.", "Sicherheitskreisen", "die Lage sei ruhig"),
        ("Laut Polizei wurde niemand verletzt.", "Polizei", "wurde niemand verletzt"),
        ("Nach Angaben der Feuerwehr brannte es zwei Stunden.", "Feuerwehr", "brannte es zwei Stunden"),
        ("Augenzeugen zufolge fuhr der Wagen zu schnell.", "Augenzeugen", "fuhr der Wagen zu schnell"),
        ("Man müsse erst messen, so Almut Gerke auf Nachfrage.", "Almut Gerke", "Man müsse erst messen"),
        ("Der Verein warnt vor einer Schließung.", "Der Verein", "einer Schließung"),
        ("Almut Gerke bestreitet, den Vertrag gelesen zu haben.", "Almut Gerke", "den Vertrag gelesen zu haben"),
        ("Die Bürgermeisterin fragt, ob die Brücke hält.", "Die Bürgermeisterin", "ob die Brücke hält"),
    ],
)
def test_a_german_sentence_gives_its_source_and_what_it_says(text, source, content):
    one = read_one(text, language="de")
    assert one.source_mention.text == source
    assert one.content.text == content


def test_the_subject_stands_after_the_verb_where_something_else_stands_before_it():
    one = read_one("Am Montag sagte die Ministerin, die Brücke sei sicher.", language="de")
    assert one.source_mention.text == "die Ministerin"


def test_a_quotation_cut_in_two_stays_one_content():
    one = read_one("„Mein Mandant schweigt“, so der Anwalt, „und das ist klug“.", language="de")
    assert [one.content.text] == ["Mein Mandant schweigt und das ist klug"]


def test_somebody_by_his_own_account_is_the_source():
    one = read_one("Die Polizei ermittelt nach eigenen Angaben gegen drei Männer.", language="de")
    assert one.source_mention.text == "Die Polizei"
    assert "gegen drei Männer" in one.content.text


def test_soll_with_a_perfect_is_hearsay():
    one = read_one("Der Kapitän soll zweimal gewarnt haben.", language="de")
    assert (one.source_mention.text, one.cue.text, one.cue_class) == ("", "soll", "hearsay")
    assert one.hedge >= 0.5


@pytest.mark.parametrize(
    "text",
    [
        "Der Kapitän soll morgen kommen.",
        "Das Rote Boot nannte keine Zahlen.",
        "Die Mitteilung kam am Abend.",
        "Die Brücke ist seit Jahren gesperrt.",
    ],
)
def test_what_looks_like_saying_but_says_nothing_is_left_alone(text):
    assert read(text, language="de") == ()


def test_what_is_said_to_be_so_names_nobody():
    one = read_one("Dem Vernehmen nach liegt ein Gutachten vor.", language="de")
    assert (one.source_mention.text, one.content.text) == ("", "liegt ein Gutachten vor")


def test_das_points_back_to_the_sentence_before():
    text = "Drei Boote sind gesunken. Das teilte die Hafenpolizei mit."
    one = read_one(text, language="de")
    assert (one.source_mention.text, one.content.text) == ("die Hafenpolizei", "Drei Boote sind gesunken")


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("mit|teilen", {"mitteilte", "mitgeteilt", "teilte mit", "teilten mit", "mitzuteilen"}),
        ("antworten", {"antwortet", "antwortete", "geantwortet"}),
        ("dementieren", {"dementiert", "dementierte"}),
        ("versichern", {"versichert", "versicherte"}),
    ],
)
def test_weak_and_separable_verbs_are_inflected(lemma, forms):
    assert forms <= set(inflect_german(lemma, {}))


def test_a_strong_verb_takes_its_listed_forms_with_its_particle():
    forms = set(inflect_german("hin|weisen", {"weisen": ["wies", "gewiesen"]}))
    assert {"hinwies", "wies hin", "hingewiesen", "hinzuweisen"} <= forms
