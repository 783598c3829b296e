"""How did stories spread through an archive?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from firsthand.archive.build import count_cores
from firsthand.archive.dating import doubt_dates, find_undatable
from firsthand.archive.directions import count_credits, judge_edge
from firsthand.archive.families import Forest, Numbers, grow_forest, list_families
from firsthand.archive.look import make_filter
from firsthand.archive.passages import find_ties
from firsthand.archive.progress import Tracing
from firsthand.model import Family, Period, Report, Spread
from firsthand.origins.alignment import align_texts, mask_text
from firsthand.store import Store, WordIndex, explain_errors
from firsthand.store.passage_store import PassageStore
from firsthand.store.spark import SparkStore

# A family may have more members than anybody reads; edges are told of the first so many.
MOST_MEMBERS = 500


def trace_archive(  # noqa: PLR0913  # each is a flag of the command line
    folder: str | Path,
    *,
    about: str = "",
    since: date | None = None,
    limit: int = 20,
    threads: int | None = None,
    spark: str = "",
    tell: Callable[[Tracing], None] = lambda _: None,
) -> Spread:
    """Return the families of texts that spread through an archive, the largest `limit` of them.

    `about`: only families with a report that has these words, those with most such reports first.
    `since`: only families with a report that may have been published on this day or after.
    `spark`: the master of a Spark that finds what new reports share; the result is the same. Raises InputError.
    What is found is kept in the archive, so that the next trace only looks at what is new.
    """
    place = Path(folder)
    with explain_errors(place), _open_passages(place, spark, threads or count_cores()) as store:
        find_ties(store, tell)
        traced = store.read_traced()
        forest = grow_forest(traced, store.read_ties())
        publishers = store.list_publishers()
    with Store(place) as kept:
        wanted = _find_wanted(kept, place, about, since, len(forest.roots))
        families = list_families(forest, wanted)
        shown = families[:limit]
        numbers = sorted({int(number) for members in shown for number in members[:MOST_MEMBERS]})
        reports = {one.number: one.report for one in kept.read_numbers(numbers)}
    return Spread(
        searched=len(forest.roots),
        found=len(families),
        families=tuple(
            _describe_family(number, members, forest, reports, publishers) for number, members in enumerate(shown, 1)
        ),
        reports=tuple(reports.values()),
    )


def _open_passages(place: Path, spark: str, threads: int) -> PassageStore:
    return SparkStore(place, spark, threads) if spark else PassageStore(place, threads)


def _find_wanted(kept: Store, place: Path, about: str, since: date | None, many: int) -> NDArray[np.bool_] | None:
    """Say of each report whether it has the words and is late enough; None where nothing is asked."""
    if not about and since is None:
        return None
    passing = range(many)
    numbers = list(passing)
    if about:
        with WordIndex(place) as index:
            numbers = index.find_words(about)
    if since is not None:
        numbers = kept.keep_wanted(numbers, make_filter(since=since))
    wanted = np.zeros(many, np.bool_)
    wanted[[number for number in numbers if number < many]] = True
    return wanted


def _describe_family(
    number: int, members: Numbers, forest: Forest, reports: Mapping[int, Report], publishers: tuple[str, ...]
) -> Family:
    here = [reports[int(one)] for one in members[:MOST_MEMBERS]]
    pairs = [
        (reports[int(one)], reports[int(forest.parents[one])])
        for one in members[:MOST_MEMBERS]
        if forest.parents[one] >= 0 and int(forest.parents[one]) in reports
    ]
    undatable = find_undatable(here, {child.id: parent.id for child, parent in pairs})
    aligned = [(child, parent, align_texts(_read_body(child), _read_body(parent))) for child, parent in pairs]
    edges = tuple(judge_edge(*row, undatable.get(row[0].id, "")) for row in aligned)
    names = {report.publisher for report in here}
    others = [name for name in publishers if name and name not in names]
    credits = count_credits(here, [*others, *sorted(names - {""})], edges)
    if doubt := doubt_dates(here[0], credits):
        edges = tuple(judge_edge(*row, doubt) for row in aligned)
    periods = [report.published for report in here if report.published]
    return Family(
        number=number,
        reports=tuple(report.id for report in here),
        edges=edges,
        first=min(periods, key=_order_period, default=None),
        last=max(periods, key=_order_period, default=None),
        publishers=len(names),
        size=len(members),
        credited=tuple(sorted(set(others) & credits.keys())),
    )


def _order_period(period: Period) -> tuple[object, object]:
    return period.start, period.end


def _read_body(report: Report) -> str:
    return mask_text(report.text, report.body)
