import pytest

from attribution.pages import read, read_one
from firsthand.model import ContentKind

DIRECT = [
    ('Mara Oduya said, "The dam is going to hold."', "The dam is going to hold"),
    ('"The dam is going to hold," Mara Oduya said.', "The dam is going to hold"),
    ('"The dam is going to hold," said Mara Oduya.', "The dam is going to hold"),
    ("“The dam is going to hold,” said Mara Oduya, the chief engineer.", "The dam is going to hold"),
    ('Mara Oduya: "The dam is going to hold."', "The dam is going to hold"),
]


@pytest.mark.parametrize(("text", "content"), DIRECT)
def test_a_quotation_is_found_on_either_side_of_its_speaker(text, content):
    found = read_one(text)
    assert found.content.text == content
    assert found.source_mention.text.startswith("Mara Oduya")
    assert found.content_kind is ContentKind.DIRECT


INDIRECT = [
    "Mara Oduya said that the dam would hold.",
    "Mara Oduya said the dam would hold.",
    "The dam would hold, Mara Oduya said on Monday.",
    "The dam would hold, said Mara Oduya, the chief engineer.",
    "The dam would hold, according to Mara Oduya.",
    "According to Mara Oduya, the dam would hold.",
    "Mara Oduya, the chief engineer, told reporters that the dam would hold.",
    "As Mara Oduya said this morning, the dam would hold.",
    "Mara Oduya told the Courier the dam would hold.",
]


@pytest.mark.parametrize("text", INDIRECT)
def test_an_indirect_saying_is_found_in_every_order(text):
    found = read_one(text)
    assert found.content.text.lower() == "the dam would hold"
    assert "Mara Oduya" in found.source_mention.text
    assert found.content_kind is ContentKind.INDIRECT


def test_an_interrupted_saying_keeps_both_pieces():
    found = read_one('"The dam," said Mara Oduya, "is going to hold."')
    assert found.content.text == "The dam is going to hold"
    assert len(found.content.spans) == 2


def test_a_quotation_broken_by_its_speaker_is_one_saying_in_two_pieces():
    found = read_one('"The dam is going to hold for another year," Mara Oduya said. "We looked at it."')
    assert found.content.text == "The dam is going to hold for another year We looked at it"
    assert len(found.content.spans) == 2


def test_a_second_piece_as_long_as_the_first_is_a_saying_of_its_own():
    found = read('"The dam will hold," Mara Oduya said. "We looked at it for nine hours. Nothing moved."')
    assert [a.content.text for a in found] == ["The dam will hold", "We looked at it for nine hours. Nothing moved"]
    assert {a.source for a in found} == {found[0].source}


def test_and_that_is_why_belongs_to_nobody_elses_words():
    found = read("The ministry said that the dam had moved, and that is where I stopped reading.")
    assert found[0].content.text == "the dam had moved"


def test_what_accords_with_a_log_begins_after_its_comma():
    found = read_one("According to the log of the watch, a barge crossed the bar at nine, and turned back.")
    assert found.source_mention.text == "the log of the watch"
    assert found.content.text == "a barge crossed the bar at nine, and turned back"


def test_an_order_is_attributed_with_what_it_orders():
    found = read("A leaflet says that the Water Board has ordered all pumps shut because oil was found in them.")
    order = next(a for a in found if a.cue.text == "has ordered")
    assert order.content.text.startswith("all pumps shut")
    assert len(order.chain) == 3


def test_shouting_for_something_is_no_clause():
    found = read("The boy told Mara Oduya that the sergeant had shouted for one round, and that it went off.")
    assert {a.cue.text for a in found} == {"told"}


def test_a_denial_has_negative_polarity():
    found = read_one("The ministry denied that any truck had left the depot.")
    assert found.polarity == -1
    assert found.content.text == "any truck had left the depot"


def test_a_rejected_suggestion_is_denied_by_who_rejects_it():
    found = read_one("The company rejects any suggestion that the pumps had stopped.")
    assert found.polarity == -1
    assert "the pumps had stopped" in found.content.text
    assert found.source_mention.text == "The company"


def test_this_points_back_to_what_was_said_before():
    found = read("Two sites repeat the claim that a well was poisoned. The Ministry rejects this flatly.")
    denial = next(a for a in found if a.polarity == -1)
    assert "a well was poisoned" in denial.content.text


def test_two_things_said_are_two_contents():
    found = read("Ivo Brandt told the Courier that the lamps were out and that he had fallen.")
    assert [a.content.text for a in found][:2] == ["the lamps were out", "he had fallen"]


def test_testimony_carries_its_clause():
    found = read("The vote followed Adm. Ruth Sule's testimony last week that two boats had been seen off the cape.")
    assert [(a.source_mention.text, a.content.text) for a in found] == [
        ("Adm. Ruth Sule's", "two boats had been seen off the cape")
    ]


