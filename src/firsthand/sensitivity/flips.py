"""Which fewest moves would change the verdict's word?"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from firsthand.model import Case, Contribution, EvidenceId, Flip, Knob, KnobId, record
from firsthand.probability import find_word, to_decibans
from firsthand.sensitivity.probing import PRIOR, Array, Probe, evaluate_settings, find_movable, sweep_knobs

FLOOR, CEILING = 0.001, 0.999
GRID = np.linspace(0.0, 1.0, 13)
ROUNDS = 4
STRONGEST = 6


@record
class _Move:
    """Knobs turned and evidence left out that carry the verdict into another word."""

    turns: tuple[tuple[KnobId, float], ...] = ()
    left: tuple[EvidenceId, ...] = ()
    probability: float
    beyond: bool = False


def find_flips(
    case: Case, knobs: Sequence[Knob], contributions: Sequence[Contribution], probe: Probe, at_most: int = 4
) -> tuple[Flip, ...]:
    """Return the fewest, smallest moves that change the verdict's word.

    Every piece of evidence is left out alone, and every knob turned alone, within its range and, where that is not
    enough, beyond it. Pairs are tried where no single move inside the ranges changes the word.
    For each word reached, `at_most` turns of knobs are kept.
    """
    now = float(probe.evaluate({}, frozenset())[0])
    movable = find_movable(knobs)
    moves = _leave_out(case, contributions, now) + _turn(movable, probe, now, beyond=False)
    if not moves:
        moves = _pair_up(case, movable, contributions, probe, now)
    moves += _turn(movable, probe, now, beyond=True)
    centre = {knob.id: knob.value for knob in knobs}
    titles = {one.evidence: one.title for one in contributions}
    kept = _keep_smallest(moves, centre, at_most)
    return tuple(_describe_move(move, case, centre, titles, probe) for move in kept)


def flip_by_leaving(case: Case, contributions: Sequence[Contribution], now: float) -> tuple[Flip, ...]:
    """Return the pieces of evidence that, each left out alone, change the verdict's word; without intervals.

    `now`: the chance of the asked hypothesis with all of them.
    """
    titles = {one.evidence: one.title for one in contributions}
    found = [(move.left[0], move.probability) for move in _leave_out(case, contributions, now)]
    return tuple(
        Flip(
            title=f"Leave out: {titles[name]}",
            moves=((name, "counted", "left out"),),
            probability=_clip(chance),
            low=_clip(chance),
            high=_clip(chance),
        )
        for name, chance in found
    )


def _leave_out(case: Case, contributions: Sequence[Contribution], now: float) -> list[_Move]:
    chances = [(one.evidence, one.without[case.asks]) for one in contributions]
    return [_Move(left=(name,), probability=chance) for name, chance in chances if _differs(chance, now)]


def _turn(knobs: Sequence[Knob], probe: Probe, now: float, *, beyond: bool) -> list[_Move]:
    """Return for each knob, either way, the nearest setting that changes the word, inside its range or beyond it."""
    paths = []
    for knob in knobs:
        ends = ((knob.low, min(knob.low, FLOOR)), (knob.high, max(knob.high, CEILING)))
        for inner, outer in ends:
            start, stop = (inner, outer) if beyond else (knob.value, inner)
            if start != stop:
                paths.append((knob, start, stop))
    if not paths:
        return []
    movers = [knob for knob, _, _ in paths]
    starts, stops = (np.array([path[side] for path in paths]) for side in (1, 2))
    if beyond:
        inside = evaluate_settings(movers, starts[:, None], probe)[:, 0]
        keep = [index for index, chance in enumerate(inside) if not _differs(chance, now)]
        movers, starts, stops = [movers[index] for index in keep], starts[keep], stops[keep]
    return _narrow_down(movers, starts, stops, probe, now, beyond)


def _narrow_down(
    movers: list[Knob], starts: Array, stops: Array, probe: Probe, now: float, beyond: bool
) -> list[_Move]:
    """Scan each knob's way on a grid, then the step in which the word first changes, and so on."""
    away = stops
    for _ in range(ROUNDS):
        if not movers:
            return []
        settings = starts[:, None] + (stops - starts)[:, None] * GRID
        flipped = _mark_flips(evaluate_settings(movers, settings, probe), now)
        keep = np.flatnonzero(flipped[:, 1:].any(axis=1))
        first = flipped[keep, 1:].argmax(axis=1) + 1
        movers, away = [movers[index] for index in keep], away[keep]
        starts, stops = settings[keep, first - 1], settings[keep, first]
    rounded = np.array([_round_away(stop, limit) for stop, limit in zip(stops, away, strict=True)])
    chances = evaluate_settings(movers, np.stack([rounded, stops], axis=1), probe)
    found = []
    for index, knob in enumerate(movers):
        pick = 0 if _differs(chances[index, 0], now) else 1
        setting = (rounded[index], stops[index])[pick]
        found.append(_Move(turns=((knob.id, float(setting)),), probability=float(chances[index, pick]), beyond=beyond))
    return found


