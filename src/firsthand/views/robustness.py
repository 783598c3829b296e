"""How is it told how far the verdict holds?"""

from __future__ import annotations

from typing import NamedTuple

from firsthand.model import Assessment, Bounds, Fewest
from firsthand.probability import find_word, show_interval, show_percent
from firsthand.views.wording import find_asked, show_likelihood


class Row(NamedTuple):
    """What was varied, in which way, and what the verdict then is."""

    title: str
    sentence: str
    verdict: str


def list_robustness(assessment: Assessment) -> tuple[Row, ...]:
    """Return the verdict as judged, over all ranges at once, against the fewest moves, and under other structures."""
    found = assessment.robustness
    if found is None:
        return ()
    asked = find_asked(assessment.case, assessment.posteriors)
    rows = [Row("As judged", "", show_likelihood(asked.probability, asked.low, asked.high)), _tell_bounds(found.bounds)]
    rows += [_tell_fewest(one) for one in found.fewest]
    rows += [
        Row(one.title, one.sentence, show_likelihood(one.probability, one.low, one.high)) for one in found.structures
    ]
    return tuple(rows)


def _tell_bounds(bounds: Bounds) -> Row:
    words = list(dict.fromkeys((find_word(bounds.low), find_word(bounds.high))))
    how = "Exact." if bounds.exact else "Found by search: the true ends may lie a little further out."
    verdict = f"{' to '.join(words)}, {show_interval(bounds.low, bounds.high)}"
    return Row("Every judgement anywhere in its range", how, verdict)


def _tell_fewest(found: Fewest) -> Row:
    title = {"judgements": "Fewest judgements turned", "reports": "Fewest reports left out"}[found.of]
    if found.probability is None:
        tried = f"; every set of up to {found.tried} was tried" if found.tried else ""
        return Row(title, "To change the word.", f"none found{tried}")
    surely = (
        "No smaller set does." if found.proven else f"Of smaller sets, those of up to {found.tried} were all tried."
    )
    moved = "; ".join(found.moves)
    verdict = f"{len(found.moves)}: then {find_word(found.probability)}, {show_percent(found.probability)}"
    return Row(title, f"To change the word: {moved}. {surely}".replace("?.", "?"), verdict)
