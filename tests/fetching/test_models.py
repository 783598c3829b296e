"""Which model servers may be asked, and what if they misbehave?"""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from firsthand.errors import FetchError, InputError
from firsthand.fetching.models import LARGEST, check_address, make_asker


class Server(BaseHTTPRequestHandler):
    """Answers by the path's first word; keeps what it was sent."""

    sent: list[tuple[str, str, bytes]] = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Server.sent.append((self.path, self.headers.get("Authorization", ""), body))
        kind = self.path.split("/")[1]
        if kind == "slow":
            threading.Event().wait(1.0)
        self.send_response({"moved": 302, "broken": 500}.get(kind, 200))
        if kind == "moved":
            self.send_header("Location", "/v1/chat/completions")
        self.end_headers()
        self.wfile.write(b"x" * (LARGEST + 1) if kind == "giant" else b'{"kind": "' + kind.encode() + b'"}')

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="module")
def base():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.handle_error = lambda *_: None  # a client that hangs up is what some tests want
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_server_on_this_machine_is_asked_with_its_key(base):
    ask = make_asker(f"{base}/v1/", key="tide-7")
    assert ask(b'{"model": "small"}') == b'{"kind": "v1"}'
    assert Server.sent[-1] == ("/v1/chat/completions", "Bearer tide-7", b'{"model": "small"}')


@pytest.mark.parametrize(
    ("kind", "match"),
    [("moved", "answered 302"), ("broken", "answered 500"), ("giant", "more than"), ("slow", "took too long")],
)
def test_a_server_that_misbehaves_is_one_sentence_without_the_key(base, kind, match):
    ask = make_asker(f"{base}/{kind}", key="tide-7", seconds=0.5)
    with pytest.raises(FetchError, match=match) as caught:
        ask(b"{}")
    assert "tide-7" not in str(caught.value)
    assert Server.sent[-1][0].startswith(f"/{kind}/")


def test_a_server_that_is_not_there_is_one_sentence():
    with pytest.raises(FetchError, match="cannot be asked"):
        make_asker("http://127.0.0.1:9")(b"{}")


@pytest.mark.parametrize(
    "address",
    [
        "http://models.example/v1",
        "http://10.0.0.7:8080/v1",
        "http://169.254.169.254/v1",
        "ftp://127.0.0.1/v1",
        "file:///etc/passwd",
        "https://ida:tide@models.example/v1",
        "https://models.example/v1?key=7",
        "https://models.example:x/v1",
        "http://localhost.models.example/v1",
        "https://models.example/v1\r\nHost: other",
        "//models.example",
        "",
    ],
)
def test_an_address_that_may_not_be_asked_is_refused(address):
    with pytest.raises(InputError):
        check_address(address)


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("http://localhost:8080/v1", "http://127.0.0.1:8080/v1/chat/completions"),
        ("http://[::1]:8080/v1/", "http://[::1]:8080/v1/chat/completions"),
        ("https://models.example/v1", "https://models.example/v1/chat/completions"),
    ],
)
def test_an_address_is_completed(address, asked):
    assert check_address(address) == asked


def test_a_key_that_would_break_the_request_is_refused():
    with pytest.raises(InputError, match="cannot be sent"):
        make_asker("https://models.example/v1", key="tide\r\nX: 7")
