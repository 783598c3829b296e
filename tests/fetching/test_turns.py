"""Is a host asked politely: one request at a time, and time between two?"""

import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fetching.world import HOST, OTHER, Clock, write_answer
from firsthand.errors import FetchError
from firsthand.fetching import fetch_url
from firsthand.fetching.clock import Deadline, SystemClock
from firsthand.fetching.turns import Turns, read_retry_after

URL = f"http://{HOST}/ferry"


def answer_in_turn(*answers: bytes):
    left = list(answers)
    return lambda: left.pop(0) if len(left) > 1 else left[0]


def test_a_host_is_left_alone_between_two_pages(world):
    world.names["other.example"] = [(OTHER,)]
    world.put({"/ferry": write_answer()})
    world.put({"/a": write_answer()}, OTHER)
    client = world.make_client()
    fetch_url(URL, client=client)
    assert client.clock.waited == []
    fetch_url("http://other.example/a", client=client)
    assert client.clock.waited == []
    fetch_url(URL, client=client)
    assert len(client.clock.waited) == 1 and 0.5 < client.clock.waited[0] <= 1.0


@pytest.mark.parametrize(("asked", "waited"), [("7", 7), ("0.1", 1), ("86400", 30), ("soon", 1)])
def test_a_site_may_ask_for_more_time_up_to_a_limit(world, asked, waited):
    rules = f"User-agent: *\nCrawl-delay: {asked}\n".encode()
    world.put({"/ferry": write_answer(), "/robots.txt": write_answer(body=rules)})
    client = world.make_client()
    fetch_url(URL, client=client)
    fetch_url(URL, client=client)
    assert client.clock.waited == [pytest.approx(waited, abs=0.5)]


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("later", ["20", "Sun, 04 May 2031 10:00:20 GMT"])
def test_a_busy_site_is_asked_again_when_it_says(world, status, later):
    busy = write_answer(status, b"", retry_after=later)
    machine = world.put({"/ferry": answer_in_turn(busy, write_answer())})
    client = world.make_client()
    assert fetch_url(URL, client=client).status == 200
    assert client.clock.waited == [pytest.approx(20, abs=0.5)]
    assert machine.paths.count("/ferry") == 2


def test_a_site_that_stays_busy_is_left_alone(world):
    machine = world.put({"/ferry": write_answer(429, b"", retry_after="5")})
    with pytest.raises(FetchError, match="answers 429"):
        fetch_url(URL, client=world.make_client())
    assert machine.paths.count("/ferry") == 3


def test_a_site_that_says_no_time_is_not_asked_again(world):
    machine = world.put({"/ferry": write_answer(503, b"")})
    with pytest.raises(FetchError, match="try again later"):
        fetch_url(URL, client=world.make_client())
    assert machine.paths.count("/ferry") == 1


def test_nobody_waits_an_hour(world):
    machine = world.put({"/ferry": write_answer(429, b"", retry_after="3600")})
    client = world.make_client()
    for _ in range(2):
        with pytest.raises(FetchError, match="alone for 3[56]"):
            fetch_url(URL, client=client)
    assert client.clock.waited == []
    assert machine.paths.count("/ferry") == 1


@settings(deadline=None)
@given(st.text(max_size=40) | st.integers().map(str) | st.datetimes().map(lambda moment: moment.strftime("%a, %c GMT")))
def test_any_words_for_later_are_seconds_or_nothing(words):
    seconds = read_retry_after(words, Clock())
    assert seconds is None or seconds >= 0


@pytest.mark.parametrize(
    "words", ["Sun, 04 May 99999999999 10:00:20 GMT", "Sun, 04 May 2031 10:00:20 +9999", "-5", "²"]
)
def test_words_for_later_that_mean_nothing_are_none(words):
    assert read_retry_after(words, Clock()) is None


def test_a_host_is_asked_one_thing_at_a_time():
    clock = SystemClock()
    turns, inside, most = Turns(clock), [], []

    def ask():
        with turns.take(HOST, 0.0, Deadline(clock, 10)):
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.02)
            inside.pop()

    asking = [threading.Thread(target=ask) for _ in range(6)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert most == [1] * 6


def test_a_turn_that_would_come_too_late_is_not_waited_for():
    clock = Clock()
    turns = Turns(clock)
    turns.postpone(HOST, 100)
    with pytest.raises(TimeoutError, match="100"), turns.take(HOST, 1, Deadline(clock, 50)):
        raise AssertionError("it is not our turn")
    assert clock.waited == []
