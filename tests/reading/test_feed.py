"""What does a feed say?"""

from __future__ import annotations

from firsthand.reading import read_report

RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Tarn Live</title>
<link>https://tarn.example/</link><description>x</description>
<item><title>Weir opens</title><link>https://tarn.example/1</link><pubDate>Sun, 04 Feb 2018 23:30:00 +0100</pubDate>
<description><![CDATA[<p>The weir was opened by hand, the warden told Tarn Live.</p><p>See the <a href="https://log.example/">log</a>.</p>
<p>Tarn Live is free to read. Coins go in the tin by the mill.</p>]]></description></item>
<item><title>Only a headline</title><link>https://tarn.example/2</link></item></channel></rss>"""

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Tarn Atoms</title>
<entry><title>Weir</title><link href="https://atoms.example/1"/><updated>2018-02-05T08:00:00Z</updated>
<content type="html">&lt;p&gt;The weir was opened by hand.&lt;/p&gt;</content></entry></feed>"""


def test_each_item_of_a_feed_is_a_report_with_its_number() -> None:
    first, second = read_report("feed.xml", RSS.encode())
    assert (first.path, second.path) == ("feed.xml#1", "feed.xml#2")
    assert (first.title, first.publisher, first.url) == ("Weir opens", "Tarn Live", "https://tarn.example/1")
    assert first.published is not None
    assert first.published.start.isoformat() == "2018-02-04T22:30:00"
    assert second.text == "Only a headline"


def test_the_body_of_an_item_is_its_text_without_the_imprint() -> None:
    first, _ = read_report("feed.xml", RSS.encode())
    body = "|".join(first.text[start:end] for start, end in first.body)
    assert body == "The weir was opened by hand, the warden told Tarn Live.\n\nSee the log."
    (link,) = first.links
    assert link.span is not None
    assert (link.url, first.text[slice(*link.span)]) == ("https://log.example/", "log")


def test_an_atom_feed_is_read_like_any_other() -> None:
    (report,) = read_report("feed.atom", ATOM.encode())
    assert (report.title, report.publisher, report.text) == ("Weir", "Tarn Atoms", "The weir was opened by hand.")


def test_a_feed_fetches_nothing_and_swells_to_nothing() -> None:
    layers = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "ha"><!ENTITY f SYSTEM "file:///etc/hostname">{layers}]>'
    item = "<item><title>&a9; &f;</title><description>Plain words.</description></item>"
    markup = f"{head}<rss><channel>{item}</channel></rss>"
    (report,) = read_report("feed.xml", markup.encode())
    assert report.text == "Plain words."
    assert len(report.title) < 1000
