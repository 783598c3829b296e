"""What should be there and is not, and did anybody look?"""

from __future__ import annotations

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from firsthand.model import Case, Expectation, Knob, Posture, Silence, record
from firsthand.views.calendar import draw_calendar, tabulate_calendar
from firsthand.views.wording import name_hypotheses
from firsthand.workbench.pages.front import show_front
from firsthand.workbench.showing import find_desk, show
from firsthand.workbench.telling import show_value, tell_assessment

WIDE, PHONE = 1216.0, 358.0
TRUTH = {"true": "if the claim is true", "false": "if the claim is false"}


@record
class Expected:
    """One thing expected: what was found of it, and the chance of its being made under each explanation or claim."""

    silence: Silence
    expectation: Expectation
    produced: tuple[tuple[str, Knob], ...]
    claim: str


def show_silence(request: Request) -> Response:
    """Show everything expected and not seen, its three numbers, and where and when somebody looked."""
    look = find_desk(request).look()
    if look.assessment is None:
        return show_front(request)
    case = look.assessment.case
    return show(
        request,
        "silence.html.j2",
        look,
        **tell_assessment(look.assessment),
        expected=[_describe(one, case) for one in look.assessment.silences],
        judging=[_list_posture(one, case) for one in case.postures],
        calendars=[Markup(draw_calendar(case, width)) for width in (WIDE, PHONE)] if case.channels else [],  # noqa: S704
        calendar_table=tabulate_calendar(case),
        show_value=show_value,
    )


def _describe(silence: Silence, case: Case) -> Expected:
    expectation = next(one for one in case.expectations if one.id == silence.evidence)
    names = {str(name): f"if: {words}" for name, words in name_hypotheses(case).items()} | TRUTH
    produced = tuple((names.get(state, state), knob) for state, knob in expectation.produced.items())
    claim = next((one.sentence for one in case.claims if one.id == expectation.claim), "")
    return Expected(silence=silence, expectation=expectation, produced=produced, claim=claim)


def _list_posture(posture: Posture, case: Case) -> tuple[Posture, list[tuple[str, Knob]]]:
    names = name_hypotheses(case)
    return posture, [(f"if: {names[state]}", knob) for state, knob in posture.low.items()]


ROUTES = [Route("/silence", show_silence)]
