"""Do reports come into a case from the web, with everything that shows where they are from?"""

import gzip
import socket
from functools import partial

import pytest
from warcio.archiveiterator import ArchiveIterator

from fetching.world import HOST, PAGE, Clock, World, write_answer
from firsthand.adding import MOST_ITEMS, NotAdded, add_paths
from firsthand.case import new_case
from firsthand.case.folder import Added
from firsthand.cli import main
from firsthand.custody import check_custody, summarize_custody
from firsthand.errors import CaseError, InputError
from firsthand.fetching import Client
from firsthand.reading import read_reports

URL = f"http://{HOST}/ferry"
FEED = """<rss version="2.0"><channel><title>Quay News</title>
<item><title>Ferry</title><link>http://quay.example/ferry</link><description>The ferry sank.</description></item>
<item><title>Inner</title><link>http://127.0.0.1/</link><description>Nothing.</description></item>
<item><title>File</title><link>file:///srv/x</link><description>Nothing.</description></item>
<item><title>Again</title><link>http://quay.example/ferry</link><description>Again.</description></item>
</channel></rss>"""


@pytest.fixture
def world():
    made = World()
    yield made
    made.close()


@pytest.fixture
def case(tmp_path):
    new_case(tmp_path / "ferry", "Did the ferry sink?")
    return tmp_path / "ferry"


def add(case, world, *paths, **more):
    return list(add_paths(case, paths, more.pop("client", None) or world.make_client(), **more))


def list_reports(case) -> list[str]:
    return sorted(path.name for path in (case / "reports").iterdir())


def test_a_page_from_the_web_becomes_a_report_of_the_case(case, world):
    world.put({"/ferry": write_answer(302, b"", location="/port"), "/port": write_answer()})
    (added,) = add(case, world, URL)
    assert str(added) == f"http://{HOST}/port: added as reports/quay-example-port.html"
    assert list_reports(case) == ["quay-example-port.html", "quay-example-port.toml"]
    assert (case / "reports" / added.path).read_bytes() == PAGE
    (report,), _ = read_reports([str(case)])
    assert report.url == f"http://{HOST}/port"
    assert report.retrieved is not None


def test_what_was_captured_is_in_custody_with_the_way_it_came(case, world):
    world.put({"/ferry": write_answer(302, b"", location="/port"), "/port": write_answer()})
    add(case, world, URL, client=world.make_client(contact="desk@quay.example", ignore_robots="a test"))
    assert check_custody(case) == ()
    assert summarize_custody(case).files == 2
    log = (case / "custody" / "log.jsonl").read_text("utf-8")
    for words in (f"{URL} led on with 302", "desk@quay.example", "ignored: a test", f"http://{HOST}/port"):
        assert words in log
    (case / "reports" / "quay-example-port.html").write_bytes(PAGE.replace(b"sank", b"swam"))
    assert check_custody(case)


def test_a_page_that_was_sent_packed_and_in_pieces_can_be_read_from_its_archive(case, world):
    packed = gzip.compress(PAGE)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    world.put({"/ferry": head + chunked})
    add(case, world, URL)
    with next((case / "custody").glob("*.warc.gz")).open("rb") as file:
        kept = {
            found.rec_headers.get_header("WARC-Target-URI"): found.content_stream().read()
            for found in ArchiveIterator(file)
            if found.rec_type == "response"
        }
    assert kept == {URL: PAGE}
    assert check_custody(case) == ()


def test_a_page_that_comes_again_unchanged_is_entered_and_not_kept_twice(case, world):
    world.put({"/ferry": write_answer(), "/mirror": write_answer()})
    add(case, world, URL)
    (again,) = add(case, world, f"http://{HOST}/mirror")
    assert again.known
    assert list_reports(case) == ["quay-example-ferry.html", "quay-example-ferry.toml"]
    *_, last = (case / "custody" / "log.jsonl").read_text("utf-8").splitlines()
    assert f'"url":"http://{HOST}/mirror"' in last
    assert '"what":"again"' in last
    assert "the same bytes as entry 2" in last
    assert check_custody(case) == ()


def test_the_encoding_a_server_states_is_kept_beside_the_page_and_used(case, world):
    words = "Паром затонул, сказала Ида Мёллер."
    page = f"<html><title>Паром</title><p>{words}</p></html>".encode("koi8-r")
    world.put({"/ferry": write_answer(body=page, content_type="text/html; charset=KOI8-R")})
    (added,) = add(case, world, URL)
    assert (case / "reports" / added.path).read_bytes() == page
    (report,), _ = read_reports([str(case)])
    assert (report.title, report.text, report.problems) == ("Паром", words, ())


