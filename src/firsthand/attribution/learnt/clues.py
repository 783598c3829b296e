"""What does the field see of a word, in traits it knows?

A trait is a short string. Each function spells those of one kind of clue: of a word by itself, of its place beside a
trigger, of a trigger. The field is trained on the traits; when it reads, what each clue weighs is looked up.
"""

from __future__ import annotations

from functools import cache

from firsthand.attribution.cues import read_list

EDGE = "<>"
Traits = tuple[str, ...]
Triple = tuple[str, str, str]


@cache
def _word_classes() -> dict[str, str]:
    """Return the class of words that stand in like company, learnt from unlabelled text."""
    classes = read_list("../weights/classes.toml")["classes"]
    return {EDGE: EDGE} | {word: f"~{number}" for number, words in enumerate(classes) for word in words.split()}


def find_alike(word: str) -> str:
    """Return the class of the words that stand in like company as a word, or an empty string."""
    return _word_classes().get(word, "")


def spell_word(kind: str, word: str) -> Traits:
    """Return the traits of a word by itself: its letters, its class, its ending, the class of its like."""
    return f"w {word}", f"c {kind}", f"s {word[-3:]}", f"g {find_alike(word)}"


def spell_beside(mark: str, word: str) -> Traits:
    """Return the traits that the word before (`mark` "-") or after ("+") gives."""
    return f"w{mark} {word}", f"g{mark} {find_alike(word)}"


def spell_classes(before: str, own: str, after: str) -> Traits:
    """Return the traits of three classes in a row."""
    return f"cc {before} {own}", f"cn {own} {after}", f"ccc {before} {own} {after}"


def spell_side(side: str, word: str) -> Traits:
    """Return the trait of a word on one side of a trigger."""
    return (f"{side}w {word}",)


def spell_distance(side: str, lemma: str, kind: str, distance: int, own: str) -> Traits:
    """Return the traits of a class at a distance from a trigger of one lemma and kind."""
    return f"{side}{distance}", f"{side}{distance}{own}", f"k {kind}{side}{distance}", f"{side}{own} {lemma}"


def spell_between(side: str, between: int, own: str) -> Traits:
    """Return the traits of what lies between a trigger and a word: 6 for each comma, 2 for each verb, 1 for "that"."""
    commas, rest = divmod(between, 6)
    verbs, thats = divmod(rest, 2)
    return f"{side}{commas}{verbs}{thats}", f"{side}{commas}{verbs}{own}"


def spell_roles(side: str, roles: Triple, own: str) -> Traits:
    """Return the traits of what the rules made of a word, of the one before it and of the one after it."""
    before, role, after = roles
    return f"r {role}", f"r {role}{side}{own}", f"r {before}{role}{after}"


def spell_trigger(lemma: str, kind: str, word: str, role: str) -> Traits:
    """Return the traits of a trigger by itself."""
    return "T", f"Tl {lemma}", f"Tk {kind}", f"Tw {word}", f"Tg {find_alike(word)}", f"Tr {role}", f"Tr {role} {kind}"


def spell_company(trigger: tuple[str, str], words: Triple, before: tuple[str, str], after: tuple[str, str]) -> Traits:
    """Return the traits of a trigger (lemma, kind) among its neighbours.

    `words` are the one before it, itself and the one after it; `before` and `after` the classes of two on each side.
    """
    lemma, kind = trigger
    beside, alike = f"{before[1]} {after[0]}", find_alike(words[1])
    return (
        f"Tn {lemma} {after[0]}",
        f"Tp {before[1]} {lemma}",
        f"Tc {before[1]} {kind} {after[0]}",
        f"Tg {alike} {beside}",
        f"Tcc {before[0]} {before[1]} {kind}",
        f"Tnn {kind} {after[0]} {after[1]}",
        f"Tw+ {words[2]} {kind}",
        f"Tw- {words[0]} {kind}",
        f"Tx {words[1][-3:]} {beside}",
    )
