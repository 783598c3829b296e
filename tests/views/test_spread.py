"""Does the page of a spread show who shares what with whom, safely, whole and without a direction made up?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from html import unescape
from xml.etree import ElementTree

import pytest

from firsthand.archive.directions import judge_edge
from firsthand.exports.spread_json import describe_spread
from firsthand.model import Family, Link, Period, Report, ReportId, Spread
from firsthand.origins.alignment import align_texts
from firsthand.views.side_by_side import lay_side_by_side
from firsthand.views.spread import MOST_ROWS, draw_course, draw_tree, plan_rows, tabulate_family
from firsthand.views.spread_page import fill_spread_page
from reports import make_report
from tests.views.test_hostile_text import HOSTILE, list_tags

STORY = (
    "Two boats left the harbour before dawn on Monday, and nobody on the quay saw smoke over the island until a "
    "trawler called in with news of a convoy. The harbour master would not say who had paid for the fuel."
)


def make_moment(hours: int) -> Period:
    start = datetime(2020, 3, 1) + timedelta(hours=hours)
    return Period(start=start, end=start)


def make_one(number: int, text: str, **facts: object) -> Report:
    known = {"publisher": f"Herald {number}", "published": make_moment(7 * number), "title": f"Boats {number}"}
    return replace(make_report(text, **(known | facts)), id=ReportId(f"r-{number}"))


def make_spread(reports: list[Report], parents: dict[int, int] | None = None) -> Spread:
    """Return a family in which each report is tied to the first, or to the one `parents` names."""
    edges = []
    for number, child in enumerate(reports[1:], 1):
        parent = reports[(parents or {}).get(number, 0)]
        edges.append(judge_edge(child, parent, align_texts(child.text, parent.text)))
    periods = [report.published for report in reports if report.published]
    family = Family(
        number=1,
        reports=tuple(report.id for report in reports),
        edges=tuple(edges),
        first=min(periods, key=lambda period: period.start, default=None),
        last=max(periods, key=lambda period: period.start, default=None),
        publishers=len({report.publisher for report in reports}),
        size=len(reports),
        credited=("Skell Wire",),
    )
    return Spread(searched=len(reports), found=1, families=(family,), reports=tuple(reports))


@pytest.fixture
def spread() -> Spread:
    edited = STORY.replace("until a trawler", "before an old trawler")
    return make_spread(
        [
            make_one(0, STORY),
            make_one(1, f"It was cold. {edited}"),
            make_one(2, STORY.split(". ", 1)[0], published=None),
            make_one(3, f"{edited} He then went home."),
        ],
        {3: 1},
    )


def show(spread: Spread) -> str:
    return fill_spread_page(spread, name="ferries", version="1")


def index(spread: Spread) -> dict[ReportId, Report]:
    return {report.id: report for report in spread.reports}


def test_every_report_is_in_the_tree_below_the_one_that_leads_to_it(spread: Spread) -> None:
    rows, folded = plan_rows(spread.families[0], index(spread))
    assert [row.report.id for row in rows] == ["r-0", "r-1", "r-3", "r-2"]
    assert [row.above for row in rows] == [-1, 0, 1, 0]
    assert folded == 0


def test_a_report_that_is_credited_by_an_earlier_one_leads_the_tree() -> None:
    first = make_one(0, f"{STORY} So wrote the Herald 1.")
    found = make_spread([first, make_one(1, STORY)])
    assert [row.report.id for row in plan_rows(found.families[0], index(found))[0]] == ["r-1", "r-0"]


def test_an_arrow_is_drawn_only_where_the_direction_is_known(spread: Spread) -> None:
    drawn = draw_tree(spread.families[0], index(spread), 1216)
    assert drawn.count('class="relay thin head"') == sum(edge.directed for edge in spread.families[0].edges) == 2
    assert drawn.count('class="linked"') == 1


def test_the_graphics_are_whole_and_say_what_they_show(spread: Spread) -> None:
    for drawn in (
        draw_course(spread.families[0], index(spread), 1216),
        draw_course(spread.families[0], index(spread), 358),
        draw_tree(spread.families[0], index(spread), 1216),
    ):
        tree = ElementTree.fromstring(drawn)
        assert tree.findtext("{http://www.w3.org/2000/svg}title")
        assert tree.findtext("{http://www.w3.org/2000/svg}desc")
    assert "Skell Wire" in draw_tree(spread.families[0], index(spread), 1216)


def test_a_family_without_dates_is_drawn_too() -> None:
    found = make_spread([make_one(number, STORY, published=None) for number in range(3)])
    assert "linked" in draw_tree(found.families[0], index(found), 1216)
    assert "undated" in show(found)


def test_a_large_family_is_folded_and_its_table_is_whole() -> None:
    found = make_spread([make_one(number, STORY) for number in range(MOST_ROWS + 9)])
    rows, folded = plan_rows(found.families[0], index(found))
    assert (len(rows), folded) == (MOST_ROWS, 9)
    assert "and 9 more reports" in draw_tree(found.families[0], index(found), 1216)
    assert len(tabulate_family(found.families[0], index(found)).rows) == MOST_ROWS + 9


def test_shared_words_are_marked_and_nothing_of_a_run_is_lost(spread: Spread) -> None:
    reports = index(spread)
    edge = next(edge for edge in spread.families[0].edges if edge.child == "r-1")
    (pair,) = lay_side_by_side(edge, reports["r-1"], reports["r-0"])
    for pieces, report in ((pair.child, reports["r-1"]), (pair.parent, reports["r-0"])):
        assert "".join(piece.text for piece in pieces) in report.text
    assert [piece.text.strip() for piece in pair.child if piece.look == "own"] == ["before an old"]
    assert [piece.text.strip() for piece in pair.parent if piece.look == "own"] == ["until a"]
    same = [
        " ".join(re.findall(r"\w+", p.text)) for side in (pair.child, pair.parent) for p in side if p.look == "same"
    ]
    assert same[:2] == same[2:]


def test_the_page_marks_shared_words_in_bold(spread: Spread) -> None:
    page = show(spread)
    bold = [unescape(found) for found in re.findall(r"<p dir=\"auto\">.*?</p>", page, re.DOTALL) if "<b>" in found]
    assert any("nobody on the quay saw smoke" in found for found in bold)
    assert '<span class="own"> before an old </span>' in page


@pytest.mark.parametrize("words", HOSTILE)
def test_text_from_a_report_is_never_markup(spread: Spread, words: str) -> None:
    def poison(report: Report) -> Report:
        links = (Link(url=words, text=words),)
        return replace(report, title=words, publisher=words, url=words, language=words, text=report.text, links=links)

    poisoned = replace(
        spread,
        reports=tuple(map(poison, spread.reports)),
        families=tuple(replace(family, credited=(words,)) for family in spread.families),
    )
    page = fill_spread_page(poisoned, name=words, about=words, version="1")
    allowed = {name for _, names in list_tags(show(spread)) for name in names} | {"lang"}
    assert {tag for tag, _ in list_tags(page)} == {tag for tag, _ in list_tags(show(spread))}
    assert {name for _, names in list_tags(page) for name in names} <= allowed
    assert "script-src" not in page


def test_the_same_spread_gives_the_same_bytes(spread: Spread) -> None:
    assert show(spread) == show(spread)


def test_an_archive_in_which_nothing_spread_says_so() -> None:
    page = show(Spread(searched=3, found=0, families=(), reports=()))
    assert "No two reports share a run of text." in page


def test_the_data_hold_what_the_page_shows(spread: Spread) -> None:
    told = describe_spread(spread)
    (family,) = told["families"]
    assert (told["searched"], family["size"], family["credited"]) == (4, 4, ["Skell Wire"])
    texts = {report.id: report.text for report in spread.reports}
    for edge in family["edges"]:
        for run in edge["runs"]:
            assert texts[edge["child"]][slice(*run["child"])].split()[0] in texts[edge["parent"]]
