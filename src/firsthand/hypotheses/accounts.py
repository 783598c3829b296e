"""How is what was computed told as records: posteriors, contributions that add up, a matrix, beliefs, a timeline?

`centre` is solved at the judged values and gives every number; `drawn` is solved over their ranges and gives the
intervals. Without draws, `drawn` may be `centre` itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from itertools import pairwise

import numpy as np

from firsthand.hypotheses.frame import name_campaign, name_claim, name_posture, weigh_priors
from firsthand.hypotheses.posterior import Solution
from firsthand.hypotheses.sampling import Estimate
from firsthand.hypotheses.tables import Table, add_exponentials
from firsthand.model import (
    AchMatrix,
    Case,
    Contribution,
    HypothesisId,
    Knobs,
    Modes,
    NodeBelief,
    Period,
    Posterior,
    Sampling,
    SourceId,
    TimePoint,
    VariableId,
)
from firsthand.probability import find_interval

DECIBANS = 10 / np.log(10)


def compare_hypotheses(case: Case, centre: Solution, drawn: Solution) -> tuple[Posterior, ...]:
    """Return each hypothesis before and after the evidence, in the case's order, with 5 to 95 % intervals."""
    rows = []
    for index, one in enumerate(case.hypotheses):
        prior, prior_low, prior_high = _range(centre.steps[0][index], drawn.steps[0][index], drawn.ends)
        after, low, high = _range(centre.steps[-1][index], drawn.steps[-1][index], drawn.ends)
        rows.append(
            Posterior(
                hypothesis=one.id,
                prior=prior,
                prior_low=prior_low,
                prior_high=prior_high,
                probability=after,
                low=low,
                high=high,
            )
        )
    return tuple(rows)


def state_estimate(case: Case, estimate: Estimate, knobs: Knobs) -> tuple[Posterior, ...]:
    """Return each hypothesis before and after the evidence, in the case's order, where there is only an estimate.

    There are no intervals over the ranges judged; how far chance may have moved a number stands in `sampling`.
    """
    priors, rows = weigh_priors(case, knobs)[:, 0], []
    for index, one in enumerate(case.hypotheses):
        prior, chance, error = float(priors[index]), float(estimate.chances[index]), float(estimate.errors[index])
        rows.append(
            Posterior(
                hypothesis=one.id,
                prior=prior,
                prior_low=prior,
                prior_high=prior,
                probability=chance,
                low=chance,
                high=chance,
                sampling=Sampling(error=error, effective=estimate.effective, draws=estimate.draws)
                if estimate.draws
                else None,
            )
        )
    return tuple(rows)


def list_contributions(case: Case, centre: Solution, drawn: Solution) -> tuple[Contribution, ...]:
    """Return what each piece of evidence did to the asked hypothesis, in order of arrival; an echo did nothing."""
    asked = find_asked(case)
    weights = _weigh_steps(centre, asked)
    ranges = weights if drawn is centre else _weigh_steps(drawn, asked)
    rows = []
    for index, one in enumerate(centre.evidence):
        weight, low, high = _bound(float(weights[index][0]), ranges[index], drawn.ends)
        rows.append(
            Contribution(
                evidence=one.id,
                kind=one.kind,
                title=one.title,
                weight_db=weight,
                low_db=low,
                high_db=high,
                after=float(np.exp(centre.steps[index + 1][asked, 0])),
                without=_name_rows(case, centre.without[index]),
                quotes=one.quotes,
                reason=one.reason,
                when=one.when,
            )
        )
    return tuple(rows)


def weigh_evidence(case: Case, centre: Solution, drawn: Solution) -> tuple[float, float, float]:
    """Return the weight of all the evidence for the asked hypothesis in dB, whatever the prior, and its interval."""
    asked = find_asked(case)
    weights = [_subtract(weigh_odds(run.steps[-1], asked), weigh_odds(run.steps[0], asked)) for run in (centre, drawn)]
    return _bound(float(weights[0][0]), weights[1], drawn.ends)


def build_matrix(case: Case, centre: Solution) -> AchMatrix:
    """Return, for each hypothesis and piece of evidence, the decibans it would lose were that left out."""
    cells = []
    for index in range(len(case.hypotheses)):
        whole = weigh_odds(centre.steps[-1], index)
        cells.append(
            tuple(
                0.0 if one is centre.steps[-1] else float(_subtract(whole, weigh_odds(one, index))[0])
                for one in centre.without
            )
        )
    return AchMatrix(
        hypotheses=tuple(one.id for one in case.hypotheses),
        evidence=tuple(one.id for one in centre.evidence),
        cells=tuple(cells),
    )


def name_nodes(case: Case) -> dict[VariableId, str]:
    """Return the claims, campaigns and postures a case believes something about, and what to call them."""
    claims = {name_claim(one.id): one.sentence for one in case.claims if one.hypothesis or one.given}
    campaigns = {name_campaign(one.id): one.name for one in case.campaigns}
    return claims | campaigns | {name_posture(one.id): one.name for one in case.postures}


