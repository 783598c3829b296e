"""Under which name does a page captured from the web stand in a case?"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path, PurePath
from urllib.parse import unquote, urlsplit

from firsthand.case.folder import Added
from firsthand.case.text import writing
from firsthand.errors import CaseError
from firsthand.model import record

LONGEST_NAME = 100
ONE_REPORT = (".html", ".htm", ".xhtml", ".txt", ".md", ".pdf", ".docx", ".eml")
FEEDS = (".xml", ".rss", ".atom")
WORDS = (".html", ".htm", ".xhtml", ".txt", ".md", *FEEDS)
PAGE_ENDINGS = re.compile(r"\.(html?|xhtml|php|aspx?|jsp|txt|md|pdf|xml|rss|atom)$", re.IGNORECASE)


@record
class Page:
    """A captured page: where it was found, its bytes, the ending its file is to have (".html"), and when it came.

    `charset`: the encoding the server stated, kept beside the page, whose bytes may not say.
    """

    url: str
    body: bytes
    ending: str
    retrieved: datetime
    charset: str = ""


def find_reports(folder: str | Path) -> Path:
    """Return the folder of a case's reports. Raises CaseError where `folder` is no case."""
    if not (Path(folder) / "case.toml").is_file():
        raise CaseError(f"'{folder}' is no case: it has no case.toml; make one with: firsthand new FOLDER")
    return Path(folder) / "reports"


def add_page(folder: str | Path, page: Page) -> Added:
    """Write a page into `reports/` as it came, with its address and moment in a `.toml` beside it.

    Nothing is overwritten: a page whose bytes stand there already is said to be known. Raises CaseError.
    """
    place = find_reports(folder)
    with writing(place):
        place.mkdir(exist_ok=True)
        known = _find_same(place, page.body)
        if known:
            return Added(given=page.url, path=known, known=True)
        name = _find_free_name(place, name_page(page.url), page.ending)
        target = place / f"{name}{page.ending}"
        with target.with_suffix(".toml").open("xb") as file:
            file.write(_describe(page).encode("utf-8"))
        with target.open("xb") as file:
            file.write(page.body)
    return Added(given=page.url, path=f"{name}{page.ending}")


def name_page(url: str) -> str:
    """Return a file name, without its ending, made of the letters and digits of an address and nothing else."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    words = f"{host} {PAGE_ENDINGS.sub('', unquote(parts.path))} {unquote(parts.query)}"
    name = "-".join(re.findall(r"[a-z0-9]+", words.lower()))
    return name[:LONGEST_NAME].strip("-") or "page"


def _find_same(place: Path, body: bytes) -> str:
    digest = hashlib.sha256(body).digest()
    for path in sorted(place.iterdir()):
        if path.is_file() and path.stat().st_size == len(body) and hashlib.sha256(path.read_bytes()).digest() == digest:
            return path.name
    return ""


def _find_free_name(place: Path, name: str, ending: str) -> str:
    """Return a name that no file there has, whatever its ending: what stands beside a report is found by its name."""
    names = {path.name.lower() for path in place.iterdir()}
    taken = {PurePath(one).with_suffix("").name for one in names} | names
    free, number = name, 1
    while not taken.isdisjoint({free, f"{free}{ending}", PurePath(f"{free}{ending}").with_suffix("").name}):
        number += 1
        free = f"{name}-{number}"
    return free


def _describe(page: Page) -> str:
    """Return the facts beside a page. What holds several reports says itself where each is from and of when."""
    import tomlkit

    moment = f"{page.retrieved.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    facts = {"url": tomlkit.string(page.url).as_string()} if page.ending in ONE_REPORT else {}
    if page.ending in (*ONE_REPORT, *FEEDS):
        facts["retrieved"] = moment
    if page.charset and page.ending in WORDS:
        facts["charset"] = tomlkit.string(page.charset).as_string()
    lines = [f"# Fetched from {page.url} at {moment}.", *(f"{name} = {value}" for name, value in facts.items())]
    return "\n".join(lines) + "\n"
