"""Which laws hold for any bytes at all?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.model import Report
from firsthand.reading import read_report
from firsthand.reading.gather import Unreadable

SUFFIXES = (".txt", ".md", ".html", ".xml", ".eml", ".pdf", ".docx", ".mbox", ".jsonl", ".warc", ".wacz", ".gz", "")
SCRAPS = st.sampled_from(
    [
        "Title: x\n",
        "Published: 1/2/20\n",
        "\n\n",
        "3 comments\n",
        "Pingback: x\n",
        "a says:\n",
        "Leave a reply\n",
        "---\n",
    ]
    + [
        "<p>",
        "<table><tr><td>",
        "<div class='comments post'>",
        "</div>",
        "<h1>x</h1>",
        "<a href='http://['>x</a>",
        "<item>",
        "<rss>",
        "From a@b.example Mon Apr  6 08:00:00 2015\n",
        "Content-Type: message/rfc822\n\n",
        "WARC/1.0\r\n",
        "Content-Length: 9\r\n\r\n",
        '{"text": "The weir was opened by hand."}\n',
        "LORN, April 4 (Norda) - ",
        "By Anna Moll\n",
    ]
    + [
        "The weir was opened by hand, the warden said, and nobody knows who had the key to the mill. ",
        "\r\n",
        "\x85",
        "é",
        "\ufeff",
    ]
)
PAGES = st.lists(SCRAPS, max_size=25).map("".join).map(str.encode)


def read(path: str, data: bytes) -> tuple[Report, ...]:
    try:
        return read_report(path, data)
    except Unreadable:
        return ()


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(deadline=None, max_examples=60)
@given(data=st.binary(max_size=300) | PAGES)
def test_any_bytes_give_reports_or_are_said_to_be_unreadable(suffix: str, data: bytes) -> None:
    for report in read(f"a{suffix}", data):
        ends = [0]
        for start, end in report.body:
            assert ends[-1] <= start < end <= len(report.text)
            ends.append(end)
        for part in report.parts:
            assert part.span is None or report.text[slice(*part.span)] == part.text


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\n\r\t"), min_size=1))
def test_the_text_of_a_plain_file_is_kept_unchanged(text: str) -> None:
    for report in read("a.txt", text.encode()):
        assert report.text == text.removeprefix("\ufeff")


@settings(deadline=None, max_examples=50)
@given(data=PAGES)
def test_no_word_of_a_plain_file_below_its_header_is_lost(data: bytes) -> None:
    for report in read("a.txt", b"Title: x\n\n" + data):
        kept = [report.text[start:end] for start, end in report.body] + [part.text for part in report.parts]
        below = report.text.removeprefix("Title: x\n\n")
        assert sorted(set(below.split()) - set(" ".join([report.title, *kept]).split())) == []
