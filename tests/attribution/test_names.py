from itertools import combinations

import pytest

from attribution.pages import make_report
from firsthand.attribution import find_attributions
from firsthand.attribution.cues import load_pack
from firsthand.attribution.who.mentions import describe_source
from firsthand.attribution.who.names import is_short_for, make_key, same_person_name
from firsthand.model import SourceKind


@pytest.mark.parametrize(
    "spelling", ["Gaddafi", "Qaddafi", "Gadhafi", "Kadhafi", "القذافي", "al-Qaddafi", "Col. Gaddafi"]
)
def test_one_name_has_one_key_in_every_spelling(spelling):
    assert make_key(spelling) == make_key("Gaddafi")


def test_a_son_is_not_his_father():
    assert make_key("Saif Qaddafi") == make_key("Seif Gaddafi")
    assert make_key("Saif Qaddafi") != make_key("Muammar Qaddafi")


def test_titles_accents_and_articles_are_no_part_of_a_name():
    assert make_key("Adm. José Brandt") == make_key("Jose Brandt")
    assert make_key("The Varnel Courier") == make_key("Varnel Courier")


def test_an_agency_is_known_by_its_own_word_and_its_letters():
    assert is_short_for("brill", "brill news agency")
    assert is_short_for("bna", "brill news agency")
    assert not is_short_for("news agency", "varnel courier")


def test_a_person_is_one_source_across_reports():
    one = make_report("The dam broke, Mara Oduya said.")
    two = make_report("Oduya said that the valley was dry.", publisher="Valley Herald")
    found, sources = find_attributions([one, two])
    assert {a.source for a in found} == {"s-mara-oduya"}
    assert {"Mara Oduya", "Oduya"} <= set(next(s.names for s in sources if s.id == "s-mara-oduya"))


def test_a_publisher_of_the_pile_is_known_by_its_short_name():
    one = make_report("The dam broke, the Courier reported.", publisher="Valley Herald")
    two = make_report("The river rose in the night.", publisher="The Varnel Courier")
    assert find_attributions([one, two])[0][0].source == "s-varnel-courier"


def test_unnamed_sources_of_two_reports_are_two():
    one = make_report("A senior official said that the dam broke.")
    two = make_report("A senior official said that the dam broke.", publisher="Valley Herald")
    assert len({a.source for a in find_attributions([one, two])[0]}) == 2


def test_unnamed_sources_of_one_relay_are_one():
    text = "A senior official told the Brill news agency that the dam broke."
    one, two = make_report(text), make_report(text, publisher="Valley Herald")
    assert len({a.source for a in find_attributions([one, two])[0]}) == 1


