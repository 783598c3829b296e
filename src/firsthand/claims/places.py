"""Where from, by what way, where to and where, does a content say?

A preposition tells the part a place plays; a place is a name, or a common noun of place ("the quay").
"Northern" and its like are facts about the name they stand by, so northern Mali is not northern Niger,
and eastern Libya is Libya with more detail.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from firsthand.claims.folding import stem_word
from firsthand.claims.terms import find_meaning, load_stopwords, load_toml
from firsthand.claims.vocabulary import (
    CLAUSE_GAP,
    Detail,
    Token,
    list_phrases,
    list_words,
    map_words,
    match_phrase,
)

SLOTS = ("from", "via", "to", "where")
COUNTRIES_IN_CAPITALS = frozenset({"US", "UK", "UAE", "EU"})
COMPASS = {"nord": "@north", "sud": "@south", "ost": "@east", "west": "@west"}
LOWER_WORDS_BEFORE_NOUN = 3
WORDS_TO_ORIGIN = 6
ENGLISH_ARTICLES = frozenset({"a", "A"})  # folding makes the French "à" one of them
Fact = tuple[str, str]


@cache
def load_exonyms() -> dict[str, str]:
    """Return the foreign names of countries, each with the English one."""
    table = load_toml("exonyms.toml")["names"]
    assert isinstance(table, dict)
    return {str(name): str(english) for name, english in table.items()}


@cache
def load_prepositions() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return the phrases that stand before a place with the slot each opens, the longest first."""
    pairs = [(phrase, slot) for slot in SLOTS for phrase in list_phrases("prepositions", slot)]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def find_places(tokens: Sequence[Token]) -> tuple[Detail, ...]:
    """Return the places that stand after a preposition, each with its slot and facts.

    "From depots in Libya" and "acquired missiles in Libya" tell where from: Libya.
    """
    found: list[Detail] = []
    at, origin_until = 0, 0
    while at < len(tokens):
        slot, size = match_preposition(tokens, at)
        places = read_places(tokens, at + size, slot) if slot else []
        if slot == "where" and at < origin_until:
            places = [Detail("from", place.start, place.end, place.facts) for place in places]
        if CLAUSE_GAP.search(tokens[at].gap) or places:
            origin_until = 0
        if not places and opens_origin(tokens, at, slot, size):
            origin_until = at + size + WORDS_TO_ORIGIN
        found += [place for place in places if not ends_group_name(tokens, at, place)]
        at += 1
        while places and at < len(tokens) and tokens[at].start < places[-1].end:
            at += 1
    return tuple(found)


def opens_origin(tokens: Sequence[Token], at: int, slot: str, size: int) -> bool:
    """Say whether a place soon after may be the origin: "from" before a thing, or a word for taking or buying."""
    if slot == "from" and at + size < len(tokens):
        after = tokens[at + size].folded
        return after not in map_words("time", "weekdays") and after not in map_words("time", "months")
    return find_meaning(tokens[at].folded) == "@theft"


def ends_group_name(tokens: Sequence[Token], at: int, place: Detail) -> bool:
    """Say whether a place belongs to a group's name: its letters follow in brackets, or "in the" stands inside it.

    "The Union of Workers in Ardal (UWA)", "al-Salam in the Islamic East"; `at` is the preposition.
    """
    after = next((token for token in tokens if token.start >= place.end), None)
    letters = after is not None and after.gap.strip() == "(" and after.text.isupper()
    inside = at > 0 and "-" in tokens[at - 1].text and [t.folded for t in tokens[at : at + 2]] == ["in", "the"]
    return letters or inside


