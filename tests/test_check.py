"""Does a check find what would not stand up, and nothing else?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from case_folders import CASE, GAZETTE, REPORTS, make_report, write_case
from firsthand.case import check_case, load_case, turn_knobs
from firsthand.case.check import RULES
from firsthand.model import Case, Period, Severity, SourceKind


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return load_case(write_case(tmp_path / "weir"), reports=REPORTS)


def load_changed(folder: Path, **changed: tuple[str, str]) -> Case:
    return load_case(write_case(folder, **changed), reports=REPORTS)


def find(case: Case, where: str) -> list[str]:
    return [finding.what for finding in check_case(case) if finding.where == where]


def test_a_sound_case_has_no_findings(case: Case) -> None:
    assert check_case(case) == ()


def test_every_rule_says_in_its_docstring_what_is_wrong() -> None:
    assert all((rule.__doc__ or "").rstrip().endswith(".") for rule in RULES)


def test_a_case_without_something_else_is_found(tmp_path: Path) -> None:
    case = load_changed(tmp_path / "weir", case=("something_else = true\n", ""))
    assert find(case, "case.toml") == [
        "No hypothesis is something else, so what nobody thought of counts as impossible."
    ]


def test_a_prior_of_nothing_is_found(tmp_path: Path) -> None:
    case = load_case(write_case(tmp_path / "weir"), reports=REPORTS)
    impossible = turn_knobs(case, {"hypothesis.opened.prior": 0})
    assert "no evidence can move it" in find(impossible, "hypothesis.opened.prior")[0]


def test_hypotheses_that_nothing_tells_apart_are_found(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "weir")
    (folder / "expectations.toml").unlink()
    (folder / "case.toml").write_text(CASE[: CASE.index("[[inquiry]]")], "utf-8")
    (folder / "claims.toml").write_text('[claim.burst]\nsentence = "It burst."\nis = "burst"\n', "utf-8")
    silent = load_case(folder, reports=REPORTS)
    assert len([one for one in check_case(silent) if "apart" in one.what]) == 3
    claims = (folder / "claims.toml").read_text("utf-8")
    said = '\n[[assertion]]\nid = "a"\nclaim = "burst"\nsource = "miller"\nreport = "gazette.txt"\nquote = "gave way"\n'
    (folder / "claims.toml").write_text(claims + said, "utf-8")
    assert find(load_case(folder, reports=REPORTS), "hypothesis.rest") == [
        "Nothing in this case tells 'Opened' and 'Something else' apart."
    ]


def test_evidence_that_is_equally_likely_whatever_is_true_is_found(tmp_path: Path) -> None:
    flat = ("given = { burst = 0.1, opened = 0.4, rest = 0.9 }", "given = { burst = 0.4, opened = 0.4, rest = 0.4 }")
    assert "weighs nothing" in find(load_changed(tmp_path / "weir", claims=flat), "observation.meadows")[0]


def test_the_same_words_counted_twice_are_found(tmp_path: Path) -> None:
    again = (
        '[[assertion]]\nid = "again"\nclaim = "burst"\nsource = "miller"\nreport = "gazette.txt"\nquote = "gave way"\n'
    )
    case = load_changed(tmp_path / "weir", claims=("[[observation]]", f"{again}\n[[observation]]"))
    assert find(case, "assertion.again") == [
        "'again' counts again what 'The miller: it burst' counts: one source, claim and report."
    ]


def test_confirmed_with_one_origin_is_found_and_with_two_is_not(tmp_path: Path) -> None:
    confirmed = ('"The miller: it burst"', '"Confirmed: it burst"')
    one = load_changed(tmp_path / "one", claims=confirmed)
    assert "there is one origin behind it" in find(one, "assertion.miller-burst")[0]
    second = (
        '[[assertion]]\nid = "second"\nclaim = "burst"\nsource = "mill"\nreport = "radio.txt"\nquote = "gave way"\n'
    )
    claims = (tmp_path / "one/claims.toml").read_text("utf-8") + "\n" + second
    (tmp_path / "one/claims.toml").write_text(claims, "utf-8")
    assert find(load_case(tmp_path / "one", reports=REPORTS), "assertion.miller-burst") == []


def test_an_echo_is_no_second_origin_for_confirmed(tmp_path: Path) -> None:
    case = load_changed(tmp_path / "weir", claims=('sentence = "The weir burst."', 'sentence = "Confirmed: it burst."'))
    assert len(case.assertions) == 3
    assert find(case, "claim.burst") != []


def test_a_plural_for_one_source_is_found(case: Case) -> None:
    words = GAZETTE.replace(
        "Anna Weigl, who runs the mill, wrote", "Anna Weigl, who runs the mill, wrote; officials say"
    )
    plural = words.replace('"The weir', 'Officials say "The weir')
    titled = replace(case.assertions[0], title="Officials say it burst")
    told = replace(case, assertions=(titled,), reports=(make_report("gazette.txt", plural), case.reports[1]))
    assert find(told, "assertion.miller-burst") == ["'Officials say' stands for one source, 'Anna Weigl'."]
    group = replace(case.profiles[0], source=replace(case.profiles[0].source, kind=SourceKind.GROUP))
    assert find(replace(told, profiles=(group, *case.profiles[1:])), "assertion.miller-burst") == []


def test_a_source_that_gains_and_never_spins_is_found(tmp_path: Path) -> None:
    case = load_changed(tmp_path / "weir", sources=("spin = { off = 0.1, on = 0.6 }", "spin = 0"))
    assert "judged never to spin" in find(case, "source.miller")[0]


def test_a_suggestion_nobody_judged_is_found(tmp_path: Path) -> None:
    case = load_changed(tmp_path / "weir", sources=('role = "miller"', "suggested = true"))
    assert find(case, "sources.toml") == ["There is a suggestion that nobody has judged: Anna Weigl."]


def test_a_source_that_speaks_without_numbers_is_found(tmp_path: Path) -> None:
    case = load_changed(tmp_path / "weir", sources=("access = 0.6\n", ""))
    assert find(case, "source.miller") == ["'Anna Weigl' speaks, and its access or its spin is not judged."]


def test_a_silence_nobody_looked_into_is_found(tmp_path: Path) -> None:
    case = load_changed(tmp_path / "weir", expectations=("coverage = 0.5", "coverage = 0"))
    assert "Nobody looked" in find(case, "expectation.survey")[0]


def test_a_prior_wider_than_a_word_is_found(tmp_path: Path) -> None:
    case = load_changed(tmp_path / "weir", case=("[0.1, 0.2, 0.3]", "[0.0, 0.2, 0.9]"))
    assert "more than any word" in find(case, "hypothesis.burst.prior")[0]


def test_a_report_from_after_the_day_of_the_assessment_is_found(case: Case) -> None:
    late = Period(start=datetime(2031, 5, 21), end=datetime(2031, 5, 22))
    told = replace(case, reports=(replace(case.reports[0], published=late), case.reports[1]))
    assert "was published after 2031-05-20" in find(told, "reports/gazette.txt")[0]


def test_a_report_nobody_cites_is_found(tmp_path: Path) -> None:
    case = load_case(write_case(tmp_path / "weir"), reports=(*REPORTS, make_report("lost.txt", "Nothing here.")))
    assert find(case, "reports/lost.txt") == ["Nothing in this case quotes 'lost.txt'."]


def test_the_gravest_findings_come_first(tmp_path: Path) -> None:
    case = load_changed(
        tmp_path / "weir", case=("something_else = true\n", ""), expectations=("coverage = 0.5", "coverage = 0")
    )
    assert [one.severity for one in check_case(case)] == [Severity.WRONG, Severity.NOTE]


def test_a_suggestion_is_told_once_and_not_for_what_it_does_not_say_yet(tmp_path: Path) -> None:
    folder = write_case(
        tmp_path / "weir", claims=("given = { burst = 0.8,", "suggested = true\ngiven = { burst = 0.8,")
    )
    unjudged = "\nsuggested = true\ncoverage = 0\nproduced = { burst = 0.5, opened = 0.5, rest = 0.5 }\n#"
    words = (folder / "expectations.toml").read_text("utf-8").replace("\nproduced = { burst", unjudged, 1)
    (folder / "expectations.toml").write_text(words, "utf-8")
    findings = check_case(load_case(folder, reports=REPORTS))
    assert not any("expectation.photo" in found.where for found in findings)
    told = [found.what for found in findings if "suggestion" in found.what]
    assert any("The weir had a crack." in what for what in told)
    assert any("A photograph of the breach" in what for what in told)


def test_many_reports_that_nobody_cites_are_told_in_one_finding(tmp_path: Path) -> None:
    more = tuple(make_report(f"more-{number}.txt", f"Nothing here, {number}.") for number in range(40))
    case = load_case(write_case(tmp_path / "weir"), reports=(*REPORTS, *more))
    told = [found.what for found in check_case(case) if "Nothing in this case quotes" in found.what]
    assert len(told) == 1
    assert "40 of its 42 reports" in told[0]
    assert "and 35 more" in told[0]
