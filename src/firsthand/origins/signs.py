"""How do several signs of one thing become a chance?

Each rule's signs are summed in log odds, with weights fitted by `training/train_origins.py` on generated stories whose
truth is known. Where a rule has one judged chance, it is moved by as much, in log odds, as those stories bear out.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LOWEST, HIGHEST = 0.02, 0.97
SHIFTS = "shifts"

Signs = Mapping[str, float]


def load_weights() -> Mapping[str, Mapping[str, float]]:
    """Return the weights of each rule's signs."""
    return {rule: held for rule, held in _load_fitted().items() if rule not in ("digests", SHIFTS)}


def load_shifts() -> Mapping[str, float]:
    """Return by how much, in log odds, each rule's judged chance is moved."""
    return _load_fitted()[SHIFTS]


@cache
def _load_fitted() -> Mapping[str, Mapping[str, float]]:
    """Return all that was fitted."""
    data = tomllib.loads((files(__package__) / "weights.toml").read_text(encoding="utf-8"))
    return {rule: held for rule, held in data.items() if isinstance(held, dict)}


def shift_chance(rule: str, judged: float) -> float:
    """Return a rule's judged chance, moved in log odds by what its findings turned out to be; in (0, 1)."""
    shift = load_shifts().get(rule, 0.0)
    return 1.0 / (1.0 + (1.0 - judged) / judged * math.exp(-shift)) if shift else judged


def weigh_signs(rule: str, signs: Signs) -> float:
    """Return the chance that a rule's signs stand for; a sign that has no weight weighs nothing."""
    weights = _load_fitted()[rule]
    odds = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in signs.items())
    return min(HIGHEST, max(LOWEST, 1.0 / (1.0 + math.exp(-odds))))
