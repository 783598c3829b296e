"""Does a case folder load as written, and is every mistake told with its file and line?"""

from __future__ import annotations

import json
import random
import tomllib
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from case_folders import CASE, GAZETTE, REPORTS, make_report, write_case
from firsthand.case import (
    add_reports,
    ask_knobs,
    find_knob,
    limit_case,
    list_knobs,
    load_case,
    new_case,
    record_judgement,
    turn_knobs,
)
from firsthand.case.text import map_lines
from firsthand.errors import CaseError, InputError, UnknownName
from firsthand.model import Case, Judgement, Period


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return load_case(write_case(tmp_path / "weir"), reports=REPORTS)


def fail(folder: Path, **changed: tuple[str, str]) -> str:
    with pytest.raises(CaseError) as caught:
        load_case(write_case(folder, **changed), reports=REPORTS)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def judge(about: str, value: str, minute: int = 0) -> Judgement:
    return Judgement(when=datetime(2031, 5, 21, 9, minute), who="Ida", about=about, value=value, why="thought again")


def test_a_case_holds_what_its_files_say(case: Case) -> None:
    assert [one.prior.value for one in case.hypotheses] == [0.2, 0.3, 0.5]
    assert [one.id for one in case.assertions] == ["miller-burst", "radio-burst", "warden-crack"]
    assert case.hypotheses[2].something_else
    assert case.as_of == date(2031, 5, 20)
    assert case.unknowns == ("Who opened the gate.",)
    assert case.standards[0].subject == "mill"
    assert case.scenarios[0].considerations[0].if_not.id == "scenario.flood.1.if_not"
    assert case.questions[0].yes["true"].value == 0.8


def test_a_quotation_is_found_across_a_broken_line_and_its_span_is_the_true_one(case: Case) -> None:
    quote = case.assertions[0].quote
    assert quote.text == "The weir gave way\nat noon"
    assert GAZETTE[quote.span.start : quote.span.end] == quote.text


def test_a_quotation_in_the_body_is_preferred_to_one_in_the_furniture(tmp_path: Path) -> None:
    words = "the meadows were dry -- menu\n"
    text = words + GAZETTE
    gazette = make_report("gazette.txt", text)
    body = make_report("gazette.txt", text)
    object.__setattr__(body, "body", ((len(words), len(text)),))
    folder = write_case(tmp_path / "weir")
    assert load_case(folder, reports=(gazette, REPORTS[1])).observations[0].quote.span.start == 0
    assert load_case(folder, reports=(body, REPORTS[1])).observations[0].quote.span.start > len(words)


def test_an_interval_has_its_middle_as_value_and_a_word_has_its_range(case: Case) -> None:
    access = find_knob(case, "source.warden.access")
    assert (access.low, access.value, access.high, access.flat) == (0.2, 0.4, 0.6, True)
    chance = find_knob(case, "scenario.flood.chance")
    assert (chance.low, chance.value, chance.high, chance.text) == (0.55, 0.675, 0.8, "likely")


def test_an_echo_is_exactly_one_and_unknown_lineage_is_everything(case: Case) -> None:
    echo, unknown = (find_knob(case, f"assertion.{name}.copy") for name in ("radio-burst", "warden-crack"))
    assert (echo.low, echo.value, echo.high, echo.unknown) == (1, 1, 1, False)
    assert (unknown.low, unknown.high, unknown.unknown) == (0, 1, True)


def test_sources_share_one_number_until_they_set_their_own(case: Case) -> None:
    miller, warden, mill = case.profiles
    assert miller.shameless is warden.shameless
    assert miller.shameless.id == "model.shameless"
    assert mill.talk.id == "source.mill.talk"
    assert miller.talk.id == "model.talk"


def test_an_imported_grade_is_a_wide_interval_and_f_stays_missing(tmp_path: Path) -> None:
    graded = load_case(write_case(tmp_path / "c3"), reports=REPORTS).profiles[2]
    assert graded.access.high - graded.access.low > 0.4
    assert graded.judged
    assert graded.error.id == "source.mill.error"
    missing = load_case(write_case(tmp_path / "f6", sources=('"C3"', '"F6"')), reports=REPORTS).profiles[2]
    assert missing.access.text == "not judged"
    assert missing.imported_grade == "F6"
    assert missing.error.id == "model.error"


