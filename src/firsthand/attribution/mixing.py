"""What comes of our own findings and those that attributors propose?

What both find is surer, and may gain a source. An attributor that confirms at least half of ours in a report is heard
on the rest too: what it does not confirm is doubted, and dropped where little is left; of two readings of the same
words of saying the likelier stands. The numbers were judged on trees of Universal Dependencies.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from firsthand.attribution.grammar.hits import Finding, Stretch

CHANCE = 0.4
SAME = 0.5
NEAR = 2500
HEARD = 0.5
DOUBT = 0.4
LEAST = 0.25
SURE = 0.7


def mix_findings(own: Sequence[Finding], proposed: Sequence[Finding]) -> list[Finding]:
    """Return our findings and the proposed ones as one list, by place; ours as they are where none was proposed."""
    if not proposed:
        return list(own)
    mixed = sorted(own, key=lambda f: f.content[0])
    starts = [f.content[0][0] for f in mixed]
    new: list[Finding] = []
    confirmed: dict[int, Finding] = {}
    rivals: dict[int, Finding] = {}
    for one in proposed:
        near = range(bisect_left(starts, one.content[0][0] - NEAR), bisect_right(starts, one.content[-1][1] + NEAR))
        number = next((n for n in near if _overlap(mixed[n].content, one.content) >= SAME), None)
        if number is not None:
            confirmed.setdefault(number, one)
            continue
        rival = next((n for n in near if _overlap((mixed[n].cue,), (one.cue,)) > 0), None)
        if rival is None:
            new.append(one)
        else:
            rivals.setdefault(rival, one)
    heard = len(confirmed) >= HEARD * len(mixed)
    for number, finding in enumerate(mixed):
        if number in confirmed:
            new.append(_join(finding, confirmed[number]))
        else:
            new += _settle(finding, rivals.get(number), heard)
    unique = {(f.content, f.source, f.cue): f for f in new}
    return sorted(unique.values(), key=lambda f: (f.sentence, f.cue, f.content))


def _join(known: Finding, one: Finding) -> Finding:
    """Return our finding with the source it lacked, or surer where both name the same source."""
    if known.source is None and one.source is not None:
        return replace(known, source=one.source, head=one.head)
    if known.source and one.source and _overlap((known.source,), (one.source,)) >= SAME:
        return replace(known, probability=round(1.0 - (1.0 - known.probability) * (1.0 - CHANCE), 4))
    return known


def _settle(finding: Finding, rival: Finding | None, heard: bool) -> list[Finding]:
    """Return what stands of a finding that was not confirmed: itself, less sure, its rival, or nothing."""
    if rival is not None and finding.probability < SURE:
        return [rival]
    if not heard:
        return [finding]
    odds = DOUBT * finding.probability / max(1.0 - finding.probability, 0.001)
    doubted = odds / (1.0 + odds)
    return [replace(finding, probability=round(doubted, 4))] if doubted >= LEAST else []


def _overlap(one: Sequence[Stretch], other: Sequence[Stretch]) -> float:
    """Return the shared length of two sets of stretches over the length of their union."""
    shared = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)
    union = sum(e - s for s, e in (*one, *other)) - shared
    return shared / union if union else 0.0
