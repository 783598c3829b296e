"""Is the report found in pages of every make? Fifteen pages written for these tests, the town of Dunmere invented."""

from __future__ import annotations

import pytest

from firsthand.model import PartKind, Report
from firsthand.reading import read_report

LEAD = "The lamp room of Dunmere lighthouse burnt out on Tuesday night, the keeper of the harbour told the council."
SECOND = "Nobody was hurt, she said, because the crew had gone down to the boat shed to mend a net before the storm."
THIRD = "The lens, which is a hundred and ten years old, has cracked in two places and may have to go to the mainland."
SHORT = "She would not say what it had cost."
WANTED = (LEAD, SECOND, THIRD)
NAV = "".join(f'<li><a href="/{n}">{word}</a></li>' for n, word in enumerate(("Home", "Tides", "Boats", "Letters")))
MENU = f'<div class="top"><ul>{NAV}</ul></div>'
TEASERS = "".join(
    f'<div class="card"><h3><a href="/t{n}">{head}</a></h3><p>{words} <a href="/t{n}">Read on</a></p></div>'
    for n, (head, words) in enumerate(
        (
            (
                "Herring are back",
                "Boats from three villages came home full on Monday, for the first time in nine years.",
            ),
            (
                "Bridge shut",
                "The wooden bridge at Low Dunmere stays shut until the planks that came loose are nailed down.",
            ),
            (
                "Choir wins",
                "The fishermen's choir won the cup at Arnsay, and sang until the last ferry had to be held back.",
            ),
            (
                "New mast",
                "A mast for telephones is to stand on Gull Hill, and the owners of the hill are against the plan.",
            ),
            (
                "Goat found",
                "The goat that had been missing since the fair was found on the roof of the school on Saturday.",
            ),
        )
    )
)
FOOT = '<div class="bottom">Dunmere Gazette, Quay Street 4. Telephone 55 01. All rights reserved.</div>'
UNWANTED = ("Tides", "Herring", "Bridge shut", "nailed down", "Gull Hill", "Quay Street")


def read(body: str, title: str = "Lamp room burnt out") -> Report:
    page = f"<html><head><title>{title} - Dunmere Gazette</title></head><body>{body}</body></html>"
    (report,) = read_report("page.html", page.encode())
    return report


def surround(body: str) -> str:
    return f"{MENU}{body}<div class='more'>{TEASERS}</div>{FOOT}"


def paragraphs(*words: str) -> str:
    return "".join(f"<p>{one}</p>" for one in words or WANTED)


def comments(words: tuple[str, ...]) -> str:
    items = "".join(f'<li class="comment"><b>reader {n}</b><p>{one}</p></li>' for n, one in enumerate(words))
    return f'<div id="comments"><h3>{len(words)} comments</h3><ol>{items}</ol></div>'


LONG_COMMENTS = tuple(
    f"I have lived here for {n} years and I have never seen the lamp so dim as it was this winter, whatever the "
    f"council says about it. My neighbour counted {n} ships that had to turn back, and nobody has answered her letter."
    for n in range(31, 43)
)
ROWS = "".join(
    f'<tr class="post"><td class="username">{name}</td><td class="message">{words}</td></tr>'
    for name, words in (
        ("molly9", "<br><br>".join(WANTED)),
        ("oldsalt", "I told them about the wiring years ago, and they laughed at me in the pub."),
        ("tern", "Does anybody know whether the ferry still runs tonight, with the lamp out and the wind rising?"),
    )
)

MAKES: dict[str, str] = {
    "boxes without a name": surround(
        f"<div><div><h1>Lamp room burnt out</h1>{''.join(f'<div>{one}</div>' for one in WANTED)}</div></div>"
    ),
    "a box for each paragraph": surround(
        "<div class='story'><h1>Lamp room burnt out</h1>"
        + "".join(f'<div class="blk"><div class="in"><p>{one}</p></div></div>' for one in WANTED)
        + "</div>"
    ),
    "a table with breaks": (
        f"<table width=100%><tr><td colspan=2><b>DUNMERE GAZETTE</b></td></tr><tr><td width=120>"
        f"<a href=a>Tides</a><br><a href=b>Boats</a></td><td><font size=5>Lamp room burnt out</font><br>"
        f"{'<br><br>'.join(WANTED)}</td></tr></table>"
    ),
    "breaks alone": (
        f"<center><a href=/>Home</a> <a href=/t>Tides</a></center><h2>Lamp</h2>{'<BR><BR>'.join(WANTED)}<hr>"
    ),
    "an article in pieces": surround(
        f"<article><h1>Lamp room burnt out</h1><section class=part><p>{LEAD}</p><p>{SHORT}</p></section>"
        f"<div class='ad-slot'>Buy a boat</div><section class=part><p>{SECOND}</p><p>{THIRD}</p></section></article>"
    ),
    "a live blog": surround(
        "<main><h1>Lamp room burnt out: as it happened</h1>"
        + "".join(
            f'<article class="entry"><time>1{n}:05</time><h2>Entry {n}</h2><p>{one}</p>'
            f"<p>{SHORT[:-1]} at {n}.</p></article>"
            for n, one in enumerate(WANTED)
        )
        + "</main>"
    ),
    "a forum in a table": f"<h1>Lamp room burnt out</h1><table>{ROWS}</table>",
    "a pay wall": surround(
        f"<article><h1>Lamp room burnt out</h1>{paragraphs()}<div class='paywall'><p>To read on, "
        "become a member for two crowns a month. You can cancel at any time, "
        "and the first month costs nothing at all.</p></div></article>"
    ),
    "comments longer than the article": (
        f"{MENU}<div class='text'><h1>Lamp</h1>{paragraphs()}</div>{comments(LONG_COMMENTS)}"
    ),
    "a phone's page": (
        f"<header><amp-img></amp-img><nav><ul>{NAV}</ul></nav></header><main><article class='amp-wp-article'>"
        f"<header class='amp-wp-article-header'><h1>Lamp room burnt out</h1>"
        f"<div class='amp-wp-meta'>By Una Kerr</div></header>"
        f"<div class='amp-wp-article-content'><figure><amp-img></amp-img><figcaption>The lamp before the fire, "
        f"seen from the quay in a photograph of last summer.</figcaption></figure>"
        f"{paragraphs()}</div></article></main>{FOOT}"
    ),
    "a view for printing": f"<body onload='print()'><h3>Lamp room burnt out</h3><small>Una Kerr</small>{paragraphs()}",
    "a frame of a form": (
        f"<form id='aspnetForm'><div class='sidebar-right'>{TEASERS}</div><div>{paragraphs()}</div></form>{FOOT}"
    ),
}


