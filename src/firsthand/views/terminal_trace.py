"""How does a trace look in a terminal: who had it from whom?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import Group, RenderableType
from rich.text import Text
from rich.tree import Tree

from firsthand.model import (
    Attribution,
    AttributionId,
    Claim,
    Count,
    Derivation,
    Discrepancy,
    Origin,
    Report,
    ReportId,
    Source,
    SourceId,
    Trace,
)
from firsthand.views.plain import count_things, shorten_text, show_period, show_text
from firsthand.views.wording import show_voices

CLAIMS_SHOWN = 3
ACCENT = "bold magenta"


def summarise_trace(trace: Trace) -> str:
    """Return the one-line summary: "14 reports, 11 publishers, 2 origins (2-3), 0 disinterested"."""
    judged = "" if trace.disinterested is not None else " (interests not judged yet)"
    return ", ".join(
        (
            count_things(len(trace.reports), "report"),
            count_things(trace.publishers, "publisher"),
            show_count(trace.voices),
            f"{trace.disinterested or 0} disinterested{judged}",
        )
    )


def show_count(count: Count) -> str:
    """Return "2 origins (2-3)": the expected number, rounded, and what unknown lineage leaves open."""
    number, ends = show_voices(count)
    return f"{count_things(int(number), 'origin')} {ends}".strip()


def draw_trace(trace: Trace, claims_shown: int = CLAIMS_SHOWN) -> RenderableType:
    """Return the summary and, for each of the claims most attributed, the tree of who had it from whom."""
    shared = [claim for claim in trace.claims if len(claim.attributions) > 1]
    shown = (shared or list(trace.claims))[:claims_shown]
    parts: list[RenderableType] = [Text(summarise_trace(trace), style="bold")]
    for number, claim in enumerate(shown, start=1):
        parts += [Text(), draw_claim(trace, claim, number)]
    left = len(trace.claims) - len(shown)
    if left > 0:
        parts += [Text(), Text(f"{count_things(left, 'claim')} more: --claims {len(trace.claims)}", style="dim")]
    if trace.problems:
        parts += [Text(), draw_problems(trace)]
    return Group(*parts)


def draw_claim(trace: Trace, claim: Claim, number: int) -> Tree:
    """Return one claim as a tree: its origins, and under each the reports that lead back to it."""
    label = Text()
    label.append(f"Claim {number}  ", style=ACCENT)
    label.append(f"\u201c{shorten_text(claim.sentence, 150)}\u201d", style="bold")
    if claim.origins:
        label.append(f"  {show_count(claim.origins)}", style="dim")
    tree = Tree(label, guide_style="dim")
    lookup = _Lookup(trace)
    wanted = set(claim.attributions)
    for origin in trace.origins:
        members = [lookup.attributions[a] for a in origin.attributions if a in wanted]
        if members:
            _add_origin(tree, origin, members, lookup)
    _add_discrepancies(tree, claim, lookup)
    return tree


def draw_problems(trace: Trace) -> Text:
    """Return what could not be read or used, counted and listed."""
    text = Text(f"{count_things(len(trace.problems), 'problem')}:", style="yellow")
    for problem in trace.problems:
        text.append(f"\n  {show_text(problem.where)}: {show_text(problem.what)}", style="not bold yellow")
        if problem.remedy:
            text.append(f" ({show_text(problem.remedy)})")
    return text


class _Lookup:
    """The trace's records by id, and the best-supported parent of each attribution."""

    def __init__(self, trace: Trace) -> None:
        self.attributions: Mapping[AttributionId, Attribution] = {a.id: a for a in trace.attributions}
        self.reports: Mapping[ReportId, Report] = {r.id: r for r in trace.reports}
        self.sources: Mapping[SourceId, Source] = {s.id: s for s in trace.sources}
        self.parents: dict[AttributionId, Derivation] = {}
        for derivation in trace.derivations:
            child = derivation.child_attribution
            if child is None or derivation.parent_attribution is None or not derivation.directed:
                continue
            known = self.parents.get(child)
            if known is None or known.probability < derivation.probability:
                self.parents[child] = derivation

    def name_of(self, source: SourceId) -> str:
        """Return the source's name as the reports give it."""
        return show_text(self.sources[source].name) if source in self.sources else show_text(source)


