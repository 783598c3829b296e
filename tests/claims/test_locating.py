"""Are the places of claims gathered by place, and is a doubtful name left open?"""

from firsthand.claims import locate_places, name_reading
from firsthand.model import AttributionId, Claim, ClaimId, Slot


def make_claim(name: str, *slots: tuple[str, str]) -> Claim:
    return Claim(
        id=ClaimId(name),
        sentence=f"What {name} says.",
        slots=tuple(Slot(name=part, value=value, attribution=AttributionId(f"a-{name}")) for part, value in slots),
        attributions=(AttributionId(f"a-{name}"),),
    )


def test_two_spellings_of_one_place_are_one():
    (found,) = locate_places([make_claim("one", ("where", "Libya")), make_claim("two", ("where", "Libye"))])
    assert found.key == "libya"
    assert [one.claim for one in found.named] == ["one", "two"]


def test_two_halves_of_a_country_are_two_places():
    found = locate_places([make_claim("one", ("to", "northern Mali; southern Mali"))])
    assert [one.key for one in found] == ["n-mali", "s-mali"]
    assert all(one.named[0].part == "to" for one in found)


def test_a_depot_somewhere_in_a_country_is_not_the_country():
    found = locate_places([make_claim("one", ("from", "Libyan depots"), ("where", "Libya"))])
    assert [one.key for one in found] == ["libyan-depots", "libya"]


def test_a_doubtful_name_keeps_all_readings_the_likelier_first():
    plain = locate_places([make_claim("one", ("where", "Tripoli"))])[0]
    near = locate_places([make_claim("one", ("where", "Tripoli"), ("from", "Lebanon"))])[0]
    assert [one.country for one in plain.readings] == ["LY", "LB"]
    assert [one.country for one in near.readings] == ["LB", "LY"]


def test_a_country_named_in_the_same_claim_says_more_than_one_named_elsewhere():
    claims = [
        make_claim("one", ("where", "Tripoli"), ("from", "Lebanon")),
        make_claim("two", ("where", "Libya")),
        make_claim("three", ("where", "Libya")),
    ]
    assert locate_places(claims)[0].readings[0].country == "LB"


def test_each_reading_of_a_name_is_called_something_else():
    (found,) = locate_places([make_claim("one", ("where", "San José"))])
    names = [name_reading(one, found.readings) for one in found.readings]
    assert len(set(names)) == len(names) > 2
    assert "US" in names


def test_what_is_in_no_list_is_kept_without_a_reading():
    (found,) = locate_places([make_claim("one", ("where", "desert"), ("when", "Friday"))])
    assert (found.words, found.readings) == ("desert", ())


def test_a_name_of_signs_alone_breaks_nothing():
    (found,) = locate_places([make_claim("one", ("where", "«†»"))])
    assert found.readings == ()
