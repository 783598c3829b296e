"""Is what two reports of a derivation share laid side by side, whichever way one asks?"""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

from rich.console import Console

from firsthand.model import Derivation, DerivationKind, Explanation, Reason, Report, ReportId, SourceId, Span
from firsthand.origins.side_by_side import lay_derivations
from firsthand.views.terminal import draw_explanation
from reports import make_report

STORY = "Two boats left the harbour before dawn on Monday and nobody on the quay saw smoke over the island"


def make_one(name: str, text: str) -> Report:
    return replace(make_report(text, publisher=f"The {name}"), id=ReportId(name))


def derive(child: str, parent: str, probability: float = 0.9) -> Derivation:
    return Derivation(
        child=Span(report=ReportId(child), start=0, end=5),
        parent=Span(report=ReportId(parent), start=0, end=5),
        latent=None,
        kind=DerivationKind.COPIED,
        probability=probability,
        directed=True,
        reason=Reason(rule="shared passage", sentence=f"{child} has it from {parent}."),
    )


REPORTS = (
    make_one("herald", STORY),
    make_one("post", f"It was cold. {STORY}."),
    make_one("radio", "Nothing is known."),
)


def test_either_end_of_a_derivation_shows_what_is_shared() -> None:
    derivations = [derive("post", "herald"), derive("radio", "herald")]
    for name in ("post", "herald"):
        (edge,) = lay_derivations(ReportId(name), derivations, REPORTS)
        assert (edge.child, edge.parent, edge.parent_share) == ("post", "herald", 1.0)
        assert [run.same for run in edge.runs] == [19]


def test_two_reports_are_laid_side_by_side_once_and_a_latent_parent_never() -> None:
    latent = replace(derive("post", "herald"), parent=None, latent=SourceId("s-wire"))
    (edge,) = lay_derivations(
        ReportId("post"), [derive("herald", "post", 0.3), latent, derive("post", "herald")], REPORTS
    )
    assert (edge.child, edge.probability) == ("post", 0.9)
    assert lay_derivations(ReportId("radio"), [derive("post", "herald")], REPORTS) == ()


def test_a_terminal_marks_the_words_that_both_have() -> None:
    edited = (REPORTS[0], make_one("post", STORY.replace("nobody", "somebody")))
    shared = lay_derivations(ReportId("post"), [derive("post", "herald")], edited)
    found = Explanation(id="post", title="Boats", lines=(), quotes=(), shared=shared)
    console = Console(file=StringIO(), width=110, force_terminal=True, color_system="standard", markup=False)
    with console.capture() as captured:
        console.print(draw_explanation(found, edited))
    shown = captured.get()
    assert "The post from The herald: copied, 95" in shown
    assert "[somebody]" in shown
    assert "\x1b[1;4m" in shown