def _pair_up(
    case: Case, knobs: Sequence[Knob], contributions: Sequence[Contribution], probe: Probe, now: float
) -> list[_Move]:
    """Return the pairs of the strongest moves, both inside their ranges, that together change the word."""
    reach = sorted(contributions, key=lambda one: -abs(one.without[case.asks] - now))[:STRONGEST]
    values = {knob.id: knob for knob in knobs}
    swept = sweep_knobs(knobs, probe)[:STRONGEST]
    moves = [_try_pair((), pair, probe, now) for pair in combinations([one.evidence for one in reach], 2)]
    for upward in (True, False):
        ends = []
        for one in swept:
            knob = values[one.knob]
            ends.append((one.knob, knob.high if (one.at_high >= one.at_low) == upward else knob.low))
        pairs = [pair for pair in combinations(ends, 2) if not all(name.startswith(PRIOR) for name, _ in pair)]
        moves += [_try_pair(pair, (), probe, now) for pair in pairs]
        moves += [_try_pair((end,), (other.evidence,), probe, now) for end in ends for other in reach]
    return [move for move in moves if move is not None]


def _try_pair(
    turns: tuple[tuple[KnobId, float], ...], left: tuple[EvidenceId, ...], probe: Probe, now: float
) -> _Move | None:
    chance = float(probe.evaluate({name: np.array([end]) for name, end in turns}, frozenset(left))[0])
    return _Move(turns=turns, left=left, probability=chance) if _differs(chance, now) else None


def _keep_smallest(moves: Sequence[_Move], centre: Mapping[KnobId, float], at_most: int) -> list[_Move]:
    """Return the moves in order: fewer first, inside the ranges first, evidence first, then by how far knobs turn."""

    def rank(move: _Move) -> tuple[int, bool, int, float, str]:
        far = sum(_measure_turn(centre[name], end) for name, end in move.turns)
        return len(move.turns) + len(move.left), move.beyond, len(move.turns), far, str((move.turns, move.left))

    kept, count = [], dict[str, int]()
    for move in sorted(moves, key=rank):
        word = find_word(_clip(move.probability))
        count[word] = count.get(word, 0) + bool(move.turns)
        if not move.turns or count[word] <= at_most:
            kept.append(move)
    return kept


def _describe_move(
    move: _Move, case: Case, centre: Mapping[KnobId, float], titles: Mapping[EvidenceId, str], probe: Probe
) -> Flip:
    low, high = probe.find_range(dict(move.turns), frozenset(move.left))
    names = ["Leave out: " + " and ".join(titles[name] for name in move.left)] if move.left else []
    names += [case.knob_questions.get(name, name) for name, _ in move.turns]
    steps = [(name, "counted", "left out") for name in move.left]
    turns = [(name, _show(centre[name]), _show(end)) for name, end in move.turns]
    return Flip(
        title=" and ".join(names) + (" (beyond the range judged)" if move.beyond else ""),
        moves=(*steps, *turns),
        probability=_clip(move.probability),
        low=_clip(min(low, move.probability)),
        high=_clip(max(high, move.probability)),
    )


def _differs(chance: float, now: float) -> bool:
    return find_word(_clip(chance)) != find_word(_clip(now))


def _mark_flips(chances: Array, now: float) -> NDArray[np.bool_]:
    word = find_word(_clip(now))
    return np.array([[find_word(_clip(chance)) != word for chance in row] for row in chances])


def _clip(chance: float) -> float:
    return min(1.0, max(0.0, chance))


def _round_away(setting: float, limit: float) -> float:
    """Return the next whole percent, or tenth of one, on the far side of a setting that is not past the limit."""
    for scale in (100, 1000):
        turn = math.ceil if limit > setting else math.floor
        rounded = turn(setting * scale) / scale
        if 0 < rounded < 1 and abs(rounded - setting) <= abs(limit - setting):
            return rounded
    return float(setting)


def _measure_turn(start: float, stop: float) -> float:
    """Return how far a knob was turned, in dB; ends of the scale count as almost 0 and almost 1."""
    ends = [to_decibans(min(1 - 1e-6, max(1e-6, value))) for value in (start, stop)]
    return abs(ends[1] - ends[0])


def _show(value: float) -> str:
    return f"{100 * value:.3g}\u00a0%"
