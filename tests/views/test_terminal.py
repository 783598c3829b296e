"""Does the terminal show what was found, and obey nothing that a report says?"""

import re
from dataclasses import replace
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from firsthand.case import load_case
from firsthand.commands import explain_id, trace_paths, try_moves
from firsthand.model import Finding, Period, Problem, Severity
from firsthand.pipeline import assess_case, trace_case
from firsthand.views.markdown import draw_markdown, show_markdown
from firsthand.views.plain import shorten_text, show_period, show_text
from firsthand.views.terminal import draw_assessment, draw_explanation, draw_findings, draw_what_if
from firsthand.views.terminal_trace import draw_trace, summarise_trace
from firsthand.views.write import write_assessment

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "libya-2011"
HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnp.exe [red]bold[/red] <b>tag</b> =1+1 | `x` {{7*7}}"


@pytest.fixture(scope="module")
def assessment():
    return assess_case(load_case(EXAMPLE), samples=50)


def show(drawing, width=110) -> str:
    console = Console(file=StringIO(), width=width, color_system=None, markup=False, highlight=False, emoji=False)
    with console.capture() as captured:
        console.print(drawing)
    return captured.get()


def test_a_control_character_is_spelled_out_and_never_sent():
    shown = show_text(HOSTILE)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e]", shown)
    assert "\\x1b" in shown
    assert "<b>tag</b>" in shown


def test_a_long_text_is_cut_at_a_word():
    assert shorten_text("one two three four", 12) == "one two…"
    assert shorten_text("one two", 12) == "one two"


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2011-04-04", "2011-04-05", "4 Apr 2011"),
        ("2011-03-20", "2011-03-27", "20–26 Mar 2011"),
        ("2010-07-01", "2010-08-01", "1–31 Jul 2010"),
        ("2011-03-30", "2011-04-03", "30 Mar – 2 Apr 2011"),
        ("2010-12-31", "2011-01-02", "31 Dec 2010 – 1 Jan 2011"),
    ],
)
def test_a_period_is_shown_with_its_precision(start, end, shown):
    assert show_period(Period(start=datetime.fromisoformat(start), end=datetime.fromisoformat(end))) == shown


def test_no_date_stays_no_date():
    assert show_period(None) == "undated"


def test_the_summary_line_counts_voices_and_not_reports():
    trace = trace_case(load_case(EXAMPLE))
    assert re.fullmatch(r"\d+ reports, \d+ publishers, 2 origins \(1–2\), 0 disinterested", summarise_trace(trace))


def test_nobody_is_called_disinterested_in_a_pile_that_nobody_judged():
    assert summarise_trace(trace_paths([str(EXAMPLE / "reports")])).endswith("(interests not judged yet)")


def test_the_tree_names_each_origin_and_what_echoes_it():
    shown = show(draw_trace(trace_case(load_case(EXAMPLE)), 1))
    assert shown.index("Idriss Déby") < shown.index("Jeune Afrique")
    assert "Reuters" in shown
    assert "Where they differ" in shown


def test_hostile_reports_are_shown_as_text(tmp_path):
    for number in range(2):
        text = f"Title: {HOSTILE}\nPublisher: P{number} {HOSTILE}\n\nThe dam {HOSTILE} leaks, Orla Finch said.\n"
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    shown = show(draw_trace(trace_paths([str(tmp_path)]), 9))
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_the_brief_says_the_verdict_with_word_number_and_interval(assessment):
    shown = show(draw_assessment(assessment, brief=True))
    assert re.search(r"Unlikely, 21\u00a0% \(\d+–\d+\u00a0%\)", shown)
    assert "an echo adds nothing" in shown or "echoes add nothing" in shown
    assert "What should be there" not in shown


def test_the_whole_answers_every_question(assessment):
    shown = show(draw_assessment(assessment))
    for heading in (
        "What each source is worth",
        "What should be there, and is not",
        "Is the statement theirs?",
        "And if it is true?",
        "What would change our mind",
        "The fewest moves that change the word",
        "What is not known",
        "Standard of evidence",
    ):
        assert heading in shown


def test_problems_are_counted_and_listed(assessment):
    problem = Problem(where="reports/x.txt", what="is not text \x1b[2J")
    shown = show(draw_assessment(replace(assessment, problems=(problem,)), brief=True))
    assert "1 problem" in shown
    assert "\x1b" not in shown


def test_an_explanation_shows_the_words_in_their_place():
    explanation, reports = explain_id(EXAMPLE, "deby-missiles")
    shown = show(draw_explanation(explanation, reports))
    assert explanation.quotes
    assert "characters" in shown
    assert "Without it" in shown


def test_a_what_if_shows_before_and_after_and_each_move_alone():
    outcome = try_moves(EXAMPLE, ["model.shameless=0.5", "without=statement"])
    shown = show(draw_what_if(outcome))
    assert "as assessed" in shown
    assert shown.count("alone") == 2


def test_findings_are_counted():
    finding = Finding(severity=Severity.WEAK, where="claims.toml", what="says it twice", remedy="drop one")
    assert "1 finding" in show(draw_findings([finding]))
    assert "Nothing found wanting" in show(draw_findings([]))


def test_markdown_from_a_report_stays_text(assessment):
    assert show_markdown("# [x](javascript:y) <b> `z` | *q*") == (r"\# \[x\]\(javascript\:y\) \<b\> \`z\` \| \*q\*")
    written = draw_markdown(assessment)
    assert written.startswith("# Did the group")
    assert "## Quoted sentences" in written


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_the_same_assessment_is_written_in_the_same_bytes(assessment, form):
    assert write_assessment(assessment, form) == write_assessment(assessment, form)
