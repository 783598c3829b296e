"""How did the verdict come about: over time, by which reports; and who judged what, when and why?"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from firsthand.model import Assessment, Contribution
from firsthand.views.steps import is_echo
from firsthand.views.wording import name_evidence
from firsthand.workbench.showing import find_desk, show
from firsthand.workbench.telling import name_judged, show_value, tell_assessment
from firsthand.workbench.undoing import list_entries

MOST_SHOWN = 500


def show_history(request: Request) -> Response:
    """Show the chance over time, what moved it, and the record of judgements, the latest first."""
    look = find_desk(request).look()
    if look.case is None:
        return show(request, "history.html.j2", look)
    case = look.case
    everything = list_entries(case.judgements)[::-1]
    told = dict(tell_assessment(look.assessment)) if look.assessment else {}
    return show(
        request,
        "history.html.j2",
        look,
        **told
        | {
            "entries": everything[:MOST_SHOWN],
            "older": max(0, len(everything) - MOST_SHOWN),
            "moves": _list_moves(look.assessment) if look.assessment else [],
            "titles": name_evidence(look.assessment) if look.assessment else {},
            "name_judged": lambda one: name_judged(case, one, look.found),
            "show_value": show_value,
        },
    )


def _list_moves(assessment: Assessment) -> list[Contribution]:
    """Return the evidence that moved the chance, in the order of its arrival; echoes, which move nothing, apart."""
    return [one for one in assessment.contributions if not is_echo(one)]


ROUTES = [Route("/history", show_history)]
