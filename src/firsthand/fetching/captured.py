"""What was captured from the web, and how did we come by it?"""

from __future__ import annotations

from datetime import datetime

from firsthand.model import record

Headers = tuple[tuple[str, str], ...]


@record
class Hop:
    """An address that led on to another."""

    url: str
    status: int
    location: str
    headers: Headers = ()


@record
class Captured:
    """One page as it came.

    `body` is the content, unpacked where the server packed it though it was asked not to.
    `headers` are the answer's, in order and in its own spelling; `asked` those of our request.
    `peer` is the number of the machine that answered; `robots` says how robots.txt was heeded, or why not.
    """

    url: str
    final_url: str
    redirects: tuple[Hop, ...]
    status: int
    reason: str
    headers: Headers
    body: bytes
    retrieved: datetime
    ending: str
    peer: str = ""
    asked: Headers = ()
    robots: str = ""
