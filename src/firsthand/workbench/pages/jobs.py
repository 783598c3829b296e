"""How far is something that takes long, and how is it stopped?"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from firsthand.workbench.jobs import Job, Jobs
from firsthand.workbench.showing import find_desk, read_form, show


def find_jobs(request: Request) -> Jobs:
    """Return the jobs of this workbench."""
    jobs: Jobs = request.app.state.jobs
    return jobs


def lead_to_job(request: Request, job: Job) -> Response:
    """Go to the page of a job; a script is told where that is."""
    if request.headers.get("accept", "").startswith("application/json"):
        return JSONResponse(job.tell())
    return RedirectResponse(f"/jobs/{job.id}", 303)


def show_job(request: Request) -> Response:
    """Show how far a job is."""
    job = _find(request)
    if request.headers.get("accept", "").startswith("application/json"):
        return JSONResponse(job.tell())
    return show(request, "job.html.j2", find_desk(request).look(wait=0.0), job=job.tell())


async def stop_job(request: Request) -> Response:
    """Stop a job as soon as it can be."""
    await read_form(request)
    job = await run_in_threadpool(_find, request)
    job.stop()
    return lead_to_job(request, job)


def _find(request: Request) -> Job:
    job = find_jobs(request).find(request.path_params["id"])
    if job is None:
        raise HTTPException(404)
    return job


ROUTES = [Route("/jobs/{id}", show_job), Route("/jobs/{id}/stop", stop_job, methods=["POST"])]
