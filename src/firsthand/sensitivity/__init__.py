"""What would change our mind? Questions worth asking, knobs worth arguing about, moves that change the word."""

from firsthand.sensitivity.flips import find_flips
from firsthand.sensitivity.probing import Probe, Sweep, sweep_knobs
from firsthand.sensitivity.questions import rank_questions

__all__ = ["Probe", "Sweep", "find_flips", "rank_questions", "sweep_knobs"]
