"""Which of a saved page is the report? Pages of several makes, written for these tests."""

from __future__ import annotations

from firsthand.model import Part, PartKind, Report
from firsthand.reading import read_report

BLOG = """The bridge that was sold twice

The council of Haldon says it never sold the bridge. A deed seen by this blog says otherwise, and a clerk agrees.

"I signed it myself," the clerk told me on Monday.

About these ads

3 Responses to The bridge that was sold twice

  1. Pingback: Deeds of the week \u00ab Paper Trail

  2. tollkeeper says:

    I saw them count the money.

    All of it in coins.

  3. Pingback: Haldon links | The Morning Heap

Leave a Reply

Fill in your details below, or use one of these accounts:

You are commenting using your account. Log Out / Change )

Follow

Get every new post delivered by mail.
"""

NEWS = """Skip to content

Home
News
Sport
Weather

Bridge deed is genuine, archivist says

Published 3 May 2016 by Ada Finch

The deed of sale is genuine, the county archivist told the Haldon Echo on Tuesday.

Read more: Ten bridges to visit this spring

She had compared the seal with forty others. "There is no doubt at all," she said.

Share this article

Comments (2)

quaylad
I was there, they used a rubber stamp.

Nessie
Rubbish.

Most read

Cat elected to parish council
Pool closed again
"""

FORUM = """Anybody else seen the deed?

A man at the market showed me a copy of the deed. It has two signatures and they are not alike.

He said he had it from the clerk.

Quote | Report

2 replies

milkfloat wrote:
They are never alike.

gatepost wrote:
I saw it too.

Post reply

Who is online
Users browsing this forum: none
"""

NEWSLETTER = """View this email in your browser

The Haldon Letter: bridges and their owners

Good morning. The council now says the sale was a rehearsal, according to the Haldon Echo.

The clerk has not been seen since Tuesday.

You are receiving this because you once bought a map from us. Unsubscribe here.
"""


def read(text: str) -> Report:
    (report,) = read_report("page.txt", text.encode())
    return report


def body(report: Report) -> str:
    return "\n".join(report.text[start:end] for start, end in report.body)


def parts(report: Report, kind: PartKind) -> list[Part]:
    return [part for part in report.parts if part.kind == kind]


def test_the_body_of_a_blog_page_is_its_post() -> None:
    report = read(BLOG)
    assert report.title == "The bridge that was sold twice"
    assert body(report).startswith("The council of Haldon")
    assert body(report).endswith("told me on Monday.")


def test_a_pingback_is_a_link_and_not_a_comment() -> None:
    report = read(BLOG)
    assert [link.text for link in report.links] == [
        "Deeds of the week \u00ab Paper Trail",
        "Haldon links | The Morning Heap",
    ]
    assert {link.rel for link in report.links} == {"pingback"}
    assert len(parts(report, PartKind.PINGBACK)) == 2


def test_a_comment_is_one_part_with_all_its_paragraphs() -> None:
    (comment,) = parts(read(BLOG), PartKind.COMMENT)
    assert "tollkeeper says:" in comment.text
    assert comment.text.endswith("All of it in coins.")


def test_the_reply_form_and_what_follows_are_furniture() -> None:
    words = " ".join(part.text for part in parts(read(BLOG), PartKind.FURNITURE))
    for line in ("About these ads", "3 Responses to", "Leave a Reply", "Log Out", "Get every new post"):
        assert line in words


def test_a_news_page_loses_its_menu_its_pointers_and_its_readers() -> None:
    report = read(NEWS)
    assert report.title == "Bridge deed is genuine, archivist says"
    assert report.published is not None
    assert report.published.start.isoformat() == "2016-05-03T00:00:00"
    for words in ("Weather", "Read more", "Share this", "rubber stamp", "Cat elected", "Published 3 May"):
        assert words not in body(report)
    assert "archivist told the Haldon Echo" in body(report)
    assert "There is no doubt at all" in body(report)
    assert [part.text.splitlines()[0] for part in parts(report, PartKind.COMMENT)] == ["quaylad", "Nessie"]


def test_the_first_post_of_a_forum_is_the_report() -> None:
    report = read(FORUM)
    assert body(report).endswith("He said he had it from the clerk.")
    assert [part.text.splitlines()[0] for part in parts(report, PartKind.COMMENT)] == [
        "milkfloat wrote:",
        "gatepost wrote:",
    ]


