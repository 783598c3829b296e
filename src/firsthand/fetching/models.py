"""May the model server a user named be asked, and what does it answer?

Reports come from anywhere, so pages are only ever fetched from public addresses; a model server is different: its base
URL is written by the user and by nobody else, and is often on the same machine. So a loopback address is allowed here,
in plain HTTP too; every other server must prove itself by TLS. No redirect is followed, no proxy or variable of the
environment is heeded, the answer is bounded in size and time, and the key is never part of a message.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpcore

from firsthand.errors import FetchError, InputError
from firsthand.fetching.clock import Clock, Deadline, SystemClock

LARGEST = 2_000_000
PATIENCE = 120.0
Ask = Callable[[bytes], bytes]


def make_asker(base_url: str, key: str = "", seconds: float = PATIENCE, clock: Clock | None = None) -> Ask:
    """Return the function that posts a body of JSON to `base_url`/chat/completions and returns the answer's bytes.

    `seconds` bound one question. Raises InputError for an address that may not be asked; the function returned raises
    FetchError where the server does not answer, or with more than 2 MB.
    """
    url = check_address(base_url)
    headers: list[tuple[bytes | str, bytes | str]] = [("Content-Type", "application/json")]
    if key:
        if not key.isascii() or not key.isprintable():
            raise InputError("the key for the model server holds characters that cannot be sent")
        headers.append(("Authorization", f"Bearer {key}"))

    def ask(body: bytes) -> bytes:
        try:
            return _post(url, headers, body, Deadline(clock or SystemClock(), seconds))
        except (TimeoutError, httpcore.TimeoutException) as error:
            raise FetchError(f"the model server at {url} took too long") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            raise FetchError(f"the model server at {url} cannot be asked ({type(error).__name__})") from error

    return ask


def check_address(base_url: str) -> str:
    """Return the address that is asked. Raises InputError unless it is TLS, or plain HTTP to this machine."""
    try:
        parts = urlsplit(base_url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise InputError(f"'{base_url[:80]}' is no address of a model server") from error
    if parts.scheme not in {"http", "https"} or not host or parts.query or parts.fragment or not base_url.isprintable():
        raise InputError(
            f"'{base_url[:80]}' is no address of a model server; give one such as http://127.0.0.1:8080/v1"
        )
    if parts.username is not None or parts.password is not None:
        raise InputError("the address of a model server may hold no name or password; give the key apart")
    if parts.scheme == "http" and not is_loopback(host):
        raise InputError(f"the model server '{host}' is not on this machine: its address must begin with https")
    named = f"[{host}]" if ":" in host else "127.0.0.1" if host == "localhost" and parts.scheme == "http" else host
    return f"{parts.scheme}://{named}{f':{port}' if port else ''}{parts.path.rstrip('/')}/chat/completions"


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine: "localhost" or a loopback number."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _post(url: str, headers: Sequence[tuple[bytes | str, bytes | str]], body: bytes, deadline: Deadline) -> bytes:
    """Return the body of the answer. Raises FetchError for any status but 200, and TimeoutError."""
    left = deadline.left()
    waits = {"timeout": {"connect": left, "read": left, "write": left, "pool": left}}
    with (
        httpcore.ConnectionPool(max_connections=1, http1=True, http2=False) as pool,
        pool.stream("POST", url, headers=headers, content=body, extensions=waits) as response,
    ):
        if response.status != 200:
            raise FetchError(f"the model server at {url} answered {response.status}")
        pieces: list[bytes] = []
        size = 0
        for piece in response.iter_stream():
            deadline.left()
            size += len(piece)
            if size > LARGEST:
                raise FetchError(f"the model server at {url} answered with more than {LARGEST} bytes")
            pieces.append(piece)
    return b"".join(pieces)
