"""What would change our mind? Questions worth asking, knobs worth arguing about, moves that change the word."""

from firsthand.sensitivity.bounds import find_bounds
from firsthand.sensitivity.fewest import find_fewest
from firsthand.sensitivity.flips import find_flips, flip_by_leaving
from firsthand.sensitivity.probing import Probe, Sweep, sweep_knobs
from firsthand.sensitivity.questions import rank_questions
from firsthand.sensitivity.structures import Variant, vary_structure

__all__ = [
    "Probe",
    "Sweep",
    "Variant",
    "find_bounds",
    "find_fewest",
    "find_flips",
    "flip_by_leaving",
    "rank_questions",
    "sweep_knobs",
    "vary_structure",
]
