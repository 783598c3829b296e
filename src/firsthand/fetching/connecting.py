"""To which machine does a name lead, and is that one still the one we checked when we connect?

A name is resolved once, every answer is checked, and the connection is made to the number that was checked:
a name that answers with a public address first and another one later gains nothing by it.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpcore

from firsthand.errors import FetchError, Refused
from firsthand.fetching.clock import Deadline
from firsthand.fetching.networks import find_refusal, read_number

if TYPE_CHECKING:
    from collections.abc import Iterator

Resolve = Callable[[str, int, float], Sequence[str]]
"""Host, port and seconds to the numbers it has. Raises OSError or TimeoutError."""
Dial = Callable[[str, int, float], socket.socket]
"""Number, port and seconds to an open connection. Raises OSError."""


def resolve_host(host: str, port: int, seconds: float) -> tuple[str, ...]:
    """Return the numbers the system's resolver gives for a name, each once, in its order.

    The resolver cannot be interrupted, so it is asked beside the main thread and left behind when time is up.
    """
    answers: list[str] = []
    faults: list[OSError] = []

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.extend(str(entry[4][0]) for entry in found)
        except (OSError, UnicodeError) as error:
            faults.append(error if isinstance(error, OSError) else OSError(str(error)))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    if faults:
        raise faults[0]
    if asking.is_alive():
        raise TimeoutError("the name was not resolved in time")
    return tuple(dict.fromkeys(answers))


def dial_number(number: str, port: int, seconds: float) -> socket.socket:
    """Connect to a number. No name is looked up here, and the far end is checked to be that number.

    A machine may have a public number of its own, behind which stands what is meant for itself: it is not asked.
    """
    family = socket.AF_INET6 if ":" in number else socket.AF_INET
    line = socket.socket(family, socket.SOCK_STREAM)
    try:
        line.settimeout(seconds)
        line.connect((number, port))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if read_number(line.getpeername()[0]) != read_number(number):
            raise OSError("the connection led elsewhere")
        near = read_number(line.getsockname()[0])
        if near == read_number(number) and not near.is_loopback:
            raise OSError("the connection led back to this machine")
    except OSError:
        line.close()
        raise
    return line


class CheckedNetwork(httpcore.NetworkBackend):
    """The network as one exchange sees it: public addresses only, until the deadline. `peer` is whom it reached."""

    def __init__(self, resolve: Resolve, dial: Dial, deadline: Deadline) -> None:
        self.resolve, self.dial, self.deadline = resolve, dial, deadline
        self.peer = ""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> Wire:
        """Connect to the first number of a host that answers. Raises Refused if any number it has is not public."""
        fault: OSError | None = None
        for number in self._find_numbers(host, port, timeout):
            try:
                line = self.dial(number, port, self.deadline.left(timeout))
            except OSError as error:
                fault = error
            else:
                self.peer = number
                return Wire(line, self.deadline)
        if isinstance(fault, TimeoutError):
            raise httpcore.ConnectTimeout("did not answer in time")
        raise httpcore.ConnectError(f"cannot be reached ({(fault and fault.strerror) or fault or 'it has no address'})")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> Wire:
        """Refuse: nothing of this machine is asked."""
        raise Refused("nothing of this machine is fetched")

    def _find_numbers(self, host: str, port: int, timeout: float | None) -> list[str]:
        try:
            literal = _is_number(host)
            answers = (host,) if literal else self.resolve(host, port, self.deadline.left(timeout))
            numbers = [read_number(answer) for answer in answers]
        except TimeoutError:
            raise httpcore.ConnectTimeout("its name was not resolved in time") from None
        except OSError as error:
            raise httpcore.ConnectError(f"its name is not known ({error.strerror or error})") from None
        except ValueError:
            raise FetchError(f"{host}: its name leads to what is no address") from None
        for number in numbers:
            refusal = find_refusal(number)
            if refusal:
                raise Refused(f"{host} leads to {number}, {refusal}; only public addresses are fetched")
        return [str(number) for number in numbers]


class Wire(httpcore.NetworkStream):
    """An open connection that ends at the deadline, however slowly the far end drips."""

    def __init__(self, line: socket.socket, deadline: Deadline) -> None:
        self.line, self.deadline = line, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what has come, or nothing at the end."""
        with _told(httpcore.ReadTimeout("did not go on in time"), httpcore.ReadError):
            self.line.settimeout(self.deadline.left(timeout))
            return self.line.recv(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send everything."""
        with _told(httpcore.WriteTimeout("did not listen in time"), httpcore.WriteError):
            self.line.settimeout(self.deadline.left(timeout))
            self.line.sendall(buffer)

    def close(self) -> None:
        """Hang up."""
        self.line.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> Wire:
        """Go on in private, with whoever proves to be the host that was named."""
        try:
            with _told(httpcore.ConnectTimeout("did not answer in time"), httpcore.ConnectError):
                self.line.settimeout(self.deadline.left(timeout))
                return Wire(ssl_context.wrap_socket(self.line, server_hostname=server_hostname), self.deadline)
        except (httpcore.TimeoutException, httpcore.NetworkError):
            self.close()
            raise

    def get_extra_info(self, info: str) -> Any:
        """Return what httpcore asks about the connection."""
        return self.line if info == "ssl_object" and isinstance(self.line, ssl.SSLSocket) else None


def _is_number(host: str) -> bool:
    try:
        read_number(host)
    except ValueError:
        return False
    return True


@contextmanager
def _told(late: Exception, broken: type[Exception]) -> Iterator[None]:
    """Tell the faults of a socket in the words of httpcore."""
    try:
        yield
    except TimeoutError:
        raise late from None
    except ssl.SSLCertVerificationError as error:
        raise broken(f"could not prove who it is ({error.verify_message})") from None
    except OSError as error:
        raise broken(f"broke off ({error.strerror or error})") from None
