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
    state_estimate,
    state_modes,
    weigh_evidence,
)
from firsthand.hypotheses.calibration import Calibration, calibrate_factors, find_chances, find_joint
from firsthand.hypotheses.compiling import plan_elimination
from firsthand.hypotheses.curves import draw_curve
from firsthand.hypotheses.draws import Draws, centre_knobs, draw_knobs, read_knobs, turn_knobs
from firsthand.hypotheses.elimination import infer, join
from firsthand.hypotheses.enumeration import enumerate_worlds
from firsthand.hypotheses.frame import prior_factors
from firsthand.hypotheses.loopy import Loopy, pass_messages
from firsthand.hypotheses.observing import ObservationValue, value_observation
from firsthand.hypotheses.posterior import (
    WORK,
    Solution,
    arrange_evidence,
    find_posterior,
    limit_samples,
    solve,
    solve_ends,
)
from firsthand.hypotheses.sampling import Estimate, estimate_posterior
from firsthand.hypotheses.shares import Share, share_weight
from firsthand.hypotheses.testimony import weigh_testimony
from firsthand.hypotheses.updating import add_factors, ask_what_if, leave_out, revise

__all__ = [
    "WORK",
    "Calibration",
    "Draws",
    "Estimate",
    "Loopy",
    "ObservationValue",
    "Share",
    "Solution",
    "add_factors",
    "arrange_evidence",
    "ask_what_if",
    "believe_genuine",
    "build_matrix",
    "calibrate_factors",
    "centre_knobs",
    "compare_hypotheses",
    "date_posteriors",
    "draw_curve",
    "draw_knobs",
    "enumerate_worlds",
    "estimate_posterior",
    "find_asked",
    "find_chances",
    "find_joint",
    "find_posterior",
    "infer",
    "join",
    "leave_out",
    "limit_samples",
    "list_contributions",
    "name_nodes",
    "pass_messages",
    "plan_elimination",
    "prior_factors",
    "read_knobs",
    "revise",
    "share_weight",
    "solve",
    "solve_ends",
    "state_beliefs",
    "state_estimate",
    "state_modes",
    "turn_knobs",
    "value_observation",
    "weigh_evidence",
    "weigh_testimony",
]
