"""Does the case meet the standard of evidence that was stated at the outset?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from firsthand.assessment.summary import spell_number
from firsthand.model import Case, Count, Profile, Standard, StandardResult

Verdict = tuple[bool | None, str]


def apply_standards(case: Case, voices: Count, spoken: Sequence[Profile]) -> tuple[StandardResult, ...]:
    """Return for each stated rule whether it holds, or None where that cannot be told.

    `spoken`: who asserts the asked claim at first hand.
    """
    results = []
    for standard in case.standards:
        holds, why = RULES[standard.rule](standard, case, voices, spoken)
        results.append(StandardResult(standard=standard, holds=holds, sentence=describe_rule(standard, case), why=why))
    return tuple(results)


def describe_rule(standard: Standard, case: Case) -> str:
    """Return the rule as a sentence for the reader."""
    wanted = spell_number(int(standard.at_least)) if float(standard.at_least).is_integer() else f"{standard.at_least:g}"
    if standard.rule == "independent_origins":
        return f"At least {wanted} independent origins for a statement of fact"
    if standard.rule == "disinterested_origins":
        return f"At least {wanted} of them disinterested"
    return f"{_name_subject(standard, case)} has been heard"


def _count_origins(standard: Standard, case: Case, voices: Count, spoken: Sequence[Profile]) -> Verdict:
    if voices.low >= standard.at_least:
        return True, f"{voices.low:g} origins, however the lineage turns out"
    if voices.high >= standard.at_least:
        return None, f"{voices.low:g} to {voices.high:g} origins; whether one repeats the other is unknown"
    return False, f"{voices.high:g} at the most"


def _count_disinterested(standard: Standard, case: Case, voices: Count, spoken: Sequence[Profile]) -> Verdict:
    disinterested = sum(profile.gains is False for profile in spoken)
    unjudged = sum(profile.gains is None for profile in spoken)
    if disinterested >= standard.at_least:
        return True, f"{disinterested} gain nothing from being believed"
    if disinterested + unjudged >= standard.at_least:
        return None, "who gains has not been judged for each of them"
    if not disinterested and len(spoken) > 1:
        return False, "each of them gains if it is believed"
    return False, f"{disinterested} of them gain nothing from being believed"


def _hear_subject(standard: Standard, case: Case, voices: Count, spoken: Sequence[Profile]) -> Verdict:
    said = [assertion for assertion in case.assertions if assertion.source == standard.subject]
    if said:
        return True, f"speaks in {len(said)} of the statements weighed"
    purported = [statement for statement in case.statements if statement.author == standard.subject]
    if purported:
        return None, "the only statement is in its name, and whether it is genuine is a question of its own"
    return False, "not one of its words is in the case"


def _name_subject(standard: Standard, case: Case) -> str:
    names = {profile.source.id: profile.source.name for profile in case.profiles}
    return names.get(standard.subject, str(standard.subject)) if standard.subject else "The party named"


RULES: Mapping[str, Callable[[Standard, Case, Count, Sequence[Profile]], Verdict]] = {
    "independent_origins": _count_origins,
    "disinterested_origins": _count_disinterested,
    "subject_heard": _hear_subject,
}
