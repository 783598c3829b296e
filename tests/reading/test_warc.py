"""Which pages does a web archive give, and what becomes of the rest of it?"""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

from firsthand.model import Link
from firsthand.reading import read_reports
from firsthand.reading.read import read_data
from firsthand.reading.warc import iterate_warc
from reading.samples import FISH, ICE, make_page, make_pdf, make_record, make_revisit, make_warc, make_zip

RECORDS = [
    make_record("http://lorn.example/1", make_page(FISH, "Ice")),
    make_record("http://lorn.example/logo.png", b"\x89PNG", kind="image/png"),
    make_record("http://lorn.example/gone", make_page(ICE), status="404 Not Found"),
    make_record("http://lorn.example/2.pdf", make_pdf([[ICE]]), kind="application/pdf"),
    make_record(
        "http://lorn.example/3", "Straße gesperrt, sagte Möller.".encode("cp1252"), kind="text/plain; charset=cp1252"
    ),
    make_revisit("http://lorn.example/again", "http://lorn.example/1"),
    make_revisit("http://lorn.example/lost", "http://lorn.example/elsewhere"),
]


@pytest.mark.parametrize("packed", [True, False])
def test_pages_papers_and_texts_of_a_web_archive_are_reports(packed: bool) -> None:
    reports, problems = read_data("a.warc", make_warc(RECORDS, packed=packed))
    assert [report.path for report in reports] == ["a.warc#1", "a.warc#4", "a.warc#5"]
    assert [report.text for report in reports] == [FISH, ICE, "Straße gesperrt, sagte Möller."]
    assert [report.url for report in reports][:2] == ["http://lorn.example/1", "http://lorn.example/2.pdf"]
    assert {report.publisher for report in reports} == {"lorn.example"}
    assert all(report.retrieved and report.retrieved.start.year == 2015 for report in reports)
    assert [(problem.where, problem.what) for problem in problems] == [
        ("a.warc#7", "points to http://lorn.example/elsewhere, which is not in this archive"),
        ("a.warc", "2 records without a report: 1 image/png, 1 status 404"),
    ]


def test_a_revisit_points_to_the_page_it_repeats() -> None:
    (report, *_), _ = read_data("a.warc", make_warc(RECORDS))
    assert Link(url="http://lorn.example/again", text="2015-04-02T06:00:00Z", rel="revisit") in report.links


FISHED = "WARC-Payload-Digest: sha1:ICEFISH\r\n"


@pytest.mark.parametrize(
    "revisit",
    [
        make_revisit("http://lorn.example/1"),
        make_revisit("http://lorn.example/elsewhere", more=FISHED),
        make_revisit("http://lorn.example/elsewhere", "http://lorn.example/gone", more=FISHED),
        make_revisit("http://lorn.example/1", kind="text/html"),
    ],
)
def test_a_revisit_is_resolved_by_its_digest_or_its_address(revisit: bytes) -> None:
    archive = make_warc([make_record("http://lorn.example/1", make_page(FISH), more=FISHED), revisit])
    (report,), problems = read_data("a.warc", archive)
    assert [link.rel for link in report.links] == ["revisit"]
    assert problems == ()


def test_a_revisit_of_an_image_is_no_page_that_is_missing() -> None:
    image = make_record("http://lorn.example/logo.png", b"\x89PNG", kind="image/png")
    again = make_revisit("http://lorn.example/logo.png")
    told = make_revisit("http://lorn.example/other.png", kind="image/png")
    _, problems = read_data("a.warc", make_warc([RECORDS[0], image, again, told]))
    what = "3 records without a report: 2 image/png, 1 repetition of what is no page"
    assert [problem.what for problem in problems] == [what]


@pytest.mark.parametrize("charset", ["windows-1251", "CP1251", '"windows-1251"'])
def test_the_encoding_a_server_stated_is_used(charset: str) -> None:
    page = make_page("Паром пришёл утром, сказала Ида Мёллер.").decode().encode("cp1251")
    record = make_record("http://lorn.example/ru", page, kind=f"text/html; charset={charset}")
    (report,), _ = read_data("a.warc", make_warc([record]))
    assert report.text == "Паром пришёл утром, сказала Ида Мёллер."
    assert report.problems == ()


def test_a_page_sent_compressed_is_unpacked() -> None:
    record = make_record("http://lorn.example/1", gzip.compress(make_page(FISH)))
    packed = record.replace(b"Content-Type: text/html", b"Content-Encoding: gzip\r\nContent-Type: text/html", 1)
    old, new = (len(one.split(b"\r\n\r\n", 1)[1]) - 4 for one in (record, packed))
    (report,), _ = read_data(
        "a.warc", packed.replace(b"Content-Length: %d\r\n\r\nHTTP" % old, b"Content-Length: %d\r\n\r\nHTTP" % new)
    )
    assert report.text == FISH


def test_web_archives_in_a_zip_archive_are_read_in_the_order_of_their_names() -> None:
    members = {
        "archive/b.warc": make_warc([make_record("http://lorn.example/2", make_page(ICE))], packed=False),
        "archive/a.warc.gz": make_warc(RECORDS[:1]),
        "pages/pages.jsonl": b"{}",
    }
    reports, problems = read_data("a.wacz", make_zip(members))
    assert [(report.path, report.text) for report in reports] == [("a.wacz#1", FISH), ("a.wacz#2", ICE)]
    assert problems == ()


def test_a_revisit_points_to_a_page_in_another_archive_of_the_same_wacz_file() -> None:
    members = {
        "archive/a.warc.gz": make_warc([make_revisit("http://lorn.example/1")]),
        "archive/b.warc.gz": make_warc(RECORDS[:1]),
        "archive/c.warc.gz": b"\x1f\x8b damaged",
    }
    (report,), problems = read_data("a.wacz", make_zip(members))
    assert (report.path, [link.rel for link in report.links]) == ("a.wacz#2", ["revisit"])
    assert [problem.where for problem in problems] == ["a.wacz#archive/c.warc.gz"]


def test_web_archives_are_streamed_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(make_warc(RECORDS[:1]))
    (tmp_path / "b.wacz").write_bytes(make_zip({"archive/a.warc.gz": make_warc(RECORDS[3:4])}))
    reports, problems = read_reports([str(tmp_path)])
    assert [report.path for report in reports] == ["a.warc.gz#1", "b.wacz#1"]
    assert problems == ()


def test_no_more_of_an_archive_is_read_at_once_than_one_page() -> None:
    class Counted(io.BytesIO):
        most = 0

        def read(self, size: int | None = -1) -> bytes:
            data = super().read(size)
            self.most = max(self.most, len(data))
            return data

    stream = Counted(
        make_warc([make_record(f"http://lorn.example/{n}", make_page(FISH * 50)) for n in range(400)], packed=False)
    )
    first = next(iterate_warc(stream))
    assert first.url == "http://lorn.example/0"
    assert stream.most < 1 << 20
    assert stream.tell() < len(stream.getvalue()) // 2
