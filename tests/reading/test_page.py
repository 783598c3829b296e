"""What does a web page say, and what around it is not its report? Pages written for these tests."""

from __future__ import annotations

import re

import pytest

from firsthand.model import PartKind, Report
from firsthand.reading import read_report

LEAD = "The weir at Tarn Foot was opened by hand on Sunday night, the river warden told a meeting in the town hall."
SECOND = (
    "Her log gives the hour as ten past eleven, and it names nobody, for she saw nobody when she came with her lamp."
)
THIRD = "The water company said in a letter that no order had been given, and that its own log was lost in the flood."
PROSE = f"<p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p>"

SOUP = f"""<html lang="en"><head><title>Weir opened by hand - Tarn Courier</title>
<meta property="og:site_name" content="Tarn Courier">
<meta property="article:published_time" content="2018-02-04T09:30:00+01:00">
</head><body><div id="cookies">We use cookies to know your shoe size</div>
<div class="topnav"><a href="/1">Births</a> <a href="/2">Markets</a></div>
<div class="x1"><h1>Weir opened by hand</h1><div class="byline">By Tom Ash</div>
<div class="share-bar">Tell a friend</div>
<div class="x2"><b>A flood came without rain.</b><p>{LEAD}</p><div class="k9">PICTURES: the ten wettest cellars</div>
<p>{SECOND}</p><p class="promo">Join Courier Gold for a pound a week</p><p>{THIRD}</p></div></div>
<div class="trending"><p>Trending now</p><a href="/3">Goat wins election</a></div>
<div class="footer">Tarn Courier Ltd</div></body></html>"""

TABLE = f"""<html><head><title>Tarn Weekly: The night of the weir</title></head><body><table><tr><td colspan=3>
<font size=6>Tarn Weekly</font></td></tr><tr><td><a href=a>Join the club</a><br><a href=b>Old numbers</a></td>
<td><font size=5><b>The night of the weir</b></font><br><font size=1>4 February 2018</font>
<b>WHAT a night!</b>{PROSE}</td>
<td><font size=2>Waders at half price</font></td></tr>
<tr><td colspan=3>Tarn Weekly is published by the Tarn Club</td></tr></table>"""

FORUM = f"""<html><head><title>Who opened the weir? - Tarn Talk</title></head><body>
<h1>Who opened the weir?</h1>
<div class="postrow" id="p1"><div class="author">millrat</div><div class="when">4 Feb 2018, 08:15</div>
<div class="message">{PROSE}</div></div>
<div class="postrow" id="p2"><div class="author">otterly</div>
<div class="message">I saw two men with a crank.</div></div>
<div class="postrow" id="p3"><div class="author">pikelet</div>
<div class="message">My uncle has a crank.</div></div></body></html>"""

BLOG = f"""<html><head><title>A flood without rain \u2013 Notes from Tarn</title></head>
<body class="single-post">
<div id="header"><h1 class="blog-title"><a href="/">Notes from Tarn</a></h1></div>
<article class="post hentry">
<h2 class="entry-title">A flood without rain</h2><div class="entry-meta">February 5, 2018 by Ida Brook</div>
<div class="entry-content"><p>{LEAD}</p><p>The <a href="https://courier.example/weir">Tarn Courier</a> has the log.
{SECOND}</p><p>{THIRD}</p></div></article>
<div id="comments"><h3>2 thoughts on a flood</h3><ol class="comment-list">
<li class="comment"><article class="comment-body"><cite>otterly</cite><p>I heard the crank.</p></article></li>
<li class="pingback"><p>Pingback: <a href="https://heap.example/7">The Morning Heap</a></p></li></ol>
<div id="respond"><h3>Leave a Reply</h3><form><textarea></textarea><input value="Send"></form></div></div>
<div id="sidebar"><ul><li>About Ida</li><li>Old posts</li></ul></div></body></html>"""

HEADED = f"""<html><head><title>Weir</title></head><body><main><h1>Weir opened by hand</h1>{PROSE}
<h3>Comments (2)</h3><p>First!</p><p>It was the ghost of the miller.</p></main></body></html>"""


def read(markup: str) -> Report:
    (report,) = read_report("page.html", markup.encode())
    return report


def words_of(report: Report, kind: PartKind) -> str:
    return "\n".join(part.text for part in report.parts if part.kind == kind)


def assert_main_text(report: Report, *others: str) -> None:
    for line in (LEAD, SECOND, THIRD):
        assert line in report.text
    for words in others:
        assert words not in report.text
    assert report.body == ((0, len(report.text)),)


