"""What does every reader hand over, whatever the format?"""

from __future__ import annotations

from dataclasses import fields, replace
from hashlib import sha256
from typing import Protocol

from firsthand.errors import suggest
from firsthand.model import Link, Part, Problem, Report, ReportId, record
from firsthand.reading.bounds import Allowance
from firsthand.reading.language import detect_language
from firsthand.reading.names import find_host


@record
class Facts:
    """What an item says about itself, in its own words; an empty string where it says nothing."""

    title: str = ""
    publisher: str = ""
    url: str = ""
    published: str = ""
    retrieved: str = ""
    language: str = ""


FACT_NAMES = tuple(field.name for field in fields(Facts))


@record
class Item:
    """One published item as its format gives it. `body`, `parts` and `links` refer to `text`."""

    text: str
    body: tuple[tuple[int, int], ...]
    facts: Facts = Facts()
    parts: tuple[Part, ...] = ()
    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()
    pages: tuple[tuple[int, int], ...] = ()


@record
class Content:
    """What a file holds: its items, each with its place in the file ("" for the whole), and what could not be read.

    `reports`: what a plug-in has read, with nothing left to be done.
    """

    items: tuple[tuple[str, Item], ...] = ()
    problems: tuple[Problem, ...] = ()
    reports: tuple[Report, ...] = ()


class Opener(Protocol):
    """Opens a file that stands inside another one, within one allowance for all that the outer file unfolds into."""

    allowance: Allowance

    def open(self, path: str, data: bytes, kind: str = "") -> Content:
        """Return what a file inside a file holds, places counted from the outer one; `kind` is its media type."""
        ...


@record
class Draft:
    """An item with all its facts, its dates not yet read: they may need the rest of the pile.

    `report`: what a plug-in has made, with nothing left to be read.
    """

    path: str
    item: Item = Item(text="", body=())
    facts: Facts = Facts()
    report: Report | None = None


def join_contents(first: Content, second: Content) -> Content:
    """Return what two contents hold, one after the other."""
    return Content(
        items=first.items + second.items,
        problems=first.problems + second.problems,
        reports=first.reports + second.reports,
    )


def place_content(path: str, place: str, inner: Content) -> Content:
    """Return what a file inside another one holds as part of the outer one, called `path`, at `place` in it."""
    return Content(
        items=tuple((place + beneath, item) for beneath, item in inner.items),
        problems=tuple(replace(problem, where=f"{path}{place}") for problem in inner.problems),
        reports=tuple(replace(report, path=f"{path}{place}") for report in inner.reports),
    )


def merge_facts(first: Facts, second: Facts) -> Facts:
    """Return `first` with its gaps filled from `second`."""
    gaps = {name: getattr(second, name) for name in FACT_NAMES if not getattr(first, name)}
    return replace(first, **gaps)


def explain_unknown_field(name: str) -> tuple[str, str]:
    """Say that `name` is not a field of a report: the sentence, and the remedy."""
    hint = suggest(name.lower(), FACT_NAMES)
    for known in FACT_NAMES:
        hint = hint.replace(f"'{known}'", f"'{known_heading(known)}'")
    fields_read = ", ".join(known_heading(known) for known in FACT_NAMES)
    return f"'{name}' is not a field of a report{hint}", f"the fields are {fields_read}"


def known_heading(name: str) -> str:
    """Write a field's name as it stands in a header block."""
    return "URL" if name == "url" else name.capitalize()


def draft_item(path: str, item: Item, beside: Facts) -> Draft:
    """Take an item's facts together; what stands `beside` it (a file of metadata) outweighs what it says itself."""
    return Draft(path=path, item=item, facts=merge_facts(beside, item.facts))


def build_report(draft: Draft) -> Report:
    """Make the report of a draft, its dates still open."""
    item, facts = draft.item, draft.facts
    body_text = "\n".join(item.text[start:end] for start, end in item.body)
    return Report(
        id=ReportId("r-" + sha256(item.text.encode("utf-8", "surrogatepass")).hexdigest()[:12]),
        path=draft.path,
        title=" ".join(facts.title.split()),
        publisher=" ".join(facts.publisher.split()) or find_host(facts.url),
        url=facts.url.strip(),
        published=None,
        retrieved=None,
        language=detect_language(body_text, facts.language),
        text=item.text,
        body=item.body,
        parts=item.parts,
        links=item.links,
        problems=item.problems,
        pages=item.pages,
    )
