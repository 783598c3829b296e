import pytest

from firsthand.attribution.text.quotes import find_quotations
from firsthand.attribution.text.sentences import split_paragraphs


def quotations(text: str) -> list[str]:
    return [
        text[slice(*q.inner)].strip("' ")
        for q in find_quotations(text, split_paragraphs(text, 0, len(text)), 0, len(text))
    ]


@pytest.mark.parametrize(
    "text",
    [
        'She said "the dam holds" twice.',
        "She said “the dam holds” twice.",
        "Elle dit «the dam holds» encore.",
        "Sie sagt „the dam holds“ noch.",
        "Sie sagt »the dam holds« noch.",
        "She said ''the dam holds'' twice.",
        "She said ‘the dam holds’ twice.",
        "She said 'the dam holds' twice.",
    ],
)
def test_every_kind_of_mark_is_known(text):
    assert quotations(text) == ["the dam holds"]


def test_an_apostrophe_opens_nothing():
    assert quotations("The miners' union and the captain's dog don't agree; it's the owners' fault.") == []


def test_a_nested_quotation_belongs_to_the_outer_one():
    assert quotations("“He told me ‘run’ and I ran,” she said.") == ["He told me ‘run’ and I ran,"]


def test_a_quotation_left_open_ends_with_its_paragraph():
    text = "“We saw it all, she said.\n\nThe road is shut."
    assert quotations(text) == ["We saw it all, she said."]


def test_a_quotation_goes_on_over_paragraphs_until_a_mark_closes_it():
    text = '"We saw the first boat go down.\n\nThen the second one turned over."\n\nThe road is shut.'
    assert quotations(text) == ["We saw the first boat go down.", "Then the second one turned over."]


def test_five_thousand_nested_marks_are_one_quotation():
    text = "“‘" * 2500 + "word" + "’”" * 2500
    assert len(find_quotations(text, [(0, len(text))], 0, len(text))) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('“The dam holds," she said. “It must.”', ["The dam holds,", "It must."]),
        ('"The dam holds,” she said. "It must."', ["The dam holds,", "It must."]),
        ("”The dam holds,” she said.", ["The dam holds,"]),
        ("“The dam holds.“ The road is shut.", ["The dam holds."]),
        ("»Der ›alte‹ Damm hält«, sagte er.", ["Der ›alte‹ Damm hält"]),
        ("« Il a dit « oui » hier », dit-elle.", ["Il a dit « oui » hier"]),
        ('„Der Damm hält", sagte er.', ["Der Damm hält"]),
        ('\u202b"The dam holds,"\u202c she said.', ["The dam holds,"]),
        ('He said: "It stood 5\' 10" over the road." Then he left.', ["It stood 5' 10\" over the road."]),
    ],
)
def test_a_mark_of_the_wrong_kind_still_ends_what_it_stands_at(text, words):
    assert quotations(text) == words


def test_a_quotation_within_a_quotation_ends_nothing():
    assert quotations('“They call it "the wall" here,” she said.') == ['They call it "the wall" here,']