def test_a_page_of_nameless_boxes_gives_its_paragraphs_alone() -> None:
    report = read(SOUP)
    assert_main_text(
        report, "shoe size", "Births", "Tom Ash", "Tell a friend", "wettest cellars", "Courier Gold", "Goat", "Ltd"
    )
    assert "A flood came without rain." in report.text
    assert (report.title, report.publisher) == ("Weir opened by hand", "Tarn Courier")
    assert report.published is not None
    assert report.published.start.isoformat() == "2018-02-04T08:30:00"


def test_a_page_laid_out_as_a_table_gives_the_cell_with_the_report() -> None:
    report = read(TABLE)
    assert report.text.splitlines() == ["WHAT a night!", LEAD, SECOND, THIRD]
    assert_main_text(report, "Join the club", "Old numbers", "Waders", "published by")
    assert (report.title, report.publisher) == ("The night of the weir", "Tarn Weekly")
    assert report.published is not None
    assert report.published.start.isoformat() == "2018-02-04T00:00:00"


def test_the_first_post_of_a_thread_is_the_report_and_the_others_are_comments() -> None:
    report = read(FORUM)
    assert_main_text(report, "millrat", "otterly", "two men with a crank", "uncle")
    comments = [part.text for part in report.parts if part.kind == PartKind.COMMENT]
    assert [comment.splitlines()[0] for comment in comments] == ["otterly", "pikelet"]
    assert report.publisher == "Tarn Talk"


def test_the_comments_of_a_blog_are_parts_and_its_link_backs_are_links() -> None:
    report = read(BLOG)
    assert_main_text(report, "heard the crank", "Pingback", "Leave a Reply", "About Ida")
    assert words_of(report, PartKind.COMMENT).count("I heard the crank.") == 1
    assert "The Morning Heap" in words_of(report, PartKind.PINGBACK)
    assert ("https://heap.example/7", "pingback") in [(link.url, link.rel) for link in report.links]
    assert (report.title, report.publisher) == ("A flood without rain", "Notes from Tarn")


def test_a_link_in_the_text_has_the_span_of_its_words() -> None:
    report = read(BLOG)
    link = next(link for link in report.links if link.rel == "link")
    assert (link.url, link.text) == ("https://courier.example/weir", "Tarn Courier")
    assert link.span is not None
    assert report.text[slice(*link.span)] == "Tarn Courier"


def test_what_stands_below_a_heading_of_comments_is_comments() -> None:
    report = read(HEADED)
    assert_main_text(report, "First!", "ghost of the miller")
    assert "ghost of the miller" in words_of(report, PartKind.COMMENT)


@pytest.mark.parametrize("page", [SOUP, TABLE, FORUM, BLOG, HEADED])
def test_no_word_of_a_page_is_lost(page: str) -> None:
    report = read(page)
    kept = " ".join([report.title, report.text, *(part.text for part in report.parts)])
    shown = re.sub(r"<[^>]*>", " ", page[page.index("<body") :])
    assert sorted(set(shown.split()) - set(kept.split())) == []


def test_a_box_named_like_furniture_that_holds_the_report_is_kept() -> None:
    assert_main_text(read(f"<html><body><div class='sidebar'>{PROSE}</div></body></html>"))
    assert_main_text(read(f"<html><body><form id='aspnetForm'>{PROSE}</form></body></html>"))
    assert_main_text(read(f"<html><body><div class='comments'><h1>Weir</h1>{PROSE}</div></body></html>"))


def test_a_table_of_figures_is_not_taken_for_a_layout() -> None:
    figures = "<table><tr><th>Hour</th><th>Level</th></tr><tr><td>eleven</td><td>two metres</td></tr></table>"
    report = read(f"<html><body><article><h1>Weir</h1>{PROSE}{figures}</article></body></html>")
    kept = "\n".join([report.text, *(part.text for part in report.parts)])
    assert "two metres" in kept


def test_linked_data_states_title_publisher_date_and_what_a_page_is_based_on() -> None:
    data = (
        '{"@graph": [{"@type": "Organization", "name": "x"}, {"@type": ["NewsArticle"], "headline": "Weir opened", '
        '"datePublished": "2018-02-04", "publisher": {"name": "Tarn Courier"}, "isBasedOn": [{"@id": "https://wire.example/1"}]}]}'
    )
    report = read(
        f'<html><head><link rel="canonical" href="https://courier.example/weir">'
        f'<script type="application/ld+json">{data}</script></head><body>{PROSE}</body></html>'
    )
    assert (report.title, report.publisher, report.url) == (
        "Weir opened",
        "Tarn Courier",
        "https://courier.example/weir",
    )
    assert {(link.rel, link.url) for link in report.links} == {
        ("canonical", "https://courier.example/weir"),
        ("based-on", "https://wire.example/1"),
    }


