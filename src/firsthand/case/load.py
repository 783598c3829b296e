"""What does a case folder say, put together?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from firsthand.case.claims import Names, read_assertions, read_claims, read_observations, read_statements
from firsthand.case.entries import Entry
from firsthand.case.expectations import read_channels, read_expectations
from firsthand.case.frame import (
    read_campaigns,
    read_hypotheses,
    read_postures,
    read_questions,
    read_scenarios,
    read_standards,
)
from firsthand.case.judgements import apply_judgements, read_judgements
from firsthand.case.knobs import ask_knobs
from firsthand.case.schema import find_mistakes
from firsthand.case.sources import read_profiles
from firsthand.case.text import FILES, CaseText, Mistakes, read_text
from firsthand.errors import CaseError
from firsthand.model import Case, HypothesisId, Problem, Report

EVIDENCE = (
    ("claims.toml", "assertion"),
    ("claims.toml", "observation"),
    ("claims.toml", "statement"),
    ("expectations.toml", "expectation"),
)
Texts = Mapping[str, CaseText]
Reports = Mapping[str, Report]


def load_case(folder: str | Path, *, reports: Sequence[Report] | None = None) -> Case:
    """Return everything a case folder says, with every quotation found in its report and every name known.

    `reports` are read from `reports/` unless given. Judgements are applied, in order, over the files.
    Raises CaseError for the first mistake, with its file and line and the number of further ones.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise CaseError(f"there is no case folder '{folder}'; make one with: firsthand new FOLDER --question QUESTION")
    mistakes = Mistakes()
    texts = {name: read_text(folder, name) for name in FILES}
    mistakes.found.extend(fault for text in texts.values() for fault in find_mistakes(text))
    mistakes.tell()
    found, problems = (reports, ()) if reports is not None else read_case_reports(folder)
    case = _assemble(texts, {report.path: report for report in found}, mistakes)
    case = apply_judgements(replace(case, problems=tuple(problems)), read_judgements(folder))
    return replace(case, knob_questions=ask_knobs(case))


def read_case_reports(folder: Path) -> tuple[tuple[Report, ...], tuple[Problem, ...]]:
    """Return the reports of a case; a case may still be without any."""
    from firsthand.reading import read_reports

    place = folder / "reports"
    if not place.is_dir() or not any(not one.name.startswith(".") for one in place.iterdir()):
        return (), ()
    return read_reports([str(place)])


def _assemble(texts: Texts, reports: Reports, mistakes: Mistakes) -> Case:
    """Return the case of all four files; raise the first mistake there is."""
    _check_evidence_ids(texts, mistakes)
    top = Entry(text=texts["case.toml"], place=(), data=texts["case.toml"].data, reports=reports)
    parts = _read_frame(top, mistakes)
    names = _name(parts)
    parts["profiles"] = tuple(read_profiles((top.text, texts["sources.toml"]), reports, mistakes, names.campaigns))
    parts["claims"] = tuple(read_claims(texts["claims.toml"], reports, mistakes, names.hypotheses))
    mistakes.tell()
    names = _name(parts)
    parts |= _read_evidence(texts, reports, mistakes, (names, parts["as_of"]))
    parts["questions"] = tuple(read_questions(top.text, reports, mistakes, (names.hypotheses, names.claims)))
    parts["standards"] = tuple(read_standards(top.text, reports, mistakes, names.sources))
    mistakes.tell()
    return Case(reports=tuple(reports[path] for path in sorted(reports)), **parts)


def _read_frame(top: Entry, mistakes: Mistakes) -> dict[str, Any]:
    hypotheses = read_hypotheses(top.text, top.reports)
    ids = tuple(one.id for one in hypotheses)
    as_of = top.read_date("as_of")
    parts = {
        "title": top.read_text("title") or top.read_text("question"),
        "question": top.read_text("question"),
        "asks": HypothesisId(top.check_name(top.read_text("asks"), ids, "hypothesis", "asks")),
        "as_of": as_of,
        "prior_basis": top.read_text("prior_basis"),
        "hypotheses": hypotheses,
        "campaigns": tuple(read_campaigns(top.text, top.reports, mistakes)),
        "postures": tuple(read_postures(top.text, top.reports, mistakes, ids)),
        "scenarios": tuple(read_scenarios(top.text, top.reports, mistakes, ids)),
        "unknowns": tuple(str(one).strip() for one in top.data.get("unknowns", ())),
    }
    return parts | {key: top.data[key] for key in ("samples", "seed") if key in top.data}


def _read_evidence(texts: Texts, reports: Reports, mistakes: Mistakes, known: tuple[Names, date]) -> dict[str, Any]:
    names, as_of = known
    text, missing = texts["claims.toml"], texts["expectations.toml"]
    channels = tuple(read_channels(missing, reports, mistakes))
    return {
        "assertions": tuple(read_assertions(text, reports, mistakes, names)),
        "observations": tuple(read_observations(text, reports, mistakes, names)),
        "statements": tuple(read_statements(text, reports, mistakes, names)),
        "channels": channels,
        "expectations": tuple(read_expectations(missing, reports, mistakes, names, (channels, as_of))),
    }


def _name(parts: Mapping[str, Any]) -> Names:
    return Names(
        hypotheses=_list_ids(parts["hypotheses"]),
        campaigns=_list_ids(parts["campaigns"]),
        postures=_list_ids(parts["postures"]),
        sources=tuple(one.source.id for one in parts.get("profiles", ())),
        claims=_list_ids(parts.get("claims", ())),
    )


def _list_ids(things: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(thing.id for thing in things)


def _check_evidence_ids(texts: Texts, mistakes: Mistakes) -> None:
    """Every piece of evidence, and every scenario and inquiry among their own, has an id that no other has."""
    groups = [EVIDENCE, (("case.toml", "scenario"),), (("case.toml", "inquiry"),)]
    for group in groups:
        seen: dict[str, str] = {}
        for name, key in group:
            for index, data in enumerate(texts[name].data.get(key, ())):
                if data["id"] in seen:
                    what = f"the id '{data['id']}' is taken by {seen[data['id']]}; give each its own id"
                    mistakes.found.append(texts[name].fault(what, key, index, "id"))
                line = texts[name].find_line((key, index, "id"))
                seen.setdefault(data["id"], f"the {key} in {name}, line {line}")
