"""What does the model make of a case, at the numbers judged and over their ranges?

Here the stages that turn judgements into factors meet the one that solves them; no stage knows of another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from firsthand.authenticity import weigh_statements
from firsthand.hypotheses import (
    Draws,
    Estimate,
    Solution,
    ask_what_if,
    calibrate_factors,
    centre_knobs,
    draw_knobs,
    estimate_posterior,
    find_asked,
    find_posterior,
    join,
    limit_samples,
    name_nodes,
    prior_factors,
    read_knobs,
    solve,
    turn_knobs,
    weigh_testimony,
)
from firsthand.model import (
    Case,
    ClaimId,
    Evidence,
    EvidenceId,
    Factor,
    Knob,
    KnobId,
    Knobs,
    Number,
    Problem,
    VariableId,
    find_knobs,
)
from firsthand.probability import find_interval
from firsthand.sensitivity import Probe
from firsthand.silence import weigh_silences
from firsthand.sources import mode_factors, name_mode

Left = frozenset[EvidenceId]
Build: TypeAlias = Callable[[Knobs], Factor]
NOTHING: Left = frozenset()
HYPOTHESIS = VariableId("H")


@dataclass(frozen=True, slots=True, eq=False)
class Weighing:
    """A case solved at the values judged (`centre`) and over their ranges (`drawn`; the same if nothing is drawn)."""

    case: Case
    knobs: tuple[Knob, ...]
    values: Knobs
    draws: Draws
    centre: Solution
    drawn: Solution
    sampled: bool
    problems: tuple[Problem, ...]


def weigh_case(case: Case, samples: int, echoes: Sequence[Evidence] = (), without: Left = NOTHING) -> Weighing:
    """Return the case solved, some evidence left out if wanted; `samples` draws, fewer where that would take minutes.

    Raises Contradiction, TooCostly or ModelError where the numbers cannot be computed with.
    """
    knobs = read_knobs(case)
    values = centre_knobs(knobs)
    frame, evidence = build_frame(case, values), _keep(case, values, without)
    about = _list_wanted(case, frame, evidence)
    allowed = limit_samples(frame, evidence, len(about), samples) if samples else 0
    draws = draw_knobs(knobs, allowed, case.seed) if allowed else Draws(knobs=values)
    centre = drawn = solve(frame, (*evidence, *echoes), about)
    if allowed:
        told = (*_keep(case, draws.knobs, without), *echoes)
        drawn = solve(build_frame(case, draws.knobs), told, about, draws.ends, leave_out=False)
    return Weighing(
        case=case,
        knobs=knobs,
        values=values,
        draws=draws,
        centre=centre,
        drawn=drawn,
        sampled=allowed > 0,
        problems=_tell_shortfall(samples, allowed),
    )


def build_frame(case: Case, knobs: Knobs) -> tuple[Factor, ...]:
    """Return what is believed before any evidence: hypotheses, claims, campaigns, postures and the sources' modes."""
    return (*prior_factors(case, knobs), *mode_factors(case, knobs))


def gather_evidence(case: Case, knobs: Knobs) -> tuple[Evidence, ...]:
    """Return testimony, statements and silences, each as Evidence; inference sees one type."""
    return (*weigh_testimony(case, knobs), *weigh_statements(case, knobs), *weigh_silences(case, knobs))


def make_probe(weighing: Weighing) -> Probe:
    """Return how the model is asked again with knobs turned and evidence left out."""
    case, asked = weighing.case, find_asked(weighing.case)

    def find_chances(knobs: Knobs, left: Left) -> NDArray[np.float64]:
        return np.asarray(find_posterior(build_frame(case, knobs), _keep(case, knobs, left))[asked])

    def evaluate(turns: Mapping[KnobId, NDArray[np.float64]], left: Left) -> NDArray[np.float64]:
        return find_chances(turn_knobs(case, weighing.values, turns), left)

    def find_range(turns: Mapping[KnobId, float], left: Left) -> tuple[float, float]:
        chances = find_chances(turn_knobs(case, weighing.draws.knobs, turns), left)
        return find_interval(chances, weighing.draws.ends)

    return Probe(evaluate=evaluate, find_range=find_range)


def estimate_case(case: Case, without: Left = NOTHING) -> Estimate:
    """Return the chances of the hypotheses at the values judged, from draws, for a case too large to count exactly.

    Raises TooCostly, saying what to split, where the draws say too little or leave the verdict's word open.
    """
    values = centre_knobs(read_knobs(case))
    factors = [*build_frame(case, values), *(one.likelihood for one in _keep(case, values, without))]
    return estimate_posterior(factors, find_asked(case), case.seed)


