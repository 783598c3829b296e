"""What has an analyst decided about who said what, and about who had it from whom?

`attribution.ID` judges what the machine found, `attribution.new.NAME` adds what it did not find, and
`lineage.CHILD.PARENT` judges whether one attribution was taken from another. Later ones outweigh earlier ones.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from firsthand.case.quantities import check_quantity, read_knob
from firsthand.case.schema import load_schema
from firsthand.errors import suggest
from firsthand.model import AttributionId, ClaimId, Judgement, Knob, KnobId, Lineage, Reading, Report, Verdict

ATTRIBUTION = "attribution."
LINEAGE = "lineage."
ADDED = "new."
TAKEN_BACK = "restored"
DECIDED = ("accepted", "rejected", TAKEN_BACK)
SPANS = ("source", "cue", "content")
WORDS = ("report", "said", "named", "claim")
_ONE = r"(?:new\.[\w-]+|[\w-]+)"
_ATTRIBUTION = re.compile(rf"attribution\.({_ONE})")
_LINEAGE = re.compile(rf"lineage\.({_ONE})\.({_ONE})")
SAME, APART, UNKNOWN = "same", "apart", "unknown"


def is_reading(about: str) -> bool:
    """Tell whether a judgement is about an attribution or a lineage, and not about what the files of the case name."""
    return about.startswith((ATTRIBUTION, LINEAGE))


def split_reading(about: str) -> tuple[str, ...]:
    """Return the attribution that a judgement is about, or the child and the parent of a lineage."""
    found = _ATTRIBUTION.fullmatch(about) or _LINEAGE.fullmatch(about)
    return found.groups() if found is not None else (about,)


def check_reading(judgement: Judgement, reports: Sequence[Report] | None = None) -> str:
    """Return what is wrong with a judgement of an attribution or a lineage, or nothing.

    `reports`: those of the case, where its spans are to be held against them; what has changed since then is no fault.
    """
    about, value = judgement.about, _read_value(judgement.value)
    if _LINEAGE.fullmatch(about):
        words = (SAME, APART, TAKEN_BACK)
        return "" if value in words else check_quantity(value, about, lineage=True)
    if not _ATTRIBUTION.fullmatch(about):
        return f"'{about}' is neither attribution.ID nor lineage.CHILD.PARENT"
    if isinstance(value, dict):
        return _check_words(about, value) or (_check_places(value, reports) if reports is not None else "")
    added = about.startswith(ATTRIBUTION + ADDED)
    known = ("rejected", TAKEN_BACK) if added else DECIDED
    return "" if value in known else f"{about} is one of {', '.join(known)}, or says its source, cue and content"


def read_readings(judgements: Sequence[Judgement]) -> tuple[Reading, ...]:
    """Return what stands of the judgements about attributions, each attribution once, in the order of judgement."""
    latest = _find_latest(judgements, _ATTRIBUTION)
    return tuple(_read_reading(one) for one in latest if one.value != TAKEN_BACK and not _is_withdrawn(one))


def read_lineages(judgements: Sequence[Judgement]) -> tuple[Lineage, ...]:
    """Return what stands of the judgements about who had it from whom, each pair once, whichever way it was put."""
    pairs: dict[frozenset[str], Judgement] = {}
    for one in _find_latest(judgements, _LINEAGE):
        ends = frozenset(_split_lineage(one.about))
        pairs.pop(ends, None)
        pairs[ends] = one
    return tuple(_read_lineage(one) for one in pairs.values() if one.value != TAKEN_BACK)


def write_reading(told: Mapping[str, Any]) -> str:
    """Return a correction as the value of a judgement: its keys in one order, nothing that says nothing."""
    keys = ("report", *SPANS, "said", "named", "hedge", "denies", "claim")
    return json.dumps({key: told[key] for key in keys if told.get(key) not in (None, "", [])}, ensure_ascii=False)


def _find_latest(judgements: Sequence[Judgement], form: re.Pattern[str]) -> list[Judgement]:
    latest: dict[str, Judgement] = {}
    for one in judgements:
        if form.fullmatch(one.about):
            latest.pop(one.about, None)
            latest[one.about] = one
    return list(latest.values())


def _is_withdrawn(one: Judgement) -> bool:
    """Tell whether what was added is rejected: then it is simply gone."""
    return one.value == "rejected" and one.about.startswith(ATTRIBUTION + ADDED)


def _split_lineage(about: str) -> tuple[str, str]:
    found = _LINEAGE.fullmatch(about)
    assert found is not None
    return found[1], found[2]


def _read_lineage(one: Judgement) -> Lineage:
    child, parent = (AttributionId(end) for end in _split_lineage(one.about))
    chance = _read_chance(one)
    return Lineage(child=child, parent=parent, low=chance.low, value=chance.value, high=chance.high, judgement=one)


def _read_chance(one: Judgement) -> Knob:
    value = _read_value(one.value)
    return read_knob({SAME: "echo", APART: 0}.get(value, value) if isinstance(value, str) else value, KnobId(one.about))


def _read_reading(one: Judgement) -> Reading:
    name = AttributionId(one.about.removeprefix(ATTRIBUTION))
    told = _read_value(one.value)
    if not isinstance(told, dict):
        return Reading(attribution=name, verdict=Verdict(told), judgement=one)
    return Reading(
        attribution=name,
        verdict=Verdict.ADDED if name.startswith(ADDED) else Verdict.CORRECTED,
        judgement=one,
        source=_read_spans(told.get("source")),
        cue=_read_spans(told.get("cue")),
        content=_read_spans(told.get("content")),
        hedge=told.get("hedge"),
        denies=told.get("denies"),
        claim=ClaimId(told["claim"]) if "claim" in told else None,
        **{key: told.get(key, "") for key in ("report", "said", "named")},
    )


def _read_spans(told: Any) -> tuple[tuple[int, int], ...] | None:
    if told is None:
        return None
    return tuple((start, end) for start, end in (told if told and isinstance(told[0], list) else [told]))


def _read_value(value: str) -> Any:
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def _check_words(about: str, told: Mapping[str, Any]) -> str:
    """Return what is wrong with the form of a correction."""
    known = tuple(load_schema("judgements.jsonl")["$defs"]["reading"]["properties"])
    stray = next((key for key in told if key not in known), None)
    if stray is not None:
        return f"'{stray}' is not a key of an attribution{suggest(stray, known)}"
    faults = (f"{key} must be {_FORMS[key][1]}" for key in told if not _FORMS[key][0](told[key]))
    fault = next(faults, "")
    if not fault and about.startswith(ATTRIBUTION + ADDED) and not {"report", "content"} <= told.keys():
        fault = "what is new needs its report and its content"
    return fault and f"{about}: {fault}"


def _is_share(told: Any) -> bool:
    return isinstance(told, int | float) and not isinstance(told, bool) and 0 <= told <= 1


def _is_spans(told: Any) -> bool:
    pairs = told if isinstance(told, list) and told and isinstance(told[0], list) else [told]
    ends = [end for pair in pairs if isinstance(pair, list) and len(pair) == 2 for end in pair]
    whole = len(ends) == 2 * len(pairs) and all(type(end) is int and end >= 0 for end in ends)
    return whole and ends == sorted(ends) and all(start < end for start, end in pairs)


_FORMS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    **dict.fromkeys(WORDS, (lambda told: isinstance(told, str), "a text")),
    **dict.fromkeys(SPANS, (_is_spans, "[first character, end], or several such pairs in order")),
    "hedge": (_is_share, "a number from 0 to 1"),
    "denies": (lambda told: isinstance(told, bool), "true or false"),
}


def _check_places(told: Mapping[str, Any], reports: Sequence[Report]) -> str:
    """Return where a correction points outside of its report."""
    name = told.get("report")
    if name is None:
        return ""
    report = next((one for one in reports if one.path == name), None)
    if report is None:
        return f"there is no report '{name}' in this case{suggest(name, [one.path for one in reports])}"
    for key in SPANS:
        end = max((end for _, end in _read_spans(told.get(key)) or ()), default=0)
        if end > len(report.text):
            return f"{key} goes to character {end}, and {name} has {len(report.text)}"
    return ""
