"""How low and how high could the verdict be, if every judgement were anywhere inside its range?

Where a number enters one table only, the chance is a quotient of two straight lines in it, and so is never extreme
inside its range (Castillo, Gutierrez and Hadi 1997). With few such numbers every corner is tried and the bounds are
exact; otherwise they are found by coordinate ascent from the values judged, and marked as found.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np

from firsthand.model import Bounds, Knob
from firsthand.sensitivity.probing import Array, Probe, evaluate_around, evaluate_rows, evaluate_settings, find_ranged

CORNERS = 10
"""Numbers up to which every corner is tried: about a thousand settings."""
SETTINGS = np.linspace(0.0, 1.0, 5)
ROUNDS = 60
GAIN = 1e-12
BENT = 1e-6
"""How far from a quotient of straight lines, as a share of how far the chance moves, a curve is that is called bent."""


def find_bounds(knobs: Sequence[Knob], probe: Probe) -> Bounds:
    """Return the least and greatest chance of the asked hypothesis inside the ranges of all the knobs at once.

    `exact` where at most ten numbers matter and none of them bends the chance.
    """
    ranged = _find_live(knobs, probe)
    if not ranged:
        now = float(probe.evaluate({}, frozenset())[0])
        return Bounds(low=now, high=now, exact=True)
    if len(ranged) <= CORNERS:
        ends = np.array(list(product(*((knob.low, knob.high) for knob in ranged))))
        chances = evaluate_rows(ranged, ends, knobs, probe)
        low, high = float(chances.min()), float(chances.max())
        if not _is_any_bent(ranged, knobs, probe):
            return Bounds(low=low, high=high, exact=True)
        starts = (ends[chances.argmin()], ends[chances.argmax()])
    else:
        centre = np.array([knob.value for knob in ranged])
        starts = (centre, centre)
    low, high = (_climb(ranged, start, sign, (knobs, probe)) for start, sign in zip(starts, (-1, 1), strict=True))
    return Bounds(low=max(0.0, low), high=min(1.0, high), exact=False)


def _find_live(knobs: Sequence[Knob], probe: Probe) -> list[Knob]:
    """Return the knobs with a range that move the chance at all, be it from the values judged or from elsewhere."""
    ranged = find_ranged(knobs)
    settings = np.array([(k.low, k.high) for k in ranged]).reshape(-1, 2)
    moved = np.ptp(evaluate_settings(ranged, settings, probe), axis=1) > GAIN
    live = {knob.id for knob, moves in zip(ranged, moved, strict=True) if moves}
    for share in (0.3, 0.8):
        still = [knob for knob in ranged if knob.id not in live]
        movers = [*still, *(knob for knob in ranged if knob.id in live)]
        at = np.array([k.low + share * (k.high - k.low) for k in movers])
        ends = np.array([(k.low, k.high) for k in still]).reshape(-1, 2)
        moved = np.ptp(evaluate_around(movers, at, ends, knobs, probe), axis=1) > GAIN
        live |= {knob.id for knob, moves in zip(still, moved, strict=True) if moves}
    return [knob for knob in ranged if knob.id in live]


def _is_any_bent(ranged: Sequence[Knob], knobs: Sequence[Knob], probe: Probe) -> bool:
    """Tell whether the chance is, in some knob, no quotient of straight lines: these keep the cross-ratio."""
    lows, widths = np.array([k.low for k in ranged]), np.array([k.high - k.low for k in ranged])
    settings = lows[:, None] + widths[:, None] * np.linspace(0.0, 1.0, 4)
    for share in (0.35, 0.7):
        f = evaluate_around(ranged, lows + share * widths, settings, knobs, probe)
        off = 3 * (f[:, 0] - f[:, 2]) * (f[:, 1] - f[:, 3]) - 4 * (f[:, 0] - f[:, 3]) * (f[:, 1] - f[:, 2])
        if (np.abs(off) > BENT * np.ptp(f, axis=1) ** 2 + GAIN).any():
            return True
    return False


def _climb(ranged: Sequence[Knob], start: Array, sign: int, asked: tuple[Sequence[Knob], Probe]) -> float:
    """Return the chance reached by turning one or more knobs at a time, the way of `sign`, until none gains."""
    knobs, probe = asked
    lows, widths = np.array([k.low for k in ranged]), np.array([k.high - k.low for k in ranged])
    settings = lows[:, None] + widths[:, None] * SETTINGS
    at, now = start, float(evaluate_rows(ranged, start[None, :], knobs, probe)[0])
    for _ in range(ROUNDS):
        chances = sign * evaluate_around(ranged, at, settings, knobs, probe)
        gains = chances.max(axis=1) - sign * now
        order = [index for index in np.argsort(-gains, kind="stable") if gains[index] > GAIN]
        if not order:
            break
        best = settings[np.arange(len(ranged)), chances.argmax(axis=1)]
        rows = np.array([_turn_some(at, best, order[:count]) for count in _double(len(order))])
        reached = sign * evaluate_rows(ranged, rows, knobs, probe)
        at, now = rows[reached.argmax()], float(sign * reached.max())
    return now


def _turn_some(at: Array, best: Array, which: Sequence[int]) -> Array:
    turned = at.copy()
    turned[list(which)] = best[list(which)]
    return turned


def _double(count: int) -> list[int]:
    """Return 1, 2, 4 and so on, up to all of them."""
    return sorted({*(2**power for power in range(count.bit_length()) if 2**power <= count), count})
