"""What does the model make of a case, at the numbers judged and over their ranges?

Here the stages that turn judgements into factors meet the one that solves them; no stage knows of another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firsthand.authenticity import weigh_statements
from firsthand.errors import TooCostly
from firsthand.hypotheses import (
    WORK,
    Draws,
    Estimate,
    Solution,
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
    solve_ends,
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
    Problem,
    VariableId,
)
from firsthand.probability import find_interval
from firsthand.sensitivity import Probe
from firsthand.silence import weigh_silences
from firsthand.sources import mode_factors, name_mode
from firsthand.weighing.calibrating import Calibrated, calibrate_case

Left = frozenset[EvidenceId]
NOTHING: Left = frozenset()
SETTINGS = 50
"""At how many values each number is tried, about, to find where the word changes."""
CHANGED = 24
"""Numbers turned and evidence left out up to which asking the tree calibrated once beats weighing anew."""
HYPOTHESIS = VariableId("H")


@dataclass(frozen=True, slots=True, eq=False)
class Weighing:
    """A case solved at the values judged (`centre`) and over their ranges (`drawn`; the same if nothing is drawn).

    `followed`: each step over the ranges. In a large case it rests on fewer draws, and `drawn` knows the ends alone.
    """

    case: Case
    knobs: tuple[Knob, ...]
    values: Knobs
    draws: Draws
    centre: Solution
    drawn: Solution
    followed: Solution
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
    spread = [variable for variable in about if not variable.startswith("M:")]
    allowed, few = limit_samples(frame, evidence, len(spread), samples) if samples else (0, 0)
    draws = draw_knobs(knobs, allowed, case.seed) if allowed else Draws(knobs=values)
    centre = drawn = followed = solve(frame, (*evidence, *echoes), about)
    if few:
        drawn = followed = _follow_draws(case, draw_knobs(knobs, few, case.seed), spread, echoes, without)
    if few < allowed:
        said = _keep(case, draws.knobs, without)
        drawn = solve_ends(build_frame(case, draws.knobs), said, spread, draws.ends)
    return Weighing(
        case=case,
        knobs=knobs,
        values=values,
        draws=draws,
        centre=centre,
        drawn=drawn,
        followed=followed,
        sampled=allowed > 0,
        problems=_tell_shortfall(samples, allowed, few),
    )


def weigh_ends(case: Case, samples: int, without: Left = NOTHING) -> tuple[Solution, Solution]:
    """Return the case solved before and after all its evidence, at the values judged and over their ranges.

    Takes a fraction of the time of `weigh_case`, with the same numbers. Raises the same.
    """
    knobs = read_knobs(case)
    values = centre_knobs(knobs)
    frame, evidence = build_frame(case, values), _keep(case, values, without)
    allowed = limit_samples(frame, evidence, 0, samples)[0] if samples else 0
    centre = solve_ends(frame, evidence)
    if not allowed:
        return centre, centre
    draws = draw_knobs(knobs, allowed, case.seed)
    return centre, solve_ends(build_frame(case, draws.knobs), _keep(case, draws.knobs, without), ends=draws.ends)


def _follow_draws(
    case: Case, draws: Draws, about: Sequence[VariableId], echoes: Sequence[Evidence], without: Left
) -> Solution:
    told = (*_keep(case, draws.knobs, without), *echoes)
    return solve(build_frame(case, draws.knobs), told, about, draws.ends, leave_out=False)


def build_frame(case: Case, knobs: Knobs) -> tuple[Factor, ...]:
    """Return what is believed before any evidence: hypotheses, claims, campaigns, postures and the sources' modes."""
    return (*prior_factors(case, knobs), *mode_factors(case, knobs))


def gather_evidence(case: Case, knobs: Knobs) -> tuple[Evidence, ...]:
    """Return testimony, statements and silences, each as Evidence; inference sees one type."""
    return (*weigh_testimony(case, knobs), *weigh_statements(case, knobs), *weigh_silences(case, knobs))


def make_probe(weighing: Weighing) -> Probe:
    """Return how the model is asked again with knobs turned and evidence left out."""
    case, asked = weighing.case, find_asked(weighing.case)
    calibrated: list[Calibrated] = []

    def calibrate() -> Calibrated:
        if not calibrated:
            calibrated.append(calibrate_case(case))
        return calibrated[0]

    def find_chances(knobs: Knobs, left: Left) -> NDArray[np.float64]:
        return np.asarray(find_posterior(build_frame(case, knobs), _keep(case, knobs, left))[asked])

    def evaluate(turns: Mapping[KnobId, NDArray[np.float64]], left: Left) -> NDArray[np.float64]:
        if len(turns) + len(left) <= CHANGED:
            weighed = left & calibrate().evidence.keys()  # an echo is evidence too, and weighs nothing
            return np.asarray(calibrate().find_chances(turns, weighed)[asked])
        return find_chances(turn_knobs(case, weighing.values, turns), left)

    def turn(name: KnobId, settings: NDArray[np.float64]) -> NDArray[np.float64]:
        _check_turning(calibrate(), len(weighing.knobs))
        return np.broadcast_to(calibrate().find_chances({name: settings})[asked], settings.shape)

    def find_range(turns: Mapping[KnobId, float], left: Left) -> tuple[float, float]:
        chances = find_chances(turn_knobs(case, weighing.draws.knobs, turns), left)
        return find_interval(chances, weighing.draws.ends)

    return Probe(evaluate=evaluate, turn=turn, find_range=find_range)


def _check_turning(calibrated: Calibrated, knobs: int) -> None:
    """Raise TooCostly where turning every number in turn would take minutes."""
    sums = calibrated.calibration.climb.tree.largest * knobs * SETTINGS
    if sums > WORK:
        raise TooCostly(
            f"turning {knobs} numbers in turn would take {sums:.1e} sums, and {WORK:.1e} is the limit: "
            "split the sources that speak of most claims, or drop claims that nobody asks about"
        )


def estimate_case(case: Case, values: Knobs, without: Left = NOTHING) -> Estimate:
    """Return the chances of the hypotheses at some values, for a case too large to weigh piece by piece.

    Counted exactly, with no draws, where a single pass fits; else from draws. Raises TooCostly, saying what to split,
    where these say too little or leave the verdict's word open.
    """
    frame, evidence = build_frame(case, values), _keep(case, values, without)
    try:
        chances = find_posterior(frame, evidence)[:, 0]
    except TooCostly:
        return estimate_posterior(
            [*frame, *(one.likelihood for one in evidence if one.likelihood.scope)], find_asked(case), case.seed
        )
    return Estimate(chances, np.zeros_like(chances), effective=np.inf, draws=0, hubs=())


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


def _tell_shortfall(samples: int, allowed: int, few: int) -> tuple[Problem, ...]:
    told = [("intervals", allowed)] if allowed < samples else []
    told += [("the intervals of single steps and dates", few)] if few < allowed else []
    remedy = "split the sources that speak to most claims, or drop claims that nobody asks about"
    found = []
    for what, draws in told:
        rest = f"{what} rest on {draws} draws" if draws else f"no {what.removeprefix('the ')}"
        found.append(Problem(where="case.toml", what=f"{rest}: {samples} draws would take too long", remedy=remedy))
    return tuple(found)
