"""What did the analyst judge, and why?"""

from __future__ import annotations

from collections.abc import Iterable

from firsthand.model import Case, Knob, find_knobs
from firsthand.probability import show_percent
from firsthand.views.wording import show_range

SHARED = "model."


def tell_knob(knob: Knob, case: Case, judged: bool = True) -> str:
    """Return a judged number as the question it answers, its value, its range, as it was written, and why.

    `judged` is False where a machine suggested it and nobody has looked.
    """
    asked = case.knob_questions.get(knob.id, f"{knob.id}?")
    value = "not known, taken at both ends" if knob.unknown else show_percent(knob.value)
    spread = "" if knob.unknown else show_range(knob.low, knob.high)
    verb = "Judged" if judged else "Suggested, not judged:"
    written = f", from “{knob.text}”" if knob.text[:1].isalnum() and not _is_number(knob.text) else ""
    told = " ".join(word for word in (asked, verb, value, spread) if word)
    spoken = [f" {one.when:%Y-%m-%d}, {one.who}: {one.why}" for one in case.judgements if one.about == knob.id]
    return f"{told}{written}.{''.join(spoken)}"


def list_own_knobs(*records: object) -> tuple[Knob, ...]:
    """Return the judged numbers that stand in some records, each once, those that all sources share left out."""
    found = {knob.id: knob for record in records for knob in find_knobs(record)}
    return tuple(knob for name, knob in found.items() if not name.startswith(SHARED))


def list_shared_knobs(records: Iterable[object]) -> tuple[Knob, ...]:
    """Return the judged numbers that all sources share, in order of id."""
    found = {knob.id: knob for record in records for knob in find_knobs(record) if knob.id.startswith(SHARED)}
    return tuple(found[name] for name in sorted(found))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
