"""What do reports with other habits of phrasing say, and who says it?"""

import pytest

from attribution.pages import read, read_chain, read_one

NOBODY = [
    "Neither the owner nor the harbour board has said that the ferry was lost.",
    "No official has confirmed that the ferry was lost.",
    "Nobody said that the ferry was lost.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_what_nobody_said_is_attributed_to_nobody(text):
    assert read(text) == ()


def test_a_time_of_day_ends_no_clause():
    found = read_one("The gate was shut at 02:10 and a rope was cut later, said Ada Brin.")
    assert found.content.text == "The gate was shut at 02:10 and a rope was cut later"


def test_a_decimal_comma_stays_in_its_number():
    text = "Nach Angaben der Versicherung beträgt der Schaden 1,2 Millionen Kronen."
    assert read_one(text, language="de").content.text.endswith("1,2 Millionen Kronen")


def test_the_press_call_is_told_and_calls_nothing():
    found = read_one("Ada Brin told the same press call that two men had been seen.")
    assert found.source_mention.text == "Ada Brin"
    assert found.content.text == "two men had been seen"


def test_she_is_told_that_morning():
    text = "Rhea Coll replied that the inspector had informed her that morning that the log was lost."
    (found,) = read(text)
    assert found.content.text == "the log was lost"


def test_her_lawyer_is_told_and_not_she():
    found = read_one("Ada Brin told her lawyer that the log was lost.")
    assert found.content.text == "the log was lost"


def test_what_follows_the_speaker_after_and_is_said_too():
    found = read_one("The lamps had gone out, Ada Brin said, and the doors had been locked.")
    assert [found.content.text[: len("The lamps")], found.content.text[-len("locked") :]] == ["The lamps", "locked"]


def test_who_puts_it_before_the_colon_is_he_who_said_it():
    found = read_one("A guard on another shift put it differently: the pump had been faulty for weeks, he said.")
    assert found.source_mention.text == "A guard on another shift"


def test_people_looked_for_are_people():
    found = read("We are looking for people who knew where to step, Ada Brin said.")
    assert {a.source_mention.text for a in found} == {"people", "Ada Brin"}


def test_a_quotation_that_runs_over_paragraphs_loses_no_letter():
    text = 'Ada Brin said: "The river rose at noon.\n\n"Our patrol reports that the bridge was gone by one."'
    assert all(not a.source_mention.text.startswith("ur ") for a in read(text))


def test_the_councillor_is_not_the_inspector():
    text = "Councillor Rhea Coll told the Courier that she was tired. The inspector said that the log was lost."
    assert read_chain(text, "the log was lost")[-1] == "The inspector"


def test_the_blog_is_the_blog_named_before():
    text = (
        "Four boats were lost, the website Harbour Notes reported on Friday. "
        "The blog said that a fifth boat was missing, and gave no reason."
    )
    assert read_chain(text, "fifth boat")[-1] == "Harbour Notes"


def test_who_is_quoted_before_a_semicolon_does_not_speak_after_it():
    text = "Quay Wire, quoting a pilot, had four boats lost; Fen News said on Friday that one had sunk."
    assert read_chain(text, "one had sunk") == ["Varnel Courier", "Fen News"]


def test_a_museum_is_no_person():
    text = "The Ostmark Museum was shut. It had no guard, he said, on Sunday night."
    assert all("Museum" not in a.source_mention.text for a in read(text))


GERMAN = [
    ('„Das Tor war zu", sagte Direktorin Ada Brin.', "Ada Brin"),
    ("Das Tor war zu, sagte Kommissar Odo Kranz der Agentur.", "Odo Kranz"),
]


@pytest.mark.parametrize(("text", "name"), GERMAN)
def test_a_german_office_is_no_part_of_a_name(text, name):
    assert read_chain(text, "Das Tor war zu", language="de")[-1] == name


def test_a_german_quotation_may_end_in_a_straight_mark():
    found = read_one('„Das Tor war zu", sagte Ada Brin. Mehr wusste sie nicht.', language="de")
    assert found.content.text == "Das Tor war zu"


def test_a_german_source_ends_before_its_verb():
    text = "Nach Angaben der Versicherung liegt der Schaden bei neun Millionen Kronen."
    assert read_one(text, language="de").source_mention.text == "Versicherung"


def test_a_german_title_in_quotation_marks_is_the_whole_source():
    text = 'Die Schleuse war nach einem Bericht des „Quay Herald" am Abend geschlossen.'
    assert read_chain(text, "Die Schleuse", language="de")[-1] == "Quay Herald"


def test_french_inversion_names_its_pronoun():
    text = "« Le quai est vide », explique-t-elle."
    assert read_one(text, language="fr").source_mention.text == "elle"


def test_a_french_speaker_may_follow_whom_she_told():
    text = "« Le quai est vide », a déclaré au Fanal une porte-parole du ministère de la Mer, Ada Brin."
    assert read_chain(text, "Le quai est vide", language="fr")[-1] == "Ada Brin"


@pytest.mark.parametrize("name", ["Porter", "Richter", "Graf"])
def test_a_surname_that_is_also_a_trade_stays_a_surname(name):
    text = f"Ada {name} wrote that the quay was empty. The boats, according to {name}, had left at noon."
    assert read_chain(text, "The boats")[-1] == f"Ada {name}"


def test_who_had_passed_the_camp_is_the_herder_and_not_the_camp():
    found = read_one("A herder who had passed the camp said that the wells were dry.")
    assert found.source_mention.text == "A herder who had passed the camp"
    assert read_one("A man who knew the guard said the wells were dry.").source_mention.text.startswith("A man")
