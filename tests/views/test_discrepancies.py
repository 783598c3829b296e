"""Is the verdict of a row borne out by what the row shows?"""

from __future__ import annotations

from dataclasses import replace

from firsthand.model import Assessment, AttributionId, Discrepancy, Origin
from firsthand.views.discrepancies import SideBySide, compare_accounts
from firsthand.views.notes import number_notes
from tests.views.sample import make_assessment


def compare(assessment: Assessment, *rows: Discrepancy, voices: tuple[tuple[AttributionId, ...], ...]) -> SideBySide:
    trace = assessment.trace
    origins = tuple(
        Origin(id=root.id, source=root.source, latent=False, attributions=members, reports=())
        for root, members in zip(trace.origins, voices, strict=False)
    )
    claim = replace(trace.claims[0], discrepancies=rows)
    told = replace(assessment, trace=replace(trace, claims=(claim,), origins=origins))
    return compare_accounts(told, number_notes(assessment))[0]


def lay(slot: str, verdict: str, *values: tuple[AttributionId, str]) -> Discrepancy:
    return Discrepancy(slot=slot, values=values, verdict=verdict)


def test_where_one_account_alone_speaks_nobody_agrees_with_it() -> None:
    assessment = make_assessment()
    one, other = (item.id for item in assessment.trace.attributions[:2])
    side = compare(
        assessment, lay("who", "agrees", (one, "the crew"), (other, "the crew")), lay("how many", "agrees", (one, "4")),
        lay("when", "differs", (one, "dawn"), (other, "dusk")), voices=((one,), (other,)),
    )  # fmt: skip
    assert [row.verdict for row in side.rows] == ["= agrees", "only one says", "≠ differs"]


def test_retellings_that_differ_are_both_shown() -> None:
    assessment = make_assessment()
    one, other, third = (item.id for item in assessment.trace.attributions[:3])
    both = (lay("who", "agrees", (one, "a crew"), (third, "a crew")), lay("to", "agrees", (one, "x"), (third, "x")))
    side = compare(
        assessment, *both, lay("when", "differs", (one, "dawn"), (other, "dusk")), voices=((one, other), (third,))
    )
    row = side.rows[-1]
    assert row.differs
    assert "dawn" in row.values[0] and "dusk" in row.values[0]
    assert row.values[1] == "not said"
