"""Who really said what?

`find_attributions` reads reports and returns attributions, each with its source, cue, content and chain of relays.
"""

from firsthand.attribution.find import find_attributions
from firsthand.attribution.judged import judge_attributions

__all__ = ["find_attributions", "judge_attributions"]
