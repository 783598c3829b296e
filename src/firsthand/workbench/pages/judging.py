"""How is one judgement made from a form, and taken back?"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from firsthand.errors import CaseError
from firsthand.workbench.showing import Wish, find_desk, go_back, judge, read_form


async def add_judgement(request: Request) -> Response:
    """Record what a form says: about, value, why; seen says how many judgements its page knew."""
    fields = await read_form(request)
    if "about" not in fields or "value" not in fields:
        raise CaseError("this form does not say what is judged, and how")
    seen = fields.get("seen", "")
    wish = Wish(
        about=fields["about"],
        value=fields["value"],
        why=fields.get("why", ""),
        seen=int(seen) if seen.isdecimal() and not fields.get("anyway") else None,
    )
    done = await run_in_threadpool(judge, find_desk(request), wish)
    said = f"{done.about} is now {done.value}"
    if request.headers.get("accept", "").startswith("application/json"):
        return JSONResponse({"said": said})
    return go_back(fields, said)


ROUTES = [Route("/judge", add_judgement, methods=["POST"])]
