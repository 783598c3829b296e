"""Does a form lead back to the workbench only, and is it known what its page knew?"""

from __future__ import annotations

import pytest

from firsthand.case.judgements import read_judgements
from firsthand.model import Judgement
from firsthand.workbench import Desk
from firsthand.workbench.showing import Conflict, Wish, go_back, judge, read_seen

ELSEWHERE = ("//evil.example", "/\\evil.example", "http://evil.example", "javascript:alert(1)", "")


@pytest.mark.parametrize("place", ELSEWHERE)
def test_a_form_never_leads_to_another_server(place: str) -> None:
    assert go_back({"back": place}).headers["location"] == "/"


def test_a_form_leads_back_with_what_was_done() -> None:
    assert go_back({"back": "/silence?x=1#video"}, "done").headers["location"] == "/silence?x=1&said=done#video"


@pytest.mark.parametrize(("told", "seen"), [("4", 4), ("", None), ("-1", None), ("x", None), ("9" * 5000, 999_999_999)])
def test_what_a_page_knew_is_a_number_or_not_known(told: str, seen: int | None) -> None:
    assert read_seen({"seen": told}) == seen
    assert read_seen({"seen": told, "anyway": "yes"}) is None


def test_of_several_judgements_none_is_written_where_one_conflicts(example) -> None:
    desk = Desk(example, samples=0)
    judge(desk, Wish(about="source.deby.access", value="0.9", why="told first"))
    before = read_judgements(desk.folder)
    both = (
        Wish(about="source.official.access", value="0.4", why="one", seen=0),
        Wish(about="source.deby.access", value="0.2", why="two", seen=0),
    )
    with pytest.raises(Conflict) as found:
        judge(desk, *both)
    assert isinstance(found.value.theirs, Judgement)
    assert found.value.theirs.value == "0.9"
    assert read_judgements(desk.folder) == before
