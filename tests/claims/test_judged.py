"""Do the case's claims hold what was judged to make them, and no more?"""

from pathlib import Path

from firsthand.case import load_case
from firsthand.pipeline import trace_case

GOLDEN = Path(__file__).parent.parent / "golden"
EXAMPLE = GOLDEN.parent.parent / "examples" / "libya-2011"


def test_the_asked_claim_comes_first():
    case = load_case(EXAMPLE)
    assert trace_case(case).claims[0].hypothesis == case.asks


def test_a_claim_holds_judged_attributions_only():
    case = load_case(EXAMPLE)
    trace = trace_case(case)
    by_id = {a.id: a for a in trace.attributions}
    for claim in case.claims:
        found = next(one for one in trace.claims if one.id == claim.id)
        assert all(by_id[a].reason.rule == "judged" for a in found.attributions)
        assert len(found.attributions) == sum(one.claim == claim.id for one in case.assertions)


def test_what_nobody_judged_stays_a_claim_of_its_own():
    case = load_case(GOLDEN / "loud-silence")
    trace = trace_case(case)
    judged = {claim.id for claim in case.claims}
    assert any(claim.id not in judged for claim in trace.claims)


def test_the_two_accounts_differ_on_where_it_went():
    (asked, *_) = trace_case(load_case(EXAMPLE)).claims
    assert any(found.slot == "to" and found.verdict == "differs" for found in asked.discrepancies)
