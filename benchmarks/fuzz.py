"""Can any bytes crash a reader? Mutates small files of every format, all of it repeatable by seed and number.

Usage: fuzz.py [INPUTS] [SEED] [FIRST]. Every input must end in sound reports or in Unreadable.
"""

from __future__ import annotations

import faulthandler
import gzip
import json
import random
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from firsthand.model import Report
from firsthand.reading.gather import Unreadable
from firsthand.reading.read import read_data
from reading.samples import FISH, ICE, make_page, make_pdf, make_record, make_revisit, make_warc, make_word, make_zip

TOKENS = [
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n\r\n", b"\n\n", b"\x1f\x8b\x08", b"PK\3\4", b"%PDF-", b"WARC/1.0\r\n"),
    *(
        b"Content-Length: 99999999999\r\n",
        b"Content-Length: -1\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"--b--",
        b"--b\n",
    ),
    *(b"Content-Type: message/rfc822\n\n", b"Content-Type: multipart/mixed; boundary=b\n\n", b"From a@b Mon 2015\n"),
    *(
        b"<![CDATA[",
        b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
        b"&a;&#0;&#xD800;",
        b"<table>",
        b"</p>",
        b"<a href='//['>",
        b"<svg>",
    ),
    *(
        b'{"text":',
        b"[[",
        b'"\\ud800"',
        b"1e999",
        b"stream\n",
        b"endobj",
        b"/Kids [4 0 R 4 0 R]",
        b"/Count 9999999",
        b"\x80\x81",
    ),
    *(
        "\u202e\u2028\x85\u0660".encode(),
        b"Published: 99/99/9999\n",
        b"---\n",
        b"3 comments\n",
        b"a says:\n",
        b"A" * 300,
        b"\t" * 50,
    ),
]


def make_seeds() -> dict[str, list[bytes]]:
    """Return some sound files for every ending that is read."""
    page, pdf = make_page(f"{FISH} {ICE}", "Ice"), make_pdf([[FISH, "", ICE], [], [ICE]], title="Ice", script="x")
    records = [make_record("http://a.example/1", page), make_record("http://a.example/2", pdf, kind="application/pdf")]
    records.append(make_revisit("http://a.example/3", "http://a.example/1"))
    head = (
        b"From: Bell <a@b.example>\nSubject: =?utf-8?q?Ice?=\nDate: Mon, 6 Apr 2015 08:00:00 +0000\nMIME-Version: 1.0\n"
    )
    mail = head + b"Content-Type: text/plain; charset=utf-8\n\n" + FISH.encode()
    body = b"--b\nContent-Type: text/html\n\n" + page + b"\n--b\nContent-Disposition: attachment; filename=a.txt\n\n"
    parts = head + b"Content-Type: multipart/mixed; boundary=b\n\n" + body + ICE.encode() + b"\n--b--\n"
    head_block, readers = "Title: Ice\nPublished: 6 April 2015", "3 comments\notter says:\nno"
    plain = f"{head_block}\n\n{FISH}\n\nBy Anna Moll\n\n{ICE}\n\n{readers}".encode()
    item = f"<item><title>Ice</title><description>{FISH}</description></item>"
    feed = f"<rss><channel><title>Bell</title>{item}</channel></rss>"
    lines = json.dumps({"text": FISH, "body": [[0, 9]], "parts": [{"kind": "comment", "text": "x"}]}) + "\n{}\n"
    packed = make_warc(records)
    return {
        ".txt": [plain, plain.decode().encode("utf-16-le")],
        ".md": [b"---\ntitle: Ice\n---\n# Ice\n\n[x](http://a.example) " + FISH.encode()],
        ".html": [page, page.replace(b"<p>", b"<div class='comments'><ol><li>x</li></ol></div><table><tr><td><p>")],
        ".xml": [feed.encode()],
        ".eml": [mail, parts],
        ".mbox": [
            b"From a@b.example Mon Apr  6 08:00:00 2015\n" + mail + b"\n\nFrom c@d.example Mon Apr  6 2015\n" + parts
        ],
        ".pdf": [pdf],
        ".docx": [make_word([FISH, ICE], "Ice"), make_zip({"word/document.xml": b"<x/>"}, 0)],
        ".jsonl": [lines.encode()],
        ".warc": [make_warc(records, packed=False), packed],
        ".warc.gz": [packed],
        ".wacz": [make_zip({"archive/a.warc.gz": packed}, 0), make_zip({"archive/a.warc": b"".join(records)})],
        ".html.gz": [gzip.compress(page, mtime=0)],
        "": [plain, page, parts, pdf, packed, lines.encode()],
    }


def mutate(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with one to eight things done to them."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(changed) + 1)
        length = min(chance.choice((1, 2, 8, 64, 512)), len(changed) - at)
        match chance.randrange(6):
            case 0:
                changed[at : at + length] = chance.randbytes(length)
            case 1:
                del changed[at : at + length]
            case 2:
                changed[at:at] = chance.choice(TOKENS)
            case 3:
                changed[at:at] = changed[at : at + length] * chance.choice((1, 2, 20))
            case 4:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case _:
                del changed[max(at, len(changed) // 4) :]
    return bytes(changed)


def check_report(report: Report) -> None:
    """Hold a report to the laws of reading: stretches in order, parts where they stand, text that can be kept."""
    last = 0
    for start, end in report.body:
        assert last <= start < end <= len(report.text), "the body stands in the text, in order"
        last = end
    for part in report.parts:
        assert part.span is None or report.text[slice(*part.span)] == part.text, "a part stands where it says"
    for link in report.links:
        assert link.span is None or 0 <= link.span[0] <= link.span[1] <= len(report.text), "a link stands in the text"
    json.dumps([report.path, report.title, report.publisher, report.url, report.language])
    assert report.id.startswith("r-")


def run(inputs: int, seed: int, first: int) -> Counter[str]:
    """Read that many inputs, the formats in turn, and count how each ended."""
    faulthandler.enable()
    seeds = make_seeds()
    endings, ended = sorted(seeds), Counter[str]()
    slowest = (0.0, 0)
    for number in range(first, first + inputs):
        chance = random.Random(f"{seed}:{number}")
        ending = endings[number % len(endings)]
        data = mutate(chance.choice(seeds[ending]), chance)
        begun = time.perf_counter()
        try:
            reports, problems = read_data(f"a{ending}", data)
            for report in reports:
                check_report(report)
            ended["read with problems" if problems else "read"] += 1
        except Unreadable:
            ended["said to be unreadable"] += 1
        except BaseException:
            print(f"input {number} of seed {seed} (a{ending}) broke a reader", file=sys.stderr)
            raise
        slowest = max(slowest, (time.perf_counter() - begun, number))
    print(f"slowest: input {slowest[1]}, {slowest[0]:.2f} s")
    return ended


def main() -> None:
    inputs, seed, first = (int(word) for word in (*sys.argv[1:4], *("20000", "1", "0")[len(sys.argv) - 1 :]))
    begun = time.perf_counter()
    ended = run(inputs, seed, first)
    taken = time.perf_counter() - begun
    told = ", ".join(f"{count} {how}" for how, count in sorted(ended.items()))
    print(f"{inputs} inputs of 14 kinds in {taken:.0f} s, no crash: {told}")


if __name__ == "__main__":
    main()
