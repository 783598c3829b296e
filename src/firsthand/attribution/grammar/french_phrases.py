"""Whom does a French sentence name in a phrase, and what does it pass on as hearsay?

"selon S, C", "C, d'après S", "de source S, C", "pour S, C", "le bruit court que C", "C, a-t-on appris de source S".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from firsthand.attribution.cues import Pack, match_phrase
from firsthand.attribution.grammar.according import ACCORDING
from firsthand.attribution.grammar.contents import trim_content
from firsthand.attribution.grammar.fields import NOBODY, find_opening, has_verb, is_break, make_finding, starts_noun
from firsthand.attribution.grammar.hits import Finding, Stretch
from firsthand.attribution.grammar.phrases import Phrase
from firsthand.attribution.grammar.words import is_capital
from firsthand.attribution.text.tokens import Token

LONGEST = 24
FAR = 16
DESCRIBING = frozenset({"qui", "que", "qu'", "dont", "lequel", "sous", "ancien", "ancienne"})
LEADING = frozenset({"toujours", "mais", "et", "ainsi", "car", "or", "cependant", "seulement", "même", "enfin"})
PERSONS = frozenset({"lui", "elle", "eux", "elles", "moi", "nous"})


def next_break(tokens: Sequence[Token], at: int) -> int:
    """Return the next mark or quotation from `at` on."""
    return next((i for i in range(at, len(tokens)) if is_break(tokens[i])), len(tokens))


def read_noun(tokens: Sequence[Token], at: int, pack: Pack) -> Phrase:
    """Return the noun phrase that begins at `at`, with ", la présidente du comité" and ", qui dirigeait" after it."""
    if pack.has("pronouns", tokens[at].low):
        return Phrase(first=at, last=at + 1, head_last=at + 1)
    last = at + 1
    while last < len(tokens) and not is_break(tokens[last]) and not pack.has("stops", tokens[last].low):
        last += 1
    head = last
    for _ in range(3):
        end = next_break(tokens, last + 1)
        if last >= len(tokens) or tokens[last].text != "," or not _is_apposed(tokens, last + 1, end, pack):
            break
        last = end
    return Phrase(first=at, last=last, head_last=head)


def _is_apposed(tokens: Sequence[Token], first: int, end: int, pack: Pack) -> bool:
    """Say whether words after a comma describe the noun before it: a relative clause, a name, an office, an age."""
    if first >= end or end - first > FAR:
        return False
    low = tokens[first].low
    if low in {"qui", "dont", "lequel", "laquelle", "sous", "ancien", "ancienne", "alors"}:
        return True
    if low in {"que", "qu'"}:
        return end < len(tokens) and tokens[end].text == ","
    return starts_noun(tokens, first, pack) and not has_verb(tokens, first, end, pack) and low not in {"il", "elle"}


def read_phrases(tokens: Sequence[Token], pack: Pack) -> list[Finding]:
    """Return what the phrases of a French sentence attribute."""
    found: list[Finding | None] = []
    lists = pack.phrases["according"]
    for at in range(len(tokens)):
        if size := match_phrase(tokens, at, lists["phrases"]):
            found.append(_read_according(tokens, at, size, pack))
        elif size := match_phrase(tokens, at, lists["nobody"]):
            found.append(_read_nobody(tokens, at, size))
        elif size := match_phrase(tokens, at, lists["learnt"]):
            found.append(_read_learnt(tokens, at, size, pack))
        elif at == 0 and match_phrase(tokens, at, lists["bare"]):
            found.append(_read_bare(tokens, pack))
        elif at <= 1 and (size := match_phrase(tokens, at, lists["opinion"])):
            found.append(_read_opinion(tokens, at, size, pack))
    return [f for f in found if f is not None]


def _read_according(tokens: Sequence[Token], at: int, size: int, pack: Pack) -> Finding | None:
    """Read "Selon S, C", "C, selon S" and "C1, selon S, C2"."""
    opens = all(t.low in LEADING or t.text in {":", ";"} for t in tokens[max(0, at - 1) : at]) or at == 0
    first = at + size
    source = _read_named(tokens, first, opens, pack)
    if source is None:
        return None
    cue = ((at, first), replace(ACCORDING, word=" ".join(t.low for t in tokens[at:first])))
    if opens:
        return make_finding(tokens, cue, source, (_read_clause(tokens, source.last, pack),), "according")
    begin = find_opening(tokens, at, pack)
    goes_on = source.last + 2 < len(tokens) and tokens[source.last].text == "," and tokens[at - 1].text == ","
    rest = trim_content(tokens, source.last + 1, len(tokens)) if goes_on else None
    return make_finding(tokens, cue, source, (trim_content(tokens, begin, at), rest), "according")


def _read_clause(tokens: Sequence[Token], first: int, pack: Pack) -> Stretch | None:
    """Return the clause that begins at `first`, up to a semicolon or a "mais" that turns against it."""
    turns = (
        i
        for i in range(first + 1, len(tokens) - 1)
        if tokens[i].text == ";" or (tokens[i].text == "," and tokens[i + 1].low in {"mais", "citant", "ce"})
    )
    return trim_content(tokens, first, next(turns, len(tokens)))


def _read_named(tokens: Sequence[Token], first: int, opens: bool, pack: Pack) -> Phrase | None:
    """Return the source after "selon": up to the comma, with what describes it after the comma."""
    last = next_break(tokens, first)
    if last == first or last - first > LONGEST:
        return None
    head = last
    while last + 1 < len(tokens) and tokens[last].text == ",":
        end = next_break(tokens, last + 1)
        if not _describes(tokens, last + 1, end, opens, pack):
            break
        last = end
    return Phrase(first=first, last=last, head_last=head)


def _describes(tokens: Sequence[Token], first: int, end: int, opens: bool, pack: Pack) -> bool:
    """Say whether a field after the source's comma still describes the source; something must be left to be said."""
    if end >= len(tokens) - 1 or tokens[end].text != ",":
        return not opens and tokens[first].low in DESCRIBING
    if tokens[first].low in DESCRIBING or (is_capital(tokens[first]) and end - first <= 4):
        return True
    return starts_noun(tokens, first, pack) and not has_verb(tokens, first, end, pack) and opens


