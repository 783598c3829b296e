"""What do the other reports of a pile tell about a date?"""

from __future__ import annotations

from pathlib import Path

from firsthand.model import Report
from firsthand.reading import read_reports

STORY = "The kiln at Brede cracked, the potter said, and the whole of the winter's work with it. She was in bed."


def read(folder: Path, *dates: str) -> tuple[Report, ...]:
    for number, words in enumerate(dates):
        (folder / f"{number}.txt").write_text(f"Published: {words}\n\n{STORY} {number}")
    return read_reports([str(folder)])[0]


def start(report: Report) -> str:
    assert report.published is not None
    return report.published.start.date().isoformat()


def test_a_date_of_two_readings_is_settled_by_the_other_reports(tmp_path: Path) -> None:
    ours, _ = read(tmp_path, "08/11/2022", "9 November 2022")
    assert start(ours) == "2022-11-08"
    assert ours.problems == ()


def test_a_date_with_the_month_first_is_settled_the_same_way(tmp_path: Path) -> None:
    ours, _ = read(tmp_path, "08/11/2022", "13 August 2022")
    assert start(ours) == "2022-08-11"


def test_a_date_of_two_readings_that_nothing_settles_covers_both_and_is_noted(tmp_path: Path) -> None:
    (ours,) = read(tmp_path, "08/11/2022")
    assert ours.published is not None
    assert (start(ours), ours.published.end.date().isoformat()) == ("2022-08-11", "2022-11-09")
    assert ours.problems[0].what == "Published '08/11/2022' may be 2022-11-08 or 2022-08-11"


def test_a_missing_year_is_taken_from_the_other_reports_and_noted(tmp_path: Path) -> None:
    ours, _ = read(tmp_path, "6 March", "28 February 2020")
    assert start(ours) == "2020-03-06"
    assert ours.problems[0].what == "Published '6 March' names no year; 2020 fits the other reports"


def test_a_missing_year_stays_missing_where_nothing_fits(tmp_path: Path) -> None:
    ours, _ = read(tmp_path, "6 March", "28 August 2020")
    assert ours.published is None
    assert "names no day" in ours.problems[0].what


def test_a_weekday_that_its_date_does_not_fall_on_is_noted(tmp_path: Path) -> None:
    wrong, right = read(tmp_path, "Tuesday 9 November 2022", "Wednesday 9 November 2022")
    assert wrong.problems[0].what == "Published 'Tuesday 9 November 2022' is a Wednesday, not a Tuesday"
    assert right.problems == ()


def test_a_day_that_does_not_exist_is_noted_and_no_date(tmp_path: Path) -> None:
    (ours,) = read(tmp_path, "31 September 2023")
    assert ours.published is None
    assert ours.problems[0].what == "Published '31 September 2023' is not a date that exists"


def test_a_language_that_writes_the_day_first_settles_a_date_of_two_readings(tmp_path: Path) -> None:
    french = "La potière a dit que le four est fendu, et que tout le travail de l'hiver est perdu pour la ville."
    (tmp_path / "a.txt").write_text(f"Published: 08/11/2022\n\n{french}", encoding="utf-8")
    (report,), _ = read_reports([str(tmp_path)])
    assert start(report) == "2022-11-08"
    assert report.problems == ()
