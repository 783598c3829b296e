"""What does the block of fields above a text say?"""

from __future__ import annotations

from firsthand.model import Report
from firsthand.reading import read_report

STORY = "The ferry sank at noon, the harbour master said.\n\nAll were saved."


def read(text: str, name: str = "a.txt") -> Report:
    (report,) = read_report(name, text.encode())
    return report


def body(report: Report) -> str:
    return "|".join(report.text[start:end] for start, end in report.body)


def test_a_header_block_gives_the_facts_and_is_not_the_report() -> None:
    report = read(
        f"Title: Ferry sinks\nPublisher: Lorn Gazette\nURL: https://lorn.example/1\nPublished: 2 May 2019\n\n{STORY}"
    )
    assert (report.title, report.publisher, report.url) == ("Ferry sinks", "Lorn Gazette", "https://lorn.example/1")
    assert report.published is not None
    assert report.published.start.isoformat() == "2019-05-02T00:00:00"
    assert body(report) == STORY


def test_the_text_of_a_plain_file_is_kept_to_the_last_carriage_return() -> None:
    text = f"Title: Ferry sinks\r\n\r\n{STORY}\r\n\r\n  "
    report = read("\ufeff" + text)
    assert report.text == text
    assert body(report) == STORY


def test_a_field_may_go_on_in_the_next_line() -> None:
    wrapped = "Title: The harbour hour, a transcript made by\nthe listeners' desk\nPublisher: Radio Lorn\n\n"
    assert read(wrapped + STORY).title == "The harbour hour, a transcript made by the listeners' desk"
    indented = "Title: The harbour hour\n  and what came after\n\n"
    assert read(indented + STORY).title == "The harbour hour and what came after"
    last = "Title: The harbour hour, a transcript made by the desk of the\nlisteners' club\n\n"
    assert read(last + STORY).title.endswith("of the listeners' club")


def test_a_report_without_an_empty_line_below_its_header_is_not_swallowed() -> None:
    report = read("Publisher: Radio Lorn\nHOST: Good evening.\nGUEST: The ferry sank.")
    assert report.publisher == "Radio Lorn"
    assert body(report) == "HOST: Good evening.\nGUEST: The ferry sank."


def test_a_misspelt_field_is_a_problem_with_its_line() -> None:
    report = read(f"Title: Ferry sinks\nPublised: 2 May 2019\n\n{STORY}")
    assert [(problem.where, problem.what) for problem in report.problems] == [
        ("a.txt, line 2", "'Publised' is not a field of a report; did you mean 'Published'?")
    ]
    assert body(report) == STORY


def test_a_field_stated_twice_is_a_problem_and_the_first_counts() -> None:
    report = read(f"Title: One\nTitle: Two\n\n{STORY}")
    assert report.title == "One"
    assert report.problems[0].what == "'Title' is stated twice"


def test_a_transcript_is_not_a_header() -> None:
    report = read("HOST: The ferry sank.\nGUEST: It did.\n\nHOST: Thank you.")
    assert report.title == ""
    assert body(report) == report.text


def test_front_matter_is_read_between_its_dashes() -> None:
    text = f'---\ntitle: "Ferry sinks"\ndate: 2019-05-02\ntags: [sea]\n\npublisher: Lorn Gazette\n---\n\n{STORY}\n'
    report = read(text, "a.md")
    assert (report.title, report.publisher, report.problems) == ("Ferry sinks", "Lorn Gazette", ())
    assert report.published is not None
    assert body(report) == STORY


def test_a_rule_of_dashes_without_fields_is_part_of_the_text() -> None:
    report = read(f"---\n\n{STORY}", "a.md")
    assert report.text.startswith("---")
    assert STORY in body(report)


def test_the_headline_of_a_markdown_text_is_its_title_and_its_links_are_found() -> None:
    text = f"# Ferry sinks\n\nSee the [Lorn Gazette](https://lorn.example/1) and https://lorn.example/2.\n\n{STORY}"
    report = read(text, "a.md")
    assert report.title == "Ferry sinks"
    assert "# Ferry" not in body(report)
    assert [(link.url, link.text) for link in report.links] == [
        ("https://lorn.example/1", "Lorn Gazette"),
        ("https://lorn.example/2", "https://lorn.example/2"),
    ]
    assert all(link.span and report.text[slice(*link.span)] == link.text for link in report.links)


def test_a_report_without_a_publisher_is_put_out_by_its_host() -> None:
    assert read(f"URL: https://www.lorn.example/1\n\n{STORY}").publisher == "lorn.example"


def test_retrieved_is_only_what_is_given() -> None:
    assert read(f"Title: x\n\n{STORY}").retrieved is None
    report = read(f"Title: x\nPublished: 3 hours ago\nRetrieved: 2019-05-02T12:30:00Z\n\n{STORY}")
    assert report.published is not None
    assert report.published.start.isoformat() == "2019-05-02T08:30:00"
    assert report.published.end.isoformat() == "2019-05-02T09:30:01"
