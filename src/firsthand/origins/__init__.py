"""How many voices, not echoes?"""

from firsthand.origins.cluster import find_origins
from firsthand.origins.derive import find_derivations
from firsthand.origins.draw import draw_provenance
from firsthand.origins.judged import drop_impossible, join_judged, judge_derivations, judge_lineages
from firsthand.origins.loops import find_loops
from firsthand.origins.voices import count_voices
from firsthand.origins.weightless import find_repeated, weigh_echoes

__all__ = [
    "count_voices",
    "draw_provenance",
    "drop_impossible",
    "find_derivations",
    "find_loops",
    "find_origins",
    "find_repeated",
    "join_judged",
    "judge_derivations",
    "judge_lineages",
    "weigh_echoes",
]
