"""Which reports are there, and how much of each has been judged? The list, its filter, and more of it by scrolling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from firsthand.case.judgements import read_judgements
from firsthand.custody import read_custodian
from firsthand.workbench.shelf import Row, fill_shelf, guess_minutes
from firsthand.workbench.showing import find_desk, show

AT_ONCE = 60
"""Reports listed at first, and with each step of scrolling."""


def show_reports(request: Request) -> Response:
    """Show the reports, echoes folded; `q` filters them, `from` begins further down, `part` gives the rows alone."""
    desk = find_desk(request)
    look = desk.look()
    if look.case is None or not look.case.reports:
        return show(request, "reports.html.j2", look, shelf=None)
    judgements = read_judgements(desk.folder)
    shelf = fill_shelf(look, judgements)
    words = request.query_params.get("q", "").strip()[:200]
    rows = [row for row in (shelf.rows if words else shelf.own) if _matches(row, words)]
    begin = _read_number(request.query_params.get("from", ""))
    told: dict[str, Any] = {
        "shelf": shelf,
        "words": words,
        "rows": rows[begin : begin + AT_ONCE],
        "count_of_rows": len(rows),
        "next_rows": _link_next(words, begin) if begin + AT_ONCE < len(rows) else "",
        "minutes": guess_minutes(judgements, read_custodian().who, shelf.found - shelf.judged),
    }
    return show(request, "reports_part.html.j2" if "part" in request.query_params else "reports.html.j2", look, **told)


def _matches(row: Row, words: str) -> bool:
    """Tell whether every word stands in the title, the publisher, the file's name or the date of a report."""
    report = row.report
    day = report.published.start.date().isoformat() if report.published else ""
    held = f"{report.title} {report.publisher} {report.path} {day}".casefold()
    return all(word in held for word in words.casefold().split())


def _read_number(words: str) -> int:
    return int(words) if words.isdecimal() and len(words) < 9 else 0  # noqa: PLR2004


def _link_next(words: str, begin: int) -> str:
    return "/reports?" + urlencode([*([("q", words)] if words else []), ("from", str(begin + AT_ONCE))])


def list_near(rows: Sequence[Row], report: str, around: int = 9) -> Sequence[Row]:
    """Return the rows around one report, or the first ones where it is not among them."""
    place = next((n for n, row in enumerate(rows) if row.report.id == report), 0)
    begin = max(0, min(place - around, len(rows) - 2 * around))
    return rows[begin : begin + 2 * around]


ROUTES = [Route("/reports", show_reports)]
