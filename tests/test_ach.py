"""Does a plain matrix of competing hypotheses come in and go out as it was?"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from firsthand.case import load_case, new_case_from_matrix
from firsthand.case.ach import read_matrix
from firsthand.commands import check_folder, export_matrix
from firsthand.errors import CaseError, InputError
from firsthand.exports import write_ach_marks
from firsthand.model import Case, Severity
from firsthand.pipeline import assess_case

MATRIX = """hypothesis,"A wet floor, they say",Gate found open,The keeper slept,Nobody called
The weir burst,CC,I,N,C
The gate was opened,C,CC,I,N
It never happened,II,I,N,C
Something else,N,N,N,N
"""
TURNED = """Evidence;Credibility;H1 burst;H2 opened;Notes
Floor;high;++;+;seen
Gate;low;inconsistent;Very Consistent;
Keeper;;n/a;--;
"""


def write(folder: Path, words: str, name: str = "matrix.csv") -> Path:
    path = folder / name
    path.write_text(words, "utf-8")
    return path


def start(folder: Path, words: str) -> Case:
    new_case_from_matrix(folder / "case", "Did it burst?", write(folder, words))
    return load_case(folder / "case")


def read_rows(words: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(words)))


def test_a_matrix_that_comes_in_goes_out_with_the_same_marks(tmp_path: Path) -> None:
    start(tmp_path, MATRIX)
    out, given = read_rows(export_matrix(tmp_path / "case", "ach-csv")), read_rows(MATRIX)
    assert sorted(out[0][1:-1]) == sorted(given[0][1:])
    for row, was in zip(out[1:], given[1:], strict=True):
        assert row[0] == was[0]
        assert dict(zip(out[0][1:-1], row[1:-1], strict=True)) == dict(zip(given[0][1:], was[1:], strict=True))


def test_what_went_out_comes_in_again_and_goes_out_the_same(tmp_path: Path) -> None:
    start(tmp_path, MATRIX)
    first = export_matrix(tmp_path / "case", "ach-csv")
    new_case_from_matrix(tmp_path / "again", "Did it burst?", write(tmp_path, first, "first.csv"))
    assert export_matrix(tmp_path / "again", "ach-csv") == first


def test_the_inconsistency_score_is_heuers(tmp_path: Path) -> None:
    found = assess_case(start(tmp_path, MATRIX), samples=0).matrix
    assert found.inconsistency == (1, 1, 3, 0)


def test_evidence_is_sorted_by_how_well_it_tells_the_hypotheses_apart(tmp_path: Path) -> None:
    matrix = assess_case(start(tmp_path, MATRIX), samples=0).matrix
    columns = list(zip(*matrix.cells, strict=True))
    spreads = [max(column) - min(column) for column in columns]
    assert spreads == sorted(spreads, reverse=True)
    assert matrix.evidence[0] == "wet-floor-they-say"


def test_every_observation_quotes_its_row_of_the_matrix(tmp_path: Path) -> None:
    case = start(tmp_path, MATRIX)
    (report,) = case.reports
    for one in case.observations:
        assert one.quote.text.startswith(one.title)
        assert report.text[one.quote.span.start : one.quote.span.end] == one.quote.text


def test_nothing_in_a_case_from_a_matrix_is_found_wrong(tmp_path: Path) -> None:
    start(tmp_path, MATRIX)
    assert [found for found in check_folder(tmp_path / "case") if found.severity == Severity.WRONG] == []


def test_evidence_may_stand_in_rows_and_marks_be_spelt_otherwise(tmp_path: Path) -> None:
    sheet = read_matrix(write(tmp_path, TURNED))
    assert sheet.hypotheses == ("H1 burst", "H2 opened")
    assert sheet.evidence == ("Floor", "Gate", "Keeper")
    assert sheet.words == (
        ("very consistent", "inconsistent", "neutral"),
        ("consistent", "very consistent", "very inconsistent"),
    )


def test_something_else_is_added_and_neutral_where_it_is_missing(tmp_path: Path) -> None:
    case = start(tmp_path, TURNED)
    rest = case.hypotheses[-1]
    assert (rest.name, rest.something_else) == ("Something else", True)
    assert {one.given[rest.id].value for one in case.observations} == {0.5}


def test_words_that_a_spreadsheet_would_run_are_disarmed_and_come_back_plain(tmp_path: Path) -> None:
    hostile = MATRIX.replace("Gate found open", "=HYPERLINK(1)")
    case = start(tmp_path, hostile)
    out = export_matrix(tmp_path / "case", "ach-csv")
    assert "'=HYPERLINK(1)" in out
    assert "=HYPERLINK(1)" in [one.title for one in case.observations]
    assert "=HYPERLINK(1)" in read_matrix(write(tmp_path, out, "out.csv")).evidence


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "needs a heading row"),
        ("hypothesis,a,b\nOne,CC,I\n", "needs a heading row"),
        ("hypothesis,a,b\nOne,CC,I\nTwo,CCC,I\n", "line 3: 'CCC' under 'a' is no mark; did you mean 'CC'?"),
        ("hypothesis,a,a\nOne,CC,I\nTwo,C,I\n", "the piece of evidence 'a' twice"),
        ("hypothesis,a,b\nOne,CC,I\nOne,C,I\n", "the hypothesis 'One' twice"),
        ("hypothesis,a,b\n" + "".join(f"Name {n},C,I\n" for n in range(14)), "14 hypotheses"),
        ("hypothesis,score,total\nOne,1,2\nTwo,3,4\n", "0 pieces of evidence"),
    ],
)
def test_what_is_no_matrix_is_told_with_its_line(tmp_path: Path, words: str, told: str) -> None:
    with pytest.raises(InputError, match=r"matrix\.csv") as error:
        read_matrix(write(tmp_path, words))
    assert told in str(error.value)


def test_a_file_that_is_not_there_or_not_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_matrix(tmp_path / "none.csv")
    (tmp_path / "bad.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="UTF-8"):
        read_matrix(tmp_path / "bad.csv")


def test_a_matrix_never_overwrites_a_case(tmp_path: Path) -> None:
    start(tmp_path, MATRIX)
    with pytest.raises(CaseError, match="not empty"):
        start(tmp_path, MATRIX)


def test_cells_in_decibans_are_those_of_the_assessment(tmp_path: Path) -> None:
    case = start(tmp_path, MATRIX)
    matrix = assess_case(case, samples=0).matrix
    rows = read_rows(export_matrix(tmp_path / "case", "ach-db"))
    assert [[float(cell) for cell in row[1:-1]] for row in rows[1:]] == [
        pytest.approx(row, abs=6e-4) for row in matrix.cells
    ]


def test_echoes_are_no_column_of_the_matrix() -> None:
    from vector_one import build_case, echo

    case = build_case()
    echoed = replace(case, assertions=(*case.assertions, echo("again", "official-missiles")))
    assert write_ach_marks(assess_case(echoed, samples=0)) == write_ach_marks(assess_case(case, samples=0))
