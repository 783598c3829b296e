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
from cyclopts.validators import Number

from firsthand.cli.archive import archive
from firsthand.cli.asking import ask
from firsthand.cli.custody import export, show_custody
from firsthand.cli.serving import serve
from firsthand.cli.showing import STANDARD_INPUT, check_output, complain, print_drawing, print_json, save, say, waiting
from firsthand.errors import FirsthandError, InputError

if TYPE_CHECKING:
    from firsthand.attribution import Attributor
    from firsthand.model import Assessment

Json = Annotated[bool, Parameter(help="Print JSON in the fixed form instead of text.")]
Count = Annotated[int, Parameter(validator=Number(gte=0))]
Draws = Annotated[int | None, Parameter(validator=Number(gte=0, lte=1_000_000))]
Output = Annotated[Path | None, Parameter(name=["--output", "-o"], help="Write to this file; its ending says how.")]

ENDPOINT = "endpoint"

app = App(
    name="firsthand",
    help="Who knows this first hand? Works out what a pile of reports is worth.",
    default_parameter=Parameter(negative=(), show_default=False),
    version_flags=["--version"],
)
app.command(archive)
app.command(ask)
app.command(export)
app.command(serve)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    app.version = _read_version
    tokens = [STANDARD_INPUT if token == "-" else token for token in (arguments or sys.argv[1:])]
    try:
        code = app(tokens, exit_on_error=False, print_error=False, result_action="return_value")
    except (CycloptsError, FirsthandError) as mistake:
        complain(str(mistake))
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        complain("stopped; nothing was lost")
        sys.exit(130)
    sys.exit(code if isinstance(code, int) else 0)


@app.command
def trace(
    *paths: str,
    json: Json = False,
    claims: Count = 3,
    attributor: Annotated[tuple[str, ...], Parameter(consume_multiple=False)] = (),
) -> None:
    """Tell who said what, and how many origins stand behind it. No case is needed.

    Example: firsthand trace saved-pages/

    Parameters
    ----------
    paths
        Files, folders or - for standard input.
    claims
        How many claims to show, the main claim first, then the most attributed.
    attributor
        Also hear this installed attributor, or "endpoint": the model FIRSTHAND_MODEL behind FIRSTHAND_ENDPOINT, with
        FIRSTHAND_KEY. The reports' text goes there. May be given again.
    """
    from firsthand.commands import trace_paths
    from firsthand.exports import describe_trace

    heard = _choose_attributors(attributor)
    with waiting("Reading, and following who had it from whom"):
        traced = trace_paths(_restore(paths), heard)
    if json:
        print_json(describe_trace(traced))
        return
    from firsthand.views.terminal_trace import draw_trace

    print_drawing(draw_trace(traced, claims))


def _choose_attributors(names: Sequence[str]) -> tuple[Attributor, ...]:
    """Return the attributors of these names; the one called "endpoint" is reached as the environment says."""
    from firsthand.attribution import choose_attributors

    if ENDPOINT not in names:
        return choose_attributors(names)
    url, model = os.environ.get("FIRSTHAND_ENDPOINT", ""), os.environ.get("FIRSTHAND_MODEL", "")
    if not url or not model:
        wanted = "FIRSTHAND_ENDPOINT, such as http://127.0.0.1:8080/v1, and FIRSTHAND_MODEL"
        raise InputError(f"--attributor {ENDPOINT} needs {wanted}")
    from firsthand.attribution import Attributor
    from firsthand.attribution.peers import make_endpoint
    from firsthand.fetching.models import make_asker

    asked = make_endpoint(make_asker(url, key=os.environ.get("FIRSTHAND_KEY", "")), model)
    others = choose_attributors([name for name in names if name != ENDPOINT])
    return (*others, Attributor(name=ENDPOINT, attribute=asked))


@app.command
def new(case: Path, /, *, question: str, ach: Path | None = None) -> None:
    """Start a case: a folder of commented text files to fill in.

    Example: firsthand new minister --question "Did the minister resign?"

    Parameters
    ----------
    ach
        Begin from this matrix of competing hypotheses: a CSV file with the marks CC, C, N, I and II.
    """
    from firsthand.case import new_case, new_case_from_matrix

    for path in new_case(case, question) if ach is None else new_case_from_matrix(case, question, ach):
        say(str(path))


