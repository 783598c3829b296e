"""Small reports and archives to test with."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from firsthand.model import Report, ReportId
from firsthand.reading import read_report

WORDS = "the harbour master told us that boats had left before dawn and nobody saw smoke over the quay"


def make_report(text: str, **facts: object) -> Report:
    """Return a report whose whole text is its body."""
    known: dict = {"title": "", "publisher": "", "url": "", "language": "", "path": "a.txt"} | facts
    first, *_ = read_report("a.txt", b"Nobody came.")
    return Report(
        **{
            **{name: getattr(first, name) for name in first.__dataclass_fields__},
            "id": ReportId("r-0123456789ab"),
            "text": text,
            "body": ((0, len(text)),),
            **known,
        }
    )


def write_page(number: int, extra: str = "") -> bytes:
    """Return a page of its own words; every third has the words of another."""
    own = number - 1 if number % 3 == 2 else number
    paragraphs = "".join(f"<p>On day {own + step} {WORDS}, said witness {own * 7 + step}.</p>" for step in range(4))
    return (
        f"<html lang='en'><head><title>Boats, part {own}</title>"
        f"<meta property='article:published_time' content='2011-04-{number % 28 + 1:02d}'></head>"
        f"<body><nav><a href='/'>Home</a></nav><article><h1>Boats, part {own}</h1>{paragraphs}{extra}</article>"
        "</body></html>"
    ).encode()


def write_warc(place: Path, pages: list[bytes], kind: str = "text/html; charset=utf-8", status: str = "200 OK") -> Path:
    """Write pages as the responses of a web archive."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with place.open("wb") as stream:
        writer = WARCWriter(stream, gzip=place.suffix == ".gz")
        for number, page in enumerate(pages):
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                f"http://skell{number % 3}.example/{number}",
                "response",
                payload=BytesIO(page),
                http_headers=headers,
                warc_headers_dict={"WARC-Date": "2012-01-01T00:00:00Z", "WARC-Record-ID": f"<urn:x:{number}>"},
            )
            writer.write_record(record)
    return place
