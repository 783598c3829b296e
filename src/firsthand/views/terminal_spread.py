"""How is the spread of texts through an archive shown in a terminal?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from firsthand.model import Family, FamilyEdge, Report, ReportId, Spread
from firsthand.views.plain import count_things, shorten_text, show_text
from firsthand.views.side_by_side import Piece, lay_side_by_side
from firsthand.views.spread import show_moment, show_shares, show_span

TITLE = 60
MOST = 6
LOOKS = {"same": "bold underline", "own": "yellow", "around": "dim"}


def draw_spread(spread: Spread) -> RenderableType:
    """Return the families, largest first, each with its first reports and how they are tied."""
    reports = {report.id: report for report in spread.reports}
    parts: list[RenderableType] = []
    for family in spread.families:
        parts += [*_draw_family(family, reports), Text()]
    shown = f", the {len(spread.families):,} largest shown" if len(spread.families) < spread.found else ""
    searched = count_things(spread.searched, "report")
    parts.append(Text(f"{count_things(spread.found, 'family', 'families')} in {searched}{shown}", style="bold"))
    return Group(*parts)


def draw_shared(edge: FamilyEdge, reports: Mapping[ReportId, Report]) -> RenderableType:
    """Return what two reports share, one column each: underlined what stands in both, in brackets what only one has."""
    child, parent = reports[edge.child], reports[edge.parent]
    names = [show_text(one.publisher or one.title or one.path) for one in (child, parent)]
    head = f"{names[0]} {'from' if edge.directed else 'and'} {names[1]}: {edge.kind.value}, {show_shares(edge)}"
    table = Table(box=None, pad_edge=False, padding=(0, 4, 1, 0), expand=True)
    for name in names:
        table.add_column(Text(name, style="cyan"), ratio=1)
    for pair in lay_side_by_side(edge, child, parent):
        table.add_row(*(_draw_pieces(pieces) for pieces in (pair.child, pair.parent)))
    return Group(Text(head, style="bold"), table)


def _draw_pieces(pieces: Sequence[Piece]) -> Text:
    text = Text()
    for piece in pieces:
        bare = show_text(piece.text)
        shown = f"[{bare}]" if piece.look == "own" and any(letter.isalnum() for letter in bare) else bare
        spaces = (" " * piece.text[:1].isspace(), " " * (bool(bare) and piece.text[-1:].isspace()))
        text.append(f"{spaces[0]}")
        text.append(shown, style=LOOKS[piece.look])
        text.append(f"{spaces[1]}")
    return text


def _draw_family(family: Family, reports: dict[ReportId, Report]) -> list[Text]:
    first = reports[family.reports[0]]
    head = Text(f"{family.number}  ", style="bold magenta")
    head.append(shorten_text(first.title or first.path, TITLE), style="bold")
    head.append(f"\n   {count_things(family.size, 'report')}, ", style="not bold default")
    head.append(f"{count_things(family.publishers, 'publisher')}, {show_span(family)}", style="not bold default")
    lines = [head, _draw_report(first, "first here")]
    edges = {edge.child: edge for edge in family.edges}
    for one in family.reports[1 : MOST + 1]:
        edge = edges.get(one)
        if edge is None:
            lines.append(_draw_report(reports[one], "others have it from this"))
            continue
        parent = reports[edge.parent]
        way = "from" if edge.directed else "shared with"
        told = f"{edge.kind.value}, {100 * edge.child_share:.0f} % of it, {way} "
        lines.append(_draw_report(reports[one], told + show_text(parent.publisher or parent.title)))
    if family.size > MOST + 1:
        kinds = Counter(edge.kind.value for edge in family.edges)
        told = ", ".join(f"{many:,} {kind}" for kind, many in sorted(kinds.items()))
        lines.append(Text(f"   and {family.size - MOST - 1:,} more; in all {told}", style="dim"))
    if family.credited:
        names = show_text(", ".join(family.credited))
        lines.append(Text(f"   credited, no report here: {names}", style="italic"))
    return lines


def _draw_report(report: Report, told: str) -> Text:
    line = Text(f"   {show_text(report.id)}  ", style="dim")
    line.append(f"{show_moment(report):>18}  ", style="not dim default")
    line.append(f"{shorten_text(report.publisher, 26):26}  ", style="not dim cyan")
    return line.append(told, style="not dim default")
