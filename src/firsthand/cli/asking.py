"""Which questions about its sources does a case ask, and how are the answers kept?"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from firsthand.cli.showing import print_drawing, print_json, say
from firsthand.errors import CaseError

if TYPE_CHECKING:
    from firsthand.case.elicitation import Interview


def ask(case: Path, source: str = "", /, *answers: str, why: str = "", who: str = "", json: bool = False) -> None:
    """Ask five short questions about the sources, and keep the answers as judgements on the record.

    On a terminal they are put one by one: the five that matter most over all sources, or those about one source.
    Elsewhere they are shown, with the answers they take and how each number stands.
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

    name = who or os.environ.get("FIRSTHAND_USER") or os.environ.get("USER") or "unnamed"
    if answers:
        pairs = dict(_split(answer) for answer in answers)
        for line in answer_source(case, source, pairs, why=why, who=name):
            say(line)
        return
    if not json and sys.stdin.isatty() and sys.stdout.isatty():
        hold_interview(case, source, why=why, who=name)
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


def hold_interview(case: Path, source: str, *, why: str, who: str) -> None:
    """Put the questions one by one and keep each answer as it is given; Enter skips one, q stops."""
    from firsthand.commands import answer_source, choose_questions

    posed = choose_questions(case, source)
    if not posed:
        say("Nothing is left to ask: nobody speaks in this case yet, or every question about them is answered.")
        return
    kept = ""
    for number, one in enumerate(posed, start=1):
        say(f"Question {number} of {len(posed)}: {one.asked.question}")
        answer = _choose_answer(one.asked.answers, one.asked.answer)
        if answer is None:
            break
        reason = (why or _read_line("What speaks for it? ")) if answer else ""
        if not reason:
            say("Skipped.")
            continue
        for line in answer_source(case, one.source, {one.asked.attribute: answer}, why=reason, who=who):
            say(line)
        kept = one.asked.knob
    if kept:
        say(f'Kept. To take one back: firsthand retract {case} {kept} --undo --why "..."')


def _choose_answer(answers: Mapping[str, str], now: str) -> str | None:
    """Return the answer chosen, an empty string for none, or None to stop; what cannot be meant is asked again."""
    listed = list(answers)
    for number, (word, means) in enumerate(answers.items(), start=1):
        say(f"{number}. {means}{' (as answered before)' if word == now else ''}")
    while True:
        said = _read_line(f"1 to {len(listed)}, Enter to skip, q to stop: ")
        if said is None or said.lower() in ("q", "quit"):
            return None
        if said in ("", *listed):
            return said
        if said.isdecimal() and 1 <= int(said) <= len(listed):
            return listed[int(said) - 1]
        say(f"'{said}' is none of them.")


def _read_line(prompt: str) -> str | None:
    """Return one line without the spaces around it; None where the input ends."""
    try:
        return input(prompt).strip()
    except EOFError:
        say("")
        return None


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
