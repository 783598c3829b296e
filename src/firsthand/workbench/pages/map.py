"""Where is it said to have happened, how precisely, and which place of that name is meant?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from firsthand.errors import CaseError
from firsthand.views.map import Window, draw_map, fit_window, move_window, shape_window
from firsthand.workbench.pages.front import show_front
from firsthand.workbench.placing import OPEN, Spot, find_spots, list_main, list_marks
from firsthand.workbench.showing import Wish, find_claim, find_desk, go_back, judge, read_form, read_seen, show

HERE = "/map"
SIZES = {"wide": (824.0, 580.0), "phone": (358.0, 400.0)}
STEPS = (
    ("in", "nearer", 0.0, 0.0, 1.6),
    ("out", "farther", 0.0, 0.0, 1 / 1.6),
    ("west", "west", -0.3, 0.0, 1.0),
    ("east", "east", 0.3, 0.0, 1.0),
    ("north", "north", 0.0, 0.3, 1.0),
    ("south", "south", 0.0, -0.3, 1.0),
)
"""What moves the map: its name, its word, right and up as shares of the map, and how much nearer."""
MOST = 60
MOST_CLAIMS = 300


def show_map(request: Request) -> Response:
    """Show the places that claims name on a map, and as a list with who says it."""
    look = find_desk(request).look()
    if look.assessment is None:
        return show_front(request)
    trace = look.assessment.trace
    claim = find_claim(request, trace)
    spots, unlisted = find_spots(look.assessment.case, trace, claim)
    marks = list_marks(spots)
    window, main = _read_window(request.query_params.get("view", "")), list_main(spots, marks)
    ratios = {name: size[0] / size[1] for name, size in SIZES.items()}
    views = {name: shape_window(window, one) if window else fit_window(main, one) for name, one in ratios.items()}
    maps = {name: draw_map(marks[: 2 * MOST], size, views[name]) for name, size in SIZES.items()}
    within = {"claim": claim} if claim else {}
    if "part" in request.query_params:
        return Response(maps.get(request.query_params["part"], maps["wide"]), media_type="image/svg+xml")
    everything = "all" in request.query_params
    return show(
        request,
        "map.html.j2",
        look,
        maps={name: Markup(one) for name, one in maps.items()},  # noqa: S704
        views={name: _write_window(one) for name, one in views.items()},
        steps=[(name, words, _address(within, move_window(views["wide"], *moved))) for name, words, *moved in STEPS],
        whole=f"{HERE}{'?' + urlencode(within) if within else ''}",
        spots=spots if everything else spots[:MOST],
        more=0 if everything else max(0, len(spots) - MOST),
        asked=[one for one in spots if one.is_asked],
        unlisted=unlisted[:MOST],
        within=within,
        claims=[one for one in trace.claims if any(s.name in ("from", "via", "to", "where") for s in one.slots)][
            :MOST_CLAIMS
        ],
        wanted=claim,
        open=OPEN,
    )


async def judge_place(request: Request) -> Response:
    """Record which of several places a name means, or that nobody can say."""
    fields = await read_form(request)
    said = await run_in_threadpool(_judge, request, fields)
    return go_back(fields, said, HERE)


def _judge(request: Request, fields: Mapping[str, str]) -> str:
    desk = find_desk(request)
    look = desk.look()
    if look.assessment is None:
        raise CaseError("the case cannot be weighed as it stands now")
    spot = _find_spot(find_spots(look.assessment.case, look.assessment.trace)[0], fields.get("about", ""))
    words = {one.value: one.words for one in spot.options} | {OPEN: "left open"}
    value = fields.get("value", "")
    if value not in words:
        raise CaseError(f"choose one of the places that “{spot.label}” may mean")
    judge(
        desk,
        Wish(
            about=spot.about,
            value=value,
            why=fields.get("why", ""),
            seen=read_seen(fields),
        ),
    )
    return f"“{spot.label}”: {words[value]}. This moves no number."


def _find_spot(spots: tuple[Spot, ...], about: str) -> Spot:
    found = next((one for one in spots if one.about == about), None)
    if found is None:
        raise CaseError("no claim names that place any more; open the map again")
    return found


def _read_window(words: str) -> Window | None:
    """Return the window that an address asks for: west, south, east, north in degrees; None where it is none."""
    try:
        west, south, east, north = (float(word) for word in words.split(","))
    except ValueError:
        return None
    inside = all(math.isfinite(one) and abs(one) <= 400 for one in (west, south, east, north))
    if not inside or east - west < 0.1 or north - south < 0.05:
        return None
    return move_window(Window(west=west, south=south, east=east, north=north), 0.0, 0.0, 1.0)


def _write_window(window: Window) -> str:
    return f"{window.west:.3f},{window.south:.3f},{window.east:.3f},{window.north:.3f}"


def _address(within: Mapping[str, str], window: Window) -> str:
    return f"{HERE}?{urlencode({**within, 'view': _write_window(window)})}#sheet"


ROUTES = [Route(HERE, show_map), Route(f"{HERE}/judge", judge_place, methods=["POST"])]