def test_files_and_addresses_are_added_in_one_go(case, world, tmp_path):
    (tmp_path / "saved.txt").write_text("The ferry sank, Ida Moller said.", encoding="utf-8")
    world.put({"/ferry": write_answer()})
    outcomes = add(case, world, str(tmp_path / "saved.txt"), f"http://{HOST}/gone", URL, URL)
    assert [type(one) for one in outcomes] == [Added, NotAdded, Added, Added]
    assert [one.known for one in outcomes if isinstance(one, Added)] == [False, False, True]
    assert check_custody(case) == ()


def test_a_path_that_is_not_there_is_told_before_anything_is_fetched(case, world):
    machine = world.put({"/ferry": write_answer()})
    with pytest.raises(InputError):
        add(case, world, URL, "nowhere.html")
    assert machine.asked == []


def test_a_folder_that_is_no_case_is_told_before_anything_is_fetched(tmp_path, world):
    machine = world.put({"/ferry": write_answer()})
    with pytest.raises(CaseError):
        add(tmp_path, world, URL)
    assert machine.asked == []


def test_a_feed_is_kept_as_it_came_and_its_items_are_reports(case, world):
    world.put({"/feed": write_answer(body=FEED.encode(), content_type="application/rss+xml")})
    (added,) = add(case, world, f"http://{HOST}/feed")
    assert (case / "reports" / added.path).read_bytes() == FEED.encode()
    reports, _ = read_reports([str(case)])
    assert [report.title for report in reports] == ["Ferry", "Inner", "File", "Again"]
    assert [report.url for report in reports][:2] == [URL, "http://127.0.0.1/"]
    assert all(report.retrieved for report in reports)


def test_the_pages_of_a_feed_are_fetched_if_asked_for_and_checked_like_any_other(case, world):
    machine = world.put({"/feed": write_answer(body=FEED.encode(), content_type="text/xml"), "/ferry": write_answer()})
    outcomes = add(case, world, f"http://{HOST}/feed", items=True)
    assert [type(one) for one in outcomes] == [Added, Added, NotAdded, NotAdded]
    assert outcomes[2].given == "http://127.0.0.1/"
    assert "only http and https" in outcomes[3].why
    assert machine.paths.count("/ferry") == 1


def test_a_feed_of_many_items_is_not_followed_for_ever(case, world):
    links = "".join(f"<item><link>http://{HOST}/{number}</link></item>" for number in range(MOST_ITEMS + 20))
    body = f"<rss version='2.0'><channel>{links}</channel></rss>".encode()
    world.put({"/feed": write_answer(body=body, content_type="application/rss+xml")})
    assert len(add(case, world, f"http://{HOST}/feed", items=True)) == 1 + MOST_ITEMS


def run(capsys, *words) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main([str(word) for word in words])
    shown = capsys.readouterr()
    return left.value.code, shown.out, shown.err


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000/",
        "http://localhost/",
        "http://2130706433/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "ftp://quay.example/",
    ],
)
def test_an_address_that_is_never_asked_is_one_sentence_and_leaves_the_case_alone(capsys, case, monkeypatch, url):
    def forbid(*_, **__):
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket, "getaddrinfo", forbid)
    monkeypatch.setattr(socket.socket, "connect", forbid)
    code, out, err = run(capsys, "add", case, url)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"firsthand: {url}")
    assert list_reports(case) == []
    assert not (case / "custody").exists()


def test_the_flags_of_add_reach_the_site_and_the_log(capsys, case, world, monkeypatch):
    means = world.make_client().means
    monkeypatch.setattr("firsthand.fetching.Client", partial(Client, means=means, clock=Clock()))
    monkeypatch.setenv("FIRSTHAND_CONTACT", "desk@quay.example")
    feed = FEED.replace("quay.example/ferry", "quay.example:8080/ferry").encode()
    keep_off = write_answer(body=b"User-agent: *\nDisallow: /")
    pages = {"/feed": write_answer(body=feed, content_type="application/rss+xml"), "/ferry": write_answer()}
    machine = world.put({**pages, "/robots.txt": keep_off})
    assert run(capsys, "add", case, f"http://{HOST}/feed")[0] == 2
    code, out, err = run(
        capsys, "add", case, f"http://{HOST}/feed", "--items", "--port", "8080", "--ignore-robots", "for the record"
    )
    assert (code, out.count("added as"), err.count("\n")) == (1, 2, 2)
    assert machine.paths == ["/robots.txt", "/feed", "/ferry"]
    assert "desk@quay.example" in machine.asked[-1][1]["user-agent"]
    assert "for the record" in (case / "custody" / "log.jsonl").read_text("utf-8")


def test_some_that_were_added_and_some_that_were_not_is_found_wanting(capsys, case, tmp_path):
    (tmp_path / "saved.txt").write_text("The ferry sank, Ida Moller said.", encoding="utf-8")
    code, out, err = run(capsys, "add", case, tmp_path / "saved.txt", "http://localhost/")
    assert code == 1
    assert "saved.txt: added" in out
    assert "localhost" in err


def test_only_add_takes_an_address(capsys):
    code, out, err = run(capsys, "trace", "http://quay.example/")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "firsthand add" in err
