"""Are the regions of ten pages of different make told apart, and does nobody speak out of the furniture?"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from firsthand.attribution import find_attributions
from firsthand.model import Report
from firsthand.reading import read_report
from reading.samples import make_pdf

MASTER = "The fish market at Lorn closed on Monday because the ice machine had failed, the harbour master said."
BELL = "“Nobody told us when it will open again,” Marta Venn, who sells cod there, told the Lorn Bell on Tuesday."
READER = "My cousin said the machine was never there at all."
PROMO = "The editor said: subscribe now and read the Bell for nothing until June."


@dataclass
class Page:
    """A page: its name and bytes, words of its body, and words that belong to each kind of part."""

    name: str
    data: bytes
    body: tuple[str, ...] = (MASTER, BELL)
    parts: dict[str, str] = field(default_factory=dict)
    title: str = "Market shut at Lorn"


WIRE = Page(
    "wire.txt",
    f"""Title: Market shut at Lorn

By Anna Moll and R. de Vries

LORN, Westmark, April 4 (Norda) - {MASTER}

{BELL} (Norda)

(Additional reporting by Jon Sand in Tarn; editing by Al Bee)
""".encode(),
    parts={
        "byline": "By Anna Moll and R. de Vries",
        "dateline": "LORN, Westmark, April 4 (Norda) -",
        "credit": "(Additional reporting by Jon Sand in Tarn; editing by Al Bee)",
    },
)
BLOG = Page(
    "blog.txt",
    f"""Market shut at Lorn

{MASTER}

{BELL}

About these ads

2 Responses to Market shut at Lorn

1. Pingback: Week of fish « Cod and Chips

2. otter says:
April 5, 2015 at 9:12 am
{READER}

Leave a Reply
""".encode(),
    parts={
        "headline": "Market shut at Lorn",
        "furniture": "About these ads",
        "pingback": "Pingback: Week of fish",
        "comment": READER,
    },
)
NEWS = Page(
    "news.html",
    f"""<!DOCTYPE html><html lang="en"><head><title>Market shut at Lorn | Lorn Bell</title>
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Market shut at Lorn",
"datePublished": "2015-04-04", "publisher": {{"name": "Lorn Bell"}}, "isBasedOn": "http://norda.example/7"}}</script>
<link rel="canonical" href="http://bell.example/market"></head><body>
<nav><a href="/">Home</a> <a href="/n">News</a></nav>
<article><h1>Market shut at Lorn</h1><p class="byline">By Anna Moll</p><p>{MASTER}</p><p>{BELL}</p></article>
<aside class="related"><h3>Read next</h3><ul><li><a href="/x">The mayor said the cod is safe</a></li></ul></aside>
<footer>Lorn Bell is printed by Venn and Sons. {PROMO}</footer></body></html>""".encode(),
    parts={"byline": "By Anna Moll", "related": "The mayor said the cod is safe", "furniture": PROMO},
)
WEBLOG = Page(
    "weblog.html",
    f"""<html><head><title>Market shut at Lorn « Cod and Chips</title></head><body><div id="header">
<h2 class="blog-title">Cod and Chips</h2></div><div class="post"><h1 class="entry-title">Market shut at Lorn</h1>
<div class="entry-meta">Posted on April 4, 2015 by otter</div>
<div class="entry"><p>{MASTER}</p><p>{BELL}</p></div></div>
<div id="comments"><h3>2 comments</h3><ol class="commentlist"><li class="comment"><p>pike says: {READER}</p></li>
<li class="pingback"><p>Pingback: <a href="http://pond.example/w">Week of fish</a></p></li></ol></div>
<div id="sidebar"><h3>Archives</h3><p>{PROMO}</p></div></body></html>""".encode(),
    parts={"comment": READER, "pingback": "Week of fish", "furniture": PROMO},
)
FORUM = Page(
    "forum.html",
    f"""<html><head><title>Market shut at Lorn - Cod forum</title></head><body><h1>Market shut at Lorn</h1>
<div class="post"><div class="author">otter</div><div class="message"><p>{MASTER}</p><p>{BELL}</p></div></div>
<div class="post"><div class="author">pike</div><div class="message"><p>{READER}</p></div></div>
<div class="footer">{PROMO}</div></body></html>""".encode(),
    parts={"comment": READER, "furniture": PROMO},
)
TABLE = Page(
    "table.html",
    f"""<html><head><title>Lorn Bell: Market shut at Lorn</title></head><body bgcolor="white"><table><tr>
<td width="120"><a href="/">Home</a><br><a href="/fish">Fish</a><br>{PROMO}</td>
<td><h1>Market shut at Lorn</h1><p>{MASTER}<p>{BELL}<p>{MASTER.replace("closed", "stayed closed")}</td></tr></table>
</body></html>""".encode(),
    parts={"furniture": PROMO},
)
LETTER = Page(
    "letter.eml",
    f"""From: The Lorn Letter <post@lorn.example>
To: readers@lorn.example
Subject: Market shut at Lorn
Date: Sat, 04 Apr 2015 06:00:00 +0000
Content-Type: text/plain; charset=utf-8

{MASTER}

{BELL}

You receive this because the editor said you might like it. To stop it, reply.
""".encode(),
    parts={"furniture": "You receive this because the editor said"},
)
NOTE = Page(
    "note.md",
    f"""---
