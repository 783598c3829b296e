"""What may a word be, by its form and the lists of small words?"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.attribution.cues import Pack, read_list
from firsthand.attribution.text.tokens import Token


def is_capital(token: Token) -> bool:
    """Say whether a token is written like a name."""
    return token.kind == "name" or (token.kind == "word" and token.text[0].isupper())


def is_finite(tokens: Sequence[Token], at: int, pack: Pack) -> bool:
    """Say whether a token may be a finite verb: an auxiliary, a word of saying, or a form in -ed."""
    token = tokens[at]
    if token.kind != "word":
        return False
    low = token.low
    if (
        pack.has("auxiliaries", low)
        or pack.has("finite", low)
        or ((low,) in pack.verbs and not pack.verbs[(low,)].ambiguous)
    ):
        return True
    if low.endswith(("'s", "'re", "'ve", "'ll", "'d", "n't")) and pack.has("pronouns", low.split("'")[0]):
        return True
    return pack.language == "en" and low.endswith("ed") and at > 0 and not pack.has("determiners", tokens[at - 1].low)


def is_person_noun(token: Token) -> bool:
    """Say whether a token is a common noun for a person, an office or an institution."""
    nouns = read_list("people.toml")
    return any(token.low in nouns[name] for name in ("sources", "roles", "groups", "outlets"))
