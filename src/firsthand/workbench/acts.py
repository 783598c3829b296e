"""Which judgements does an act of the reader make: accept, reject, correct, add, say who had it from whom, undo?

An attribution that the case's files were drafted from is judged together with what was drafted: one act, one moment.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from firsthand.case.judgements import read_judgements
from firsthand.case.readings import ATTRIBUTION, LINEAGE, TAKEN_BACK, write_reading
from firsthand.errors import CaseError
from firsthand.model import AttributionId, Report, record
from firsthand.workbench.desk import Desk
from firsthand.workbench.marks import DRAFTED, ENTRIES, Mark, Sheet, name_entry
from firsthand.workbench.paging import ROLES
from firsthand.workbench.showing import Wish, judge, read_seen
from firsthand.workbench.undoing import Entry, list_entries, undo_judgement

AT_ONCE = timedelta(seconds=5)
Fields = Mapping[str, str]
Deed = tuple[str, str]
"""What is judged, and how."""


@record
class Done:
    """What was judged by one act: the attribution to look at next, and a sentence for the reader."""

    mark: str
    said: str
    abouts: tuple[str, ...]


def act_on(desk: Desk, sheet: Sheet, fields: Fields) -> Done:
    """Record what an act judges; all of it at one moment, or nothing.

    Raises CaseError where the act cannot be meant, Conflict where somebody judged the same since.
    """
    name = fields.get("act", "")
    if name not in ACTS:
        raise CaseError(f"'{name}' is nothing that can be done here; there are {', '.join(ACTS)}")
    if not fields.get("why", "").strip() and name != "undo":
        raise CaseError("a judgement needs its reason; say what speaks for it")
    return desk.write(lambda: ACTS[name](desk, sheet, fields))


def _accept(desk: Desk, sheet: Sheet, fields: Fields) -> Done:
    mark = _need_mark(sheet, fields)
    if not mark.is_open and mark.status != "rejected":
        raise CaseError("this is judged already; take that back first, or correct it")
    deeds = [(f"{ATTRIBUTION}{mark.id}", "accepted")] if mark.machine is not None else []
    if mark.status == DRAFTED and mark.entry is not None:
        deeds.append((name_entry(mark.entry), "accepted"))
    if mark.status == "rejected":
        deeds += [(about, TAKEN_BACK) for about in _list_rejected(desk, mark)]
    return _record(desk, fields, mark.id, deeds, "Accepted.")


def _reject(desk: Desk, sheet: Sheet, fields: Fields) -> Done:
    mark = _need_mark(sheet, fields)
    deeds = [(f"{ATTRIBUTION}{mark.id}", "rejected")] if mark.machine is not None or mark.status == "added" else []
    if mark.entry is not None:
        deeds.append((name_entry(mark.entry), "rejected"))
    said = "Rejected." if mark.entry is None else "Rejected, and with it what the case's files say here."
    return _record(desk, fields, mark.id, deeds, said)


def _correct(desk: Desk, sheet: Sheet, fields: Fields) -> Done:
    mark = _need_mark(sheet, fields)
    if mark.machine is None and mark.status != "added":
        raise CaseError("this stands in claims.toml and the machine did not find it; correct it there")
    before = _read_value(mark)
    told = _read_words(sheet.report, fields, mark)
    if not told:
        raise CaseError("nothing is different from what stands there")
    told = before | told
    value = write_reading(told | {"report": sheet.report.path} | _tell_said(sheet.report, told))
    deeds = [(f"{ATTRIBUTION}{mark.id}", value)]
    if mark.status == DRAFTED and mark.entry is not None:
        deeds.append((name_entry(mark.entry), "accepted"))
    return _record(desk, fields, mark.id, deeds, "Corrected.")


def _add(desk: Desk, sheet: Sheet, fields: Fields) -> Done:
    told = _read_words(sheet.report, fields, None)
    if "content" not in told:
        raise CaseError("select what was said, or copy its words, before it is added")
    if not (told.get("named") or told.get("source")):
        raise CaseError("say who said it: select the words that name him, or write the name")
    value = write_reading(told | {"report": sheet.report.path} | _tell_said(sheet.report, told))
    name = AttributionId(f"new.{hashlib.sha256(f'{sheet.report.id} {value}'.encode()).hexdigest()[:8]}")
    return _record(desk, fields, name, [(f"{ATTRIBUTION}{name}", value)], "Added.")


def _judge_lineage(desk: Desk, sheet: Sheet, fields: Fields) -> Done:
    mark = _need_mark(sheet, fields)
    child, parent, value = fields.get("child", ""), fields.get("parent", ""), fields.get("value", "")
    if not child or not parent or mark.id not in (child, parent):
        raise CaseError("say which two passages are meant: one of them is the one in view")
    said = {"same": "One has it from the other.", "apart": "Neither has it from the other.", "unknown": "Not known."}
    return _record(desk, fields, mark.id, [(f"{LINEAGE}{child}.{parent}", value)], said.get(value, "Judged."))


def _undo(desk: Desk, sheet: Sheet, fields: Fields) -> Done:
    """Take back what stands of an attribution or lineage, and what was judged with it in the same act."""
    mark = sheet.find(fields.get("mark", ""))
    wanted = [fields.get("about", "") or f"{ATTRIBUTION}{fields.get('mark', '')}"]
    if mark is not None and mark.entry is not None:
        wanted.append(name_entry(mark.entry))
    known = read_judgements(desk.folder)
    standing = [one for one in list_entries(known) if one.state == "stands" and one.judgement.value != TAKEN_BACK]
    last = next((one for about in wanted for one in standing if one.judgement.about == about), None)
    if last is None:
        raise CaseError("nothing was judged here that could be taken back")
    abouts = [last.judgement.about, *(one.judgement.about for one in _find_partners(standing, last))]
    for one in abouts:
        about, value, why = undo_judgement(known, one, why=fields.get("why", ""))
        judge(desk, Wish(about=about, value=value, why=why))
    return Done(mark=fields.get("mark", ""), said="Taken back; it stays on the record.", abouts=tuple(abouts))


ACTS: Mapping[str, Callable[[Desk, Sheet, Fields], Done]] = {
    "accept": _accept,
    "reject": _reject,
    "correct": _correct,
    "add": _add,
    "lineage": _judge_lineage,
    "undo": _undo,
}


def _find_partners(standing: Sequence[Entry], last: Entry) -> list[Entry]:
    """Return what was judged of the case's files in the same act: right after it, by the same person."""
    told = last.judgement
    return [
        one
        for one in standing
        if one.number == last.number + 1
        and one.judgement.about.startswith(ENTRIES)
        and one.judgement.who == told.who
        and one.judgement.when - told.when <= AT_ONCE
    ]


