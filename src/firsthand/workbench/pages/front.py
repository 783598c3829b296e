"""What is likely, how sure, on whose word, and what would change it? The first page."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from firsthand.views.page import tell_page
from firsthand.workbench.showing import find_desk, show


def show_front(request: Request) -> Response:
    """Show the verdict, or the first step where there is no case yet."""
    look = find_desk(request).look()
    if look.assessment is None:
        return show(request, "start.html.j2", look)
    return show(request, "front.html.j2", look, **tell_page(look.assessment))


ROUTES = [Route("/", show_front)]
