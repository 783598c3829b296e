"""What do several pages say in the same words: the graphics of an assessment, and what a judgement is about?"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from firsthand.case.judgements import parse_value
from firsthand.case.readings import is_reading, split_reading
from firsthand.model import Assessment, Case, Judgement
from firsthand.pipeline import Found
from firsthand.probability import show_interval, show_percent
from firsthand.views.page import tell_page
from firsthand.views.plain import shorten_text

_LAST: list[tuple[Assessment, Mapping[str, Any]]] = []
_TELLING = threading.Lock()


def tell_assessment(assessment: Assessment) -> Mapping[str, Any]:
    """Return what the templates of the assessment print, drawn once for as long as the case stays as it is."""
    with _TELLING:
        if not _LAST or _LAST[0][0] is not assessment:
            _LAST[:] = [(assessment, tell_page(assessment))]
        return _LAST[0][1]


def name_judged(case: Case, judgement: Judgement, found: Found = ((), ())) -> str:
    """Return what a judgement is about as a reader says it: the question of a number, the name of a thing.

    `found`: what the machine finds in the reports, by which attributions are told in their words.
    """
    about = judgement.about
    if about in case.knob_questions:
        return case.knob_questions[about]
    if is_reading(about):
        return _name_reading(case, judgement, found)
    kind, _, name = about.partition(".")
    if kind == "place":
        return f"which place “{name.replace('-', ' ')}” is"
    return _name_things(case).get((kind, name), about)


def _name_reading(case: Case, judgement: Judgement, found: Found) -> str:
    """Return an attribution, or the two ends of a lineage, by who prints it and what is said."""
    outlets = {report.id: report.publisher or report.title or report.path for report in case.reports}
    value = parse_value(judgement.value)
    said = value.get("said", "") if isinstance(value, dict) else ""
    named = []
    for end in split_reading(judgement.about):
        one = next((one for one in found[0] if one.id == end and one.report in outlets), None)
        told = f"{outlets[one.report]}: “{shorten_text(one.content.text, 60)}”" if one is not None else ""
        named.append(told or (f"“{shorten_text(said, 60)}”" if said else f"attribution {end}"))
    return named[0] if len(named) == 1 else f"whether it was taken from one another: {' and '.join(named)}"


def show_value(judgement: Judgement) -> str:
    """Return what was judged: "40 % (20–60 %)", "retracted", or what was written."""
    value = parse_value(judgement.value)
    if isinstance(value, bool) or value is None:
        return judgement.value
    if isinstance(value, int | float):
        return show_percent(value) if 0 <= value <= 1 else judgement.value
    if isinstance(value, list) and value and all(isinstance(one, int | float) and 0 <= one <= 1 for one in value):
        middle = f"{show_percent(value[1])} " if len(value) == 3 else ""
        interval = show_interval(value[0], value[-1])
        return f"{middle}({interval})" if middle else interval
    return "corrected" if isinstance(value, dict) else judgement.value


def _name_things(case: Case) -> dict[tuple[str, str], str]:
    names = {("source", str(one.source.id)): f"{one.source.name}, as a source" for one in case.profiles}
    names |= {("report", one.path): f"the report “{one.title or one.path}”" for one in case.reports}
    items = (("assertion", case.assertions), ("observation", case.observations), ("statement", case.statements))
    for kind, group in (*items, ("expectation", case.expectations)):
        names |= {(kind, str(one.id)): one.title for one in group}
    return names
