"""How does what is on the web come into an archive?

Every page is fetched by the one client of firsthand, kept as it came in a web archive of its own within the archive,
and read from there. A page that came again with the same bytes is kept once.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from firsthand.errors import FetchError
from firsthand.reading.gather import Found

if TYPE_CHECKING:
    from firsthand.fetching import Captured, Client

FOLDER = "fetched"
# What was true of the transfer and is no longer of the body, which is kept unpacked.
TRANSFER = ("content-encoding", "transfer-encoding", "content-length")


def split_addresses(paths: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return which of `paths` are on the disk and which on the web."""
    from firsthand.fetching import is_address

    return [path for path in paths if not is_address(path)], [path for path in paths if is_address(path)]


def fetch_addresses(folder: Path, addresses: Sequence[str], client: Client | None = None) -> tuple[str, ...]:
    """Fetch pages and feeds into the archive in `folder`; return, for each that could not be fetched, why."""
    from firsthand.fetching import Client, fetch_url

    asking = client or Client()
    faults = []
    for address in addresses:
        try:
            captured = fetch_url(address, client=asking)
        except FetchError as error:
            faults.append(str(error))
        else:
            _keep_capture(folder / FOLDER, captured)
    return tuple(faults)


def find_fetched(folder: Path) -> tuple[Found, ...]:
    """Return every web archive that was fetched into the archive in `folder`, now or earlier."""
    inside = folder / FOLDER
    places = sorted(inside.glob("*.warc.gz"))
    return tuple(Found(path=f"{FOLDER}/{place.name}", place=place, root=inside) for place in places)


def _keep_capture(inside: Path, captured: Captured) -> None:
    """Write a page as a web archive of one record; the file is there whole or not."""
    from firsthand.custody.custodian import show_moment
    from firsthand.custody.warc import Content, make_record

    name = sha256(captured.final_url.encode("utf-8", "surrogatepass") + b"\0" + captured.body).hexdigest()[:16]
    place = inside / f"{name}.warc.gz"
    if place.exists():
        return
    content = Content(
        kind="response",
        target=captured.final_url,
        body=captured.body,
        status=f"{captured.status} {captured.reason}",
        headers=tuple((one, value) for one, value in captured.headers if one.lower() not in TRANSFER),
    )
    inside.mkdir(exist_ok=True)
    unfinished = inside / "unfinished"
    unfinished.write_bytes(make_record(content, show_moment(captured.retrieved), captured.url))
    unfinished.replace(place)
