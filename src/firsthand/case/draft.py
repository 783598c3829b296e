"""Which sources, claims and silences do the reports suggest, and what must the analyst answer first?

Everything written is marked `suggested = true`, with ranges so wide, and so equal, that it moves little until judged.
What stands in the files already is never changed: entries are only added, comments survive.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from firsthand.case.append import add_entries, replace_files
from firsthand.case.entries import find_quote
from firsthand.case.expected import list_silences
from firsthand.case.judgements import FILE as JUDGEMENTS
from firsthand.case.limit import list_items
from firsthand.case.load import load_case
from firsthand.case.sources import load_defaults
from firsthand.case.text import FILES
from firsthand.case.wording import flatten_words, fold_words, make_slug
from firsthand.model import (
    Attribution,
    AttributionId,
    Case,
    Claim,
    Derivation,
    Report,
    Source,
    SourceId,
    SourceKind,
    Trace,
    record,
)

CLAIMS = 3
SURE = 0.95
SLACK = 0.25
ECHO = "echo"


@record
class Plan:
    """What is to be added: tables by file and key, in order."""

    sources: Mapping[str, Mapping[str, Any]]
    claims: Mapping[str, Mapping[str, Any]]
    assertions: Sequence[Mapping[str, Any]]
    expectations: Sequence[Mapping[str, Any]]


def draft_case(folder: str | Path, trace: Trace) -> tuple[str, ...]:
    """Add suggestions for the main claims of a trace to a case, and return the five questions that matter most.

    Raises CaseError where the case does not load as it is; nothing is written then.
    """
    folder = Path(folder)
    case = load_case(folder)
    claims = trace.claims[:CLAIMS]
    names = _name_sources(case, trace, claims)
    plan = _plan(case, trace, claims, names)
    texts = {
        "sources.toml": add_entries(folder, "sources.toml", {"source": plan.sources}, {}),
        "claims.toml": add_entries(folder, "claims.toml", {"claim": plan.claims}, {"assertion": plan.assertions}),
        "expectations.toml": add_entries(folder, "expectations.toml", {}, {"expectation": plan.expectations}),
    }
    drafted = _try_out(folder, texts, case)
    replace_files(folder, texts)
    return ask_five(drafted)


def _try_out(folder: Path, texts: Mapping[str, str], case: Case) -> Case:
    """Return the case as it would be with these files; raise CaseError where it would not load any more."""
    with TemporaryDirectory() as place:
        for name in (*FILES, JUDGEMENTS):
            if (folder / name).exists():
                shutil.copyfile(folder / name, Path(place, name))
        for name, words in texts.items():
            Path(place, name).write_bytes(words.encode("utf-8"))
        return load_case(place, reports=case.reports)


def _plan(case: Case, trace: Trace, claims: Sequence[Claim], names: Mapping[SourceId, str]) -> Plan:
    known = {str(one.source.id) for one in case.profiles}
    sources = {one.id: one for one in trace.sources}
    drafted = _name_claims(case, claims)
    assertions = list(_draft_assertions(case, trace, claims, (names, drafted)))
    used = {one["source"] for one in assertions}
    return Plan(
        sources={
            name: _draft_source(sources[source], case)
            for source, name in names.items()
            if name not in known and name in used
        },
        claims={
            name: _draft_claim(claim, case, main=claim is claims[0])
            for claim, name in zip(claims, drafted.values(), strict=True)
            if name not in {str(one.id) for one in case.claims}
        },
        assertions=assertions,
        expectations=list(_draft_silences(case, claims)),
    )


def _name_sources(case: Case, trace: Trace, claims: Sequence[Claim]) -> dict[SourceId, str]:
    """Return the id in the case of every source of the claims: the analyst's own where the names agree, else new."""
    wanted = {one for claim in claims for one in claim.attributions}
    speaking = list(dict.fromkeys(one.source for one in trace.attributions if one.id in wanted))
    found = {source.id: source for source in trace.sources}
    names: dict[SourceId, str] = {}
    for one in speaking:
        own = _find_profile(case, found[one])
        taken = (*names.values(), *(str(profile.source.id) for profile in case.profiles))
        names[one] = own or make_slug(found[one].name, taken)
    return names


def _find_profile(case: Case, source: Source) -> str | None:
    spellings = {fold_words(name) for name in (source.name, *source.names)}
    for profile in case.profiles:
        own = {fold_words(name) for name in (profile.source.name, *profile.source.names)}
        if profile.source.id == source.id or own & spellings:
            return str(profile.source.id)
    return None


