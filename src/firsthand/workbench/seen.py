"""What has changed in the case since its user last said "I have seen this", and what did it do to the verdict?

What was seen is kept in `.firsthand/` in the case folder, which keeps itself out of git: it is nobody else's business.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from firsthand.case.text import writing
from firsthand.custody import read_custodian
from firsthand.model import Assessment, Judgement, Report, record
from firsthand.probability import find_word
from firsthand.views.wording import find_asked, name_evidence

FOLDER, FILE = ".firsthand", "looked.json"
FEWEST_DB = 0.05
MOST_MOVED = 6


@record
class Moved:
    """A piece of evidence that weighs more or less than it did, in decibans; None where it was or is not there."""

    title: str
    before: float | None
    after: float | None

    @property
    def change(self) -> float:
        """By how many decibans it moved."""
        return (self.after or 0.0) - (self.before or 0.0)


@record
class News:
    """What changed since `when`: reports that came and went, judgements, the verdict as (word, chance), and why."""

    when: datetime
    reports: tuple[Report, ...]
    gone: int
    judgements: tuple[Judgement, ...]
    before: tuple[str, float]
    after: tuple[str, float]
    moved: tuple[Moved, ...]

    @property
    def is_quiet(self) -> bool:
        """Whether nothing changed at all."""
        stands = abs(self.before[1] - self.after[1]) < 0.0005
        return stands and not (self.reports or self.gone or self.judgements or self.moved)


def note_seen(folder: Path, assessment: Assessment) -> None:
    """Keep what the assessment says now as what was seen. Raises CaseError where it cannot be written."""
    asked = find_asked(assessment.case, assessment.posteriors)
    titles = name_evidence(assessment)
    told = {
        "when": read_custodian().when.isoformat(),
        "reports": sorted(report.id for report in assessment.trace.reports),
        "judgements": len(assessment.case.judgements),
        "verdict": asked.probability,
        "evidence": {one.evidence: [titles[one.evidence], one.weight_db] for one in assessment.contributions},
    }
    place = folder / FOLDER
    with writing(place):
        place.mkdir(exist_ok=True)
        (place / ".gitignore").write_text("*\n", "utf-8")
        (place / f"{FILE}.draft").write_text(json.dumps(told, ensure_ascii=False), "utf-8")
        (place / f"{FILE}.draft").replace(place / FILE)


def find_news(folder: Path, assessment: Assessment) -> News | None:
    """Return what changed since it was last seen; None where nothing was ever, or what is kept cannot be read."""
    try:
        told = json.loads((folder / FOLDER / FILE).read_text("utf-8"))
        return _compare(told, assessment)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _compare(told: Mapping[str, Any], assessment: Assessment) -> News:
    asked = find_asked(assessment.case, assessment.posteriors)
    known, before = {str(one) for one in told["reports"]}, float(told["verdict"])
    here = {report.id for report in assessment.trace.reports}
    return News(
        when=datetime.fromisoformat(told["when"]),
        reports=tuple(report for report in assessment.trace.reports if report.id not in known),
        gone=len(known - here),
        judgements=assessment.case.judgements[int(told["judgements"]) :],
        before=(find_word(before), before),
        after=(find_word(asked.probability), asked.probability),
        moved=_list_moved(told["evidence"], assessment),
    )


def _list_moved(kept: Mapping[str, Any], assessment: Assessment) -> tuple[Moved, ...]:
    """Return the evidence whose weight changed most."""
    titles = name_evidence(assessment)
    before = {str(name): (str(title), float(weight)) for name, (title, weight) in kept.items()}
    after = {str(one.evidence): (titles[one.evidence], one.weight_db) for one in assessment.contributions}
    moved = [
        Moved(
            title=(after.get(name) or before[name])[0],
            before=before[name][1] if name in before else None,
            after=after[name][1] if name in after else None,
        )
        for name in sorted(before.keys() | after.keys())
    ]
    told = [one for one in moved if abs(one.change) >= FEWEST_DB]
    return tuple(sorted(told, key=lambda one: -abs(one.change))[:MOST_MOVED])