def make_what_if(weighing: Weighing) -> Callable[[Mapping[KnobId, Number]], NDArray[np.float64]]:
    """Return how the chances of all hypotheses, shape (hypotheses, settings), follow knobs as they are turned.

    The case is calibrated once. Then only the factors in which a turned knob stands are made anew, and only what lies
    between them and the hypotheses is computed again.
    """
    case, values = weighing.case, weighing.values
    parts = list(_list_parts(case, values))
    standing: dict[KnobId, list[int]] = {}
    for index, (records, _) in enumerate(parts):
        for name in sorted({knob.id for knob in find_knobs(records)}):
            standing.setdefault(name, []).append(index)
    base = [build(values) for _, build in parts]
    calibration = calibrate_factors(base)

    def turn(turns: Mapping[KnobId, Number]) -> NDArray[np.float64]:
        knobs = turn_knobs(case, values, turns)
        moved = [name for name in knobs if knobs[name] is not values[name]]
        touched = sorted({index for name in moved for index in standing.get(name, ())})
        built = {index: parts[index][1](knobs) for index in touched}
        changes = {index: one for index, one in built.items() if not np.array_equal(one.table, base[index].table)}
        return np.asarray(np.exp(ask_what_if(calibration, changes)))

    return turn


def _list_parts(case: Case, values: Knobs) -> Iterator[tuple[tuple[object, ...], Build]]:
    """Yield every factor of a case: the records whose knobs it stands on, and how it is made alone."""
    bare = _strip(case)
    yield case.hypotheses, lambda knobs: prior_factors(bare, knobs)[0]
    told = [replace(bare, claims=(one,)) for one in case.claims if one.hypothesis or one.given]
    told += [replace(bare, campaigns=(one,)) for one in case.campaigns]
    told += [replace(bare, postures=(one,)) for one in case.postures]
    for alone in told:
        yield (alone.claims, alone.campaigns, alone.postures), partial(_build_prior, alone)
    profiles = {name_mode(one.source.id): one for one in case.profiles}
    for factor in mode_factors(case, values):
        one = profiles[factor.scope[-1]]
        said = tuple(each for each in case.assertions if each.source == one.source.id)
        yield (one,), partial(_build_modes, replace(case, profiles=(one,), assertions=said))
    quick = replace(case, reports=())
    for said_ in case.assertions:
        yield (said_, profiles.get(name_mode(said_.source))), partial(_build_testimony, quick, frozenset({said_.id}))
    for seen in case.observations:
        yield (seen,), partial(_build_testimony, quick, frozenset({seen.id}))
    for statement in case.statements:
        yield (statement,), partial(_build_statement, replace(quick, statements=(statement,)))
    for expected in case.expectations:
        posture = tuple(one for one in case.postures if one.id == expected.posture)
        yield (expected, posture), partial(_build_silence, replace(quick, expectations=(expected,)))


def _strip(case: Case) -> Case:
    """Return a case of nothing but hypotheses."""
    return replace(
        case,
        claims=(),
        campaigns=(),
        postures=(),
        profiles=(),
        assertions=(),
        observations=(),
        statements=(),
        expectations=(),
        questions=(),
    )


def _build_prior(alone: Case, knobs: Knobs) -> Factor:
    return prior_factors(alone, knobs)[1]


def _build_modes(alone: Case, knobs: Knobs) -> Factor:
    return mode_factors(alone, knobs)[0]


def _build_testimony(case: Case, only: Left, knobs: Knobs) -> Factor:
    return weigh_testimony(case, knobs, only)[0].likelihood


def _build_statement(alone: Case, knobs: Knobs) -> Factor:
    return weigh_statements(alone, knobs)[0].likelihood


def _build_silence(alone: Case, knobs: Knobs) -> Factor:
    return weigh_silences(alone, knobs)[0].likelihood


def find_joints(weighing: Weighing) -> tuple[NDArray[np.float64], dict[ClaimId, NDArray[np.float64]]]:
    """Return the chance of each hypothesis, and its joint chances with each claim that a question is about."""
    case, values = weighing.case, weighing.values
    factors = [*build_frame(case, values), *(one.likelihood for one in gather_evidence(case, values))]
    claims = {question.claim for question in case.questions if question.claim is not None}
    joints = {claim: join(factors, (HYPOTHESIS, VariableId(f"C:{claim}")))[..., 0] for claim in sorted(claims)}
    return join(factors, (HYPOTHESIS,))[..., 0], joints


def _keep(case: Case, knobs: Knobs, without: Left) -> tuple[Evidence, ...]:
    return tuple(one for one in gather_evidence(case, knobs) if one.id not in without)


def _list_wanted(case: Case, frame: Sequence[Factor], evidence: Sequence[Evidence]) -> list[VariableId]:
    known = {variable for factor in (*frame, *(one.likelihood for one in evidence)) for variable in factor.scope}
    wanted = [*name_nodes(case), *(name_mode(profile.source.id) for profile in case.profiles)]
    wanted += [VariableId(f"A:{statement.id}") for statement in case.statements]
    return [variable for variable in wanted if variable in known]


def _tell_shortfall(samples: int, allowed: int) -> tuple[Problem, ...]:
    if allowed == samples:
        return ()
    what = f"intervals rest on {allowed} draws" if allowed else "no intervals"
    remedy = "split the sources that speak to most claims, or drop claims that nobody asks about"
    return (Problem(where="case.toml", what=f"{what}: {samples} draws would take minutes", remedy=remedy),)
