"""What does one piece of work yield?

This runs in the worker processes: a unit in, rows ready for the store out.
"""

from __future__ import annotations

from hashlib import sha256

from firsthand.archive.captures import Capture
from firsthand.archive.units import Unit
from firsthand.model import Problem, record
from firsthand.reading.gather import Found
from firsthand.reading.item import Facts
from firsthand.reading.open import FileOpener
from firsthand.reading.pile_dates import settle_dates
from firsthand.reading.read import draft_content, number_reports, read_found
from firsthand.reading.warc_pages import read_captured
from firsthand.store import Kept, describe_kept


@record
class Outcome:
    """What a unit yielded: rows of reports, problems of what gave none (input, record), and how much is no report."""

    rows: tuple[str, ...] = ()
    problems: tuple[tuple[int, int, Problem], ...] = ()
    skipped: int = 0


def read_unit(unit: Unit) -> Outcome:
    """Read a unit's file or records. What cannot be read is a problem; nothing is raised for what a page holds."""
    if unit.found is not None:
        return _read_file(unit.ledger.number, unit.ledger.digest, unit.found)
    outcomes = [_read_capture(unit.ledger.number, unit.ledger.path, one) for one in unit.captures]
    return Outcome(
        rows=tuple(row for one in outcomes for row in one.rows),
        problems=tuple(problem for one in outcomes for problem in one.problems),
        skipped=sum(one.skipped for one in outcomes),
    )


def _read_file(number: int, digest: str, found: Found) -> Outcome:
    reports, problems = read_found(found)
    return Outcome(
        rows=tuple(describe_kept(Kept(report=one, input=number, turn=0, digest=digest)) for one in reports),
        problems=tuple((number, 0, problem) for problem in problems),
    )


def _read_capture(number: int, path: str, capture: Capture) -> Outcome:
    """Read a record of a web archive; a repetition, an answer that is an error, or an image is no report."""
    captured, problem = capture.captured, capture.problem
    if captured is not None and captured.fault:
        problem = Problem(where=f"{path}#{capture.turn}", what=captured.fault)
    if problem is not None:
        return Outcome(problems=((number, capture.turn, problem),))
    if captured is None or captured.of or captured.status >= 300 or not captured.data.strip():
        return Outcome(skipped=1)
    content = read_captured(path, captured, FileOpener())
    reports = number_reports(settle_dates(draft_content(path, content, Facts())))
    digest = sha256(captured.data).hexdigest()
    kept = [Kept(report=report, input=number, turn=capture.turn, digest=digest) for report in reports]
    return Outcome(
        rows=tuple(describe_kept(one) for one in kept),
        problems=tuple((number, capture.turn, one) for one in content.problems),
    )
