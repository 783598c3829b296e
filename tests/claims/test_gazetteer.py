"""Is a name looked up as precisely as it is said, and never as one place where it may be two?"""

import pytest

from firsthand.claims.gazetteer import find_readings
from firsthand.model import PlaceKind


def read(words: str) -> list[tuple[str, str, str]]:
    return [(one.name, one.kind.value, one.country) for one in find_readings(words)]


@pytest.mark.parametrize(
    ("words", "name", "kind", "country"),
    [
        ("Chad", "Chad", PlaceKind.COUNTRY, "TD"),
        ("the United States", "United States", PlaceKind.COUNTRY, "US"),
        ("la Libye", "Libya", PlaceKind.COUNTRY, "LY"),
        ("Libyan depots", "Libya", PlaceKind.COUNTRY, "LY"),
        ("algerische Grenze", "Algeria", PlaceKind.COUNTRY, "DZ"),
        ("northern Mali", "Mali", PlaceKind.PART, "ML"),
        ("Nordmali", "Mali", PlaceKind.PART, "ML"),
        ("Nord-Mali", "Mali", PlaceKind.PART, "ML"),
        ("le nord du Mali", "Mali", PlaceKind.PART, "ML"),
        ("Timétrine", "Timetrine", PlaceKind.REGION, ""),
        ("the Ténéré", "Tenere", PlaceKind.REGION, ""),
        ("Agadez", "Agadez", PlaceKind.TOWN, "NE"),
        ("New York", "New York", PlaceKind.TOWN, "US"),
    ],
)
def test_a_name_is_the_place_it_says(words, name, kind, country):
    (found,) = find_readings(words)
    assert (found.name, found.kind, found.country) == (name, kind, country)


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("northern Niger", (1, 0)),
        ("south-eastern Niger", (-1, 1)),
        ("western Niger", (0, -1)),
        ("l'ouest du Niger", (0, -1)),
        ("Westniger", (0, -1)),
        ("southern Niger", (-1, 0)),
        ("östliches Niger", (0, 0)),
    ],
)
def test_a_part_of_a_country_lies_on_its_side(words, side):
    found = [one.side for one in find_readings(words)]
    assert found in ([side], []), "what is not understood is not placed"
    if any(side):
        assert found == [side]


def test_a_name_that_two_places_bear_has_two_readings():
    assert [one[2] for one in read("Tripoli")] == ["LY", "LB"]
    assert {one[2] for one in read("Georgia")} == {"GE", "US"}
    assert len(read("Congo")) == 2


@pytest.mark.parametrize("words", ["desert", "the front line", "shores", "", "the capital", "old depots", "Quixarth"])
def test_what_is_no_name_or_not_listed_is_nowhere(words):
    assert read(words) == []


def test_a_region_whose_name_holds_a_side_is_not_cut():
    assert read("North Africa") == [("North Africa", "region", "")]
    assert [one[0] for one in read("South Sudan")] == ["South Sudan"]
