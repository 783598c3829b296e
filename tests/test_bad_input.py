"""Does every mistake end in one sentence, with nothing lost, and does no report get its words obeyed?"""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from firsthand import assess_folder
from firsthand.assessment import list_ids
from firsthand.case import add_reports, list_knobs, load_case, new_case, read_judgements, record_judgement
from firsthand.case.judgements import parse_value
from firsthand.cli import main
from firsthand.commands import draft_folder, explain_id, retract_name
from firsthand.errors import CaseError, InputError
from firsthand.exports import describe_assessment, show_json
from firsthand.model import Judgement
from firsthand.reading import read_report

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "libya-2011"
FORGED = ROOT / "tests" / "golden" / "forged-statement"
OBEYED = ("\x1b", "\x07", "\x9b", "\u202e", "\u2066")
NASTY = 'T"]\n[model]\nshameless = 0 """ \x1b[2J \x9b \u202e \u2066 \\u0041'
PAGE = (
    'Publisher: Post "x" \\ [source.evil] # =1+1 \u202e\n\n'
    'The mayor, Ada Oak, told \x1b[1mthe Post that "the bridge at Nor """ fell \\u0041 on Monday". '
    "@SUM(A1) said the bridge at Nor fell on Monday. An official said the bridge \u202eat Nor fell on Monday.\n"
)
NAMES = (
    ' lead.txt|a"b.txt|c\'d.txt|nl\nname.txt|esc\x1b[31m.txt|..txt|"""\nx=1.txt|=cmd.txt|x#2.txt|-rf.txt|\u202ertl.txt'
)


@pytest.fixture
def case_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "case"
    shutil.copytree(FORGED, folder, ignore=shutil.ignore_patterns("expected"))
    return folder


@pytest.fixture
def hostile_case(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    pages.mkdir()
    for number, name in enumerate(NAMES.split("|")):
        (pages / name).write_text(f"Title: {number} {NASTY}\n{PAGE}{number}.\n", "utf-8")
    new_case(tmp_path / "hostile", NASTY, date(2031, 1, 2))
    add_reports(tmp_path / "hostile", [pages])
    return tmp_path / "hostile"


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[object, str, str]:
    with pytest.raises(SystemExit) as left:
        main([str(word) for word in words])
    captured = capsys.readouterr()
    return left.value.code, captured.out, captured.err


def decide(about: str, why: str = "because") -> Judgement:
    return Judgement(when=datetime(2031, 1, 2, tzinfo=UTC), who="Ida", about=about, value="retracted", why=why)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("page.pdf", "cannot write '.pdf' files"),
        ("folder.html", "is a folder; name a file in it"),
        ("file.txt/page.html", "cannot be written"),
        ("case/reports/new.html", "is a file of the case itself"),
        ("case/judgements.jsonl", "cannot write"),
    ],
)
def test_an_output_that_cannot_be_is_refused_in_a_sentence(capsys, case_folder, tmp_path, name, told):
    (tmp_path / "folder.html").mkdir()
    (tmp_path / "file.txt").write_text("mine", "utf-8")
    code, out, err = run(capsys, "assess", case_folder, "--samples", "0", "-o", tmp_path / name)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert told in err
    assert (tmp_path / "file.txt").read_text("utf-8") == "mine"
    assert not (case_folder / "reports" / "new.html").exists()


@pytest.mark.parametrize(
    "flags",
    [
        ("--samples", "-1"),
        ("--samples", "1000000000000"),
        ("--json", "--format", "html"),
        ("-o", "-"),
        ("--as-of", "yesterday"),
        ("--as-of", "0000-12-31"),
    ],
)
def test_a_flag_that_cannot_be_meant_is_refused_in_a_sentence(capsys, case_folder, tmp_path, monkeypatch, flags):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, "assess", case_folder, *flags)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert [path.name for path in tmp_path.iterdir()] == ["case"]


def test_fewer_claims_than_none_cannot_be_shown(capsys, case_folder):
    assert run(capsys, "trace", case_folder, "--claims", "-1")[0] == 2


