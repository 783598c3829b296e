"""How is one judgement made from a form, and taken back?"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from firsthand.case.judgements import read_judgements
from firsthand.custody import read_custodian
from firsthand.errors import CaseError
from firsthand.model import Judgement
from firsthand.workbench.desk import Desk
from firsthand.workbench.showing import Wish, find_desk, go_back, judge, read_form, read_seen
from firsthand.workbench.undoing import RESTORED, undo_judgement


async def add_judgement(request: Request) -> Response:
    """Record what a form says: about, value, why; seen says how many judgements its page knew."""
    fields = await read_form(request)
    if "about" not in fields or "value" not in fields:
        raise CaseError("this form does not say what is judged, and how")
    wish = Wish(
        about=fields["about"],
        value=fields["value"],
        why=fields.get("why", ""),
        seen=read_seen(fields),
    )
    (done,) = await run_in_threadpool(judge, find_desk(request), wish)
    return _answer(request, fields, done, f"{done.about} is now {done.value}")


async def undo(request: Request) -> Response:
    """Take back the last judgement about something, or one's own last one, by a further judgement.

    A form or JSON object with `about` (or nothing), `seen`, and `why` if there is more to say than that.
    """
    fields = await read_form(request)
    done = await run_in_threadpool(take_back, find_desk(request), fields)
    now = "as the files have it" if done.value == RESTORED else done.value
    return _answer(request, fields, done, f"{done.about} is again {now}")


def take_back(desk: Desk, fields: Mapping[str, str]) -> Judgement:
    """Record the judgement that takes another back. Raises CaseError where there is none, Conflict where it changed."""

    def undo_now() -> Judgement:
        known = read_judgements(desk.folder)
        about, value, why = undo_judgement(known, fields.get("about", ""), read_custodian().who, fields.get("why", ""))
        (done,) = judge(desk, Wish(about=about, value=value, why=why, seen=read_seen(fields)))
        return done

    return desk.write(undo_now)


def _answer(request: Request, fields: Mapping[str, str], done: Judgement, said: str) -> Response:
    if request.headers.get("accept", "").startswith("application/json"):
        return JSONResponse({"said": said, "about": done.about, "value": done.value})
    return go_back(fields, said)


ROUTES = [Route("/judge", add_judgement, methods=["POST"]), Route("/undo", undo, methods=["POST"])]
