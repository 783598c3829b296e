"""Which words say that somebody said something?

A pack is one language's words, read from `packs/`: verbs of saying with their class, hedge strength, polarity and
frames, nouns such as "claim", phrases such as "according to", and the small words the grammar steers by.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from firsthand.attribution.conjugation import inflect_french, inflect_german
from firsthand.attribution.text.tokens import Token
from firsthand.model import record

LANGUAGES = ("en", "fr", "de", "es")
VOWELS = "aeiou"
INFLECTIONS = {"fr": inflect_french, "de": inflect_german}
Phrases = Mapping[str, tuple[tuple[str, ...], ...]]


@record
class Cue:
    """A word of saying: its class, how much it hedges (0 to 1), its polarity, and what may follow it."""

    word: str
    cue_class: str
    hedge: float = 0.0
    polarity: int = 1
    frames: frozenset[str] = frozenset()
    ambiguous: bool = False


@record
class Pack:
    """One language's words. `small` holds the sets of small words by name; phrases are tuples of words."""

    language: str
    comma_clause: bool
    small: Mapping[str, frozenset[str]]
    verbs: Mapping[tuple[str, ...], Cue]
    nouns: Mapping[tuple[str, ...], Cue]
    phrases: Mapping[str, Mapping[str, Phrases]]
    hedges: Mapping[tuple[str, ...], float]

    def has(self, group: str, word: str) -> bool:
        """Say whether a lower-case word belongs to one of the sets of small words."""
        return word in self.small[group]


@cache
def read_list(name: str) -> Mapping[str, Any]:
    """Return one data file of the package as TOML reads it."""
    text = resources.files("firsthand.attribution").joinpath("packs", name).read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def load_pack(language: str) -> Pack:
    """Return the words of a language given as ISO 639-1 code; English where there is no pack."""
    code = language[:2].lower()
    data = read_list(f"{code if code in LANGUAGES else 'en'}.toml")
    verbs: dict[tuple[str, ...], Cue] = {}
    ambiguous = frozenset(data["ambiguous"]["forms"])
    for entry in data["verbs"]:
        for lemma, form in _list_forms(entry, data["irregular"], data.get("inflection", "en")):
            words = tuple(form.split())
            cue = _make_cue(lemma, entry, form in ambiguous)
            verbs[words] = cue if words not in verbs else _join_cues(verbs[words], cue)
    nouns = {
        tuple(form.split()): _make_cue(form, entry, False) for entry in data.get("nouns", ()) for form in entry["words"]
    }
    return Pack(
        language=code if code in LANGUAGES else "en",
        comma_clause=data["comma_clause"],
        small={
            name: frozenset(words)
            for name, words in data.items()
            if isinstance(words, list) and name not in {"verbs", "nouns"}
        },
        verbs=verbs,
        nouns=nouns,
        phrases={part: _index_phrases(data[part]) for part in ("according", "citing", "passive_reports")},
        hedges={tuple(form.split()): float(strength) for form, strength in data["hedges"].items()},
    )


@cache
def load_openers(language: str) -> Mapping[str, frozenset[str]]:
    """Return the first words of a language's verbs and nouns of saying, and of what names whom it accords with."""
    pack = load_pack(language)
    passives, according = pack.phrases["passive_reports"]["words"], pack.phrases["according"]
    return {
        "verbs": frozenset(words[0] for words in pack.verbs),
        "nouns": frozenset(words[0] for words in pack.nouns) | frozenset(passives),
        "according": frozenset(word for name in ("phrases", "after", "so") for word in according[name]),
    }


def _make_cue(word: str, entry: Mapping[str, Any], ambiguous: bool) -> Cue:
    return Cue(
        word=word,
        cue_class=entry["class"],
        hedge=float(entry.get("hedge", 0.0)),
        polarity=int(entry.get("polarity", 1)),
        frames=frozenset(entry.get("frames", ())),
        ambiguous=ambiguous,
    )


def _join_cues(one: Cue, other: Cue) -> Cue:
    """Return the first of two entries for one word, with the frames of both."""
    return Cue(
        word=one.word,
        cue_class=one.cue_class,
        hedge=one.hedge,
        polarity=one.polarity,
        frames=one.frames | other.frames,
        ambiguous=one.ambiguous,
    )


def _index_phrases(section: Mapping[str, Sequence[str]]) -> Mapping[str, Phrases]:
    """Return phrases by the list they belong to and by their first word, the longest first."""
    return {name: _index_list(phrases) for name, phrases in section.items()}


def _index_list(phrases: Sequence[str]) -> Phrases:
    split = sorted((tuple(p.split()) for p in phrases), key=len, reverse=True)
    return {first: tuple(p for p in split if p[0] == first) for first in sorted({p[0] for p in split})}


def _list_forms(
    entry: Mapping[str, Any], irregular: Mapping[str, list[str]], inflection: str
) -> Iterable[tuple[str, str]]:
    """Yield (lemma, form) for a list of lemmas, which are inflected, or of forms, which are not."""
    for form in entry.get("forms", ()):
        yield form, form
    for lemma in entry.get("words", ()):
        if inflection in INFLECTIONS:
            yield from ((lemma, form) for form in INFLECTIONS[inflection](lemma, irregular))
            continue
        yield lemma, lemma
        for form in irregular.get(lemma) or inflect_verb(lemma):
            yield lemma, form


def inflect_verb(lemma: str) -> tuple[str, ...]:
    """Return the regular English forms of a verb; of a phrase such as "point out", those of its first word."""
    verb, _, rest = lemma.partition(" ")
    rest = f" {rest}" if rest else ""
    if verb.endswith("e"):
        forms = (verb + "s", verb + "d", verb[:-1] + "ing")
    elif verb.endswith("y") and verb[-2] not in VOWELS:
        forms = (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    elif verb.endswith(("sh", "ch", "ss", "x")):
        forms = (verb + "es", verb + "ed", verb + "ing")
    else:
        forms = (verb + "s", verb + "ed", verb + "ing")
    return tuple(form + rest for form in forms)


def match_phrase(tokens: Sequence[Token], at: int, phrases: Phrases) -> int:
    """Return the length of the first of the phrases that stands at `at`, or 0."""
    known = phrases.get(tokens[at].low) if at < len(tokens) else None
    for phrase in known or ():
        if at + len(phrase) <= len(tokens) and all(tokens[at + k].low == word for k, word in enumerate(phrase)):
            return len(phrase)
    return 0


def find_phrase(text: str, phrases: Iterable[str]) -> str:
    """Return the first of the phrases that stands in a text as whole words, or an empty string."""
    padded = f" {' '.join(text.lower().replace('’', chr(39)).split())} "
    return next((p for p in phrases if f" {p} " in padded or f" {p}," in padded or f" {p}." in padded), "")


def guess_language(text: str) -> str:
    """Return the language among those with a pack whose small words are the most frequent in a text's beginning."""
    words = text[:4000].lower().split()
    counts = {code: sum(1 for w in words if w in _small_words(code)) for code in LANGUAGES}
    return max(LANGUAGES, key=lambda code: counts[code])


@cache
def _small_words(language: str) -> frozenset[str]:
    small = load_pack(language).small
    return small["determiners"] | small["prepositions"] | small["conjunctions"] | small["auxiliaries"]
