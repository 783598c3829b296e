import pytest

from attribution.pages import make_report, read
from firsthand.attribution import find_attributions
from firsthand.model import SourceKind

REASONS = [
    ("Speaking on condition of anonymity, a clerk said that the dam was cracked.", "condition of anonymity"),
    ("A clerk said that the dam was cracked. He asked us not to print his name, fearing for his post.", "fearing for"),
    (
        "Two people who have read the plan say that the dam is cracked. It runs to ninety pages. "
        "Neither was free to discuss it.",
        "Neither was free",
    ),
    (
        "Two agents who attended said that the dam was cracked. As both have business with the board, they asked "
        "not to be identified.",
        "As both have business",
    ),
    ("‘The dam is cracked’, a junior aide said, asking, as they all do, not to be named.", "not to be named"),
    ("A clerk, who could be sacked for it, said that the dam was cracked. He asked not to be named.", "sacked"),
]


@pytest.mark.parametrize(("text", "words"), REASONS)
def test_the_reason_for_going_without_a_name_is_found(text, words):
    found = read(text)[0]
    assert found.source_kind is SourceKind.UNNAMED
    assert words in found.anonymity


def test_the_reason_is_found_in_german_and_french():
    german = "Ein Beamter, der nicht namentlich genannt werden wollte, sagte, die Straße sei gesperrt."
    french = "Un responsable, qui a requis l'anonymat, a déclaré que la route était fermée."
    assert "nicht namentlich" in read(german, language="de")[0].anonymity
    assert "anonymat" in read(french, language="fr")[0].anonymity


def test_an_aide_to_the_president_speaks_for_him():
    _, sources = find_attributions([make_report("An aide to the president said that the dam was cracked.")])
    assert "the president" in {s.speaks_for for s in sources}


@pytest.mark.parametrize("who", ["Dock workers", "Locals", "Two clerks", "Forecasters"])
def test_several_are_several(who):
    assert read(f"{who} said that the dam was cracked.")[0].plural