def _add_origin(tree: Tree, origin: Origin, members: list[Attribution], lookup: _Lookup) -> None:
    source = lookup.sources.get(origin.source)
    label = Text()
    label.append("\u25cc " if origin.latent else "\u25cf ", style=ACCENT)
    label.append(lookup.name_of(origin.source), style="bold")
    if source and source.speaks_for:
        label.append(f", speaks for {show_text(source.speaks_for)}")
    if all(member.polarity < 0 for member in members):
        label.append("  denies it", style="yellow")
    if origin.latent:
        label.append("  own words not in the pile", style="dim italic")
    branch = tree.add(label)
    inside = {member.id for member in members}
    placed: set[AttributionId] = set()
    for member in members:
        parent = lookup.parents.get(member.id)
        if parent is None or parent.parent_attribution not in inside:
            _add_report(branch, member, members, lookup, placed)
    for member in members:
        if member.id not in placed:
            _add_report(branch, member, members, lookup, placed, loop=True)


def _add_report(
    branch: Tree,
    member: Attribution,
    members: Iterable[Attribution],
    lookup: _Lookup,
    placed: set[AttributionId],
    loop: bool = False,
) -> None:
    placed.add(member.id)
    twig = branch.add(_label_report(member, lookup, loop))
    for other in members:
        parent = lookup.parents.get(other.id)
        if other.id not in placed and parent is not None and parent.parent_attribution == member.id:
            _add_report(twig, other, members, lookup, placed)


def _label_report(member: Attribution, lookup: _Lookup, loop: bool) -> Text:
    report = lookup.reports[member.report]
    label = Text()
    label.append(show_text(report.publisher or report.title or report.path), style="cyan")
    label.append(f", {show_period(report.published)}", style="dim")
    relays = [lookup.name_of(relay) for relay in member.chain[1:-1]]
    if relays:
        label.append(f", from {', from '.join(relays)}")
    if loop:
        label.append("  loop: each cites the other", style=ACCENT)
    derivation = lookup.parents.get(member.id)
    if derivation is not None and derivation.probability < 0.8:
        label.append(f"  may derive, {round(100 * derivation.probability)}\u00a0%", style="italic")
    label.append(f"\n  \u201c{shorten_text(member.content.text, 110)}\u201d", style="not dim")
    return label


def _add_discrepancies(tree: Tree, claim: Claim, lookup: _Lookup) -> None:
    differing = [found for found in claim.discrepancies if found.verdict == "differs"]
    if not differing:
        return
    branch = tree.add(Text("Where they differ", style="yellow"))
    for found in differing:
        branch.add(Text(f"{found.slot}: " + " \u2260 ".join(_gather_values(found, lookup))))


def _gather_values(found: Discrepancy, lookup: _Lookup) -> list[str]:
    """Return each value met with who gives it: the originators, or the publishers where there is one originator."""
    said = {attribution: lookup.attributions[attribution] for attribution, _ in found.values}
    several = len({one.source for one in said.values()}) > 1
    given: dict[str, list[str]] = {}
    for attribution, value in found.values:
        report = lookup.reports[said[attribution].report]
        name = lookup.name_of(said[attribution].source) if several else show_text(report.publisher or report.path)
        names = given.setdefault(shorten_text(value, 50), [])
        if name not in names:
            names.append(name)
    return [f"{value} ({_list_names(names)})" for value, names in given.items()]


def _list_names(names: list[str]) -> str:
    shown = ", ".join(names[:2])
    return f"{shown} and {len(names) - 2} more" if len(names) > 2 else shown
