"""Which judgements stand, and what does taking one back say?

Nothing is erased: what takes a judgement back is a judgement itself, with name, time and reason. It says what was
judged before, or "restored" where nothing was, and which judgement it undoes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from firsthand.errors import CaseError
from firsthand.model import Judgement, record

RESTORED = "restored"
UNDOES = re.compile(r" ?\(undoes the judgement of (\S+)\)$")


@record
class Entry:
    """One judgement of the record and what became of it: "stands", "outweighed", "undone" or, of an undo, "undoes"."""

    number: int
    judgement: Judgement
    state: str

    @property
    def why(self) -> str:
        """The reason without the mark of an undo."""
        return UNDOES.sub("", self.judgement.why)


def list_entries(judgements: Sequence[Judgement]) -> tuple[Entry, ...]:
    """Return every judgement in its order, with what became of it."""
    states = ["stands"] * len(judgements)
    for places in _stack_judgements(judgements, states).values():
        for place in places[:-1]:
            states[place] = "outweighed"
    return tuple(Entry(number=place + 1, judgement=one, state=states[place]) for place, one in enumerate(judgements))


def undo_judgement(judgements: Sequence[Judgement], about: str = "", who: str = "", why: str = "") -> tuple[str, ...]:
    """Return what is judged, the value and the reason of the judgement that takes back the last one about something.

    Without `about`, the last that `who` made and that still stands. Raises CaseError where there is nothing to undo.
    """
    stacks = _stack_judgements(judgements, [""] * len(judgements))
    tops = sorted(places[-1] for places in stacks.values() if places)
    found = [place for place in tops if (judgements[place].about == about if about else judgements[place].who == who)]
    if not found:
        raise CaseError(f"nothing that was judged about '{about}' stands" if about else "you have judged nothing yet")
    last = judgements[found[-1]]
    before = [judgements[place] for place in stacks[last.about][:-1]]
    value = before[-1].value if before else RESTORED
    reason = why.strip() or (UNDOES.sub("", before[-1].why) if before else "taken back")
    return last.about, value, f"{reason} (undoes the judgement of {last.when.isoformat()})"


def _stack_judgements(judgements: Sequence[Judgement], states: list[str]) -> dict[str, list[int]]:
    """Return for each thing judged the places of its judgements that were not taken back; mark those that were."""
    stacks: dict[str, list[int]] = {}
    for place, one in enumerate(judgements):
        stack = stacks.setdefault(one.about, [])
        mark = UNDOES.search(one.why)
        if mark and stack and judgements[stack[-1]].when.isoformat() == mark[1]:
            states[stack.pop()] = "undone"
            states[place] = "undoes"
        else:
            stack.append(place)
    return stacks
