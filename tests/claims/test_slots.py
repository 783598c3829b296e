import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.claims.slots import find_details


def read(text: str, slot: str) -> list[str]:
    return [text[detail.start : detail.end] for detail in find_details(text) if detail.slot == slot]


ROUTE = "eight truckloads of rifles from southern Ardal had gone through Tesk and Bolu before ending up in northern Orm"


def test_a_route_is_read_in_full() -> None:
    assert read(ROUTE, "how many") == ["eight truckloads"]
    assert read(ROUTE, "from") == ["southern Ardal"]
    assert read(ROUTE, "via") == ["Tesk", "Bolu"]
    assert read(ROUTE, "to") == ["northern Orm"]
    assert read(ROUTE, "what") == ["truckloads", "rifles"]


@pytest.mark.parametrize(
    ("text", "slot", "expected"),
    [
        ("acht Lastwagen seien aus Ardal über Tesk nach Nordmali gefahren", "from", ["Ardal"]),
        ("acht Lastwagen seien aus Ardal über Tesk nach Nordmali gefahren", "via", ["Tesk"]),
        ("acht Lastwagen seien aus Ardal über Tesk nach Nordmali gefahren", "to", ["Nordmali"]),
        ("huit camions sont partis depuis Ardal vers le nord du Niger", "to", ["nord du Niger"]),
        ("ocho camiones salieron desde Ardal hacia Orm", "to", ["Orm"]),
        ("the group seized missiles in Ardal and took them to Orm", "from", ["Ardal"]),
        ("crates taken from flooded depots in Ardal", "from", ["flooded depots in Ardal"]),
        ("crates of rifles taken from army stocks in Ardal", "from", ["Ardal"]),
        ("the trucks had crossed Tesk and then Bolu", "via", ["Tesk", "Bolu"]),
        ("elle est née à Velmar", "where", ["Velmar"]),
        ("he had bought a Vickers gun", "where", []),
        ("see https://orm.example/2031/04 for the 12 names", "how many", ["12 names"]),
        ("nothing was taken from Velmar Savings Bank", "from", []),
        ("ordonné par l'Inspection", "via", []),
        ("one man saw one of them", "how many", []),
        ("a fire broke out in the port of Velmar", "where", ["port of Velmar"]),
        ("the men met at the fish market", "where", ["fish market"]),
        ("the ferry sank on Tuesday near Velmar", "when", ["Tuesday"]),
        ("raids were made in July 2030 and on 4 May 2031", "when", ["July 2030", "4 May 2031"]),
        ("la presse a parlé du 3 juin 2031", "when", ["3 juin 2031"]),
        ("the lights failed at 17.40", "when", ["17.40"]),
        ("the clerk left at twenty past six", "when", ["twenty past six"]),
        ("the depot was looted by Orman militiamen on Friday", "who", ["Orman militiamen"]),
        ("Captain Ulla Brandt had sold the rifles", "who", ["Captain Ulla Brandt"]),
        ("he had sold the rifles", "who", []),
        ("about 90 litres of solvent were lost", "how many", ["about 90 litres"]),
        ("Circular 7 was withdrawn", "how many", []),
    ],
)
def test_details_fill_their_slots(text: str, slot: str, expected: list[str]) -> None:
    assert read(text, slot) == expected


def test_a_day_of_the_week_is_no_place_and_a_year_no_quantity() -> None:
    text = "from Monday the depot in Velmar will be shut, as in 2030"
    assert read(text, "from") == []
    assert read(text, "how many") == []
    assert read(text, "when") == ["Monday", "2030"]


def test_a_place_in_the_name_of_a_group_is_not_where_it_happened() -> None:
    assert read("the League of Porters in Velmar (LPV) had bought rifles", "where") == []
    assert read("a letter of al-Salam in the Upper Orm was sent", "where") == []


SOUP = st.lists(
    st.sampled_from(
        [
            "at",
            "nine",
            "o",
            "from",
            "the",
            "northern",
            "Orm",
            "port",
            "of",
            "and",
            "then",
            ",",
            "14",
            "May",
            "2030",
            "was",
        ]
        + [
            "taken",
            "by",
            "Ulla",
            "(",
            "UWA",
            ")",
            "rifles",
            "SA-7",
            "in",
            "to",
            "via",
            "Tuesday",
            "half",
            "past",
            "litres",
        ]
    ),
    max_size=25,
).map(" ".join)


@given(st.text(max_size=300) | SOUP)
def test_details_of_any_text_stand_inside_it(text: str) -> None:
    assert all(0 <= detail.start < detail.end <= len(text) for detail in find_details(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rockets had left Tesk for the first time", [("for the first time", "first")]),
        ("it was not the first time that the wall had failed", [("not the first time", "again")]),
        ("the pump failed again", [("again", "again")]),
        ("der Damm sei zum ersten Mal gebrochen", [("zum ersten Mal", "first")]),
        ("la digue a cédé de nouveau", [("de nouveau", "again")]),
        ("the first bus left at nine", []),
    ],
)
def test_first_or_again_is_a_detail(text: str, expected: list[tuple[str, str]]) -> None:
    found = [detail for detail in find_details(text) if detail.slot == "first or again"]
    assert [(text[d.start : d.end], next(iter(d.facts))[1]) for d in found] == expected
