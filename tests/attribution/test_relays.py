"""Who stands between a source and the report, and what does a source without a name let on?"""

import pytest

from attribution.pages import read, read_chain
from firsthand.model import SourceKind

RELAYS = [
    ("Mara Oduya told state television on Monday that the dam broke.", ["state television", "Mara Oduya"]),
    ("Mara Oduya told Radio Kessa that the dam broke.", ["Radio Kessa", "Mara Oduya"]),
    ("The state broadcaster, KTV, quoted Mara Oduya as saying that the dam broke.", ["KTV", "Mara Oduya"]),
    ("Mara Oduya said through an aide that the dam broke.", ["an aide", "Mara Oduya"]),
    ("Mara Oduya wrote in the Evening Courant last week that the dam broke.", ["Evening Courant", "Mara Oduya"]),
]


@pytest.mark.parametrize(("text", "chain"), RELAYS)
def test_an_outlet_or_a_mouthpiece_is_a_relay(text, chain):
    assert read_chain(text, "the dam broke")[1:] == chain


def test_an_official_quoted_by_an_agency_comes_through_it():
    text = "A harbour official quoted by the Marrel agency confirmed that the dam broke."
    assert read_chain(text, "the dam broke")[1] == "Marrel agency"


def test_who_wants_no_name_is_not_quoted_by_a_name():
    text = "A harbour official, preferring not to be quoted by name, conceded that the dam broke."
    assert len(read_chain(text, "the dam broke")) == 2


def test_what_a_named_source_told_an_outlet_ends_with_the_paragraph():
    text = 'Mara Oduya told Radio Kessa that the dam broke.\n\n"It was loud," Oduya said at the gate.'
    assert read_chain(text, "the dam broke")[1:] == ["Radio Kessa", "Mara Oduya"]
    assert read_chain(text, "It was loud")[1:] == ["Mara Oduya"]


def test_a_person_is_no_relay_of_what_is_said_elsewhere():
    text = 'Bo Lind said that Mara Oduya had promised that the road would open. "It will," Oduya said.'
    assert read_chain(text, "It will")[1:] == ["Mara Oduya"]


@pytest.mark.parametrize("who", ["Survivors", "Lobbyists", "Somebody at the gate", "Both", "The woman"])
def test_people_without_a_name_are_unnamed(who):
    found = read(f"{who} said that the dam broke.")
    assert found[0].source_kind is SourceKind.UNNAMED


def test_a_surname_at_the_start_of_a_sentence_is_a_name():
    found = read("The mayor, Tilda Masters, came. Masters said that the dam broke.")
    assert found[-1].source_kind is SourceKind.NAMED


def test_one_of_them_goes_by_the_words_of_those_he_is_one_of():
    found = read("Two aides who were at the dam said that it broke. One said that the road was shut.")
    assert (found[-1].source_mention.text, found[-1].source_kind) == ("One", SourceKind.UNNAMED)
    assert found[-1].source != found[0].source


def test_the_next_sentence_may_say_why_there_is_no_name():
    found = read("Two aides said that the dam broke. Both asked not to be named for fear of the mayor.")
    assert found[0].anonymity == "Both asked not to be named for fear of the mayor"


def test_an_excuse_before_the_words_of_saying_is_the_reason_whatever_it_says():
    found = read("A storekeeper, because his pension comes from the same office, said that the dam broke.")
    assert found[0].anonymity == "because his pension comes from the same office"


RELAYED = [
    (
        "A draft letter, obtained by the weekly Brill, says that the talks had failed.",
        "the talks had failed",
        ["Varnel Courier", "Brill", "A draft letter"],
    ),
    (
        "According to an email of 4 March in which an adviser says that the firm is sound, the money was paid.",
        "the firm is sound",
        ["Varnel Courier", "an email of 4 March", "an adviser"],
    ),
    (
        "Two aides denied it to Agence Brill: “The colonel seeks nothing.”",
        "The colonel seeks nothing",
        ["Varnel Courier", "Agence Brill", "Two aides"],
    ),
    (
        "A sailor told her union, which told us, that the crew had refused to sail.",
        "the crew had refused to sail",
        ["Varnel Courier", "her union", "A sailor"],
    ),
    (
        "The harbour was left open, according to a secret inquiry published in part on Monday by the magazine Brill.",
        "The harbour was left open",
        ["Varnel Courier", "Brill", "a secret inquiry published in part"],
    ),
    (
        "A letter from the crew, which the news site Brill printed in full, said that the pumps had failed.",
        "the pumps had failed",
        ["Varnel Courier", "Brill", "A letter from the crew, which the news site Brill printed in full"],
    ),
    (
        "The Lorn Gazette's defence editor, Ada Stroud, argues that the letter was meant for one reader.",
        "the letter was meant for one reader",
        ["Varnel Courier", "Lorn Gazette", "Ada Stroud"],
    ),
    (
        "A deckhand was told by the mate that the pumps had failed.",
        "the pumps had failed",
        ["Varnel Courier", "A deckhand", "the mate"],
    ),
    (
        "Police said the driver, Ada Stroud, 29, told officers she was minding the coal.",
        "she was minding the coal",
        ["Varnel Courier", "Police", "Ada Stroud"],
    ),
]


@pytest.mark.parametrize(("text", "content", "chain"), RELAYED)
def test_who_passed_it_on_is_a_link(text, content, chain):
    assert read_chain(text, content) == chain


def test_those_who_were_told_in_public_pass_nothing_on():
    assert read_chain("Reporters were told by the mate that the pumps had failed.", "the pumps")[1:] == ["the mate"]


def test_a_clause_of_its_own_is_nobody_elses_words():
    text = "The ministry says the bridge will open in May; residents say that it will be later."
    assert read_chain(text, "it will be later") == ["Varnel Courier", "residents"]


def test_documents_seen_by_the_paper_itself_have_no_relay():
    assert read_chain("Letters obtained by the Courier show that the firm was paid.", "the firm was paid")[1:] == [
        "Letters obtained by the Courier"
    ]


def test_a_chain_that_a_noun_carries_stands_against_the_field():
    text = (
        "The first is a Lowe report citing an unnamed Varnel customs official that eight truckloads of coal from "
        "Eastern Varnel had traveled through Ada and Brin to northern Orlo, where the cargo was handed to the company."
    )
    assert read_chain(text, "eight truckloads")[1:] == ["Lowe", "an unnamed Varnel customs official"]
