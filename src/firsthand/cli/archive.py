"""What can be asked of an archive at the command line?

Progress goes to standard error: one line that is rewritten in a terminal, elsewhere a line every few seconds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter
from cyclopts.validators import Number

from firsthand.cli.showing import check_output, complain, print_drawing, print_json, say
from firsthand.errors import InputError

if TYPE_CHECKING:
    from rich.text import Text

    from firsthand.archive import Progress
    from firsthand.fetching import Client
    from firsthand.store import Kept

Json = Annotated[bool, Parameter(help="Print JSON instead of text.")]
Count = Annotated[int, Parameter(validator=Number(gte=0))]
Workers = Annotated[int | None, Parameter(validator=Number(gte=1, lte=256))]
EVERY, REDRAW = 5.0, 0.2
TITLE, PUBLISHER = 50, 24

archive = App(
    name="archive",
    help="Keep reports by the million: build an archive, list it, show a report, search them, trace how texts spread.",
    default_parameter=Parameter(negative=(), show_default=False),
)


@archive.command
def build(folder: Path, /, *paths: str, workers: Workers = None) -> int:
    """Read files, folders, feeds, web archives and addresses into an archive. Stopped, it goes on when run again.

    Exit code 1 if an address could not be fetched.

    Example: firsthand archive build ferries saved-pages/ crawl.warc.gz

    Parameters
    ----------
    workers
        How many processes read; one for each core by default. The result is the same.
    """
    from firsthand.archive import build_archive
    from firsthand.archive.progress import describe_seconds

    if not paths:
        raise InputError("no file or folder is given; name one or more after the folder of the archive")
    shown = _Display()
    try:
        client = _make_client() if any("://" in path for path in paths) else None
        built = build_archive(folder, paths, workers=workers, tell=shown.tell, client=client)
    finally:
        shown.close()
    words = [f"{_count(built.added, 'report')} added in {describe_seconds(built.seconds)}"]
    words += [f"{built.reports:,} in the archive"]
    words += [f"in it already: {_count(built.known, 'file')}"] if built.known else []
    words += [f"no report: {_count(built.skipped, 'record')}"] if built.skipped else []
    words += [f"not read: {_count(built.problems, 'item')}, see archive list {folder} --lost"] if built.problems else []
    for why in built.unfetched:
        complain(why)
    say("; ".join(words))
    return 1 if built.unfetched else 0


@archive.command(name="list")
def list_(  # noqa: PLR0913  # each is a flag of the command line
    folder: Path,
    /,
    *,
    publisher: str = "",
    language: str = "",
    since: date | None = None,
    until: date | None = None,
    limit: Count = 50,
    start: Count = 0,
    lost: bool = False,
    json: Json = False,
) -> None:
    """List the reports of an archive in the order they were read, or what could not be read.

    Example: firsthand archive list ferries --language fr --since 2011-03-20

    Parameters
    ----------
    publisher
        Only publishers whose name has this in it.
    language
        Only reports in this language (fr).
    since
        Only what may have been published on this day or after (2011-03-20).
    until
        Only what may have been published on this day or before.
    limit
        How many to show.
    start
        How many to pass over first.
    lost
        Instead, list what could not be read, and the files the archive was built from.
    """
    from firsthand.archive import list_archive, make_filter

    listed = list_archive(folder, make_filter(publisher, language, since, until), limit=limit, start=start)
    if json:
        print_json(
            {
                "schema": "firsthand.archive/1",
                "total": listed.total,
                "reports": [_describe_line(kept) for kept in listed.reports],
                "files": [_describe_record(line) for line in listed.inputs],
                "problems": [_describe_record(problem) for problem in listed.lost],
                "notes": listed.noted,
            }
        )
        return
    if lost:
        for line in listed.inputs:
            state = "" if line.done else ", not finished"
            counted = f"{_count(line.reports, 'report')}, {_count(line.skipped, 'other record')}{state}"
            say(f"{line.path}: {counted}, sha256 {line.digest}")
        for problem in listed.lost:
            say(f"{problem.where}: {problem.what}" + (f"; {problem.remedy}" if problem.remedy else ""))
        return
    for kept in listed.reports:
        print_drawing(_draw_line(kept))
    more = f", {len(listed.reports):,} shown" if len(listed.reports) < listed.total else ""
    say(f"{_count(listed.total, 'report')}{more}; not read: {_count(len(listed.lost), 'item')}")


@archive.command
def show(folder: Path, name: str, /, *, json: Json = False) -> None:
    """Show one report of an archive: its text, what stands around it, its problems, and where it came from.

    Example: firsthand archive show ferries r-1f0c

    Parameters
    ----------
    name
        The id of a report, or how it begins.
    """
    from firsthand.archive import show_report

    shown = show_report(folder, name)
    if json:
        from firsthand.exports.trace_json import describe_report

        kept, source = shown.kept, shown.source
        custody = {"file": source.path, "file_sha256": source.digest, "record": kept.turn, "sha256": kept.digest}
        again = [{"url": one.address, "retrieved": one.retrieved, "where": one.path} for one in shown.again]
        told = describe_report(kept.report)
        print_json({"schema": "firsthand.archive/1", **told, "custody": custody, "revisits": again})
        return
    from firsthand.views.terminal_report import draw_report

    print_drawing(draw_report(shown.kept.report))
    if shown.kept.turn:
        say(f"Record {shown.kept.turn:,}: sha256 {shown.kept.digest}")
    say(f"File {shown.source.path}: sha256 {shown.source.digest}")
    for one in shown.again:
        say(f"The same again on {one.retrieved} at {one.address} ({one.path})")


@archive.command
def search(  # noqa: PLR0913  # each is a flag of the command line
    folder: Path,
    /,
    *words: str,
    publisher: str = "",
    language: str = "",
    since: date | None = None,
    until: date | None = None,
    limit: Count = 20,
    json: Json = False,
) -> None:
    """Find the reports that have all these words in title or body, best first; accents and case do not matter.

    Example: firsthand archive search ferries tenere '"armed group"' missil*

    Parameters
    ----------
    publisher
        Only publishers whose name has this in it.
    language
        Only reports in this language (fr).
    since
        Only what may have been published on this day or after (2011-03-20).
    until
        Only what may have been published on this day or before.
    limit
        How many to show.
    """
    from firsthand.archive import make_filter, search_archive

    wanted = make_filter(publisher, language, since, until)
    found = search_archive(folder, " ".join(words), wanted, limit=limit)
    if found.missing:
        complain(f"{_count(found.missing, 'report')} not indexed yet; run archive build again to finish it")
    if json:
        pairs = zip(found.reports, found.hits, strict=True)
        reports = [
            {**_describe_line(kept), "snippet": [{"text": text, "match": match} for text, match in hit.pieces]}
            for kept, hit in pairs
        ]
        print_json({"schema": "firsthand.archive/1", "total": found.total, "reports": reports})
        return
    for kept, hit in zip(found.reports, found.hits, strict=True):
        print_drawing(_draw_line(kept))
        print_drawing(_draw_pieces(hit.pieces))
    more = f", the best {len(found.reports):,} shown" if len(found.reports) < found.total else ""
    say(f"{_count(found.total, 'report')}{more}")


@archive.command
def trace(  # noqa: PLR0913  # each is a flag of the command line
    folder: Path,
    /,
    *,
    about: str = "",
    since: date | None = None,
    limit: Count = 20,
    spark: str = "",
    json: Json = False,
    output: Annotated[Path | None, Parameter(name=["-o", "--output"])] = None,
) -> None:
    """Find the texts that spread through an archive: who printed them first, who after, and what they share.

    What is found is kept, so that the next trace only looks at what is new; stopped, it goes on when run again.

    Example: firsthand archive trace ferries --about "armed group" -o ferries.html

    Parameters
    ----------
    about
        Only families with a report that has these words in title or body; most such reports first.
    since
        Only families with a report that may have been published on this day or after (2011-03-20).
    limit
        How many families to show, largest first.
    spark
        Compare on this Spark (spark://10.0.0.5:7077, or local[2] for this machine); the result is the same.
    output
        Write a page with timelines, trees and the shared passages side by side to this file.
    """
    from firsthand.archive import trace_archive
    from firsthand.archive.progress import describe_tracing

    check_output(folder, output)
    shown = _Display()
    try:
        spread = trace_archive(
            folder,
            about=about,
            since=since,
            limit=limit,
            spark=spark,
            tell=lambda progress: shown.show(describe_tracing(progress)),
        )
    finally:
        shown.close()
    if output is not None:
        from importlib.metadata import version

        from firsthand.views.spread_page import fill_spread_page

        output.write_text(
            fill_spread_page(spread, name=folder.name, about=about, version=version("firsthand")), "utf-8"
        )
    if json:
        from firsthand.exports.spread_json import describe_spread

        print_json(describe_spread(spread))
        return
    from firsthand.views.terminal_spread import draw_spread

    print_drawing(draw_spread(spread))
    if output is not None:
        say(f"Written: {output}")


class _Display:
    """Progress on standard error, not more often than it can be read."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._last = time.monotonic()

    def tell(self, progress: Progress) -> None:
        """Show how far a build is, if it is time."""
        from firsthand.archive.progress import describe_progress

        self.show(describe_progress(progress))

    def show(self, line: str) -> None:
        """Show a line, if it is time."""
        now = time.monotonic()
        if now - self._last < (REDRAW if self._terminal else EVERY):
            return
        self._last = now
        print(f"\r{line}\x1b[K" if self._terminal else line, end="" if self._terminal else "\n", file=sys.stderr)
        sys.stderr.flush()

    def close(self) -> None:
        """Leave the line clean."""
        if self._terminal:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _draw_line(kept: Kept) -> Text:
    from rich.text import Text

    from firsthand.views.plain import shorten_text, show_period, show_text

    report = kept.report
    line = Text()
    line.append(f"{show_text(report.id)}  ", style="bold")
    line.append(f"{show_period(report.published):>11}  {show_text(report.language) or '?':2}  ")
    line.append(f"{shorten_text(report.publisher, PUBLISHER):{PUBLISHER}}  ", style="cyan")
    line.append(shorten_text(report.title or report.path, TITLE))
    return line


def _draw_pieces(pieces: tuple[tuple[str, bool], ...]) -> Text:
    from rich.text import Text

    line = Text("    ")
    for text, match in pieces:
        shown = "".join(letter if letter.isprintable() else " " for letter in text)
        line.append(shown, style="bold magenta" if match else "")
    return line


def _describe_line(kept: Kept) -> Mapping[str, object]:
    from firsthand.exports.trace_json import describe_report

    told = describe_report(kept.report)
    names = ("id", "path", "title", "publisher", "url", "published", "retrieved", "language")
    return {name: told[name] for name in names}


def _describe_record(one: object) -> Mapping[str, object]:
    from dataclasses import asdict

    return asdict(one)  # type: ignore[call-overload,no-any-return]  # every record is a dataclass


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'s' * (number != 1)}"


def _make_client() -> Client:
    import os

    from firsthand.fetching import Client

    return Client(contact=os.environ.get("FIRSTHAND_CONTACT", ""))
