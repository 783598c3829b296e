"""Which report links to which?"""

from __future__ import annotations

from collections.abc import Iterator

from firsthand.model import Derivation, DerivationKind, Link, Report, ReportId
from firsthand.origins.evidence import End, Finding, join_ends
from firsthand.origins.index import Index
from firsthand.origins.matching import end_of_report

# A pingback proves that the other page cites this one, and nothing about what it took.
CHANCES = {"link": 0.8, "based-on": 0.95, "canonical": 0.97, "pingback": 0.6}


def find_links(index: Index) -> Iterator[Derivation]:
    """Yield a derivation for each link from one report of the pile to another."""
    by_url = {trim_url(report.url): report.id for report in reversed(index.reports.values()) if report.url}
    for report in index.reports.values():
        joined: set[tuple[ReportId, bool]] = set()
        for link in report.links:
            other = by_url.get(trim_url(link.url)) if link.url else None
            back = link.rel == "pingback"
            if other is None or other == report.id or (other, back) in joined or link.rel not in CHANCES:
                continue
            joined.add((other, back))
            yield _join_link(index, report, link, other)


def trim_url(url: str) -> str:
    """Return an address without what does not matter: scheme, www, fragment, query of a campaign, last slash."""
    bare = url.strip().split("#")[0].split("?utm_")[0]
    return bare.split("://")[-1].removeprefix("www.").rstrip("/").casefold()


def _join_link(index: Index, report: Report, link: Link, other: ReportId) -> Derivation:
    """Return the derivation that a link shows; a pingback is a link the other way round."""
    child, parent = (other, report.id) if link.rel == "pingback" else (report.id, other)
    start = end_of_report(index, child)
    if link.span and child == report.id:
        start = End(span=index.sentence_around(child, *link.span))
    finding = Finding(
        rule=link.rel,
        kind=DerivationKind.COPIED if link.rel == "canonical" else DerivationKind.CITED,
        probability=CHANCES[link.rel],
        directed=True,
        sentence=f"{index.name_report(child)} links to {index.name_report(parent)}.",
    )
    return join_ends(index, start, end_of_report(index, parent), finding)
