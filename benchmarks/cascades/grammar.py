"""How does one sentence come out unlike the next?

A grammar of our own: frames that call for word classes and for each other, a vocabulary of some 1,200 words, and names
made of syllables. `expand` makes one text; `compile_frames` turns frames into rows of pools, from which `articles`
draws by the million.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
_SLOT = re.compile(r"\{(\w+)((?::\w+)*)\}")
_VOWELS = frozenset("aeiou")
_DOUBLED = re.compile(r"[^aeiou]*[aeiou][bdgklmnprt]|permit|transfer")
_IRREGULAR = {"rise": "rose", "rebuild": "rebuilt"}


@cache
def read_words() -> Mapping[str, tuple[str, ...]]:
    """Return the word classes; a class whose entries hold blanks parts them by strokes."""
    words = tomllib.loads((HERE / "vocabulary.toml").read_text(encoding="utf-8"))["words"]
    return {
        name: tuple(dict.fromkeys(text.split("|") if "|" in text else text.split())) for name, text in words.items()
    }


@cache
def read_frames() -> Mapping[str, tuple[str, ...]]:
    """Return the frames by name."""
    frames = tomllib.loads((HERE / "vocabulary.toml").read_text(encoding="utf-8"))["frames"]
    return {name: tuple(held) for name, held in frames.items()}


@cache
def bend(word: str, form: str) -> str:
    """Return a word in the form asked for: "ed" past, "ing" participle, "s" plural, "cap" with a capital."""
    return {"cap": _capitalise, "s": _make_plural, "ed": _make_past, "ing": _make_participle}[form](word)


def _capitalise(word: str) -> str:
    return word[:1].upper() + word[1:]


def _make_plural(word: str) -> str:
    if word.endswith("man"):
        return word[:-3] + "men"
    if word.endswith("y") and word[-2] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


def _make_past(word: str) -> str:
    if word in _IRREGULAR or word.endswith("e"):
        return _IRREGULAR.get(word, word + "d")
    if word.endswith("y") and word[-2] not in _VOWELS:
        return word[:-1] + "ied"
    return word + (word[-1] if _DOUBLED.fullmatch(word) else "") + "ed"


def _make_participle(word: str) -> str:
    if word.endswith("ie"):
        return word[:-2] + "ying"
    if word.endswith("e") and not word.endswith("ee"):
        return word[:-1] + "ing"
    return word + (word[-1] if _DOUBLED.fullmatch(word) else "") + "ing"


def expand(name: str, rng: Random) -> str:
    """Return one text made from the frames of a name, or one word of a class."""
    frames = read_frames()
    if name not in frames:
        return rng.choice(read_words()[name])

    def fill(slot: re.Match[str]) -> str:
        text = expand(slot.group(1), rng)
        for form in slot.group(2).split(":")[1:]:
            text = bend(text, form)
        return text

    return add_article(_SLOT.sub(fill, rng.choice(frames[name])))


def add_article(text: str) -> str:
    """Return a text with "an" where a vowel follows."""
    return re.sub(r"\b([Aa]) (?=[aeiou])", r"\1n ", text)


def write_sentences(rng: Random, count: int) -> list[str]:
    """Return sentences about nothing in particular, each with its full stop."""
    return [expand("SENTENCE", rng) + "." for _ in range(count)]


@cache
def _pool_names(name: str) -> tuple[str, ...]:
    """Return some thousands of names of a kind."""
    rng = Random(name)
    return tuple(expand(name, rng) for _ in range(4000))


def compile_frame(name: str, rng: Random) -> list[tuple[str, ...]]:
    """Return one frame drawn down to its words: for each place the words that may stand there."""
    frames, words = read_frames(), read_words()
    if name in ("PLACE", "NAME"):
        return [_pool_names(name)]
    if name not in frames:
        return [words[name]]
    return [pool for piece in rng.choice(frames[name]).split() for pool in _compile_piece(piece, rng)]


def _compile_piece(piece: str, rng: Random) -> list[tuple[str, ...]]:
    """Return the pools of one piece of a frame between blanks: a word, or a slot with the marks around it."""
    found = _SLOT.search(piece)
    if found is None:
        return [(piece,)]
    pools = compile_frame(found.group(1), rng)
    for form in found.group(2).split(":")[1:]:
        pools[0] = tuple(bend(word, form) for word in pools[0])
    before, after = piece[: found.start()], piece[found.end() :]
    pools[0] = tuple(before + word for word in pools[0])
    pools[-1] = tuple(word + after for word in pools[-1])
    return pools


def pick(rng: Random, choices: Sequence[str]) -> str:
    """Return one of some texts."""
    return choices[rng.randrange(len(choices))]
