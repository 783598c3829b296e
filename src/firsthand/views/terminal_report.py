"""How does one report look in a terminal?"""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from firsthand.model import Report
from firsthand.views.plain import count_things, show_period, show_text


def draw_report(report: Report) -> RenderableType:
    """Return a report's facts, its body, and, dimmed, what stands around it and what was noted of it."""
    drawn: list[RenderableType] = [Text(show_text(report.title) or "(no title)", style="bold")]
    facts = (report.publisher, show_period(report.published), report.language, report.url)
    drawn += [Text(" · ".join(show_text(fact) for fact in facts if fact)), Text(show_text(report.id), style="dim")]
    for first, after in report.body:
        drawn += [Text(), *_draw_lines(report.text[first:after])]
    for part in report.parts:
        drawn += [Text(), Text(f"[{part.kind.value}]", style="dim"), *_draw_lines(part.text, "dim")]
    if report.links:
        drawn += [Text(), Text(count_things(len(report.links), "link"), style="dim")]
        drawn += [Text(show_text(f"{link.rel}: {link.url}"), style="dim") for link in report.links]
    if report.problems:
        drawn += [Text(), Text(count_things(len(report.problems), "problem"), style="bold")]
        drawn += [Text(show_text(f"{problem.what}; {problem.remedy}".strip("; "))) for problem in report.problems]
    return Group(*drawn)


def _draw_lines(text: str, style: str = "") -> list[RenderableType]:
    return [Text(show_text(line), style=style) for line in text.strip().splitlines()]
