"""Which page answers which address?"""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from firsthand.errors import FirsthandError
from firsthand.workbench.desk import Desk, Look
from firsthand.workbench.guard import Door, Guard
from firsthand.workbench.pages import front, judging
from firsthand.workbench.showing import Conflict, find_desk, read_static, show

NOT_FOUND = "There is no such page in this workbench."


def make_app(desk: Desk, door: Door) -> Starlette:
    """Return the workbench for one case behind a door."""
    app = Starlette(
        routes=[*front.ROUTES, *judging.ROUTES, Route("/state", tell_state), Route("/static/{name}", send_static)],
        middleware=[Middleware(Guard, door=door)],
        exception_handlers={FirsthandError: show_mistake, HTTPException: show_missing},  # type: ignore[dict-item]
    )
    app.state.desk, app.state.door = desk, door
    return app


def tell_state(request: Request) -> Response:
    """Tell an open page whether the case has changed since it was made."""
    look = find_desk(request).look(wait=0.0)
    return JSONResponse({"state": look.state, "changing": look.changing})


def send_static(request: Request) -> Response:
    """Send a style sheet or a script."""
    found = read_static(request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    return Response(found[0], media_type=found[1], headers={"cache-control": "no-cache"})


async def show_mistake(request: Request, fault: FirsthandError) -> Response:
    """Show what could not be done and why; a conflict with both versions."""
    if request.headers.get("accept", "").startswith("application/json"):
        return JSONResponse({"mistake": str(fault)}, 409 if isinstance(fault, Conflict) else 400)
    look = await run_in_threadpool(find_desk(request).look)
    if isinstance(fault, Conflict):
        return show(request, "conflict.html.j2", look, status=409, fault=fault)
    return show(request, "mistake.html.j2", look, status=400, words=str(fault))


async def show_missing(request: Request, fault: HTTPException) -> Response:
    """Say that an address has no page."""
    if request.method not in ("GET", "HEAD") or fault.status_code != 404:
        return JSONResponse({"mistake": fault.detail}, fault.status_code)
    return show(request, "mistake.html.j2", Look(state=""), status=404, words=NOT_FOUND)
