"""What does the web look like from inside a test: names, machines on loopback, and a clock that can be turned?"""

import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from firsthand.fetching import Client
from firsthand.fetching.asking import Limits, Means
from firsthand.fetching.clock import SystemClock

CERTIFICATE = Path(__file__).with_name("certificate.pem")
PUBLIC = "93.184.215.14"
OTHER = "151.101.1.69"
HOST = "quay.example"
PAGE = b"<html><head><title>Ferry</title></head><body><p>The ferry sank, Ida Moller said.</p></body></html>"


def write_answer(status: int = 200, body: bytes = PAGE, **headers: str) -> bytes:
    """Return an answer as a server writes it; `content_type` becomes Content-Type and so on."""
    known = {"content_type": "text/html", "content_length": str(len(body)), **headers}
    lines = [f"HTTP/1.1 {status} Something", *(f"{key.replace('_', '-')}: {value}" for key, value in known.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


class Machine:
    """A server on loopback that answers each path with the bytes it is given, and keeps what it was asked."""

    def __init__(self, pages: dict[str, bytes | Iterable[bytes] | Callable[[], bytes]], tls: bool = False) -> None:
        self.pages, self.asked = pages, list[tuple[str, dict[str, str]]]()
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if tls else None
        if self.tls:
            self.tls.load_cert_chain(CERTIFICATE)
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def close(self) -> None:
        self.door.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self.door.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        try:
            line = self.tls.wrap_socket(line, server_side=True) if self.tls else line
            with line:
                first, *rest = self._hear(line).decode("latin-1").split("\r\n")
                path = first.split(" ")[1]
                headers = dict(row.split(": ", 1) for row in rest if row)
                self.asked.append((path, {key.lower(): value for key, value in headers.items()}))
                missing = write_answer(404, b"", content_type="text/plain")
                page = self.pages.get(path, missing)
                page = page() if callable(page) else page
                for chunk in [page] if isinstance(page, bytes) else page:
                    line.sendall(chunk)
        except OSError:
            return

    def _hear(self, line: socket.socket) -> bytes:
        heard = b""
        while b"\r\n\r\n" not in heard:
            more = line.recv(4096)
            if not more:
                raise OSError
            heard += more
        return heard


class Clock(SystemClock):
    """A clock whose waits take no time, and are kept."""

    def __init__(self) -> None:
        self.waited, self.ahead = list[float](), 0.0

    def now(self) -> datetime:
        return datetime(2031, 5, 4, 10, 0, 0, tzinfo=UTC) + timedelta(seconds=self.ahead)

    def tick(self) -> float:
        return super().tick() + self.ahead

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.ahead += seconds


class World:
    """Names that lead to public numbers, and machines that stand there: whoever dials one reaches loopback.

    Only the wire is pretended. Which numbers may be dialled is decided by the rule that holds outside of tests.
    """

    def __init__(self) -> None:
        self.names: dict[str, list[tuple[str, ...]]] = {HOST: [(PUBLIC,)]}
        self.machines: dict[str, Machine] = {}
        self.dialled: list[tuple[str, int]] = []
        self.resolved: list[str] = []

    def put(self, pages: dict, number: str = PUBLIC, tls: bool = False) -> Machine:
        self.machines[number] = Machine(pages, tls)
        return self.machines[number]

    def resolve(self, host: str, port: int, seconds: float) -> tuple[str, ...]:
        self.resolved.append(host)
        answers = self.names.get(host)
        if not answers:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def dial(self, number: str, port: int, seconds: float) -> socket.socket:
        self.dialled.append((number, port))
        if number not in self.machines:
            raise ConnectionRefusedError(111, "Connection refused")
        return socket.create_connection(("127.0.0.1", self.machines[number].port), seconds)

    def make_tls(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(CERTIFICATE))

    def make_client(self, clock=None, limits: Limits | None = None, **more) -> Client:
        means = Means(resolve=self.resolve, dial=self.dial, make_tls=self.make_tls)
        return Client(means=means, clock=clock or Clock(), limits=limits, **more)

    def close(self) -> None:
        for machine in self.machines.values():
            machine.close()
