"""How does the verdict move as one judged number moves?

Where the number stands in one factor and that changes in step with it, as a prior of a mode or an entry of a table
does, each explanation's weight is a straight line in it, and the chance a quotient of two (Castillo, Gutierrez and Hadi
1997): two evaluations give the whole curve. Elsewhere each setting is computed exactly, all in one pass.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from firsthand.hypotheses.calibration import Calibration
from firsthand.hypotheses.tables import Table
from firsthand.hypotheses.updating import ask_what_if, reweigh, take_changes
from firsthand.model import Factor

Build: TypeAlias = Callable[[Table], Sequence[Factor]]
"""Gives the factors of a case, in the order they were calibrated in, with one number at each of several settings."""
STRAIGHT = 1e-13
"""How far from a straight line, as a share of its largest entry, a table may be that is called one."""


def draw_curve(calibration: Calibration, build: Build, settings: Table) -> Table:
    """Return the chances of what is given at each setting of one number, an axis each, then the settings.

    What the settings do not touch is recognised by its having no draws.
    """
    changed = find_changed(build(settings))
    if not changed:
        return np.exp(np.repeat(calibration.posterior, len(settings), axis=-1))
    if len(changed) > 1 or len(settings) < 3:
        return np.exp(ask_what_if(calibration, changed))
    ((item, factor),) = changed.items()
    line = _find_line(factor, settings)
    if line is None:
        return np.exp(ask_what_if(calibration, changed))
    ends, share = line
    (tables,) = take_changes(calibration.climb.tree, {item: ends}).values()
    logs = reweigh(calibration, item, tables)
    low, high = np.moveaxis(np.exp(logs - logs.max()), -1, 0)[..., None]
    weights = low * (1 - share) + high * share
    return np.asarray(weights / weights.sum(axis=tuple(range(weights.ndim - 1)), keepdims=True))


def find_changed(factors: Sequence[Factor]) -> dict[int, Factor]:
    """Return the factors that have draws, by index."""
    return {
        index: factor
        for index, factor in enumerate(factors)
        if factor.table.ndim > len(factor.scope) and factor.table.shape[-1] > 1
    }


def _find_line(factor: Factor, settings: Table) -> tuple[Factor, Table] | None:
    """Return the factor at the least and the largest setting and how far along each setting lies; None if bent."""
    low, high = int(np.argmin(settings)), int(np.argmax(settings))
    span = settings[high] - settings[low]
    share = (settings - settings[low]) / span if span > 0 else np.zeros(len(settings))
    ends = factor.table[..., [low, high]]
    line = ends[..., :1] + (ends[..., 1:] - ends[..., :1]) * share
    bent = np.abs(line - factor.table).max() > STRAIGHT * np.abs(ends).max()
    return None if bent else (Factor(factor.scope, ends), share)
