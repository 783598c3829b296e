"""Is what two reports of a derivation share laid side by side, whichever way one asks?"""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

from rich.console import Console

from firsthand.model import Derivation, DerivationKind, Explanation, Reason, Report, ReportId, SourceId, Span
from firsthand.origins.side_by_side import lay_derivations, lay_largest
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
    for name in ("post", "herald"):
        (edge,) = lay_derivations(ReportId(name), [derive("post", "herald")], REPORTS)
        assert (edge.child, edge.parent, edge.parent_share) == ("post", "herald", 1.0)
        assert [run.same for run in edge.runs] == [19]


def test_two_reports_are_laid_side_by_side_once_and_a_latent_parent_never() -> None:
    latent = replace(derive("post", "herald"), parent=None, latent=SourceId("s-wire"))
    (edge,) = lay_derivations(
        ReportId("post"), [derive("herald", "post", 0.3), latent, derive("post", "herald")], REPORTS
    )
    assert (edge.child, edge.probability) == ("post", 0.9)
    assert lay_derivations(ReportId("radio"), [derive("post", "herald")], REPORTS) == ()


RETOLD = make_one("wire", "Late on Monday. Smoke over the ISLAND? Not one on the quay, with its two boats, saw any.")


def retell(child: str, parent: str, probability: float = 0.9) -> Derivation:
    one = derive(child, parent, probability)
    ends = (Span(report=one.child.report, start=16, end=37), Span(report=ReportId(parent), start=0, end=len(STORY)))
    return replace(one, child=ends[0], parent=ends[1])


def test_of_a_retold_passage_the_words_that_both_have_are_pieces_and_common_ones_are_not() -> None:
    (edge,) = lay_derivations(ReportId("wire"), [retell("wire", "herald")], (*REPORTS, RETOLD))
    (run,) = edge.runs
    assert (run.first, run.second, edge.child_share) == ((16, 37), (0, len(STORY)), 0.0)
    pairs = [(RETOLD.text[a:b], STORY[c:d]) for (a, b), (c, d) in run.pieces]
    assert pairs == [("Smoke", "smoke"), ("ISLAND", "island")]
    assert run.same == 2


def test_a_word_said_once_is_matched_once() -> None:
    twice = make_one("wire", "Smoke, smoke and again smoke.")
    one = replace(retell("wire", "herald"), child=Span(report=twice.id, start=0, end=len(twice.text)))
    (edge,) = lay_derivations(twice.id, [one], (*REPORTS, twice))
    assert [run.same for run in edge.runs] == [1]


def test_those_that_share_most_come_first_and_the_rest_is_counted() -> None:
    derivations = [retell("wire", "herald", 0.99), derive("post", "herald", 0.3), derive("radio", "herald", 0.5)]
    reports = (*REPORTS, RETOLD)
    for order in (derivations, derivations[::-1]):
        laid, many = lay_largest(order, reports[::-1], 2)
        assert ([edge.child for edge in laid], many) == (["post", "wire"], 3)
    assert lay_largest([], REPORTS, 2) == ((), 0)


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