def test_a_newsletter_is_put_out_by_its_name_and_loses_its_imprint() -> None:
    report = read(NEWSLETTER)
    assert report.publisher == "The Haldon Letter"
    assert "Unsubscribe" not in body(report)
    assert "in your browser" not in body(report)
    assert body(report).endswith("since Tuesday.")


def test_every_word_of_a_page_is_in_its_body_its_headline_or_a_part() -> None:
    for page in (BLOG, NEWS, FORUM, NEWSLETTER):
        report = read(page)
        kept = " ".join([report.title, body(report), *(part.text for part in report.parts)])
        assert sorted(set(page.split()) - set(kept.split())) == []


def test_the_span_of_a_part_is_where_its_words_stand() -> None:
    for page in (BLOG, NEWS, FORUM, NEWSLETTER):
        report = read(page)
        assert all(part.span and report.text[slice(*part.span)] == part.text for part in report.parts)


def test_a_report_about_comments_and_advertising_is_still_a_report() -> None:
    text = (
        "The minister refused all comments on Monday.\n\n"
        "Advertisement revenue fell by half, the paper said, and 14 responses to its letter were angry.\n\n"
        "Readers were asked to unsubscribe from the rival list, the editor said, in a letter to the court. " * 4
    )
    assert body(read(text)) == text.strip()


def test_a_single_paragraph_is_a_body_and_not_a_headline() -> None:
    report = read("The mill burned, the mayor said")
    assert (report.title, body(report)) == ("", "The mill burned, the mayor said")


def test_the_first_paragraph_of_a_statement_is_not_taken_for_a_headline() -> None:
    report = read('"We regret nothing," the mayor said.\n\nShe sat down.')
    assert report.title == ""


def test_a_page_that_opens_with_the_words_of_its_end_is_not_lost() -> None:
    report = read("Follow\n\nThe tide was in, said the harbour master, and the boats with it.")
    assert "the harbour master" in body(report)


def test_who_pays_for_a_militia_is_no_imprint_but_who_pays_for_the_paper_is() -> None:
    story = "Four men were held on Monday, the sheriff said.\n\nThe militia is funded by the province, officials say."
    assert body(read(story)) == story
    report = read(f"Publisher: Haldon Echo\n\n{story}\n\nHaldon Echo is funded by its readers.")
    assert body(report) == story


def test_the_heading_of_a_study_is_not_the_start_of_the_comments() -> None:
    text = (
        f"{'The weir was opened by hand, the study says. ' * 6}\n\nDiscussion\n\nWho had the key is not known, it says."
    )
    assert body(read(text)) == text


def test_a_line_of_a_wrapped_paragraph_is_not_taken_for_a_heading() -> None:
    text = (
        "The editor said that the paper had asked its readers twice, and got\n"
        "14 responses to the letter, all of them by the same hand, and that it\n"
        "would now ask whoever had opened the weir to write to the paper and to\n"
        "follow\n"
        "the example of the miller, who had confessed on the spot."
    )
    assert body(read(text)) == text


def test_a_line_that_ends_pages_does_not_end_one_that_has_hardly_begun() -> None:
    story = "The tide was in, said the harbour master, and the boats came with it, all nine of them. " * 3
    assert story.strip() in body(read(f"The boats are in\n\nFollow us\n\n{story}"))


def test_a_sentence_that_begins_like_a_byline_is_part_of_the_report() -> None:
    text = (
        "By Monday, 1200 people had fled\n\nThe prefect said so on the wireless, and the mayor said that he had lied."
    )
    report = read(text)
    assert report.published is None
    assert "1200 people" in body(report) + report.title


def test_link_backs_without_empty_lines_between_them_are_told_apart() -> None:
    backs = "Pingback: The week in bridges and in those who buy them | Heap\nPingback: Deeds \u00ab Trail\n"
    report = read(
        f"The deed is false\n\nThe clerk said that the deed was false.\n\n2 comments\n{backs}otter says:\nit is not"
    )
    assert [part.kind.value for part in report.parts] == ["furniture", "pingback", "pingback", "comment", "headline"]
    assert report.parts[-2].text == "otter says:\nit is not"
