"""How does the verdict follow while a hand is on the judgements?

A case is calibrated once; then a number turned or evidence left out costs about a millisecond, and the steps by which
the evidence leads there some fifty.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from firsthand.errors import TooCostly
from firsthand.hypotheses import (
    Estimate,
    compare_hypotheses,
    find_asked,
    list_contributions,
    solve,
    state_estimate,
    turn_knobs,
)
from firsthand.model import Case, Contribution, Evidence, EvidenceId, Flip, KnobId, Posterior, record
from firsthand.sensitivity import flip_by_leaving
from firsthand.weighing.calibrating import Calibrated, calibrate_case
from firsthand.weighing.estimating import estimate_posteriors
from firsthand.weighing.solving import gather_evidence

NOTHING: Mapping[KnobId, float] = {}


@record
class Moved:
    """What the numbers and the evidence then give: every hypothesis, each step there, what it hangs on.

    No intervals: low and high are the number itself. `contributions` and `flips` (pieces of evidence that change the
    word when left out) are empty where the case is too large to be weighed piece by piece.
    """

    posteriors: tuple[Posterior, ...]
    contributions: tuple[Contribution, ...]
    flips: tuple[Flip, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Turning:
    """A case ready to be turned; nothing in it changes, so that several threads may ask.

    `calibrated` is None where the case is too large to count; then each answer is an estimate and takes seconds.
    """

    case: Case
    calibrated: Calibrated | None
    evidence: tuple[Evidence, ...]

    def verdict(
        self, turns: Mapping[KnobId, float] = NOTHING, without: Collection[EvidenceId] = ()
    ) -> tuple[Posterior, ...]:
        """Return every hypothesis with some numbers turned and some evidence left out.

        Other priors give way to a prior that is turned. Raises ModelError for a number and UnknownName for evidence
        that the case does not have, Contradiction, and TooCostly where not even an estimate can be had.
        """
        if self.calibrated is None:
            return estimate_posteriors(self.case, frozenset(without), turns)
        chances = self.calibrated.find_chances(turns, without)[:, 0]
        counted = Estimate(chances, 0 * chances, effective=float("inf"), draws=0, hubs=())
        knobs = turn_knobs(self.case, self.calibrated.values, turns)
        return state_estimate(self.case, counted, knobs)

    def full(self, turns: Mapping[KnobId, float] = NOTHING, without: Collection[EvidenceId] = ()) -> Moved:
        """Return the same with each step of the evidence, and the evidence on which the word hangs. Raises the same."""
        if self.calibrated is not None:
            try:
                return self._follow(self.calibrated, turns, without)
            except TooCostly:
                pass
        return Moved(posteriors=self.verdict(turns, without), contributions=(), flips=())

    def _follow(self, calibrated: Calibrated, turns: Mapping[KnobId, float], without: Collection[EvidenceId]) -> Moved:
        changes, places = calibrated.find_changes(turns, without), calibrated.evidence
        factors = [changes.get(index, one) for index, one in enumerate(calibrated.factors)]
        said = set(places.values())
        frame = [one for index, one in enumerate(factors) if index not in said]
        kept = [replace(one, likelihood=factors[places[one.id]]) for one in self.evidence if one.id not in without]
        solved = solve(frame, kept)
        contributions = list_contributions(self.case, solved, solved)
        posteriors = compare_hypotheses(self.case, solved, solved)
        now = posteriors[find_asked(self.case)].probability
        return Moved(
            posteriors=posteriors,
            contributions=contributions,
            flips=flip_by_leaving(self.case, contributions, now),
        )


def open_case(case: Case) -> Turning:
    """Return a case ready to be turned. Raises Contradiction or ModelError where it cannot be computed with."""
    try:
        calibrated = calibrate_case(case)
    except TooCostly:
        return Turning(case, None, ())
    return Turning(case, calibrated, gather_evidence(case, calibrated.values))
