"""Is a date asked only where it can tell who had a text from whom?"""

from firsthand.archive.dating import doubt_dates, find_undatable
from reports import make_report

FIRST = "boats left harbour before dawn on Monday and nobody on quay saw smoke over island near lighthouse"
MORE = "later that evening two keepers rowed across sound with lanterns and found every cabin empty and cold"
OWN = "quite another crowd of seven farmers walked along muddy lanes towards market with baskets of green pears"


def make_family(**texts: str):
    return [make_report(text, id=name, publisher=name) for name, text in texts.items()]


def test_a_copy_of_the_first_may_be_dated():
    family = make_family(herald=f"{FIRST} {MORE}", post=FIRST)
    assert not find_undatable(family, {"post": "herald"})


def test_a_copy_of_a_copy_may_be_a_copy_of_what_came_before():
    family = make_family(herald=FIRST, post=FIRST, radio=FIRST)
    found = find_undatable(family, {"post": "herald", "radio": "post"})
    assert set(found) == {"radio"}


def test_words_that_a_third_holds_and_the_first_has_not_come_from_elsewhere():
    family = make_family(herald=FIRST, post=f"{FIRST} {MORE}", radio=f"{FIRST} {MORE}")
    assert set(find_undatable(family, {"post": "herald", "radio": "herald"})) == {"post", "radio"}


def test_words_of_its_own_leave_a_copy_datable():
    family = make_family(herald=FIRST, post=f"{FIRST} {OWN}", radio=FIRST)
    assert not find_undatable(family, {"post": "herald", "radio": "herald"})


def test_words_of_one_publishers_template_leave_its_copies_datable():
    family = make_family(herald=FIRST, post=f"{FIRST} {OWN}", again=f"{FIRST} {OWN}")
    family[2] = make_report(family[2].text, id="again", publisher="post")
    assert not find_undatable(family, {"post": "herald", "again": "herald"})


def test_a_first_date_is_doubted_where_others_are_credited_more():
    (first,) = make_family(herald=FIRST)
    assert not doubt_dates(first, {})
    assert not doubt_dates(first, {"herald": 2, "Skell Wire": 2})
    assert "Skell Wire" in doubt_dates(first, {"herald": 1, "Skell Wire": 2})
