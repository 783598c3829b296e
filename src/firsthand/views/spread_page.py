"""How is the spread of texts through an archive shown as one page that needs nothing else?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from firsthand.model import Family, FamilyEdge, Report, ReportId, Spread
from firsthand.views.page import hash_source, load_environment, read_asset
from firsthand.views.side_by_side import Pair, lay_side_by_side
from firsthand.views.spread import draw_course, draw_tree, show_shares, show_span, tabulate_family

WIDE, PHONE = 1216.0, 358.0
MOST_PAIRS = 12


class Compared(NamedTuple):
    """An edge with the names of its ends and what they share, side by side."""

    edge: FamilyEdge
    child: Report
    parent: Report
    pairs: tuple[Pair, ...]


def fill_spread_page(spread: Spread, *, name: str, about: str = "", version: str = "") -> str:
    """Return the families of an archive as one HTML page without script; same input, same bytes."""
    reports = {report.id: report for report in spread.reports}
    style = read_asset("page.css") + read_asset("spread.css")
    return load_environment().get_template("spread.html.j2").render(
        spread=spread,
        name=name,
        about=about,
        version=version,
        reports=reports,
        style=style,
        style_hash=hash_source(style),
        head=lambda family: _find_title(family, reports),
        reach=show_span,
        shares=show_shares,
        courses=lambda family: [draw_course(family, reports, width) for width in (WIDE, PHONE)],
        tree=lambda family: draw_tree(family, reports, WIDE),
        table=lambda family: tabulate_family(family, reports),
        compared=lambda family: _compare(family.edges, reports),
        hidden=lambda family: max(0, len(family.edges) - MOST_PAIRS),
    )  # fmt: skip


def _compare(edges: Sequence[FamilyEdge], reports: dict[ReportId, Report]) -> list[Compared]:
    return [
        Compared(
            edge,
            reports[edge.child],
            reports[edge.parent],
            lay_side_by_side(edge, reports[edge.child], reports[edge.parent]),
        )
        for edge in edges[:MOST_PAIRS]
    ]


def _find_title(family: Family, reports: dict[ReportId, Report]) -> str:
    first = reports[family.reports[0]]
    return first.title or first.path