title: Market shut at Lorn
published: 2015-04-04
publisher: Cod and Chips
---

# Market shut at Lorn

By Anna Moll, Cod and Chips

{MASTER}

{BELL}

Share this: Facebook
""".encode(),
    parts={
        "headline": "Market shut at Lorn",
        "byline": "By Anna Moll, Cod and Chips",
        "furniture": "Share this: Facebook",
    },
)
ZEITUNG = Page(
    "zeitung.xhtml",
    """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="de"><head><title>Markt in Lorn zu</title></head><body>
<div class="nav">Start Politik Fisch</div><div class="artikel"><h1>Markt in Lorn zu</h1>
<div class="byline">Von Anna Moll</div>
<p>Der Fischmarkt in Lorn ist seit Montag geschlossen, weil die Eismaschine ausgefallen ist, sagte der Hafenmeister.</p>
<p>Wann er wieder öffnet, wisse niemand, sagte die Händlerin Marta Venn am Dienstag der Zeitung.</p></div>
<div class="kommentare"><p>Mein Vetter sagte, die Maschine habe es nie gegeben.</p></div></body></html>""".encode(),
    body=("ist seit Montag geschlossen", "sagte die Händlerin Marta Venn"),
    parts={"byline": "Von Anna Moll", "comment": "Mein Vetter sagte", "furniture": "Start Politik Fisch"},
    title="Markt in Lorn zu",
)
GAZETTE = Page(
    "gazette.pdf",
    make_pdf(
        [
            [f"The Lorn Gazette - page {number}", "", *lines, "", "Printed by Venn and Sons, who said nothing."]
            for number, lines in enumerate(
                [
                    ["Market shut at Lorn", "", MASTER[:56], MASTER[57:]],
                    [BELL.replace("“", '"').replace("”", '"')],
                    ["More in the next number, the clerk said."],
                ],
                1,
            )
        ],
        title="Market shut at Lorn",
    ),
    body=(MASTER, "told the Lorn Bell on Tuesday"),
    parts={"furniture": "Printed by Venn and Sons, who said nothing."},
)
PAGES = (WIRE, BLOG, NEWS, WEBLOG, FORUM, TABLE, LETTER, NOTE, ZEITUNG, GAZETTE)


def read_one(page: Page) -> Report:
    (report,) = read_report(page.name, page.data)
    return report


def show_body(report: Report) -> str:
    return "\n".join(report.text[start:end] for start, end in report.body)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_region_of_a_page_is_what_it_is(page: Page) -> None:
    report = read_one(page)
    assert report.title == page.title
    for words in page.body:
        assert words in show_body(report)
    for kind, words in page.parts.items():
        assert any(words in part.text for part in report.parts if part.kind.value == kind), f"{kind}: {report.parts}"
        assert kind in ("dateline", "credit") or words not in show_body(report)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_nobody_speaks_out_of_furniture_or_a_comment(page: Page) -> None:
    report = read_one(page)
    attributions, _ = find_attributions([report])
    assert attributions
    inside = [(start, end) for start, end in report.body]
    for one in attributions:
        for begin, end in (*one.content.spans, *one.cue.spans):
            assert any(first <= begin and end <= last for first, last in inside)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_part_with_a_place_stands_there(page: Page) -> None:
    report = read_one(page)
    for part in report.parts:
        assert part.span is None or report.text[slice(*part.span)] == part.text


def test_a_page_states_where_it_stands_and_what_it_is_based_on() -> None:
    report = read_one(NEWS)
    assert {(link.rel, link.url) for link in report.links} >= {
        ("canonical", "http://bell.example/market"),
        ("based-on", "http://norda.example/7"),
    }
    assert (report.publisher, report.language) == ("Lorn Bell", "en")


@pytest.mark.parametrize(
    "words",
    [
        "HOST: Good evening. What did she say?",
        "By the time the ice melted, the cod was gone.",
        "PORT LORN (then a village) had a market.",
        "Source of the trouble was the ice.",
        "With Norda gone the ice was all that was left to sell.",
        "With agencies of that kind nobody was surprised. It rained.",
    ],
)
def test_a_sentence_is_no_byline_dateline_or_credit(words: str) -> None:
    (report,) = read_report("a.txt", f"{words}\n\n{MASTER}".encode())
    assert not [part for part in report.parts if part.kind.value in ("byline", "dateline", "credit")]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Par Anne Molle, à Lorn", "byline"),
        ("Por Ana Molina", "byline"),
        ("BY ANNA MOLL", "byline"),
        ("PORT SALLOW, Nov 8 (TNA) - It rained.", "dateline"),
        ("Lorn, Westmark (AP) — It rained.", "dateline"),
        ("It rained all day. (Reuters)", "credit"),
        ("Jon Sand in Tarn contributed to this report.", "credit"),
        ("Mit Material von Norda und dpa", "credit"),
        ("With AFP", "credit"),
        ("(With Norda and Reuters)", "credit"),
        ("With agencies", "credit"),
        ("(Source: Norda)", "credit"),
        ("– AFP", "credit"),
        ("AP/Jon Sand", "credit"),
        ("Jon Sand/Reuters", "credit"),
    ],
)
def test_a_report_names_itself_in_many_ways(line: str, kind: str) -> None:
    (report,) = read_report("a.txt", f"Title: x\n\n{line}\n\n{MASTER}".encode())
    assert kind in [part.kind.value for part in report.parts]
