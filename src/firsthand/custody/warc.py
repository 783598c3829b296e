"""How is what came kept as a WARC record, and read from it again?

WARC/1.1 (ISO 28500:2017), each record its own gzip member, digests in SHA-256; the same content gives the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from gzip import GzipFile
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from firsthand.model import record

if TYPE_CHECKING:
    from warcio.statusandheaders import StatusAndHeaders

PIECE = 1 << 20
WITH_HEADERS = ("response", "revisit")
SAME = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


@record
class Content:
    """What a record keeps: its WARC type, target, body and, for a response, the status line and headers.

    A revisit keeps no body: `refers_to` is the address and the moment of the record that has the same one.
    """

    kind: str
    target: str
    body: bytes
    status: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    media: str = "application/octet-stream"
    refers_to: tuple[str, str] = ("", "")


def make_record(content: Content, when: str, seed: str) -> bytes:
    """Return one compressed record. `when` is written as in the log; its id is made from `seed` and content."""
    from warcio.warcwriter import WARCWriter

    http = _make_http(content) if content.kind in WITH_HEADERS else None
    body = b"" if content.kind == "revisit" else content.body
    stream = BytesIO()
    writer = WARCWriter(stream, gzip=True, warc_version="WARC/1.1")
    made = writer.create_warc_record(
        _quote(content.target),
        content.kind,
        payload=BytesIO(body),
        length=len(body),
        warc_content_type="" if http else content.media,
        warc_headers_dict=_name_record(content, (http.headers_buff if http else b"") + body, when, seed),
        http_headers=http,
    )
    writer.write_record(made)
    return stream.getvalue()


def _name_record(content: Content, whole: bytes, when: str, seed: str) -> dict[str, str]:
    block, body = _digest(whole), _digest(content.body)
    fields = {
        "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, ascii((seed, when, block)))}>",
        "WARC-Date": when,
        "WARC-Block-Digest": block,
    }
    if content.kind == "revisit":
        address, moment = content.refers_to
        fields |= {"WARC-Profile": SAME, "WARC-Refers-To-Target-URI": _quote(address), "WARC-Refers-To-Date": moment}
    return fields if content.kind == "warcinfo" else fields | {"WARC-Payload-Digest": body}


def hash_payload(raw: bytes, size: int) -> str | None:
    """Return the SHA-256 of the body of `size` bytes that a compressed record keeps, or None where it keeps none such.

    However much it unpacks to, a megabyte at most is in memory at once.
    """
    digest, rest = hashlib.sha256(), size
    try:
        with GzipFile(fileobj=BytesIO(raw)) as stream:
            head = _read_head(stream)
            if any(f"\r\nWARC-Type: {kind}\r\n".encode() in head for kind in WITH_HEADERS):
                _read_head(stream)
            while rest and (piece := stream.read(min(rest, PIECE))):
                digest.update(piece)
                rest -= len(piece)
            return digest.hexdigest() if stream.read(5) == b"\r\n\r\n" else None
    except (OSError, EOFError, zlib.error):
        return None


def _read_head(stream: GzipFile) -> bytes:
    head = b""
    while len(head) < PIECE and (line := stream.readline(PIECE)):
        head += line
        if line == b"\r\n":
            break
    return head


def name_target(name: str) -> str:
    """Return the address under which a local file is kept: its name alone, never a path of this machine."""
    return "file:" + quote(name.encode("utf-8", "surrogateescape"), safe="")


def _make_http(content: Content) -> StatusAndHeaders:
    from warcio.statusandheaders import StatusAndHeaders

    rows = [(name, _flatten(value)) for name, value in content.headers if _TOKEN.fullmatch(name)]
    http = StatusAndHeaders(_flatten(content.status), rows, protocol="HTTP/1.1")
    http.compute_headers_buffer()
    return http


def _flatten(words: str) -> str:
    """Return words as one line of ASCII: a header must not begin another one."""
    return quote(_CONTROL.sub(" ", words).strip().encode("utf-8", "surrogatepass"), safe=_PRINTABLE)


_PRINTABLE = "".join(map(chr, range(32, 127)))


def _quote(target: str) -> str:
    return quote(target.encode("utf-8", "surrogatepass"), safe="!#$%&'()*+,/:;=?@[]~")


def _digest(data: bytes) -> str:
    return "sha256:" + base64.b32encode(hashlib.sha256(data).digest()).decode("ascii")
