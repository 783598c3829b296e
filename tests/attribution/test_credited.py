"""Which agency does a report say that all of it comes from?"""

from dataclasses import replace

import pytest

from attribution.pages import make_report
from firsthand.attribution import find_attributions
from firsthand.model import Part, PartKind

BODY = (
    "Six lorries crossed the river on Sunday, the harbour master said.\n\nThe ferry ran late and the market was shut."
)


def read_relays(text, credit, publisher="Varnel Courier"):
    report = make_report(text, publisher)
    start = text.index(credit)
    part = Part(kind=PartKind.CREDIT, text=credit, span=(start, start + len(credit)))
    found, sources = find_attributions([replace(report, parts=(part,))])
    names = {source.id: source.name for source in sources}
    return [names[link] for link in found[0].chain[1:-1]]


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("(Brill)", "Brill"),
        ("– Brill", "Brill"),
        ("Source: Brill", "Brill"),
        ("(Source: Norda Press Agency)", "Norda Press Agency"),
        ("Quelle: Brill", "Brill"),
        ("Brill/Ann Moss", "Brill"),
        ("Ann Moss/Brill", "Brill"),
    ],
)
def test_a_credit_by_itself_says_through_whom_all_of_it_came(line, agency):
    assert read_relays(f"{BODY}\n\n{line}", line) == [agency]
    assert read_relays(f"{line}\n\n{BODY}", line) == [agency]


@pytest.mark.parametrize(
    "line",
    ["With Brill", "(With Brill and Norda)", "Brill contributed to this report.", "Additional reporting by Ann Moss"],
)
def test_who_merely_helped_is_no_link(line):
    assert read_relays(f"{BODY}\n\n{line}", line) == []


def test_a_credit_in_the_middle_speaks_for_its_paragraph_alone():
    text = BODY.replace("said.", "said. (Brill)") + " Nobody was hurt." * 30
    assert read_relays(text, "(Brill)") == []


def test_a_line_of_credits_may_follow_the_agency():
    text = f"{BODY}\n\n(Brill)\n\nEditing by Ann Moss"
    report = make_report(text)
    spans = [(text.index(words), text.index(words) + len(words)) for words in ("(Brill)", "Editing by Ann Moss")]
    parts = tuple(Part(kind=PartKind.CREDIT, text=text[slice(*span)], span=span) for span in spans)
    found, _ = find_attributions([replace(report, parts=parts)])
    assert len(found[0].chain) == 3


def test_an_outlet_is_no_relay_of_its_own_report():
    assert read_relays(f"{BODY}\n\n(Brill)", "(Brill)", publisher="Brill") == []
