"""Is a page captured as it came, and nothing asked that must not be?"""

import gzip
import socket
import time
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fetching.world import HOST, OTHER, PAGE, PUBLIC, Clock, World, write_answer
from firsthand.errors import FetchError, InputError, Refused
from firsthand.fetching import Hop, fetch_url
from firsthand.fetching.asking import Limits
from firsthand.fetching.client import SYSTEM, Client

URL = f"http://{HOST}/ferry"
QUICK = Limits(connect=0.5, read=0.3, total=1.0)


def lead_to(location: str, status: int = 302) -> bytes:
    return write_answer(status, b"", location=location)


def test_a_page_is_captured_as_it_came(world):
    world.put({"/ferry": write_answer(X_Odd="kept")})
    captured = fetch_url(URL, client=world.make_client())
    assert captured.body == PAGE
    assert (captured.url, captured.final_url, captured.status, captured.redirects) == (URL, URL, 200, ())
    assert ("X-Odd", "kept") in captured.headers
    assert captured.retrieved == datetime(2031, 5, 4, 10, tzinfo=UTC)
    assert (captured.peer, captured.ending, captured.robots) == (PUBLIC, ".html", "heeded")


def test_a_request_says_who_asks_and_carries_nothing_else(world, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9/")
    machine = world.put({"/ferry": lead_to("/port"), "/port": write_answer()})
    machine.pages["/ferry"] = write_answer(302, b"", location="/port", set_cookie="a=b")
    fetch_url(URL, client=world.make_client(contact="desk@quay.example"))
    for _, headers in machine.asked:
        assert headers["user-agent"].startswith("firsthand/")
        assert "desk@quay.example" in headers["user-agent"]
        assert set(headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}


@pytest.mark.parametrize("contact", ["a\r\nX-Evil: 1", "jörg@quay.example", "a)b", "x" * 300])
def test_a_contact_that_cannot_be_sent_is_refused(contact):
    with pytest.raises(InputError, match="FIRSTHAND_CONTACT"):
        Client(contact=contact)


def test_redirects_are_followed_and_kept(world):
    world.names["other.example"] = [(OTHER,)]
    world.put({"/ferry": lead_to("/a b?q=\xfc", 301), "/a%20b?q=%FC": lead_to("//other.example/\xc3\xbc#d", 308)})
    world.put({"/%C3%BC": write_answer()}, OTHER)
    captured = fetch_url(URL, client=world.make_client())
    assert captured.final_url == "http://other.example/%C3%BC"
    assert [(hop.url, hop.status) for hop in captured.redirects] == [
        (URL, 301),
        (f"http://{HOST}/a%20b?q=%FC", 308),
    ]
    assert isinstance(captured.redirects[0], Hop)
    assert captured.peer == OTHER


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:169.254.169.254]/",
        "http://2852039166/",
        "http://0x7f.1/",
        "//localhost/",
        "http://inner.example/",
        "http://mixed.example/",
        f"http://{HOST}:6379/",
        f"http://anna:secret@{HOST}/",
        "ftp://quay.example/",
        "gopher://quay.example:70/1",
        "dict://127.0.0.1:11211/stat",
        "data:text/html,<p>forged</p>",
        "javascript:alert(1)",
        "FILE:/etc/passwd",
        "jar:http://quay.example/a!/b",
        "about:blank",
        "http://[fd00:ec2::254]/latest/",
        "http://[64:ff9b::169.254.169.254]/",
        "http://[::127.0.0.1]/",
        "http://[fe80::1%25eth0]/",
        "http://100.100.100.200/latest/meta-data/",
        "http://169.254.169.254./latest/",
        "http://0251.0376.0251.0376/",
        "http://0xA9FEA9FE/",
        "http://0/",
        "http://[::]/",
        "http://LOCALHOST%2e/",
        "http://loca\xe2\x85\xbchost/",
        "/\\127.0.0.1/",
        "http://127.0.0.1:80\\@quay.example/",
        "//quay.example@127.0.0.1/",
        "//127.0.0.1:443/",
    ],
)
def test_a_redirect_to_where_a_reader_has_no_business_is_refused(world, location):
    world.names |= {"inner.example": [("10.0.0.7",)], "mixed.example": [(PUBLIC, "127.0.0.1")]}
    world.put({"/ferry": lead_to(location)})
    with pytest.raises(Refused) as refused:
        fetch_url(URL, client=world.make_client())
    assert set(world.dialled) == {(PUBLIC, 80)}
    assert "secret" not in str(refused.value)


