"""What is entered when a report comes into a case, from a file or from the network?"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from firsthand.custody.custodian import Custodian, read_custodian
from firsthand.custody.entry import AGAIN, Entry
from firsthand.custody.ledger import Ledger, open_ledger
from firsthand.custody.warc import Content, name_target
from firsthand.model import record

REPORTS = "reports"
DECODED = ("content-encoding", "transfer-encoding", "content-length")


@record
class Response:
    """What a server answered: the address it came from, the status, the headers and the body as received.

    `decoded` says that the body was unpacked already; the headers that no longer fit it are then kept renamed.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    reason: str = ""
    decoded: bool = True


def enter_reports(
    case: str | Path, names: Sequence[tuple[str, str]], custodian: Custodian | None = None
) -> tuple[Entry, ...]:
    """Keep and enter files of `reports/`, each given as its name there and the name it came with.

    What is entered already with these very bytes is not entered again. Raises CaseError.
    """
    case = Path(case)
    with open_ledger(case, custodian or read_custodian()) as ledger:
        return tuple(entry for name, given in names for entry in _enter_file(ledger, case, name, given))


def record_capture(
    case: str | Path, name: str, response: Response, *, note: str = "", custodian: Custodian | None = None
) -> Entry:
    """Keep and enter what a server answered, whose body is the file `name` of `reports/`.

    `note` says what else matters about it: redirects, a robots.txt that was not followed and why.
    Where these very bytes are entered under this name already, only the answer's head is kept, and the entry points
    back. Raises CaseError.
    """
    path, digest = f"{REPORTS}/{name}", hashlib.sha256(response.body).hexdigest()
    with open_ledger(Path(case), custodian or read_custodian()) as ledger:
        before = next((one for one in ledger.entries if one.name == path and one.sha256 == digest), None)
        if before is None:
            return ledger.keep("captured", path, _read_content(response), url=response.url, note=note)
        refers_to = (before.url or name_target(name), before.when)
        content = replace(_read_content(response), kind="revisit", refers_to=refers_to)
        note = f"the same bytes as entry {before.n}; {note}".removesuffix("; ")
        return ledger.keep(AGAIN, path, content, url=response.url, note=note)


def _read_content(response: Response) -> Content:
    headers = tuple(_rename(*one) for one in response.headers) if response.decoded else response.headers
    status = f"{response.status} {response.reason}".strip()
    return Content(kind="response", target=response.url, body=response.body, status=status, headers=headers)


def _enter_file(ledger: Ledger, case: Path, name: str, given: str) -> tuple[Entry, ...]:
    path = f"{REPORTS}/{name}"
    body = (case / REPORTS / name).read_bytes()
    if ledger.latest.get(path) == hashlib.sha256(body).hexdigest():
        return ()
    return (ledger.keep("added", path, Content(kind="resource", target=name_target(given), body=body)),)


def _rename(name: str, value: str) -> tuple[str, str]:
    return (f"X-Archive-Orig-{name}" if name.lower() in DECODED else name, value)
