"""Which questions about its sources does a case ask, and how are the answers kept?"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from firsthand.cli_showing import print_drawing, print_json, say
from firsthand.errors import CaseError

if TYPE_CHECKING:
    from firsthand.case.elicitation import Interview


def ask(case: Path, source: str = "", /, *answers: str, why: str = "", who: str = "", json: bool = False) -> None:
    """Ask five short questions about each source, and keep the answers as judgements on the record.

    Without answers the questions are shown, with the answers they take and how each number stands.
    The answer no-evidence widens the range of a number and leaves its middle where it is.

    Example: firsthand ask minister mayor access=was-told veracity=no-evidence --why "her office, by telephone"

    Parameters
    ----------
    source
        The id of one source; all that speak, if left out.
    answers
        ATTRIBUTE=ANSWER, for access, understanding, sensitivity, veracity or objectivity.
    why
        The reason for the answers, which is kept.
    who
        Who answers; otherwise FIRSTHAND_USER or the user's name.
    json
        Print the questions as JSON.
    """
    from firsthand.commands import answer_source, ask_sources

    if answers:
        pairs = dict(_split(answer) for answer in answers)
        name = who or os.environ.get("FIRSTHAND_USER") or os.environ.get("USER") or "unnamed"
        for line in answer_source(case, source, pairs, why=why, who=name):
            say(line)
        return
    interviews = ask_sources(case, source)
    if json:
        print_json({"schema": "firsthand.ask/1", "sources": [_describe(one) for one in interviews]})
        return
    from firsthand.views.interviews import draw_interviews

    told = [
        (one.source, one.name, [(q.attribute, q.question, q.answers, q.answer) for q in one.asked], one.knobs)
        for one in interviews
    ]
    print_drawing(draw_interviews(told))


def _split(answer: str) -> tuple[str, str]:
    attribute, _, said = answer.partition("=")
    if not said:
        raise CaseError(f"'{answer}' is not an answer; write ATTRIBUTE=ANSWER, such as access=was-told")
    return attribute.strip(), said.strip()


def _describe(one: Interview) -> dict[str, object]:
    return {
        "id": one.source,
        "name": one.name,
        "questions": [
            {
                "attribute": asked.attribute,
                "knob": asked.knob,
                "question": asked.question,
                "answers": dict(asked.answers),
                "answer": asked.answer or None,
            }
            for asked in one.asked
        ],
        "numbers": [{"id": k.id, "low": k.low, "value": k.value, "high": k.high} for k in one.knobs],
    }
