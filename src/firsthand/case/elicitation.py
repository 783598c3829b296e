"""Which five questions settle what a source is worth, and what number does each plain answer mean?

After Schum and Morris (2007): access, understanding, sensitivity of observation, veracity, objectivity. The first is
the source's access, the next two its error, the last two its spin. An answer is a judgement on the record; "no
evidence" widens the range of a number and leaves its middle where it is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from importlib.resources import files
from math import prod
from pathlib import Path
from typing import Any

from firsthand.case.judgements import record_judgement
from firsthand.errors import CaseError, UnknownName, suggest
from firsthand.model import Case, Judgement, Knob, Profile, record
from firsthand.probability import from_decibans, to_decibans

NO_EVIDENCE = "no-evidence"
SAYS_NOTHING = "nobody can tell"
ANSWERED = re.compile(r"^Asked: ((?:[a-z-]+=[a-z-]+(?:, )?)+)\. ")
Range = tuple[float, float, float]


@record
class Asked:
    """A question about a source: its attribute, the answers it takes with their meanings, and the answer so far."""

    attribute: str
    knob: str
    question: str
    answers: Mapping[str, str]
    answer: str = ""


@record
class Interview:
    """The questions about one source, and the numbers they settle as they stand."""

    source: str
    name: str
    asked: tuple[Asked, ...]
    knobs: tuple[Knob, ...]


@cache
def load_elicitation() -> Mapping[str, Any]:
    """Return the questions with their answers and ranges."""
    return tomllib.loads((files(__package__) / "elicitation.toml").read_text("utf-8"))


def interview_sources(case: Case, source: str = "") -> tuple[Interview, ...]:
    """Return five questions about every source that speaks, or about one.

    Raises UnknownName for a source that the case does not have.
    """
    if source:
        return (_interview(case, _find_profile(case, source)),)
    speaking = {one.source for one in case.assertions}
    return tuple(_interview(case, one) for one in case.profiles if one.source.id in speaking)


def answer_questions(
    case: Case, source: str, answers: Mapping[str, str], decided: tuple[str, str, datetime]
) -> tuple[Judgement, ...]:
    """Return the judgements that some answers make; `decided` is by whom, why and when.

    Answers given earlier about the same number are kept and joined with the new ones.
    Raises UnknownName for an attribute or an answer that is not there.
    """
    profile = _find_profile(case, source)
    who, why, when = decided
    questions = {one["attribute"]: one for one in load_elicitation()["question"]}
    for attribute, answer in answers.items():
        _check_answer(attribute, answer, questions)
    known = _recall_answers(case, profile) | dict(answers)
    judged = []
    for knob in dict.fromkeys(str(questions[attribute]["knob"]) for attribute in answers):
        given = {name: known[name] for name, one in questions.items() if one["knob"] == knob and name in known}
        now = _find_now(profile, knob)
        value = _join_answers(given, questions, now)
        said = ", ".join(f"{attribute}={answer}" for attribute, answer in given.items())
        about = f"source.{profile.source.id}.{knob}"
        judged.append(Judgement(when=when, who=who, about=about, value=_show(value), why=f"Asked: {said}. {why}"))
        raised = _raise_spin(profile, value) if knob == "spin_off" else None
        if raised is not None:
            judged.append(replace(judged[-1], about=f"source.{profile.source.id}.spin_on", value=_show(raised)))
    return tuple(judged)


def record_answers(folder: str | Path, case: Case, judgements: Sequence[Judgement]) -> None:
    """Append the judgements to the case. Raises CaseError, and writes nothing, where one of them cannot stand."""
    for one in judgements:
        if not one.why.partition(". ")[2].strip():
            raise CaseError('an answer needs its reason; give one with: --why "what speaks for it"')
    for one in judgements:
        record_judgement(folder, one, case)


def _interview(case: Case, profile: Profile) -> Interview:
    known = _recall_answers(case, profile)
    asked = []
    for one in load_elicitation()["question"]:
        means = {name: answer["means"] for name, answer in one["answers"].items()} | {NO_EVIDENCE: SAYS_NOTHING}
        asked.append(
            Asked(
                attribute=one["attribute"],
                knob=f"source.{profile.source.id}.{one['knob']}",
                question=one["asks"].format(subject=profile.source.name),
                answers=means,
                answer=known.get(one["attribute"], ""),
            )
        )
    knobs = tuple(_find_now(profile, name) for name in ("access", "error", "spin_off"))
    return Interview(source=str(profile.source.id), name=profile.source.name, asked=tuple(asked), knobs=knobs)


def _find_profile(case: Case, source: str) -> Profile:
    name = source.removeprefix("source.")
    known = {str(one.source.id): one for one in case.profiles}
    if name not in known:
        raise UnknownName(f"there is no source '{name}' in this case{suggest(name, known)}")
    return known[name]


def _find_now(profile: Profile, knob: str) -> Knob:
    found: Knob = getattr(profile, knob)
    return found


def _check_answer(attribute: str, answer: str, questions: Mapping[str, Any]) -> None:
    if attribute not in questions:
        listed = ", ".join(questions)
        raise UnknownName(f"'{attribute}' is not asked of a source{suggest(attribute, questions)}; asked are {listed}")
    known = (*questions[attribute]["answers"], NO_EVIDENCE)
    if answer not in known:
        raise UnknownName(f"'{answer}' is no answer about {attribute}{suggest(answer, known)}; say {', '.join(known)}")


def _recall_answers(case: Case, profile: Profile) -> dict[str, str]:
    """Return the answers that stand behind the source's numbers; a judgement made without asking outweighs them."""
    latest = {one.about: one for one in case.judgements}
    found: dict[str, str] = {}
    for knob in ("access", "error", "spin_off"):
        judgement = latest.get(f"source.{profile.source.id}.{knob}")
        match = ANSWERED.match(judgement.why) if judgement else None
        if match:
            found |= dict(pair.split("=", 1) for pair in match[1].split(", "))
    return found


def _join_answers(given: Mapping[str, str], questions: Mapping[str, Any], now: Knob) -> Range:
    """Return low, value and high: of the answer, or the chance that any of several faults is there.

    Without any evidence the value stays as it is. One answer without evidence beside another leaves the other's value.
    """
    ranges = [
        tuple(questions[attribute]["answers"][answer]["range"])
        for attribute, answer in given.items()
        if answer != NO_EVIDENCE
    ]
    low, value, high = (
        (1 - prod(1 - one[end] for one in ranges) for end in range(3)) if ranges else (now.low, now.value, now.high)
    )
    if NO_EVIDENCE in given.values():
        low, value, high = widen_range((low, value, high))
    return round(low, 4), round(value, 4), round(high, 4)


def _raise_spin(profile: Profile, off: Range) -> Range | None:
    """Return spin with the campaign on where it would now lie below spin without it; a campaign makes nobody straight.

    None where it need not change, or is the same number.
    """
    on = profile.spin_on
    low, value, high = (max(pair) for pair in zip((on.low, on.value, on.high), off, strict=True))
    same = profile.spin_on.id == profile.spin_off.id
    return None if same or (low, value, high) == (on.low, on.value, on.high) else (low, value, high)


def widen_range(judged: Range) -> Range:
    """Return the range with the same middle, each end at least so far off in odds as no evidence makes it."""
    low, value, high = judged
    reach = load_elicitation()["no_evidence_db"]
    middle = to_decibans(min(0.999, max(0.001, value)))
    return min(low, value, from_decibans(middle - reach)), value, max(high, value, from_decibans(middle + reach))


def _show(value: Range) -> str:
    return f"[{', '.join(f'{end:g}' for end in value)}]"