def match_preposition(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """Return the slot opened by the words at `at` and how many they are; an empty slot where they open none."""
    for phrase, slot in load_prepositions():
        if tokens[at].folded == phrase[0] and match_phrase(tokens, at, (phrase,)):
            return ("", 0) if tokens[at].text in ENGLISH_ARTICLES and len(phrase) == 1 else (slot, len(phrase))
    return "", 0


def read_places(tokens: Sequence[Token], at: int, slot: str) -> list[Detail]:
    """Return the places that stand one after another from `at` on: "Chad and Niger", "Chad, Niger and Mali"."""
    found: list[Detail] = []
    while True:
        end, facts = read_place(tokens, at)
        if not facts:
            return found
        while tokens[at].folded in list_words("words", "articles"):
            at += 1
        found.append(Detail(slot, tokens[at].start, tokens[end - 1].end, frozenset(facts)))
        at = end
        if at < len(tokens) and tokens[at].folded in list_words("words", "joiners"):
            at += 2 if tokens[at + 1 : at + 2] and tokens[at + 1].folded in list_words("words", "then") else 1
        elif not (at < len(tokens) and tokens[at].gap.strip() == ","):
            return found
        if at >= len(tokens) or not (tokens[at].text[0].isupper() or is_modifier(tokens[at])):
            return found


def read_place(tokens: Sequence[Token], at: int) -> tuple[int, set[Fact]]:
    """Return where the place that begins at `at` ends, and its facts; no facts where no place stands there."""
    sides: list[str] = []
    begin = at
    while at < len(tokens) and goes_on(tokens, begin, at):
        folded = tokens[at].folded
        if is_modifier(tokens[at]):
            sides.append(find_side(folded))
        elif folded not in list_words("words", "articles") and not (sides and folded in list_words("words", "of")):
            break
        at += 1
    end = read_name(tokens, at, begin)
    if end > at and is_cut_short(tokens, end):
        return at, set()
    if end > at:
        facts = describe_name([token.folded for token in tokens[at:end]], sides)
        noun = end < len(tokens) and not tokens[end].gap.strip() and is_place_noun(tokens[end].folded)
        return (end + 1, facts | describe_noun(tokens[end])) if noun else (end, facts)
    end = read_noun(tokens, at, begin)
    if end > at:
        return read_name_after(tokens, end, describe_noun(tokens[end - 1]))
    return at, set()


def is_modifier(token: Token) -> bool:
    """Say whether a word tells a part of a place: northern, upper."""
    return token.folded in list_words("words", "modifiers")


def is_place_noun(word: str) -> bool:
    """Say whether a folded word is a common noun of place, of one or of several."""
    nouns = list_words("words", "place_nouns")
    return word in nouns or word.removesuffix("s") in nouns


def goes_on(tokens: Sequence[Token], begin: int, at: int) -> bool:
    """Say whether the token at `at` still belongs to what began at `begin`: no comma or clause end between."""
    return at == begin or ("," not in tokens[at].gap and not CLAUSE_GAP.search(tokens[at].gap))


def read_name(tokens: Sequence[Token], at: int, begin: int) -> int:
    """Return where the name that begins at `at` ends; `at` itself where none does."""
    end = at
    while end < len(tokens) and goes_on(tokens, begin, end) and is_place_name(tokens[end]):
        end += 1
    return end


def is_cut_short(tokens: Sequence[Token], end: int) -> bool:
    """Say whether a name goes on with a word that is no place's: "Velmar Savings Bank", "State Food Office"."""
    if end >= len(tokens) or tokens[end].gap != " " or not tokens[end].text[0].isupper():
        return False
    word = tokens[end].folded
    return word not in map_words("time", "weekdays") and word not in map_words("time", "months")


def is_place_name(token: Token) -> bool:
    """Say whether a word may be the name of a place: a capital, and no day, month, title or known thing."""
    if not token.text[0].isupper() or (token.text.isupper() and token.text not in COUNTRIES_IN_CAPITALS):
        return False
    word = token.folded
    if is_place_noun(word) or is_modifier(token):
        return True
    calendar = word.startswith(tuple(map_words("time", "weekdays"))) or word in map_words("time", "months")
    known = find_meaning(word) is not None or word in load_stopwords() or word in list_words("words", "no_places")
    return not calendar and not known


def read_noun(tokens: Sequence[Token], at: int, begin: int) -> int:
    """Return where a common noun of place ends that stands within a few words of `at`; `at` where none does."""
    for end in range(at, min(at + LOWER_WORDS_BEFORE_NOUN, len(tokens))):
        if not goes_on(tokens, begin, end):
            break
        if is_place_noun(tokens[end].folded):
            return end + 1
        if tokens[end].folded in load_stopwords():
            break
    return at


def read_name_after(tokens: Sequence[Token], at: int, facts: set[Fact]) -> tuple[int, set[Fact]]:
    """Return the end and facts of "the port of Darsa", where a name may follow the noun of place."""
    if at < len(tokens) and tokens[at].folded in list_words("words", "of") and not tokens[at].gap.strip():
        end = read_name(tokens, at + 1, at + 1)
        if end > at + 1:
            return end, facts | describe_name([token.folded for token in tokens[at + 1 : end]], [])
    return at, facts


def describe_name(words: list[str], sides: list[str]) -> set[Fact]:
    """Return the facts about a name of one or more folded words: the name, and on which side of it."""
    sides = sides + [find_side(word) for word in words if word in list_words("words", "modifiers")]
    kept = [word for word in words if word not in list_words("words", "modifiers")]
    side, rest = split_compass(kept[0]) if len(kept) == 1 else ("", "")
    if rest:
        kept, sides = [rest], [*sides, side]
    name = " ".join(stem_word(load_exonyms().get(word, word)) for word in kept) or "?"
    return {("name", name)} | {(f"side of {name}", side) for side in sides}


def split_compass(word: str) -> tuple[str, str]:
    """Return side and name of a German compound ("nordmali"); empty where it is none, or its rest is too short."""
    for start, side in COMPASS.items():
        if word.startswith(start) and len(word) - len(start) >= 4:
            return side, word.removeprefix(start)
    return "", ""


def find_side(word: str) -> str:
    """Return the side that a modifier names, the same in all languages."""
    return find_meaning(word) or stem_word(word)


def describe_noun(token: Token) -> set[Fact]:
    """Return the fact that a common noun of place gives; two such nouns may be one place, so they never differ."""
    return {(f"place {find_meaning(token.folded) or stem_word(token.folded)}", "")}
