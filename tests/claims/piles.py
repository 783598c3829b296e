"""How do the tests of claims make a small pile? Outlets, people and places are invented."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from firsthand.model import (
    Attribution,
    AttributionId,
    ContentKind,
    Mention,
    Period,
    Reason,
    Report,
    ReportId,
    SourceId,
    SourceKind,
)


def make_report(name: str, text: str, *, day: int = 1, language: str = "en") -> Report:
    start = datetime(2031, 3, 1) + timedelta(days=day)
    return Report(
        id=ReportId(f"r-{name}"),
        path=f"{name}.txt",
        title="",
        publisher=name,
        url="",
        published=Period(start=start, end=start + timedelta(days=1)),
        retrieved=None,
        language=language,
        text=text,
        body=((0, len(text)),),
    )


def attribute(report: Report, source: str, content: str, *, polarity: int = 1, hedge: float = 0.0) -> Attribution:
    start = report.text.index(content)
    key = sha256(f"{report.id} {source} {start} {content}".encode()).hexdigest()[:10]
    return Attribution(
        id=AttributionId(f"a-{key}"),
        report=report.id,
        source=SourceId(f"s-{source}"),
        source_mention=Mention(text=source),
        source_kind=SourceKind.NAMED,
        cue=Mention(text="said"),
        cue_class="say",
        content=Mention(text=content, spans=((start, start + len(content)),)),
        content_kind=ContentKind.INDIRECT,
        chain=(SourceId(f"s-{source}"),),
        hedge=hedge,
        polarity=polarity,
        probability=0.9,
        reason=Reason(rule="test", sentence="made for a test"),
    )


def make_pile(*rows: tuple[str, str, str, str]) -> tuple[list[Report], list[Attribution]]:
    """Each row is report name, language, source and content; the report says no more than "content, said source."."""
    reports, attributions = [], []
    for day, (name, language, source, content) in enumerate(rows, start=1):
        reports.append(make_report(name, f"{content}, said {source}.", day=day, language=language))
        attributions.append(attribute(reports[-1], source, content))
    return reports, attributions
