"""Is the statement theirs?

A genuine statement is a report by its author. A forged one says nothing about its claim, but it is evidence that
somebody pushes the story, and so discounts the forger's allies. Genuine is not true, and forged is not false.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from firsthand.errors import ModelError
from firsthand.model import (
    AuthenticityCheck,
    Case,
    Check,
    Evidence,
    EvidenceKind,
    Factor,
    Knobs,
    Number,
    Period,
    Reason,
    Statement,
    VariableId,
)
from firsthand.probability import tabulate, weigh_ratio

SURFACES = ("genuine_true", "genuine_false", "forged_on", "forged_off")


def weigh_statements(case: Case, knobs: Knobs) -> tuple[Evidence, ...]:
    """Return each purported statement as one piece of evidence: that it surfaces, times what each check found.

    Scope (A, C, K), shape (2, 2, 2, draws). Raises ModelError where a chance of surfacing is not given.
    """
    published = {report.id: report.published for report in case.reports}
    return tuple(_weigh_statement(one, knobs, published.get(one.quote.span.report)) for one in case.statements)


def check_statement(statement: Statement, knobs: Knobs) -> tuple[AuthenticityCheck, ...]:
    """Return each check with its weight toward forged in dB, the forger's cap applied; None where it is not counted."""
    return tuple(AuthenticityCheck(check=one, toward_forged_db=_weigh_check(one, knobs)) for one in statement.checks)


def find_given(check: Check, knobs: Knobs) -> tuple[Number, Number] | None:
    """Return P(found | genuine) and P(found | forged), or None where the check is not counted.

    The forger's cap: he copies a convention with chance q, and then it is found as often as in genuine statements.
    So P(found | forged) is at least q P(found | genuine): a match is worth at most 1/q, a mismatch can be decisive.
    """
    if check.genuine is None or check.forged is None:
        return None
    genuine, forged = knobs[check.genuine.id], knobs[check.forged.id]
    if check.imitable is None:
        return genuine, forged
    copied = knobs[check.imitable.id]
    return genuine, copied * genuine + (1 - copied) * forged


def _weigh_check(check: Check, knobs: Knobs) -> float | None:
    given = find_given(check, knobs)
    if given is None:
        return None
    genuine, forged = (float(tabulate(chance)[0]) for chance in given)
    return weigh_ratio(forged, genuine)


def _weigh_statement(one: Statement, knobs: Knobs, when: Period | None) -> Evidence:
    quotes = (one.quote, *(check.quote for check in one.checks if check.quote is not None))
    scope = (VariableId(f"A:{one.id}"), VariableId(f"C:{one.claim}"), VariableId(f"K:{one.campaign}"))
    return Evidence(
        id=one.id,
        kind=EvidenceKind.STATEMENT,
        title=one.title,
        likelihood=Factor(scope, _surface_table(one, knobs) * _checks_table(one.checks, knobs)),
        when=when,
        quotes=quotes,
        reason=Reason(rule="statement", sentence=_explain(one), quotes=quotes),
    )


def _explain(one: Statement) -> str:
    counted = sum(check.genuine is not None and check.forged is not None for check in one.checks)
    return (
        f"It says it comes from {one.author}. If genuine it speaks for its claim; if forged it says nothing about the "
        f"claim and shows that somebody pushes the story. Checks counted: {counted} of {len(one.checks)}."
    )


def _surface_table(one: Statement, knobs: Knobs) -> NDArray[np.float64]:
    """Return P(it surfaces | genuine or forged, claim true or false, campaign on or off), shape (2, 2, 2, draws)."""
    missing = [key for key in SURFACES if key not in one.surfaces]
    if missing:
        raise ModelError(f"statement {one.id!r} does not say how likely it is to surface when {missing[0]!r}")
    true, false, on, off = (knobs[one.surfaces[key].id] for key in SURFACES)
    return tabulate([[[true, true], [false, false]], [[on, off], [on, off]]])


def _checks_table(checks: Sequence[Check], knobs: Knobs) -> NDArray[np.float64]:
    """Return the product over the counted checks of P(found | genuine or forged), shape (2, 1, 1, draws)."""
    table = np.ones((2, 1, 1, 1))
    for check in checks:
        given = find_given(check, knobs)
        if given is not None:
            table = table * tabulate(list(given))[:, None, None, :]
    return table