def _list_rejected(desk: Desk, mark: Mark) -> list[str]:
    """Return what of the case's files was rejected together with an attribution."""
    standing = [one for one in list_entries(read_judgements(desk.folder)) if one.state == "stands"]
    last = next((one for one in standing if one.judgement.about == f"{ATTRIBUTION}{mark.id}"), None)
    return [one.judgement.about for one in _find_partners(standing, last)] if last is not None else []


def _need_mark(sheet: Sheet, fields: Fields) -> Mark:
    mark = sheet.find(fields.get("mark", ""))
    if mark is None:
        raise CaseError("that attribution is no longer there; look at the report again")
    return mark


def _record(desk: Desk, fields: Fields, mark: str, deeds: Sequence[Deed], said: str) -> Done:
    if not deeds:
        raise CaseError("there is nothing here to judge")
    known, why = read_seen(fields), fields["why"].strip()
    judge(desk, *(Wish(about=about, value=value, why=why, seen=known) for about, value in deeds))
    return Done(mark=mark, said=said, abouts=tuple(about for about, _ in deeds))


def _read_value(mark: Mark) -> dict[str, Any]:
    """Return what an earlier correction says, so that a further one adds to it."""
    if mark.reading is None:
        return {}
    try:
        told = json.loads(mark.reading.judgement.value)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _read_words(report: Report, fields: Fields, mark: Mark | None) -> dict[str, Any]:
    """Return what a form says otherwise than it stands: places, who, how hedged, on which side, of which claim."""
    told: dict[str, Any] = {}
    for role in ROLES:
        spans = _read_spans(report, fields, role, mark)
        if spans is not None and spans != _find_spans(mark, role):
            told[role] = [list(span) for span in spans]
    if fields.get("named", "").strip():
        told["named"] = fields["named"].strip()
    told |= _read_hedge(fields, mark)
    denies = fields.get("denies", "")
    if denies in ("yes", "no") and (denies == "yes") != (mark is not None and mark.shown.polarity < 0):
        told["denies"] = denies == "yes"
    if fields.get("claim"):
        told["claim"] = fields["claim"]
    return told


def _read_hedge(fields: Fields, mark: Mark | None) -> dict[str, float]:
    words = fields.get("hedge", "").strip()
    if not words:
        return {}
    try:
        hedge = float(words)
    except ValueError:
        raise CaseError(f"the hedge is '{words}', and must be a number from 0 to 1") from None
    return {} if mark is not None and abs(hedge - mark.shown.hedge) < 0.005 else {"hedge": hedge}  # noqa: PLR2004


def _read_spans(report: Report, fields: Fields, role: str, mark: Mark | None) -> tuple[tuple[int, int], ...] | None:
    """Return where a role's words stand: as selected, or where the words written stand nearest to where they stood."""
    given = fields.get(f"{role}_spans", "").strip()
    if given:
        return _parse_spans(report, given, role)
    words = fields.get(role, "").strip()
    spans = _find_spans(mark, role)
    if not words or " ".join(words.split()) == " ".join(_join(report, spans).split()):
        return None
    near = spans[0][0] if spans else mark.start if mark is not None else 0
    found = _find_nearest(report, words, near)
    if found is None:
        raise CaseError(f"“{words}” does not stand in this report; copy the words of the {role} as they stand there")
    return (found,)


def _parse_spans(report: Report, given: str, role: str) -> tuple[tuple[int, int], ...]:
    try:
        told = tuple((int(start), int(end)) for start, end in json.loads(given))
    except (ValueError, TypeError, RecursionError):
        raise CaseError(f"the place of the {role} is not [[first character, end]]") from None
    if not told or any(not 0 <= start < end <= len(report.text) for start, end in told):
        raise CaseError(f"the place of the {role} is not in this report")
    return told


def _find_nearest(report: Report, words: str, near: int) -> tuple[int, int] | None:
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    places = [found.span() for found in pattern.finditer(report.text)]
    return min(places, key=lambda span: abs(span[0] - near), default=None)


def _find_spans(mark: Mark | None, role: str) -> tuple[tuple[int, int], ...]:
    if mark is None:
        return ()
    shown = mark.shown
    return {"source": shown.source_mention, "cue": shown.cue, "content": shown.content}[role].spans


def _join(report: Report, spans: Sequence[Sequence[int]]) -> str:
    return " ".join(report.text[start:end] for start, end in spans)


def _tell_said(report: Report, told: Mapping[str, Any]) -> dict[str, str]:
    """Return the words of the content for the record, where the record says where they stand."""
    if "content" not in told:
        return {}
    spans = told["content"] if isinstance(told["content"][0], list) else [told["content"]]
    return {"said": _join(report, spans)}
