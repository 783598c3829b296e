"""What shows the part a word plays in an attribution?

What a word shows by itself is read once for each sentence; what depends on the trigger (side, distance, what lies
between, what the rules made of it) once for each trigger. `clues.py` spells it out for training; the field looks it up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import cache

from firsthand.attribution.cues import load_pack, read_list
from firsthand.attribution.grammar.hits import Finding
from firsthand.attribution.learnt.clues import (
    EDGE,
    Triple,
    find_alike,
    spell_beside,
    spell_between,
    spell_classes,
    spell_company,
    spell_distance,
    spell_roles,
    spell_side,
    spell_trigger,
    spell_word,
)
from firsthand.attribution.learnt.triggers import load_triggers
from firsthand.attribution.text.tokens import Token
from firsthand.model import record

BEFORE, AFTER = 45, 60
SMALL = (
    "auxiliaries",
    "pronouns",
    "determiners",
    "that",
    "relative",
    "negations",
    "conjunctions",
    "prepositions",
    "weekdays",
    "times",
    "adverbs",
)
NOUNS = ("sources", "roles", "groups", "documents", "outlets")
LEFT, RIGHT = "<", ">"
NEAR = (0, 1, 2, 3, 4, 5, 5, 5, *[8] * AFTER)
NOTHING, COMMA, VERB, THAT = 0, 1, 2, 3
MOST = 2
BETWEEN = 6 * (MOST + 1)
PASSED = (
    tuple(range(BETWEEN)),
    tuple(b + 6 if b // 6 < MOST else b for b in range(BETWEEN)),
    tuple(b + 2 if b % 6 // 2 < MOST else b for b in range(BETWEEN)),
    tuple(b | 1 for b in range(BETWEEN)),
)


@record
class Traits:
    """What the words of one sentence show by themselves.

    The words as the field knows them, their classes, and what passing each on the way to a trigger counts as.
    """

    words: list[str]
    classes: list[str]
    passing: list[int]

    def cut(self, first: int, last: int, step: int = 1) -> Traits:
        """Return the words from `first` to `last` (excluded), backwards where `step` is -1."""
        return Traits(
            words=self.words[first:last][::step],
            classes=self.classes[first:last][::step],
            passing=self.passing[first:last][::step],
        )


NO_ROLES: Triple = ("-", "-", "-")


@record
class Roles:
    """What the rules made of the words of a sentence, seen from one trigger.

    `ruled` holds the rules that fired on it with the roles they gave; `others` the roles all rules gave.
    """

    ruled: tuple[tuple[str, dict[int, str]], ...] = ()
    others: Mapping[int, str] = field(default_factory=dict)

    def tell(self, at: int) -> str:
        """Return what the rules made of a word, those that fired on the trigger first."""
        for rule, roles in self.ruled:
            if at in roles:
                return roles[at] + rule[:12]
        return ("+" if self.ruled else "-") + self.others.get(at, "")

    def tell_three(self, first: int, last: int) -> list[Triple]:
        """Return for each word from `first` to `last` (excluded) its role between its neighbours'."""
        lead, others = "+" if self.ruled else "-", self.others
        if not self.ruled and not others:
            return [NO_ROLES] * (last - first)
        roles = [lead + others[at] if at in others else lead for at in range(first - 1, last + 1)]
        for rule, given in reversed(self.ruled):
            for at, role in given.items():
                if first - 1 <= at <= last:
                    roles[at - first + 1] = role + rule[:12]
        return list(zip(roles, roles[1:], roles[2:], strict=False))


@cache
def _class_words() -> dict[str, str]:
    """Return the class of every small word, of words for sources, and of triggers."""
    small, people = load_pack("en").small, read_list("people.toml")
    found: dict[str, str] = {}
    for name in SMALL:
        for word in sorted(small[name]):
            found.setdefault(word, name)
    for name in NOUNS:
        for word in people[name]:
            found.setdefault(word, name)
    for word, trigger in load_triggers().items():
        found.setdefault(word, trigger.part)
    return found


