"""Which explanation fits? Witnesses with modes, silences and statements, weighed exactly and in one place."""

from firsthand.hypotheses.accounts import (
    believe_genuine,
    build_matrix,
    compare_hypotheses,
    date_posteriors,
    find_asked,
    list_contributions,
    name_nodes,
    state_beliefs,
    state_modes,
    weigh_evidence,
)
from firsthand.hypotheses.draws import Draws, centre_knobs, draw_knobs, read_knobs, turn_knobs
from firsthand.hypotheses.elimination import infer, join, plan_elimination
from firsthand.hypotheses.enumeration import enumerate_worlds
from firsthand.hypotheses.frame import prior_factors
from firsthand.hypotheses.posterior import Solution, arrange_evidence, find_posterior, limit_samples, solve
from firsthand.hypotheses.testimony import weigh_testimony

__all__ = [
    "Draws",
    "Solution",
    "arrange_evidence",
    "believe_genuine",
    "build_matrix",
    "centre_knobs",
    "compare_hypotheses",
    "date_posteriors",
    "draw_knobs",
    "enumerate_worlds",
    "find_asked",
    "find_posterior",
    "infer",
    "join",
    "limit_samples",
    "list_contributions",
    "name_nodes",
    "plan_elimination",
    "prior_factors",
    "read_knobs",
    "solve",
    "state_beliefs",
    "state_modes",
    "turn_knobs",
    "weigh_evidence",
    "weigh_testimony",
]
