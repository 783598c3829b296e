"""Who had it from whom, on what that rests, and are two origins one?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from firsthand.errors import CaseError
from firsthand.model import Assessment, AttributionId, Origin, Provenance, ProvenanceEdge, Trace, record
from firsthand.views.bases import Bases
from firsthand.views.chains import list_chains
from firsthand.views.notes import number_notes
from firsthand.views.page import WIDE
from firsthand.views.plain import count_things, shorten_text
from firsthand.views.provenance import draw_provenance
from firsthand.views.wording import show_voices
from firsthand.workbench.desk import Look
from firsthand.workbench.folding import fold_provenance
from firsthand.workbench.lineage import (
    address_line,
    find_pairs,
    limit_provenance,
    link_lines,
    name_line,
    tell_chance,
    tell_origin,
)
from firsthand.workbench.pages.front import show_front
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

HERE = "/provenance"
SHOWN = 100
"""Lines and origins listed before somebody asks for all."""
MOST_CHOICES = 300
PATIENCE = 5.0
"""Seconds a judgement of the tree waits to say what became of it."""
HOW = {
    "relays": "has it from",
    "cited": "has it from, among others",
    "may derive": "may have it from",
    "linked": "same words, direction unknown",
    "loop": "each cites the other",
}
SAID = {"same": "one origin", "apart": "two origins", "unknown": "not known"}


@record
class Scope:
    """What the tree is limited to: the attributions of a claim or an origin, and how the address says so."""

    chosen: tuple[AttributionId, ...]
    within: Mapping[str, str]
    title: str


@record
class Root:
    """One origin as the list shows it: its name, what there is of it, and by which attribution it can be judged."""

    origin: Origin
    name: str
    told: str
    first: AttributionId
    quoted: str


def show_provenance(request: Request) -> Response:
    """Show the tree, its lines as a list, the origins, and what was judged of them by hand."""
    look = find_desk(request).look()
    if look.assessment is None:
        return show_front(request)
    assessment, scope = look.assessment, _read_scope(request, look.assessment)
    tree = _find_tree(assessment.trace, scope)
    folded = fold_provenance(tree)
    bases = link_lines(folded, scope.within)
    drawn = replace(assessment, trace=replace(assessment.trace, provenance=folded))
    notes = number_notes(assessment)
    everything = "all" in request.query_params
    roots = _list_roots(assessment.trace, scope)
    held = [(quote, notes[quote]) for node in folded.nodes for quote in node.quotes[:1] if quote in notes]
    return show(
        request,
        "provenance.html.j2",
        look,
        scope=scope,
        tree=tree,
        whole=folded is tree,
        graphic=Markup(draw_provenance(drawn, notes, WIDE, bases)) if tree.nodes else "",  # noqa: S704
        chains=list_chains(drawn, notes),
        rest=partial(_link, bases),
        cite_numbers=_cite,
        notes=sorted(dict(held).items(), key=lambda item: item[1]),
        reports={report.id: report for report in assessment.trace.reports},
        nodes={node.id: node for node in tree.nodes},
        edges=tree.edges if everything else tree.edges[:SHOWN],
        more=0 if everything else max(0, len(tree.edges) - SHOWN),
        how=HOW,
        chance=tell_chance,
        address=partial(address_line, within=scope.within),
        roots=roots if everything else roots[:SHOWN],
        choices=roots[:MOST_CHOICES],
        more_roots=0 if everything else max(0, len(roots) - SHOWN),
        claims=[(one, _tell_voices(one.origins)) for one in assessment.trace.claims[:MOST_CHOICES] if one.attributions],
        voices=_tell_voices(assessment.voices),
        ruled=_list_ruled(assessment),
        said_of=SAID,
    )


def show_line(request: Request) -> Response:
    """Show what one line of the tree rests on, and judge it; alone, or as a part of the page."""
    look = find_desk(request).look()
    if look.assessment is None:
        return show_front(request)
    scope = _read_scope(request, look.assessment)
    tree = _find_tree(look.assessment.trace, scope)
    edge = _find_edge(tree, request)
    names = {node.id: node.label for node in tree.nodes}
    told: dict[str, Any] = {
        "edge": edge,
        "title": name_line(edge, names),
        "pairs": find_pairs(look.assessment.trace, edge, look.assessment.case.lineages, scope.chosen),
        "scope": scope,
        "names": {one.id: one.name for one in look.assessment.trace.sources},
        "back": f"{HERE}{_write_query(scope)}",
    }
    if "part" in request.query_params:
        shared = {"token": find_door(request).token, "seen": len(look.case.judgements) if look.case else 0}
        page = load_templates().get_template("provenance_line.html.j2").render(told | shared)
        return Response(page, media_type="text/html")
    return show(request, "provenance_alone.html.j2", look, **told)


async def judge_lineage(request: Request) -> Response:
    """Record whether one attribution was taken from another, and say what became of the number of origins."""
    fields = await read_form(request)
    said = await run_in_threadpool(_judge, request, fields)
    return go_back(fields, said, HERE)


def _judge(request: Request, fields: Mapping[str, str]) -> str:
    child, parent, value = (fields.get(name, "") for name in ("child", "parent", "value"))
    if not child or not parent or child == parent:
        raise CaseError("choose two different origins, or two different passages")
    if value not in SAID:
        raise CaseError("say whether the two are one, two, or not known")
    desk = find_desk(request)
    before = desk.look()
    judge(
        desk,
        Wish(
            about=f"lineage.{child}.{parent}",
            value=value,
            why=fields.get("why", ""),
            seen=read_seen(fields),
        ),
    )
    return f"Recorded: {SAID[value]}. {_tell_change(before, desk.look(PATIENCE), child)}"


def _tell_change(before: Look, after: Look, child: str) -> str:
    """Return what a judgement did to the number of origins, behind the claim it belongs to and in the pile."""
    if before.assessment is None or after.assessment is None or after.changing:
        return "What that does to the tree is being worked out."
    then, now = before.assessment.trace, after.assessment.trace
    claim = next((one for one in now.claims if child in one.attributions), None)
    was = next((one.origins for one in then.claims if claim and one.id == claim.id), None)
    told = []
    if claim is not None:
        same = "as before" if was == claim.origins else f"{_tell_voices(was)} before"
        told.append(f"Behind “{shorten_text(claim.sentence, 60)}” stand {_tell_voices(claim.origins)}, {same}.")
    if len(then.origins) != len(now.origins):
        told.append(f"In all, {count_things(len(now.origins), 'origin')}, {len(then.origins)} before.")
    elif claim is None or was == claim.origins:
        told.append("Other lines still join or part the two.")
    return " ".join(told)


def _read_scope(request: Request, assessment: Assessment) -> Scope:
    """Return what the address limits the tree to. Raises HTTPException where there is no such claim or origin."""
    claim, origin = request.query_params.get("claim", ""), request.query_params.get("origin", "")
    if claim:
        found = next((one for one in assessment.trace.claims if one.id == claim), None)
        if found is None:
            raise HTTPException(404)
        return Scope(chosen=found.attributions, within={"claim": claim}, title=found.sentence)
    if origin:
        root = next((one for one in assessment.trace.origins if one.id == origin), None)
        if root is None:
            raise HTTPException(404)
        names = {one.id: one.name for one in assessment.trace.sources}
        return Scope(chosen=root.attributions, within={"origin": origin}, title=names.get(root.source, root.source))
    return Scope(chosen=(), within={}, title="")


def _find_tree(trace: Trace, scope: Scope) -> Provenance:
    return limit_provenance(trace, scope.chosen) if scope.within else trace.provenance


def _find_edge(tree: Provenance, request: Request) -> ProvenanceEdge:
    asked = request.query_params
    wanted = (asked.get("from"), asked.get("to"), asked.get("how"))
    found = next((one for one in tree.edges if (one.parent, one.child, one.kind) == wanted), None)
    if found is None:
        raise HTTPException(404)
    return found


def _list_roots(trace: Trace, scope: Scope) -> list[Root]:
    """Return the origins of the tree, those that most hangs on first."""
    names = {one.id: one.name for one in trace.sources}
    said = {one.id: one for one in trace.attributions}
    chosen = set(scope.chosen)
    found = []
    for one in trace.origins:
        held = [name for name in one.attributions if not scope.within or name in chosen]
        if held:
            words = shorten_text(said[held[0]].content.text, 90)
            name = names.get(one.source, one.source)
            places = len({said[each].report for each in held})
            told = tell_origin(one, len(held), places)
            found.append(Root(origin=one, name=name, told=told, first=held[0], quoted=words))
    return sorted(found, key=lambda root: (-len(root.origin.reports), root.name, root.origin.id))


def _list_ruled(assessment: Assessment) -> list[tuple[Any, str, str]]:
    """Return what was judged of two attributions, with the words of both."""
    trace = assessment.trace
    outlets = {one.id: one.publisher or one.title or one.path for one in trace.reports}
    said = {one.id: f"{outlets[one.report]}: “{shorten_text(one.content.text, 80)}”" for one in trace.attributions}
    gone = "an attribution that is no longer there"
    return [(one, said.get(one.child, gone), said.get(one.parent, gone)) for one in assessment.case.lineages]


def _tell_voices(count: Any) -> str:
    """Return "2 origins (1–3)"."""
    if count is None:
        return "nobody counted"
    number, ends = show_voices(count)
    return f"{number} origin{'s' if number != '1' else ''}{' ' + ends if ends else ''}"


def _link(bases: Bases, key: str, words: str) -> Markup:
    if key not in bases:
        return Markup("{}").format(words)
    return Markup('<a class="line" href="{}">{}</a>').format(bases[key].place, words)


def _cite(numbers: tuple[int, ...]) -> Markup:
    link = Markup('<a class="cite" href="#note-{0}"><span class="hidden">note </span>{0}</a>')
    links = Markup("").join(link.format(number) for number in numbers)
    return Markup("<sup>{}</sup>").format(links) if links else links


def _write_query(scope: Scope) -> str:
    from urllib.parse import urlencode

    return f"?{urlencode(scope.within)}" if scope.within else ""


ROUTES = [
    Route(HERE, show_provenance),
    Route(f"{HERE}/line", show_line),
    Route(f"{HERE}/judge", judge_lineage, methods=["POST"]),
]
