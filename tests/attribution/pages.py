"""Small reports for the tests, in our own words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from firsthand.attribution import find_attributions
from firsthand.model import Attribution, Report, ReportId, Source


def make_report(text: str, publisher: str = "Varnel Courier", language: str = "en", title: str = "") -> Report:
    digest = hashlib.sha256(f"{publisher}\n{text}".encode()).hexdigest()[:12]
    return Report(
        id=ReportId(f"r-{digest}"),
        path=f"{digest}.txt",
        title=title,
        publisher=publisher,
        url="",
        published=None,
        retrieved=None,
        language=language,
        text=text,
        body=((0, len(text)),),
    )


def read(
    text: str, publisher: str = "Varnel Courier", language: str = "en", title: str = ""
) -> tuple[Attribution, ...]:
    return find_attributions([make_report(text, publisher, language, title)])[0]


def read_one(text: str, publisher: str = "Varnel Courier", language: str = "en") -> Attribution:
    found = read(text, publisher, language)
    assert len(found) == 1, [(a.source_mention.text, a.content.text) for a in found]
    return found[0]


def name_chain(attribution: Attribution, sources: Sequence[Source]) -> list[str]:
    names = {s.id: s.name for s in sources}
    return [names[link] for link in attribution.chain]


def read_chain(text: str, content: str, publisher: str = "Varnel Courier", language: str = "en") -> list[str]:
    found, sources = find_attributions([make_report(text, publisher, language)])
    return name_chain(next(a for a in found if content in a.content.text), sources)
