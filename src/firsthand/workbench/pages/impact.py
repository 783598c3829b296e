"""And if it is true, what follows? Apart from whether it is."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from firsthand.workbench.pages.front import show_front
from firsthand.workbench.showing import find_desk, show
from firsthand.workbench.telling import show_value, tell_assessment


def show_impact(request: Request) -> Response:
    """Show what may follow, how likely that is if it is true, and what speaks for and against it."""
    look = find_desk(request).look()
    if look.assessment is None:
        return show_front(request)
    return show(request, "impact.html.j2", look, **tell_assessment(look.assessment), show_value=show_value)


ROUTES = [Route("/impact", show_impact)]
