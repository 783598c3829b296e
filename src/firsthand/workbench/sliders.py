"""Which numbers can be turned, in which order, and what does each ask?

Those that carry the verdict furthest inside their ranges come first; the others stand in groups, folded.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from firsthand.model import Knob, record
from firsthand.views.sliders import draw_track
from firsthand.views.svg import Svg
from firsthand.workbench.settings import is_outside
from firsthand.workbench.turning import Setting, Turner

FIRST = 8
SHOWN = 40
"""Sliders of one group that are shown before the rest is asked for."""
GROUPS = (
    ("before", "Before any report", ("hypothesis", "campaign", "claim")),
    ("sources", "Sources", ("source",)),
    ("lineage", "Who repeats whom", ("assertion",)),
    ("silence", "Silence", ("expectation", "posture")),
    ("seen", "Statements and things seen", ("statement", "observation")),
    ("model", "All sources alike", ("model",)),
)
FALLBACK = ("never", "surely")


@record
class Slider:
    """One number: its question, where it stands now in percent, its range, the words at its ends, its ground."""

    knob: Knob
    asks: str
    now: float
    moved: bool
    outside: bool
    ends: tuple[str, str]
    track: Svg


@record
class Group:
    """Sliders under one heading. `more`: how many are not shown; `moved`: how many are turned."""

    id: str
    title: str
    sliders: tuple[Slider, ...]
    more: int
    moved: int


def arrange_sliders(turner: Turner, setting: Setting, wanted: str = "", everything: str = "") -> tuple[Group, ...]:
    """Return the groups, the first without a heading of its own kind: what matters most.

    `wanted` keeps the questions that hold its words; `everything` is the group to show in full.
    """
    names = [name for name in turner.knobs if _is_wanted(turner, name, wanted)]
    ranked = sorted(names, key=lambda name: (-turner.swings.get(name, 0.0), name))
    first = [] if wanted else [name for name in ranked[:FIRST] if turner.swings.get(name, 0.0) > 0]
    groups = [_make_group("first", "What matters most", first, (turner, setting), len(first))] if first else []
    for key, title, kinds in GROUPS:
        inside = [name for name in ranked if name not in first and name.partition(".")[0] in kinds]
        if inside:
            groups.append(_make_group(key, title, inside, (turner, setting), 10**6 if everything == key else SHOWN))
    return tuple(groups)


def make_slider(turner: Turner, setting: Setting, name: str) -> Slider:
    """Return the slider of one number as a setting turns it."""
    knob, turned = turner.knobs[name], dict(setting.turns)
    now = turned.get(knob.id, knob.value)
    return Slider(
        knob=knob,
        asks=turner.case.knob_questions.get(name, name),
        now=now,
        moved=knob.id in turned,
        outside=is_outside(knob, now),
        ends=_find_ends(name),
        track=draw_track(knob, now),
    )


def _make_group(key: str, title: str, names: Sequence[str], told: tuple[Turner, Setting], most: int) -> Group:
    turned = {name for name, _ in told[1].turns}
    shown = [name for place, name in enumerate(names) if place < most or name in turned]
    return Group(
        id=key,
        title=title,
        sliders=tuple(make_slider(*told, name) for name in shown),
        more=len(names) - len(shown),
        moved=sum(name in turned for name in names),
    )


def _is_wanted(turner: Turner, name: str, wanted: str) -> bool:
    words = f"{turner.case.knob_questions.get(name, '')} {name}".casefold()
    return all(word in words for word in wanted.casefold().split())


def _find_ends(name: str) -> tuple[str, str]:
    parts = name.split(".")
    for pattern, ends in _load_ends():
        if len(pattern) == len(parts) and all(want in ("*", part) for want, part in zip(pattern, parts, strict=True)):
            return ends
    return FALLBACK


@cache
def _load_ends() -> tuple[tuple[tuple[str, ...], tuple[str, str]], ...]:
    table = tomllib.loads((files(__package__) / "knob_ends.toml").read_text("utf-8"))
    return tuple((tuple(one["knob"].split(".")), (one["low"], one["high"])) for one in table["ends"])
