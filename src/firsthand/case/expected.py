"""What should exist if a claim is true?"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from firsthand.case.wording import flatten_words, fold_words
from firsthand.model import Claim


@cache
def load_silences() -> Mapping[str, Any]:
    """Return the kinds of claim, and what should exist if one of that kind is true."""
    return tomllib.loads((files(__package__) / "silences.toml").read_text("utf-8"))


def list_silences(claim: Claim) -> tuple[str, ...]:
    """Return what should exist if a claim is true."""
    said = fold_words(claim.sentence)
    parties = [slot.value for slot in claim.slots if slot.name == "who"]
    party = next((part for part in map(flatten_words, parties) if part[:1].isupper()), "the party named")
    titles: list[str] = []
    for kind in load_silences()["kind"]:
        if any(re.search(rf"\b{cue}", said) for cue in kind["cues"]):
            titles += kind["expects"]
    titles += load_silences()["always"]
    return tuple(dict.fromkeys(title.format(party=party) for title in titles))
