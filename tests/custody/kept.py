"""Which small case in custody do these tests start from?"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from firsthand.case import new_case
from firsthand.custody import Custodian, Response, check_custody, enter_reports, record_capture
from firsthand.model import Finding, Severity

NOON = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
ANNA = Custodian(who="Anna Weigl", when=NOON, version="0.1.0")
REPORTS = {
    "gazette.txt": b"The weir at Marl gave way at noon, the miller said.\n",
    "radio.txt": b"A warden spoke of a crack as wide as a hand.\n",
}
PAGE = Response(
    url="https://paper.example/weir",
    status=200,
    reason="OK",
    headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip")),
    body=b"<p>The council says that no survey has been published.</p>\n",
)


def make_case(folder: Path) -> Path:
    """Return a new case with two local files and one page from the network in custody: four entries, three files."""
    new_case(folder, "Did the weir burst?", NOON.date())
    for name, body in REPORTS.items():
        (folder / "reports" / name).write_bytes(body)
    enter_reports(folder, [(name, name) for name in REPORTS], ANNA)
    (folder / "reports" / "page.html").write_bytes(PAGE.body)
    record_capture(folder, "page.html", PAGE, note="redirected once", custodian=ANNA)
    return folder


def find_log(case: Path) -> Path:
    return case / "custody" / "log.jsonl"


def find_warc(case: Path, number: int = 1) -> Path:
    return case / "custody" / f"captured-{number:03}.warc.gz"


def read_lines(case: Path) -> list[bytes]:
    return find_log(case).read_bytes().splitlines(keepends=True)


def find_wanting(case: Path, head: str = "") -> list[Finding]:
    return [found for found in check_custody(case, head) if found.severity != Severity.NOTE]
