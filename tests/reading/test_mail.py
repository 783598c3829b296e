"""What does a mail say?"""

from __future__ import annotations

from firsthand.reading import read_report

HEAD = """From: The Tarn Letter <post@tarn.example>
Subject: =?utf-8?q?W=C3=A4ter?=
Date: Mon, 05 Feb 2018 06:30:00 +0100
MIME-Version: 1.0
"""
WORDS = """The weir was opened by hand, the warden says.

Nobody has the key.

You receive this because you asked. To stop it, reply."""


def test_a_mail_is_put_out_by_its_sender_and_titled_by_its_subject() -> None:
    (report,) = read_report("a.eml", f"{HEAD}Content-Type: text/plain; charset=utf-8\n\n{WORDS}".encode())
    assert (report.title, report.publisher) == ("Wäter", "The Tarn Letter")
    assert report.published is not None
    assert report.published.start.isoformat() == "2018-02-05T05:30:00"


def test_the_imprint_of_a_mail_is_not_its_body() -> None:
    (report,) = read_report("a.eml", f"{HEAD}Content-Type: text/plain; charset=utf-8\n\n{WORDS}".encode())
    assert [report.text[start:end] for start, end in report.body] == [
        "The weir was opened by hand, the warden says.\n\nNobody has the key."
    ]


def test_the_plain_text_of_a_mail_is_preferred_and_its_page_read_where_there_is_none() -> None:
    words = "The weir was opened by hand, the river warden told us at the gate of the mill on Sunday."
    page = f"<html><body><p>{words}</p></body></html>"
    both = f"--x\nContent-Type: text/plain\n\n{WORDS}\n--x\nContent-Type: text/html\n\n{page}\n--x--\n"
    (plain,) = read_report("a.eml", f'{HEAD}Content-Type: multipart/alternative; boundary="x"\n\n{both}'.encode())
    assert "Nobody has the key." in plain.text
    (marked,) = read_report("a.eml", f"{HEAD}Content-Type: text/html\n\n{page}".encode())
    assert marked.text.startswith("The weir was opened by hand, the river warden")


def test_a_signature_is_no_body_and_addresses_in_the_body_are_links() -> None:
    words = "The weir was opened by hand, see http://tarn.example/log.\n\n-- \nAnna Moll\nhttp://tarn.example/anna\n"
    (report,) = read_report("a.eml", f"{HEAD}Content-Type: text/plain; charset=utf-8\n\n{words}".encode())
    assert [report.text[start:end] for start, end in report.body] == [
        "The weir was opened by hand, see http://tarn.example/log."
    ]
    assert [link.url for link in report.links] == ["http://tarn.example/log"]
    assert any(part.text.startswith("-- \nAnna Moll") for part in report.parts)


def test_a_long_text_below_two_dashes_is_no_signature() -> None:
    words = "Below is the log.\n\n-- \n" + "The weir was opened by hand.\n" * 40
    (report,) = read_report("a.eml", f"{HEAD}Content-Type: text/plain; charset=utf-8\n\n{words}".encode())
    assert report.text[slice(*report.body[-1])].endswith("The weir was opened by hand.")


def test_a_mail_of_a_list_has_the_address_of_its_archive_and_the_language_it_states() -> None:
    head = f"{HEAD}Archived-At: <http://tarn.example/m/1>\nContent-Language: de, en\nContent-Type: text/plain\n\n"
    (report,) = read_report("a.eml", f"{head}Offen.".encode())
    assert (report.url, report.language) == ("http://tarn.example/m/1", "de")