def _name_claims(case: Case, claims: Sequence[Claim]) -> dict[str, str]:
    """Return the id in the case of every claim: the one that states the asked hypothesis takes the main claim."""
    names: dict[str, str] = {}
    asked = next((str(one.id) for one in case.claims if one.hypothesis == case.asks), None)
    for index, claim in enumerate(claims):
        own = next((str(one.id) for one in case.claims if fold_words(one.sentence) == fold_words(claim.sentence)), None)
        taken = (*names.values(), *(str(one.id) for one in case.claims))
        names[claim.id] = own or (asked if index == 0 and asked else make_slug(claim.sentence, taken))
    return names


def _draft_source(source: Source, case: Case) -> dict[str, Any]:
    start = load_defaults()["draft"]
    drafted: dict[str, Any] = {"name": source.name, "kind": str(source.kind)}
    if source.speaks_for:
        drafted["speaks_for"] = source.speaks_for
    if others := sorted({flatten_words(name) for name in source.names} - {source.name}):
        drafted["names"] = others
    drafted |= {"access": start["access"], "spin": start["spin"]}
    if case.campaigns:
        drafted["campaign"] = case.campaigns[0].id
    if source.kind is SourceKind.UNNAMED:
        drafted["anonymous"] = dict(start["anonymous"])
    return drafted | {"suggested": True}


def _draft_claim(claim: Claim, case: Case, *, main: bool) -> dict[str, Any]:
    if main:
        return {"sentence": flatten_words(claim.sentence), "is": str(case.asks), "suggested": True}
    given = {str(one.id): load_defaults()["draft"]["given"] for one in case.hypotheses}
    return {"sentence": flatten_words(claim.sentence), "given": given, "suggested": True}


def _draft_assertions(
    case: Case, trace: Trace, claims: Sequence[Claim], ids: tuple[Mapping[SourceId, str], Mapping[str, str]]
) -> Iterator[dict[str, Any]]:
    names, drafted = ids
    reports = {report.id: report for report in trace.reports}
    attributions = {one.id: one for one in trace.attributions}
    written = {(one.quote.span.report, one.quote.span.start) for one in case.assertions}
    taken = {str(item.id) for _, item in list_items(case)}
    said = {(str(one.source), str(one.claim), one.quote.span.report) for one in case.assertions}
    chosen: dict[AttributionId, str] = {}
    first: dict[tuple[str, ...], str] = {}
    for claim in claims:
        for one in _list_in_order(claim, trace, attributions, reports):
            words = _take_words(one, reports[one.report])
            quote = find_quote(reports[one.report], words)
            key = (names[one.source], drafted[claim.id], one.report)
            if quote is None or one.id in chosen or key in said or (one.report, quote.span.start) in written:
                continue
            said.add(key)
            name = make_slug(f"{names[one.source]} {reports[one.report].publisher or one.report}", taken)
            taken.add(name)
            alike = (drafted[claim.id], str(one.polarity < 0))
            own = (*alike, names[one.source])
            copied = _find_parent(one, trace, chosen)
            if copied.get("copy") != ECHO:
                copied = _repeat_own(first.get(own)) or copied or _doubt_lineage(first.get(alike))
            chosen[one.id] = name
            first.setdefault(alike, name)
            first.setdefault(own, name)
            about = {"id": name, "claim": drafted[claim.id], "source": names[one.source]}
            yield about | _draft_words(one, trace, reports[one.report], words) | copied | {"suggested": True}


def _list_in_order(
    claim: Claim, trace: Trace, attributions: Mapping[AttributionId, Attribution], reports: Mapping[Any, Report]
) -> list[Attribution]:
    """Return the attributions of a claim, earliest report first, and each after those it was taken from."""
    found = [attributions[one] for one in claim.attributions if one in attributions]
    waiting = [one.id for one in reversed(sorted(found, key=lambda one: _date(reports[one.report])))]
    members = set(waiting)
    parents: dict[AttributionId, list[AttributionId]] = {}
    for edge in trace.derivations:
        if edge.directed and edge.child_attribution in members and edge.parent_attribution in members:
            parents.setdefault(edge.child_attribution, []).append(edge.parent_attribution)
    placed: dict[AttributionId, bool] = {}
    while waiting:
        one = waiting.pop()
        before = [parent for parent in parents.pop(one, []) if parent not in placed]
        if before:
            waiting += [one, *before]
        else:
            placed[one] = True
    return [attributions[one] for one in placed]


def _date(report: Report) -> tuple[bool, str]:
    """Order by the last moment it can have been published: one known only to a range is no parent of a known one."""
    return (report.published is None, report.published.end.isoformat() if report.published else "")


def _take_words(one: Attribution, report: Report) -> str:
    """Return the longest unbroken piece of what was said, as it stands in the report."""
    pieces = [report.text[start:end] for start, end in one.content.spans] or [one.content.text]
    return flatten_words(max(pieces, key=len))


