"""Who says what in this report, where else does it stand, and what does the analyst make of it? The reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from firsthand.case.judgements import read_judgements
from firsthand.case.limit import list_items
from firsthand.case.readings import read_lineages
from firsthand.custody import read_custodian
from firsthand.model import Case, Claim, Judgement, PartKind, Report, SourceId, record
from firsthand.origins.side_by_side import lay_derivations
from firsthand.views.plain import count_things
from firsthand.views.side_by_side import lay_side_by_side
from firsthand.views.wording import show_voices
from firsthand.workbench.acts import act_on
from firsthand.workbench.asking import ask_mark, tell_chain, tell_machine
from firsthand.workbench.desk import Look
from firsthand.workbench.elsewhere import find_claim, find_elsewhere
from firsthand.workbench.marks import Mark, Sheet, open_sheet
from firsthand.workbench.pages.reports import list_near
from firsthand.workbench.paging import cut_page, find_page, tell_spans
from firsthand.workbench.shelf import fill_shelf, guess_minutes
from firsthand.workbench.showing import find_desk, go_back, read_form, show

BRIEFLY = 0.1
MOST_MARKS = 300
"""Attributions listed below a report; a longer one is read page by page."""


@record
class View:
    """What is in view: a report with its marks, the mark chosen, and the character that was asked for."""

    look: Look
    case: Case
    sheet: Sheet
    chosen: Mark | None
    place: int
    judgements: tuple[Judgement, ...]


def show_report(request: Request) -> Response:
    """Show one report: `at` an attribution, `c` a character of it, `all` also what is not part of the report."""
    desk = find_desk(request)
    # What was judged is seen at once; what follows from it for the whole case may come a moment later.
    look = desk.look(wait=BRIEFLY)
    if look.case is None:
        return show(request, "reader.html.j2", look)
    judgements = read_judgements(desk.folder)
    report = find_report(look, request.path_params["report"])
    return show(request, "reader.html.j2", look, **_tell_reader(request, _open_view(request, look, report, judgements)))


async def judge_report(request: Request) -> Response:
    """Record what was judged in a report, and go back to the attribution."""
    fields = await read_form(request)
    return await run_in_threadpool(_judge, request, fields)


def show_beside(request: Request) -> Response:
    """Show what two reports share, side by side."""
    look = find_desk(request).look()
    if look.case is None:
        return show(request, "beside.html.j2", look)
    one, other = (find_report(look, request.path_params[key]) for key in ("report", "other"))
    trace = look.assessment.trace if look.assessment is not None else None
    edges = lay_derivations(one.id, trace.derivations, (one, other)) if trace is not None else ()
    reports = {one.id: one, other.id: other}
    laid = [(edge, lay_side_by_side(edge, reports[edge.child], reports[edge.parent])) for edge in edges]
    return show(request, "beside.html.j2", look, one=one, other=other, laid=laid, reports=reports)


def find_report(look: Look, name: str) -> Report:
    """Return a report of the case by its id or its path. Raises HTTPException 404 where there is none."""
    reports = look.case.reports if look.case is not None else ()
    found = next((one for one in reports if name in (one.id, one.path)), None)
    if found is None:
        raise HTTPException(404)
    return found


def _judge(request: Request, fields: Mapping[str, str]) -> Response:
    desk = find_desk(request)
    look = desk.look(wait=0.0)
    report = find_report(look, request.path_params["report"])
    done = act_on(desk, open_sheet(look, report, read_judgements(desk.folder)), fields)
    if request.headers.get("accept", "").startswith("application/json"):
        return JSONResponse(
            {"said": done.said, "mark": done.mark, "abouts": list(done.abouts), "state": desk.find_state()}
        )
    return go_back({"back": f"/reports/{report.id}?{urlencode({'at': done.mark})}#ask"}, done.said)


def _open_view(request: Request, look: Look, report: Report, judgements: tuple[Judgement, ...]) -> View:
    assert look.case is not None
    sheet = open_sheet(look, report, judgements)
    asked = request.query_params.get("c", "")
    place = int(asked) if asked.isdecimal() and len(asked) < 12 else None  # noqa: PLR2004
    chosen = sheet.find(request.query_params.get("at", ""))
    if chosen is None and place is not None:
        chosen = next((one for one in sheet.marks if _covers(one, place)), None)
    elif chosen is None:
        chosen = next((one for one in sheet.marks if one.is_open), next(iter(sheet.marks), None))
    place = place if place is not None else chosen.start if chosen is not None else 0
    return View(look=look, case=look.case, sheet=sheet, chosen=chosen, place=place, judgements=judgements)


def _covers(mark: Mark, place: int) -> bool:
    mentions = (mark.shown.source_mention, mark.shown.cue, mark.shown.content)
    return any(start <= place < end for one in mentions for start, end in one.spans)


def _tell_reader(request: Request, view: View) -> dict[str, Any]:
    report, marks, chosen = view.sheet.report, view.sheet.marks, view.chosen
    page = find_page(report, view.place)
    anchors = _list_anchors(view.case, report) | {view.place}
    number = marks.index(chosen) if chosen is not None else -1
    everything = "all" in request.query_params
    shown = [one for one in cut_page(report, page, marks, chosen, anchors) if everything or not one.aside]
    return {
        "report": report,
        "marks": marks[:MOST_MARKS],
        "mark": chosen,
        "number": number + 1,
        "count_of_marks": len(marks),
        "previous": marks[number - 1] if number > 0 else None,
        "following": marks[number + 1] if 0 <= number + 1 < len(marks) else None,
        "names": view.sheet.names,
        "page": page,
        "stretches": shown,
        "everything": everything,
        "asides": _tell_asides(report),
        "seen": len(view.judgements),
        "speakers": _list_speakers(view),
        "history": [one for one in view.judgements if chosen is not None and one.about == f"attribution.{chosen.id}"],
        **_tell_mark(view),
        **_tell_elsewhere(view),
        **_tell_shelf(view),
    }


def _tell_mark(view: View) -> dict[str, Any]:
    chosen, report, names = view.chosen, view.sheet.report, view.sheet.names
    if chosen is None:
        return {"question": "", "machine": "", "was": [], "chain": [], "spans": {}}
    return {
        "question": ask_mark(chosen, report, names),
        "machine": tell_machine(chosen),
        "was": _compare_machine(chosen, names),
        "chain": tell_chain(chosen, report, names),
        "spans": tell_spans(chosen.shown),
    }


def _compare_machine(mark: Mark, names: Mapping[SourceId, str]) -> list[tuple[str, str, str]]:
    """Return what the machine had otherwise: of what, how, and how it is now."""
    if mark.machine is None or mark.status not in ("corrected", "written", "drafted"):
        return []
    old, new = mark.machine, mark.shown
    told = [
        ("source", old.source_mention.text, new.source_mention.text),
        ("cue", old.cue.text, new.cue.text),
        ("content", old.content.text, new.content.text),
        ("who", names.get(old.source, str(old.source)), names.get(new.source, str(new.source))),
        ("hedge", f"{old.hedge:g}", f"{new.hedge:g}"),
        ("side", _name_side(old.polarity), _name_side(new.polarity)),
    ]
    return [one for one in told if one[1] != one[2]]


def _name_side(polarity: int) -> str:
    return "denies" if polarity < 0 else "says"


def _tell_elsewhere(view: View) -> dict[str, Any]:
    if view.look.assessment is None:
        return {"others": (), "count_of_others": 0, "claim": None, "judged_here": 0, "voices": ""}
    trace, chosen = view.look.assessment.trace, view.chosen
    shown = chosen.shown if chosen is not None else None
    others, count = find_elsewhere(trace, view.sheet.report, shown, read_lineages(view.judgements))
    claim = find_claim(trace, shown.id) if shown is not None else None
    held = set(claim.attributions) if claim is not None else set()
    judged = sum(1 for one in view.case.readings if one.attribution in held)
    written = {one.id for one in trace.attributions if one.id in held and one.reason.rule == "judged"}
    return {
        "others": others,
        "count_of_others": count,
        "claim": claim,
        "judged_here": max(judged, len(written)),
        "voices": _tell_voices(claim),
    }


def _tell_voices(claim: Claim | None) -> str:
    """Return "2 origins (2–3)", as the strip of the assessment says it."""
    if claim is None or claim.origins is None:
        return ""
    number, ends = show_voices(claim.origins)
    return f"{count_things(int(number), 'origin')} {ends}".strip()


def _tell_shelf(view: View) -> dict[str, Any]:
    shelf = fill_shelf(view.look, view.judgements)
    return {
        "shelf": shelf,
        "near": list_near(shelf.own, view.sheet.report.id),
        "near_echoes": list_near(shelf.echoes, view.sheet.report.id),
        "minutes": guess_minutes(view.judgements, read_custodian().who, shelf.found - shelf.judged),
    }


def _list_anchors(case: Case, report: Report) -> set[int]:
    """Return where the quotations of a case's files begin in a report."""
    quotes = [one.quote for _, one in list_items(case) if one.quote is not None]
    quotes += [quote for one in case.profiles for quote in one.quotes]
    quotes += [quote for one in case.profiles for tie in one.ties for quote in tie.quotes]
    return {quote.span.start for quote in quotes if quote.span.report == report.id}


def _list_speakers(view: View) -> list[str]:
    """Return the names of the case's sources, and of all who speak in this report."""
    own = [one.source.name for one in view.case.profiles]
    here = [view.sheet.names.get(one.shown.source, "") for one in view.sheet.marks]
    return sorted({name for name in (*own, *here) if name}, key=str.casefold)


def _tell_asides(report: Report) -> str:
    """Return what stands on a page and is no part of the report: "13 pingbacks, 1 comment and the page's furniture"."""
    kinds = Counter(part.kind for part in report.parts)
    told = [
        count_things(kinds[kind], kind.value)
        for kind in (PartKind.PINGBACK, PartKind.COMMENT, PartKind.RELATED)
        if kinds[kind]
    ]
    inside = sum(end - start for start, end in report.body)
    if kinds[PartKind.FURNITURE] or (report.body and inside < len(report.text)):
        told.append("the page’s own furniture")
    return _join(told)


def _join(told: Sequence[str]) -> str:
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}" if told else ""


ROUTES = [
    Route("/reports/{report}", show_report),
    Route("/reports/{report}/judge", judge_report, methods=["POST"]),
    Route("/reports/{report}/beside/{other}", show_beside),
]
