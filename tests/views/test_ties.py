"""Does the picture of interests and ties show every source, whom it is tied to, and what it gains?"""

from __future__ import annotations

from dataclasses import replace

from firsthand import model as m
from firsthand.views.ties import MOST, draw_ties, list_tied, tabulate_ties
from tests.views.sample import make_assessment


def tie_all(to: str):
    case = make_assessment().case
    tied = tuple(replace(one, ties=(m.Tie(to=to, sentence="met <b>often</b>"),)) for one in case.profiles)
    return replace(case, profiles=tied)


def test_every_source_and_whom_it_is_tied_to_is_named():
    case = tie_all("The ministry")
    drawn = draw_ties(case)
    assert drawn.count(">The ministry</text>") == 1
    assert drawn.count('class="link-tie"') == len(case.profiles)
    assert "<b>" not in drawn


def test_a_tie_between_sources_leads_to_the_other():
    case = make_assessment().case
    case = tie_all(str(case.profiles[0].source.id))
    assert "Tied to" in draw_ties(case)
    assert case.profiles[0].source.name in tabulate_ties(case).rows[-1][2]


def test_those_with_an_interest_come_first_and_no_more_than_can_be_read():
    case = make_assessment().case
    plain = replace(case.profiles[0], ties=(), campaign=None, gains=None)
    many = tuple(
        replace(plain, source=replace(plain.source, id=m.SourceId(f"s{number}"), name=f"Source {number}"))
        for number in range(MOST + 10)
    )
    keen = replace(many[-1], gains=True)
    case = replace(case, profiles=(*many[:-1], keen))
    assert list_tied(case)[0] == keen
    assert draw_ties(case).count('class="bold halo"') == MOST
