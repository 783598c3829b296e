"""Where does what describes a name after a comma begin and end?"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.attribution.cues import Pack, read_list
from firsthand.attribution.grammar.words import is_capital, is_finite, is_person_noun
from firsthand.attribution.text.tokens import Token

LONGEST = 26
STOPS = frozenset({",", ".", ";", ":", "—", "–"})


def starts_apposition(tokens: Sequence[Token], at: int, pack: Pack) -> bool:
    """Say whether the words after a comma describe the name before it: "a steward", "who opened", "31", "of Ely"."""
    if at >= len(tokens):
        return False
    low = tokens[at].low
    nouns = read_list("people.toml")
    if pack.has("appositions", low) or low in nouns["roles"] or low in nouns["sources"]:
        return not (low in {"the", "a", "an"} and _is_new_clause(tokens, at, pack))
    return (low.isdigit() and len(low) <= 2) or low in {"of", "d-n.y", "from", "von", "de"}


def _is_new_clause(tokens: Sequence[Token], at: int, pack: Pack) -> bool:
    """Say whether a noun phrase after a comma has a verb of its own right after it ("the agency reported")."""
    if tokens[at].low == "who":
        return False
    for place in range(at + 1, min(len(tokens), at + 7)):
        token = tokens[place]
        if token.text in {",", "."} or pack.has("relative", token.low) or pack.has("prepositions", token.low):
            return False
        cue = pack.verbs.get((token.low,))
        if (cue is not None and not cue.ambiguous) or pack.has("auxiliaries", token.low):
            return True
    return False


def extend_apposition(tokens: Sequence[Token], last: int, pack: Pack, office: bool = False) -> int:
    """Return the end of ", a steward of the union, who was there" after a noun phrase."""
    last = extend_name(tokens, last, office)
    for _ in range(2):
        if last >= len(tokens) or tokens[last].text != "," or not starts_apposition(tokens, last + 1, pack):
            return last
        relative = tokens[last + 1].low == "who"
        end = last + 1
        while end < len(tokens) and tokens[end].text not in STOPS and tokens[end].kind != "quote":
            end += 1
        if end - last > LONGEST or _is_new_clause(tokens, last + 1, pack) or _hides_name(tokens, last + 1, end, pack):
            return last
        last = _extend_relative(tokens, end, pack) if relative else end
    return last


def extend_name(tokens: Sequence[Token], last: int, office: bool = False) -> int:
    """Return the end of ", Edda Morn" after a noun phrase without a name, or one that begins with an `office`."""
    if last + 2 >= len(tokens) or tokens[last].text != "," or (is_capital(tokens[last - 1]) and not office):
        return last
    end = last + 1
    while end < len(tokens) and is_capital(tokens[end]) and tokens[end].kind == "word":
        end += 1
    named = end - last >= 3 and (end == len(tokens) or tokens[end].kind != "word" or tokens[end].low in {"of", "de"})
    named = named or (
        end - last == 2 and end < len(tokens) and tokens[end].text == "," and is_person_noun(tokens[last - 1])
    )
    return end if named else last


def _hides_name(tokens: Sequence[Token], first: int, last: int, pack: Pack) -> bool:
    """Say whether "who asked not to be named" follows, which tells of the source and is no part of its name."""
    hidden = pack.small.get("nameless", frozenset())
    return tokens[first].low == "who" and any(t.low in hidden for t in tokens[first:last])


def _extend_relative(tokens: Sequence[Token], last: int, pack: Pack) -> int:
    """Return the end of "who ran it, in those years, and has backed her", read up to its first comma."""
    for _ in range(3):
        if last + 2 >= len(tokens) or tokens[last].text != ",":
            return last
        goes_on = pack.has("joins", tokens[last + 1].low) and is_finite(tokens, last + 2, pack)
        if not goes_on and not pack.has("prepositions", tokens[last + 1].low):
            return last
        end = next((i for i in range(last + 1, len(tokens)) if tokens[i].text in STOPS or tokens[i].kind == "quote"), 0)
        if not end or end - last > LONGEST or tokens[end].kind == "quote":
            return last
        last = end
    return last
