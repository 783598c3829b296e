"""What does one piece of work yield?

This runs in the worker processes: a unit in, rows ready for the store out.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from firsthand.archive.captures import Capture
from firsthand.archive.units import Unit
from firsthand.model import Problem, Report, record
from firsthand.reading.gather import Found
from firsthand.reading.item import Facts
from firsthand.reading.open import FileOpener
from firsthand.reading.pile_dates import settle_dates
from firsthand.reading.read import draft_content, number_reports, read_found
from firsthand.reading.warc import Captured
from firsthand.reading.warc_pages import read_captured
from firsthand.store import Kept, Revisit, describe_kept


@record
class Outcome:
    """What a unit yielded: rows of reports, problems of what gave none (input, record), and how much is no report."""

    rows: tuple[str, ...] = ()
    problems: tuple[tuple[int, int, Problem], ...] = ()
    skipped: int = 0
    revisits: tuple[Revisit, ...] = ()


def read_unit(unit: Unit) -> Outcome:
    """Read a unit's file or records. What cannot be read is a problem; nothing is raised for what a page holds."""
    if unit.found is not None:
        return _read_file(unit.ledger.number, unit.ledger.digest, unit.found)
    return join_outcomes([_read_capture(unit.ledger.number, unit.ledger.path, one) for one in unit.captures])


def join_outcomes(outcomes: Sequence[Outcome]) -> Outcome:
    """Return what several pieces yielded, in their order."""
    return Outcome(
        rows=tuple(row for one in outcomes for row in one.rows),
        problems=tuple(problem for one in outcomes for problem in one.problems),
        skipped=sum(one.skipped for one in outcomes),
        revisits=tuple(revisit for one in outcomes for revisit in one.revisits),
    )


def _read_file(number: int, digest: str, found: Found) -> Outcome:
    reports, problems = read_found(found)
    return Outcome(
        rows=tuple(describe_kept(Kept(report=one, input=number, turn=0, digest=digest)) for one in reports),
        problems=tuple((number, 0, problem) for problem in problems),
    )


def _read_capture(number: int, path: str, capture: Capture) -> Outcome:
    """Read a record of a web archive; a revisit, an answer that is an error, or an image is no report."""
    captured, problem = capture.captured, capture.problem
    if captured is not None and captured.fault:
        problem = Problem(where=f"{path}#{capture.turn}", what=captured.fault)
    if problem is not None:
        return Outcome(problems=((number, capture.turn, problem),))
    if captured is not None and captured.of:
        return Outcome(skipped=1, revisits=(_point_back(number, f"{path}#{capture.turn}", captured),))
    if captured is None or captured.status >= 300 or not captured.data.strip():
        return Outcome(skipped=1)
    content = read_captured(path, captured, FileOpener())
    reports = number_reports(settle_dates(draft_content(path, content, Facts())))
    return Outcome(
        rows=tuple(describe_kept(_keep(report, number, captured)) for report in reports),
        problems=tuple((number, capture.turn, one) for one in content.problems),
    )


def _keep(report: Report, number: int, captured: Captured) -> Kept:
    return Kept(
        report=report,
        input=number,
        turn=captured.place,
        digest=sha256(captured.data).hexdigest(),
        record=captured.id,
        address=captured.url,
        payload=captured.digest,
    )


def _point_back(number: int, path: str, captured: Captured) -> Revisit:
    record, address, payload = captured.of or ("", "", "")
    return Revisit(
        input=number,
        turn=captured.place,
        path=path,
        address=captured.url,
        retrieved=captured.retrieved,
        of_record=record,
        of_address=address,
        of_payload=payload,
    )
