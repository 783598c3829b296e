"""Whom does a German sentence name in a phrase, and what does it pass on as hearsay?

"laut S", "nach Angaben von S", "S zufolge", "C, so S", "nach eigenen Angaben", "dem Vernehmen nach", "soll ... haben".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from firsthand.attribution.cues import Cue, Pack, Phrases, match_phrase
from firsthand.attribution.grammar.according import ACCORDING
from firsthand.attribution.grammar.contents import trim_content
from firsthand.attribution.grammar.fields import NOBODY, find_opening, has_verb, is_break, make_finding, starts_noun
from firsthand.attribution.grammar.hits import Finding, Stretch
from firsthand.attribution.grammar.phrases import Phrase
from firsthand.attribution.grammar.words import is_capital
from firsthand.attribution.text.tokens import Token

LONGEST = 26
ADJECTIVES = 4
VERB_ENDS = ("t", "te", "ten", "en", "ei", "eien", "abe", "ann", "oll", "ill", "war", "gab", "am", "ag", "and", "ieb")
GENITIVE = frozenset({"von", "vom", "der", "des"})


def next_break(tokens: Sequence[Token], at: int) -> int:
    """Return the next mark or quotation from `at` on."""
    return next((i for i in range(at, len(tokens)) if is_break(tokens[i])), len(tokens))


def read_noun(tokens: Sequence[Token], at: int, pack: Pack) -> Phrase:
    """Return the noun phrase that begins at `at`, with "S, die Sprecherin" and "S, der dabei war" after it."""
    if at < len(tokens) and pack.has("pronouns", tokens[at].low):
        return Phrase(first=at, last=at + 1, head_last=at + 1)
    last = at
    while last < len(tokens) and (end := _read_part(tokens, last, at, pack)) > last:
        last = end
    head = max(last, min(at + 1, len(tokens)))
    if head < len(tokens) and tokens[head].kind == "quote" and len(tokens[head].text.split()) <= 4:
        head += 1
    return Phrase(first=at, last=_extend(tokens, head, pack), head_last=head)


def _read_part(tokens: Sequence[Token], at: int, first: int, pack: Pack) -> int:
    """Return the end of the next piece of a noun phrase: adjectives with their noun, a name, a genitive."""
    token = tokens[at]
    if is_break(token) or at - first > LONGEST:
        return at
    opens = at == first and pack.has("determiners", token.low)
    if (is_capital(token) and not opens) or token.low.isdigit():
        return at + 1
    if pack.has("stops", token.low) or (at > first and not pack.has("inside", token.low)):
        return at
    noun = at
    while noun < len(tokens) and noun - at <= ADJECTIVES and (noun == at or not is_capital(tokens[noun])):
        if is_break(tokens[noun]) or (noun > at and has_verb(tokens, noun, noun + 1, pack)):
            return at + 1 if at == first else at
        noun += 1
    return noun + 1 if noun < len(tokens) and is_capital(tokens[noun]) else at


def _extend(tokens: Sequence[Token], last: int, pack: Pack) -> int:
    """Return the end of what describes a noun after a comma: a relative clause, a name, an office."""
    for _ in range(3):
        if last + 1 >= len(tokens) or tokens[last].text != ",":
            return last
        end = next_break(tokens, last + 1)
        first = tokens[last + 1].low
        relative = pack.has("relatives", first) and _ends_in_verb(tokens, last + 1, end, pack)
        named = starts_noun(tokens, last + 1, pack) and not has_verb(tokens, last + 1, end, pack) and first != "so"
        closed = end >= len(tokens) - 1 or tokens[end].text == ","
        if not closed or not (relative or (named and read_noun(tokens, last + 1, pack).head_last == end)):
            return last
        last = end
    return last


def _ends_in_verb(tokens: Sequence[Token], first: int, last: int, pack: Pack) -> bool:
    """Say whether a field ends as subordinate clauses do: no finite verb in it but in the verbs at its end."""
    if last - first < 2 or not tokens[last - 1].text.islower():
        return False
    verb = next((i for i in range(first + 1, last) if has_verb(tokens, i, i + 1, pack)), last)
    return all(t.low.endswith(VERB_ENDS) for t in tokens[verb:last])


def read_german_phrases(tokens: Sequence[Token], pack: Pack) -> list[Finding]:
    """Return what the phrases of a German sentence attribute."""
    found: list[Finding | None] = []
    lists = pack.phrases["according"]
    for at in range(len(tokens)):
        if size := match_phrase(tokens, at, lists["own"]):
            found.append(_read_own(tokens, at, size, pack))
        elif size := match_phrase(tokens, at, lists["phrases"]) or _match_after(tokens, at, lists["nouns"]):
            found.append(_read_according(tokens, at, size, pack))
        elif match_phrase(tokens, at, lists["after"]) and not _is_own(tokens, at, pack):
            found.append(_read_postposed(tokens, at, pack))
        elif match_phrase(tokens, at, lists["so"]) and at and is_break(tokens[at - 1]):
            found.append(_read_so(tokens, at, pack))
    return [f for f in found if f is not None]


def _match_after(tokens: Sequence[Token], at: int, nouns: Phrases) -> int:
    """Return how many tokens "nach Angaben" and "nach einem Bericht" take, 0 elsewhere."""
    if tokens[at].low != "nach":
        return 0
    return next((k + 1 for k in range(1, 4) if at + k < len(tokens) and tokens[at + k].low in nouns), 0)


def _is_own(tokens: Sequence[Token], at: int, pack: Pack) -> bool:
    """Say whether "zufolge" ends a phrase such as "eigenen Angaben zufolge" or one that names nobody."""
    lists = pack.phrases["according"]
    return any(match_phrase(tokens, max(0, at - k), lists[n]) for k in (1, 2) for n in ("own", "nobody"))


def _read_according(tokens: Sequence[Token], at: int, size: int, pack: Pack) -> Finding | None:
    """Read "Laut S C" and "C1 laut S C2"."""
    genitive = tokens[at].low == "nach" and at + size < len(tokens) and tokens[at + size].low in GENITIVE
    first = at + size + genitive
    if first >= len(tokens):
        return None
    source = read_noun(tokens, first, pack)
    cue = ((at, first), replace(ACCORDING, word=" ".join(t.low for t in tokens[at:first])))
    begin = find_opening(tokens, at, pack) if at > 1 else at
    rest = trim_content(tokens, source.last, _find_stop(tokens, source.last))
    return make_finding(tokens, cue, source, (trim_content(tokens, begin, at), rest), "according")


def _find_stop(tokens: Sequence[Token], first: int) -> int:
    return next((i for i in range(first + 1, len(tokens)) if tokens[i].text == ";"), len(tokens))


def _read_own(tokens: Sequence[Token], at: int, size: int, pack: Pack) -> Finding | None:
    """Read "Die Polizei ermittelt nach eigenen Angaben gegen T": the subject is the source of all that is said."""
    begin = find_opening(tokens, at, pack) if at > 1 else at + size
    place = begin
    if at <= 1:
        place = next(
            (i + 1 for i in range(at + size, len(tokens) - 1) if has_verb(tokens, i, i + 1, pack)), at + size + 1
        )
    if not starts_noun(tokens, place, pack):
        return None
    source = read_noun(tokens, place, pack)
    content = (trim_content(tokens, begin, at), trim_content(tokens, at + size, _find_stop(tokens, at + size)))
    return make_finding(tokens, ((at, at + size), ACCORDING), source, content, "according")


def _read_postposed(tokens: Sequence[Token], at: int, pack: Pack) -> Finding | None:
    """Read "Einer Studie zufolge C" and "C1 einem Bericht zufolge C2"."""
    first = at
    while first > 0 and not is_break(tokens[first - 1]):
        first -= 1
    if first and tokens[first - 1].text == "," or first == 0:
        for place in range(at - 1, first, -1):
            if has_verb(tokens, place - 1, place, pack) and not is_capital(tokens[place - 1]):
                first = place
                break
    if first >= at:
        return None
    source = Phrase(first=first, last=at, head_last=at)
    begin = find_opening(tokens, first, pack) if first > 1 else first
    content = (trim_content(tokens, begin, first), trim_content(tokens, at + 1, _find_stop(tokens, at)))
    return make_finding(tokens, ((at, at + 1), replace(ACCORDING, word="zufolge")), source, content, "according")


def _read_so(tokens: Sequence[Token], at: int, pack: Pack) -> Finding | None:
    """Read "C, so S" and "„Q1“, so S, „Q2“"."""
    if not starts_noun(tokens, at + 1, pack):
        return None
    source = read_noun(tokens, at + 1, pack)
    begin = find_opening(tokens, at, pack)
    near = trim_content(tokens, begin, at)
    if near is None or has_verb(tokens, source.last, next_break(tokens, source.last), pack):
        return None
    content: list[Stretch | None] = [near]
    after = next_break(tokens, source.last)
    if after + 1 < len(tokens) and tokens[after].text == ",":
        follower = tokens[after + 1]
        quoted = follower.kind == "quote"
        content.append((follower.start, follower.end) if quoted else trim_content(tokens, after + 1, len(tokens)))
    source = Phrase(first=source.first, last=source.head_last, head_last=source.head_last)
    return make_finding(tokens, ((at, at + 1), replace(ACCORDING, word="so")), source, content, "so")


def read_german_hearsay(tokens: Sequence[Token], pack: Pack) -> list[Finding]:
    """Read "S soll ... haben", "dem Vernehmen nach C" and "angeblich C" in a sentence that names no source."""
    finding: Finding | None = None
    for at in range(len(tokens)):
        size = match_phrase(tokens, at, pack.phrases["according"]["nobody"])
        if size:
            finding = _read_nobody(tokens, at, size, pack)
        elif pack.has("modals", tokens[at].low) and _is_perfect(tokens, at, pack):
            finding = _make_nobody(tokens, at, 1, find_opening(tokens, at, pack) if at > 1 else 0)
        if finding is not None:
            return [finding]
    return []


def _read_nobody(tokens: Sequence[Token], at: int, size: int, pack: Pack) -> Finding | None:
    follower = tokens[at + size] if at + size < len(tokens) else tokens[-1]
    if tokens[at].low == "es" and follower.text not in {",", ":"}:
        return None
    begin = at if at == 0 or tokens[at].low == "es" else find_opening(tokens, at, pack)
    return _make_nobody(tokens, at, size, begin)


def _make_nobody(tokens: Sequence[Token], at: int, size: int, begin: int) -> Finding | None:
    content = (trim_content(tokens, begin, at), trim_content(tokens, at + size, _find_stop(tokens, at)))
    cue: tuple[Stretch, Cue] = ((at, at + size), NOBODY)
    return make_finding(tokens, cue, None, content, "hearsay")


def _is_perfect(tokens: Sequence[Token], at: int, pack: Pack) -> bool:
    """Say whether a modal's field ends with a participle and "haben" or "sein": what is said to have happened."""
    last = next_break(tokens, at)
    ends = last - at >= 3 and pack.has("perfect", tokens[last - 1].low)
    return ends and tokens[last - 2].low.endswith(("t", "en"))
