"""Which reports does a case hold, how much of each has been judged, and which only repeat another?"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from firsthand.case.readings import ATTRIBUTION, read_readings
from firsthand.model import Case, Judgement, Report, ReportId, Verdict, record
from firsthand.workbench.desk import Look

ECHO = "echo"
PAUSE = 600.0
"""Seconds. Between two judgements further apart than this, something else was done."""
FEWEST = 3


class Row(NamedTuple):
    """A report, how many attributions it has, how many of them are judged, and whether it only repeats another."""

    report: Report
    found: int
    judged: int
    echo: bool


@record
class Shelf:
    """All reports of a case; `rows` in order of publication."""

    rows: tuple[Row, ...]

    @property
    def own(self) -> tuple[Row, ...]:
        """The reports that do not only repeat another."""
        return tuple(row for row in self.rows if not row.echo)

    @property
    def echoes(self) -> tuple[Row, ...]:
        """The reports that only repeat another."""
        return tuple(row for row in self.rows if row.echo)

    @property
    def judged(self) -> int:
        """How many attributions are judged in the reports that do not only repeat another."""
        return sum(row.judged for row in self.own)

    @property
    def found(self) -> int:
        """How many attributions those reports have."""
        return sum(row.found for row in self.own)


_LAST: list[tuple[tuple[int, int], Look, Shelf]] = []
_FILLING = threading.Lock()


def fill_shelf(look: Look, judgements: Sequence[Judgement]) -> Shelf:
    """Return the reports of a case with what is judged of them by now, counted once for as long as that stays so."""
    assert look.case is not None
    with _FILLING:
        key = (id(look.case), len(judgements))
        if not _LAST or _LAST[0][0] != key:
            # The look is kept with what was counted from it, so that its identity stays its own.
            _LAST[:] = [(key, look, _count_all(look, look.case, judgements))]
        return _LAST[0][2]


def guess_minutes(judgements: Sequence[Judgement], who: str, left: int) -> int | None:
    """Return how many minutes the rest takes at the pace of somebody's latest judgements; None if not known."""
    told = [one.when for one in judgements if one.who == who and one.about.startswith(ATTRIBUTION)][-30:]
    gaps = [(later - earlier).total_seconds() for earlier, later in zip(told, told[1:], strict=False)]
    short = [gap for gap in gaps if gap <= PAUSE]
    return max(1, round(left * median(short) / 60)) if left and len(short) >= FEWEST else None


def _count_all(look: Look, case: Case, judgements: Sequence[Judgement]) -> Shelf:
    by_path = {report.path: report.id for report in case.reports}
    traced = look.assessment.trace.attributions if look.assessment is not None else ()
    where = {one.id: one.report for one in (*look.found[0], *traced)}
    readings = read_readings(judgements)
    added = (one for one in readings if one.verdict is Verdict.ADDED and one.report in by_path)
    where |= {one.attribution: by_path[one.report] for one in added}
    suggested = {one.quote for one in case.assertions if not one.judged}
    judged = {one.id for one in traced if one.reason.rule == "judged" and not suggested & set(one.reason.quotes)}
    judged |= {one.attribution for one in readings}
    found, done = Counter(where.values()), Counter(where[name] for name in judged if name in where)
    echoes = _find_echoes(look)
    rows = [
        Row(report, found[report.id], done[report.id], report.id in echoes and found[report.id] > 0)
        for report in sorted(case.reports, key=_date_report)
    ]
    return Shelf(rows=tuple(rows))


def _find_echoes(look: Look) -> frozenset[ReportId]:
    if look.assessment is None:
        return frozenset()
    kinds: dict[ReportId, set[str]] = {}
    for node in look.assessment.trace.provenance.nodes:
        if node.report is not None:
            kinds.setdefault(node.report, set()).add(node.kind)
    return frozenset(report for report, held in kinds.items() if held == {ECHO})


def _date_report(report: Report) -> tuple[bool, str, str]:
    return (report.published is None, report.published.start.isoformat() if report.published else "", report.path)