def test_endless_redirects_end(world):
    machine = world.put({"/ferry": lead_to("/ferry")})
    with pytest.raises(FetchError, match="more than 5 times"):
        fetch_url(URL, client=world.make_client())
    assert machine.paths.count("/ferry") == 6


@pytest.mark.parametrize(
    "answer",
    [
        "127.0.0.1",
        "::1",
        "::",
        "0.0.0.0",
        "10.1.1.1",
        "169.254.169.254",
        "100.100.100.200",
        "fd00:ec2::254",
        "fd20:ce::254",
        "::ffff:127.0.0.1",
        "fe80::1%lo",
        "64:ff9b::a00:1",
        "64:ff9b:1::a00:1",
        "2002:a00:1::1",
    ],
)
def test_a_name_that_leads_inside_is_refused_before_anything_is_dialled(world, answer):
    world.names[HOST] = [(answer,)]
    with pytest.raises(Refused, match="leads to"):
        fetch_url(URL, client=world.make_client())
    assert world.dialled == []


def test_a_name_with_one_inner_number_among_public_ones_is_refused(world):
    world.names[HOST] = [(PUBLIC, "192.168.0.1")]
    with pytest.raises(Refused):
        fetch_url(URL, client=world.make_client())
    assert world.dialled == []


def test_a_name_that_changes_its_answer_gains_nothing(world):
    """DNS rebinding: robots.txt is answered from a public number, then the name leads to this machine."""
    world.names[HOST] = [(PUBLIC,), ("127.0.0.1",)]
    machine = world.put({"/ferry": write_answer()})
    with pytest.raises(Refused, match="loopback"):
        fetch_url(URL, client=world.make_client())
    assert world.dialled == [(PUBLIC, 80)]
    assert machine.paths == ["/robots.txt"]


def test_each_connection_goes_to_the_number_that_was_checked(world):
    """A second look-up between check and connection would be answered with this machine."""
    world.names[HOST] = [(PUBLIC,), (PUBLIC,), ("127.0.0.1",)]
    world.put({"/ferry": write_answer()})
    fetch_url(URL, client=world.make_client())
    assert world.resolved == [HOST, HOST]
    assert world.dialled == [(PUBLIC, 80), (PUBLIC, 80)]


def test_dialling_looks_up_no_name(monkeypatch):
    def forbid(*_, **__):
        raise AssertionError("a name was looked up")

    monkeypatch.setattr(socket, "getaddrinfo", forbid)
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        with SYSTEM.dial("127.0.0.1", door.getsockname()[1], 1.0) as line:
            assert line.getpeername() == door.getsockname()


@pytest.mark.parametrize("number", [PUBLIC, "2606:4700::1111"])
def test_a_public_number_that_is_this_machines_own_is_not_asked(monkeypatch, number):
    class Line:
        """A connection whose two ends have one number, as those of a machine that calls itself do."""

        closed = False

        def __init__(self, *_):
            lines.append(self)

        def settimeout(self, seconds): ...

        def connect(self, place): ...

        def setsockopt(self, *_): ...

        def getsockname(self):
            return (number, 40000)

        def getpeername(self):
            return (number, 80)

        def close(self):
            self.closed = True

    lines: list[Line] = []
    monkeypatch.setattr(socket, "socket", Line)
    with pytest.raises(OSError, match="back to this machine"):
        SYSTEM.dial(number, 80, 1.0)
    assert [line.closed for line in lines] == [True]


def test_the_system_resolver_answers_with_numbers_and_in_time(monkeypatch):
    assert "127.0.0.1" in SYSTEM.resolve("127.0.0.1", 80, 5.0)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(3) or [])
    with pytest.raises(TimeoutError):
        SYSTEM.resolve(HOST, 80, 0.1)


def test_the_next_number_is_tried_when_the_first_does_not_answer(world):
    world.names[HOST] = [(OTHER, PUBLIC)]
    world.put({"/ferry": write_answer()})
    assert fetch_url(URL, client=world.make_client()).peer == PUBLIC