def test_coverage_comes_from_the_days_watched(case: Case) -> None:
    assert case.expectations[0].coverage.value == pytest.approx(0.25)
    assert case.expectations[1].coverage.value == 0.5


def test_a_half_life_says_how_much_would_be_out_by_now(case: Case) -> None:
    assert case.expectations[1].by_now.value == pytest.approx(0.5)


def test_every_number_asks_a_plain_question(case: Case) -> None:
    asked = ask_knobs(case)
    assert set(asked) == {str(knob.id) for knob in list_knobs(case)}
    assert all(question.endswith("?") and "{" not in question for question in asked.values())
    assert case.knob_questions == asked


def test_omitted_priors_share_what_is_left(tmp_path: Path) -> None:
    some = load_case(write_case(tmp_path / "some", case=("prior = 0.3\n", "")), reports=REPORTS)
    assert some.hypotheses[1].prior.value == pytest.approx(0.3)
    words = load_case(
        write_case(tmp_path / "words", case=("prior = [0.1, 0.2, 0.3]", 'prior = "very unlikely"')), reports=REPORTS
    )
    assert sum(one.prior.value for one in words.hypotheses) == pytest.approx(1)


MISTAKES = tomllib.loads((Path(__file__).parent / "case_mistakes.toml").read_text("utf-8"))["mistake"]


@pytest.mark.parametrize("mistake", MISTAKES, ids=[one["name"] for one in MISTAKES])
def test_a_mistake_is_told_in_one_sentence_with_file_and_line(mistake: dict[str, str], tmp_path: Path) -> None:
    told = fail(tmp_path / "weir", **{mistake["file"]: (mistake["old"], mistake["new"])})
    assert told.startswith(mistake["told"])


def test_the_first_mistake_says_how_many_others_there_are(tmp_path: Path) -> None:
    told = fail(tmp_path / "weir", case=("damp = 0.1", "damp = 3"), sources=("access = 0.6", "access = 6"))
    assert told.endswith("(and 1 further mistake in this case)")


def test_a_mistake_is_of_the_kind_it_was_raised_as(tmp_path: Path) -> None:
    with pytest.raises(UnknownName):
        load_case(write_case(tmp_path / "weir", claims=('source = "miller"', 'source = "x"')), reports=REPORTS)


def test_a_folder_that_is_no_case_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="firsthand new"):
        load_case(tmp_path / "nothing")
    with pytest.raises(CaseError, match=r"there is no case\.toml"):
        load_case(tmp_path)


def test_only_the_question_and_hypotheses_are_required(tmp_path: Path) -> None:
    words = CASE[: CASE.index("[campaign")]
    (tmp_path / "case.toml").write_text(words, "utf-8")
    case = load_case(tmp_path)
    assert case.reports == ()
    assert case.profiles == ()


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "weir")
    (folder / "sources.toml").write_bytes("[source.x]\nname = 'Löß'".encode("latin-1"))
    with pytest.raises(CaseError, match=r"sources\.toml: is not UTF-8"):
        load_case(folder, reports=REPORTS)


def test_windows_line_ends_and_a_mark_are_read(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "weir")
    for path in folder.iterdir():
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_case(folder, reports=REPORTS) == load_case(write_case(tmp_path / "plain"), reports=REPORTS)


