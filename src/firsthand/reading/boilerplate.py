"""What does every page of one publisher repeat?

Learned from the pile: a paragraph that most pages of a publisher have, word for word, is its furniture and no part of
any report. A page of which that would leave little is left as it is: then the reports themselves repeat.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from firsthand.model import Part, PartKind, Report
from firsthand.reading.names import find_host
from firsthand.reading.spans import Spans, subtract_spans

LEAST_PAGES = 3
MOST_PAGES = 0.5
MOST_TAKEN = 0.4
LINE = re.compile(r"[^\n\f]+")


def set_boilerplate_apart(reports: Sequence[Report]) -> tuple[Report, ...]:
    """Return the reports with what their publishers repeat taken out of the body, as parts of their own."""
    repeated = {publisher: find_repeated(pages) for publisher, pages in _group(reports).items()}
    return tuple(_set_apart(report, repeated.get(name_publisher(report), frozenset())) for report in reports)


def find_repeated(pages: Sequence[Report]) -> frozenset[str]:
    """Return the lines that more than half of a publisher's pages repeat, of at least three unlike pages."""
    unlike = {_show_body(page): page for page in pages}
    if len(unlike) < LEAST_PAGES:
        return frozenset()
    counts = Counter(words for page in unlike.values() for words in {words for _, words in _list_lines(page)})
    least = max(LEAST_PAGES, int(MOST_PAGES * len(unlike)) + 1)
    return frozenset(words for words, count in counts.items() if count >= least)


def name_publisher(report: Report) -> str:
    """Return who put a report out, by name or host; empty where nothing says."""
    return report.publisher.casefold() or find_host(report.url)


def _group(reports: Sequence[Report]) -> dict[str, list[Report]]:
    groups: defaultdict[str, list[Report]] = defaultdict(list)
    for report in reports:
        if name := name_publisher(report):
            groups[name].append(report)
    return dict(groups)


def _show_body(report: Report) -> str:
    return "\n".join(report.text[start:end] for start, end in report.body)


def _list_lines(report: Report) -> list[tuple[tuple[int, int], str]]:
    """Return the lines of a body, each with where it stands and its words without white space at will."""
    found = []
    for start, end in report.body:
        for line in LINE.finditer(report.text, start, end):
            if words := " ".join(line[0].split()):
                found.append((line.span(), words))
    return found


def _set_apart(report: Report, repeated: frozenset[str]) -> Report:
    if not repeated:
        return report
    lines = _list_lines(report)
    taken: Spans = tuple(span for span, words in lines if words in repeated)
    size = sum(end - start for start, end in report.body)
    if not taken or sum(end - start for start, end in taken) > MOST_TAKEN * size:
        return report
    parts = tuple(Part(kind=PartKind.FURNITURE, text=report.text[slice(*span)], span=span) for span in taken)
    return replace(report, body=subtract_spans(report.text, report.body, taken), parts=report.parts + parts)
