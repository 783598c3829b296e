"""Who does it, and what is it about, does a content say?

Rules without a parser: what stands before the first verb is the subject, and is "who" where it names somebody
and the verb is active; a passive's "by" gives "who"; words for things that news is about give "what".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from firsthand.claims.folding import stem_word
from firsthand.claims.numbers import find_numbers
from firsthand.claims.terms import find_meaning, load_stopwords, load_toml
from firsthand.claims.vocabulary import CLAUSE_GAP, Detail, Token, is_verb, list_words

LONGEST_SUBJECT = 7
WORDS_BEFORE_HEAD = 3
CODE = re.compile(r"[A-Z]{1,4}-\d+\w?")


def find_actors(tokens: Sequence[Token]) -> tuple[Detail, ...]:
    """Return who acts: the subject of an active verb where it names somebody, or what stands after "by"."""
    end, passive = find_verb(tokens)
    if passive:
        return tuple(find_agent(tokens, end))
    start = skip_articles(tokens, 1 if tokens and is_verb(tokens[0].folded) else 0, end)
    return tuple(describe_words(tokens, start, end))


def find_verb(tokens: Sequence[Token]) -> tuple[int, bool]:
    """Return the index of the first verb, 0 where none stands near the beginning, and whether it is a passive."""
    for at in range(1, min(LONGEST_SUBJECT + 1, len(tokens))):
        if CLAUSE_GAP.search(tokens[at].gap.replace("(", "").replace(")", "")) or "," in tokens[at].gap:
            return 0, False
        word = tokens[at].folded
        if word in list_words("words", "passives"):
            after = [token.folded for token in tokens[at + 1 : at + 4]]
            return at, any(is_participle(word) for word in after)
        if word in list_words("words", "auxiliaries"):
            after = [token.folded for token in tokens[at + 1 : at + 4]]
            return at, "been" in after
        if is_verb(word):
            return at, False
    return 0, False


def is_participle(word: str) -> bool:
    """Say whether a folded word may be the participle of a passive."""
    return is_verb(word) or bool(re.fullmatch(r"\w{2,}en|ge\w+t|shot|brought|sent|found|held|killed", word))


def skip_articles(tokens: Sequence[Token], start: int, end: int) -> int:
    """Return the index of the first token that is no article."""
    while start < end and tokens[start].folded in list_words("words", "articles"):
        start += 1
    return start


def find_agent(tokens: Sequence[Token], verb: int) -> list[Detail]:
    """Return who stands after "by" in the clause of a passive."""
    for at in range(verb, len(tokens)):
        if CLAUSE_GAP.search(tokens[at].gap):
            break
        if tokens[at].folded in list_words("words", "by"):
            start = skip_articles(tokens, at + 1, len(tokens))
            end = start
            while end < len(tokens) and end < start + 4 and (end == start or continues_name(tokens[end])):
                end += 1
            return describe_words(tokens, start, end)
    return []


def continues_name(token: Token) -> bool:
    """Say whether a token goes on with the words before it."""
    return not token.gap.strip(" -") and token.folded not in load_stopwords() and not is_verb(token.folded)


def describe_words(tokens: Sequence[Token], start: int, end: int) -> list[Detail]:
    """Return a detail for words that name somebody, up to the first preposition; none for pronouns and things.

    Letters in brackets after a name ("the Union of Workers (UWA)") are a fact about it and stand outside its words.
    """
    words: list[Token] = []
    if start < end and tokens[start].folded in list_words("words", "pronouns"):
        return []
    for token in tokens[start:end]:
        if words and (token.folded in load_stopwords() or token.gap.strip(" -")):
            break
        if not find_numbers(token.text) and token.folded not in load_stopwords():
            words.append(token)
    letters = [word for word in tokens[start:end] if words and "(" in word.gap and word.text.isupper()]
    alone = len(words) == 1
    facts = {
        fact for at, word in enumerate([*words, *letters]) for fact in describe_name(word, alone=alone, first=at == 0)
    }
    return [Detail("who", words[0].start, words[-1].end, frozenset(facts))] if facts else []


def describe_name(word: Token, *, alone: bool, first: bool) -> list[tuple[str, str]]:
    """Return the facts a word gives about who acts; kinds of persons do not exclude one another, names do.

    A capital shows a name, but on the first of several words it may only show where a sentence begins.
    Letters (UWA) may stand for any name, so they differ only from other letters.
    """
    meaning = find_meaning(word.folded)
    if meaning:
        return [(f"kind {meaning}", "")] if meaning.removeprefix("@") in list_words("words", "agents") else []
    capital = word.text[0].isupper() and word.folded not in list_words("words", "pronouns")
    kind = "letters" if word.text.isupper() and len(word.text) > 1 else "name"
    return [(kind, stem_word(word.folded))] if capital and (alone or not first) else []


def find_things(tokens: Sequence[Token], taken: Sequence[Detail]) -> tuple[Detail, ...]:
    """Return what it is about: words for things, with the words that qualify them, outside other details."""
    found: list[Detail] = []
    for at, token in enumerate(tokens):
        last = at + 1 == len(tokens) or not is_thing(tokens[at + 1]) or bool(tokens[at + 1].gap.strip(" -"))
        if not is_thing(token) or not last or any(d.start <= token.start < d.end for d in taken):
            continue
        start = find_start(tokens, at, taken)
        found.append(Detail("what", tokens[start].start, token.end, frozenset({describe_thing(token)})))
    return tuple(found)


def is_thing(token: Token) -> bool:
    """Say whether a word is a thing news is about: one of the things of `slots.toml`, or a code such as SA-7."""
    meaning = find_meaning(token.folded)
    if is_verb(token.folded) or token.folded in list_words("words", "no_things"):
        return False
    known = meaning is not None and meaning.removeprefix("@") in list_words("words", "things")
    return known or bool(CODE.fullmatch(token.text))


def describe_thing(token: Token) -> tuple[str, str]:
    """Return the fact: things of one family (missiles, rifles) may differ, others stand beside one another."""
    if CODE.fullmatch(token.text):
        return f"code {token.folded}", ""
    meaning = (find_meaning(token.folded) or "").removeprefix("@")
    family = next((name for name in sorted(load_families()) if meaning in load_families()[name]), "")
    return (family, meaning) if family else (f"thing {meaning}", "")


@cache
def load_families() -> dict[str, frozenset[str]]:
    """Return the families of things that exclude one another."""
    section = load_toml("slots.toml")["families"]
    assert isinstance(section, dict)
    return {str(name): frozenset(str(line).split()) for name, line in section.items()}


def find_start(tokens: Sequence[Token], at: int, taken: Sequence[Detail]) -> int:
    """Return where the words begin that qualify the head at `at`."""
    start = at
    while start and at - start < WORDS_BEFORE_HEAD and not tokens[start].gap.strip(" -"):
        before = tokens[start - 1]
        stops = before.folded in load_stopwords() or is_verb(before.folded) or bool(find_numbers(before.text))
        if stops or any(d.start <= before.start < d.end for d in taken):
            break
        start -= 1
    return start
