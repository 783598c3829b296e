"""What stands in a report as said by somebody, and what has been judged of it?

A mark is one attribution as it stands now, beside the machine's own suggestion. What was judged a moment ago is seen
at once, also while what follows from it for the whole case is still being worked out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from firsthand.case.judgements import GONE
from firsthand.case.readings import read_readings
from firsthand.model import (
    Assertion,
    Attribution,
    AttributionId,
    Case,
    Judgement,
    Reading,
    Report,
    Source,
    SourceId,
    Statement,
    Verdict,
    record,
)
from firsthand.pipeline import Found, judge_found
from firsthand.workbench.desk import Look

SUGGESTED, DRAFTED, WRITTEN = "suggested", "drafted", "written"
OPEN = (SUGGESTED, DRAFTED)
"""What nobody has judged: the machine's attributions, and what it wrote into the case for them."""


ENTRIES = ("assertion.", "statement.")
"""What judgements about the words that the case's files hold are about."""


def name_entry(one: Assertion | Statement) -> str:
    """Return what a judgement about an assertion or a statement is about."""
    return f"{'assertion' if isinstance(one, Assertion) else 'statement'}.{one.id}"


@record
class Mark:
    """One attribution of a report. `status`: "suggested", "drafted", "written" in the case's files, or a verdict.

    `machine` is what was found at first, None where nothing was; `entry` what the case's files say at its words.
    """

    shown: Attribution
    status: str
    machine: Attribution | None = None
    reading: Reading | None = None
    entry: Assertion | Statement | None = None

    @property
    def id(self) -> AttributionId:
        """The id of the attribution."""
        return self.shown.id

    @property
    def is_open(self) -> bool:
        """Whether nobody has judged it."""
        return self.status in OPEN

    @property
    def start(self) -> int:
        """The first character of its words."""
        mentions = (self.shown.source_mention, self.shown.cue, self.shown.content)
        return min((start for one in mentions for start, _ in one.spans), default=0)


@record
class Sheet:
    """A report with its marks in the order of its text, and the names of all who speak in it."""

    report: Report
    marks: tuple[Mark, ...]
    names: dict[SourceId, str]

    def find(self, name: str) -> Mark | None:
        """Return the mark of that id."""
        return next((one for one in self.marks if one.id == name), None)


def open_sheet(look: Look, report: Report, judgements: Sequence[Judgement]) -> Sheet:
    """Return a report with its marks, as the judgements on the record have them now."""
    assert look.case is not None
    machine = {one.id: one for one in look.found[0] if one.report == report.id}
    case = _limit_case(look.case, report, judgements, machine)
    (attributions, sources), placed = judge_found(case, (tuple(machine.values()), look.found[1]))
    told: tuple[Assertion | Statement, ...] = (*case.statements, *case.assertions)
    entries = {placed[one.id]: one for one in told}
    readings = {one.attribution: one for one in case.readings}
    marks = [_make_mark(one, machine.get(one.id), readings.get(one.id), entries.get(one.id)) for one in attributions]
    rejected = (one for one in readings.values() if one.verdict is Verdict.REJECTED)
    marks += [
        Mark(shown=machine[one.attribution], status="rejected", machine=machine[one.attribution], reading=one)
        for one in rejected
    ]
    return Sheet(
        report=report,
        marks=tuple(sorted(marks, key=lambda mark: (mark.start, mark.shown.content.spans, mark.id))),
        names=_name_sources(sources, look.found),
    )


def _limit_case(
    case: Case, report: Report, judgements: Sequence[Judgement], machine: dict[AttributionId, Attribution]
) -> Case:
    """Return what of a case bears on one report, decided as on the record."""
    decided = {one.about: one.value for one in judgements if one.about.startswith(ENTRIES)}

    def stands(one: Assertion | Statement) -> bool:
        return one.quote.span.report == report.id and decided.get(name_entry(one)) not in GONE

    said = [one for one in case.assertions if stands(one)]
    return replace(
        case,
        reports=(report,),
        assertions=tuple(replace(one, judged=one.judged or decided.get(name_entry(one)) == "accepted") for one in said),
        statements=tuple(one for one in case.statements if stands(one)),
        observations=(),
        readings=tuple(
            one
            for one in read_readings(judgements)
            if one.attribution in machine or (one.verdict is Verdict.ADDED and one.report == report.path)
        ),
    )


def _make_mark(
    shown: Attribution,
    machine: Attribution | None,
    reading: Reading | None,
    entry: Assertion | Statement | None,
) -> Mark:
    if reading is not None:
        status = str(reading.verdict)
    elif entry is not None:
        status = WRITTEN if getattr(entry, "judged", True) else DRAFTED
    else:
        status = SUGGESTED
    return Mark(shown=shown, status=status, machine=machine, reading=reading, entry=entry)


def _name_sources(sources: Sequence[Source], found: Found) -> dict[SourceId, str]:
    return {one.id: one.name for one in (*found[1], *sources)}