@app.command
def add(
    case: Path,
    /,
    *paths: str,
    items: bool = False,
    ignore_robots: str = "",
    port: Annotated[tuple[int, ...], Parameter(consume_multiple=False)] = (),
) -> int:
    """Copy reports into a case, from files, folders and addresses on the web. Nothing there is ever overwritten.

    Exit code 1 if some addresses gave no report, 2 if none did. Sites are told FIRSTHAND_CONTACT, to complain to.

    Example: firsthand add minister saved-pages/*.html

    Parameters
    ----------
    items
        Also fetch the pages that a feed's items lead to.
    ignore_robots
        Fetch what robots.txt asks robots to keep off, for this reason, which is kept in custody.
    port
        Also ask this port, besides 80 and 443; may be given again.
    """
    from firsthand.adding import NotAdded, add_paths
    from firsthand.fetching import Client

    client = Client(contact=os.environ.get("FIRSTHAND_CONTACT", ""), ports=port, ignore_robots=ignore_robots)
    added = failed = 0
    for outcome in add_paths(case, _restore(paths), client, items=items):
        if isinstance(outcome, NotAdded):
            failed += 1
            complain(outcome.why)
        else:
            added += 1
            say(str(outcome))
    return 0 if not failed else 1 if added else 2


@app.command
def draft(case: Path, /) -> None:
    """Suggest sources, claims and likely silences from the reports, marked as suggestions to be judged.

    Ends with the five questions that matter most. What the analyst wrote is never touched.
    """
    from firsthand.commands import draft_folder

    with waiting("Reading, and looking for what to suggest"):
        questions = draft_folder(case)
    for number, question in enumerate(questions, start=1):
        say(f"{number}. {question}")


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
    samples: Draws = None,
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

    form = _choose_format(format, output, json)
    check_output(case, output)
    with waiting("Reading and weighing"):
        assessment = assess_folder(case, as_of=as_of, samples=samples)
    if output is not None:
        save(output, _write(assessment, form) + "\n")
    if output is None and form != "text":
        print(_write(assessment, form))
    elif output is None or brief:
        from firsthand.views.terminal import draw_assessment

        print_drawing(draw_assessment(assessment, brief))
    if output is not None:
        say(f"Written: {output}")


@app.command
def explain(
    case: Path,
    name: str,
    /,
    *,
    output: Annotated[Path | None, Parameter(name=["--output", "-o"])] = None,
    json: Json = False,
) -> None:
    """Take any number back to the quoted sentences it rests on.

    Example: firsthand explain examples/libya-2011 sam

    Parameters
    ----------
    name
        The id of a hypothesis, piece of evidence, source, claim, scenario, report or knob.
    output
        Write a page (HTML) to this file too; of a report, with its text beside that of others.
    """
    from firsthand.commands import explain_id
    from firsthand.views.terminal import draw_explanation

    check_output(case, output)
    with waiting("Reading and weighing"):
        explanation, reports = explain_id(case, name)
    if output is not None:
        from firsthand.views.explanation_page import fill_explanation_page

        save(output, fill_explanation_page(explanation, reports, _read_version()) + "\n")
        say(f"Written: {output}")
    if json:
        from firsthand.exports import describe_explanation

        print_json(describe_explanation(explanation))
        return
    print_drawing(draw_explanation(explanation, reports))


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

    with waiting("Reading and weighing"):
        outcome = try_moves(case, moves)
    if json:
        print_json(describe_what_if(outcome))
        return
    print_drawing(draw_what_if(outcome))


@app.command
def retract(case: Path, name: str, /, *, why: str, who: str = "", undo: bool = False) -> None:
    """Withdraw a source or a report from a case, on the record; --undo restores it.

    Example: firsthand retract minister source.blogger --why "admitted making it up"
    """
    from firsthand.commands import retract_name

    say(retract_name(case, name, why=why, who=who or _find_user(), undo=undo))


@app.command
def check(case: Path, /, *, json: Json = False, custody: bool = False, head: str = "") -> int:
    """Look for what would not stand up: double counting, a "confirmed" with one origin, numbers nobody judged.

    The case is weighed too: hypotheses nobody could tell apart, evidence that says the same under all of them,
    a number that decides the verdict alone, an interval wider than any word.

    Exit code 1 if something was found that is more than a note.

    Parameters
    ----------
    custody
        Instead, see whether every report and log entry stands as it came in.
    head
        With --custody: a head of the log noted earlier, which must still stand in it.
    """
    from firsthand.commands import check_folder
    from firsthand.exports import describe_findings
    from firsthand.model import Severity
    from firsthand.views.terminal import draw_findings

    if custody or head:
        return show_custody(case, head, json)
    with waiting("Reading and weighing"):
        findings = check_folder(case)
    if json:
        print_json(describe_findings(findings))
    else:
        print_drawing(draw_findings(findings))
    return 1 if any(found.severity != Severity.NOTE for found in findings) else 0


def _write(assessment: Assessment, form: str) -> str:
    if form == "json":
        from firsthand.exports import describe_assessment, show_json

        return show_json(describe_assessment(assessment))
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


def _choose_format(form: str | None, output: Path | None, json: bool) -> str:
    if json and form not in (None, "json"):
        raise InputError(f"--json and --format {form} ask for two forms; keep one of them")
    return "json" if json else form or _find_format(output)


def _find_user() -> str:
    return os.environ.get("FIRSTHAND_USER") or os.environ.get("USER") or "unnamed"


def _read_version() -> str:
    from importlib.metadata import version

    return version("firsthand")
