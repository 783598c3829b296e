"""Which tables does a case come to, and which of them are others once a number is turned?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from firsthand.authenticity import weigh_statements
from firsthand.errors import UnknownName, suggest
from firsthand.hypotheses import (
    Calibration,
    ask_what_if,
    calibrate_factors,
    centre_knobs,
    prior_factors,
    read_knobs,
    turn_knobs,
    weigh_testimony,
)
from firsthand.model import (
    Assertion,
    Case,
    EvidenceId,
    Factor,
    KnobId,
    Knobs,
    Number,
    Profile,
    SourceId,
    VariableId,
    find_knobs,
)
from firsthand.silence import weigh_silences
from firsthand.sources import mode_factors, name_mode

Left = frozenset[EvidenceId]
NONE_OF_IT: Left = frozenset()
"""Testimony as a whole is then checked only: for echoes that repeat one another in a circle."""
Build: TypeAlias = Callable[[Knobs], Factor]


@dataclass(frozen=True, slots=True, eq=False)
class Calibrated:
    """A case calibrated at the values judged: each factor, how it is made anew, and what stands on which number.

    `standing`: the factors in which a number stands; `evidence`: the factor of each piece of evidence.
    """

    case: Case
    values: Knobs
    builds: tuple[Build, ...]
    factors: tuple[Factor, ...]
    standing: Mapping[KnobId, tuple[int, ...]]
    evidence: Mapping[EvidenceId, int]
    calibration: Calibration

    def find_chances(self, turns: Mapping[KnobId, Number], without: Collection[EvidenceId] = ()) -> NDArray[np.float64]:
        """Return the chances of all hypotheses, shape (hypotheses, settings), with numbers turned, evidence left out.

        Only the factors in which a turned number stands are made anew, and only what lies between them and the
        hypotheses is computed again. Raises ModelError for a number, UnknownName for evidence, not in the case.
        """
        return np.asarray(np.exp(ask_what_if(self.calibration, self.find_changes(turns, without))))

    def find_changes(self, turns: Mapping[KnobId, Number], without: Collection[EvidenceId] = ()) -> dict[int, Factor]:
        """Return the factors that are no longer what they were."""
        knobs = turn_knobs(self.case, self.values, turns)
        moved = {*turns, *(one.prior.id for one in self.case.hypotheses)} if turns else set()
        moved = {name for name in moved if knobs[name] is not self.values[name]}
        left = {self._find_evidence(name) for name in without}
        touched = {index for name in moved for index in self.standing.get(name, ())} - left
        built = {index: self.builds[index](knobs) for index in sorted(touched)}
        changes = {index: one for index, one in built.items() if not _is_same(one, self.factors[index])}
        for index in sorted(left):
            changes[index] = Factor(self.factors[index].scope, np.ones_like(self.factors[index].table))
        return changes

    def _find_evidence(self, name: EvidenceId) -> int:
        if name not in self.evidence:
            raise UnknownName(f"there is no evidence '{name}' in this case{suggest(name, self.evidence)}")
        return self.evidence[name]


def calibrate_case(case: Case) -> Calibrated:
    """Return a case calibrated once, ready for its numbers to be turned.

    Raises TooCostly, Contradiction or ModelError where it cannot be counted exactly.
    """
    values = centre_knobs(read_knobs(case))
    weigh_testimony(case, values, NONE_OF_IT)
    parts = list(_list_parts(case, values))
    standing: dict[KnobId, list[int]] = {}
    for index, (_, records, _) in enumerate(parts):
        for name in sorted({knob.id for knob in find_knobs(records)}):
            standing.setdefault(name, []).append(index)
    factors = tuple(build(values) for _, _, build in parts)
    return Calibrated(
        case=case,
        values=values,
        builds=tuple(build for _, _, build in parts),
        factors=factors,
        standing={name: tuple(places) for name, places in standing.items()},
        evidence={name: index for index, (name, _, _) in enumerate(parts) if name},
        calibration=calibrate_factors(factors),
    )


def _is_same(one: Factor, other: Factor) -> bool:
    return np.array_equal(one.table, other.table)


def _list_parts(case: Case, values: Knobs) -> Iterator[tuple[EvidenceId, tuple[object, ...], Build]]:
    """Yield every factor of a case: the evidence it is, if any, the records it stands on, and how it is made alone."""
    bare, nothing = _strip(case), EvidenceId("")
    yield nothing, case.hypotheses, lambda knobs: prior_factors(bare, knobs)[0]
    told = [replace(bare, claims=(one,)) for one in case.claims if one.hypothesis or one.given]
    told += [replace(bare, campaigns=(one,)) for one in case.campaigns]
    told += [replace(bare, postures=(one,)) for one in case.postures]
    for alone in told:
        yield nothing, (alone.claims, alone.campaigns, alone.postures), partial(_build_prior, alone)
    profiles = {name_mode(one.source.id): one for one in case.profiles}
    for factor in mode_factors(case, values):
        one = profiles[factor.scope[-1]]
        said = tuple(each for each in case.assertions if each.source == one.source.id)
        yield nothing, (one,), partial(_build_modes, replace(case, profiles=(one,), assertions=said))
    yield from _list_evidence_parts(replace(case, reports=()), profiles)


def _list_evidence_parts(
    case: Case, profiles: Mapping[VariableId, Profile]
) -> Iterator[tuple[EvidenceId, tuple[object, ...], Build]]:
    voices: dict[SourceId, list[Assertion]] = {}
    for said in case.assertions:
        voices.setdefault(said.source, []).append(said)
    quiet = replace(case, assertions=(), observations=(), profiles=())
    for said in case.assertions:
        speaker = profiles.get(name_mode(said.source))
        who = speaker.anonymity if speaker else None
        same = [one for one in voices.get(who.same_as, ()) if one.id != said.id] if who and who.same_as else []
        alone = replace(quiet, assertions=(said, *same), profiles=(speaker,) if speaker else ())
        yield said.id, (said, speaker), partial(_build_testimony, alone, frozenset({said.id}))
    for seen in case.observations:
        yield seen.id, (seen,), partial(_build_testimony, replace(quiet, observations=(seen,)), frozenset({seen.id}))
    for statement in case.statements:
        yield statement.id, (statement,), partial(_build_statement, replace(case, statements=(statement,)))
    for expected in case.expectations:
        posture = tuple(one for one in case.postures if one.id == expected.posture)
        yield expected.id, (expected, posture), partial(_build_silence, replace(case, expectations=(expected,)))


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
