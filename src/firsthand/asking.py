"""Which questions about its sources would move the verdict of a case most?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from firsthand.case.elicitation import Asked, interview_sources, load_elicitation
from firsthand.case.knobs import own_knobs
from firsthand.errors import ModelError
from firsthand.model import Case, KnobId, record
from firsthand.weighing.turning import Turning, open_case


@record
class Posed:
    """A question about a source, and how far its answers lie apart in the chance of the asked hypothesis."""

    source: str
    name: str
    asked: Asked
    swing: float = 0.0


def pose_questions(case: Case, source: str = "", most: int = 5) -> tuple[Posed, ...]:
    """Return the five questions about one source, or those not answered yet that matter most over all who speak.

    Where the case cannot be weighed exactly they come in the order of the case. Raises UnknownName for a source that
    the case does not have.
    """
    interviews = interview_sources(case, source)
    posed = [Posed(source=one.source, name=one.name, asked=asked) for one in interviews for asked in one.asked]
    if source:
        return tuple(posed[:most])
    return _rank(case, [one for one in posed if not one.asked.answer])[:most]


def _rank(case: Case, posed: list[Posed]) -> tuple[Posed, ...]:
    """Return the questions whose answers lie furthest apart first."""
    try:
        turning = open_case(own_knobs(case, [one.asked.knob for one in posed]))
    except ModelError:
        return tuple(posed)
    if turning.calibrated is None:
        return tuple(posed)
    questions = {one["attribute"]: one for one in load_elicitation()["question"]}
    weighed = [
        Posed(source=one.source, name=one.name, asked=one.asked, swing=_find_swing(turning, one.asked, questions))
        for one in posed
    ]
    return tuple(sorted(weighed, key=lambda one: -round(one.swing, 12)))


def _find_swing(turning: Turning, asked: Asked, questions: Mapping[str, Any]) -> float:
    """Return how far apart the answers put the asked hypothesis, each taken at its middle."""
    middles = [float(answer["range"][1]) for answer in questions[asked.attribute]["answers"].values()]
    found = [turning.verdict({KnobId(asked.knob): middle}) for middle in middles]
    chances = [one.probability for rows in found for one in rows if one.hypothesis == turning.case.asks]
    return max(chances) - min(chances)