# Spellings under which one public figure goes in the press of different countries.
ONE_PERSON = (
    "Muammar Gaddafi | Moammar Qaddafi | Mouammar Kadhafi | Muammar Gadhafi | Moamer Khadafy | معمر القذافي",
    "Saif Qaddafi | Seif Gaddafi | Saif Gadhafi",
    "Mohammed Morsi | Muhammad Mursi | Mohamed Morsy | محمد مرسي",
    "Bashar al-Assad | Bachar el-Assad | Baschar al-Assad | Bashar Asad | بشار الأسد",
    "Osama bin Laden | Usama Ben Ladin | Oussama ben Laden | أسامة بن لادن",
    "Saddam Hussein | Saddam Husain | Sadam Hussain | Saddam Hossein | صدام حسين",
    "Abdel Fattah el-Sisi | Abdul Fattah al-Sisi | Abd al-Fattah al-Sisi | Abdelfattah Sissi",
    "Mohammed bin Salman | Muhammad bin Salman",
    "Idriss Déby | Idris Deby | Idriss Debi",
    "Mokhtar Belmokhtar | Mukhtar Belmukhtar | Moktar Belmoktar",
    "Vladimir Putin | Wladimir Putin | Владимир Путин",
    "Boris Yeltsin | Boris Jelzin | Boris Eltsin | Борис Ельцин",
    "Nikita Khrushchev | Nikita Chruschtschow | Никита Хрущёв",
    "Volodymyr Zelensky | Wolodymyr Selenskyj | Volodymyr Zelenskyy | Володимир Зеленський",
    "Sergei Lavrov | Sergey Lavrov | Sergej Lawrow | Сергей Лавров",
    "Alexei Navalny | Alexey Navalnyy | Alexej Nawalny | Алексей Навальный",
    "Kyriakos Mitsotakis | Κυριάκος Μητσοτάκης",
    "Alexis Tsipras | Αλέξης Τσίπρας",
    "George Papandreou | George Papandreu",
    "Angela Merkel | Dr Angela Merkel",
    "Gerhard Schröder | Gerhard Schroeder | Gerhard Schroder",
    "Jean-Claude Juncker | Jean Claude Juncker",
    "Ursula von der Leyen | Ursula Leyen",
    "Kim Jong-un | Kim Jong Un",
    "José Mourinho | Jose Mourinho",
    "Lech Wałęsa | Lech Walesa",
    "Ali Khamenei | Ali Chamenei | Aly Khamenei",
    "Hassan Rouhani | Hasan Ruhani",
    "Nouri al-Maliki | Nuri al-Maliki | Nouri el Maliki",
    "Yasser Arafat | Yassir Arafat | Jassir Arafat",
    "Ahmed Shafik | Ahmad Shafiq",
    "Khalifa Haftar | Chalifa Haftar | Khalifa Hafter",
    "Mohamed Ould Abdel Aziz | Mohammed Uld Abdelaziz | Mohamed ould Abd al-Aziz",
    "Mikhail Gorbachev | Michail Gorbatschow | Михаил Горбачёв",
)
# Names that are near one another and belong to two people.
TWO_PEOPLE = (
    "Saif Qaddafi | Muammar Qaddafi",
    "Saif Qaddafi | Aisha Gaddafi",
    "Mohammed Morsi | Mahmoud Morsi",
    "Mehmet Aksoy | Mohammed Aksoy",
    "Ahmet Demir | Mehmet Demir",
    "Hassan Nasrallah | Hussein Nasrallah",
    "Bashar al-Assad | Hafez al-Assad",
    "Bashar al-Assad | Rifaat al-Assad",
    "Omar Suleiman | Amr Suleiman",
    "Vladimir Putin | Lyudmila Putina",
    "Boris Yeltsin | Naina Yeltsina",
    "Angela Merkel | Angela Markov",
    "George Bush | Georgia Bush",
    "Bill Clinton | Hillary Clinton",
    "John Kerry | Teresa Kerry",
    "Kim Jong-un | Kim Jong-il",
    "Kim Jong-un | Kim Yo-jong",
    "Paul Miller | Paula Miller",
    "Mario Draghi | Maria Draghi",
    "Marina Silva | Marino Silva",
    "Jean Dupont | Jeanne Dupont",
    "Hosni Mubarak | Gamal Mubarak",
    "Ali Saleh | Ahmed Saleh",
    "Sergei Lavrov | Sergei Lvov",
    "Alexei Navalny | Oleg Navalny",
    "Karl Hansen | Karla Hansen",
    "Peter Stone | Petra Stone",
    "Anna Berg | Inna Berg",
    "Tom Baker | Tim Baker",
    "Dan Brown | Don Brown",
    "Said Khan | Sayed Khan",
    "Idriss Déby | Mahamat Déby",
    "Jan Novak | Ivan Novak",
    "Lida Korsh | Linda Korsh",
    "Mara Stein | Mara Steiner",
    "Rosa Lind | Rosa Lund",
    "Nadia Perot | Nadine Perot",
    "Ivo Stam | Ivo Stem",
)
SAME = [pair for line in ONE_PERSON for pair in combinations(line.split(" | "), 2)]
OTHER = [tuple(line.split(" | ")) for line in TWO_PEOPLE]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_name_are_one(one, other):
    assert same_person_name(one, other)
    assert same_person_name(other, one)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_names_of_two_people_are_two(one, other):
    assert not same_person_name(one, other)
    assert not same_person_name(other, one)