CLAIMED = [
    ("The army's claim that the depot was empty is not supported by the ledgers.", "the depot was empty"),
    ("Ada Stroud's testimony that the depot was looted had little effect.", "the depot was looted"),
    ("The army's claim that the depot seized in May was empty is a lie.", "the depot seized in May was empty"),
    ("Ada Stroud repeated her claim that men who came late were paid.", "men who came late were paid"),
]


@pytest.mark.parametrize(("text", "content"), CLAIMED)
def test_what_a_noun_carries_ends_where_the_sentence_goes_on(text, content):
    assert content in [a.content.text for a in read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The report into that fire was delayed, then lost.",
        "From all reports that I have seen, the yard was well prepared.",
        "It is an argument that has little to do with coal.",
    ],
)
def test_that_may_belong_to_the_noun_itself(text):
    assert not [a for a in read(text) if a.reason.rule == "noun"]


def test_what_was_said_in_a_clause_about_the_speaker_ends_with_the_clause():
    text = "Ada Stroud, who wrote in May that the depot held two hundred tubes, has not been heard since."
    assert read_one(text).content.text == "the depot held two hundred tubes"


def test_a_name_somebody_goes_by_is_not_what_he_said():
    found = read("“Sol,” a 28-year-old teacher, said an officer accused the crew of feeding the rebels.")
    assert "Sol" not in [a.content.text for a in found]


def test_an_owner_is_known_by_the_name_without_its_ending():
    first, second = read("The army said that the depot was shut. The army's claim that it was empty is a lie.")
    assert first.source == second.source


def test_hedging_words_are_weighed():
    assert read_one("The fleet reportedly left, Mara Oduya said.").hedge >= 0.5
    assert read_one("The fleet may leave, Mara Oduya said.").hedge == pytest.approx(0.4)
    assert read_one("The fleet left, Mara Oduya said.").hedge == 0.0


def test_hearsay_names_nobody():
    found = read_one("The barge is thought to have carried forty tonnes.")
    assert found.source_mention.text == ""
    assert found.hedge >= 0.5


def test_the_passive_names_its_speaker_after_by():
    found = read_one("The closure of the mine has been confirmed by the Ministry of Works.")
    assert (found.source_mention.text, found.content.text) == ("the Ministry of Works", "The closure of the mine")


def test_plain_narrative_is_no_attribution():
    assert read("The river rose two metres in the night. Three bridges were shut and the trains stopped.") == ()


def test_what_was_not_said_is_not_attributed():
    assert read("The company did not say that anyone had been hurt.") == ()


def test_a_transcript_names_its_speakers():
    text = (
        "The CHAIR: State your name, please, for the record.\n\n"
        "Ms OKORO: I am the harbour pilot of the second shift.\n\n"
        "The CHAIR: Did you see it?\n\nMs OKORO: I passed one buoy on the reef, and then none."
    )
    found = [a for a in read(text, publisher="Parliament of Varnel") if "one buoy" in a.content.text]
    assert [a.source_mention.text for a in found] == ["Ms OKORO"]


LANGUAGES = [
    ("fr", "Le pont a cédé lundi, a affirmé le maire Luc Brenner.", "Le pont a cédé lundi", "le maire Luc Brenner"),
    ("fr", "Selon Luc Brenner, le pont a cédé lundi.", "le pont a cédé lundi", "Luc Brenner"),
    ("fr", "Luc Brenner a déclaré que le pont avait cédé.", "le pont avait cédé", "Luc Brenner"),
    ("fr", "La ministre dément que le pont ait cédé.", "le pont ait cédé", "La ministre"),
    (
        "de",
        "Die Brücke sei sicher, sagte der Bürgermeister Jan Holt.",
        "Die Brücke sei sicher",
        "der Bürgermeister Jan Holt",
    ),
    ("de", "Jan Holt erklärte, die Brücke sei sicher.", "die Brücke sei sicher", "Jan Holt"),
    ("de", "Laut Jan Holt ist die Brücke sicher.", "ist die Brücke sicher", "Jan Holt"),
    ("de", "Jan Holt sagte, dass die Brücke sicher sei.", "die Brücke sicher sei", "Jan Holt"),
    (
        "es",
        "El puente cayó el lunes, dijo la alcaldesa Rosa Marín.",
        "El puente cayó el lunes",
        "la alcaldesa Rosa Marín",
    ),
    ("es", "Según Rosa Marín, el puente cayó el lunes.", "el puente cayó el lunes", "Rosa Marín"),
]


@pytest.mark.parametrize(("language", "text", "content", "source"), LANGUAGES)
def test_other_languages_say_it_their_way(language, text, content, source):
    found = read_one(text, language=language)
    assert (found.content.text, found.source_mention.text) == (content, source)


