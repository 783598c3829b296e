"""Does a check find what hangs by a thread once a case is weighed, and nothing in a sound one?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from case_folders import GAZETTE, RADIO, REPORTS, make_report, write_case
from firsthand.case import check_case, load_case
from firsthand.case.knobs import map_knobs
from firsthand.commands import check_folder
from firsthand.model import Case, Finding, Knob, Severity
from firsthand.pipeline import check_weights
from vector_one import build_case, by_hypothesis, by_truth

EXAMPLE = Path(__file__).parent.parent / "examples" / "libya-2011"


def find(findings: tuple[Finding, ...], where: str) -> list[Finding]:
    return [found for found in findings if found.where == where]


def turn(case: Case, numbers: dict[str, tuple[float, float, float]]) -> Case:
    def change(one: Knob) -> Knob:
        low, value, high = numbers.get(one.id, (one.low, one.value, one.high))
        return replace(one, low=low, value=value, high=high)

    return map_knobs(case, change)


def test_nothing_weak_or_wrong_is_found_in_the_example() -> None:
    assert {found.severity for found in check_folder(EXAMPLE)} <= {Severity.NOTE}


def test_nothing_is_found_in_the_reference_case() -> None:
    assert check_weights(build_case(ranges=True)) == ()


def test_every_finding_says_what_where_and_what_to_do() -> None:
    case = turn(build_case(), {"hypothesis.sam.prior": (0.001, 0.15, 0.999)})
    findings = check_weights(case)
    assert findings
    assert all(found.what and found.where and found.remedy for found in findings)


def test_hypotheses_that_no_evidence_tells_apart_are_found() -> None:
    case = build_case()
    same = (0.5, 0.3, 0.05, 0.05)
    claims = [
        replace(one, given=by_hypothesis(f"claim.{one.id}.given", same)) if one.given else one for one in case.claims
    ]
    low = by_hypothesis("posture.group.low", (0.39, 0.3, 0.3, 0.3))
    twins = replace(case, claims=tuple(claims), postures=(replace(case.postures[0], low=low),))
    (found,) = find(check_weights(twins), "hypothesis.none")
    assert found.severity is Severity.WRONG
    assert "weighs differently" in found.what


def test_testimony_that_is_as_likely_under_everything_is_found() -> None:
    case = turn(
        build_case(),
        {f"source.president.{name}": (0.0, 0.0, 0.0) for name in ("access", "spin_off", "spin_on")},
    )
    (found,) = find(check_weights(case), "assertion.president-missiles")
    assert found.severity is Severity.WEAK
    assert "moves none" in found.what


def test_an_observation_of_a_claim_that_says_nothing_of_the_hypotheses_is_found() -> None:
    case = build_case()
    flat = by_hypothesis("claim.fighting.given", (0.2, 0.2, 0.2, 0.2))
    claims = tuple(replace(one, given=flat) if one.id == "fighting" else one for one in case.claims)
    seen = replace(case.observations[0], id="seen", claim="fighting", given=by_truth("observation.seen", 0.6, 0.3))
    case = replace(case, claims=claims, observations=(seen,), statements=(), expectations=())
    assert [found.where for found in check_weights(case)] == ["observation.seen"]


def test_a_number_that_decides_the_verdict_alone_is_found() -> None:
    wide = turn(build_case(), {"hypothesis.sam.prior": (0.01, 0.15, 0.9)})
    (found,) = find(check_weights(wide), "hypothesis.sam.prior")
    assert "alone" in found.what
    narrow = turn(build_case(), {"hypothesis.sam.prior": (0.12, 0.15, 0.18)})
    assert find(check_weights(narrow), "hypothesis.sam.prior") == []


def test_an_interval_wider_than_any_word_is_found() -> None:
    wide = turn(build_case(), {"hypothesis.sam.prior": (0.01, 0.15, 0.9)})
    (found,) = find(check_weights(wide), "hypothesis.sam")
    assert "wider than any word" in found.what
    assert "hypothesis.sam.prior" in found.remedy


def test_a_case_that_cannot_be_weighed_is_a_finding_and_no_error() -> None:
    certain = turn(build_case(), {"hypothesis.sam.prior": (0.0, 0.0, 0.0)})
    (found,) = check_weights(certain)
    assert found.severity is Severity.WRONG
    assert "prior of 0" in found.what


AGAIN = """[[assertion]]
id = "again"
title = "The miller again"
claim = "burst"
source = "miller"
report = "letter.txt"
quote = "It gave way, she writes"
"""
LETTER = make_report("letter.txt", "It gave way, she writes once more.\n")


@pytest.mark.parametrize(("link", "count"), [("", 1), ('copy_of = "miller-burst"\ncopy = 0.5\n', 0)])
def test_one_source_heard_twice_on_one_claim_is_found_unless_it_is_tied(tmp_path: Path, link: str, count: int) -> None:
    folder = write_case(tmp_path / "weir", claims=("[[observation]]", f"{AGAIN}{link}\n[[observation]]"))
    found = find(check_case(load_case(folder, reports=(*REPORTS, LETTER))), "assertion.again")
    assert len(found) == count
    assert all("twice" in one.what for one in found)


def test_two_sources_on_one_claim_are_no_double_counting(tmp_path: Path) -> None:
    other = AGAIN.replace('"miller"', '"mill"')
    folder = write_case(tmp_path / "weir", claims=("[[observation]]", f"{other}\n[[observation]]"))
    assert find(check_case(load_case(folder, reports=(*REPORTS, LETTER))), "assertion.again") == []


def test_one_passage_that_counts_as_said_and_as_seen_is_found(tmp_path: Path) -> None:
    quoted = ('quote = "the meadows were dry"\ngiven', 'quote = "The weir gave way at noon"\ngiven')
    folder = write_case(tmp_path / "weir", claims=quoted)
    (found,) = find(check_case(load_case(folder, reports=REPORTS)), "observation.meadows")
    assert "very words" in found.what


def test_what_is_found_twice_is_told_once(tmp_path: Path) -> None:
    flat = ("given = { burst = 0.1, opened = 0.4, rest = 0.9 }", "given = { burst = 0.4, opened = 0.4, rest = 0.4 }")
    folder = write_case(tmp_path / "weir", claims=flat)
    (folder / "reports").mkdir()
    (folder / "reports" / "gazette.txt").write_text(GAZETTE, "utf-8")
    (folder / "reports" / "radio.txt").write_text(RADIO, "utf-8")
    assert len(find(check_folder(folder), "observation.meadows")) == 1
