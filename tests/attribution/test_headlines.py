import pytest

from attribution.pages import make_report, name_chain, read
from firsthand.attribution import find_attributions


@pytest.mark.parametrize(
    ("line", "source", "content"),
    [
        ("Road shut until May: official", "official", "Road shut until May"),
        ("Officials: road shut until May", "Officials", "road shut until May"),
        ("Road shut until May - health officials", "health officials", "Road shut until May"),
        ("Road shut until May: police", "police", "Road shut until May"),
    ],
)
def test_a_headline_names_its_source_beside_a_colon_or_dash(line, source, content):
    found = read(f"{line}\n\nThere was snow on the pass.")
    assert [(a.source_mention.text, a.content.text) for a in found] == [(source, content)]


@pytest.mark.parametrize(
    "line", ["Road shut until May: what now", "The plan: a road by May.", "Roads: a short history"]
)
def test_a_colon_alone_names_nobody(line):
    assert read(f"{line}\n\nThere was snow on the pass.") == ()


def test_the_official_of_the_headline_is_the_one_of_the_text():
    text = "Road shut until May: official\n\nThe road is shut until May, a border official said on Monday."
    found, sources = find_attributions([make_report(text)])
    assert len({tuple(name_chain(a, sources)) for a in found}) == 1
