import pytest

from claims.piles import make_pile
from firsthand.claims import gather_claims
from firsthand.claims.comparing import compare_facts, gather_facts
from firsthand.claims.slots import find_details


def compare(slot: str, one: str, other: str) -> str:
    return compare_facts(gather_facts(find_details(one), slot), gather_facts(find_details(other), slot))


@pytest.mark.parametrize(
    ("slot", "one", "other", "verdict"),
    [
        ("how many", "eight lorries left", "8 lorries left", "agrees"),
        ("how many", "eight lorries left", "acht Lastwagen fuhren", "agrees"),
        ("how many", "90 litres leaked", "90 gallons leaked", "differs"),
        ("how many", "90 litres leaked", "ninety litres leaked", "agrees"),
        ("how many", "three people died", "eleven people died", "differs"),
        ("how many", "three people died", "eleven people were injured", "more detail"),
        ("how many", "three people died", "three people died and eleven were injured", "more detail"),
        ("to", "they went to northern Orm", "they went to northern Tesk", "differs"),
        ("to", "they went to northern Orm", "they went to southern Orm", "differs"),
        ("to", "they went to northern Niger", "ils sont allés vers le nord du Niger", "agrees"),
        ("from", "they came from Libya", "they came from eastern Libya", "more detail"),
        ("from", "they came from Libya", "sie kamen aus Libyen", "agrees"),
        ("from", "they came out of Libyan depots", "sie kamen aus dem Osten Libyens", "more detail"),
        ("how many", "forty passengers were aboard", "vierzig Passagiere waren an Bord", "agrees"),
        ("who", "Ulla Brandt had sold the rifles", "Jonas Weil had sold the rifles", "differs"),
        ("who", "the UWA had sold the rifles", "the Union of Workers (UWA) had sold the rifles", "more detail"),
        ("who", "the UWA had sold the rifles", "Ulla Brandt had sold the rifles", "more detail"),
        ("who", "two fighters had sold the rifles", "the Orm League had sold the rifles", "more detail"),
        ("via", "it went through Tesk and Bolu", "it went via Bolu and Tesk", "agrees"),
        ("via", "it went through Tesk", "it went through Tesk and Bolu", "more detail"),
        ("when", "it sank on Tuesday", "il a coulé mardi", "agrees"),
        ("when", "it sank on Tuesday", "it sank on Friday", "differs"),
        ("when", "it sank in July 2030", "it sank on 4 July 2030", "more detail"),
        ("what", "the group bought missiles", "the group bought rifles", "differs"),
        ("what", "the group bought missiles", "the group bought missiles and rifles", "more detail"),
    ],
)
def test_details_side_by_side_have_their_verdict(slot: str, one: str, other: str, verdict: str) -> None:
    assert compare(slot, one, other) == verdict
    assert compare(slot, other, one) == verdict


def test_the_values_of_a_slot_are_laid_side_by_side_in_order_of_publication() -> None:
    reports, attributions = make_pile(
        ("gazette", "en", "minister", "eight lorries with stolen cement crossed the Orm border to northern Tesk"),
        ("herald", "en", "trader", "stolen cement crossed the Orm border in lorries to northern Bolu on Friday"),
    )
    (claim,) = gather_claims(reports[::-1], attributions[::-1], ())
    table = {row.slot: row for row in claim.discrepancies}
    assert [value for _, value in table["to"].values] == ["northern Tesk", "northern Bolu"]
    assert [attribution for attribution, _ in table["to"].values] == [a.id for a in attributions]
    assert table["to"].verdict == "differs"
    assert table["how many"].verdict == "only one says"
    assert table["when"].verdict == "only one says"


def test_a_detail_one_source_gives_in_two_reports_is_still_one_voice() -> None:
    reports, attributions = make_pile(
        ("gazette", "en", "minister", "eight lorries with stolen cement crossed the Orm border"),
        ("echo", "en", "minister", "eight lorries with stolen cement had crossed the Orm border"),
        ("herald", "en", "trader", "stolen cement crossed the Orm border in lorries"),
    )
    (claim,) = gather_claims(reports, attributions, ())
    assert {row.slot: row.verdict for row in claim.discrepancies}["how many"] == "only one says"


def test_a_number_distorted_on_the_way_from_one_source_differs() -> None:
    reports, attributions = make_pile(
        ("gazette", "en", "minister", "eight lorries with stolen cement crossed the Orm border"),
        ("echo", "en", "minister", "eighty lorries with stolen cement crossed the Orm border"),
        ("herald", "en", "trader", "stolen cement crossed the Orm border in lorries"),
    )
    (claim,) = gather_claims(reports, attributions, ())
    assert {row.slot: row.verdict for row in claim.discrepancies}["how many"] == "differs"
