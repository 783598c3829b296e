"""What does the model say when it is asked again, with numbers turned and evidence left out?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from firsthand.model import EvidenceId, Knob, KnobId, record

Array: TypeAlias = NDArray[np.float64]
Left: TypeAlias = frozenset[EvidenceId]

APART = ("scenario.", "question.")
"""Knobs that by construction move no hypothesis."""
PRIOR = "hypothesis."
"""Priors are turned one at a time, since the others give way to them."""
BLOCK = 64
"""Knobs turned in one batch, each on rows of its own, unless there are very many."""
BATCHES = 12
"""Into how many batches very many knobs are cut: each has all the rest of the model worked out again."""
NEARLY_NONE = 1e-9
ROWS = 512
"""Settings of all knobs at once in one batch."""


@dataclass(frozen=True, slots=True)
class Probe:
    """How the model is asked again.

    `evaluate` gives the chance of the asked hypothesis, shape (n,), for knobs turned to arrays of n settings and
    evidence left out; `turn` the same for one knob alone, which is quicker; `find_range` its 5 to 95 % interval with
    the other knobs drawn from their ranges.
    """

    evaluate: Callable[[Mapping[KnobId, Array], Left], Array]
    turn: Callable[[KnobId, Array], Array]
    find_range: Callable[[Mapping[KnobId, float], Left], tuple[float, float]]


@record
class Sweep:
    """The chance of the asked hypothesis with one knob at either end of its range."""

    knob: KnobId
    at_low: float
    at_high: float


def sweep_knobs(knobs: Sequence[Knob], probe: Probe) -> tuple[Sweep, ...]:
    """Return each knob that has a range, with the chance at either end of it, the one that matters most first."""
    ranged = find_ranged(knobs)
    settings = np.array([(knob.low, knob.high) for knob in ranged]).reshape(-1, 2)
    found = [
        Sweep(knob=knob.id, at_low=float(low), at_high=float(high))
        for knob, (low, high) in zip(ranged, evaluate_settings(ranged, settings, probe), strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (-abs(one.at_high - one.at_low), one.knob)))


def find_movable(knobs: Sequence[Knob]) -> list[Knob]:
    """Return the knobs that may move the verdict; a fixed 0 or 1 is structure, not a matter of degree."""
    return [
        knob for knob in knobs if not knob.id.startswith(APART) and (knob.low < knob.high or 0.0 < knob.value < 1.0)
    ]


def find_ranged(knobs: Sequence[Knob]) -> list[Knob]:
    """Return the knobs that may move the verdict inside ranges of their own."""
    return [knob for knob in find_movable(knobs) if knob.low < knob.high]


def evaluate_rows(movers: Sequence[Knob], rows: Array, knobs: Sequence[Knob], probe: Probe) -> Array:
    """Return the chance for each row of settings, shape (rows, movers) -> (rows,).

    Where a prior is among the movers, all priors of `knobs` are scaled to add to one, as they are when drawn.
    """
    chances = np.zeros(len(rows))
    for start in range(0, len(rows), ROWS):
        part = rows[start : start + ROWS]
        turns = {knob.id: np.ascontiguousarray(column) for knob, column in zip(movers, part.T, strict=True)}
        chances[start : start + ROWS] = probe.evaluate(_close_priors(turns, knobs), frozenset())
    return chances


def evaluate_around(movers: Sequence[Knob], at: Array, settings: Array, knobs: Sequence[Knob], probe: Probe) -> Array:
    """Return the chance for each setting of each mover, shape (movers, settings), the others standing as in `at`.

    Settings for the first few movers only are those for these alone.
    """
    chances = np.zeros(settings.shape)
    size = max(BLOCK, len(settings) // BATCHES)
    for start in range(0, len(settings), size):
        block = range(start, min(start + size, len(settings)))
        turns = {knob.id: np.array([value]) for knob, value in zip(movers, at, strict=True)}
        for place, index in enumerate(block):
            rows = np.full((len(block), settings.shape[1]), at[index])
            rows[place] = settings[index]
            turns[movers[index].id] = rows.ravel()
        answer = probe.evaluate(_close_priors(turns, knobs), frozenset())
        chances[block] = np.broadcast_to(answer, len(block) * settings.shape[1]).reshape(len(block), -1)
    return chances


def _close_priors(turns: Mapping[KnobId, Array], knobs: Sequence[Knob]) -> dict[KnobId, Array]:
    """Return the turns with every prior among them where one is."""
    if not any(name.startswith(PRIOR) for name in turns):
        return dict(turns)
    closed = {knob.id: np.array([knob.value]) for knob in knobs if knob.id.startswith(PRIOR)} | dict(turns)
    return {name: keep_open(setting) if name.startswith(PRIOR) else setting for name, setting in closed.items()}


def keep_open(prior: Array) -> Array:
    """Return priors just inside 0 and 1: at the ends themselves no evidence could move them."""
    return np.clip(prior, NEARLY_NONE, 1 - NEARLY_NONE)


def evaluate_settings(knobs: Sequence[Knob], settings: Array, probe: Probe) -> Array:
    """Return the chance for each setting of each knob turned alone, both of shape (knobs, settings)."""
    rows = [keep_open(row) if knob.id.startswith(PRIOR) else row for knob, row in zip(knobs, settings, strict=True)]
    chances = [probe.turn(knob.id, row) for knob, row in zip(knobs, rows, strict=True)]
    return np.array(chances).reshape(settings.shape)
