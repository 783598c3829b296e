"""What trained weights does the package carry, and where does each setting draw its line?

The files in `weights/` are written by `training/train_attribution.py`; a field whose digest is not the one its chances
were fitted for is refused.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from firsthand.attribution.learnt.chances import Weights
from firsthand.attribution.learnt.linker import Model
from firsthand.attribution.learnt.tagger import Field
from firsthand.errors import InputError

SETTINGS = ("precision", "balanced", "recall")


@cache
def load_thresholds() -> dict[str, float]:
    """Return for each setting the least probability an attribution must have."""
    return {name: float(_read_chances()["settings"][name]) for name in SETTINGS}


@cache
def load_model(least: float) -> Model:
    """Return the trained model, which keeps nothing it thinks less likely than `least`."""
    data = _read_chances()
    field = resources.files("firsthand.attribution").joinpath("weights", "field.json").read_bytes()
    if hashlib.sha256(field).hexdigest() != data["field"]:
        raise InputError(
            "the weights of attribution do not belong together; "
            "install firsthand anew, or run training/train_attribution.py"
        )
    weights = Weights(
        values=data["weights"], settled=data["settled"], idle=frozenset(data.get("idle", ())), least=least
    )
    return Model(field=read_field(field), weights=weights)


def read_field(told: bytes) -> Field:
    """Return a field from its file: JSON with what each step and each trait weighs."""
    data = json.loads(told)
    weights = {trait: (float(s), float(c), float(k)) for trait, (s, c, k) in data["traits"].items()}
    return Field(weights, data["steps"])


@cache
def _read_chances() -> dict[str, Any]:
    text = resources.files("firsthand.attribution").joinpath("weights", "chances.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
