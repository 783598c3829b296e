"""What does every page of one publisher repeat, and what is only told again?"""

from __future__ import annotations

from pathlib import Path

from firsthand.model import Report
from firsthand.reading import read_reports

STORIES = (
    "The fish market at Lorn closed on Monday because the ice machine had failed, the harbour master said.",
    "The council of Tarn met on Tuesday without its clerk, who had lost the key to the hall, two members said.",
    "A bridge near Orrin was painted green by mistake, and the painter told the Bell that he was colour blind.",
    "Snow fell on the last day of May, and nobody at the weather office could say from where it had come.",
)
NOTE = "The Bell never pays its sources, the editor said when it was founded."


def save(folder: Path, name: str, publisher: str, *paragraphs: str) -> None:
    (folder / name).write_text(f"Publisher: {publisher}\n\n" + "\n\n".join(paragraphs))


def show_body(report: Report) -> str:
    return "\n".join(report.text[start:end] for start, end in report.body)


def test_what_most_pages_of_a_publisher_repeat_is_its_furniture(tmp_path: Path) -> None:
    for number, story in enumerate(STORIES):
        save(tmp_path, f"{number}.txt", "The Lorn Bell", story, NOTE, story.replace("on", "again on"))
    reports, _ = read_reports([str(tmp_path)])
    for report in reports:
        assert NOTE not in show_body(report)
        (part,) = [part for part in report.parts if part.text == NOTE]
        assert part.kind == "furniture"
        assert part.span is not None
        assert report.text[slice(*part.span)] == NOTE


def test_what_two_pages_repeat_or_several_publishers_is_told_and_stays(tmp_path: Path) -> None:
    for number, story in enumerate(STORIES):
        save(tmp_path, f"{number}.txt", f"Paper {number % 2}", story, NOTE, story.replace("on", "again on"))
    reports, _ = read_reports([str(tmp_path)])
    assert all(NOTE in show_body(report) for report in reports)


def test_a_story_put_out_three_times_is_no_boilerplate(tmp_path: Path) -> None:
    for number in range(3):
        save(tmp_path, f"{number}.txt", "The Lorn Bell", STORIES[0], STORIES[1], f"Update {number}.")
    reports, _ = read_reports([str(tmp_path)])
    assert all(STORIES[0] in show_body(report) for report in reports)
