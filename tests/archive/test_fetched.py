"""Are addresses on the web read into an archive, kept as they came, and fetched by nobody but the one client?"""

import pytest

from fetching.world import HOST, World, write_answer
from firsthand.archive import build_archive, list_archive
from firsthand.archive.captures import iterate_captures
from firsthand.archive.fetched import find_fetched
from firsthand.errors import InputError

PAGE = b"<html><head><title>Ferry</title></head><body><p>The ferry ran aground, said Ida Moller.</p></body></html>"
FEED = (
    b"<rss version='2.0'><channel><title>Skell Feed</title>"
    b"<item><title>One</title><description>The boat is in.</description></item>"
    b"<item><title>Two</title><description>The boat is out.</description></item></channel></rss>"
)
URL, FEED_URL = f"http://{HOST}/ferry", f"http://{HOST}/feed"


@pytest.fixture
def world():
    made = World()
    made.put({"/ferry": write_answer(body=PAGE), "/feed": write_answer(body=FEED, content_type="application/rss+xml")})
    yield made
    made.close()


def test_a_page_and_a_feed_are_fetched_and_read(tmp_path, world):
    built = build_archive(tmp_path / "a", [URL, FEED_URL], workers=0, client=world.make_client())
    assert (built.reports, built.unfetched) == (3, ())
    texts = {kept.report.url or kept.report.title: kept.report.text for kept in list_archive(tmp_path / "a").reports}
    assert "ran aground" in texts[URL]


def test_what_was_fetched_is_kept_as_it_came(tmp_path, world):
    build_archive(tmp_path / "a", [URL], workers=0, client=world.make_client())
    (found,) = find_fetched(tmp_path / "a")
    (capture,) = iterate_captures(found)
    assert capture.captured.data == PAGE
    assert capture.captured.url == URL


def test_the_same_page_is_kept_once(tmp_path, world):
    build_archive(tmp_path / "a", [URL], workers=0, client=world.make_client())
    again = build_archive(tmp_path / "a", [URL], workers=0, client=world.make_client())
    assert (again.added, again.reports) == (0, 1)


def test_what_cannot_be_fetched_is_said_and_the_others_are_read(tmp_path, world):
    addresses = [f"http://{HOST}/missing", "http://127.0.0.1/", URL]
    built = build_archive(tmp_path / "a", addresses, workers=0, client=world.make_client())
    assert built.reports == 1
    assert len(built.unfetched) == 2


def test_a_folder_that_holds_other_things_is_refused_before_anything_is_fetched(tmp_path, world):
    (tmp_path / "thesis.txt").write_text("Do not touch.")
    with pytest.raises(InputError, match="holds other files"):
        build_archive(tmp_path, [URL], workers=0, client=world.make_client())
