"""Does the map draw a place as precisely as it is known, and never a way between two?"""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from firsthand.model import Place, PlaceKind
from firsthand.views.map import Mark, Window, draw_map, fit_window, move_window
from firsthand.views.outlines import load_outlines

SIZE = (824.0, 580.0)
SVG = "{http://www.w3.org/2000/svg}"


def make_place(kind: PlaceKind, **told) -> Place:
    facts = {"name": "Somewhere", "latitude": 18.0, "longitude": 9.0, "radius_km": 100.0, "country": "NE"} | told
    return Place(kind=kind, **facts)


def draw(*places: Place, sure: bool = True, label: str = "Somewhere"):
    marks = [Mark(number=n, label=label, place=one, sure=sure, href=f"#place-{n}") for n, one in enumerate(places, 1)]
    return draw_map(marks, SIZE)


def test_a_town_is_a_dot_and_an_area_an_area():
    town, region, country, part = (
        draw(make_place(PlaceKind.TOWN)),
        draw(make_place(PlaceKind.REGION)),
        draw(make_place(PlaceKind.COUNTRY)),
        draw(make_place(PlaceKind.PART, side=(1, 0))),
    )
    assert 'class="town sure"' in town
    assert 'class="area' not in town
    assert "<ellipse" in region
    assert "<ellipse" not in country
    assert 'class="area sure"' in country
    assert "clip-path" in part.split('class="area sure"')[1]


def test_the_circle_of_a_region_is_as_large_as_the_scale_bar_says():
    drawn = draw(make_place(PlaceKind.REGION, radius_km=100.0))
    radius = float(re.search(r'rx="([\d.]+)"', drawn)[1])
    bar = re.search(r"M([\d.]+) [\d.]+v8M[\d.]+ [\d.]+H([\d.]+)", drawn)
    km = int(re.sub(r"\D", "", re.search(r">([\d\u202f]+)\u00a0km<", drawn)[1]))
    assert radius / 100 == pytest.approx((float(bar[2]) - float(bar[1])) / km, rel=0.02)


def test_a_region_as_wide_as_a_continent_is_a_line_alone():
    assert "broad" in draw(make_place(PlaceKind.REGION, radius_km=2000.0))


def test_what_may_be_meant_says_so_in_words_and_in_line():
    drawn = draw(make_place(PlaceKind.TOWN), sure=False)
    assert 'class="town unsure"' in drawn
    assert "Somewhere?" in drawn


def test_no_line_joins_two_places():
    one, two = make_place(PlaceKind.TOWN), make_place(PlaceKind.TOWN, latitude=22.0, longitude=13.0)
    tree = ElementTree.fromstring(draw(one, two))
    lines = [one.get("class") for one in tree.iter(f"{SVG}line")]
    assert set(lines) == {"graticule"}
    paths = {one.get("class") for one in tree.iter(f"{SVG}path")}
    assert paths == {"land", "whisker"}


def test_all_places_lie_in_the_window_fitted_to_them():
    places = [make_place(PlaceKind.TOWN, latitude=lat, longitude=lon) for lat, lon in ((31, 20), (-4, 55), (16, -9))]
    window = fit_window(places, 1.4)
    for one in places:
        assert window.west < one.longitude < window.east
        assert window.south < one.latitude < window.north


def test_labels_of_one_spot_do_not_lie_on_one_another():
    drawn = draw(*(make_place(PlaceKind.TOWN) for _ in range(5)))
    labels = [one for one in ElementTree.fromstring(drawn).iter(f"{SVG}text") if one.get("class") == "strong halo"]
    assert len({(one.get("x"), one.get("y")) for one in labels}) == 5


def test_a_hostile_label_stays_text():
    drawn = draw(make_place(PlaceKind.TOWN), label="<script>x</script>")
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn


def test_moving_there_and_back_is_standing_still():
    window = fit_window([make_place(PlaceKind.TOWN)], 1.4)
    back = move_window(move_window(window, 0.3, 0.0, 1.6), -0.3 * 1.6, 0.0, 1 / 1.6)
    assert (back.west, back.north) == (pytest.approx(window.west), pytest.approx(window.north))


def test_no_move_leaves_the_earth_or_turns_the_map_inside_out():
    window = Window(west=-10.0, south=10.0, east=10.0, north=24.0)
    for _ in range(40):
        window = move_window(window, 0.5, 0.5, 1.7)
        assert window.east > window.west
        assert window.north > window.south
        assert window.north <= 85.01
        assert window.east <= 180.01


def test_neighbours_share_their_border_and_every_country_has_rings():
    outlines = load_outlines()
    by_code = {one.code: {point for ring in one.rings for point in ring} for one in outlines if one.code}
    assert len(by_code["LY"] & by_code["TD"]) > 2
    assert all(one.rings for one in outlines)
    assert len(outlines) > 200


def test_an_empty_map_is_the_world():
    tree = ElementTree.fromstring(draw_map([], SIZE))
    assert len(list(tree.iter(f"{SVG}path"))) > 150
