"""What if judgements that stood in the case are gone from its file, because an editor saved an older copy of it?"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from firsthand.case import record_judgement
from firsthand.views.plain import count_things
from firsthand.workbench.desk import Desk
from firsthand.workbench.showing import find_desk, go_back, read_form, show
from firsthand.workbench.telling import name_judged, show_value


def show_lost(request: Request) -> Response:
    """Show what the workbench remembers, and the file no longer holds."""
    look = find_desk(request).look()
    case = look.case
    return show(
        request,
        "lost.html.j2",
        look,
        lost=look.lost,
        name_judged=lambda one: name_judged(case, one, look.found) if case else one.about,
        show_value=show_value,
    )


async def settle_lost(request: Request) -> Response:
    """Put the lost judgements back at the end of the file, as they were, or take it that they were meant to go."""
    fields = await read_form(request)
    again = fields.get("choice") == "put back"
    number = await run_in_threadpool(_settle, find_desk(request), again)
    done = "back in judgements.jsonl" if again else "left out"
    return go_back(fields, f"{count_things(number, 'judgement')} {done}.")


def _settle(desk: Desk, again: bool) -> int:
    def write() -> int:
        lost = desk.look().lost
        for one in lost if again else ():
            record_judgement(desk.folder, one, desk.read_case())
        if not again:
            desk.forget(lost)
        return len(lost)

    return desk.write(write)


ROUTES = [Route("/conflicts", show_lost), Route("/conflicts", settle_lost, methods=["POST"])]
