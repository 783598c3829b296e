"""How is a number judged anew from three fields in percent: at least, most likely, at most?"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from firsthand.errors import CaseError
from firsthand.workbench.showing import Wish, find_desk, go_back, judge, read_form, read_seen
from firsthand.workbench.telling import show_value


async def judge_number(request: Request) -> Response:
    """Record a number with its range; the ends may be left out, and are then the number itself."""
    fields = await read_form(request)
    wish = Wish(
        about=fields.get("about", ""),
        value=read_range(fields),
        why=fields.get("why", ""),
        seen=read_seen(fields),
    )
    (done,) = await run_in_threadpool(judge, find_desk(request), wish)
    said = f"{fields.get('asks') or done.about}: {show_value(done)}"
    if request.headers.get("accept", "").startswith("application/json"):
        return JSONResponse({"said": said})
    return go_back(fields, said)


def read_range(fields: Mapping[str, str]) -> str:
    """Return the judgement that `low`, `value` and `high` in percent make. Raises CaseError for what is no chance."""
    value = _read_percent(fields.get("value", ""), "the number")
    low, high = (
        _read_percent(fields[end], words) if fields.get(end, "").strip() else value
        for end, words in (("low", "the low end"), ("high", "the high end"))
    )
    if not low <= value <= high:
        raise CaseError("the number must lie between its low and its high end")
    return json.dumps(value if low == high else [low, value, high])


def _read_percent(words: str, what: str) -> float:
    try:
        number = float(words.strip().removesuffix("%").strip().replace(",", "."))
    except ValueError:
        raise CaseError(f"{what} is missing; write 0 to 100") from None
    if not math.isfinite(number) or not 0 <= number <= 100:
        raise CaseError(f"{what} is a chance in percent, from 0 to 100")
    return round(number / 100, 6)


ROUTES = [Route("/judge/number", judge_number, methods=["POST"])]
