"""Which numbers were judged, and what might each of them be?

A judged number is drawn from a triangular distribution over its range, peaked at its value; one given only as an
interval is drawn evenly. Draws are stratified (Latin hypercube, McKay 1979), and each knob has a stream of its own,
made from the seed and its name, so that a knob added or turned leaves the draws of the others as they were.
Lineage nobody knows is not drawn: it is taken at both ends, and every interval is the envelope of the two.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from firsthand.errors import ModelError
from firsthand.model import Case, Knob, KnobId, Knobs, Number, find_knobs
from firsthand.probability import check_probability


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Numbers for every knob, arrays where they vary. `ends`: 2 where the first half takes unknown lineage as
    independent and the second as dependent, else 1."""

    knobs: Knobs
    ends: int = 1


def read_knobs(case: Case) -> tuple[Knob, ...]:
    """Return every judged number of a case once, by name.

    Raises ModelError for a number outside [0, 1], a range that does not hold its value, or one name for two numbers.
    """
    found: dict[KnobId, Knob] = {}
    for field in fields(case):
        if field.name not in ("reports", "judgements"):
            for knob in find_knobs(getattr(case, field.name)):
                if found.setdefault(knob.id, knob) != knob:
                    raise ModelError(f"{knob.id} stands for two different numbers")
    return tuple(_check_knob(found[name]) for name in sorted(found))


def centre_knobs(knobs: Sequence[Knob]) -> dict[KnobId, float]:
    """Return every knob at the value judged."""
    return {knob.id: knob.value for knob in knobs}


def draw_knobs(knobs: Sequence[Knob], samples: int, seed: int) -> Draws:
    """Return `samples` draws of every knob that varies; those that do not stay single numbers, which cost nothing.

    With unknown lineage in the case there are twice as many: all of it independent, then all of it dependent.
    """
    if samples < 1:
        raise ModelError(f"{samples} samples are too few; take at least 1")
    unknown = any(knob.unknown and knob.low < knob.high for knob in knobs)
    ends = 2 if unknown else 1
    return Draws({knob.id: _draw(knob, samples, seed, ends) for knob in knobs}, ends)


def turn_knobs(case: Case, knobs: Knobs, turns: Mapping[KnobId, Number]) -> dict[KnobId, Number]:
    """Return the knobs with some turned; the other priors are scaled so that a turned prior is what it says.

    Raises ModelError for a knob the case does not have.
    """
    unknown = sorted(set(turns) - set(knobs))
    if unknown:
        raise ModelError(f"{unknown[0]!r} is not a number of this case")
    turned = {**knobs, **turns}
    priors = [one.prior.id for one in case.hypotheses]
    left = [name for name in priors if name not in turns]
    if left and len(left) < len(priors):
        rest = 1 - sum(turns[name] for name in priors if name in turns)
        share = rest / sum(knobs[name] for name in left)
        turned.update({name: knobs[name] * share for name in left})
    return turned


def _check_knob(knob: Knob) -> Knob:
    for number in (knob.low, knob.value, knob.high):
        check_probability(number, knob.id)
    if not knob.low <= knob.value <= knob.high:
        raise ModelError(f"{knob.id} is {knob.value:g}, outside its own range {knob.low:g} to {knob.high:g}")
    return knob


def _draw(knob: Knob, samples: int, seed: int, ends: int) -> Number:
    if knob.low == knob.high:
        return knob.value
    if knob.unknown:
        return np.repeat([knob.low, knob.high], samples)
    stream = np.random.default_rng([seed, zlib.crc32(knob.id.encode())])
    strata = (stream.permutation(samples) + stream.random(samples)) / samples
    return np.tile(knob.low + (knob.high - knob.low) * _shape(strata, knob), ends)


def _shape(even: NDArray[np.float64], knob: Knob) -> NDArray[np.float64]:
    """Return where in the range, from 0 to 1, each even draw falls: the inverse of the triangular distribution."""
    if knob.flat:
        return even
    peak = (knob.value - knob.low) / (knob.high - knob.low)
    rising = np.sqrt(even * peak)
    falling = 1 - np.sqrt((1 - even) * (1 - peak))
    return np.where(even < peak, rising, falling)