def _draft_words(one: Attribution, trace: Trace, report: Report, words: str) -> dict[str, Any]:
    names = {source.id: source.name for source in trace.sources}
    via = [names.get(link, str(link)) for link in one.chain[:-1]]
    name = flatten_words(names.get(one.source, one.source_mention.text))
    title = f"{name[:1].upper()}{name[1:]}, in {report.publisher or report.path}"
    drafted: dict[str, Any] = {"title": title, "report": name_report(report), "quote": words}
    if one.polarity < 0:
        drafted["denies"] = True
    return drafted | ({"via": via} if via else {})


def name_report(report: Report) -> str:
    """Return the name by which the files of a case call a report."""
    return report.path.removeprefix("reports/")


def _find_parent(child: Attribution, trace: Trace, chosen: Mapping[AttributionId, str]) -> dict[str, Any]:
    """Return the copy keys: the likeliest drafted parent, else an earlier member of the same origin, else unknown."""
    edges = [one for one in trace.derivations if one.child_attribution == child.id and one.parent_attribution in chosen]
    if edges:
        best = max(edges, key=lambda one: one.probability)
        parent = chosen[best.parent_attribution] if best.parent_attribution else ""
        return {"copy_of": parent, "copy": _read_lineage(best), "copy_why": flatten_words(best.reason.sentence)}
    for origin in trace.origins:
        earlier = [one for one in chosen if one in origin.attributions]
        if child.id in origin.attributions and earlier:
            why = "Both go back to the same origin, and which took it from the other is not known."
            return {"copy_of": chosen[earlier[0]], "copy": ECHO if origin.latent else "unknown", "copy_why": why}
    return {}


def _repeat_own(first: str | None) -> dict[str, Any]:
    """Return the copy keys of a source who is reported to have said it before: said twice is not two voices."""
    why = "The same source is reported to have said it already; it counts once."
    return {"copy_of": first, "copy": ECHO, "copy_why": why} if first else {}


def _doubt_lineage(first: str | None) -> dict[str, Any]:
    """Return the copy keys of what looks independent: nothing found is not nothing there, and so lineage is unknown."""
    if first is None:
        return {}
    why = "No credit or shared passage was found; whether one had it from the other is still to be judged."
    return {"copy_of": first, "copy": "unknown", "copy_why": why}


def _read_lineage(edge: Derivation) -> Any:
    if not edge.directed:
        return "unknown"
    if edge.probability >= SURE:
        return ECHO
    low, high = max(0.0, edge.probability - SLACK), min(1.0, edge.probability + SLACK)
    return [round(end, 2) for end in (low, edge.probability, high)]


def _draft_silences(case: Case, claims: Sequence[Claim]) -> Iterator[dict[str, Any]]:
    """Yield what should exist if the main claim is true, by the kind of claim, not yet looked for."""
    if not claims:
        return
    start = load_defaults()["draft"]
    written = {fold_words(one.title) for one in case.expectations}
    taken = {str(item.id) for _, item in list_items(case)}
    for title in list_silences(claims[0]):
        if fold_words(title) in written:
            continue
        name = make_slug(f"silence {title}", taken)
        taken.add(name)
        produced = {str(one.id): start["produced"] for one in case.hypotheses}
        yield {"id": name, "title": title, "produced": produced, "by_now": start["by_now"], "coverage": 0} | {
            "suggested": True
        }


def ask_five(case: Case) -> tuple[str, ...]:
    """Return the five questions that matter most, with the case's own names in them."""
    speaking = {one.source for one in case.assertions}
    named = {fold_words(one.source.name): one.source.name for one in case.profiles if one.source.id in speaking}
    names = [_name_within(name) for name in named.values()] or ["the sources"]
    missing = [one.title[:1].lower() + one.title[1:] for one in case.expectations]
    claim = next((one.sentence for one in case.claims if one.hypothesis == case.asks), case.question)
    looked = _join(missing[:3], "and") if missing else "what should exist"
    tied = (
        f"How are {_join(names[:4], 'and')} tied to one another, or to those the story is about?"
        if len(names) > 1
        else f"How is {names[0]} tied to those the story is about?"
    )
    return (
        f"Who could know this first hand, and how: {_join(names[:4], 'or')}?",
        f"Who gains if it is believed that “{claim.rstrip('.')}”: {_join(names[:4], 'or')}?",
        tied,
        f"If it is so, what should exist by now beyond this: {looked}?",
        f"Where did you look for {'any of these' if len(missing) > 1 else looked}, and on which days?",
    )


def _name_within(name: str) -> str:
    """Return a name as it stands within a sentence: "The county" begins with a small letter there."""
    first, _, rest = name.partition(" ")
    return f"{first.lower()} {rest}" if rest and first in ("The", "A", "An") else name


def _join(words: Sequence[str], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