@pytest.mark.parametrize("numbers", [(), (OTHER,), ("not a number",)])
def test_a_host_that_cannot_be_reached_is_told_in_a_sentence(world, numbers):
    world.names[HOST] = [numbers]
    with pytest.raises(FetchError, match=HOST):
        fetch_url(URL, client=world.make_client(ignore_robots="a test"))


def test_a_request_asks_for_the_very_path_and_host_that_were_meant(world):
    number = "2606:4700::1111"
    machine = world.put({"/a;b=1/c;d?e;f=%2F&g": write_answer()}, number)
    captured = fetch_url(f"http://[{number}]/a;b=1/c;d?e;f=%2F&g#h", client=world.make_client())
    assert captured.peer == number
    assert machine.asked[-1][1]["host"] == f"[{number}]"
    world.names["xn--bcher-kva.example"] = [(number,)]
    fetch_url("http://bücher.example:8080/a;b=1/c;d?e;f=%2F&g", client=world.make_client(ports={8080}))
    assert machine.asked[-1][1]["host"] == "xn--bcher-kva.example:8080"
    assert world.dialled[-1] == (number, 8080)


def test_a_host_must_prove_who_it_is(world):
    world.names |= {"secure.quay.example": [(PUBLIC,)], "other.example": [(PUBLIC,)]}
    machine = world.put({"/a": write_answer()}, tls=True)
    assert fetch_url("https://secure.quay.example/a", client=world.make_client()).status == 200
    asked = len(machine.asked)
    with pytest.raises(FetchError, match="could not prove who it is"):
        fetch_url("https://other.example/a", client=world.make_client())
    assert len(machine.asked) == asked


def test_a_server_that_speaks_no_tls_is_told(world):
    world.put({})
    with pytest.raises(FetchError, match=f"https://{HOST}"):
        fetch_url(f"https://{HOST}/a", client=world.make_client(limits=QUICK))


def drip(first: bytes, more: bytes, pause: float):
    yield first
    for _ in range(200):
        time.sleep(pause)
        yield more


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
SLOW = {
    "nothing at all": lambda: drip(b"", b"", 1),
    "a head that stops": lambda: drip(HEAD, b"", 1),
    "a head that drips": lambda: drip(HEAD, b"X-More: 1\r\n", 0.1),
    "a body that stops": lambda: drip(HEAD + b"Content-Length: 99\r\n\r\nabc", b"", 1),
    "a body that drips": lambda: drip(HEAD + b"\r\n", b"a", 0.1),
    "chunks that drip": lambda: drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n", 0.1),
    "news that there will be news": lambda: drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.1),
}


@pytest.mark.parametrize("how", SLOW)
def test_a_slow_server_does_not_hold_us_up(world, how):
    machine = world.put({})
    machine.pages["/ferry"] = SLOW[how]()
    began = time.monotonic()
    with pytest.raises(FetchError, match="in time|too long"):
        fetch_url(URL, client=world.make_client(limits=QUICK, ignore_robots="a test"))
    assert time.monotonic() - began < 3


def test_an_endless_body_is_cut_short(world):
    machine = world.put({})
    machine.pages["/ferry"] = (HEAD + b"\r\n" if turn == 0 else b"x" * 65536 for turn in range(10**6))
    with pytest.raises(FetchError, match="larger than 1 MB"):
        fetch_url(URL, client=world.make_client(limits=Limits(size=1 << 20), ignore_robots="a test"))


def test_a_body_that_announces_its_size_is_not_even_begun(world):
    world.put({"/ferry": HEAD + b"Content-Length: 99999999999999\r\n\r\n"})
    with pytest.raises(FetchError, match="larger than 50 MB"):
        fetch_url(URL, client=world.make_client())


def test_endless_headers_end(world):
    world.put({"/ferry": (HEAD if turn == 0 else b"X-More: " + b"y" * 1000 + b"\r\n" for turn in range(10**5))})
    with pytest.raises(FetchError):
        fetch_url(URL, client=world.make_client(ignore_robots="a test"))


def squeeze(data: bytes, window: int = 31) -> bytes:
    squeezer = zlib.compressobj(9, zlib.DEFLATED, window)
    return squeezer.compress(data) + squeezer.flush()