@pytest.mark.parametrize("number", ["1" + "0" * 400, "1" + "0" * 5000])
def test_a_number_too_long_to_be_read_is_told(case_folder, number):
    case = case_folder / "case.toml"
    case.write_text(case.read_text("utf-8").replace("prior = ", f"prior = {number} #", 1), "utf-8")
    with pytest.raises(CaseError, match=r"^case\.toml, line \d+: "):
        load_case(case_folder)


@pytest.mark.parametrize("value", ["1" + "0" * 400, "1" + "0" * 5000, "[" * 5000, "NaN", "null", "{}"])
def test_a_move_or_judgement_without_a_number_in_it_is_refused(capsys, case_folder, value):
    assert run(capsys, "what-if", case_folder, f"model.shameless={value}")[0] == 2
    line = f'{{"when": "2031-01-02", "who": "a", "about": "model.shameless", "value": {value}, "why": "b"}}\n'
    (case_folder / "judgements.jsonl").write_text(line, "utf-8")
    with pytest.raises(CaseError, match=r"^judgements\.jsonl, line 1: "):
        load_case(case_folder)
    assert parse_value("[" * 5000) == "[" * 5000


def test_a_judgement_may_hold_any_words_and_still_be_read(case_folder):
    words = "one\u2028two\x85three\x0bfour\nfive \x1b[2J \ud800"
    record_judgement(case_folder, decide("source.harrow", words))
    record_judgement(case_folder, decide("source.harrow", "again"))
    found = read_judgements(case_folder)
    assert [one.why for one in found] == [words.replace("\ud800", "?"), "again"]


def test_judgements_saved_by_an_editor_of_another_system_are_read(case_folder):
    record_judgement(case_folder, decide("source.harrow"))
    path = case_folder / "judgements.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(read_judgements(case_folder)) == 1


def test_judgements_that_are_a_folder_are_told(case_folder):
    (case_folder / "judgements.jsonl").mkdir()
    with pytest.raises(CaseError, match=r"^judgements\.jsonl: cannot be read"):
        load_case(case_folder)


def test_nothing_is_retracted_without_a_reason(case_folder):
    with pytest.raises(CaseError, match="needs its reason"):
        retract_name(case_folder, "source.harrow", why=" ", who="Ida")
    assert not (case_folder / "judgements.jsonl").exists()


def test_a_question_of_any_characters_gives_a_whole_case(tmp_path):
    new_case(tmp_path / "new", f'{NASTY} "AS_OF" \ud800 \x00', date(2031, 1, 2))
    case = load_case(tmp_path / "new")
    assert '"AS_OF"' in case.question
    assert case.as_of == date(2031, 1, 2)


