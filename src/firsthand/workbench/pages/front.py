"""What is likely, how sure, on whose word, and what would change it? The first page, and the whole assessment."""

from __future__ import annotations

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from firsthand.case import check_case
from firsthand.errors import CaseError
from firsthand.model import Assessment, Case, Finding, Severity, record
from firsthand.views.plain import count_things
from firsthand.workbench.seen import find_news, note_seen
from firsthand.workbench.showing import find_desk, go_back, read_form, show
from firsthand.workbench.telling import name_judged, show_value, tell_assessment

PLACES = ("/reports", "/reports", "", "/sources")
"""Where the numbers of the strip lead to."""


@record
class Step:
    """Something to do next: a sentence, and the page where it is done."""

    words: str
    place: str


def show_front(request: Request) -> Response:
    """Show the verdict, or the first step where there is nothing to judge yet."""
    desk = find_desk(request)
    look = desk.look()
    if look.assessment is None:
        return show(request, "broken.html.j2", look)
    if not look.assessment.case.reports:
        return show(request, "first.html.j2", look)
    told = dict(tell_assessment(look.assessment))
    told["strip"] = [item._replace(place=place) for item, place in zip(told["strip"], PLACES, strict=True)]
    told["news"] = find_news(desk.folder, look.assessment)
    told["steps"], told["findings"] = _list_steps(look.assessment), _list_findings(look.assessment.case)
    told["stands"] = _count_pages(look.assessment)
    told["name_judged"] = partial(name_judged, look.assessment.case, found=look.found)
    return show(request, "front.html.j2", look, **told, show_value=show_value)


def show_assessment(request: Request) -> Response:
    """Show the whole assessment, section by section, as it is exported."""
    look = find_desk(request).look()
    if look.assessment is None:
        return show_front(request)
    return show(request, "assessment.html.j2", look, **tell_assessment(look.assessment))


async def note_front(request: Request) -> Response:
    """Keep what the case says now as seen."""
    fields = await read_form(request)
    desk = find_desk(request)
    look = await run_in_threadpool(desk.look)
    if look.assessment is None:
        raise CaseError("there is no verdict yet that could be seen")
    if fields.get("state") and fields["state"] != look.state:
        raise CaseError("the case has changed since that page was made; look at it again")
    await run_in_threadpool(note_seen, desk.folder, look.assessment)
    return go_back(fields, "From here on, this page tells what has changed.")


def _list_steps(assessment: Assessment) -> list[Step]:
    """Return what is to be done next, if anything is plain."""
    case, steps = assessment.case, []
    if not (case.assertions or case.observations or case.statements):
        steps.append(
            Step(words="Have sources, claims and likely silences suggested from the reports", place="/add#suggest")
        )
    if case.suggested:
        steps.append(Step(words=f"Judge {count_things(len(case.suggested), 'suggestion')}", place="/reports"))
    unasked = [one for one in case.profiles if not one.judged]
    if unasked:
        steps.append(
            Step(words=f"Answer the five questions about {count_things(len(unasked), 'source')}", place="/sources")
        )
    return steps


def _list_findings(case: Case) -> list[Finding]:
    return [found for found in check_case(case) if found.severity != Severity.NOTE]


def _count_pages(assessment: Assessment) -> dict[str, str]:
    """Return what stands on each page, in a few words."""
    case, trace = assessment.case, assessment.trace
    said = count_things(len(trace.attributions), "attribution")
    weighed = count_things(len(assessment.matrix.evidence), "piece")
    return {
        "/reports": f"{count_things(len(trace.reports), 'report')}, {said}",
        "/provenance": "the tree of the reports, back to their origins",
        "/sources": f"{count_things(len(assessment.sources), 'source')}, what they know and what they gain",
        "/hypotheses": f"{count_things(len(case.hypotheses), 'explanation')} against {weighed} of evidence",
        "/what-if": "turn any judgement and see the verdict move",
        "/silence": f"{count_things(len(assessment.silences), 'thing')} expected and not seen",
        "/map": "where it is said to have happened",
        "/timeline": "when it is said to have happened",
        "/impact": f"{count_things(len(assessment.scenarios), 'thing')} that may follow if it is true",
        "/history": f"the chance over time, {count_things(len(case.judgements), 'judgement')} on the record",
        "/add": "more reports: files, addresses, pasted words",
        "/export": "a page, a document, tables, data, a bundle to verify",
        "/assessment": "all sections of the written assessment on one page",
    }


ROUTES = [
    Route("/", show_front),
    Route("/assessment", show_assessment),
    Route("/seen", note_front, methods=["POST"]),
]
