"""What does each format give: PDF, Word, mail with attachments, mailbox, JSON Lines, gzip?"""

from __future__ import annotations

import gzip
import json
from email.message import EmailMessage

import pytest

from firsthand.reading import read_report
from firsthand.reading.gather import Unreadable
from firsthand.reading.read import read_data
from reading.samples import FISH, ICE, make_page, make_pdf, make_word


def test_the_pages_of_a_pdf_are_kept_as_places_with_a_form_feed_between() -> None:
    (report,) = read_report("a.pdf", make_pdf([[FISH], [ICE]]))
    assert report.text == f"{FISH}\n\f\n{ICE}"
    assert [report.text[start:end] for start, end in report.pages] == [FISH, ICE]


def test_the_lines_of_a_pdf_are_joined_into_paragraphs() -> None:
    lines = ["The fish market closed on Monday, the", "harbour master said, for want of ice.", "", "It stays shut."]
    (report,) = read_report("a.pdf", make_pdf([lines]))
    assert (
        report.text == "The fish market closed on Monday, the harbour master said, for want of ice.\n\nIt stays shut."
    )


def test_scanned_pages_of_a_pdf_are_counted() -> None:
    (report,) = read_report("a.pdf", make_pdf([[FISH], [], [ICE], []]))
    assert report.problems[0].what == "2 of 4 pages hold no text and are probably scanned: 2, 4"
    with pytest.raises(Unreadable, match="2 pages, probably scanned"):
        read_report("a.pdf", make_pdf([[], []]))


def test_a_title_that_a_program_made_up_is_not_the_title() -> None:
    (report,) = read_report("a.pdf", make_pdf([[FISH]], title="Microsoft Word - draft3.doc"))
    assert report.title == ""
    (report,) = read_report("a.pdf", make_pdf([[FISH]], title="Ice at Lorn"))
    assert report.title == "Ice at Lorn"


def test_a_word_document_gives_its_title_paragraphs_and_tables() -> None:
    (report,) = read_report("a.docx", make_word([FISH, ICE], title="Ice at Lorn"))
    assert report.title == "Ice at Lorn"
    assert [report.text[start:end] for start, end in report.body] == [f"{FISH}\n\n{ICE}"]


def write_mail(*attached: tuple[str, str, bytes]) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = (
        "The Bell <post@bell.example>",
        "Ice",
        "Mon, 06 Apr 2015 08:00:00 +0000",
    )
    mail.set_content(FISH)
    for name, kind, data in attached:
        main, sub = kind.split("/")
        mail.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return mail


def test_what_is_attached_to_a_mail_is_a_report_of_its_own() -> None:
    inner = write_mail()
    mail = write_mail(("n.pdf", "application/pdf", make_pdf([[ICE]])), ("p.html", "text/html", make_page(ICE)))
    mail.add_attachment(inner)
    reports, problems = read_data("a.eml", mail.as_bytes())
    assert [report.path for report in reports] == ["a.eml", "a.eml#2/n.pdf", "a.eml#3/p.html", "a.eml#4"]
    assert [report.text.strip() for report in reports] == [FISH, ICE, ICE, FISH]
    assert problems == ()


def test_an_attachment_that_cannot_be_read_is_a_problem_and_its_name_is_data() -> None:
    mail = write_mail(("../../x\u202egnp.exe", "image/png", b"\x89PNG"))
    reports, problems = read_data("a.eml", mail.as_bytes())
    assert len(reports) == 1
    assert problems[0].where == "a.eml#2/xgnp.exe"


def test_a_plain_part_that_only_points_to_the_page_gives_way_to_it() -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@bell.example", "Ice"
    mail.set_content("Your reader shows no pages.")
    mail.add_alternative(make_page(f"{FISH} {ICE} {FISH}").decode(), subtype="html")
    (report,) = read_report("a.eml", mail.as_bytes())
    assert report.text.startswith(FISH)
    assert "Your reader shows no pages." in [part.text for part in report.parts]


def test_every_mail_of_a_mailbox_is_read_and_the_bad_ones_counted() -> None:
    mails = [
        write_mail().as_bytes(),
        b"Subject: nothing\n\n",
        write_mail().as_bytes().replace(b"The fish", b">From the fish"),
    ]
    box = b"\n".join(b"From a@b.example Mon Apr  6 08:00:00 2015\n" + mail for mail in mails)
    reports, problems = read_data("a.mbox", box)
    assert [report.path for report in reports] == ["a.mbox#1", "a.mbox#3"]
    assert reports[1].text.startswith("From the fish market")
    assert [problem.where for problem in problems] == ["a.mbox#2"]


def test_reports_one_to_a_line_take_the_keys_of_a_trace() -> None:
    said = {
        "text": f"{FISH}\nRead next: cod",
        "title": "Ice",
        "publisher": "The Bell",
        "url": "http://bell.example/1",
        "published": "2015-04-06",
        "body": [[0, len(FISH)]],
        "parts": [{"kind": "related", "text": "Read next: cod", "span": [len(FISH) + 1, len(FISH) + 15]}],
        "links": [{"url": "http://norda.example/7", "text": "fish", "span": [4, 8], "rel": "link"}],
    }
    data = json.dumps(said) + "\n\nnot json\n" + json.dumps({"text": ICE, "body": [[5, 9000]]}) + "\n" + json.dumps([1])
    reports, problems = read_data("a.jsonl", data.encode())
    first, second = reports
    assert (first.title, first.publisher, first.url) == ("Ice", "The Bell", "http://bell.example/1")
    assert [first.text[start:end] for start, end in first.body] == [FISH]
    assert [part.kind.value for part in first.parts] == ["related"]
    assert first.links[0].url == "http://norda.example/7"
    assert second.body == ((0, len(ICE)),)
    assert [problem.where for problem in problems] == ["a.jsonl, line 3", "a.jsonl, line 5"]


@pytest.mark.parametrize("name", ["a.html.gz", "a.html", "a.gz", "-"])
def test_a_compressed_page_is_opened_whatever_its_name(name: str) -> None:
    (report,) = read_report(name, gzip.compress(make_page(FISH)))
    assert report.text == FISH


def test_several_gzip_members_are_one_file() -> None:
    (report,) = read_report("a.txt.gz", gzip.compress(FISH.encode()) + gzip.compress(b"\n\n" + ICE.encode()))
    assert report.text == f"{FISH}\n\n{ICE}"
