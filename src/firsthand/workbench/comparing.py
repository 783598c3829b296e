"""What sets two variants apart: their verdicts, their steps, and what each move does alone?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from firsthand.errors import FirsthandError
from firsthand.model import Assessment, KnobId, Posterior, record
from firsthand.probability import to_decibans
from firsthand.views.forest import draw_forest, tabulate_forest
from firsthand.views.tables import Table
from firsthand.views.variants import Row, choose_rows, draw_variants, follow_course, tabulate_variants
from firsthand.views.wording import find_asked, name_asked
from firsthand.workbench.settings import Variants, is_outside, write_variants
from firsthand.workbench.turning import Setting, Turner

SHEET, COLUMN, PHONE = 828.0, 392.0, 358.0


@record
class Side:
    """One variant as it is shown: its letter, what it is called, its verdict, its graphic and how much is moved."""

    letter: str
    asked: Posterior
    forest: Markup
    table: Table
    moves: int


@record
class Move:
    """One thing that differs between the variants, from and to, and the verdict with it alone, in dB from A too."""

    name: str
    asks: str
    before: str
    after: str
    alone: Posterior
    change: float


def compare_variants(turner: Turner, variants: Variants, depth: str) -> dict[str, Any]:
    """Return what the template of the result prints; `depth` "quick" leaves out what takes long."""
    try:
        return {"mistake": "", **_work_out(turner, variants, depth)}
    except FirsthandError as fault:
        return {"mistake": str(fault), "variants": variants, "query": write_variants(variants)}


def _work_out(turner: Turner, variants: Variants, depth: str) -> dict[str, Any]:
    base = variants.pinned or Setting()
    live = _find(turner, variants.live, depth)
    pinned = None if variants.pinned is None else _find(turner, variants.pinned, "full")
    rows = choose_rows(turner.assessed, turner.addresses)
    sides = [one for one in (("A", pinned, base), ("B", live, variants.live)) if one[1] is not None]
    return {
        "sides": [_make_side(letter, found, setting) for letter, found, setting in sides if found is not None],
        "variants": variants,
        "query": write_variants(variants),
        "depth": depth,
        "asked_name": name_asked(turner.case),
        "moves": _list_moves(turner, base, variants.live, depth),
        "together": find_asked(turner.case, live.posteriors),
        "together_db": _weigh_change(_find(turner, base, "quick"), live),
        "hangs": _list_hangs(turner, live) if variants.live.moves else [],
        "bare": turner.assessed.sampled and depth == "full" and _is_bare(live),
        "saving": _list_saving(turner, variants.live),
        **_draw_sheets(rows, [(letter, found) for letter, found, _ in sides if found is not None]),
    }


def _find(turner: Turner, setting: Setting, depth: str) -> Assessment:
    if depth == "quick":
        return turner.find_verdict(setting)
    return turner.follow(setting) if depth == "steps" else turner.draw(setting)


def _make_side(letter: str, found: Assessment, setting: Setting) -> Side:
    return Side(
        letter=letter,
        asked=find_asked(found.case, found.posteriors),
        forest=Markup(draw_forest(found, COLUMN, name=f"forest-{letter}", dense=True)),  # noqa: S704
        table=tabulate_forest(found),
        moves=setting.moves,
    )


def _draw_sheets(rows: tuple[Row, ...], found: list[tuple[str, Assessment]]) -> dict[str, Any]:
    courses = [
        follow_course(letter, one, rows)
        if one.contributions or not rows
        else follow_course(letter, one, rows)._replace(steps=None)
        for letter, one in found
    ]
    return {
        "sheet": Markup(draw_variants(rows, courses, SHEET)),  # noqa: S704
        "phone_sheets": [Markup(draw_variants(rows, [one], PHONE)) for one in reversed(courses)],  # noqa: S704
        "sheet_table": tabulate_variants(rows, courses),
        "pending": any(one.steps is None for one in courses),
    }


def _list_hangs(turner: Turner, live: Assessment) -> list[tuple[str, float]]:
    """Return the pieces of evidence that change the word when left out alone, and the chance without each."""
    names = [(one.moves[0][0], one.probability) for one in live.flips if len(one.moves) == 1]
    return [(turner.evidence[name], chance) for name, chance in names if name in turner.evidence]


def _is_bare(found: Assessment) -> bool:
    asked = find_asked(found.case, found.posteriors)
    return asked.low == asked.high


def _list_moves(turner: Turner, base: Setting, live: Setting, depth: str) -> list[Move]:
    """Return each thing in which the live variant differs from the pinned one, and what it does alone."""
    before, after = dict(base.turns), dict(live.turns)
    start = _find(turner, base, "quick")
    moves = []
    for name in sorted({*before, *after}):
        was, now = before.get(name, turner.knobs[name].value), after.get(name, turner.knobs[name].value)
        if was != now:
            turns = {**before, name: now}
            alone = _find(turner, Setting(turns=_sort_turns(turns, turner), without=base.without), depth)
            moves.append(_make_move(turner, name, (_show(was), _show(now)), (start, alone)))
    for out in sorted({*base.without} ^ {*live.without}):
        left = tuple(sorted({*base.without} ^ {out}))
        alone = _find(turner, Setting(turns=base.turns, without=left), depth)
        words = ("left out", "counted") if out in base.without else ("counted", "left out")
        moves.append(_make_move(turner, out, words, (start, alone)))
    return moves


def _sort_turns(turns: Mapping[KnobId, float], turner: Turner) -> tuple[tuple[KnobId, float], ...]:
    return tuple(sorted((name, value) for name, value in turns.items() if value != turner.knobs[name].value))


def _make_move(turner: Turner, name: str, words: tuple[str, str], pair: tuple[Assessment, Assessment]) -> Move:
    asks = turner.evidence.get(name) or turner.case.knob_questions.get(name, name)
    return Move(
        name=name,
        asks=asks,
        before=words[0],
        after=words[1],
        alone=find_asked(turner.case, pair[1].posteriors),
        change=_weigh_change(*pair),
    )


def _weigh_change(before: Assessment, after: Assessment) -> float:
    """Return by how many dB the asked explanation stands higher in the second."""
    one, other = (to_decibans(find_asked(each.case, each.posteriors).probability) for each in (before, after))
    return 0.0 if one == other else other - one


def _show(value: float) -> str:
    return f"{100 * value:.4g}\u00a0%"


def _list_saving(turner: Turner, live: Setting) -> list[dict[str, Any]]:
    """Return what saving would judge: each number with its range, whether it leaves it, and what it will be."""
    found: list[dict[str, Any]] = []
    for name, value in live.turns:
        knob = turner.knobs[name]
        asks = turner.case.knob_questions.get(name, name)
        found.append(
            {
                "name": name,
                "asks": asks,
                "knob": knob,
                "value": value,
                "outside": is_outside(knob, value),
                "sent": f"{100 * value:.6g}",
            }
        )
    return found + [{"name": name, "asks": turner.evidence[name], "knob": None} for name in live.without]
