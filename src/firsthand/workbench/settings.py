"""How does an address say what is turned, what is left out and what is pinned?

`source.deby.access=45` is a number in percent, `without=video` a piece of evidence left out; the same with `a.` before
it belongs to the pinned variant. All of it stands in the address, so that a what-if can be kept, sent and gone back to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from firsthand.errors import UnknownName, suggest
from firsthand.model import EvidenceId, Knob, KnobId, record
from firsthand.workbench.turning import Setting, Turner

PINNED = "a."
NONE = "none"
SAME = 5e-4
"""Turned by less than this a number is where it was: five hundredths of a percent."""


@record
class Variants:
    """`live` follows the sliders; `pinned` is what it is compared with, None where nothing is pinned."""

    live: Setting = Setting()
    pinned: Setting | None = Setting()


def read_variants(fields: Iterable[tuple[str, str]], turner: Turner) -> Variants:
    """Return what the fields of an address say. Raises UnknownName for what is not in the case."""
    told = list(fields)
    live = _read_setting([(key, value) for key, value in told if not key.startswith(PINNED)], turner)
    pinned = _read_setting([(key.removeprefix(PINNED), value) for key, value in told if key.startswith(PINNED)], turner)
    bare = ("pinned", NONE) in told
    return Variants(live=live, pinned=None if bare else pinned)


def write_variants(variants: Variants) -> str:
    """Return the query of an address that says the same, in one way only."""
    fields = _write_setting(variants.live, "")
    if variants.pinned is None:
        fields.append(("pinned", NONE))
    else:
        fields += _write_setting(variants.pinned, PINNED)
    return urlencode(fields)


def write_setting(setting: Setting, before: str = "") -> list[tuple[str, str]]:
    """Return the fields that say a setting, each name with `before` in front."""
    return _write_setting(setting, before)


def move_back(variants: Variants, name: str) -> Variants:
    """Return the variants with one number, or one piece of evidence, of the live one as it was assessed."""
    live = variants.live
    turns = tuple(one for one in live.turns if one[0] != name)
    left = tuple(one for one in live.without if one != name)
    return Variants(live=Setting(turns=turns, without=left), pinned=variants.pinned)


def is_outside(knob: Knob, value: float) -> bool:
    """Say whether a number lies outside the range that the assessment allows."""
    return value < knob.low - SAME or value > knob.high + SAME


def _read_setting(fields: list[tuple[str, str]], turner: Turner) -> Setting:
    turns: dict[KnobId, float] = {}
    without: set[EvidenceId] = set()
    for key, value in fields:
        if key == "without":
            if value not in turner.evidence:
                raise UnknownName(f"there is no evidence '{value}' in this case{suggest(value, turner.evidence)}")
            without.add(EvidenceId(value))
        elif "." in key:
            turned = _read_turn(key, value, turner.knobs)
            if turned is not None:
                turns[KnobId(key)] = turned
    return Setting(turns=tuple(sorted(turns.items())), without=tuple(sorted(without)))


def _read_turn(name: str, value: str, knobs: Mapping[str, Knob]) -> float | None:
    """Return the chance a field turns a number to; None where that is where it stands already."""
    if name not in knobs:
        raise UnknownName(f"there is no number '{name}' in this case{suggest(name, knobs)}")
    try:
        turned = float(value) / 100
    except ValueError:
        raise UnknownName(f"'{value}' is not a number of percent for '{name}'") from None
    if not 0.0 <= turned <= 1.0:
        raise UnknownName(f"{value}\u00a0% is no chance; '{name}' takes 0 to 100")
    return None if abs(turned - knobs[name].value) < SAME else round(turned, 6)


def _write_setting(setting: Setting, before: str) -> list[tuple[str, str]]:
    told = [(f"{before}{name}", f"{100 * value:.6g}") for name, value in setting.turns]
    return told + [(f"{before}without", name) for name in setting.without]
