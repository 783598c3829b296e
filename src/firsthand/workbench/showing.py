"""How does a look at the case become a page, and a form become a change?

Everything a template prints is escaped, as in the assessment; a change carries the token, and says what it was made
from, so that nothing somebody else did in between is lost.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from firsthand.case import record_judgement
from firsthand.case.judgements import read_judgements
from firsthand.custody import read_custodian
from firsthand.errors import FirsthandError, InputError
from firsthand.model import Judgement, Trace, record
from firsthand.views.page import load_environment
from firsthand.workbench.desk import Desk, Look
from firsthand.workbench.guard import TOKEN_HEADER, Door, is_allowed

if TYPE_CHECKING:
    from jinja2 import Environment

PAGES = (
    ("/", "Verdict"),
    ("/reports", "Reports"),
    ("/provenance", "Who had it from whom"),
    ("/sources", "Sources"),
    ("/hypotheses", "Explanations"),
    ("/what-if", "What if"),
    ("/silence", "Silence"),
    ("/map", "Map"),
    ("/timeline", "Timeline"),
    ("/impact", "Impact"),
    ("/history", "History"),
    ("/add", "Add"),
    ("/export", "Export"),
)
"""Every page that stands in the menu: its address and its name."""

ALWAYS = ("mistake.html.j2", "conflict.html.j2", "job.html.j2")
"""Pages that are shown as they are, whatever the state of the case."""
AROUND = 2
"""Lines shown before and after the one that a mistake stands on."""
LONGEST_FORM = 2_000_000
DIGITS = 9


class Conflict(FirsthandError):
    """Somebody judged the same thing since the page was opened: `theirs` and `mine` are shown side by side."""

    def __init__(self, theirs: Judgement, mine: Judgement) -> None:
        super().__init__(f"{theirs.who} has judged {theirs.about} since this page was opened")
        self.theirs, self.mine = theirs, mine


@record
class Wish:
    """What a form asks to be judged. `seen`: how many judgements the page knew; None where that does not matter."""

    about: str
    value: str
    why: str
    seen: int | None = None


def find_desk(request: Request) -> Desk:
    """Return the case this workbench is for."""
    desk: Desk = request.app.state.desk
    return desk


def find_door(request: Request) -> Door:
    """Return the door this workbench is behind."""
    door: Door = request.app.state.door
    return door


def show(request: Request, template: str, look: Look, *, status: int = 200, **told: Any) -> Response:
    """Return a page: a template filled with what is `told`, the case's name, and what every page needs."""
    case, desk = look.case, find_desk(request)
    if template not in ALWAYS:
        template = _choose(template, look)
    always = {
        "look": look,
        "case": case,
        "a": look.assessment,
        "here": request.url.path,
        "pages": PAGES,
        "token": find_door(request).token,
        "seen": len(case.judgements) if case else 0,
        "said": request.query_params.get("said", ""),
        "version": read_custodian().version,
        "held": desk.list_strays,
        "lines": lambda: quote_lines(desk.folder, look),
    }
    return HTMLResponse(load_templates().get_template(template).render(always | told), status)


def _choose(template: str, look: Look) -> str:
    """Return the page wanted, or the one that explains why there is nothing to show on it."""
    if look.opening:
        return "opening.html.j2"
    if look.case is None:
        return "broken.html.j2" if look.mistake else "start.html.j2"
    return template


def quote_lines(folder: Path, look: Look) -> list[tuple[int, str]]:
    """Return the lines around a mistake in a file of the case, with their numbers."""
    if look.line is None:
        return []
    try:
        words = (folder / look.place).read_text("utf-8", "replace").split("\n")
    except OSError:
        return []
    first = max(0, look.line - 1 - AROUND)
    return [(number, line[:200]) for number, line in enumerate(words[first : look.line + AROUND], start=first + 1)]


def find_claim(request: Request, trace: Trace) -> str:
    """Return the id of the claim that a page is asked for, empty for all. Raises HTTPException where there is none."""
    claim = request.query_params.get("claim", "")
    if claim and claim not in {one.id for one in trace.claims}:
        raise HTTPException(404)
    return claim


@cache
def load_templates() -> Environment:
    """Return the workbench's templates beside those of the assessment, with the same words and the same escaping."""
    from jinja2 import ChoiceLoader, PackageLoader

    shared = load_environment()
    assert shared.loader is not None
    return shared.overlay(loader=ChoiceLoader([PackageLoader("firsthand.workbench", "templates"), shared.loader]))


