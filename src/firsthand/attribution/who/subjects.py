"""Whom is each sentence about?

The subject of a sentence is whom the next "she" or "the company" most likely means, whether it says anything or not.
A shallow reading of sentence openings: it costs one pass over the text and knows only small words, nouns and capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from firsthand.attribution.cues import Pack, read_list
from firsthand.model import record

OPENING = re.compile(r"(?:(?<=[.!?…])[\"”’»)]*[ \t]+|\n\s*|\A\s*)(?=[^\W_])")
WORD = re.compile(r"[^\W_]+(?:[-'’.&/][^\W_]+)*|[^\w\s]")
APPOSITION = re.compile(r",[^,;:\n]{3,60},?")
CONTRACTED = re.compile(r"['’](?:s|d|m|ll|ve|re)$")
PERSONAL = ("er", "or", "ist", "ian", "ant", "ent", "man", "woman", "ee", "eer", "ess", "ar", "al")
REACH = 150
LONGEST = 12
LEAD = 14
KINDS = ("sources", "roles", "groups", "documents", "masculine", "feminine")


@record
class Subject:
    """The words a sentence is about: where they begin, the noun phrase, and what follows it (for an apposition)."""

    place: int
    words: str
    rest: str


@cache
def _nouns() -> frozenset[str]:
    nouns = read_list("people.toml")
    return frozenset(word for kind in KINDS for word in nouns[kind])


def is_known_noun(word: str) -> bool:
    """Say whether a word is a noun for a person, an institution or a document, in singular or plural."""
    return word in _nouns() or (word.endswith("s") and word[:-1] in _nouns())


def looks_personal(noun: str) -> bool:
    """Say whether a noun that no list knows may be a person's, by its ending."""
    return noun.rstrip("s").endswith(PERSONAL)


def list_subjects(text: str, start: int, end: int, pack: Pack) -> Iterator[Subject]:
    """Yield what each sentence of `text[start:end]` is about, in order; sentences that do not show it are passed."""
    for match in OPENING.finditer(text, start, end):
        subject = _read_subject(text, match.end(), min(end, match.end() + REACH), pack)
        if subject is not None:
            yield subject


def _read_subject(text: str, start: int, end: int, pack: Pack) -> Subject | None:
    words = list(WORD.finditer(text, start, end))
    stop = next((i for i, w in enumerate(words) if w.group() in ".!?" or "\n" in text[start : w.start()]), len(words))
    words = words[:stop]
    first = _skip_lead([w.group().lower() for w in words], pack)
    last = _find_end(words, first, pack)
    if last <= first:
        return None
    place, close = words[first].start(), words[last - 1].end()
    rest = APPOSITION.match(text, close, words[-1].end())
    return Subject(place=place, words=text[place:close], rest=rest.group() if rest else "")


def _skip_lead(lows: Sequence[str], pack: Pack) -> int:
    """Return where the subject begins: past "But", "Privately," and "On Monday,"."""
    at = 0
    while at < len(lows) and (
        lows[at] == ","
        or pack.has("adverbs", lows[at])
        or (lows[at] in {"and", "but", "yet", "so", "then", "instead"})
        or (lows[at].endswith("ly") and at + 1 < len(lows) and lows[at + 1] == ",")
    ):
        at += 1
    if at < len(lows) and (pack.has("prepositions", lows[at]) or pack.has("conjunctions", lows[at])):
        return next((i + 1 for i in range(at, min(len(lows), at + LEAD)) if lows[i] == ","), len(lows))
    return at


def _find_end(words: Sequence[re.Match[str]], first: int, pack: Pack) -> int:
    """Return where the noun phrase that begins at `first` ends: before its verb, a preposition or a mark."""
    if first < len(words) and pack.has("pronouns", words[first].group().lower()):
        return first + 1
    at = first
    while at < len(words) and at - first < LONGEST and not _ends(words, at, first, pack):
        word = words[at].group().lower()
        if at > first and (
            pack.has("pronouns", word) or (is_known_noun(words[at - 1].group().lower()) and _goes_on(words[at].group()))
        ):
            break
        at += 1
    last = words[at - 1].group() if at > first else ""
    if at - first > 1 and last.islower() and last.endswith("s") and not is_known_noun(last):
        at -= words[at - 2].group()[:1].isupper()
    return at


def _goes_on(word: str) -> bool:
    """Say whether a word after a head noun is no part of the noun phrase any more."""
    return word.islower() and not is_known_noun(word)


def _ends(words: Sequence[re.Match[str]], at: int, first: int, pack: Pack) -> bool:
    word, inside = words[at].group(), at > first
    low = word.lower()
    if not low[:1].isalnum():
        return True
    if word[:1].isupper() and inside:
        return False
    if at == first + 1 and pack.has("determiners", words[first].group().lower()):
        return any(pack.has(group, low) for group in ("prepositions", "relative", "auxiliaries"))
    verb = pack.verbs.get((low,))
    return (
        any(pack.has(group, low) for group in ("prepositions", "relative", "auxiliaries", "finite", "conjunctions"))
        or (verb is not None and not verb.ambiguous)
        or (inside and (low.endswith(("ed", "ly")) or pack.has("adverbs", low)))
    )
