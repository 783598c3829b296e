"""Of which pairs of a family may a date tell which had its text from the other?

Who came first need not be whom the later had it from: both may have it from a third. So a date is only asked where the
earlier report is the first of the family, tied to none before it, where no other publisher's report holds words of
the later one that the first has not, and where those who give credit do not mostly give it to somebody else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from firsthand.model import Report, ReportId
from firsthand.origins.alignment import mask_text
from firsthand.origins.fingerprints import fingerprint_texts

# Words that three have in common by accident may leave one mark, and seldom as many as this.
FEWEST_MARKS = 2


def find_undatable(reports: Sequence[Report], parents: Mapping[ReportId, ReportId]) -> Mapping[ReportId, str]:
    """Return for each report of a family, why its date does not tell whether it had its text from its parent.

    `parents`: whom each report of the family is tied to. Reports whose dates may tell are left out.
    """
    prints = fingerprint_texts([mask_text(report.text, report.body) for report in reports])
    marks = {
        report.id: frozenset(prints.hashes[start:end].tolist())
        for report, start, end in zip(reports, prints.begins[:-1], prints.begins[1:], strict=True)
    }
    publishers = _list_publishers(reports, marks)
    by_id = {report.id: report for report in reports}
    found = {}
    for child, parent in parents.items():
        if parent in parents:
            found[child] = "Both may have it from one that came before them."
        elif _has_more(by_id[child], marks[child] - marks[parent], publishers):
            found[child] = "Others hold words of the later one that the earlier has not: both may have it from a third."
    return found


def doubt_dates(first: Report, credits: Mapping[str, int]) -> str:
    """Return why dates tell nothing in a family: more of its reports credit another than its first; or nothing.

    `credits`: how many reports of others credit each publisher.
    """
    most = max(sorted(credits), key=lambda name: credits[name], default="")
    if not most or credits.get(first.publisher, 0) >= credits[most]:
        return ""
    return f"Reports of this family credit {most}, and not the one that bears the first date."


def _list_publishers(
    reports: Sequence[Report], marks: Mapping[ReportId, Collection[int]]
) -> Mapping[int, frozenset[str]]:
    """Return the publishers of the reports that hold each mark."""
    found: dict[int, set[str]] = {}
    for report in reports:
        for mark in marks[report.id]:
            found.setdefault(mark, set()).add(report.publisher)
    return {mark: frozenset(names) for mark, names in found.items()}


def _has_more(child: Report, marks: Collection[int], publishers: Mapping[int, frozenset[str]]) -> bool:
    """Tell whether some marks of a report stand in other publishers' reports too."""
    return sum(bool(publishers[mark] - {child.publisher}) for mark in marks) >= FEWEST_MARKS