async def read_form(request: Request) -> Mapping[str, str]:
    """Return the fields of a form, or the words of a JSON object. Raises InputError where it lacks the token."""
    told = await read_told(request)
    return {key: value if isinstance(value, str) else json.dumps(value) for key, value in told.items()}


async def read_told(request: Request) -> Mapping[str, Any]:
    """Return what a form or a JSON object says, files in it apart.

    Raises InputError where it lacks the token, is far too long, or is neither.
    """
    if not (request.headers.get("content-length") or "").isdecimal():
        raise InputError("a change says how long it is")
    if int(request.headers["content-length"]) > LONGEST_FORM:
        raise InputError("that form is too long to be one; add long texts as files")
    told: Any
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            told = await request.json()
        except (ValueError, RecursionError):
            raise InputError("that is not JSON") from None
    else:
        told = {key: value for key, value in (await request.form()).items() if isinstance(value, str)}
    if not isinstance(told, dict):
        raise InputError("a change is a JSON object or a form")
    check_token(request, str(told.get("token", "")))
    return told


def check_token(request: Request, told: str | None = None) -> None:
    """Raise InputError where a change does not carry the token in its form or its header."""
    if not is_allowed(find_door(request), told or request.headers.get(TOKEN_HEADER)):
        raise InputError("this change does not come from a page of this run; open the page again and repeat it")


def read_seen(fields: Mapping[str, str]) -> int | None:
    """Return how many judgements a form's page knew; None where it does not say, or is to stand in any case."""
    seen = fields.get("seen", "")[:DIGITS]
    return int(seen) if seen.isdecimal() and not fields.get("anyway") else None


def judge(desk: Desk, *wishes: Wish) -> tuple[Judgement, ...]:
    """Append judgements to the case, all or none, and return them.

    Raises Conflict where one of the same things was judged since the form was opened, CaseError where a judgement
    cannot be meant.
    """
    custodian = read_custodian()
    mine = [
        Judgement(when=custodian.when, who=custodian.who, about=wish.about, value=wish.value, why=wish.why)
        for wish in wishes
    ]

    def append() -> None:
        for wish, judgement in zip(wishes, mine, strict=True):
            refuse_conflict(desk.folder, judgement, wish.seen)
        for judgement in mine:
            record_judgement(desk.folder, judgement, desk.read_case())

    desk.write(append)
    return tuple(mine)


def refuse_conflict(folder: Path, mine: Judgement, seen: int | None) -> None:
    """Raise Conflict where the same thing was judged otherwise after the first `seen` judgements."""
    since = read_judgements(folder)[seen:] if seen is not None else ()
    theirs = next((one for one in reversed(since) if one.about == mine.about), None)
    if theirs is not None and theirs.value != mine.value:
        raise Conflict(theirs, mine)


async def find_back(request: Request) -> str:
    """Return the page of ours that a form came from."""
    back = (await request.form()).get("back", "/")
    return _keep_ours(back if isinstance(back, str) else "/", "/")


def go_back(fields: Mapping[str, str], said: str = "", fallback: str = "/") -> Response:
    """Return to the page a form came from, with a sentence about what was done."""
    path, _, mark = _keep_ours(fields.get("back", fallback), fallback).partition("#")
    joined = ("&" if "?" in path else "?") + f"said={quote(said)}" if said else ""
    return RedirectResponse(path + joined + (f"#{mark}" if mark else ""), 303)


def _keep_ours(place: str, fallback: str) -> str:
    """Return a place in this workbench; a browser takes "//" and "/\\" for another server's."""
    return place if place.startswith("/") and place[1:2] not in ("/", "\\") else fallback


def read_static(name: str) -> tuple[bytes, str] | None:
    """Return a style sheet, script or data file of the workbench and its media type; None where there is none."""
    kinds = {".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml"}
    if name in ("page.css", "page.js"):
        return (_find_package("views") / name).read_bytes(), kinds[Path(name).suffix]
    found = _find_package("workbench") / "static" / name
    kind = kinds.get(Path(name).suffix)
    if kind is None or "/" in name or not found.is_file():
        return None
    return found.read_bytes(), kind


def _find_package(name: str) -> Any:
    from importlib.resources import files

    return files("firsthand") / name
