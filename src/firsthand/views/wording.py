"""How are chances, days and counts said on the page?

The only words and percentages are those of `firsthand.probability`; here they are put side by side.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date

from firsthand.model import Assessment, AuthenticityCheck, Case, Count, EvidenceId, Posterior
from firsthand.probability import find_word, show_decibans, show_interval, show_percent

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def show_range(low: float, high: float) -> str:
    """Return "(14–37 %)", an interval in brackets; nothing where none was sampled or its ends read the same."""
    return f"({show_interval(low, high)})" if show_percent(low) != show_percent(high) else ""


def show_likelihood(probability: float, low: float, high: float) -> str:
    """Return "unlikely, 21 % (14–37 %)": word, number and interval together."""
    return f"{find_word(probability)}, {show_percent(probability)} {show_range(low, high)}".rstrip()


def show_sampling(posterior: Posterior) -> str:
    """Return "estimated, standard error 0.8 points" where a chance was drawn, nothing where it was counted."""
    if posterior.sampling is None:
        return ""
    return f"estimated, standard error {100 * posterior.sampling.error:.2g} points"


def show_aside(probability: float, low: float, high: float) -> str:
    """Return "unlikely, 37 %, 27–57 %", a likelihood to stand in brackets."""
    interval = f", {show_interval(low, high)}" if show_percent(low) != show_percent(high) else ""
    return f"{find_word(probability)}, {show_percent(probability)}{interval}"


def show_plain_decibans(weight: float, decimals: int = 2) -> str:
    """Return a weight without its unit, for a column headed dB."""
    return show_decibans(weight, decimals).removesuffix("\u00a0dB")


def show_share(probability: float) -> str:
    """Return a chance that no word stands beside: "82 %" in whole percent, with a decimal under 1 %."""
    return f"{100 * probability:.0f}\u00a0%" if 0.01 <= probability <= 0.99 else show_percent(probability)


def show_decibans_range(low: float, high: float) -> str:
    """Return "(+0.8 to +2.8)"."""
    return f"({show_plain_decibans(low, 1)} to {show_plain_decibans(high, 1)})"


def show_voices(count: Count) -> tuple[str, str]:
    """Return the expected number of voices, rounded, and, where they differ, "(2–3)" for the ends."""
    ends = "" if count.low == count.high else f"({count.low:g}–{count.high:g})"
    return f"{math.floor(count.expected + 0.5)}", ends


def show_day(day: date, year: bool = True) -> str:
    """Return "8 Apr 2011" or "8 Apr"."""
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def show_long_day(day: date) -> str:
    """Return "8 April 2011"."""
    return f"{day.day} {LONG_MONTHS[day.month - 1]} {day.year}"


def name_asked(case: Case) -> str:
    """Return the name of the asked hypothesis as it stands inside a sentence.

    It goes small only where the case itself writes the whole of it small; otherwise the name is in quotes.
    """
    asked = next(hypothesis for hypothesis in case.hypotheses if hypothesis.id == case.asks)
    small = asked.name.strip().lower()
    if small and re.search(rf"\b{re.escape(small)}\b", f"{asked.sentence} {case.question}"):
        return small
    return f"“{asked.name}”"


def name_hypotheses(case: Case) -> dict[str, str]:
    """Return the name of every hypothesis by its id."""
    return {hypothesis.id: hypothesis.name for hypothesis in case.hypotheses}


def find_asked(case: Case, posteriors: Sequence[Posterior]) -> Posterior:
    """Return the posterior of the hypothesis the case asks about."""
    return next(posterior for posterior in posteriors if posterior.hypothesis == case.asks)


def capitalise(words: str) -> str:
    """Return the words with their first letter large."""
    return words[:1].upper() + words[1:]


def show_check_weight(check: AuthenticityCheck) -> str:
    """Return the weight of a check toward forged, or "not counted"."""
    return "not counted" if check.toward_forged_db is None else show_plain_decibans(check.toward_forged_db, 1)


def name_evidence(assessment: Assessment) -> dict[EvidenceId, str]:
    """Return the title of every piece of evidence, said to be a suggestion where it is one."""
    suggested = assessment.case.suggested
    names = {}
    for item in assessment.contributions:
        title = f"{item.title} (suggested, not judged)" if item.evidence in suggested else item.title
        names[item.evidence] = title
    return names
