"""Which words of a sentence may open an attribution?

A trigger is a word that may show somebody as saying, holding, wanting or showing something. The list is broad on
purpose: the tagger says which of its words do so where they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from firsthand.attribution.cues import Cue, inflect_verb, load_pack, read_list
from firsthand.attribution.text.tokens import Token
from firsthand.model import record

VERB, NOUN, ADJECTIVE = "verb", "noun", "adjective"
FRAMES: frozenset[str] = frozenset()


@record
class Trigger:
    """A word that may be a cue: its lemma, its classes joined, its part of speech, and what a cue of its kind does."""

    lemma: str
    classes: str
    part: str
    entry: Cue


@cache
def load_triggers() -> dict[str, Trigger]:
    """Return every English trigger by its lower-case form."""
    data, pack = read_list("triggers.toml"), load_pack("en")
    found: dict[str, Trigger] = {}
    for words, cue in pack.verbs.items():
        _add(found, words[0], cue.word.split()[0], VERB, cue)
    for cue_class, lemmas in data["verbs"].items():
        for lemma in lemmas:
            for form in (lemma, *(data["irregular"].get(lemma) or inflect_verb(lemma))):
                _add(found, form.split()[0], lemma.split()[0], VERB, Cue(word=lemma, cue_class=cue_class))
    for words, cue in pack.nouns.items():
        if len(words) == 1:
            _add(found, words[0], words[0].removesuffix("s"), NOUN, cue)
    for cue_class, lemmas in data["nouns"].items():
        part = NOUN if cue_class == "noun" else ADJECTIVE
        named = "believe" if cue_class == "adjective" else cue_class
        for lemma in lemmas:
            for form in _inflect_noun(lemma) if part == NOUN else (lemma,):
                _add(found, form, lemma, part, Cue(word=lemma, cue_class=named))
    return found


def _inflect_noun(lemma: str) -> tuple[str, str]:
    return lemma, lemma[:-1] + "ies" if lemma.endswith("y") and lemma[-2] not in "aeiou" else lemma + "s"


def _add(found: dict[str, Trigger], form: str, lemma: str, part: str, cue: Cue) -> None:
    """Add a form; one known already keeps its first cue and takes the further class and part of speech."""
    known = found.get(form)
    if known is None:
        found[form] = Trigger(lemma=lemma, classes=cue.cue_class, part=part, entry=cue)
        return
    classes = known.classes if cue.cue_class in known.classes.split("|") else f"{known.classes}|{cue.cue_class}"
    parts = known.part if part in known.part.split("|") else f"{known.part}|{part}"
    found[form] = Trigger(lemma=known.lemma, classes=classes, part=parts, entry=known.entry)


def find_triggers(
    tokens: Sequence[Token], idle: frozenset[str] = frozenset(), cues: Sequence[tuple[int, int]] = ()
) -> list[int]:
    """Return the places of a sentence's triggers; an idle word is one only inside the cues that rules found."""
    known = load_triggers()
    return [
        at
        for at, token in enumerate(tokens)
        if token.low in known
        and token.kind == "word"
        and (token.low not in idle or any(s <= token.start < e for s, e in cues))
    ]
