"""Which of the evidence counts, and what was known by a given day?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from firsthand.model import (
    Assertion,
    Case,
    Expectation,
    Observation,
    Period,
    Posture,
    Profile,
    Quote,
    Scenario,
    Statement,
)

Item = Assertion | Observation | Statement | Expectation


def list_items(case: Case) -> tuple[tuple[str, Item], ...]:
    """Return every piece of evidence with its kind: assertions, observations, statements, expectations."""
    return (
        *(("assertion", one) for one in case.assertions),
        *(("observation", one) for one in case.observations),
        *(("statement", one) for one in case.statements),
        *(("expectation", one) for one in case.expectations),
    )


def keep_evidence(case: Case, keep: Callable[[Item], bool]) -> Case:
    """Return the case with only the assertions, observations, statements and expectations that are to be kept.

    An echo falls with what it repeats; what only may be a copy stands, as little independent as it was.
    """
    return replace(
        case,
        assertions=_keep_assertions(case, keep),
        observations=tuple(filter(keep, case.observations)),
        statements=tuple(filter(keep, case.statements)),
        expectations=tuple(filter(keep, case.expectations)),
    )


def _keep_assertions(case: Case, keep: Callable[[Item], bool]) -> tuple[Assertion, ...]:
    gone = {one.id for one in case.assertions if not keep(one)}
    while echoes := {one.id for one in case.assertions if one.copy_of in gone and _is_echo(one)} - gone:
        gone |= echoes
    kept = (one for one in case.assertions if one.id not in gone)
    return tuple(replace(one, copy_of=None) if one.copy_of in gone else one for one in kept)


def _is_echo(one: Assertion) -> bool:
    return one.copy is not None and one.copy.low == 1


def limit_case(case: Case, as_of: date) -> Case:
    """Return the case as it stood on a day: what was published later is left out, and so is a silence not yet over.

    A report without a date is kept: nobody can say that it came later. A silence counts from the end of its window.
    """
    late = {report.id for report in case.reports if is_later(report.published, as_of)}

    def is_known(quote: Quote | None) -> bool:
        return quote is None or quote.span.report not in late

    def keep(item: Item) -> bool:
        return not _is_open(item.window, as_of) if isinstance(item, Expectation) else is_known(item.quote)

    limited = keep_evidence(case, keep)
    return replace(
        limited,
        as_of=as_of,
        reports=tuple(report for report in case.reports if report.id not in late),
        profiles=tuple(_limit_profile(one, is_known) for one in case.profiles),
        postures=tuple(_limit_posture(one, is_known) for one in case.postures),
        statements=tuple(_limit_statement(one, is_known) for one in limited.statements),
        expectations=tuple(one if is_known(one.quote) else replace(one, quote=None) for one in limited.expectations),
        scenarios=tuple(_limit_scenario(one, is_known) for one in case.scenarios),
    )


def is_later(period: Period | None, day: date) -> bool:
    """Tell whether a period begins after a day."""
    return period is not None and period.start.date() > day


def _is_open(window: Period | None, day: date) -> bool:
    return window is not None and window.end > datetime.combine(day, time()) + timedelta(days=1)


def _limit_profile(profile: Profile, is_known: Callable[[Quote], bool]) -> Profile:
    ties = tuple(replace(tie, quotes=tuple(filter(is_known, tie.quotes))) for tie in profile.ties)
    return replace(profile, quotes=tuple(filter(is_known, profile.quotes)), ties=ties)


def _limit_posture(posture: Posture, is_known: Callable[[Quote], bool]) -> Posture:
    return replace(posture, quotes=tuple(filter(is_known, posture.quotes)))


def _limit_statement(statement: Statement, is_known: Callable[[Quote | None], bool]) -> Statement:
    return replace(statement, checks=tuple(check for check in statement.checks if is_known(check.quote)))


def _limit_scenario(scenario: Scenario, is_known: Callable[[Quote], bool]) -> Scenario:
    known = tuple(point for point in scenario.considerations if is_known(point.quote))
    return replace(scenario, considerations=known)
