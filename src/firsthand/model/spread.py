"""How did a text spread over reports?"""

from __future__ import annotations

from firsthand.model.names import ReportId, record
from firsthand.model.pile import DerivationKind, Period, Reason, Report

Stretch = tuple[int, int]


@record
class SharedRun:
    """A run of text that stands in two texts, characters as (start, end) of each.

    `words`: of the longer side; `same`: how many of them are identical; `pieces`: what is identical on both sides.
    """

    first: Stretch
    second: Stretch
    words: int
    same: int
    pieces: tuple[tuple[Stretch, Stretch], ...] = ()


@record
class FamilyEdge:
    """Two reports share text. `child` had it from `parent` if `directed`; if not, the child is only the later one.

    `runs`: what they share, the child's side first; `child_share`, `parent_share`: of each one's words, in the other.
    """

    child: ReportId
    parent: ReportId
    kind: DerivationKind
    directed: bool
    probability: float
    runs: tuple[SharedRun, ...]
    child_share: float
    parent_share: float
    reason: Reason


@record
class Family:
    """Reports that go back to one text, the earliest first; of a very large family the earliest few hundred of `size`.

    `edges`: one for each report but the first, to the report it shares most with; `publishers`: how many;
    `credited`: publishers named beside what is shared that have no report here.
    """

    number: int
    reports: tuple[ReportId, ...]
    edges: tuple[FamilyEdge, ...]
    first: Period | None
    last: Period | None
    publishers: int
    size: int
    credited: tuple[str, ...] = ()


@record
class Spread:
    """What an archive holds of texts that spread: the largest of its families, and the reports in them.

    `searched`: how many reports were looked at; `found`: how many families are of the kind asked for.
    """

    searched: int
    found: int
    families: tuple[Family, ...]
    reports: tuple[Report, ...]
