"""How do several signs of one thing become a chance?

Each rule's signs are summed in log odds, with weights fitted by `training/train_origins.py` on generated stories whose
truth is known.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LOWEST, HIGHEST = 0.02, 0.97

Signs = Mapping[str, float]


@cache
def load_weights() -> Mapping[str, Mapping[str, float]]:
    """Return the weights of each rule's signs."""
    data = tomllib.loads((files(__package__) / "weights.toml").read_text(encoding="utf-8"))
    return {rule: held for rule, held in data.items() if isinstance(held, dict) and rule != "digests"}


def weigh_signs(rule: str, signs: Signs) -> float:
    """Return the chance that a rule's signs stand for; a sign that has no weight weighs nothing."""
    weights = load_weights()[rule]
    odds = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in signs.items())
    return min(HIGHEST, max(LOWEST, 1.0 / (1.0 + math.exp(-odds))))
