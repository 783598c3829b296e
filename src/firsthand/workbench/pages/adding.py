"""How do reports come into the case: as files, by an address, as pasted words; and who suggests what they say?"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from firsthand.adding import NotAdded, add_paths
from firsthand.case import new_case
from firsthand.errors import InputError
from firsthand.fetching import Client, is_address
from firsthand.workbench.desk import Desk
from firsthand.workbench.drafting import draft_suggestions
from firsthand.workbench.jobs import Job
from firsthand.workbench.pages.jobs import find_jobs, lead_to_job
from firsthand.workbench.showing import check_token, find_desk, read_form, show
from firsthand.workbench.uploads import Outcome, Sent, add_sent, make_text

LARGEST = 256 * 1024 * 1024
MOST_FILES = 1000
MOST_LINKS = 50


def show_adding(request: Request) -> Response:
    """Show the ways in which reports come in."""
    return _show(request, ())


def _show(request: Request, outcomes: tuple[Outcome, ...]) -> Response:
    look = find_desk(request).look(wait=0.0)
    return show(request, "add.html.j2", look, outcomes=outcomes, running=find_jobs(request).find_running())


async def begin_case(request: Request) -> Response:
    """Begin the case of this folder with a question, and with the files that came along."""
    fields, sent = await _read_upload(request)
    desk = find_desk(request)
    await run_in_threadpool(desk.write, partial(new_case, desk.folder, fields.get("question", "")))
    if sent:
        await run_in_threadpool(desk.write, partial(add_sent, desk.folder, sent))
    if request.headers.get("accept", "").startswith("application/json"):
        return JSONResponse({"said": "The case is begun."})
    return RedirectResponse("/add" if sent else "/", 303)


async def add_files(request: Request) -> Response:
    """Add the files of a form, and say what became of each."""
    _, sent = await _read_upload(request)
    return await _add(request, sent)


async def add_text(request: Request) -> Response:
    """Add words that were pasted, with what is known of them."""
    fields = await read_form(request)
    return await _add(request, list(make_text(fields.get("text", ""), fields)))


async def _add(request: Request, sent: list[Sent]) -> Response:
    if not sent:
        raise InputError("no file was chosen")
    desk = find_desk(request)
    outcomes = await run_in_threadpool(desk.write, partial(add_sent, desk.folder, sent))
    if request.headers.get("accept", "").startswith("application/json"):
        return JSONResponse({"outcomes": [{"given": o.given, "state": o.state, "words": o.words} for o in outcomes]})
    return await run_in_threadpool(_show, request, outcomes)


async def add_links(request: Request) -> Response:
    """Fetch addresses, one after another, as a job that can be stopped."""
    fields = await read_form(request)
    links = fields.get("links", "").split()
    strays = [one for one in links if not is_address(one)]
    if not links or strays or len(links) > MOST_LINKS:
        wrong = f"'{strays[0]}' is no address such as https://paper.example/story" if strays else ""
        raise InputError(wrong or f"give one to {MOST_LINKS} addresses, one on a line")
    job = _prepare(request, "Fetching pages")
    work = partial(_fetch, desk=find_desk(request), links=links, items=bool(fields.get("items")))
    return lead_to_job(request, find_jobs(request).start(job, work))


async def suggest(request: Request) -> Response:
    """Have suggestions written into the case, as a job that can be stopped."""
    await read_form(request)
    job = _prepare(request, "Suggesting sources, claims and silences")
    work = partial(draft_suggestions, folder=find_desk(request).folder)
    return lead_to_job(request, find_jobs(request).start(job, work))


def _prepare(request: Request, title: str) -> Job:
    running = find_jobs(request).find_running()
    if running is not None:
        raise InputError(f"“{running.title}” still goes on; wait for it, or stop it first")
    return Job(title, next="/")


def _fetch(job: Job, desk: Desk, links: list[str], items: bool) -> None:
    client = Client(contact=os.environ.get("FIRSTHAND_CONTACT", ""))
    job.total = len(links)
    failed = 0
    for link in links:
        job.begin_step(f"Asking {link}")
        for outcome in add_paths(desk.folder, [link], client, items=items):
            failed += isinstance(outcome, NotAdded)
            job.say(f"{outcome.given}: not added; {outcome.why}" if isinstance(outcome, NotAdded) else str(outcome))
        job.done += 1
    if failed and failed == len(job.lines):
        raise InputError("no address gave a report; is this machine on a network?")


async def _read_upload(request: Request) -> tuple[Mapping[str, str], list[Sent]]:
    """Return the fields and the files of a form. Raises InputError for one without the token, or far too large."""
    length = request.headers.get("content-length") or ""
    if not length.isdecimal() or int(length) > LARGEST:
        raise InputError(f"that is more than {LARGEST // 1024 // 1024} MB at once; add it in parts")
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await read_form(request), []
    async with request.form(max_files=MOST_FILES, max_fields=20, max_part_size=2_000_000) as form:
        check_token(request, str(form.get("token", "")))
        fields = {key: value for key, value in form.items() if isinstance(value, str)}
        files = [one for _, one in form.multi_items() if isinstance(one, UploadFile) and (one.filename or one.size)]
        sent = [Sent(given=one.filename or "", body=await one.read()) for one in files]
    return fields, sent


ROUTES = [
    Route("/add", show_adding),
    Route("/begin", begin_case, methods=["POST"]),
    Route("/add/files", add_files, methods=["POST"]),
    Route("/add/text", add_text, methods=["POST"]),
    Route("/add/links", add_links, methods=["POST"]),
    Route("/suggest", suggest, methods=["POST"]),
]
