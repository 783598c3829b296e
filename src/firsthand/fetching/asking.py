"""What does one machine answer to one request?"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote

import httpcore

from firsthand.errors import FetchError
from firsthand.fetching.addresses import Address, show_address
from firsthand.fetching.bodies import collect_bytes, expand_body
from firsthand.fetching.captured import Headers
from firsthand.fetching.clock import Deadline
from firsthand.fetching.connecting import CheckedNetwork, Dial, Resolve
from firsthand.fetching.lists import load_endings, load_silent_types
from firsthand.model import record

FAULTS = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError)
PACKED = ".gz"
MANY_BYTES = 50 * 1024 * 1024


@record
class Limits:
    """How long, how large, how often: seconds, bytes and counts."""

    connect: float = 10.0
    read: float = 20.0
    total: float = 180.0
    size: int = MANY_BYTES
    redirects: int = 5
    retries: int = 2
    delay: float = 1.0
    longest_delay: float = 30.0


@record
class Means:
    """By what names are resolved, connections made and hosts proven. Tests bring their own."""

    resolve: Resolve
    dial: Dial
    make_tls: Callable[[], ssl.SSLContext]


@record
class Request:
    """What is asked for. `page`: it must be of a type that is read, else FetchError. `cut`: the rest may be left."""

    address: Address
    headers: Headers
    size: int
    page: bool = True
    cut: bool = False


@record
class Answer:
    """What came back; `body` only with status 200, and unpacked where it was packed."""

    address: Address
    peer: str
    status: int
    reason: str
    headers: Headers
    body: bytes = b""

    def find_header(self, name: str) -> str:
        """Return the first header of a name, or an empty string."""
        return next((value for key, value in self.headers if key.lower() == name), "")


def ask_machine(request: Request, means: Means, limits: Limits, deadline: Deadline) -> Answer:
    """Send one GET over a connection of its own, and return the answer.

    No cookie, proxy or password is ever sent, and no redirect followed. Raises FetchError, or Refused.
    """
    address = request.address
    network = CheckedNetwork(means.resolve, means.dial, deadline)
    tls = means.make_tls() if address.scheme == "https" else None
    # In its pieces: httpcore would drop what follows a semicolon from an address it takes apart itself.
    pieces = (address.scheme.encode(), address.host.encode(), address.port)
    url = httpcore.URL(scheme=pieces[0], host=pieces[1], port=pieces[2], target=address.target.encode())
    connection = httpcore.HTTPConnection(httpcore.Origin(*pieces), ssl_context=tls, network_backend=network)
    waits = {"connect": limits.connect, "read": limits.read, "write": limits.read}
    try:
        with connection, connection.stream("GET", url, headers=request.headers, extensions={"timeout": waits}) as sent:
            return _take(sent, request, network.peer)
    except FetchError as fault:
        raise type(fault)(f"{show_address(address.url)}: {fault}") from None
    except (*FAULTS, TimeoutError) as fault:
        raise FetchError(f"{show_address(address.url)}: {_tell(fault)}") from None


def find_ending(answer: Answer) -> str:
    """Return the ending of a file for an answer (".html"), or an empty string for a type that is not read."""
    declared = answer.find_header("content-type").partition(";")[0].strip().lower()
    known = load_endings()
    if declared not in load_silent_types() and known.get(declared) != PACKED:
        return known.get(declared, "")
    inner, suffix = ["", "", *PurePosixPath(unquote(answer.address.target.partition("?")[0])).suffixes][-2:]
    suffix, inner = suffix.lower(), inner.lower()
    if suffix == PACKED and inner in known.values():
        return inner + suffix
    return known.get(declared, "") or (suffix if suffix in known.values() else "")


def _take(sent: httpcore.Response, request: Request, peer: str) -> Answer:
    """Take in an answer, its body only where it is a page that was asked for."""
    headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in sent.headers)
    reason = sent.extensions.get("reason_phrase", b"").decode("latin-1")
    answer = Answer(address=request.address, peer=peer, status=sent.status, reason=reason, headers=headers)
    if sent.status != 200:
        return answer
    if request.page and not find_ending(answer):
        declared = answer.find_header("content-type")[:80] or "of no type"
        raise FetchError(f"is {declared}, which firsthand does not read")
    declared = answer.find_header("content-length")
    if declared.isdigit() and int(declared[:15]) > request.size and not request.cut:
        raise FetchError(f"is larger than {request.size >> 20} MB")
    taken = collect_bytes(sent.iter_stream(), request.size, cut=request.cut)
    return replace(answer, body=expand_body(taken, answer.find_header("content-encoding"), request.size))


def _tell(fault: Exception) -> str:
    if isinstance(fault, httpcore.ProtocolError):
        return "does not answer as a web server should, or broke off in the middle"
    return str(fault) or "broke off"