@pytest.mark.parametrize(("name", "window"), [("gzip", 31), ("x-gzip", 31), ("deflate", 15), ("Deflate", -15)])
def test_what_was_packed_unasked_is_unpacked(world, name, window):
    world.put({"/ferry": write_answer(body=squeeze(PAGE, window), content_encoding=name)})
    assert fetch_url(URL, client=world.make_client()).body == PAGE


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("gzip", squeeze(bytes(30 << 20))),
        ("deflate", squeeze(bytes(30 << 20), -15)),
        ("gzip", squeeze(b"") * 5000),
        ("gzip", squeeze(PAGE)[:-9]),
        ("gzip", PAGE),
        ("deflate", PAGE),
        ("gzip", squeeze(PAGE) + b"rest"),
        ("br", PAGE),
        ("gzip, gzip", squeeze(squeeze(PAGE))),
    ],
)
def test_a_bomb_or_a_broken_packing_is_refused(world, name, body):
    world.put({"/ferry": write_answer(body=body, content_encoding=name)})
    with pytest.raises(FetchError, match="packed"):
        fetch_url(URL, client=world.make_client(limits=Limits(size=1 << 20)))


def test_two_packed_streams_are_one_body(world):
    world.put({"/ferry": write_answer(body=gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:]), content_encoding="gzip")})
    assert fetch_url(URL, client=world.make_client()).body == PAGE


@pytest.mark.parametrize(
    ("path", "declared", "ending"),
    [
        ("/a", "Text/HTML; charset=utf-8", ".html"),
        ("/a.pdf", "application/octet-stream", ".pdf"),
        ("/a.PDF?b", "", ".pdf"),
        ("/feed", "application/rss+xml", ".rss"),
        ("/a.warc.gz", "application/gzip", ".warc.gz"),
        ("/a.warc.gz", "application/octet-stream", ".warc.gz"),
        ("/a.tar.gz", "application/gzip", ".gz"),
        ("/a", "application/x-gzip", ".gz"),
        ("/a.exe", "application/octet-stream", None),
        ("/a", "", None),
        ("/a.html", "image/png", None),
        ("/a", "video/mp4", None),
    ],
)
def test_only_what_can_be_read_is_fetched(world, path, declared, ending):
    world.put({path: write_answer(content_type=declared)})
    if ending is None:
        with pytest.raises(FetchError, match="does not read"):
            fetch_url(f"http://{HOST}{path}", client=world.make_client())
    else:
        assert fetch_url(f"http://{HOST}{path}", client=world.make_client()).ending == ending


@pytest.mark.parametrize(
    "answer",
    [
        write_answer(404),
        write_answer(500),
        write_answer(206),
        write_answer(304),
        write_answer(body=b" \n"),
        write_answer(302),
        write_answer(content_length="999"),
        write_answer(content_length="-1"),
        b"220 mail.quay.example ESMTP\r\n\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde",
        b"\x00" * 999 + b"\r\n\r\n",
    ],
)
def test_what_is_no_whole_page_is_told_in_a_sentence(world, answer):
    world.put({"/ferry": answer})
    with pytest.raises(FetchError, match=f"^http://{HOST}/ferry: [^\n]+$"):
        fetch_url(URL, client=world.make_client())


def test_the_clock_is_only_asked_what_it_was_given(world):
    world.put({"/ferry": write_answer()})
    clock = Clock()
    clock.ahead = 60.0
    assert fetch_url(URL, client=world.make_client(clock)).retrieved == datetime(2031, 5, 4, 10, 1, tzinfo=UTC)


HEADS = st.sampled_from(
    [b"", b"HTTP/1.1 200 OK\r\n", HEAD, HEAD + b"\r\n", HEAD + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08"]
)
MIDDLES = st.sampled_from(
    [b"", b"Location: ", b"Content-Length: ", b"Transfer-Encoding: chunked\r\n\r\n", b"Retry-After: ", b"\r\n"]
)


@settings(deadline=None)
@given(HEADS, MIDDLES, st.binary(max_size=200), st.booleans())
def test_whatever_a_server_sends_is_a_page_or_one_sentence(head, middle, rest, ignore):
    world = World()

    def dial(number, port, seconds):
        here, there = socket.socketpair()
        there.sendall(head + middle + rest)
        there.shutdown(socket.SHUT_WR)
        kept.append(there)
        return here

    kept: list[socket.socket] = []
    world.dial = dial
    try:
        assert fetch_url(URL, client=world.make_client(ignore_robots="a test" if ignore else "")).body
    except FetchError as fault:
        assert str(fault).count(HOST)
    finally:
        for line in kept:
            line.close()