def _read_nobody(tokens: Sequence[Token], at: int, size: int) -> Finding | None:
    """Read "Le bruit court que C"."""
    content = trim_content(tokens, at + size, len(tokens))
    return make_finding(tokens, ((at, at + size), NOBODY), None, (content,), "hearsay")


def _read_learnt(tokens: Sequence[Token], at: int, size: int, pack: Pack) -> Finding | None:
    """Read "C, a-t-on appris de source S" and "C, a-t-on appris"."""
    first = at + size
    bare = match_phrase(tokens, first, pack.phrases["according"]["bare"])
    last = next_break(tokens, first)
    source = Phrase(first=first, last=last, head_last=last) if bare else None
    near = trim_content(tokens, find_opening(tokens, at, pack), at)
    cue = ((at, first), replace(NOBODY, cue_class="say", hedge=0.0) if bare else NOBODY)
    return make_finding(tokens, cue, source, (near,), "clause before" if bare else "hearsay")


def _read_bare(tokens: Sequence[Token], pack: Pack) -> Finding | None:
    """Read "De source judiciaire, C"."""
    last = next_break(tokens, 0)
    if last >= len(tokens) or tokens[last].text != ",":
        return None
    source = Phrase(first=0, last=last, head_last=last)
    return make_finding(tokens, ((0, 1), ACCORDING), source, (_read_clause(tokens, last, pack),), "according")


def _read_opinion(tokens: Sequence[Token], at: int, size: int, pack: Pack) -> Finding | None:
    """Read "Pour S, C" where S is a person: a pronoun, or a phrase with a name in it."""
    source = _read_named(tokens, at + size, True, pack)
    if source is None or source.last >= len(tokens) - 1 or tokens[source.last].text != ",":
        return None
    words = tokens[source.first : source.last]
    personal = words[0].low in PERSONS or any(is_capital(t) for t in words)
    if not personal or any(t.low.endswith(("er", "ir")) and t.text.islower() for t in words[:1]):
        return None
    cue = ((at, at + size), replace(ACCORDING, word="pour", cue_class="believe"))
    return make_finding(tokens, cue, source, (_read_clause(tokens, source.last, pack),), "according")


def read_hearsay(tokens: Sequence[Token], pack: Pack) -> list[Finding]:
    """Read the conditional of the press, "le groupe aurait livré trois camions", in a sentence that names no source."""
    if any(t.low in {"si", "s'"} for t in tokens):
        return []
    for at in range(1, len(tokens) - 2):
        if not pack.has("conditional", tokens[at].low) or not _is_past(tokens, at + 1, pack):
            continue
        content = (trim_content(tokens, 0, at), trim_content(tokens, at + 1, len(tokens)))
        finding = make_finding(tokens, ((at, at + 1), NOBODY), None, content, "hearsay")
        return [finding] if finding is not None else []
    return []


def _is_past(tokens: Sequence[Token], at: int, pack: Pack) -> bool:
    """Say whether a participle follows that reports, and is none of "aurait pu", "aurait dû"."""
    for token in tokens[at : at + 3]:
        if pack.has("would", token.low):
            return False
        if (
            token.low.endswith(("é", "ée", "és", "ées", "i", "is", "it", "u", "us", "ue", "ues", "été"))
            and len(token.low) > 2
        ):
            return token.low not in {"déjà", "lui", "plus", "puis", "aussi"}
    return False
