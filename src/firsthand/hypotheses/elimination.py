"""Given factors over few variables each, how likely is every state, exactly?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from firsthand.hypotheses.calibration import calibrate, climb_tree, find_chances
from firsthand.hypotheses.tables import Table, count_states
from firsthand.model import Factor, VariableId


def infer(
    factors: Sequence[Factor], queries: Sequence[VariableId], cards: Mapping[VariableId, int] | None = None
) -> dict[VariableId, Table]:
    """Return the chances of each queried variable, shape (states, draws), each draw adding to one.

    `cards` gives the number of states of variables no factor mentions; these come out even.
    Raises Contradiction where the evidence is impossible, TooCostly where a table would be too large to compute.
    """
    known = count_states(factors)
    calibration = calibrate(climb_tree(factors, ()))
    return {
        query: find_chances(calibration, query)
        if query in known
        else np.full(((cards or {})[query], 1), 1 / (cards or {})[query])
        for query in queries
    }


def join(factors: Sequence[Factor], scope: tuple[VariableId, ...]) -> Table:
    """Return the joint chances of several variables, an axis each in the order of `scope`, then the draws."""
    return np.asarray(np.exp(climb_tree(factors, scope).posterior))
