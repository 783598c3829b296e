"""How does a case get its suggestions while the pages go on being read?

In a process of its own: it takes memory and a while, gives both back, and can be stopped before anything is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from firsthand.case import draft_case
from firsthand.pipeline import trace_reports
from firsthand.reading import read_reports
from firsthand.views.plain import count_things
from firsthand.workbench.apart import Send
from firsthand.workbench.jobs import Job, run_apart


def draft_suggestions(job: Job, folder: Path) -> None:
    """Write suggestions into a case, telling the steps, and last the questions that matter most."""
    job.total = 3
    questions: Sequence[str] = run_apart(job, suggest_apart, str(folder))
    for number, question in enumerate(questions, start=1):
        job.lines.append(f"To judge first, {number}: {question}")


def suggest_apart(send: Send, folder: str) -> None:
    """Read, trace and suggest, and send each step and in the end the questions."""
    send(("step", "Reading the reports"))
    reports, problems = read_reports([str(Path(folder) / "reports")])
    told = count_things(len(problems), "problem") if problems else "nothing unreadable"
    send(("line", f"{count_things(len(reports), 'report')} read, {told}."))
    send(("step", "Finding who said what, and who had it from whom"))
    traced = trace_reports(reports, problems)
    found = count_things(len(traced.attributions), "attribution"), count_things(len(traced.origins), "origin")
    send(("line", f"{found[0]} found, {found[1]} behind them."))
    send(("step", "Writing suggestions into the files of the case"))
    send(("result", draft_case(folder, traced)))
