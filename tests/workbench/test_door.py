"""Does the workbench open and let only its own user in?"""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

import pytest


def ask(bench, path="/", method="GET", body="", **headers):
    place = urlsplit(bench.address)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=20)
    connection.putrequest(method, path, skip_host="host" in headers, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    if method == "POST":
        connection.putheader("content-length", str(len(body)))
        connection.putheader("content-type", "application/x-www-form-urlencoded")
    connection.endheaders(body.encode())
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def test_the_front_page_shows_the_verdict(serve, example, visit):
    seen = visit(serve(example))
    assert seen.page.locator(".headline strong").inner_text()
    assert seen.complaints == []
    assert all(url.startswith(seen.bench.address) for url in seen.requests)


REFUSED = {
    "no token": ({}, 403),
    "a wrong token": ({"cookie": "{cookie}=guess"}, 403),
    "another origin": ({"cookie": "{cookie}={token}", "origin": "http://evil.example"}, 403),
    "the origin of another port": ({"cookie": "{cookie}={token}", "origin": "http://127.0.0.1:1"}, 403),
    "no origin of a sandbox": ({"cookie": "{cookie}={token}", "origin": "null"}, 403),
    "another site": ({"cookie": "{cookie}={token}", "sec_fetch_site": "cross-site"}, 403),
    "another host": ({"cookie": "{cookie}={token}", "host": "evil.example"}, 421),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_is_read_or_changed_with(name, method, serve, example):
    bench = serve(example)
    told, status = REFUSED[name]
    headers = {key: value.format(cookie=bench.door.cookie, token=bench.door.token) for key, value in told.items()}
    before = bench.desk.find_state()
    body = f"token={bench.door.token}&about=source.deby.access&value=0.9&why=x"
    answered, words = ask(bench, "/judge" if method == "POST" else "/", method, body, **headers)
    assert answered == status
    assert "missile" not in words.lower()
    assert bench.desk.find_state() == before


@pytest.mark.parametrize("token", ["", "guess"])
def test_a_change_needs_the_token_in_its_form(token, serve, example):
    bench = serve(example)
    before = bench.desk.find_state()
    cookie = f"{bench.door.cookie}={bench.door.token}"
    body = f"token={token}&about=source.deby.access&value=0.9&why=x"
    assert ask(bench, "/judge", "POST", body, cookie=cookie)[0] == 400
    assert bench.desk.find_state() == before


def test_nothing_is_changed_by_get(serve, example):
    bench = serve(example)
    before = bench.desk.find_state()
    cookie = f"{bench.door.cookie}={bench.door.token}"
    path = f"/judge?token={bench.door.token}&about=source.deby.access&value=0.9&why=x"
    assert ask(bench, path, cookie=cookie)[0] in (303, 404, 405)
    assert bench.desk.find_state() == before


@pytest.mark.parametrize("path", ["/..%2fcase.toml", "/static/..%2f..%2fcli.py", "/static/%2e%2e/app.py", "/a/../b"])
def test_a_path_that_climbs_leads_nowhere(path, serve, example):
    bench = serve(example)
    status, words = ask(bench, path, cookie=f"{bench.door.cookie}={bench.door.token}")
    assert status == 404
    assert "hypothesis" not in words
