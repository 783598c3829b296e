"""Does a file that was made to do harm end as a problem, soon and in little memory, the others unharmed?

Every bound counts bytes, parts or levels, so these tests need no clock; a file that broke its bound would hang them.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from firsthand.reading import read_report, read_reports
from firsthand.reading.gather import Unreadable
from firsthand.reading.read import read_data
from reading.samples import FISH, ICE, make_page, make_pdf, make_record, make_warc, make_word, make_zip

HEAD = b"From: post@lorn.example\nSubject: Ice\nMIME-Version: 1.0\n"


def write_zeros(count: int) -> bytes:
    """Return `count` megabytes of zeros as gzip, made piece by piece."""
    packer = zlib.compressobj(9, wbits=31)
    piece = bytes(1 << 20)
    return b"".join([packer.compress(piece) for _ in range(count)]) + packer.flush()


def write_laughs() -> bytes:
    names = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{names}]>'
        "<rss><channel><item><title>&l11;</title><description>&l11;</description></item></channel></rss>"
    ).encode()


def write_parts(count: int) -> bytes:
    part = b"--b\nContent-Type: text/html\nContent-Disposition: attachment; filename=a.html\n\n" + make_page(FISH)
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + (part + b"\n") * count + b"--b--\n"


HARMFUL: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.docx": (lambda: make_zip({"word/document.xml": bytes(120 << 20)}), "as only a bomb does"),
    "bomb.wacz": (lambda: make_zip({"archive/a.warc": bytes(120 << 20)}), "as only a bomb does"),
    "bomb.txt.gz": (lambda: write_zeros(120), "as only a bomb does"),
    "twice.html.gz": (lambda: gzip.compress(write_zeros(120)), "as only a bomb does"),
    "bomb.warc.gz": (lambda: make_warc([make_record("http://lorn.example/", bytes(60 << 20))]), "as only a bomb does"),
    "packed.txt.gz": (lambda: _pack(FISH.encode(), 9), "packed more than 4 times"),
    "line.txt": (lambda: b"x" * 200_000_000, "is larger than 50 MB"),
    "short-line.txt": (lambda: b"x" * 600_000, "a line of more than 500,000 characters"),
    "long.txt": (lambda: (FISH + "\n").encode() * 60_000, "more than 5,000,000 characters"),
    "tags.html": (lambda: b"<html><body>" + b"<div>" * 100_000 + FISH.encode(), ""),
    "wide.html": (lambda: b"<html><body>" + b"<p>x</p>" * 150_000, "more than 50,000 elements"),
    "laughs.xml": (write_laughs, ""),
    "torn.txt": (lambda: b"\xc3\xfe\xfd\0\0\1\2" * 40, "is binary"),
    "nul.txt": (lambda: FISH.encode() + b"\0\0\0", "is binary"),
    "marks.pdf": (lambda: make_pdf([["x"] * 400_000]), "without text"),
    "locked.pdf": (lambda: b"%PDF-1.7\n" + bytes(100), "is a damaged PDF"),
    "deep.eml": (lambda: HEAD + b"Content-Type: message/rfc822\n\n" * 3000 + b"\nhello", "cannot be taken apart"),
    "deep.jsonl": (lambda: b'{"text":' + b"[" * 3_000_000, "is not JSON"),
    "cut.docx": (lambda: make_word([FISH])[:-200], "damaged or cut off"),
    "noise.warc": (lambda: b"noise\n" * 4000, ""),
}


def _pack(data: bytes, times: int) -> bytes:
    for _ in range(times):
        data = gzip.compress(data)
    return data


@pytest.mark.parametrize("name", sorted(HARMFUL))
def test_a_harmful_file_is_one_problem_and_the_other_files_are_read(tmp_path: Path, name: str) -> None:
    make, words = HARMFUL[name]
    (tmp_path / name).write_bytes(make())
    (tmp_path / "good.txt").write_text(FISH)
    reports, problems = read_reports([str(tmp_path)])
    assert [report.text for report in reports if report.path == "good.txt"] == [FISH]
    noted = [*problems, *(problem for report in reports for problem in report.problems)]
    if words:
        assert [problem.where.startswith(name) for problem in noted] == [True]
        assert words in f"{noted[0].what}; {noted[0].remedy}"
    assert all(len(report.text) < 1000 for report in reports)


def test_a_pdf_with_a_script_is_read_and_the_script_is_told() -> None:
    ((report,), _) = read_data("a.pdf", make_pdf([[FISH]], script="app.launchURL()"))
    assert report.text == FISH
    assert [problem.what for problem in report.problems] == ["holds a script, which was not run"]


def test_a_pdf_of_a_million_objects_is_read() -> None:
    (report,) = read_report("a.pdf", make_pdf([[FISH]], extra=[b"<< /A 1 >>"] * 1_000_000))
    assert report.text == FISH


def test_of_a_mail_with_a_thousand_parts_some_are_read_and_the_rest_counted() -> None:
    reports, problems = read_data("a.eml", write_parts(1000))
    assert len(reports) == 200
    assert [problem.what for problem in problems] == ["has 1,000 parts; the first 200 were read"]


def test_a_mail_whose_fields_never_end_is_read() -> None:
    (report,) = read_report("a.eml", HEAD + b"Content-Type: text/plain; " + b'a*0*="x"; ' * 50_000 + b"\n\nThe ice.")
    assert report.text == "The ice."


@pytest.mark.parametrize("packed", [True, False])
def test_a_web_archive_that_is_cut_off_gives_what_stands_before(packed: bool) -> None:
    records = [make_record(f"http://lorn.example/{n}", make_page(f"{FISH} {n}")) for n in range(3)]
    whole = make_warc(records, packed=packed)
    reports, problems = read_data("a.warc", whole[:-90])
    assert [report.text for report in reports[:2]] == [f"{FISH} 0", f"{FISH} 1"]
    assert any("cut off" in problem.what for problem in problems)
    assert read_data("a.warc", whole)[1] == ()


def test_an_archive_that_leads_out_of_its_folder_is_never_unpacked(tmp_path: Path) -> None:
    good = make_warc([make_record("http://lorn.example/1", make_page(FISH))])
    names = ("../../e.warc", "archive/../../e.warc", "/etc/e.warc", "archive\\..\\..\\e.warc", "c:/e.warc")
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "a.wacz").write_bytes(make_zip({"archive/a.warc.gz": good} | dict.fromkeys(names, good)))
    before = sorted(tmp_path.rglob("*"))
    reports, problems = read_reports([str(inside)])
    assert [report.text for report in reports] == [FISH]
    assert len(problems) == len(names)
    assert all("leads out of its folder" in problem.what for problem in problems)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (FISH.encode("utf-16-le"), FISH),
        (FISH.encode("utf-16-be"), FISH),
        ("Der Hafen sei geschlossen, sagte Möller.".encode() + b" \xe9t\xe9", None),
        (b"\xef\xbb\xbf" + FISH.encode(), FISH),
    ],
)
def test_a_text_in_the_wrong_encoding_is_read_with_a_doubt(data: bytes, text: str | None) -> None:
    (report,) = read_report("a.txt", data)
    assert text is None or report.text == text
    assert data.startswith(b"\xef\xbb\xbf") or len(report.problems) == 1


def test_file_names_with_line_breaks_and_turned_letters_are_kept_as_data(tmp_path: Path) -> None:
    for number, name in enumerate(("a\nb.txt", "\u202etxt.exe.txt", "\u2066x\u2069.txt")):
        (tmp_path / name).write_text(f"{FISH} {number}")
    reports, _ = read_reports([str(tmp_path)])
    assert {report.path for report in reports} == {"a\nb.txt", "\u202etxt.exe.txt", "\u2066x\u2069.txt"}


def test_a_damaged_gzip_file_gives_its_beginning() -> None:
    data = gzip.compress("\n".join(f"{ICE} {number * 7919 % 1000}" for number in range(2000)).encode())
    ((report,), problems) = read_data("a.txt.gz", data[: len(data) // 2])
    assert report.text.startswith(ICE)
    assert "cut off" in problems[0].what


def test_a_web_archive_without_a_record_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        read_report("a.warc.gz", gzip.compress(b""))


def change_word(change: Callable[[bytes], bytes]) -> bytes:
    """Return a Word document with its text's markup changed."""
    with zipfile.ZipFile(io.BytesIO(make_word(["First."]))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["word/document.xml"] = change(members["word/document.xml"])
    return make_zip(members)


def test_a_word_document_never_takes_in_another_file_or_unfolds() -> None:
    entity = b'?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname"><!ENTITY a "%s">]>' % (b"ha" * 50)
    data = change_word(lambda xml: xml.replace(b"?>", entity, 1).replace(b"First.", b"First. &e;&a;"))
    (report,) = read_report("a.docx", data)
    assert report.text == "First."


def test_a_word_document_of_too_many_paragraphs_is_unreadable() -> None:
    more = b"<w:body>" + b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 45_000
    with pytest.raises(Unreadable, match="more than"):
        read_report("a.docx", change_word(lambda xml: xml.replace(b"<w:body>", more, 1)))


def test_a_feed_whose_item_is_all_markup_is_read() -> None:
    markup = "&lt;p&gt;x&lt;/p&gt;" * 20_000
    item = f"<item><title>Ice</title><description>{markup}{FISH}</description></item>"
    (report,) = read_report("a.xml", f"<rss><channel><title>Bell</title>{item}</channel></rss>".encode())
    assert report.text.endswith(FISH)