def test_german_reported_speech_goes_on_in_the_subjunctive():
    found = read("Jan Holt erklärte, die Brücke sei sicher. Ein Anlass zur Sorge bestehe nicht.", language="de")
    assert found[-1].content.text == "Ein Anlass zur Sorge bestehe nicht"
    assert len({a.source for a in found}) == 1


def test_das_points_back_in_german():
    found = read("In Varnel sind zwei Fähren gesunken. Das berichtet die Agentur Brill.", language="de")
    assert [a.content.text for a in found] == ["In Varnel sind zwei Fähren gesunken"]
    assert found[0].source_mention.text == "die Agentur Brill"


PLACED = [
    ("“The dam must go.” ― Mara Oduya", "The dam must go", "Mara Oduya"),
    ("“The dam must go.” — John F. Holt (@holt) May 5, 2016", "The dam must go", "John F. Holt"),
    (
        'MARA ODUYA, CHIEF ENGINEER: "The dam is going to hold."',
        "The dam is going to hold",
        "MARA ODUYA, CHIEF ENGINEER",
    ),
    ("The engineer, Mara Oduya, was blunter: “It must go.”", "It must go", "The engineer, Mara Oduya"),
    ("He wrote:\n\n“The dam is going to hold.”", "The dam is going to hold", "He"),
    ("The Varnel Herald reports:\n\n“The dam holds for now.", "The dam holds for now", "The Varnel Herald"),
    ("Mara Oduya shrugged.\n\n“The dam is going to hold.”", "The dam is going to hold", "Mara Oduya"),
    ("Mara Oduya, 34, welder\n\n“I left the key next door.”", "I left the key next door", "Mara Oduya, 34, welder"),
]


@pytest.mark.parametrize(("text", "content", "source"), PLACED)
def test_the_place_of_a_quotation_tells_whose_it_is(text, content, source):
    found = read_one(text)
    assert (found.content.text, found.source_mention.text) == (content, source)


def test_a_quotation_of_its_own_paragraph_goes_to_the_last_to_speak_and_not_on_from_there():
    text = "Mara Oduya says the dam broke at noon.\n\n“I heard it from the hill.”\n\nThe road is shut.\n\n“Go slow.”"
    found = read(text)
    assert [(a.content.text, a.source_mention.text) for a in found[1:]] == [("I heard it from the hill", "Mara Oduya")]


INTERRUPTED = [
    ('"The dam holds," he said, but "when it rains we leave."', ["The dam holds", "when it rains we leave"]),
    (
        '"The dam holds," he said at a rally in Kenan, Varnel, "but not for long."',
        ["The dam holds", "but not for long"],
    ),
    ('"The dam holds," he said on Radio Varnel\'s "Hour of the Valley."', ["The dam holds"]),
    ('"The dam holds," he told reporters after a talk that was held in town.', ["The dam holds"]),
]


@pytest.mark.parametrize(("text", "pieces"), INTERRUPTED)
def test_what_stands_between_two_pieces_ends_no_quotation(text, pieces):
    found = read_one(text)
    assert [text[s:e].strip('".,') for s, e in found.content.spans] == pieces


NAMED = [
    (
        "“It holds,” Mara Oduya, the chief engineer of Varnel, one of the dams at risk, said.",
        "Mara Oduya, the chief engineer of Varnel, one of the dams at risk",
    ),
    (
        "Mara Oduya, president of the union, which speaks for miners, said that the dam holds.",
        "Mara Oduya, president of the union, which speaks for miners",
    ),
    (
        "“It holds,” said Mara Oduya, who ran the dam from 1995 to 1997, in the drought, and has stayed there since.",
        "Mara Oduya, who ran the dam from 1995 to 1997, in the drought, and has stayed there since",
    ),
    ("“It holds,” said Mara Oduya, who has four children.", "Mara Oduya, who has four children"),
    ("“It holds,” said an engineer, who was granted anonymity to speak.", "an engineer"),
    ("The former mayor and party chairman said that the dam holds.", "The former mayor and party chairman"),
    ("“It holds,” said John F. Holt, an engineer.", "John F. Holt, an engineer"),
    ("“It holds,” said Del. Mara Oduya.", "Del. Mara Oduya"),
]


@pytest.mark.parametrize(("text", "source"), NAMED)
def test_what_describes_a_speaker_is_part_of_the_source_and_why_it_has_no_name_is_not(text, source):
    assert read_one(text).source_mention.text == source


def test_a_transcript_in_quotation_marks_is_read_turn_by_turn():
    turns = [
        ("WALDEN", "Will the dam hold, and who says so?"),
        ("PERRY", "It will hold until the rains come."),
        ("WALDEN", "The engineers are not so sure of it."),
        ("PERRY", "Then let them come and see it."),
    ]
    text = "\n\n".join(f'"{name}: {words}' for name, words in turns)
    said = {(a.source_mention.text, a.content.text) for a in read(text)}
    assert said == {(name, words.rstrip(".")) for name, words in turns if not words.endswith("?")}
