"""How does a case leave for others, and what can be asked of its custody, at the command line?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from firsthand.cli.showing import check_output, complain, print_drawing, print_json, save, say

if TYPE_CHECKING:
    from firsthand.model import Finding

Output = Annotated[Path | None, Parameter(name=["--output", "-o"], help="Write to this file.")]


def export(case: Path, /, *, to: Literal["bundle", "ach-csv", "ach-db"], output: Output = None) -> int:
    """Write a case as a zip that others can verify without firsthand, or its matrix of competing hypotheses.

    Exit code 1 if a bundle was written but the custody of the case does not hold; VERIFY.txt in it then says so.

    Example: firsthand export minister --to bundle -o minister.zip

    Parameters
    ----------
    to
        bundle: the case, its custody and its assessment, with sums and a procedure to verify them.
        ach-csv: the matrix with marks CC, C, N, I, II and Heuer's inconsistency score; firsthand new reads it back.
        ach-db: the same matrix in decibans. Both go to standard output unless -o names a file.
    """
    if to != "bundle":
        return _export_matrix(case, to, output)
    from firsthand.commands import export_bundle

    output = output or case / "build" / f"{to}.zip"
    check_output(case, output)
    bundle = export_bundle(case, output)
    say(f"Written: {output}")
    say(f"sha256: {bundle.sha256}")
    say(f"head: {bundle.head or 'none'}")
    if _is_wanting(bundle.findings):
        complain(f"custody does not hold, and the bundle says so; see: firsthand check {case} --custody")
        return 1
    return 0


def _export_matrix(case: Path, to: str, output: Path | None) -> int:
    from firsthand.commands import export_matrix

    check_output(case, output)
    words = export_matrix(case, to)
    if output is None:
        print(words, end="")
        return 0
    save(output, words)
    say(f"Written: {output}")
    return 0


def show_custody(case: Path, head: str, json: bool) -> int:
    """Print whether custody holds, and the head of its log; return the exit code."""
    from firsthand.custody import check_custody, summarize_custody
    from firsthand.exports import describe_custody
    from firsthand.views.plain import count_things
    from firsthand.views.terminal import draw_findings

    findings, held = check_custody(case, head), summarize_custody(case)
    wanting = _is_wanting(findings)
    if json:
        print_json(describe_custody(findings, (held.entries, held.files, held.head)))
        return int(wanting)
    if findings:
        print_drawing(draw_findings(findings))
    if not wanting:
        entries, files = count_things(held.entries, "entry", "entries"), count_things(held.files, "file")
        say(f"custody holds: {entries}, {files}")
    say(f"head: {held.head or 'none'}")
    return int(wanting)


def _is_wanting(findings: Iterable[Finding]) -> bool:
    from firsthand.model import Severity

    return any(found.severity != Severity.NOTE for found in findings)
