"""How does a report become a row, and a row a report again?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from json import dumps
from typing import Any

from firsthand.model import Link, Part, PartKind, Period, Problem, Report, ReportId, record

# Half of a pair of UTF-16 stands for no character, and no table takes it; its mark has the same length.
HALVES = re.compile("[\ud800-\udfff]")


@record
class Kept:
    """A report and where it came from: input file, number of its record there (0: the whole file), SHA-256 of that.

    `number` is its place in the archive, from 0; -1 before it is kept. `record`, `address` and `payload`: the id, the
    address and the digest of the body that a web archive states, empty elsewhere.
    """

    report: Report
    input: int
    turn: int
    digest: str
    number: int = -1
    record: str = ""
    address: str = ""
    payload: str = ""


@record
class Revisit:
    """A record of a web archive that says: here was again, unchanged, what was captured before.

    `of_record`, `of_address`, `of_payload`: the id, address and digest of what it points to, as far as stated.
    `report`: the number of the report it points to, None where its page is not in the archive.
    """

    input: int
    turn: int
    path: str
    address: str
    retrieved: str
    of_record: str
    of_address: str
    of_payload: str
    report: int | None = None


def describe_kept(kept: Kept) -> str:
    """Return a report as the JSON object that the store takes in."""
    report = kept.report
    row = {
        "base": report.id.partition("~")[0],
        "input": kept.input,
        "turn": kept.turn,
        "digest": kept.digest,
        "record": kept.record,
        "address": kept.address,
        "payload": kept.payload,
        "path": report.path,
        "title": report.title,
        "publisher": report.publisher,
        "url": report.url,
        **_describe_period("published", report.published),
        **_describe_period("retrieved", report.retrieved),
        "language": report.language,
        "text": report.text,
        "letters": len(report.text),
        "body": [{"first": first, "after": after} for first, after in report.body],
        "parts": [{"kind": part.kind, "text": part.text, **_describe_span(part.span)} for part in report.parts],
        "links": [
            {"url": link.url, "text": link.text, **_describe_span(link.span), "rel": link.rel} for link in report.links
        ],
        "problems": [{"where": one.where, "what": one.what, "remedy": one.remedy} for one in report.problems],
    }
    return HALVES.sub("\ufffd", dumps(row, ensure_ascii=False))


def restore_kept(columns: Sequence[str], values: Sequence[Any]) -> Kept:
    """Return the report that a row of the store holds."""
    row: Mapping[str, Any] = dict(zip(columns, values, strict=True))
    report = Report(
        id=ReportId(row["id"]),
        path=row["path"],
        title=row["title"],
        publisher=row["publisher"],
        url=row["url"],
        published=_restore_period("published", row),
        retrieved=_restore_period("retrieved", row),
        language=row["language"],
        text=row["text"],
        body=tuple((span["first"], span["after"]) for span in row["body"]),
        parts=tuple(
            Part(kind=PartKind(one["kind"]), text=one["text"], span=_restore_span(one)) for one in row["parts"]
        ),
        links=tuple(
            Link(url=one["url"], text=one["text"], span=_restore_span(one), rel=one["rel"]) for one in row["links"]
        ),
        problems=tuple(Problem(where=one["where"], what=one["what"], remedy=one["remedy"]) for one in row["problems"]),
    )
    names = ("input", "turn", "digest", "number", "record", "address", "payload")
    return Kept(report=report, **{name: row[name] for name in names})


def _describe_period(name: str, period: Period | None) -> dict[str, str | None]:
    return {
        f"{name}_from": period.start.isoformat() if period else None,
        f"{name}_to": period.end.isoformat() if period else None,
        f"{name}_text": period.text if period else None,
    }


def _restore_period(name: str, row: Mapping[str, Any]) -> Period | None:
    start: datetime | None = row[f"{name}_from"]
    return Period(start=start, end=row[f"{name}_to"], text=row[f"{name}_text"]) if start else None


def _describe_span(span: tuple[int, int] | None) -> dict[str, int | None]:
    return {"first": span[0] if span else None, "after": span[1] if span else None}


def _restore_span(row: Mapping[str, Any]) -> tuple[int, int] | None:
    return None if row["first"] is None else (row["first"], row["after"])
