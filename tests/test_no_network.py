"""Does anything but fetching touch the network?

Python itself is asked: an audit hook sees every name looked up and every connection made, by whatever library.
(Sockets as such are not forbidden: urllib3, which trafilatura brings along, makes one to see whether IPv6 is there.)
"""

import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RUN = """
import json, sys

FORBIDDEN = ("socket.connect", "socket.getaddrinfo", "socket.gethostby", "socket.getnameinfo", "socket.send", "urllib.")
seen = []

def forbid(event, arguments):
    if event.startswith(FORBIDDEN):
        seen.append(event)
        raise OSError(f"the network was touched: {event}")

sys.addaudithook(forbid)
from firsthand.cli import main
for words in json.loads(sys.argv[1]):
    try:
        main(words)
    except SystemExit as left:
        print(f"{words[0]}: left with {left.code}, touched {seen}", file=sys.stderr)
"""
PAGE = """<?xml version="1.0"?><!DOCTYPE html SYSTEM "http://quay.example/page.dtd"
[<!ENTITY more SYSTEM "http://quay.example/more">]>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Ferry</title>
<link rel="stylesheet" href="http://quay.example/style.css"/><base href="http://quay.example/"/></head>
<body><iframe src="http://quay.example/frame"></iframe><img src="http://quay.example/ferry.png"/>
<p>The ferry Marike sank on Sunday, Ida Moller of the coastguard told Quay News. &more;</p></body></html>"""
FEED = """<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://quay.example/rss.dtd">
<?xml-stylesheet href="http://quay.example/style.xsl"?><rss version="2.0"><channel><title>Quay News</title>
<link>http://quay.example/</link><item><title>Ferry</title><link>http://quay.example/ferry</link>
<description>The ferry Marike sank, Ida Moller said.</description></item></channel></rss>"""


@pytest.fixture
def folder(tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "page.html").write_text(PAGE, encoding="utf-8")
    (pages / "page.xhtml").write_text(PAGE, encoding="utf-8")
    (pages / "feed.xml").write_text(FEED, encoding="utf-8")
    (pages / "text.txt").write_text("URL: http://quay.example/\n\nIt sank, Ida Moller said.\n", encoding="utf-8")
    return tmp_path


def run(folder: Path, *commands: str) -> list[str]:
    """Run commands in one new interpreter and return what each came to."""
    words = json.dumps([shlex.split(command) for command in commands])
    command = [sys.executable, "-c", RUN, words]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False, timeout=120)
    outcomes = [line for line in done.stderr.splitlines() if ", touched " in line]
    assert len(outcomes) == len(commands), done.stderr
    return outcomes


def test_the_hook_would_see_it(folder):
    _, added = run(folder, "new case --question 'Did it sink?'", "add case http://quay.example/")
    assert added == "add: left with 2, touched ['socket.getaddrinfo']"


def test_a_case_from_its_first_file_to_its_draft_needs_no_network(folder):
    outcomes = run(
        folder,
        "trace pages",
        "trace pages --json",
        "new case --question 'Did it sink?'",
        "add case pages",
        "draft case",
        "check case --custody",
    )
    assert outcomes == [
        f"{name}: left with 0, touched []" for name in ("trace", "trace", "new", "add", "draft", "check")
    ]


def test_an_assessed_case_needs_no_network(folder):
    case = folder / "case"
    shutil.copytree(ROOT / "examples" / "libya-2011", case, ignore=shutil.ignore_patterns("build"))
    outcomes = run(
        folder,
        "assess case --samples 0 -o page.html",
        "explain case deby-missiles",
        "what-if case model.shameless=0.5",
        "retract case source.deby --why 'to see'",
        "check case",
        "export case --to bundle -o case.zip",
    )
    assert len(outcomes) == 6
    assert all(outcome.endswith("touched []") and "with 2" not in outcome for outcome in outcomes), outcomes
