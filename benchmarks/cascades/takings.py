"""How does a report take words from another, and which words are then the same?

A taking is a list of words, each with the place it comes from; a word that was changed has none. Laid out as a text it
gives the runs that child and parent truly share.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from cascades.grammar import expand
from cascades.items import Run

FEWEST = 12
_WORD = re.compile(r"\w+")
_PIECE = re.compile(r"\S+")
_CONFUSED = (
    ("rn", "m"),
    ("m", "rn"),
    ("l", "1"),
    ("e", "c"),
    ("o", "0"),
    ("h", "b"),
    ("i", "j"),
    ("cl", "d"),
    ("n", "u"),
)


@dataclass(frozen=True)
class Text:
    """A text that can be taken from: its file, its words as they stand, where each stands."""

    file: str
    text: str
    places: tuple[tuple[int, int], ...]

    @property
    def words(self) -> list[Taken]:
        """All its words, each with its place."""
        return [Taken(self.text[start:end], self, at) for at, (start, end) in enumerate(self.places)]


@dataclass(frozen=True)
class Taken:
    """One word of a child, and the word of a parent it is, if it is one."""

    word: str
    parent: Text | None = None
    at: int = -1


def read_text(file: str, text: str, start: int = 0, end: int | None = None) -> Text:
    """Return a text that can be taken from between two of its characters."""
    stop = len(text) if end is None else end
    return Text(file, text, tuple(found.span() for found in _PIECE.finditer(text, start, stop)))


def new_words(text: str) -> list[Taken]:
    """Return words that come from nowhere."""
    return [Taken(found.group()) for found in _PIECE.finditer(text)]


def split_sentences(words: Sequence[Taken]) -> list[list[Taken]]:
    """Return the words sentence by sentence."""
    found: list[list[Taken]] = [[]]
    for taken in words:
        found[-1].append(taken)
        if taken.word.rstrip("\"'\u201d)")[-1:] in (".", "!", "?"):
            found.append([])
    return [sentence for sentence in found if sentence]


def abridge(words: Sequence[Taken], rng: Random, share: float = 0.5) -> list[Taken]:
    """Return some of the sentences, in their order: the first, and about a share of the rest."""
    sentences = split_sentences(words)
    return [w for at, sentence in enumerate(sentences) if at == 0 or rng.random() < share for w in sentence]


def edit(words: Sequence[Taken], rng: Random, share: float) -> list[Taken]:
    """Return the words with a share of them replaced, left out, doubled up or turned round."""
    found: list[Taken] = []
    for taken in words:
        if rng.random() >= share:
            found.append(taken)
            continue
        way = rng.randrange(4)
        fresh = Taken(expand(rng.choice(("adjective", "noun", "verb", "person", "adverb")), rng))
        found += [[fresh], [], [taken, fresh], [fresh, fresh]][way]
    return found


def smudge(words: Sequence[Taken], rng: Random, share: float = 0.1) -> list[Taken]:
    """Return the words as a scanner misreads them: letters confused in a share of them, some cut in two."""
    found: list[Taken] = []
    for taken in words:
        if rng.random() >= share or len(taken.word) < 4:
            found.append(taken)
            continue
        if rng.random() < 0.2:
            cut = rng.randrange(2, len(taken.word) - 1)
            found += [Taken(taken.word[:cut]), Taken(taken.word[cut:])]
            continue
        fitting = [pair for pair in _CONFUSED if pair[0] in taken.word]
        word = taken.word.replace(*rng.choice(fitting)) if fitting else taken.word + "'"
        found.append(Taken(word) if fitting else taken)
    return found


def cut_quote(text: Text, rng: Random, length: int) -> list[Taken]:
    """Return so many neighbouring words in quotation marks."""
    first = rng.randrange(max(1, len(text.places) - length))
    words = text.words[first : first + length]
    words[0] = Taken("\u201c" + words[0].word, text, words[0].at)
    words[-1] = Taken(words[-1].word + "\u201d", text, words[-1].at)
    return words


def splice(first: Text, second: Text, rng: Random) -> list[Taken]:
    """Return sentences of two texts in turns, about half of each."""
    mine, theirs = (split_sentences(text.words) for text in (first, second))
    parts = [mine[: len(mine) // 2], theirs[: len(theirs) // 2]]
    cuts = [len(part) // 2 for part in parts]
    order = [parts[0][: cuts[0]], parts[1][: cuts[1]], parts[0][cuts[0] :], parts[1][cuts[1] :]]
    if rng.random() < 0.5:
        order = [*parts]
    return [word for part in order for sentence in part for word in sentence]


def lay_out(words: Sequence[Taken], rng: Random, before: str = "", after: str = "") -> tuple[str, tuple[Run, ...]]:
    """Return the text, in paragraphs of its own between two templates, and the runs of `FEWEST` words and more."""
    pieces, places, at = [before], [], len(before)
    for number, taken in enumerate(words):
        ends = number and words[number - 1].word[-1:] in (".", "\u201d")
        gap = "" if not number else "\n\n" if ends and rng.random() < 0.35 else " "
        pieces += [gap, taken.word]
        places.append((at + len(gap), at + len(gap) + len(taken.word)))
        at += len(gap) + len(taken.word)
    text = "".join((*pieces, after))
    return text, tuple(_find_runs(words, places))


def _find_runs(words: Sequence[Taken], places: Sequence[tuple[int, int]]) -> list[Run]:
    """Return the stretches of words that follow one another in one parent too."""
    found, first = [], 0
    for at in range(1, len(words) + 1):
        here, last = words[at] if at < len(words) else Taken(""), words[at - 1]
        if here.parent is not None and here.parent is last.parent and here.at == last.at + 1:
            continue
        parent, stretch = words[first].parent, words[first:at]
        size = sum(len(_WORD.findall(taken.word)) for taken in stretch)
        if parent is not None and size >= FEWEST:
            there = parent.places[stretch[0].at][0], parent.places[stretch[-1].at][1]
            found.append(Run(parent.file, size, (places[first][0], places[at - 1][1]), there))
        first = at
    return found
