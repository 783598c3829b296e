"""In which forms does a case leave the workbench?

Each form is a download; nothing in the case changes by it. A bundle is written beside the pages and sent from there.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from firsthand.case import check_case
from firsthand.case.wording import make_slug
from firsthand.custody import check_custody, read_custodian, write_bundle
from firsthand.custody.check import summarize_custody
from firsthand.errors import CaseError
from firsthand.exports import (
    describe_assessment,
    describe_custody,
    describe_findings,
    describe_trace,
    show_json,
    write_ach_decibans,
    write_ach_marks,
)
from firsthand.model import Assessment, Severity, record
from firsthand.views.write import write_assessment
from firsthand.workbench.desk import Desk, Look
from firsthand.workbench.showing import find_desk, show

JSON = "application/json"
ENOUGH = 600.0
"""Seconds a download waits for what is being worked out: it must never be of an older state than the files."""


@record
class Form:
    """One form a case can be written in; `matrix`: whether it needs every piece of evidence weighed.

    Where nothing writes it, it is the bundle, which is a file from the start.
    """

    key: str
    ending: str
    media: str
    write: Callable[[Assessment, Path], str] | None = None
    matrix: bool = False


def _write_findings(assessment: Assessment, folder: Path) -> str:
    return show_json(describe_findings(check_case(assessment.case)))


def _write_custody(assessment: Assessment, folder: Path) -> str:
    held = summarize_custody(folder)
    return show_json(describe_custody(check_custody(folder), (held.entries, held.files, held.head)))


def _write_page(assessment: Assessment, folder: Path) -> str:
    return write_assessment(assessment, "html", version=read_custodian().version)


FORMS = (
    Form(key="page", ending="html", media="text/html", write=_write_page),
    Form(key="markdown", ending="md", media="text/markdown", write=lambda found, _: write_assessment(found, "md")),
    Form(key="text", ending="txt", media="text/plain", write=lambda found, _: write_assessment(found, "text")),
    Form(key="assessment", ending="json", media=JSON, write=lambda found, _: show_json(describe_assessment(found))),
    Form(key="trace", ending="json", media=JSON, write=lambda found, _: show_json(describe_trace(found.trace))),
    Form(key="ach-csv", ending="csv", media="text/csv", write=lambda found, _: write_ach_marks(found), matrix=True),
    Form(key="ach-db", ending="csv", media="text/csv", write=lambda found, _: write_ach_decibans(found), matrix=True),
    Form(key="findings", ending="json", media=JSON, write=_write_findings),
    Form(key="custody", ending="json", media=JSON, write=_write_custody),
    Form(key="bundle", ending="zip", media="application/zip"),
)


def show_export(request: Request) -> Response:
    """Show the forms a case can leave in."""
    look = find_desk(request).look()
    if look.assessment is None:
        return show(request, "broken.html.j2", look)
    names = {form.key: _name_file(look.assessment, form) for form in FORMS}
    held = summarize_custody(find_desk(request).folder)
    return show(request, "export.html.j2", look, forms=FORMS, names=names, held=held)


def send_export(request: Request) -> Response:
    """Send the case in one form, as its files stand now."""
    form = next((one for one in FORMS if one.key == request.path_params["key"]), None)
    if form is None:
        raise HTTPException(404)
    desk = find_desk(request)
    look = desk.look(wait=ENOUGH)
    if look.assessment is None:
        raise CaseError(f"there is no assessment to export. {look.mistake}".strip())
    if form.matrix and look.assessment.withheld:
        raise CaseError(
            f"a matrix weighs every piece of evidence, and here that is too much: {look.assessment.withheld}"
        )
    name = _name_file(look.assessment, form)
    if form.write is None:
        return _send_bundle(desk, look, name)
    words = form.write(look.assessment, desk.folder)
    return Response(
        (words.rstrip("\n") + "\n").encode("utf-8", "replace"),
        media_type=form.media,
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def _send_bundle(desk: Desk, look: Look, name: str) -> Response:
    assert look.assessment is not None
    made = {
        "assessment.html": _write_page(look.assessment, desk.folder),
        "assessment.json": show_json(describe_assessment(look.assessment)),
    }
    contents = {inner: (words + "\n").encode() for inner, words in made.items()}
    with ExitStack() as stack:
        place = stack.enter_context(TemporaryDirectory(prefix="firsthand-"))
        bundle = write_bundle(desk.folder, Path(place) / name, contents)
        kept = stack.pop_all()
    wanting = any(found.severity != Severity.NOTE for found in bundle.findings)
    return FileResponse(
        bundle.path,
        media_type="application/zip",
        filename=name,
        headers={"x-firsthand-custody": "wanting" if wanting else "holds"},
        background=BackgroundTask(kept.close),
    )


def _name_file(assessment: Assessment, form: Form) -> str:
    """Return a name that tells the case, its day and the form: "missiles-2011-04-08-trace.json"."""
    told = "" if form.key in ("page", "markdown", "text") else f"-{form.key}"
    return f"{make_slug(assessment.case.title)}-{assessment.as_of.isoformat()}{told}.{form.ending}"


ROUTES = [Route("/export", show_export), Route("/export/{key}", send_export)]
