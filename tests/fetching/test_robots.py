"""Is a site's robots.txt understood as RFC 9309 says, and heeded?"""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fetching.world import HOST, OTHER, PUBLIC, write_answer
from firsthand.errors import FetchError, Refused
from firsthand.fetching import fetch_url
from firsthand.fetching.robots import Robots, read_robots

URL = f"http://{HOST}/ferry"
KEEP_OFF = write_answer(body=b"User-agent: *\nDisallow: /", content_type="text/plain")


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Disallow: /a", "/a/b", False),
        ("Disallow: /a", "/b", True),
        ("Disallow: /a", "/A", True),
        ("Disallow:", "/a", True),
        ("Disallow: /\nAllow: /a", "/a", True),
        ("Allow: /a\nDisallow: /", "/b", False),
        ("Allow: /a\nDisallow: /a", "/a", True),
        ("Disallow: /*.pdf$", "/x/y.pdf", False),
        ("Disallow: /*.pdf$", "/x/y.pdf?z", True),
        ("Disallow: /a$", "/a", False),
        ("Disallow: /a$", "/ab", True),
        ("Disallow: /a*b*c", "/a-b-c-d", False),
        ("Disallow: /a*b*c", "/a-c-b", True),
        ("Disallow: /a*a$", "/a", True),
        ("Disallow: *", "/a", False),
        ("Disallow: /*$", "/a", False),
        ("Disallow: /?q=", "/?q=1", False),
        ("Disallow: /%7Ea", "/~a", False),
        ("Disallow: /a%2fb", "/a/b", True),
        ("Disallow: /a%2fb", "/a%2Fb", False),
        ("Disallow: /größe", "/gr%C3%B6%C3%9Fe", False),
        ("Disallow : /a # why", "/a", False),
        ("disallow:/a", "/a", False),
        ("Disallow /a", "/a", True),
    ],
)
def test_the_longest_pattern_that_fits_decides(rules, path, allowed):
    assert read_robots(f"User-agent: *\n{rules}\n").allows(path) is allowed


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        ("User-agent: other\nDisallow: /", True),
        ("User-agent: other\nUser-agent: *\nDisallow: /", False),
        ("User-agent: FirstHand/0.1\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: firsthand\nAllow: /", True),
        ("User-agent: firsthand\nDisallow: /b\n\nUser-agent: x\n\nUser-agent: firsthand\nDisallow: /", False),
        ("User-agent: firsthander\nDisallow: /", True),
        ("User-agent: firsthand\n\nUser-agent: *\nDisallow: /", False),
        ("User-agent: firsthand\nDisallow:\n\nUser-agent: *\nDisallow: /", True),
        ("Disallow: /\nUser-agent: *\nAllow: /", True),
        ("\ufeffUser-agent: *\r\nDisallow: /\r\n", False),
        ("User-agent: *\nSitemap: http://x/\nDisallow: /", False),
        ("User-agent: other\nCrawl-delay: 5\nUser-agent: *\nDisallow: /", False),
    ],
)
def test_the_group_that_names_us_comes_before_the_one_for_everybody(text, allowed):
    assert read_robots(text).allows("/a") is allowed


@settings(deadline=None)
@given(st.text(max_size=300), st.text(max_size=50))
def test_any_text_is_a_robots_file(text, path):
    assert isinstance(read_robots(f"User-agent: *\n{text}").allows(f"/{path}"), bool)


def test_a_pattern_of_stars_takes_no_time():
    robots = Robots(rules=((False, "/" + "*a" * 2000 + "$"),))
    began = time.monotonic()
    assert robots.allows("/" + "a" * 7000 + "b")
    assert time.monotonic() - began < 1


def test_a_page_that_robots_are_asked_to_keep_off_is_not_fetched(world):
    machine = world.put({"/ferry": write_answer(), "/robots.txt": KEEP_OFF})
    with pytest.raises(FetchError, match="--ignore-robots"):
        fetch_url(URL, client=world.make_client())
    assert machine.paths == ["/robots.txt"]


def test_robots_are_ignored_only_for_a_reason_which_is_kept(world):
    machine = world.put({"/ferry": write_answer(), "/robots.txt": KEEP_OFF})
    captured = fetch_url(URL, client=world.make_client(ignore_robots="a public official's statement"))
    assert captured.robots == "ignored: a public official's statement"
    assert machine.paths == ["/ferry"]


def test_robots_are_asked_once_for_a_site_and_again_after_a_day(world):
    machine = world.put({"/ferry": write_answer(), "/quay": write_answer()})
    client = world.make_client()
    fetch_url(URL, client=client)
    fetch_url(f"http://{HOST}/quay", client=client)
    assert machine.paths == ["/robots.txt", "/ferry", "/quay"]
    client.clock.wait(25 * 3600)
    fetch_url(URL, client=client)
    assert machine.paths.count("/robots.txt") == 2


def test_where_a_page_leads_on_to_the_other_site_is_heeded_too(world):
    world.names["other.example"] = [(OTHER,)]
    world.put({"/ferry": write_answer(302, b"", location="http://other.example/a")})
    other = world.put({"/a": write_answer(), "/robots.txt": KEEP_OFF}, OTHER)
    with pytest.raises(FetchError, match="robots"):
        fetch_url(URL, client=world.make_client())
    assert other.paths == ["/robots.txt"]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_whose_robots_cannot_be_read_is_left_alone(world, status):
    machine = world.put({"/ferry": write_answer(), "/robots.txt": write_answer(status, b"")})
    with pytest.raises(FetchError, match=f"robots.txt: answers {status}"):
        fetch_url(URL, client=world.make_client())
    assert "/ferry" not in machine.paths


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_robots_allows_everything(world, status):
    world.put({"/ferry": write_answer(), "/robots.txt": write_answer(status, b"")})
    assert fetch_url(URL, client=world.make_client()).status == 200


def test_robots_may_lead_on_but_not_inside(world):
    machine = world.put(
        {"/ferry": write_answer(), "/robots.txt": write_answer(301, b"", location="/r"), "/r": KEEP_OFF}
    )
    with pytest.raises(FetchError, match="keep off"):
        fetch_url(URL, client=world.make_client())
    machine.pages["/robots.txt"] = write_answer(301, b"", location="http://[::1]/robots.txt")
    with pytest.raises(Refused):
        fetch_url(URL, client=world.make_client())
    machine.pages["/robots.txt"] = write_answer(301, b"", location="/robots.txt")
    assert fetch_url(URL, client=world.make_client()).status == 200
    assert {number for number, _ in world.dialled} == {PUBLIC}


def test_of_an_endless_robots_file_the_beginning_counts(world):
    body = b"User-agent: *\nDisallow: /ferry\n" + b"# more\n" * 200_000
    world.put({"/ferry": write_answer(), "/robots.txt": write_answer(body=body)})
    with pytest.raises(FetchError, match="keep off"):
        fetch_url(URL, client=world.make_client())
