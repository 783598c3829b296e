import pytest

from attribution.pages import make_report
from firsthand.attribution import find_attributions
from firsthand.attribution.names import is_short_for, make_key


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