@pytest.mark.parametrize("make", sorted(MAKES))
def test_the_report_and_nothing_else_is_found_in(make: str) -> None:
    lines = read(MAKES[make]).text.splitlines()
    assert [words for words in WANTED if words not in lines] == []
    text = "\n".join(lines)
    for words in (
        *UNWANTED,
        "told them about",
        "ferry still runs",
        "Buy a boat",
        "become a member",
        "years and",
        "seen from",
    ):
        assert words not in text


def test_a_list_that_is_the_article_is_read_with_its_headings() -> None:
    items = "".join(
        f"<h2>{n}. The {one}</h2><p>{words}</p>"
        for n, one, words in zip("123", ("keeper", "net", "lens"), WANTED, strict=True)
    )
    tools = "<ul><li>A lamp that burns for a night</li><li>Two buckets of sand</li></ul>"
    report = read(surround(f"<article><h1>Three things</h1>{items}{tools}</article>"), "Three things")
    assert report.text.splitlines() == [
        *("1. The keeper", LEAD, "2. The net", SECOND, "3. The lens", THIRD),
        *("A lamp that burns for a night", "Two buckets of sand"),
    ]


def test_questions_and_answers_are_both_read() -> None:
    pairs = "".join(f"<p><b>What then?</b></p><p>{words}</p>" for words in (*WANTED, SHORT))
    lines = read(surround(f"<div class='talk'><h1>The keeper speaks</h1>{pairs}</div>")).text.splitlines()
    assert lines == ["What then?", LEAD, "What then?", SECOND, "What then?", THIRD, "What then?", SHORT]


def test_a_brief_of_two_sentences_is_found_among_longer_teasers() -> None:
    brief = "The lamp of Dunmere is out, and ships are told by radio. It will burn again on Friday, the keeper said."
    report = read(surround(f"<article><h1>Lamp out</h1><p>{brief}</p></article>"), "Lamp out")
    assert report.text == brief


CYRILLIC = (
    "Фонарь маяка в Данмере сгорел во вторник ночью, сообщила совету смотрительница гавани, которая первой видела дым.",
    "Никто не пострадал, сказала она, потому что команда ушла в лодочный сарай чинить сеть перед началом бури.",
)
ARABIC = (
    "احترقت غرفة المصباح في منارة دنمير ليلة الثلاثاء، كما أبلغت حارسة الميناء المجلس في اجتماع عقد صباح اليوم التالي.",
    "وقالت إن أحدا لم يصب بأذى لأن الطاقم كان قد نزل إلى حظيرة القوارب لإصلاح شبكة قبل أن تبدأ العاصفة، فهل يكفي ذلك؟",
)
CHINESE = (
    "港口管理员告诉议会,邓米尔灯塔的灯房于星期二夜里烧毁,当时海上正起风暴。",
    "她说没有人受伤,因为船员们已经下到船棚里去修补渔网。",
    "那块有一百一十年历史的透镜裂成了两半,可能要送到大陆去修理。",
)


@pytest.mark.parametrize("words", [CYRILLIC, ARABIC, CHINESE])
def test_a_report_in_another_script_is_found(words: tuple[str, ...]) -> None:
    menu = "".join(f'<li><a href="/{n}">{one[:4]}</a></li>' for n, one in enumerate(words))
    side = "".join(f'<li><a href="/s{n}">{one[5:30]}</a></li>' for n, one in enumerate(words * 4))
    body = f"<ul>{menu}</ul><div><div class='c1'>{paragraphs(*words)}</div><div class='c2'><ul>{side}</ul></div></div>"
    assert read(body).text.splitlines() == list(words)


def test_the_comments_that_outweigh_an_article_are_comments() -> None:
    report = read(MAKES["comments longer than the article"])
    assert len([part for part in report.parts if part.kind == PartKind.COMMENT]) == len(LONG_COMMENTS)


def test_a_page_without_a_closed_element_is_read_as_browsers_do() -> None:
    assert read("<div><p>" + "<p>".join(WANTED) + "<ul><li>Home<li>Tides").text.splitlines()[:3] == list(WANTED)


def test_markup_in_the_value_of_an_attribute_is_not_read_as_markup() -> None:
    lines = read(f"<div data-x='<p>no</p>' title='a > b'>{paragraphs()}<a title='x > y' href='/'>Home</a></div>").text
    assert "no" not in lines.split()
    assert "x > y" not in lines
    assert LEAD in lines
