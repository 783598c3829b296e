"""Which files do the tests of reading need? Small ones, made here: a PDF, a Word document, archives, mails."""

from __future__ import annotations

import gzip
import io
import zipfile

FISH = "The fish market at Lorn closed on Monday, the harbour master said, because the ice machine had failed."
ICE = "Nobody knows when it will open again, she told the Lorn Bell at the quay."


def make_pdf(pages: list[list[str]], *, extra: list[bytes] | None = None, title: str = "", script: str = "") -> bytes:
    """Write a PDF by hand: pages of lines in Helvetica, 14 points apart; an empty line leaves a gap."""
    bodies = [_draw_page(lines) for lines in pages]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    action = f" /OpenAction << /S /JavaScript /JS ({script}) >>" if script else ""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R{action} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, body in enumerate(bodies):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body))
    objects += extra or []
    objects.append(f"<< /Title ({title}) >>".encode())
    return _bind_objects(objects)


def _draw_page(lines: list[str]) -> bytes:
    drawn = [b"BT /F1 10 Tf 14 TL 40 780 Td"]
    drawn += [b"(%s) Tj T*" % line.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)") for line in lines]
    return b"\n".join([*drawn, b"ET"])


def _bind_objects(objects: list[bytes]) -> bytes:
    out, offsets = io.BytesIO(b""), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    size, last = len(objects) + 1, len(objects)
    out.write(b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, last, start))
    return out.getvalue()


def make_word(paragraphs: list[str], title: str = "") -> bytes:
    """Write a Word document with python-docx."""
    from docx import Document

    document = Document()
    if title:
        document.add_heading(title, level=0)
    for words in paragraphs:
        document.add_paragraph(words)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def make_page(words: str, title: str = "A page") -> bytes:
    """Write a small web page."""
    return f"<html><head><title>{title}</title></head><body><p>{words}</p></body></html>".encode()


def make_record(
    url: str, data: bytes, *, kind: str = "text/html; charset=utf-8", status: str = "200 OK", more: str = ""
) -> bytes:
    """Write one response of a web archive, not compressed; `more`: fields of the record besides."""
    block = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data
    return _write_record("response", url, block, more)


def make_revisit(url: str, original: str = "", *, more: str = "", kind: str = "") -> bytes:
    """Write a record that says: at this address there was the same as at that one, or as here before."""
    points = f"WARC-Refers-To-Target-URI: {original}\r\n" if original else ""
    block = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n" if kind else ""
    return _write_record("revisit", url, block.encode(), f"{points}{more}")


def _write_record(kind: str, url: str, block: bytes, more: str = "") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{abs(hash(url)):032x}>\r\n"
        f"WARC-Date: 2015-04-02T06:00:00Z\r\nWARC-Target-URI: {url}\r\n{more}"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def make_warc(records: list[bytes], *, packed: bool = True) -> bytes:
    """Write a web archive of records, each compressed by itself as the format wants."""
    return b"".join(gzip.compress(one, mtime=0) if packed else one for one in records)


def make_zip(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Write a zip archive with members of any name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()
