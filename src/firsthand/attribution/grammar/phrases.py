"""Which words name the source, to the left or to the right of the saying word?

A shallow reader of noun phrases: it knows small words and capitals, and no dictionary.
"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.attribution.cues import Pack, read_list
from firsthand.attribution.grammar.appositions import LONGEST, extend_apposition, extend_name, starts_apposition
from firsthand.attribution.grammar.words import is_capital, is_finite, is_person_noun
from firsthand.attribution.text.tokens import Token
from firsthand.attribution.who.subjects import looks_personal
from firsthand.model import record

_BEING = frozenset({"is", "are", "was", "were", "been", "be", "am"})


@record
class Phrase:
    """Tokens `first` to `last` (excluded) of a sentence; the noun phrase proper ends at `head_last`."""

    first: int
    last: int
    head_last: int


def has_clause(tokens: Sequence[Token], first: int, last: int, pack: Pack) -> bool:
    """Say whether tokens hold a subject and something like a verb."""
    if last - first < 2:
        return False
    loose = pack.language != "en"
    for at in range(first + 1, min(last, first + 24)):
        if is_finite(tokens, at, pack):
            return True
        token = tokens[at]
        if (
            token.kind == "word"
            and token.text.islower()
            and len(token.low) > 3
            and token.low[-1] == "s"
            and token.low[-2] not in "s'u"
        ):
            loose = loose or pack.has("pronouns", tokens[at - 1].low) or is_capital(tokens[at - 1]) or at - first >= 2
    return loose and last - first >= 3


def _blocks_left(tokens: Sequence[Token], at: int, pack: Pack) -> bool:
    """Say whether a noun phrase read leftwards ends before this token."""
    token = tokens[at]
    if token.kind == "quote" or (token.kind == "mark" and token.text not in "&$%'’#@/€£"):
        return True
    if token.low in {"and", "et", "und", "y"} and 0 < at < len(tokens) - 1:
        joined = is_capital(tokens[at - 1]) and (
            is_capital(tokens[at + 1]) or pack.has("determiners", tokens[at + 1].low)
        )
        return not joined
    if pack.has("conjunctions", token.low):
        return True
    if pack.has("auxiliaries", token.low) and not is_capital(token):
        return True
    cue = pack.verbs.get((token.low,))
    return cue is not None and not cue.ambiguous and not pack.has("determiners", tokens[at - 1].low if at else "")


def read_left(tokens: Sequence[Token], end: int, pack: Pack, low: int = 0) -> Phrase | None:
    """Return the noun phrase that ends just before `end` (None where there is none), not looking before `low`."""
    first = end
    while first > low and end - first < LONGEST and not _blocks_left(tokens, first - 1, pack):
        if pack.has("pronouns", tokens[first - 1].low) and not is_capital(tokens[first - 1]) and first != end:
            break
        first -= 1
        if first > low and tokens[first].low in {"the", "a", "an"} and _starts_phrase(tokens, first, pack):
            break
    first = _cut_opening(tokens, first, end, pack)
    if first >= end or not any(_is_noun_like(t, pack) for t in tokens[first:end]):
        return None
    return Phrase(first=first, last=end, head_last=end)


def _is_noun_like(token: Token, pack: Pack) -> bool:
    if token.kind == "name":
        return True
    if token.kind != "word" or pack.has("prepositions", token.low) or pack.has("adverbs", token.low):
        return False
    return not pack.has("determiners", token.low) or token.low in {"one", "some", "many", "both", "all", "this", "that"}


def _cut_opening(tokens: Sequence[Token], first: int, end: int, pack: Pack) -> int:
    """Leave out adverbs, an opening "on Monday" or "in the morning", and "looking for" of a verb before the phrase."""
    while (
        first < end and (pack.has("adverbs", tokens[first].low) or tokens[first].low.endswith("ly")) and end - first > 1
    ):
        first += 1
    if first and pack.language == "en" and tokens[first].low.endswith("ing") and tokens[first - 1].low in _BEING:
        first = next((at + 1 for at in range(first + 1, end - 1) if pack.has("prepositions", tokens[at].low)), first)
    if (
        end - first > 2
        and tokens[first].low in {"this", "last", "next"}
        and pack.has("time_nouns", tokens[first + 1].low)
    ):
        first += 2
    if first >= end or not pack.has("prepositions", tokens[first].low):
        return first
    for at in range(end - 1, first + 1, -1):
        before = tokens[at - 1]
        starts = pack.has("determiners", tokens[at].low) or pack.has("pronouns", tokens[at].low)
        starts = starts or (is_capital(tokens[at]) and (not is_capital(before) or pack.has("times", before.low)))
        starts = starts or (before.low.isdigit() and at > first + 1)
        opens = pack.has("prepositions", before.low) or pack.has("determiners", before.low)
        if starts and not opens and not _follows_of(tokens, first, at, pack):
            return at
    return end


def _follows_of(tokens: Sequence[Token], first: int, at: int, pack: Pack) -> bool:
    """Say whether an adjective or name between a determiner and `at` makes `at` part of the same phrase."""
    return is_capital(tokens[at]) and pack.has("determiners", tokens[at - 1].low) and at - 1 > first


def is_speaker(tokens: Sequence[Token], phrase: Phrase, pack: Pack) -> bool:
    """Say whether a noun phrase names a person, an institution or a document: by pronoun, capital or noun."""
    words = tokens[phrase.first : phrase.head_last]
    if len(words) == 1 and (pack.has("pronouns", words[0].low) or pack.has("relative", words[0].low)):
        return True
    nouns = read_list("people.toml")
    if any(w.low.removesuffix("'s") in nouns[n] for n in ("sources", "roles", "groups", "documents") for w in words):
        return True
    return any(is_capital(t) for t in words if t.start != tokens[0].start) or _is_opening_name(words, pack)


def _is_opening_name(words: Sequence[Token], pack: Pack) -> bool:
    """Say whether the capital with which a sentence begins may be a name's, and is no adverb's."""
    plain = any(pack.has(group, words[0].low) for group in ("conjunctions", "adverbs", "prepositions", "times"))
    return is_capital(words[0]) and len(words) <= 3 and not plain and not words[0].low.endswith("ly")


def find_named(tokens: Sequence[Token], before: int) -> int:
    """Return the length of the name a sentence begins with, or 0 where a common word begins it."""
    end = 0
    while end < before and is_capital(tokens[end]):
        end += 1
    return end if 0 < end < before and tokens[end].text != "," else 0


def read_subject(tokens: Sequence[Token], verb: int, pack: Pack, low: int = 0) -> Phrase | None:
    """Return the subject that stands before the verb group beginning at `verb`, apposition included."""
    if verb <= low:
        return None
    before = tokens[verb - 1]
    if before.text == ",":
        return _read_apposed(tokens, verb - 1, pack, low)
    if before.text == ")":
        return _read_bracketed(tokens, verb, pack, low)
    if pack.has("relative", before.low):
        return _read_antecedent(tokens, verb - 1, pack, low)
    if pack.has("pronouns", before.low):
        return Phrase(first=verb - 1, last=verb, head_last=verb)
    near = read_left(tokens, verb, pack, low)
    return near and (_read_described(tokens, near, pack, low) or _read_double(tokens, near, pack, low) or near)


def _read_bracketed(tokens: Sequence[Token], verb: int, pack: Pack, low: int) -> Phrase | None:
    """Return "Bobby Scott (D-Va.)", whose closing bracket stands before `verb`."""
    opening = next((i for i in range(verb - 2, max(low, verb - 14) - 1, -1) if tokens[i].text == "("), None)
    head = read_left(tokens, opening, pack, low) if opening is not None else None
    return Phrase(first=head.first, last=verb, head_last=head.last) if head else None


def _read_double(tokens: Sequence[Token], near: Phrase, pack: Pack, low: int) -> Phrase | None:
    """Return "The former mayor and party chairman", where `near` is "party chairman", if that opens the sentence."""
    joint = near.first - 1
    if joint < low + 2 or not pack.has("joins", tokens[joint].low):
        return None
    far = read_left(tokens, joint, pack, low)
    if far is None or far.first > low or not pack.has("determiners", tokens[far.first].low):
        return None
    verbs = any(is_finite(tokens, at, pack) for at in range(far.first + 1, joint))
    return None if verbs else Phrase(first=far.first, last=near.last, head_last=near.head_last)


def _read_described(tokens: Sequence[Token], near: Phrase, pack: Pack, low: int) -> Phrase | None:
    """Return "A herder who had passed the camp", where `near` is "the camp"; None where no such clause ends in it."""
    for at in range(near.first - 1, max(low, near.first - 12), -1):
        if tokens[at].kind != "word":
            return None
        if tokens[at].low == "who":
            verbs = any(is_finite(tokens, n, pack) for n in range(at + 1, near.first))
            verbs = verbs or (tokens[at + 1].text.islower() and tokens[at + 1].low.endswith("s"))
            head = read_left(tokens, at, pack, low) if verbs else None
            return Phrase(first=head.first, last=near.last, head_last=head.last) if head else None
    return None


def _read_antecedent(tokens: Sequence[Token], relative: int, pack: Pack, low: int) -> Phrase | None:
    """Return what "who" or "which" stands for: the noun phrase before it."""
    end = relative - 1 if relative > low and tokens[relative - 1].text == "," else relative
    head = read_left(tokens, end, pack, low)
    if head is None:
        return None
    first = head.first
    if first > low + 1 and tokens[first - 1].text == "," and extend_name(tokens, first - 1) == end:
        apposed = read_left(tokens, first - 1, pack, low)
        return Phrase(first=apposed.first, last=end, head_last=apposed.last) if apposed else head
    for at in range(end - 1, head.first, -1):
        if pack.has("prepositions", tokens[at - 1].low) and not pack.has("of", tokens[at - 1].low):
            first = at
            break
    return Phrase(first=first, last=end, head_last=end)


def _read_apposed(tokens: Sequence[Token], comma: int, pack: Pack, low: int) -> Phrase | None:
    """Return "Name, a steward of the union," read from its last comma."""
    end, found = comma, None
    for _ in range(4):
        opening = _comma_before(tokens, end, low)
        if opening is None:
            break
        if starts_apposition(tokens, opening + 1, pack) or (found is None and extend_name(tokens, opening) == comma):
            head = read_left(tokens, opening, pack, low)
            if head is None or (found is not None and not all(is_capital(t) for t in tokens[head.first : head.last])):
                break
            found = Phrase(first=head.first, last=comma, head_last=head.last)
            if head.first <= low or tokens[head.first - 1].text != ",":
                break
        elif found is not None:
            return _read_office(tokens, found, opening, pack, low) or found
        end = opening
    return found


def _read_office(tokens: Sequence[Token], found: Phrase, comma: int, pack: Pack, low: int) -> Phrase | None:
    """Return "the driver, Ann Lom, 29", where `found` is the name with its age and `comma` stands before it."""
    head = read_left(tokens, comma, pack, low)
    person = is_person_noun(tokens[comma - 1]) or looks_personal(tokens[comma - 1].low)
    if head is None or not person or not pack.has("determiners", tokens[head.first].low):
        return None
    return Phrase(first=head.first, last=found.last, head_last=head.last)


def _comma_before(tokens: Sequence[Token], at: int, low: int) -> int | None:
    for place in range(at - 1, max(low, at - 32), -1):
        if tokens[place].kind == "quote" or tokens[place].text in {";", ":"}:
            return None
        if tokens[place].text == ",":
            return place
    return None


def read_right(tokens: Sequence[Token], first: int, pack: Pack, loose: bool = False) -> Phrase | None:
    """Return the noun phrase that begins at `first`, apposition included; `loose` lets "in", "at", "with" go on."""
    if first >= len(tokens):
        return None
    if pack.has("pronouns", tokens[first].low):
        return Phrase(first=first, last=first + 1, head_last=first + 1)
    last = first
    while last < len(tokens) and last - first < LONGEST and not _blocks_right(tokens, first, last, pack, loose):
        last += 1
    while last > first and (
        pack.has("prepositions", tokens[last - 1].low) or pack.has("determiners", tokens[last - 1].low)
    ):
        last -= 1
    if last <= first or not any(_is_noun_like(t, pack) for t in tokens[first:last]):
        return None
    office = last > first + 1 and tokens[first + 1].low in read_list("people.toml")["roles"]
    return Phrase(first=first, last=extend_apposition(tokens, last, pack, office), head_last=last)


def _blocks_right(tokens: Sequence[Token], first: int, at: int, pack: Pack, loose: bool) -> bool:
    """Say whether a noun phrase read rightwards ends before this token."""
    token = tokens[at]
    titled = at > first and tokens[at - 1].kind == "name"
    if titled or token.kind == "quote" or (token.kind == "mark" and token.text not in "&'’#@/"):
        return True
    if at == first:
        return any(pack.has(group, token.low) for group in ("weekdays", "prepositions", "conjunctions", "that"))
    if token.low in {"and", "et", "und", "y"} and at + 1 < len(tokens):
        return not (is_capital(tokens[at + 1]) or (loose and pack.has("determiners", tokens[at + 1].low)))
    if pack.has("of", token.low) and (pack.language in {"fr", "es"} or not _starts_phrase(tokens, at, pack)):
        return False
    if pack.has("prepositions", token.low):
        return not (loose or _is_source_noun(tokens[at - 1]))
    return _starts_phrase(tokens, at, pack) or _is_no_name(tokens, at, pack)


def _is_no_name(tokens: Sequence[Token], at: int, pack: Pack) -> bool:
    """Say whether a token can be no part of a source's name: a word of time, a pronoun, a verb."""
    token, before = tokens[at], tokens[at - 1]
    if any(pack.has(group, token.low) for group in ("weekdays", "pronouns", "relative", "conjunctions", "auxiliaries")):
        return True
    plain = token.text.islower()
    if pack.language == "de" and plain and is_capital(before):
        return True
    if pack.has("times", token.low) and (plain or not is_capital(before)):
        return True
    adverb = token.low.endswith("ly") and token.low not in read_list("people.toml")["outlets"]
    if plain and (adverb or (pack.language != "en" and pack.has("adverbs", token.low))):
        return True
    cue = pack.verbs.get((token.low,))
    return cue is not None and not cue.ambiguous and not pack.has("determiners", before.low)


def _starts_phrase(tokens: Sequence[Token], at: int, pack: Pack) -> bool:
    """Say whether a determiner after a noun begins the next noun phrase ("told reporters the plant")."""
    before = tokens[at - 1]
    if (
        not pack.has("determiners", tokens[at].low)
        or tokens[at].text == "The"
        or before.kind == "mark"
        or before.text.endswith(("'", "’"))
    ):
        return False
    return not any(pack.has(group, before.low) for group in ("prepositions", "of", "conjunctions", "determiners"))


def _is_source_noun(token: Token) -> bool:
    return token.low in read_list("people.toml")["sources"]
