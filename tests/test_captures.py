"""Under which name does a captured page stand in a case, and is nothing there overwritten?"""

import tomllib
from datetime import UTC, datetime
from pathlib import PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.case import new_case
from firsthand.case.captures import LONGEST_NAME, Page, add_page, name_page
from firsthand.errors import CaseError
from firsthand.reading import read_reports

BODY = b"<html><title>Ferry</title><p>The ferry sank, Ida Moller of the coastguard said on Sunday.</p></html>"
WHEN = datetime(2031, 5, 4, 10, 0, 7, tzinfo=UTC)


@pytest.fixture
def case(tmp_path):
    new_case(tmp_path / "ferry", "Did the ferry sink?")
    return tmp_path / "ferry"


def make_page(url: str = "https://quay.example/a", body: bytes = BODY, ending: str = ".html") -> Page:
    return Page(url=url, body=body, ending=ending, retrieved=WHEN)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.quay.example/2031/05/Ferry_sinks.html", "quay-example-2031-05-ferry-sinks"),
        ("https://quay.example/", "quay-example"),
        ("https://quay.example/?p=12", "quay-example-p-12"),
        ("https://quay.example/../../etc/passwd", "quay-example-etc-passwd"),
        ("https://quay.example/%2e%2e%2fetc%00", "quay-example-etc"),
        ("https://quay.example/\u202etxt.exe", "quay-example-txt-exe"),
        ("https://xn--bcher-kva.example/gr%C3%B6%C3%9Fe", "xn-bcher-kva-example-gr-e"),
    ],
)
def test_a_page_is_named_by_its_address(url, name):
    assert name_page(url) == name


@settings(deadline=None)
@given(st.text(max_size=300))
def test_no_address_leads_out_of_the_folder(path):
    name = name_page(f"https://quay.example/{path}")
    assert 0 < len(name) <= LONGEST_NAME
    assert PurePath(name).parts == (name,)
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_a_page_stands_as_it_came_with_its_address_beside_it(case):
    added = add_page(case, make_page())
    place = case / "reports" / added.path
    assert place.read_bytes() == BODY
    beside = tomllib.loads(place.with_suffix(".toml").read_text("utf-8"))
    assert beside == {"url": "https://quay.example/a", "retrieved": WHEN}
    (report,), problems = read_reports([str(case / "reports")])
    assert (report.url, report.retrieved.start, problems) == ("https://quay.example/a", WHEN.replace(tzinfo=None), ())


@pytest.mark.parametrize(
    ("ending", "facts"),
    [(".pdf", {"url", "retrieved"}), (".rss", {"retrieved"}), (".warc.gz", set()), (".mbox", set())],
)
def test_what_holds_several_reports_says_itself_where_each_is_from(case, ending, facts):
    added = add_page(case, make_page(ending=ending))
    beside = (case / "reports" / added.path).with_suffix(".toml").read_text("utf-8")
    assert set(tomllib.loads(beside)) == facts
    assert "https://quay.example/a" in beside


def test_the_same_bytes_are_not_written_twice(case):
    first = add_page(case, make_page())
    again = add_page(case, make_page("https://other.example/b"))
    assert (again.known, again.path) == (True, first.path)
    assert len(list((case / "reports").iterdir())) == 2


def test_another_page_of_the_same_address_is_numbered(case):
    first = add_page(case, make_page())
    second = add_page(case, make_page(body=BODY + b"<p>Corrected.</p>"))
    third = add_page(case, make_page(body=b"%PDF-1.4", ending=".pdf"))
    fourth = add_page(case, make_page(body=b"WARC/1.1", ending=".warc.gz"))
    fifth = add_page(case, make_page(body=b"WARC/1.0", ending=".warc.gz"))
    assert [one.path for one in (first, second, third, fourth, fifth)] == [
        "quay-example-a.html",
        "quay-example-a-2.html",
        "quay-example-a-3.pdf",
        "quay-example-a-4.warc.gz",
        "quay-example-a-5.warc.gz",
    ]
    assert (case / "reports" / first.path).read_bytes() == BODY


def test_what_stands_beside_another_report_is_left_alone(case):
    (case / "reports" / "quay-example-a.toml").write_text('title = "mine"\n', encoding="utf-8")
    assert add_page(case, make_page()).path == "quay-example-a-2.html"


def test_a_link_out_of_the_case_is_not_written_through(case, tmp_path):
    (case / "reports" / "quay-example-a.html").symlink_to(tmp_path / "elsewhere.html")
    assert add_page(case, make_page()).path == "quay-example-a-2.html"
    assert not (tmp_path / "elsewhere.html").exists()


def test_a_folder_that_is_no_case_takes_no_page(tmp_path):
    with pytest.raises(CaseError, match="firsthand new"):
        add_page(tmp_path, make_page())