def test_the_table_of_names_is_large_enough_to_mean_something():
    assert len(SAME) + len(OTHER) >= 150


def test_people_are_not_one_because_their_surname_is():
    people = {line.split(" | ")[0] for line in ONE_PERSON}
    assert not [pair for pair in combinations(sorted(people), 2) if same_person_name(*pair)]


def test_a_person_spelled_two_ways_is_one_source_across_reports():
    one = make_report("The dam broke, Sergei Lavrov said.")
    two = make_report("The valley was dry, Sergej Lawrow said.", publisher="Valley Herald")
    three = make_report("The road was closed, Lawrow said.", publisher="Hill Post")
    found, sources = find_attributions([one, two, three])
    assert len({a.source for a in found}) == 1
    assert {"Sergei Lavrov", "Sergej Lawrow", "Lawrow"} <= set(
        next(s.names for s in sources if s.id == found[0].source)
    )


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("معمر القذافي said that the convoy had left the town.", "معمر القذافي", "s-muammar-gaddafi"),
        ("According to معمر القذافي, the convoy had left the town.", "معمر القذافي", "s-muammar-gaddafi"),
        ("The road is closed, Владимир Орлов told reporters.", "Владимир Орлов", "s-vladimir-orlov"),
    ],
)
def test_a_source_in_other_letters_is_named_and_keyed(text, name, key):
    found, sources = find_attributions([make_report(text)])
    assert [(a.source, a.source_kind) for a in found] == [(key, SourceKind.NAMED)]
    assert name in {n for s in sources for n in s.names}


def test_a_name_set_beside_a_person_from_somewhere_is_the_persons():
    whole = "A nurse from the valley, Mara Oduya"
    assert describe_source(whole, whole, load_pack("en")).name == "Mara Oduya"
    body = "A nurse from the agency, Harbour Lights"
    assert describe_source(body, body, load_pack("en")).name != "Harbour Lights"


def test_a_given_name_alone_is_the_one_person_met_who_bears_it():
    text = "The dam was old, said Mara Oduya, an engineer. Mara said that nobody came."
    assert {a.source for a in find_attributions([make_report(text)])[0]} == {"s-mara-oduya"}


def test_a_surname_in_capitals_after_an_office_is_a_person():
    text = "Councillor BRANDT asked whether the bell had been sold. He said that it was in the mill."
    found, sources = find_attributions([make_report(text, publisher="Town Council")])
    assert {a.source for a in found} == {"s-brandt"}
    assert [s.kind for s in sources if s.id == "s-brandt"] == [SourceKind.NAMED]


def test_nobody_goes_by_the_place_in_brackets_after_an_outlets_name():
    said = make_report("Lessania says that the gate was open.")
    outlet = make_report("The gate was shut, a guard said.", publisher="Radio Dale (Lessania)")
    found, _ = find_attributions([said, outlet])
    assert found[0].source != "s-radio-dale-lessania"


def test_an_outlet_goes_by_the_initials_in_brackets_after_its_name():
    said = make_report("BNA reported that the gate was open.")
    outlet = make_report("The gate was shut, a guard said.", publisher="Brill News Agency (BNA)")
    found, _ = find_attributions([said, outlet])
    assert found[0].source == "s-brill-news-agency-bna"


def test_a_record_names_who_holds_an_office_in_brackets():
    text = (
        "Dora Lind (Marsh East): How many gates have been opened at the dam?\n\n"
        "The Minister of Works (Sir Bo Brandt): The gates have been shut since the spring.\n\n"
        "Dora Lind: A letter went to him in May about the gates.\n\n"
        "Sir Bo Brandt: There has been no such letter in this house."
    )
    found, _ = find_attributions([make_report(text, publisher="Assembly Record")])
    assert {a.source for a in found} == {"s-dora-lind", "s-bo-brandt"}
