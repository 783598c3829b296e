import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.claims.numbers import find_numbers


def values(text: str) -> list[float]:
    return [number.value for number in find_numbers(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fourteen lorries", [14]),
        ("vierzehn Lastwagen", [14]),
        ("quatorze camions", [14]),
        ("catorce camiones", [14]),
        ("three hundred and six goats", [306]),
        ("dreihundertsechs Ziegen", [306]),
        ("zweiundsiebzigtausendeinhundertvier Stimmen", [72104]),
        ("quatre-vingt-dix-sept navires", [97]),
        ("soixante et onze bateaux", [71]),
        ("treinta y dos barcos", [32]),
        ("trois cent mille litres", [300000]),
        ("two million", [2000000]),
        ("2.5 million", [2500000]),
        ("12,300 and 12.300 and 12 300", [12300, 12300, 12300]),
    ],
)
def test_numbers_in_words_and_digits_are_one(text: str, expected: list[float]) -> None:
    assert values(text) == expected


def test_two_numbers_joined_by_and_stay_two() -> None:
    assert values("three dead and eleven hurt, two and two") == [3, 11, 2, 2]


def test_the_digits_of_a_name_are_no_number() -> None:
    assert values("a KX-7 launcher and an R2 valve") == []


def test_a_share_is_not_a_hundred() -> None:
    assert values("forty per cent") == [40]


@given(st.text(max_size=200))
def test_numbers_of_any_text_stand_inside_it_in_order(text: str) -> None:
    ends = [0]
    for number in find_numbers(text):
        assert ends[-1] <= number.start < number.end <= len(text)
        ends.append(number.end)