def test_the_line_of_a_key_is_found_after_values_over_many_lines() -> None:
    lines = map_lines(
        'a = [\n  "x = 1", # ]\n  [2],\n]\nb = """\nc = 1\n"""\n[t]\nd = { e = 1 }\n[[l]]\nf = 1\n[[l]]\nf = 2\n'
    )
    assert lines[("b",)] == 5
    assert ("c",) not in lines
    assert lines[("t", "d")] == 9
    assert lines[("l", 1, "f")] == 13


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_a_mangled_case_never_shows_a_traceback(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    chance = random.Random(seed)
    folder = write_case(tmp_path_factory.mktemp("mangled") / "weir")
    path = folder / chance.choice(["case.toml", "sources.toml", "claims.toml", "expectations.toml"])
    words = path.read_text("utf-8")
    start = chance.randrange(len(words))
    cut = (
        words[:start]
        + chance.choice(["", "]", "=", '"', "[x]", "0.5", "\x00", "ñ"])
        + words[start + chance.randrange(30) :]
    )
    path.write_text(cut, "utf-8")
    try:
        load_case(folder, reports=REPORTS)
    except CaseError as error:
        assert error.where
        assert "\n" not in str(error)


def test_turning_a_prior_keeps_the_sum(case: Case) -> None:
    turned = turn_knobs(case, {"hypothesis.burst.prior": 0.6})
    assert [one.prior.value for one in turned.hypotheses] == pytest.approx([0.6, 0.15, 0.25])
    assert case.hypotheses[0].prior.value == 0.2


def test_turning_a_shared_number_moves_every_source_that_shares_it(case: Case) -> None:
    turned = turn_knobs(case, {"model.shameless": [0.1, 0.3], "model.talk": "likely"})
    assert {one.shameless.value for one in turned.profiles} == {0.2}
    assert [one.talk.value for one in turned.profiles] == [0.675, 0.675, 0.4]


def test_turning_nothing_changes_nothing(case: Case) -> None:
    assert turn_knobs(case, {}) is case


def test_an_unknown_number_is_told_with_the_nearest(case: Case) -> None:
    with pytest.raises(UnknownName, match="did you mean 'model.shameless'"):
        turn_knobs(case, {"model.shameles": 0.5})
    with pytest.raises(CaseError, match="between 0 and 1"):
        turn_knobs(case, {"model.shameless": 1.5})


def test_a_judgement_outweighs_the_files_and_never_changes_them(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "weir")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    case = load_case(folder, reports=REPORTS)
    record_judgement(folder, judge("source.miller.access", "[0.7, 0.9]"), case)
    record_judgement(folder, judge("source.miller.access", "0.3", minute=1), case)
    after = load_case(folder, reports=REPORTS)
    assert find_knob(after, "source.miller.access").value == 0.3
    assert [one.value for one in after.judgements] == ["[0.7, 0.9]", "0.3"]
    assert {name: (folder / name).read_bytes() for name in before} == before


def test_a_retracted_source_is_silent_until_restored(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "weir")
    case = load_case(folder, reports=REPORTS)
    record_judgement(folder, judge("source.miller", "retracted"), case)
    assert [one.id for one in load_case(folder, reports=REPORTS).assertions] == ["warden-crack"]
    record_judgement(folder, judge("source.miller", "restored", minute=1), case)
    assert load_case(folder, reports=REPORTS).assertions == case.assertions


def test_a_retracted_report_takes_what_stands_in_it(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "weir")
    record_judgement(folder, judge("report.radio.txt", "retracted"), load_case(folder, reports=REPORTS))
    case = load_case(folder, reports=REPORTS)
    assert [one.id for one in case.assertions] == ["miller-burst"]
    assert case.statements == ()


def test_an_echo_falls_with_what_it_repeats_and_a_possible_copy_stands(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "weir")
    record_judgement(folder, judge("assertion.miller-burst", "rejected"), load_case(folder, reports=REPORTS))
    (left,) = load_case(folder, reports=REPORTS).assertions
    assert (left.id, left.copy_of) == ("warden-crack", None)
    assert left.copy is not None


def test_a_suggestion_is_judged_once_accepted_and_gone_once_rejected(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "weir", claims=('id = "miller-burst"', 'suggested = true\nid = "miller-burst"'))
    case = load_case(folder, reports=REPORTS)
    assert not case.assertions[0].judged
    record_judgement(folder, judge("assertion.miller-burst", "accepted"), case)
    record_judgement(folder, judge("expectation.photo", "rejected"), case)
    after = load_case(folder, reports=REPORTS)
    assert after.assertions[0].judged
    assert [one.id for one in after.expectations] == ["survey"]


@pytest.mark.parametrize(
    ("about", "value"),
    [
        ("source.nobody", "retracted"),
        ("source.miller.acess", "0.4"),
        ("source.miller.access", "2"),
        ("source.miller", "0.4"),
        ("hypothesis.burst", "rejected"),
    ],
)
def test_a_judgement_that_cannot_be_meant_is_refused_and_not_written(tmp_path: Path, about: str, value: str) -> None:
    folder = write_case(tmp_path / "weir")
    with pytest.raises(CaseError):
        record_judgement(folder, judge(about, value), load_case(folder, reports=REPORTS))
    assert not (folder / "judgements.jsonl").exists()


def test_a_broken_judgement_is_told_with_its_line(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "weir")
    good = json.dumps(
        {"when": "2031-05-21", "who": "Ida", "about": "source.miller", "value": "retracted", "why": "lied"}
    )
    for bad, told in (
        ("{", "line 2: is not JSON here; one judgement"),
        ('{"whn": 1}', "line 2: 'whn' is not a key of a judgement; did you mean 'when'?"),
        (
            good.replace("miller", "muller"),
            "line 2: there is nothing called 'source.muller' in this case; did you mean 'source.miller'?",
        ),
        (good.replace("2031-05-21", "May"), "line 2: 'May' is not a moment"),
    ):
        (folder / "judgements.jsonl").write_text(f"{good}\n{bad}\n", "utf-8")
        with pytest.raises(CaseError) as caught:
            load_case(folder, reports=REPORTS)
        assert str(caught.value).startswith(f"judgements.jsonl, {told}")


def day(number: int) -> Period:
    return Period(start=datetime(2031, 5, number), end=datetime(2031, 5, number + 1))


def test_a_limited_case_holds_nothing_published_later(tmp_path: Path) -> None:
    reports = (make_report("gazette.txt", REPORTS[0].text, day(5)), make_report("radio.txt", REPORTS[1].text, day(9)))
    case = load_case(write_case(tmp_path / "weir"), reports=reports)
    limited = limit_case(case, date(2031, 5, 6))
    assert [one.id for one in limited.assertions] == ["miller-burst"]
    assert [one.path for one in limited.reports] == ["gazette.txt"]
    assert limited.statements == ()
    assert limited.as_of == date(2031, 5, 6)
    assert limit_case(case, date(2031, 5, 9)).assertions == case.assertions


def test_a_silence_counts_once_its_window_is_over(case: Case) -> None:
    assert [one.id for one in limit_case(case, date(2031, 5, 19)).expectations] == ["survey"]
    assert [one.id for one in limit_case(case, date(2031, 5, 20)).expectations] == ["photo", "survey"]


def test_an_error_shows_no_control_characters(tmp_path: Path) -> None:
    told = fail(tmp_path / "weir", claims=('quote = "the meadows', 'quote = "\\u001b[31mred\\n the meadows'))
    assert "\\x1b[31mred\\n" in told


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(CaseError, match="cannot be written"):
        new_case(tmp_path / "file" / "below", "Did it happen?", date(2031, 1, 2))


def test_a_new_case_loads_as_it_is(tmp_path: Path) -> None:
    question = 'Did "it"\nhappen? \\ {x}'
    new_case(tmp_path / "new", question, date(2031, 1, 2))
    case = load_case(tmp_path / "new")
    assert case.question == 'Did "it" happen? \\ {x}'
    assert any(one.something_else for one in case.hypotheses)
    assert case.as_of == date(2031, 1, 2)


def test_a_new_case_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(CaseError, match="is not empty"):
        new_case(tmp_path, "Did it happen?", date(2031, 1, 2))
    with pytest.raises(CaseError, match="needs a question"):
        new_case(tmp_path / "empty", " ", date(2031, 1, 2))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_added_reports_are_never_overwritten(tmp_path: Path) -> None:
    new_case(tmp_path / "new", "Did it happen?", date(2031, 1, 2))
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    for folder, words in (("a", "one"), ("b", "two")):
        (tmp_path / folder / "paper.txt").write_text(words, "utf-8")
    first = add_reports(tmp_path / "new", [tmp_path / "a", tmp_path / "b"])
    again = add_reports(tmp_path / "new", [tmp_path / "b" / "paper.txt"])
    assert [one.path for one in first] == ["paper.txt", "paper-2.txt"]
    assert [(one.path, one.known) for one in again] == [("paper-2.txt", True)]
    assert str(again[0]).endswith("already there as reports/paper-2.txt")
    assert (tmp_path / "new/reports/paper.txt").read_text("utf-8") == "one"


def test_adding_what_is_not_there_adds_nothing(tmp_path: Path) -> None:
    new_case(tmp_path / "new", "Did it happen?", date(2031, 1, 2))
    (tmp_path / "real.txt").write_text("one", "utf-8")
    with pytest.raises(InputError, match="there is no file"):
        add_reports(tmp_path / "new", [tmp_path / "real.txt", tmp_path / "gone.txt"])
    assert list((tmp_path / "new/reports").iterdir()) == []
    with pytest.raises(CaseError, match="is no case"):
        add_reports(tmp_path, [tmp_path / "real.txt"])