def test_linked_data_that_is_broken_is_passed_over() -> None:
    report = read(
        f'<html><head><script type="application/ld+json">{{"@type": </script></head><body>{PROSE}</body></html>'
    )
    assert_main_text(report)


def test_a_date_in_a_quotation_is_not_the_date_of_the_page() -> None:
    assert read(f'<html><body>{PROSE}<p>"It happened on 3 May 2011," she said.</p></body></html>').published is None


def test_a_date_that_only_counts_back_is_a_problem_and_no_date() -> None:
    report = read(f'<html><body><h1>Weir</h1><div class="stamp">4 hours ago</div>{PROSE}</body></html>')
    assert report.published is None
    assert report.problems[0].what == "Published '4 hours ago' counts from a moment that is not given"


def test_the_encoding_a_page_names_for_itself_is_used() -> None:
    words = "<p>Zpráva o řece přišla včera v noci.</p>"
    markup = f'<html><head><meta charset="iso-8859-2"></head><body>{PROSE}{words}</body></html>'
    (report,) = read_report("page.html", markup.encode("iso-8859-2"))
    assert "řece přišla" in report.text
    assert report.problems == ()


def test_markup_in_a_page_is_text_once_it_is_read() -> None:
    sign = "<p>The sign on the gate said &lt;script&gt;alert(1)&lt;/script&gt; and nothing else at all.</p>"
    report = read(f"<html><body>{PROSE}{sign}</body></html>")
    assert "<script>alert(1)</script>" in report.text


def test_a_page_deeper_than_any_honest_one_ends_as_a_report_or_a_problem() -> None:
    from firsthand.reading.gather import Unreadable

    try:
        read("<html><body>" + "<div>" * 50_000 + LEAD)
    except Unreadable as error:
        assert "without any text" in str(error)


def test_a_page_that_seems_nothing_but_comments_is_read_whole() -> None:
    assert "The dam holds." in read("<html><body><div class='comments'><p>The dam holds.</p></div></body></html>").text


def test_replies_that_repeat_the_title_and_change_their_stripes_are_replies_still() -> None:
    page = f"""<html><head><title>Who opened the weir? - Tarn Talk</title></head><body><h2>Who opened the weir?</h2>
    <div class="odd post"><h3>Who opened the weir?</h3><a class="username">millrat</a><div>{PROSE}</div></div>
    <div class="post even"><h3>Re: Who opened the weir?</h3><a class="username">otterly</a>
    <div>I saw a crank.</div></div>
    </body></html>"""
    report = read(page)
    assert_main_text(report, "crank", "otterly")
    assert "I saw a crank." in words_of(report, PartKind.COMMENT)


def test_posts_with_headlines_of_their_own_are_not_replies() -> None:
    posts = "".join(
        f'<div class="post"><h2><a href="/{n}">Story {n}</a></h2><p class="author">Ida</p><p>{words}</p></div>'
        for n, words in enumerate((LEAD, SECOND, THIRD))
    )
    assert not words_of(read(f"<html><body>{posts}</body></html>"), PartKind.COMMENT)


def test_paragraphs_made_of_line_breaks_are_lines() -> None:
    page = f"<html><body><table><tr><td>Menu</td><td>{LEAD}<br><br>{SECOND}<br>{THIRD}</td></tr></table></body></html>"
    assert read(page).text.splitlines() == [LEAD, SECOND, THIRD]


def test_the_imprint_at_the_end_of_a_page_is_not_its_text() -> None:
    line = "Tarn Courier is printed by the Tarn Club on Fridays."
    head = '<meta property="og:site_name" content="Tarn Courier">'
    report = read(f"<html><head>{head}</head><body>{PROSE}<p>{line}</p></body></html>")
    assert_main_text(report, line)
    assert line in words_of(report, PartKind.FURNITURE)


def test_a_control_character_in_a_page_does_not_stop_the_reading():
    body = b"<html><body><p>The dam \x0b\x1b leaks &#11; at the foot, Orla Finch said.</p></body></html>"
    (report,) = read_report("page.html", body)
    assert "leaks" in report.text
    assert not any(ord(letter) < 32 and letter not in "\n\t" for letter in report.text)
