"""How few judgements turned, or reports left out, would change the verdict's word?

Sets of one are all tried, then pairs of the strongest, then one is gathered, the strongest first: what is found says
up to which size every set was tried, so that a reader knows whether it is surely a smallest one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import TypeVar

import numpy as np

from firsthand.model import Bounds, Case, EvidenceId, Fewest, Knob, KnobId
from firsthand.probability import find_word
from firsthand.sensitivity.probing import PRIOR, Left, Probe, evaluate_rows, find_ranged

PAIRED_KNOBS = 30
"""Judgements up to which all pairs of them are tried: about two thousand settings."""
PAIRED_REPORTS = 14
LARGEST = 12
Turned = tuple[tuple[KnobId, float], ...]
Tried = list[tuple[Turned, float]]
Chosen = TypeVar("Chosen", Turned, tuple[str, ...])


def find_fewest(case: Case, knobs: Sequence[Knob], bounds: Bounds, probe: Probe) -> tuple[Fewest, ...]:
    """Return the fewest judgements turned to an end of their ranges, and the fewest reports left out."""
    now = float(probe.evaluate({}, frozenset())[0])
    return _find_fewest_knobs(case, knobs, bounds, probe, now), _find_fewest_reports(case, probe, now)


def _find_fewest_knobs(case: Case, knobs: Sequence[Knob], bounds: Bounds, probe: Probe, now: float) -> Fewest:
    ranged = find_ranged(knobs)
    words = {find_word(_clip(chance)) for chance in (bounds.low, bounds.high, now)}
    # Bounds scale all priors to add to one, as draws do, so only without priors do they rule a turn out.
    if not ranged or (len(words) == 1 and not any(knob.id.startswith(PRIOR) for knob in ranged)):
        return Fewest(of="judgements", moves=(), probability=None, tried=len(ranged) if bounds.exact else 0)

    def turn(sets: Sequence[Turned]) -> Tried:
        return list(zip(sets, _evaluate_sets(sets, knobs, probe), strict=True))

    singles = turn([((knob.id, end),) for knob in ranged for end in (knob.low, knob.high)])
    found, tried = _pick(singles, now), 0
    if not found:
        most = _list_strongest(singles, now)[:PAIRED_KNOBS]
        found, tried = _pick(turn(_pair_up(most, ranged)), now), 1
        if not found:
            found, tried = _gather_turns(singles, turn, now), 2 if len(ranged) <= PAIRED_KNOBS else 1
    if not found:
        return Fewest(of="judgements", moves=(), probability=None, tried=tried)
    moves = tuple(f"{case.knob_questions.get(name, name)} {100 * value:.3g}\u00a0%" for name, value in found[0])
    return Fewest(of="judgements", moves=moves, probability=_clip(found[1]), tried=tried)


def _evaluate_sets(sets: Sequence[Turned], knobs: Sequence[Knob], probe: Probe) -> list[float]:
    """Return the chance with each set of knobs turned; a prior that is turned is what it says, the rest give way."""
    turned = {name for one in sets for name, _ in one}
    with_priors = any(name.startswith(PRIOR) for name in turned)
    movers = [knob for knob in knobs if knob.id in turned or (with_priors and knob.id.startswith(PRIOR))]
    priors = [place for place, knob in enumerate(movers) if knob.id.startswith(PRIOR)]
    places, centre = {knob.id: place for place, knob in enumerate(movers)}, np.array([knob.value for knob in movers])
    rows = np.tile(centre, (len(sets), 1))
    for row, one in zip(rows, sets, strict=True):
        for name, end in one:
            if name.startswith(PRIOR):
                row[priors] *= (1 - end) / (1 - centre[places[name]])
            row[places[name]] = end
    return [float(chance) for chance in evaluate_rows(movers, rows, knobs, probe)] if sets else []


def _list_strongest(singles: Tried, now: float) -> list[KnobId]:
    """Return the knobs, the one that carries the verdict furthest by itself first."""
    swing: dict[KnobId, float] = {}
    for ((name, _),), chance in singles:
        swing[name] = max(swing.get(name, 0.0), abs(chance - now))
    return sorted(swing, key=lambda name: (-swing[name], name))


def _pair_up(names: Sequence[KnobId], ranged: Sequence[Knob]) -> list[Turned]:
    """Return both ends of each with both ends of each other; two priors are never turned at once."""
    ends = {knob.id: (knob.low, knob.high) for knob in ranged}
    pairs = [pair for pair in combinations(names, 2) if not all(name.startswith(PRIOR) for name in pair)]
    return [((one, first), (other, second)) for one, other in pairs for first in ends[one] for second in ends[other]]


def _gather_turns(singles: Tried, turn: Callable[[Sequence[Turned]], Tried], now: float) -> tuple[Turned, float] | None:
    """Return turns gathered the furthest-reaching first, either way, until the word changes, and without idle ones."""
    found = []
    for sign in (-1, 1):
        held: list[tuple[KnobId, float]] = []
        for (one,), chance in sorted(singles, key=lambda each: (-sign * each[1], each[0])):
            doubled = one[0].startswith(PRIOR) and any(name.startswith(PRIOR) for name, _ in held)
            if sign * (chance - now) > 0 and not doubled and one[0] not in [name for name, _ in held]:
                held.append(one)
        grown = _pick_first(turn([tuple(held[:count]) for count in range(1, min(LARGEST, len(held)) + 1)]), now)
        while grown and (fewer := _pick(turn(_drop_each(grown[0])), now)):
            grown = fewer
        found += [grown] if grown else []
    return min(found, key=lambda one: (len(one[0]), one[0]), default=None)


def _drop_each(held: Turned) -> list[Turned]:
    return [held[:place] + held[place + 1 :] for place in range(len(held))] if len(held) > 1 else []


def _find_fewest_reports(case: Case, probe: Probe, now: float) -> Fewest:
    held = _list_reports(case)
    paths = sorted(held)

    def leave_out(sets: Sequence[tuple[str, ...]]) -> list[tuple[tuple[str, ...], float]]:
        lefts: list[Left] = [frozenset(name for path in chosen for name in held[path]) for chosen in sets]
        return [(one, float(probe.evaluate({}, left)[0])) for one, left in zip(sets, lefts, strict=True)]

    singles = leave_out([(path,) for path in paths])
    found, tried = _pick(singles, now), 0
    if not found:
        most = [one for one, _ in sorted(singles, key=lambda each: (-abs(each[1] - now), each[0]))][:PAIRED_REPORTS]
        found, tried = _pick(leave_out([(*one, *other) for one, other in combinations(most, 2)]), now), 1
        if not found:
            found, tried = _gather_reports(singles, leave_out, now), 2 if len(paths) <= PAIRED_REPORTS else 1
    if not found:
        return Fewest(of="reports", moves=(), probability=None, tried=tried)
    return Fewest(of="reports", moves=tuple(sorted(found[0])), probability=_clip(found[1]), tried=tried)


def _gather_reports(
    singles: Sequence[tuple[tuple[str, ...], float]],
    leave_out: Callable[[Sequence[tuple[str, ...]]], list[tuple[tuple[str, ...], float]]],
    now: float,
) -> tuple[tuple[str, ...], float] | None:
    """Return reports gathered the weightiest first, either way, until the word changes, and without idle ones."""
    found = []
    for sign in (-1, 1):
        order = sorted(singles, key=lambda each: (-sign * each[1], each[0]))
        paths = [path for (path,), chance in order if sign * (chance - now) > 0][:LARGEST]
        grown = _pick_first(leave_out([tuple(paths[:count]) for count in range(1, len(paths) + 1)]), now)
        while grown and (
            fewer := _pick(leave_out([tuple(p for p in grown[0] if p != path) for path in grown[0]]), now)
        ):
            grown = fewer
        found += [grown] if grown else []
    return min(found, key=lambda one: (len(one[0]), one[0]), default=None)


def _list_reports(case: Case) -> dict[str, frozenset[EvidenceId]]:
    """Return the evidence that stands in each report."""
    paths = {report.id: report.path for report in case.reports}
    held: dict[str, set[EvidenceId]] = {}
    stands = [(one.id, one.quote) for one in case.assertions]
    stands += [(one.id, one.quote) for one in case.observations]
    stands += [(one.id, one.quote) for one in case.statements]
    for name, quote in stands:
        if quote.span.report in paths:
            held.setdefault(paths[quote.span.report], set()).add(name)
    return {path: frozenset(names) for path, names in held.items()}


def _pick(tried: Sequence[tuple[Chosen, float]], now: float) -> tuple[Chosen, float] | None:
    """Return the set that carries the verdict furthest among those that change its word."""
    found = [one for one in tried if _differs(one[1], now)]
    return max(found, key=lambda one: (abs(one[1] - now), one[0]), default=None)


def _pick_first(tried: Sequence[tuple[Chosen, float]], now: float) -> tuple[Chosen, float] | None:
    return next((one for one in tried if _differs(one[1], now)), None)


def _differs(chance: float, now: float) -> bool:
    return find_word(_clip(chance)) != find_word(_clip(now))


def _clip(chance: float) -> float:
    return min(1.0, max(0.0, chance))
