"""Which agency does a report say that all of it comes from?

"VARNEL, Feb 9 (Brill) -" before its first sentence, "(Brill)", "– Brill" or "Source: Brill" by itself at its head or
foot, "Brill/Ann Moss" for a byline. Who merely helped ("With Brill", "Brill contributed to this report") is no link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from firsthand.attribution.cues import Pack
from firsthand.attribution.text.sentences import DATELINE
from firsthand.attribution.who.cast import PUBLISHER, Cast
from firsthand.attribution.who.mentions import describe_source
from firsthand.model import PartKind, Report, SourceKind

HEAD, OPENING = 300, 1500
NAME = r"[^\W\d_a-zà-ÿ][\w.&’'-]*"
SOURCE = re.compile(rf"\(?(?:Source|Quelle|Fuente|Fonte)s? ?: ?({NAME}(?: (?:of|de|du|the|{NAME})){{0,4}})\)?")
ALONE = re.compile(rf"(?:\(|[–—-] ?)?({NAME})\)?")
BEFORE = re.compile(rf"\(?({NAME})/{NAME}(?: {NAME})*\)?")
AFTER = re.compile(rf"{NAME}(?: {NAME})+/({NAME})")
LINE = re.compile(r"^.*$", re.MULTILINE)


def find_agency(report: Report, cast: Cast, pack: Pack) -> tuple[int, ...]:
    """Return the agency a report is credited to as a place in the cast; nothing where it is the publisher or nobody."""
    for start, name in (*_read_datelines(report), *_read_credits(report)):
        number = cast.resolve(describe_source(name, name, pack), start, None)
        cast.members[number].group = True
        cast.members[number].kind = SourceKind.GROUP
        return () if number == PUBLISHER else (number,)
    return ()


def _read_datelines(report: Report) -> Iterator[tuple[int, str]]:
    """Yield where a report begins and the agency of a line such as "VARNEL, Feb 9 (Brill) -"."""
    for start, end in report.body[:1]:
        for line in LINE.finditer(report.text[start : min(end, start + OPENING)]):
            match = DATELINE.match(line.group())
            if match:
                yield start, match.group(1)


def _read_credits(report: Report) -> Iterator[tuple[int, str]]:
    """Yield the place and the agency of each credit at the head or foot of a report that names where it comes from."""
    if not report.body:
        return
    credits = [p.span for p in report.parts if p.kind is PartKind.CREDIT and p.span is not None]
    for start, end in credits:
        opens = start < report.body[0][0] + HEAD and (start == 0 or report.text[start - 1] == "\n")
        if _closes_line(report, end) and (opens or _ends_report(report, end, credits)):
            words = report.text[start:end].strip()
            match = next((m for one in (SOURCE, BEFORE, AFTER, ALONE) if (m := one.fullmatch(words))), None)
            if match:
                yield report.body[0][0], match.group(1)


def _ends_report(report: Report, end: int, credits: Sequence[tuple[int, int]]) -> bool:
    """Say whether nothing but further credits follows in the body."""
    for start, stop in sorted(credits):
        if start >= end and not any(c.isalnum() for c in report.text[end:start]):
            end = stop
    return not any(c.isalnum() for c in report.text[end : report.body[-1][1]])


def _closes_line(report: Report, end: int) -> bool:
    """Say whether nothing but a stop follows in the line."""
    return report.text[end : end + 80].split("\n", maxsplit=1)[0].strip(" .") == ""
