"""What can be done with a pile of files or a case folder? Each command of the command line is one function here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from firsthand.asking import Posed, pose_questions
from firsthand.assessment import explain_number
from firsthand.attribution import Attributor
from firsthand.case import (
    check_case,
    draft_case,
    find_knob,
    limit_case,
    list_knobs,
    load_case,
    record_judgement,
    turn_knobs,
)
from firsthand.case.elicitation import Interview, answer_questions, interview_sources, record_answers
from firsthand.case.judgements import parse_value
from firsthand.case.knobs import own_knobs
from firsthand.custody import Bundle, read_custodian, write_bundle
from firsthand.errors import CaseError, TooCostly, UnknownName, suggest
from firsthand.model import (
    Assessment,
    Case,
    EvidenceId,
    Explanation,
    Finding,
    Judgement,
    Knob,
    KnobId,
    Posterior,
    Report,
    Severity,
    Trace,
    WhatIf,
)
from firsthand.origins.side_by_side import lay_derivations
from firsthand.pipeline import assess_case, check_weights, compare_posteriors, trace_case, trace_reports
from firsthand.reading import read_reports
from firsthand.weighing.turning import Turning, open_case

WITHOUT = "without"


def trace_paths(paths: Sequence[str], attributors: Sequence[Attributor] = ()) -> Trace:
    """Return who said what in files, folders or "-" (standard input); a single case folder is traced as judged.

    `attributors` are heard beside our own reading, in a pile; a case is read as it was drafted.
    Raises InputError where nothing can be read.
    """
    if len(paths) == 1 and Path(paths[0], "case.toml").is_file():
        return trace_case(load_case(paths[0]))
    reports, problems = read_reports(paths)
    return trace_reports(reports, problems, attributors)


def assess_folder(folder: str | Path, *, as_of: date | None = None, samples: int | None = None) -> Assessment:
    """Return the assessment of a case folder, as it stood on `as_of` if given. Raises CaseError."""
    return assess_case(load_folder(folder, as_of), samples=samples)


def load_folder(folder: str | Path, as_of: date | None = None) -> Case:
    """Return a case as it stood on a day, or with everything it holds."""
    case = load_case(folder)
    return limit_case(case, as_of) if as_of else case


def draft_folder(folder: str | Path) -> tuple[str, ...]:
    """Write suggestions into a case and return the five questions that matter most."""
    reports, problems = read_reports([str(Path(folder) / "reports")])
    return draft_case(folder, trace_reports(reports, problems))


def explain_id(folder: str | Path, name: str) -> tuple[Explanation, tuple[Report, ...]]:
    """Return what stands behind an id of a case, and the reports its quotations stand in. Raises UnknownName."""
    case = load_case(folder)
    knobs = {str(knob.id): knob for knob in list_knobs(case)}
    assessment = assess_case(case)
    if assessment.withheld and name in list_evidence(case):
        raise TooCostly(f"what {name!r} did is not known. {assessment.withheld}")
    found = explain_number(assessment, name, knobs)
    asked = name.removeprefix("report.")
    about = next((report.id for report in case.reports if asked in (report.id, report.path)), None)
    if about is not None:
        found = replace(found, shared=lay_derivations(about, assessment.trace.derivations, case.reports))
    return found, case.reports


def try_moves(folder: str | Path, moves: Sequence[str]) -> WhatIf:
    """Return what turning knobs (KNOB=NUMBER) or leaving out evidence (without=ID) would do. Nothing is saved.

    Raises CaseError for a move that cannot be read, UnknownName for a name that is not in the case.
    """
    if not moves:
        raise CaseError("no move is given; turn a judgement with KNOB=NUMBER or leave one out with without=EVIDENCE")
    case = load_case(folder)
    turning = open_what_if(case)
    moved, left, told, alone = case, frozenset[EvidenceId](), [], []
    for move in moves:
        one, without = _make_move(case, move)
        told.append(_tell_move(case, move))
        alone.append(_find_asked(case, turning.verdict(_find_turns(case, one), without)))
        moved, left = _make_move(moved, move)[0], left | without
    return WhatIf(
        asked=case.asks,
        names={h.id: h.name for h in case.hypotheses},
        moves=tuple(told),
        before=compare_posteriors(case),
        after=compare_posteriors(moved, without=left),
        alone=tuple(alone),
    )


def open_what_if(case: str | Path | Case) -> Turning:
    """Return a case, or a folder's, calibrated once, so that what a moved judgement does is known at once.

    Raises CaseError for a folder that cannot be meant, Contradiction or ModelError where it cannot be computed with.
    """
    return open_case(case if isinstance(case, Case) else load_case(case))


def retract_name(folder: str | Path, name: str, *, why: str, who: str, undo: bool = False) -> str:
    """Withdraw a source or report from a case by a judgement on the record, or restore it; return what was done."""
    value = "restored" if undo else "retracted"
    judgement = Judgement(when=datetime.now(UTC).replace(microsecond=0), who=who, about=name, value=value, why=why)
    record_judgement(folder, judgement)
    return f"{name} is {value}; firsthand assess {folder} shows what that changes"


def check_folder(folder: str | Path) -> tuple[Finding, ...]:
    """Return what in a case would not stand up, as it is written and once it is weighed, the gravest first."""
    case = load_case(folder)
    written = check_case(case)
    places = {found.where for found in written if found.severity != Severity.NOTE}
    weighed = [found for found in check_weights(case) if found.where not in places]
    order = list(Severity)
    return tuple(sorted((*written, *weighed), key=lambda found: order.index(found.severity)))


def ask_sources(folder: str | Path, source: str = "") -> tuple[Interview, ...]:
    """Return the questions about every source that speaks in a case, or about one. Raises UnknownName."""
    return interview_sources(load_case(folder), source)


def choose_questions(folder: str | Path, source: str = "") -> tuple[Posed, ...]:
    """Return the five questions about one source, or the five that matter most over all. Raises UnknownName."""
    return pose_questions(load_case(folder), source)


def answer_source(
    folder: str | Path, source: str, answers: Mapping[str, str], *, why: str, who: str
) -> tuple[str, ...]:
    """Record answers about a source as judgements, and return what each number was and is now.

    Raises UnknownName for a question or an answer that does not exist, CaseError for an answer without a reason.
    """
    case = load_case(folder)
    when = datetime.now(UTC).replace(microsecond=0)
    judged = answer_questions(case, source, answers, (who, why, when))
    owned = own_knobs(case, [one.about for one in judged])
    before = {one.about: find_knob(owned, one.about) for one in judged}
    record_answers(folder, case, judged)
    return tuple(f"{one.about}: {_show_range(before[one.about])} is now {one.value}" for one in judged)


def _show_range(knob: Knob) -> str:
    return f"[{knob.low:g}, {knob.value:g}, {knob.high:g}]"


def _make_move(case: Case, move: str) -> tuple[Case, frozenset[EvidenceId]]:
    name, value = _split_move(move)
    if name != WITHOUT:
        return turn_knobs(case, {name: parse_value(value)}), frozenset()
    known = list_evidence(case)
    if value not in known:
        raise UnknownName(f"there is no evidence '{value}' in this case{suggest(value, known)}")
    return case, frozenset({EvidenceId(value)})


def list_evidence(case: Case) -> tuple[EvidenceId, ...]:
    """Return the id of every piece of evidence a case weighs."""
    said = (*(one.id for one in case.assertions), *(one.id for one in case.observations))
    return (*said, *(one.id for one in case.statements), *(one.id for one in case.expectations))


def _find_turns(case: Case, moved: Case) -> dict[KnobId, float]:
    """Return the numbers that stand elsewhere in the case as moved."""
    before = {knob.id: knob.value for knob in list_knobs(case)}
    return {knob.id: knob.value for knob in list_knobs(moved) if knob.value != before[knob.id]}


def _split_move(move: str) -> tuple[str, str]:
    name, _, value = move.partition("=")
    if not value:
        raise CaseError(f"'{move}' is not a move; write KNOB=NUMBER or without=EVIDENCE")
    return name.strip(), value.strip()


def _tell_move(case: Case, move: str) -> tuple[str, str, str]:
    name, value = _split_move(move)
    if name == WITHOUT:
        return value, "counted", "left out"
    return name, f"{find_knob(case, name).value:g}", value


def _find_asked(case: Case, posteriors: Sequence[Posterior]) -> float:
    return next(posterior.probability for posterior in posteriors if posterior.hypothesis == case.asks)


def export_matrix(folder: str | Path, form: str) -> str:
    """Return the matrix of competing hypotheses as comma-separated values: "ach-csv" with marks, "ach-db" in dB."""
    from firsthand.exports import write_ach_decibans, write_ach_marks

    assessment = assess_folder(folder, samples=0)
    if assessment.withheld:
        raise TooCostly(f"a matrix weighs every piece of evidence, and here that is too much: {assessment.withheld}")
    return write_ach_decibans(assessment) if form == "ach-db" else write_ach_marks(assessment)


def export_bundle(folder: str | Path, output: Path) -> Bundle:
    """Write a case, its custody and its assessment as one zip that can be verified without firsthand."""
    from firsthand.exports import describe_assessment, show_json
    from firsthand.views.write import write_assessment

    assessment = assess_folder(folder)
    made = {
        "assessment.html": write_assessment(assessment, "html", version=read_custodian().version),
        "assessment.json": show_json(describe_assessment(assessment)),
    }
    return write_bundle(folder, output, {name: (words + "\n").encode() for name, words in made.items()})
