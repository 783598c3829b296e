"""Does an attribution say that it is so, or that it is not?"""

import pytest

from firsthand.origins.stance import is_negated
from firsthand.origins.words import find_sentence


@pytest.mark.parametrize(
    "text",
    [
        "no order was given",
        "nobody has drowned",
        "the report is untrue",
        "Ein Befehl sei nicht erteilt worden",
        "aucun ordre n'a été donné",
        "ninguna orden fue dada",
    ],
)
def test_a_denial_is_told_from_an_assertion_in_four_languages(text):
    assert is_negated(text)


@pytest.mark.parametrize(
    "text",
    [
        "four barges sank",
        "this is not the first barge",
        "four barges, not fourteen, sank",
        "a box was taken from School No. 7",
        "a box was taken, and it did not come back",
        "Four barges sank. Nobody wept.",
    ],
)
def test_a_contrast_a_number_and_an_afterthought_deny_nothing(text):
    assert not is_negated(text)


def test_a_sentence_reaches_from_full_stop_to_full_stop_or_empty_line():
    text = "One is here. Two said\nso much. Three\n\nFour goes."
    start = text.index("said")
    assert text[slice(*find_sentence(text, start, start + 4))] == "Two said\nso much."
    start = text.index("Three")
    assert text[slice(*find_sentence(text, start, start + 5))] == "Three"