def test_the_files_of_a_case_are_never_added_to_it_as_reports(case_folder, tmp_path):
    before = sorted(path.name for path in (case_folder / "reports").iterdir())
    assert all(one.known for one in add_reports(case_folder, [case_folder]))
    with pytest.raises(InputError, match="only files of the case itself"):
        add_reports(case_folder, [case_folder / "claims.toml"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="there is no file in"):
        add_reports(case_folder, [tmp_path / "empty"])
    assert sorted(path.name for path in (case_folder / "reports").iterdir()) == before


def test_a_page_with_control_characters_is_read_as_any_other():
    words = "The dam at Nor leaks,\x1b\x01 said Orla Finch, who has looked after it for forty years and more."
    page = f"<html><body><p>{words}&#27;&#x1;&#xFFFF;</p>\x1b<script>x</script>\x1b\ufffetail</body></html>"
    (report,) = read_report("page.html", page.encode())
    assert "The dam at Nor leaks," in report.text
    assert "\x1b" not in report.text


def test_a_hostile_pile_gives_a_case_that_loads_and_obeys_nothing(capsys, hostile_case):
    draft_folder(hostile_case)
    case = load_case(hostile_case)
    assert case.assertions
    assert not any(one.judged for one in (*case.profiles, *case.assertions, *case.expectations, *case.claims))
    assert all(one.source.id != "evil" for one in case.profiles)
    for name in ("case.toml", "sources.toml", "claims.toml", "expectations.toml"):
        assert not any(sign in (hostile_case / name).read_text("utf-8") for sign in OBEYED)
    for words in (("assess",), ("assess", "--json"), ("assess", "--format", "md"), ("check",), ("draft",)):
        command, *flags = words
        draws = ("--samples", "0") if command == "assess" else ()
        code, out, err = run(capsys, command, hostile_case, *flags, *draws)
        assert code in (0, 1), err
        assert not any(sign in out + err for sign in OBEYED), words
    assert run(capsys, "trace", hostile_case / "reports", "--json")[0] == 0


def test_what_is_added_is_told_without_obeying_its_name(capsys, hostile_case, tmp_path):
    (tmp_path / "new \x1b[31m\n\u202e.txt").write_text("The dam leaks, Orla Finch said.", "utf-8")
    code, out, _ = run(capsys, "add", hostile_case, tmp_path / "new \x1b[31m\n\u202e.txt")
    assert code == 0
    assert out.count("\n") == 1
    assert not any(sign in out for sign in OBEYED)


def test_a_name_that_is_no_text_is_read_and_shown(capsys, case_folder, tmp_path):
    name = os.fsencode(tmp_path) + b"/bad\xffbyte.txt"
    Path(os.fsdecode(name)).write_text("The dam leaks, Orla Finch said.", "utf-8")
    for words in (("trace", os.fsdecode(name)), ("add", case_folder, os.fsdecode(name)), ("assess", case_folder)):
        code, out, err = run(capsys, *words)
        assert code == 0, err
        assert out.encode("utf-8")


def test_a_draft_that_would_not_load_is_not_written(hostile_case, monkeypatch):
    from firsthand.case import draft

    before = {path.name: path.read_bytes() for path in hostile_case.glob("*.toml")}
    monkeypatch.setattr(draft, "name_report", lambda report: "gone.txt")
    with pytest.raises(CaseError, match="there is no report"):
        draft_folder(hostile_case)
    assert {path.name: path.read_bytes() for path in hostile_case.iterdir() if path.is_file()} == before


def test_json_reads_back_the_same_and_holds_nothing_a_terminal_obeys():
    data = {"a": "".join(OBEYED) + '\\\u202e"\u2028\ud800\x7fé'}
    words = show_json(data)
    assert json.loads(words) == data
    assert words.encode("utf-8")
    assert not any(sign in words for sign in OBEYED)


def _gather_ids(found: object) -> set[str]:
    if isinstance(found, list):
        return {name for one in found for name in _gather_ids(one)}
    if not isinstance(found, dict):
        return set()
    own = {str(found[key]) for key in ("id", "hypothesis", "report") if isinstance(found.get(key), str)}
    return own | {name for one in found.values() for name in _gather_ids(one)}


@pytest.mark.parametrize("place", [EXAMPLE, FORGED, ROOT / "tests" / "golden" / "loud-silence"])
def test_every_id_that_an_assessment_lists_can_be_explained(place, monkeypatch):
    assessment = assess_folder(place, samples=0)
    case = assessment.case
    monkeypatch.setattr("firsthand.commands.assess_case", lambda _: assessment)
    ids = _gather_ids(json.loads(show_json(describe_assessment(assessment))))
    ids |= {str(knob.id) for knob in list_knobs(case)} | set(list_ids(assessment))
    for things in (case.hypotheses, case.campaigns, case.postures, case.claims, case.scenarios, case.questions):
        ids |= {str(thing.id) for thing in things}
    ids |= {f"report.{report.path}" for report in case.reports} | {f"source.{one.source.id}" for one in case.profiles}
    ids |= {str(one.id) for one in (*case.assertions, *case.observations, *case.statements, *case.expectations)}
    for name in sorted(ids):
        explained, _ = explain_id(place, name)
        assert explained.title, name
        assert explained.lines, name