def state_beliefs(case: Case, centre: Solution, drawn: Solution) -> tuple[NodeBelief, ...]:
    """Return the chance of each claim, campaign and posture that was asked about, before and after the evidence."""
    return tuple(
        _state_belief(variable, name, centre, drawn)
        for variable, name in name_nodes(case).items()
        if variable in centre.after
    )


def state_modes(case: Case, centre: Solution) -> dict[SourceId, tuple[Modes, Modes]]:
    """Return the modes of each source that was asked about, before and after the evidence."""
    found = {}
    for profile in case.profiles:
        variable = VariableId(f"M:{profile.source.id}")
        if variable in centre.after:
            found[profile.source.id] = (_read_modes(centre.before[variable]), _read_modes(centre.after[variable]))
    return found


def believe_genuine(statement: str, centre: Solution, drawn: Solution) -> tuple[float, float, float]:
    """Return the chance that a statement is genuine, and its interval."""
    variable = VariableId(f"A:{statement}")
    return _bound(float(centre.after[variable][0, 0]), drawn.after[variable][0], drawn.ends)


def date_posteriors(case: Case, centre: Solution, drawn: Solution) -> tuple[TimePoint, ...]:
    """Return the chance of the asked hypothesis on what had been published by each date, the last as of the case's."""
    asked = find_asked(case)
    points = []
    for when, count in _find_dates(case, centre):
        chance, low, high = _range(centre.steps[count][asked], drawn.steps[count][asked], drawn.ends)
        points.append(TimePoint(when=when, probability=chance, low=low, high=high))
    return tuple(points)


def find_asked(case: Case) -> int:
    """Return the index of the hypothesis the case asks about."""
    return [one.id for one in case.hypotheses].index(case.asks)


def weigh_odds(logs: Table, index: int) -> Table:
    """Return the log-odds of one hypothesis, the first axis, in dB, from log chances; exact however near to 0 or 1."""
    others = add_exponentials(np.delete(logs, index, axis=0), 0)[0]
    return np.asarray(DECIBANS * (logs[index] - others))


def _weigh_steps(run: Solution, asked: int) -> list[Table]:
    """Return what each piece did in dB, shape (draws,); exactly 0 and no work for an echo."""
    moved = [place for place, (before, after) in enumerate(pairwise(run.steps)) if after is not before]
    odds = weigh_odds(np.stack([run.steps[0], *(run.steps[place + 1] for place in moved)], axis=1), asked)
    weights = [np.zeros(1)] * (len(run.steps) - 1)
    for count, place in enumerate(moved):
        weights[place] = _subtract(odds[count + 1], odds[count])
    return weights


def _subtract(after: Table, before: Table) -> Table:
    """Return the difference of two weights; 0 where they are the same, certainty included."""
    with np.errstate(invalid="ignore"):
        return np.where(after == before, 0.0, after - before)


def _range(centre: Table, drawn: Table, ends: int) -> tuple[float, float, float]:
    return _bound(float(np.exp(centre[0])), np.exp(drawn), ends)


def _bound(value: float, drawn: Table, ends: int) -> tuple[float, float, float]:
    """Return a number and its interval, widened where need be to hold the number itself."""
    low, high = find_interval(drawn, ends)
    return value, min(low, value), max(high, value)


def _name_rows(case: Case, logs: Table) -> Mapping[HypothesisId, float]:
    return {one.id: float(np.exp(logs[index, 0])) for index, one in enumerate(case.hypotheses)}


def _state_belief(variable: VariableId, name: str, centre: Solution, drawn: Solution) -> NodeBelief:
    chance, low, high = _bound(float(centre.after[variable][0, 0]), drawn.after[variable][0], drawn.ends)
    prior = float(centre.before[variable][0, 0])
    return NodeBelief(variable=variable, name=name, prior=prior, probability=chance, low=low, high=high)


def _read_modes(chances: Table) -> Modes:
    informed, rumour, spinning = (float(row[0]) for row in chances)
    return Modes(informed=informed, rumour=rumour, spinning=spinning)


def _find_last_instant(when: Period) -> datetime:
    """Return the end of a period, but still inside it: the end of a day belongs to that day."""
    return max(when.start, when.end - timedelta(microseconds=1))


def _find_dates(case: Case, run: Solution) -> Iterator[tuple[datetime, int]]:
    """Yield each moment something arrived and how much had arrived by then; undated evidence counts at the end."""
    dated = [_find_last_instant(one.when) for one in run.evidence if one.when is not None]
    for count, when in enumerate(dated, start=1):
        if count == len(dated) or dated[count] != when:
            yield when, count
    if len(dated) < len(run.evidence):
        zone = dated[-1].tzinfo if dated else None
        yield datetime.combine(case.as_of, time(), zone), len(run.evidence)
