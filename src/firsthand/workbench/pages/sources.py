"""What is each source worth, and on whose answers does that rest?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from firsthand.case.elicitation import (
    NO_EVIDENCE,
    answer_questions,
    interview_sources,
    load_elicitation,
    record_answers,
)
from firsthand.case.judgements import list_decidable
from firsthand.case.knobs import find_knob, own_knobs
from firsthand.custody import read_custodian
from firsthand.errors import CaseError
from firsthand.model import Case, Judgement, Knob, SourceAssessment
from firsthand.probability import find_word, show_percent
from firsthand.views.ties import MOST, draw_ties, list_tied, tabulate_ties
from firsthand.views.wording import find_asked
from firsthand.workbench.desk import Desk, Look
from firsthand.workbench.pages.front import show_front
from firsthand.workbench.posing import find_poser
from firsthand.workbench.showing import (
    find_desk,
    go_back,
    load_templates,
    read_form,
    read_seen,
    refuse_conflict,
    show,
)
from firsthand.workbench.telling import show_value, tell_assessment

SHOWN = 30
"""Cards shown before the rest is asked for."""


def show_sources(request: Request) -> Response:
    """Show every source as a card, those who speak first, the questions that matter most, and who is tied to whom."""
    look = find_desk(request).look()
    if look.assessment is None:
        return show_front(request)
    case = look.assessment.case
    cards = _order_cards(look.assessment.sources, request.query_params.get("q", ""))
    everything = "all" in request.query_params
    return show(
        request,
        "sources_page.html.j2",
        look,
        **tell_assessment(look.assessment),
        cards=cards if everything else cards[:SHOWN],
        more=0 if everything else max(0, len(cards) - SHOWN),
        wanted=request.query_params.get("q", ""),
        posed=find_poser(find_desk(request)).pose(look),
        tied=Markup(draw_ties(case)) if any(one.ties or one.campaign for one in case.profiles) else "",  # noqa: S704
        tied_more=max(0, len(list_tied(case)) - MOST),
        tied_table=tabulate_ties(case),
    )


def show_source(request: Request) -> Response:
    """Show one source: what it said, what it is worth, and the five questions about it."""
    look = find_desk(request).look()
    if look.assessment is None:
        return show_front(request)
    name = request.path_params["source"]
    found = next((one for one in look.assessment.sources if one.profile.source.id == name), None)
    if found is None:
        raise HTTPException(404)
    case = look.assessment.case
    about = f"source.{name}"
    return show(
        request,
        "source.html.j2",
        look,
        **tell_assessment(look.assessment),
        item=found,
        interview=interview_sources(case, name)[0],
        knobs=_list_knobs(case, found),
        judged=[one for one in case.judgements if one.about == about or one.about.startswith(f"{about}.")],
        decidable=about in list_decidable(case),
        retracted=_is_retracted(case, about),
        no_evidence=NO_EVIDENCE,
        show_value=show_value,
    )


def preview_answers(request: Request) -> Response:
    """Return what some answers would make of the source's numbers; what that does to the verdict is not told yet."""
    look = find_desk(request).look(wait=0.0)
    if look.assessment is None:
        raise CaseError("the case cannot be weighed as it stands now")
    case, source = look.assessment.case, request.path_params["source"]
    answers = _read_answers(request.query_params)
    judged = _answer(case, source, answers, "preview") if answers else ()
    page = load_templates().get_template("preview.html.j2").render(changes=_list_changes(case, judged))
    return Response(page, media_type="text/html")


async def keep_answers(request: Request) -> Response:
    """Record answers about a source, and say what each number was and is now, and what the verdict is."""
    fields = await read_form(request)
    said = await run_in_threadpool(_keep, find_desk(request), request.path_params["source"], fields)
    return go_back(fields, said, "/sources")


def _order_cards(sources: tuple[SourceAssessment, ...], wanted: str) -> list[SourceAssessment]:
    words = wanted.casefold().split()
    found = [one for one in sources if all(word in _tell_words(one) for word in words)]
    return sorted(found, key=lambda one: not one.said)


def _tell_words(one: SourceAssessment) -> str:
    source = one.profile.source
    return " ".join((source.name, one.profile.role, source.speaks_for or "", *source.names)).casefold()


def _list_knobs(case: Case, item: SourceAssessment) -> list[tuple[Knob, str]]:
    """Return the numbers of a source with their questions, its own before those it shares."""
    profile = item.profile
    held = [profile.access, profile.error, profile.spin_off, profile.spin_on, profile.rumour, profile.talk]
    held += [profile.spin_talk, profile.shameless, profile.spin_against]
    who = profile.anonymity
    if who is not None:
        held += [who.employer, who.himself, who.nobody, who.own_spin]
    found = {knob.id: knob for knob in held}
    ranked = sorted(found.values(), key=lambda knob: knob.id.startswith("model."))
    return [(knob, case.knob_questions.get(knob.id, knob.id)) for knob in ranked]


def _is_retracted(case: Case, about: str) -> bool:
    last = [one.value for one in case.judgements if one.about == about]
    return bool(last) and last[-1] in ("retracted", "rejected")


def _read_answers(fields: Mapping[str, str]) -> dict[str, str]:
    asked = [str(one["attribute"]) for one in load_elicitation()["question"]]
    return {name: fields[name] for name in asked if fields.get(name)}


def _answer(case: Case, source: str, answers: Mapping[str, str], why: str) -> tuple[Judgement, ...]:
    custodian = read_custodian()
    return answer_questions(case, source, answers, (custodian.who, why, custodian.when))


def _list_changes(case: Case, judged: tuple[Judgement, ...]) -> list[tuple[str, str, str]]:
    """Return the question of each number, what it is and what it would be."""
    owned = own_knobs(case, [one.about for one in judged])
    found = []
    for one in judged:
        knob = find_knob(owned, one.about)
        now = replace(one, value=f"[{knob.low}, {knob.value}, {knob.high}]")
        found.append((case.knob_questions.get(one.about, one.about), show_value(now), show_value(one)))
    return found


def _keep(desk: Desk, source: str, fields: Mapping[str, str]) -> str:
    look = desk.look()
    if look.assessment is None:
        raise CaseError("the case cannot be weighed as it stands now")
    case, answers = look.assessment.case, _read_answers(fields)
    if not answers:
        raise CaseError("no question is answered; choose at least one answer")
    judged = _answer(case, source, answers, fields.get("why", "").strip())
    changes = _list_changes(case, judged)

    def write() -> None:
        for mine in judged:
            refuse_conflict(desk.folder, mine, read_seen(fields))
        record_answers(desk.folder, case, judged)

    desk.write(write)
    told = [f"{asks} {was} → {now}" for asks, was, now in changes]
    return " · ".join([*told, _tell_verdict(look, desk.look())])


def _tell_verdict(before: Look, after: Look) -> str:
    assert before.assessment is not None
    was = find_asked(before.assessment.case, before.assessment.posteriors).probability
    if after.assessment is None or after.changing:
        return "What that does to the verdict is being worked out."
    now = find_asked(after.assessment.case, after.assessment.posteriors).probability
    return f"The verdict: {find_word(was)}, {show_percent(was)} → {find_word(now)}, {show_percent(now)}"


ROUTES = [
    Route("/sources", show_sources),
    Route("/sources/{source}", show_source),
    Route("/sources/{source}/preview", preview_answers),
    Route("/sources/{source}/answers", keep_answers, methods=["POST"]),
]
