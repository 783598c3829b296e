"""What does taking a judgement back put in its place?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from firsthand.errors import CaseError
from firsthand.model import Judgement
from firsthand.workbench.undoing import list_entries, undo_judgement

START = datetime(2031, 5, 20, 9, 0, tzinfo=UTC)


def judge(*said, who="ann"):
    """Return judgements of (about, value), a minute after each other."""
    return tuple(
        Judgement(when=START + timedelta(minutes=place), who=who, about=about, value=value, why=f"reason {place}")
        for place, (about, value) in enumerate(said)
    )


def undo(judgements, about="", who="ann"):
    """Return the judgements with one taken back."""
    named, value, why = undo_judgement(judgements, about, who)
    when = judgements[-1].when + timedelta(minutes=1)
    return (*judgements, Judgement(when=when, who=who, about=named, value=value, why=why))


def test_the_first_judgement_taken_back_leaves_what_the_files_say():
    assert undo(judge(("source.ann.access", "0.4")))[-1].value == "restored"


def test_a_later_judgement_taken_back_leaves_the_one_before_with_its_reason():
    done = undo(judge(("a", "0.4"), ("b", "0.2"), ("a", "0.9")), "a")[-1]
    assert (done.about, done.value) == ("a", "0.4")
    assert done.why.startswith("reason 0 (undoes")


def test_taking_back_twice_goes_back_two_steps_and_not_to_and_fro():
    done = undo(undo(judge(("a", "0.4"), ("a", "0.6"), ("a", "0.9"))))
    assert [one.value for one in done[-2:]] == ["0.6", "0.4"]
    assert undo(done)[-1].value == "restored"


def test_when_everything_is_taken_back_there_is_nothing_more_to_undo():
    done = undo(judge(("a", "0.4")))
    with pytest.raises(CaseError, match="nothing"):
        undo(done)
    with pytest.raises(CaseError, match="stands"):
        undo(done, "a")


def test_without_a_name_only_ones_own_last_judgement_is_taken_back():
    both = judge(("a", "0.4")) + judge(("b", "0.2"), who="ben")
    assert undo(both, who="ann")[-1].about == "a"


def test_what_is_judged_again_after_an_undo_can_be_taken_back_again():
    again = undo(judge(("a", "0.4")))
    later = Judgement(when=again[-1].when + timedelta(hours=1), who="ann", about="a", value="0.7", why="new")
    assert undo((*again, later), "a")[-1].value == "restored"


def test_the_record_says_of_each_judgement_what_became_of_it():
    states = [one.state for one in list_entries(undo(judge(("a", "0.4"), ("b", "0.2"), ("a", "0.9")), "a"))]
    assert states == ["stands", "stands", "undone", "undoes"]
    assert [one.state for one in list_entries(judge(("a", "0.4"), ("a", "0.9")))] == ["outweighed", "stands"]


def test_an_undo_shows_its_reason_without_its_mark():
    assert list_entries(undo(judge(("a", "0.4"))))[-1].why == "taken back"
