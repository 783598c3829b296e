"""When is it said to have happened, how precisely, and where do the accounts differ?"""

from __future__ import annotations

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from firsthand.views.dates import draw_dates
from firsthand.workbench.pages.front import show_front
from firsthand.workbench.showing import find_claim, find_desk, show
from firsthand.workbench.when import find_times, list_bands, list_expected

HERE = "/timeline"
WIDTHS = (1216.0, 358.0)
MOST = 80
MOST_CLAIMS = 300


def show_timeline(request: Request) -> Response:
    """Show when reports came out and when the claims say that it happened, as a drawing and as a table."""
    look = find_desk(request).look()
    if look.assessment is None:
        return show_front(request)
    trace = look.assessment.trace
    claim = find_claim(request, trace)
    told, unknown = find_times(trace)
    times = [one for one in told if claim in ("", one.claim)]
    everything = "all" in request.query_params
    shown = times if everything else times[:MOST]
    expected = [] if claim else list_expected(look.assessment.case, len(times))
    bands = [*list_bands(shown), *expected]
    published = [one.published for one in trace.reports if one.published is not None]
    return show(
        request,
        "timeline.html.j2",
        look,
        graphics=[Markup(draw_dates(published, bands, width)) for width in WIDTHS] if published or bands else [],  # noqa: S704
        bands=bands,
        times=shown,
        more=len(times) - len(shown),
        unknown=[one for one in unknown if claim in ("", one.claim)][:MOST],
        undated=[one for one in trace.reports if one.published is None][:MOST],
        expected=expected,
        within={"claim": claim} if claim else {},
        wanted=claim,
        claims=[one for one in trace.claims if one.id in {each.claim for each in (*told, *unknown)}][:MOST_CLAIMS],
    )


ROUTES = [Route(HERE, show_timeline)]
