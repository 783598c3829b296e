"""What if a number were different? Every number turned by hand, the verdict following, two variants side by side."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from firsthand.errors import CaseError, FirsthandError
from firsthand.model import Knob
from firsthand.workbench.comparing import compare_variants
from firsthand.workbench.pages.front import show_front
from firsthand.workbench.settings import (
    PINNED,
    Variants,
    is_outside,
    move_back,
    read_variants,
    write_setting,
    write_variants,
)
from firsthand.workbench.showing import (
    Wish,
    find_desk,
    find_door,
    go_back,
    judge,
    load_templates,
    read_form,
    read_seen,
    show,
)
from firsthand.workbench.sliders import Group, arrange_sliders
from firsthand.workbench.turning import Setting, Turner, find_turner

HERE = "/what-if"
CHANGED = "The case has changed since this page was made"


def show_what_if(request: Request) -> Response:
    """Show the sliders and both variants; a form sent without script is answered with its short address."""
    look = find_desk(request).look()
    if look.assessment is None:
        return show_front(request)
    turner = find_turner(find_desk(request), look)
    fields = request.query_params.multi_items()
    variants = read_variants(fields, turner)
    if "do" in request.query_params:
        return _go(_act(variants, request.query_params["do"]))
    wanted, everything = request.query_params.get("q", ""), request.query_params.get("all", "")
    groups = arrange_sliders(turner, variants.live, wanted, everything)
    return show(
        request,
        "what_if.html.j2",
        look,
        groups=groups,
        evidence=turner.evidence,
        left=set(variants.live.without),
        wanted=wanted,
        everything=everything,
        held=_hold(variants, groups),
        **compare_variants(turner, variants, "full"),
    )


def show_turned(request: Request) -> Response:
    """Return both variants alone, as what follows the finger; what cannot be is said in their place."""
    look = find_desk(request).look(wait=0.0)
    if look.assessment is None:
        raise CaseError("the case cannot be weighed as it stands now; open the page again")
    turner = find_turner(find_desk(request), look)
    depth, state = request.query_params.get("depth", "full"), request.query_params.get("state", look.state)
    told: dict[str, Any]
    try:
        variants = read_variants(request.query_params.multi_items(), turner)
        told = compare_variants(turner, variants, depth)
        if state != look.state:
            told = {"mistake": CHANGED, "stale": True, "query": write_variants(variants)}
    except FirsthandError as fault:
        told = {"mistake": str(fault)}
    page = (
        load_templates()
        .get_template("what_if_result.html.j2")
        .render(
            case=look.case, token=find_door(request).token, seen=len(turner.case.judgements), a=turner.assessed, **told
        )
    )
    return Response(page, media_type="text/html")


async def save_moves(request: Request) -> Response:
    """Record what was turned and left out as judgements, each with its reason, all or none."""
    fields = await read_form(request)
    done = await run_in_threadpool(_save, request, fields)
    words = f"{done} judgement{'s' if done != 1 else ''} recorded"
    return go_back({**fields, "back": fields.get("back") or HERE}, words)


def _act(variants: Variants, what: str) -> Variants:
    """Return what a button makes of the variants: pin, unpin, pin as assessed, put all back, or one thing back."""
    if what == "pin":
        return Variants(live=variants.live, pinned=variants.live)
    if what == "unpin":
        return Variants(live=variants.live, pinned=None)
    if what == "assessed":
        return Variants(live=variants.live, pinned=Setting())
    if what == "back":
        return Variants(live=Setting(), pinned=variants.pinned)
    return move_back(variants, what.removeprefix("back:")) if what.startswith("back:") else variants


def _go(variants: Variants) -> Response:
    query = write_variants(variants)
    return RedirectResponse(HERE + (f"?{query}" if query else ""), 303)


def _hold(variants: Variants, groups: Sequence[Group]) -> list[tuple[str, str]]:
    """Return the fields a form carries along: what is pinned, and what is turned but not shown."""
    shown = {one.knob.id for group in groups for one in group.sliders}
    unseen = Setting(turns=tuple(one for one in variants.live.turns if one[0] not in shown))
    pinned = [("pinned", "none")] if variants.pinned is None else write_setting(variants.pinned, PINNED)
    return [*write_setting(unseen), *pinned]


def _save(request: Request, fields: Mapping[str, str]) -> int:
    desk = find_desk(request)
    look = desk.look()
    if look.assessment is None:
        raise CaseError("the case cannot be weighed as it stands now")
    turner = find_turner(desk, look)
    wishes = _make_wishes(turner, fields)
    if not wishes:
        raise CaseError("nothing is turned, so there is nothing to save")
    judge(desk, *wishes)
    return len(wishes)


def _make_wishes(turner: Turner, fields: Mapping[str, str]) -> list[Wish]:
    known = read_seen(fields)
    common = fields.get("why", "").strip()
    moved = [(key.removeprefix("save:"), value) for key, value in fields.items() if key.startswith("save:")]
    live = read_variants([("without", key) if value == "out" else (key, value) for key, value in moved], turner).live
    wishes = []
    for name, chance in live.turns:
        knob, own = turner.knobs[name], fields.get(f"why:{name}", "").strip()
        if is_outside(knob, chance) and not own:
            asks = turner.case.knob_questions.get(name, name)
            raise CaseError(f"“{asks}” leaves the range the assessment allows; say why for it alone")
        wishes.append(Wish(about=name, value=_write_value(knob, chance), why=own or common, seen=known))
    kinds = _list_kinds(turner)
    wishes += [Wish(about=f"{kinds[out]}.{out}", value="rejected", why=common, seen=known) for out in live.without]
    if any(not wish.why for wish in wishes):
        raise CaseError("a judgement needs its reason")
    return wishes


def _write_value(knob: Knob, value: float) -> str:
    """Return the judgement: the number inside its range, which stretches where the number lies outside it."""
    if knob.low == knob.high:
        return json.dumps(round(value, 4))
    return json.dumps([round(one, 4) for one in (min(knob.low, value), value, max(knob.high, value))])


def _list_kinds(turner: Turner) -> dict[str, str]:
    case = turner.case
    kinds = (
        ("assertion", case.assertions),
        ("observation", case.observations),
        ("statement", case.statements),
        ("expectation", case.expectations),
    )
    return {str(one.id): kind for kind, items in kinds for one in items}


ROUTES = [
    Route(HERE, show_what_if),
    Route(f"{HERE}/turned", show_turned),
    Route(f"{HERE}/save", save_moves, methods=["POST"]),
]
