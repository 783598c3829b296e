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
from firsthand.workbench.desk import BROKEN, Desk, Look
from firsthand.workbench.guard import HEADERS, Door, Guard
from firsthand.workbench.jobs import Jobs
from firsthand.workbench.pages import (
    adding,
    conflicts,
    exporting,
    front,
    history,
    hypotheses,
    impact,
    jobs,
    judging,
    map,
    numbers,
    provenance,
    reader,
    reports,
    silence,
    sources,
    timeline,
    what_if,
)
from firsthand.workbench.showing import Conflict, find_back, find_desk, read_static, show

NOT_FOUND = "There is no such page in this workbench."


def make_app(desk: Desk, door: Door) -> Starlette:
    """Return the workbench for one case behind a door."""
    app = Starlette(
        routes=[*_list_routes(), Route("/state", tell_state), Route("/static/{name}", send_static)],
        middleware=[Middleware(Guard, door=door)],
        exception_handlers={FirsthandError: show_mistake, HTTPException: show_missing, Exception: show_bug},  # type: ignore[dict-item]
    )
    app.state.desk, app.state.door, app.state.jobs = desk, door, Jobs()
    return app


def _list_routes() -> list[Route]:
    pages = (
        front,
        judging,
        conflicts,
        adding,
        jobs,
        history,
        exporting,
        what_if,
        hypotheses,
        reports,
        reader,
        numbers,
        sources,
        silence,
        impact,
        provenance,
        map,
        timeline,
    )
    return [route for page in pages for route in page.ROUTES]


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
        return show(request, "conflict.html.j2", look, status=409, fault=fault, back=await find_back(request))
    return show(request, "mistake.html.j2", look, status=400, words=str(fault))


def show_bug(request: Request, fault: Exception) -> Response:
    """Say that firsthand itself failed; what failed goes on to the terminal, with its traceback."""
    if request.headers.get("accept", "").startswith("application/json"):
        response: Response = JSONResponse({"mistake": BROKEN}, 500)
    else:
        response = show(request, "mistake.html.j2", Look(state=""), status=500, words=BROKEN)
    response.headers.update(HEADERS)
    return response


async def show_missing(request: Request, fault: HTTPException) -> Response:
    """Say that an address has no page."""
    if request.method not in ("GET", "HEAD") or fault.status_code != 404:
        return JSONResponse({"mistake": fault.detail}, fault.status_code)
    return show(request, "mistake.html.j2", Look(state=""), status=404, words=NOT_FOUND)