@cache
def _tell_word(low: str) -> tuple[str, str]:
    """Return a word as the tagger knows it and its class."""
    if not low[0].isalnum():
        return low[:2], low[:1]
    if low[0].isdigit():
        return "#", "#"
    known = _class_words().get(low.removesuffix("'s"))
    if low.endswith(("'s", "s'")) and known != "pronouns":
        return low, f"{known or ''}'s"
    return low, known or find_alike(low) or f"-{low[-3:]}"


def read_traits(tokens: Sequence[Token]) -> Traits:
    """Return what each word of a sentence shows by itself."""
    words: list[str] = []
    classes: list[str] = []
    for token in tokens:
        if token.kind == "quote":
            word, kind = "“”", "quote"
        elif token.kind == "name":
            word, kind = "“”", "name"
        else:
            word, kind = _tell_word(token.low)
            if kind[0] in "-~" and words and token.kind == "word" and token.text[0].isupper():
                kind = "Name"
        words.append(word)
        classes.append(kind)
    return Traits(words=words, classes=classes, passing=list(map(_tell_passing, words, classes)))


def _tell_passing(word: str, kind: str) -> int:
    if kind in {"auxiliaries", "verb"} or word.endswith("ed"):
        return VERB
    return THAT if kind == "that" else COMMA if word == "," else NOTHING


def read_roles(tokens: Sequence[Token], finding: Finding) -> dict[int, str]:
    """Return the role a finding gives to each of a sentence's words it covers."""
    roles: dict[int, str] = {}
    spans = [("C", s) for s in finding.content] + ([("S", finding.source)] if finding.source else [])
    for at, token in enumerate(tokens):
        for role, (start, end) in spans:
            if token.start < end and start < token.end and start <= token.start + 1:
                roles[at] = role
    return roles


def find_window(traits: Traits, trigger: int) -> tuple[int, int]:
    """Return the first and the last place (excluded) of the words looked at around a trigger."""
    return max(0, trigger - BEFORE), min(len(traits.words), trigger + AFTER)


def look_up(word: str) -> tuple[str, str]:
    """Return a trigger's lemma and its classes."""
    known = load_triggers().get(word)
    return (known.lemma, known.classes) if known else (word, "")


def spell_window(traits: Traits, trigger: int, roles: Roles) -> tuple[int, list[list[str]]]:
    """Return where a trigger's window begins and all the traits of its words, for training."""
    low, high = find_window(traits, trigger)
    lemma, kind = look_up(traits.words[trigger])
    three = roles.tell_three(low, high)
    spelt = [spell_alone(traits, at) for at in range(low, high)]
    for side, places in ((LEFT, range(trigger - 1, low - 1, -1)), (RIGHT, range(trigger + 1, high))):
        between = 0
        for at, near in zip(places, NEAR[1:], strict=False):
            own = traits.classes[at]
            spelt[at - low] += (
                *spell_side(side, traits.words[at]),
                *spell_distance(side, lemma, kind, near, own),
                *spell_between(side, between, own),
                *spell_roles(side, three[at - low], own),
            )
            between = PASSED[traits.passing[at]][between]
    spelt[trigger - low] = spell_trigger_word(traits, trigger, roles.tell(trigger))
    return low, spelt


def spell_alone(traits: Traits, at: int) -> list[str]:
    """Return the traits that a word has by itself and by its neighbours."""
    words, classes = ((EDGE, *row, EDGE)[at : at + 3] for row in (traits.words, traits.classes))
    return [
        *spell_word(classes[1], words[1]),
        *spell_beside("-", words[0]),
        *spell_beside("+", words[2]),
        *spell_classes(*classes),
    ]


def spell_trigger_word(traits: Traits, at: int, role: str) -> list[str]:
    """Return all the traits of a trigger; `role` is what the rules made of it."""
    lemma, kind = look_up(traits.words[at])
    earlier, before, _, after, later = pad(traits.classes, at, 2)
    words = pad(traits.words, at, 1)
    return [
        *spell_alone(traits, at),
        *spell_trigger(lemma, kind, words[1], role),
        *spell_company((lemma, kind), (words[0], words[1], words[2]), (earlier, before), (after, later)),
    ]


def pad(row: Sequence[str], at: int, reach: int) -> list[str]:
    """Return what stands at a place and up to `reach` places around it, edges where the row ends."""
    return [row[i] if 0 <= i < len(row) else EDGE for i in range(at - reach, at + reach + 1)]
