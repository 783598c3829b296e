"""What number does the analyst mean: a number, an interval or a word?"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from firsthand.errors import CaseError, suggest
from firsthand.model import Knob, KnobId


@cache
def load_words() -> Mapping[str, tuple[float, float, float]]:
    """Return low, value and high for each word of probability or consistency."""
    table = tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))
    return {word: (low, value, high) for word, (low, value, high) in table["words"].items()}


def check_quantity(value: Any, name: str, *, lineage: bool = False) -> str:
    """Return a sentence saying what is wrong with a quantity, or nothing.

    "unknown" and "echo" are words only of `lineage`: the chance that one report was copied from another.
    """
    if isinstance(value, str):
        word = _plain(value)
        known = (*load_words(), *(("unknown", "echo") if lineage else ()))
        return "" if word in known else f"{name} is '{value}', which is no word of probability{suggest(word, known)}"
    if isinstance(value, list):
        return _check_interval(value, name)
    if not _is_number(value):
        return f"{name} must be a number from 0 to 1, an interval [low, high] or a word"
    return "" if 0 <= value <= 1 else f"{name} is {_show_end(value)}, and a probability lies between 0 and 1"


def _check_interval(value: list[Any], name: str) -> str:
    if len(value) not in (2, 3) or not all(_is_number(end) for end in value):
        return f"{name} must be [low, high] or [low, value, high], in numbers"
    for end in value:
        if not 0 <= end <= 1:
            return f"{name} goes to {_show_end(end)}, and a probability lies between 0 and 1"
    if sorted(value) != value:
        shown = ", ".join(f"{end:g}" for end in value)
        return f"{name} is [{shown}], an interval upside down; write the smaller number first"
    return ""


def read_knob(value: Any, knob: str) -> Knob:
    """Return the Knob for a number, an interval or a word; raise CaseError where it cannot be meant.

    `[low, high]` has its middle as value. "unknown" is all of [0, 1] and says that nobody knows the lineage;
    "echo" is exactly 1.
    """
    fault = check_quantity(value, knob, lineage=True)
    if fault:
        raise CaseError(fault)
    text = value if isinstance(value, str) else _show(value)
    if isinstance(value, str):
        word = _plain(value)
        if word == "unknown":
            return Knob(id=KnobId(knob), low=0.0, value=0.5, high=1.0, text=text, unknown=True)
        ends: tuple[float, ...] = (1.0, 1.0, 1.0) if word == "echo" else load_words()[word]
    elif isinstance(value, list):
        ends = (value[0], (value[0] + value[-1]) / 2 if len(value) == 2 else value[1], value[-1])
    else:
        ends = (value, value, value)
    low, middle, high = (float(end) for end in ends)
    flat = isinstance(value, list) and len(value) == 2
    return Knob(id=KnobId(knob), low=low, value=middle, high=high, text=text, flat=flat)


def _plain(word: str) -> str:
    return " ".join(word.lower().split())


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _show_end(value: float) -> str:
    """Return a number as it is told: a whole one may be too long to be shown in full."""
    try:
        return f"{value:g}"
    except OverflowError:
        return "beyond all measure"


def _show(value: Any) -> str:
    return f"[{', '.join(f'{end:g}' for end in value)}]" if isinstance(value, list) else f"{value:g}"
