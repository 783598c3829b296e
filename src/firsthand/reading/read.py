"""How does a pile of files become reports?

Every file is read by the reader of its format; what cannot be read becomes a Problem, and the others are read on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath

from firsthand.errors import InputError
from firsthand.model import Problem, Report, ReportId
from firsthand.reading.anatomy import mark_anatomy
from firsthand.reading.boilerplate import set_boilerplate_apart
from firsthand.reading.decode import NotText, decode_text
from firsthand.reading.gather import (
    Found,
    Unreadable,
    drop_sidecars,
    find_files,
    find_sidecar,
    note_unreadable,
    open_stream,
    read_bytes,
)
from firsthand.reading.header import Sidecar, read_sidecar
from firsthand.reading.item import Content, Draft, Facts, draft_item
from firsthand.reading.kinds import find_ending
from firsthand.reading.open import FileOpener
from firsthand.reading.pile_dates import settle_dates
from firsthand.reading.plugins import find_plugin, find_plugins
from firsthand.reading.warc_pages import read_wacz_stream, read_warc_stream

STREAMED = {".warc": read_warc_stream, ".warc.gz": read_warc_stream, ".wacz": read_wacz_stream}


def read_reports(paths: Sequence[str]) -> tuple[tuple[Report, ...], tuple[Problem, ...]]:
    """Read files, folders and "-" (standard input) into reports, in the order given; folders in order of their paths.

    Returns the reports, each with its own problems, and the problems of files that gave no report or not all of them.
    Raises InputError where nothing can be read at all.
    """
    drafts: list[Draft] = []
    problems = list(_tell_faults())
    for one in drop_sidecars(find_files(paths)):
        try:
            read, noted = _read_file(one)
        except Unreadable as error:
            problems.append(note_unreadable(one.path, error))
        else:
            drafts += read
            problems += noted
    if not drafts:
        raise InputError(_explain_nothing(problems))
    return number_reports(set_boilerplate_apart(settle_dates(drafts))), tuple(problems)


def read_data(path: str, data: bytes) -> tuple[tuple[Report, ...], tuple[Problem, ...]]:
    """Read the bytes of one file called `path` into its reports, as many as it holds, and what in it gave none.

    Raises Unreadable where the bytes hold no report or are of a format that is not read.
    """
    content = FileOpener().open(path, data)
    return number_reports(settle_dates(draft_content(path, content, Facts()))), content.problems


def read_report(path: str, data: bytes) -> tuple[Report, ...]:
    """Read the bytes of one file called `path` into its reports: one, or as many as a feed has items.

    Raises Unreadable where the bytes are no text or of a format that is not read.
    """
    return read_data(path, data)[0]


def number_reports(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Give the second and later of reports with the same text an id of their own, "~2" and so on."""
    seen: Counter[ReportId] = Counter()
    numbered = []
    for report in reports:
        seen[report.id] += 1
        count = seen[report.id]
        numbered.append(report if count == 1 else replace(report, id=ReportId(f"{report.id}~{count}")))
    return tuple(numbered)


def draft_content(path: str, content: Content, beside: Facts) -> list[Draft]:
    """Make a draft of every item of a file called `path`; facts from `beside` it outweigh the item's own."""
    drafts = [draft_item(f"{path}{place}", mark_anatomy(item), beside) for place, item in content.items]
    return drafts + [Draft(path=report.path, report=report) for report in content.reports]


def _read_file(found: Found) -> tuple[list[Draft], tuple[Problem, ...]]:
    beside = _read_beside(found)
    noted = beside.problems
    streamed = STREAMED.get(find_ending(found.path))
    if streamed and found.path != "-" and not find_plugin(found.path):
        with open_stream(found) as stream:
            content = streamed(found.path, stream, FileOpener())
    else:
        kind = f"; charset={beside.charset}" if beside.charset else ""
        content = FileOpener().open(found.path, read_bytes(found), kind)
    drafts = draft_content(found.path, content, beside.facts)
    if noted:
        drafts = [replace(draft, item=replace(draft.item, problems=noted + draft.item.problems)) for draft in drafts]
    return drafts, content.problems


def read_found(found: Found) -> tuple[tuple[Report, ...], tuple[Problem, ...]]:
    """Read one file of a pile by itself, and the metadata beside it, into its reports; or into why there are none."""
    try:
        drafts, problems = _read_file(found)
    except Unreadable as error:
        return (), (note_unreadable(found.path, error),)
    return number_reports(settle_dates(drafts)), problems


def _tell_faults() -> Iterable[Problem]:
    """Yield a problem for every installed reader that cannot be used."""
    for plugin in find_plugins():
        if plugin.fault:
            what = f"is an installed reader that {plugin.fault}"
            yield Problem(where=plugin.name, what=what, remedy="mend it or remove its package")


def _read_beside(found: Found) -> Sidecar:
    sidecar = find_sidecar(found)
    if sidecar is None:
        return Sidecar()
    path = str(PurePath(found.path).with_suffix(".toml"))
    try:
        text, _ = decode_text(read_bytes(Found(path=path, place=sidecar, root=found.root)))
    except (Unreadable, NotText) as error:
        return Sidecar(problems=(note_unreadable(path, error),))
    return read_sidecar(path, text)


def _explain_nothing(problems: Sequence[Problem]) -> str:
    if not problems:
        return "no report among the files given; name a text, a page, a feed or a mail"
    first = problems[0]
    remedy = f"; {first.remedy}" if first.remedy else ""
    others = f" (and {len(problems) - 1} more that cannot be read)" if len(problems) > 1 else ""
    return f"{first.where}: {first.what}{remedy}{others}"
