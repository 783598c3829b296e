"""What can be asked at the command line?

Data goes to standard output, progress and complaints to standard error.
Exit code 0: done; 1: found wanting (a check failed); 2: a mistake in the call or the input.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, CycloptsError, Parameter

from firsthand.errors import FirsthandError, InputError

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from firsthand.model import Assessment

STANDARD_INPUT = "standard-input:"
Json = Annotated[bool, Parameter(help="Print JSON in the fixed form instead of text.")]
Output = Annotated[Path | None, Parameter(name=["--output", "-o"], help="Write to this file; its ending says how.")]

app = App(
    name="firsthand",
    help="Who knows this first hand? Works out what a pile of reports is worth.",
    default_parameter=Parameter(negative=(), show_default=False),
    version_flags=["--version"],
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    app.version = _read_version
    tokens = [STANDARD_INPUT if token == "-" else token for token in (arguments or sys.argv[1:])]
    try:
        code = app(tokens, exit_on_error=False, print_error=False, result_action="return_value")
    except (CycloptsError, FirsthandError) as mistake:
        _complain(str(mistake))
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        _complain("stopped; nothing was lost")
        sys.exit(130)
    sys.exit(code if isinstance(code, int) else 0)


@app.command
def trace(*paths: str, json: Json = False, claims: int = 3) -> None:
    """Tell who said what, and how many origins stand behind it. No case is needed.

    Example: firsthand trace saved-pages/

    Parameters
    ----------
    paths
        Files, folders or - for standard input.
    claims
        How many claims to show, the most attributed first.
    """
    from firsthand.commands import trace_paths
    from firsthand.exports import describe_trace

    traced = trace_paths(_restore(paths))
    if json:
        _print_json(describe_trace(traced))
        return
    from firsthand.views.terminal_trace import draw_trace

    _print(draw_trace(traced, claims))


@app.command
def new(case: Path, /, *, question: str) -> None:
    """Start a case: a folder of commented text files to fill in.

    Example: firsthand new minister --question "Did the minister resign?"
    """
    from firsthand.case import new_case

    for path in new_case(case, question):
        print(path)


@app.command
def add(case: Path, /, *paths: str) -> None:
    """Copy reports into a case. Nothing there is ever overwritten.

    Example: firsthand add minister saved-pages/*.html
    """
    from firsthand.case import add_reports

    for line in add_reports(case, _restore(paths)):
        print(line)


@app.command
def draft(case: Path, /) -> None:
    """Suggest sources, claims and likely silences from the reports, marked as suggestions to be judged.

    Ends with the five questions that matter most. What the analyst wrote is never touched.
    """
    from firsthand.commands import draft_folder

    for number, question in enumerate(draft_folder(case), start=1):
        print(f"{number}. {question}")


@app.command
def assess(  # noqa: PLR0913  # each is a flag of the command line
    case: Path,
    /,
    *,
    as_of: date | None = None,
    format: Literal["text", "html", "json", "md"] | None = None,
    output: Output = None,
    json: Json = False,
    brief: bool = False,
    samples: int | None = None,
) -> None:
    """Weigh a case: what is likely, how sure, on whose word, what is missing, what to look for next.

    Example: firsthand assess examples/libya-2011 -o page.html

    Parameters
    ----------
    as_of
        Leave out what was published after this day (2011-04-08).
    format
        text, html, json or md; by default what the output file's ending says, or text.
    brief
        Only the verdict, the voices, the weights and what would change them.
    samples
        How many draws the intervals rest on; 0 leaves them out, which is quicker.
    """
    from firsthand.commands import assess_folder

    form = "json" if json else format or _find_format(output)
    _check_output(case, output)
    assessment = assess_folder(case, as_of=as_of, samples=samples)
    if output is not None:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(_write(assessment, form) + "\n", encoding="utf-8")
    if output is None and form != "text":
        print(_write(assessment, form))
    elif output is None or brief:
        from firsthand.views.terminal import draw_assessment

        _print(draw_assessment(assessment, brief))
    if output is not None:
        print(f"Written: {output}")


@app.command
def explain(case: Path, name: str, /, *, json: Json = False) -> None:
    """Take any number back to the quoted sentences it rests on.

    Example: firsthand explain examples/libya-2011 sam

    Parameters
    ----------
    name
        The id of a hypothesis, piece of evidence, source, claim, scenario, report or knob.
    """
    from firsthand.commands import explain_id
    from firsthand.views.terminal import draw_explanation

    explanation, reports = explain_id(case, name)
    if json:
        from firsthand.exports import describe_explanation

        _print_json(describe_explanation(explanation))
        return
    _print(draw_explanation(explanation, reports))


@app.command(name="what-if")
def what_if(case: Path, /, *moves: str, json: Json = False) -> None:
    """Turn one or more judgements and see the verdict move. Nothing is saved.

    Example: firsthand what-if examples/libya-2011 model.shameless=0.5 without=deby-missiles

    Parameters
    ----------
    moves
        KNOB=NUMBER turns a knob; without=EVIDENCE leaves a piece of evidence out.
    """
    from firsthand.commands import try_moves
    from firsthand.exports import describe_what_if
    from firsthand.views.terminal import draw_what_if

    outcome = try_moves(case, moves)
    if json:
        _print_json(describe_what_if(outcome))
        return
    _print(draw_what_if(outcome))


@app.command
def retract(case: Path, name: str, /, *, why: str, who: str = "", undo: bool = False) -> None:
    """Withdraw a source or a report from a case, on the record; --undo restores it.

    Example: firsthand retract minister source.blogger --why "admitted making it up"
    """
    from firsthand.commands import retract_name

    print(retract_name(case, name, why=why, who=who or _find_user(), undo=undo))


@app.command
def check(case: Path, /, *, json: Json = False) -> int:
    """Look for what would not stand up: double counting, a "confirmed" with one origin, numbers nobody judged.

    Exit code 1 if something was found that is more than a note.
    """
    from firsthand.case import check_case, load_case
    from firsthand.exports import describe_findings
    from firsthand.model import Severity
    from firsthand.views.terminal import draw_findings

    findings = check_case(load_case(case))
    if json:
        _print_json(describe_findings(findings))
    else:
        _print(draw_findings(findings))
    return 1 if any(found.severity != Severity.NOTE for found in findings) else 0


def _write(assessment: Assessment, form: str) -> str:
    if form == "json":
        from firsthand.exports import describe_assessment

        return _show_json(describe_assessment(assessment))
    from firsthand.views.write import write_assessment

    return write_assessment(assessment, form, version=_read_version())


def _restore(paths: Sequence[str]) -> list[str]:
    if not paths:
        raise InputError("no file or folder is given; name one or more, or - for standard input")
    return ["-" if path == STANDARD_INPUT else path for path in paths]


def _find_format(output: Path | None) -> str:
    endings = {".html": "html", ".htm": "html", ".json": "json", ".md": "md", ".txt": "text", "": "text"}
    ending = output.suffix.lower() if output else ""
    if ending not in endings:
        known = ", ".join(sorted(filter(None, endings)))
        raise InputError(f"{output}: firsthand cannot write '{ending}' files; name one that ends in {known}")
    return endings[ending]


def _check_output(case: Path, output: Path | None) -> None:
    if output is None or not output.exists():
        return
    inside = output.resolve().is_relative_to(case.resolve())
    derived = output.resolve().is_relative_to((case / "build").resolve())
    if inside and not derived:
        raise InputError(f"{output} is a file of the case itself; write to {case / 'build'} or elsewhere")


def _find_user() -> str:
    return os.environ.get("FIRSTHAND_USER") or os.environ.get("USER") or "unnamed"


def _read_version() -> str:
    from importlib.metadata import version

    return version("firsthand")


def _print(drawing: RenderableType) -> None:
    _make_console().print(drawing)


def _make_console() -> Console:
    from rich.console import Console

    width = None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", "110"))
    return Console(width=width, markup=False, highlight=False, emoji=False)


def _print_json(data: object) -> None:
    print(_show_json(data))


def _show_json(data: object) -> str:
    from json import dumps

    return dumps(data, ensure_ascii=False, indent=1)


def _complain(sentence: str) -> None:
    from firsthand.views.plain import show_text

    print(f"firsthand: {show_text(sentence)}", file=sys.stderr)
