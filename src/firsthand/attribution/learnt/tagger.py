"""Given a word that may be a cue, which words are its source and its content?

A conditional random field over one sentence, a quotation counting as one word. The field is small, was trained on
openly licensed text (`training/`), and answers with a probability for each word. What a clue weighs is worked out where
it is first met, and remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from math import exp
from typing import TypeVar

from firsthand.attribution.learnt.clues import (
    EDGE,
    Triple,
    spell_beside,
    spell_between,
    spell_classes,
    spell_distance,
    spell_roles,
    spell_side,
    spell_word,
)
from firsthand.attribution.learnt.steps import Pair, Steps
from firsthand.attribution.learnt.traits import (
    BETWEEN,
    LEFT,
    NEAR,
    PASSED,
    RIGHT,
    Roles,
    Traits,
    find_window,
    look_up,
    spell_trigger_word,
)
from firsthand.model import record

MOST_KNOWN = 50_000
NEVER = 1e-6
Weight = tuple[float, float, float]
Weigh = Callable[..., Pair]
K = TypeVar("K")
V = TypeVar("V")


@record
class Tag:
    """What the field makes of one trigger: the chance that it is a cue and, if it is one, of each word's part.

    `source[i]` and `content[i]` belong to word `low + i` of the sentence.
    """

    low: int
    cue: float
    source: list[float]
    content: list[float]


@record
class Looked:
    """A sentence as the field has looked at it: its traits, and the odds of its words left and right of any trigger."""

    traits: Traits
    left: list[Pair]
    right: list[Pair]


class Table(dict[K, V]):
    """Remembers what was worked out for each key; forgets all where that becomes too much."""

    def __init__(self, work_out: Callable[[K], V]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, key: K) -> V:
        if len(self) >= MOST_KNOWN:
            self.clear()
        value = self[key] = self._work_out(key)
        return value

    def read(self, keys: Iterable[K]) -> Iterable[V]:
        """Return the values of many keys."""
        return map(self.__getitem__, keys)


class Beside:
    """What the words on one side of a trigger weigh by where they stand: odds for source and for content."""

    def __init__(self, side: str, weigh: Weigh) -> None:
        self.words: Table[str, Pair] = Table(partial(weigh, spell_side, side))
        self._distances: Table[tuple[str, str], list[Table[str, Pair]]] = Table(partial(_open_near, side, weigh))
        self._between: list[Table[str, Pair]] = [Table(partial(weigh, spell_between, side, n)) for n in range(BETWEEN)]
        self._roles: Table[Triple, Table[str, Pair]] = Table(
            lambda roles: Table(partial(weigh, spell_roles, side, roles))
        )

    def weigh_places(
        self, words: Sequence[Pair], traits: Traits, trigger: tuple[str, str], roles: Sequence[Triple]
    ) -> list[Pair]:
        """Return the odds of the words of one side, outwards; `words` are the odds they have wherever they stand."""
        odds = []
        between, passed, near = self._between[0], 0, self._distances[trigger]
        told = zip(words, traits.classes, traits.passing, near, self._roles.read(roles), strict=False)
        for (source, content), own, passing, distance, role in told:
            a, b, c = distance[own], between[own], role[own]
            odds.append((source * a[0] * b[0] * c[0], content * a[1] * b[1] * c[1]))
            if passing:
                passed = PASSED[passing][passed]
                between = self._between[passed]
        return odds


def _open_near(side: str, weigh: Weigh, trigger: tuple[str, str]) -> list[Table[str, Pair]]:
    """Return for each distance from a trigger (lemma, kind) what a class weighs there."""
    by_name: dict[int, Table[str, Pair]] = {
        near: Table(partial(weigh, spell_distance, side, *trigger, near)) for near in sorted(set(NEAR))
    }
    return [by_name[near] for near in NEAR[1:]]


class Field:
    """A trained field: what each trait and each step from part to part weighs.

    `weights` gives for a trait how much it speaks for source, for content and for cue, each against being outside.
    """

    def __init__(self, weights: Mapping[str, Weight], steps: Mapping[str, float]) -> None:
        self._weights = weights
        self._steps = Steps(steps)
        weigh = self._weigh
        self._words: Table[tuple[str, str], Pair] = Table(lambda word: weigh(spell_word, *word))
        self._before: Table[str, Pair] = Table(partial(weigh, spell_beside, "-"))
        self._after: Table[str, Pair] = Table(partial(weigh, spell_beside, "+"))
        self._classes: Table[Triple, Pair] = Table(lambda three: weigh(spell_classes, *three))
        self._left, self._right = Beside(LEFT, weigh), Beside(RIGHT, weigh)

    def _add_up(self, traits: Iterable[str]) -> Weight:
        """Return what traits weigh together."""
        known, source, content, cue = self._weights, 0.0, 0.0, 0.0
        for trait in traits:
            if trait in known:
                row = known[trait]
                source += row[0]
                content += row[1]
                cue += row[2]
        return source, content, cue

    def _weigh(self, spell: Callable[..., tuple[str, ...]], *told: object) -> Pair:
        """Return the odds for source and for content of a clue."""
        source, content, _ = self._add_up(spell(*told))
        return exp(source), exp(content)

    def look(self, traits: Traits) -> Looked:
        """Return a sentence with what its words weigh on either side of a trigger, wherever that stands."""
        words, classes = traits.words, traits.classes
        clues = zip(
            self._words.read(zip(classes, words, strict=True)),
            self._before.read((EDGE, *words[:-1])),
            self._after.read((*words[1:], EDGE)),
            self._classes.read(zip((EDGE, *classes[:-1]), classes, (*classes[1:], EDGE), strict=True)),
            strict=True,
        )
        alone = [(a[0] * b[0] * c[0] * d[0], a[1] * b[1] * c[1] * d[1]) for a, b, c, d in clues]
        left, right = (
            [(a * s, b * c) for (a, b), (s, c) in zip(alone, beside.words.read(words), strict=True)]
            for beside in (self._left, self._right)
        )
        return Looked(traits=traits, left=left, right=right)

    def tag(self, looked: Looked, at: int, roles: Roles, least: float = 0.0) -> Tag | None:
        """Return what the field makes of a trigger, or None if it is a cue with a chance below `least`."""
        low, high = find_window(looked.traits, at)
        before, after = self._weigh_sides(looked, at, roles)
        traits = looked.traits
        source, content, own = self._add_up(spell_trigger_word(traits, at, roles.tell(at)))
        inwards = self._steps.run_inwards(before, after)
        cue = self._steps.weigh_cue(*inwards, (exp(source), exp(content)), exp(own))
        if cue < max(least, NEVER):
            return None
        earlier, later = self._steps.tell_before(before, inwards[0]), self._steps.tell_after(after, inwards[1])
        parts = (*earlier, (0.0, 0.0), *reversed(later))
        return Tag(low=low, cue=cue, source=[s for s, _ in parts], content=[c for _, c in parts])

    def _weigh_sides(self, looked: Looked, at: int, roles: Roles) -> tuple[list[Pair], list[Pair]]:
        """Return the odds of the words before and after a trigger, inwards."""
        low, high = find_window(looked.traits, at)
        trigger, told = look_up(looked.traits.words[at]), roles.tell_three(low, high)
        cut = at - low
        before = self._left.weigh_places(
            looked.left[low:at][::-1], looked.traits.cut(low, at, -1), trigger, told[:cut][::-1]
        )
        after = self._right.weigh_places(
            looked.right[at + 1 : high], looked.traits.cut(at + 1, high), trigger, told[cut + 1 :]
        )
        return before[::-1], after[::-1]
